//! The adapter against a Bot API of a few lines: what is confirmed when, what a person gets, what an error says.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::DateTime;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::server::{Notes, Server, TOKEN, refusal};
use crate::{
    chat::{
        Chat, ChatError, DeliveryError, Ended, Event, Incoming, Input, Parcel, Reply,
        telegram::{Telegram, TelegramOptions, WebhookOptions, address::Address},
    },
    commands::Completion,
    domain::{
        Block, ChatSettings, Condition, Form, Incident, IncidentId, Locale, Mark, Message, MessageId, Notice, Phase,
        ServiceId, Span, TransitionKind,
    },
};

/// What a test does with the program's side while the adapter listens.
async fn listening<T>(
    telegram: &Telegram,
    test: impl AsyncFnOnce(&mut mpsc::Receiver<Event>) -> T,
) -> (Result<Ended, ChatError>, T) {
    let (inbox, mut events) = mpsc::channel(16);
    let stop = CancellationToken::new();
    let program = async {
        let outcome = test(&mut events).await;
        stop.cancel();
        outcome
    };
    tokio::join!(telegram.listen(inbox, stop.clone()), program)
}

async fn asked(events: &mut mpsc::Receiver<Event>) -> Incoming {
    let event = events.recv().await;
    let Some(Event::Asked(incoming)) = event else { panic!("{event:?}") };
    incoming
}

fn says(words: &str) -> Reply {
    let message = Message { blocks: vec![Block::Paragraph(vec![Span::Text(words.to_owned())])], ..Message::default() };
    Reply { message, settings: ChatSettings::default(), at: DateTime::UNIX_EPOCH, is_private: false, replaces: false }
}

fn line(incoming: &Incoming) -> &str {
    let Input::Line(line) = &incoming.input else { panic!("{incoming:?}") };
    line
}

fn message(chat: i64, text: &str) -> Value {
    let kind = if chat < 0 { json!({ "id": chat, "type": "supergroup", "title": "Ops" }) } else { private(chat) };
    json!({ "message_id": 5, "date": 1_700_000_000, "chat": kind, "from": person(42), "text": text })
}

fn private(chat: i64) -> Value {
    json!({ "id": chat, "type": "private", "first_name": "Ada" })
}

fn person(id: i64) -> Value {
    json!({ "id": id, "is_bot": false, "first_name": "Ada", "language_code": "de" })
}

fn press(by: i64, words: &str) -> Value {
    json!({ "id": "q1", "from": person(by), "chat_instance": "c", "data": words, "message": message(-1_005, "x") })
}

fn parcel(chat: i64) -> Parcel {
    let at = DateTime::UNIX_EPOCH;
    let incident = Incident {
        id: IncidentId { service: ServiceId::new("whatsapp").unwrap(), number: 1 },
        service_name: "WhatsApp".to_owned(),
        planned: None,
        title: None,
        impact: Condition::MajorOutage,
        peak: Condition::MajorOutage,
        phase: Phase::Investigating,
        started_at: at,
        resolved_at: None,
        seen_at: at,
        turned_at: at,
        components: vec![],
        regions: vec![],
        url: None,
        witnesses: vec![],
        updates: vec![],
        revision: 1,
        chapter: 1,
        reopened_at: vec![],
        is_flapping: false,
        last_kind: TransitionKind::Opened,
    };
    Parcel {
        to: Address { chat, thread: (chat < 0).then_some(17) }.chat_id(),
        notice: Notice { form: Form::Alert, incident: Arc::new(incident), storm: None, digest: None, mention: None },
        settings: ChatSettings::default(),
        reply_to: None,
        nonce: "0000000000000001".to_owned(),
        may_repeat: false,
        is_silent: true,
        at,
    }
}

#[tokio::test]
async fn an_alert_goes_to_its_topic_without_preview_and_as_silent_as_it_should() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let receipt = telegram.post(&Parcel { reply_to: Some(MessageId("66".into())), ..parcel(-1_005) }).await.unwrap();
    assert_eq!(receipt.message, MessageId("77".into()));
    let sent = server.next("SendMessage").await;
    assert_eq!((&sent["chat_id"], &sent["message_thread_id"]), (&json!(-1_005), &json!(17)));
    assert_eq!(sent["disable_notification"], true);
    assert_eq!(sent["link_preview_options"]["is_disabled"], true);
    assert_eq!(sent["reply_parameters"], json!({ "message_id": 66, "allow_sending_without_reply": true }));
    assert!(sent["text"].as_str().unwrap().starts_with("🔴 WhatsApp: major outage"), "{sent}");
    assert!(sent.get("parse_mode").is_none() && sent.get("allow_paid_broadcast").is_none(), "{sent}");
    telegram.edit(&receipt.message, &parcel(7)).await.unwrap();
    assert_eq!(server.next("EditMessageText").await["message_id"], 77);
}

#[tokio::test]
async fn who_pays_says_so_with_each_message() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(TelegramOptions { is_paid: true, ..server.options() }).unwrap();
    telegram.post(&parcel(7)).await.unwrap();
    assert_eq!(server.next("SendMessage").await["allow_paid_broadcast"], true);
    assert_eq!(telegram.limits().overall.unwrap().count, 1_000);
}

#[tokio::test]
async fn a_message_that_is_refused_for_its_form_is_sent_once_more_as_words() {
    let mut server = Server::start(|method, body| {
        let is_plain = body["entities"].as_array().is_none_or(Vec::is_empty);
        (method == "SendMessage" && !is_plain).then(|| refusal(400, "Bad Request: can't parse entities: as a test"))
    })
    .await;
    let telegram = Telegram::new(server.options()).unwrap();
    telegram.post(&parcel(7)).await.unwrap();
    let (first, second) = (server.next("SendMessage").await, server.next("SendMessage").await);
    assert!(!first["entities"].as_array().unwrap().is_empty());
    assert_eq!(first["text"].as_str().unwrap(), second["text"].as_str().unwrap().replace('\u{2060}', ""));
}

#[tokio::test]
async fn a_web_server_in_between_neither_ends_a_chat_nor_counts_as_an_answer() {
    let answers = [(502, true), (403, false), (200, true)];
    for (code, expect) in answers {
        let server = Server::start(move |_, _| Some((code, "<html>Bad Gateway</html>".to_owned()))).await;
        let telegram = Telegram::new(server.options()).unwrap();
        let Err(DeliveryError::Temporary { is_in_doubt, reason }) = telegram.post(&parcel(7)).await else {
            panic!("HTTP {code} is no answer")
        };
        assert_eq!(is_in_doubt, expect, "{code}: {reason}");
    }
}

#[tokio::test]
async fn a_waiting_time_is_passed_on_and_is_everybodys_when_it_repeats() {
    let told = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 37",
        "parameters": { "retry_after": 37 } });
    let server = Server::start(move |_, _| Some((429, told.to_string()))).await;
    let telegram = Telegram::new(server.options()).unwrap();
    let mut told = Vec::new();
    for chat in [1, 1, 2, 3, 4] {
        let (is_asked, after, everywhere) = match telegram.post(&parcel(chat)).await {
            Err(DeliveryError::RateLimited { after, everywhere }) => (true, after, everywhere),
            Err(DeliveryError::Early { after, everywhere }) => (false, after, everywhere),
            other => panic!("too fast: {other:?}"),
        };
        assert!(after <= Duration::from_secs(37) && after > Duration::from_secs(30), "{after:?}");
        told.push((is_asked, everywhere));
    }
    assert_eq!(told, [(true, false), (false, false), (true, false), (true, true), (false, true)]);
}

#[tokio::test]
async fn no_error_shows_the_token() {
    let nobody = Url::parse("http://127.0.0.1:9/").unwrap();
    let server = Server::start(|_, _| Some(refusal(401, "Unauthorized"))).await;
    for api_url in [nobody, server.url.clone()] {
        let telegram = Telegram::new(TelegramOptions { api_url, ..server.options() }).unwrap();
        let verified = telegram.verify().await.unwrap_err();
        let posted = telegram.post(&parcel(7)).await.unwrap_err();
        assert!(matches!(posted, DeliveryError::Temporary { is_in_doubt: false, .. }), "{posted:?}");
        let told = format!("{verified} {verified:?} {posted} {posted:?} {telegram:?} {:?}", server.options());
        assert!(!told.contains("AAE-"), "{told}");
    }
}

#[tokio::test]
async fn a_token_that_is_not_taken_ends_listening_with_words() {
    let server = Server::start(|_, _| Some(refusal(401, "Unauthorized"))).await;
    let telegram = Telegram::new(server.options()).unwrap();
    let (inbox, _events) = mpsc::channel(1);
    let ended = telegram.listen(inbox, CancellationToken::new()).await.unwrap_err();
    assert!(ended.to_string().contains("does not take the bot's token"), "{ended}");
    let well = Server::willing().await;
    assert_eq!(Telegram::new(well.options()).unwrap().verify().await.unwrap(), "@foghorn_bot");
}

#[tokio::test]
async fn an_update_is_confirmed_when_its_effects_are_stored_and_a_repeated_one_changes_nothing() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    server.update(7, "message", &message(42, "/subscribe whatsapp"));
    let (ended, ()) = listening(&telegram, async |events| {
        let incoming = asked(events).await;
        assert_eq!((line(&incoming), incoming.is_private, incoming.may_manage), ("/subscribe whatsapp", true, true));
        assert_eq!(&*incoming.id.0, "telegram-7");
        assert_eq!(incoming.chat, Address::of(42).chat_id());
        // It is asked again meanwhile, and the same update comes again.
        assert_eq!(server.next("GetUpdates").await.get("offset"), None);
        assert_eq!(server.next("GetUpdates").await["offset"], 7);
        assert_eq!(server.next("GetUpdates").await["offset"], 7);
        assert!(events.try_recv().is_err(), "a repeated update is not handed over");
        incoming.answer.send(says("done")).unwrap();
        assert_eq!(server.next("SendMessage").await["text"], "done");
        while server.next("GetUpdates").await["offset"] != 8 {}
    })
    .await;
    assert_eq!(ended.unwrap(), Ended::Stopped);
    let besides: Vec<_> = telegram.sent_besides().into_iter().map(|aside| aside.chat).collect();
    assert_eq!(besides, [Address::of(42).chat_id()]);
}

#[tokio::test]
async fn what_was_not_answered_before_the_end_comes_again_after_the_next_start() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    server.update(7, "message", &message(42, "/one"));
    server.update(8, "message", &message(43, "/two"));
    let (_, waiting) = listening(&telegram, async |events| {
        let (first, second) = (asked(events).await, asked(events).await);
        let (one, two) = if line(&first) == "/one" { (first, second) } else { (second, first) };
        one.answer.send(says("one")).unwrap();
        server.next("SendMessage").await;
        two.answer
    })
    .await;
    drop(waiting);
    let last = server.all("GetUpdates").pop().unwrap();
    assert_eq!(
        (&last["offset"], &last["timeout"]),
        (&json!(8), &json!(0)),
        "the first is confirmed, the second is not"
    );
}

#[tokio::test]
async fn a_chat_that_waits_for_its_answer_holds_up_no_other_and_keeps_its_order() {
    let server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    for (number, (chat, text)) in [(1, "/a"), (1, "/b"), (2, "/c")].into_iter().enumerate() {
        server.update(u32::try_from(number).unwrap(), "message", &message(chat, text));
    }
    let (_, ()) = listening(&telegram, async |events| {
        let mut open: HashMap<String, oneshot::Sender<Reply>> = HashMap::new();
        for _ in 0..2 {
            let incoming = asked(events).await;
            open.insert(line(&incoming).to_owned(), incoming.answer);
        }
        assert!(open.contains_key("/a") && open.contains_key("/c"), "{open:?}");
        open.remove("/a").unwrap().send(says("a")).unwrap();
        assert_eq!(line(&asked(events).await), "/b");
    })
    .await;
}

#[tokio::test]
async fn in_a_group_telegram_is_asked_whether_a_person_manages_it() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let (_, ()) = listening(&telegram, async |events| {
        server.update(1, "message", &message(-1_005, "/subscribe whatsapp"));
        assert!(asked(events).await.may_manage);
        let mut stranger = message(-1_005, "/subscribe whatsapp");
        stranger["from"] = person(43);
        server.update(2, "message", &stranger);
        assert!(!asked(events).await.may_manage);
        server.update(3, "message", &message(-1_005, "/unsubscribe whatsapp"));
        assert!(asked(events).await.may_manage);
        server.update(4, "message", &message(-1_005, "/status"));
        asked(events).await;
        assert_eq!(
            server.all("GetChatMember").len(),
            2,
            "a yes is believed for a while, and where nothing changes nobody is asked"
        );
    })
    .await;
}

#[tokio::test]
async fn when_telegram_does_not_say_who_manages_a_group_the_person_is_told_so() {
    let mut server = Server::start(|method, _| (method == "GetChatMember").then(|| (502, String::new()))).await;
    let telegram = Telegram::new(server.options()).unwrap();
    server.update(1, "message", &message(-1_005, "/subscribe whatsapp"));
    let (_, ()) = listening(&telegram, async |_| {
        let sent = server.next("SendMessage").await;
        assert!(sent["text"].as_str().unwrap().starts_with("🚫 Telegram sagt gerade nicht"), "{sent}");
        assert_eq!(sent["reply_parameters"]["message_id"], 5);
    })
    .await;
}

#[tokio::test]
async fn a_pressed_button_is_answered_as_the_reply_wants() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let (_, ()) = listening(&telegram, async |events| {
        server.update(1, "callback_query", &press(43, "unsubscribe whatsapp"));
        let incoming = asked(events).await;
        assert_eq!(incoming.input, Input::Press("unsubscribe whatsapp".to_owned()));
        assert!(!incoming.may_manage, "43 is no administrator");
        incoming.answer.send(Reply { is_private: true, ..says("not you") }).unwrap();
        let answer = server.next("AnswerCallbackQuery").await;
        assert_eq!((&answer["text"], &answer["show_alert"]), (&json!("not you"), &json!(true)));

        server.update(2, "callback_query", &press(42, "unsubscribe whatsapp"));
        let incoming = asked(events).await;
        assert!(incoming.may_manage);
        incoming.answer.send(Reply { replaces: true, ..says("page two") }).unwrap();
        assert_eq!(server.next("AnswerCallbackQuery").await.get("text"), None);
        let edit = server.next("EditMessageText").await;
        assert_eq!((&edit["message_id"], &edit["text"]), (&json!(5), &json!("page two")));

        server.update(3, "callback_query", &press(42, "incident whatsapp-3"));
        asked(events).await.answer.send(says("the story")).unwrap();
        let sent = server.next("SendMessage").await;
        assert_eq!((&sent["text"], &sent["reply_parameters"]["message_id"]), (&json!("the story"), &json!(5)));

        server.update(4, "callback_query", &press(42, "incident whatsapp-4"));
        drop(asked(events).await.answer);
        for _ in 0..2 {
            server.next("AnswerCallbackQuery").await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_timeline_in_a_group_is_one_message_however_many_ask_for_it() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let (_, ()) = listening(&telegram, async |events| {
        server.update(1, "callback_query", &press(43, "incident whatsapp-3"));
        asked(events).await.answer.send(Reply { is_private: true, ..says("the story") }).unwrap();
        let sent = server.next("SendMessage").await;
        assert_eq!((&sent["text"], &sent["reply_parameters"]["message_id"]), (&json!("the story"), &json!(5)));
        assert_eq!(sent["disable_notification"], true);
        server.next("AnswerCallbackQuery").await;
        server.update(2, "callback_query", &press(44, "incident whatsapp-3"));
        asked(events).await.answer.send(Reply { is_private: true, ..says("the whole story") }).unwrap();
        let edit = server.next("EditMessageText").await;
        assert_eq!((&edit["text"], &edit["message_id"]), (&json!("the whole story"), &json!(77)));
        let told = server.next("AnswerCallbackQuery").await;
        assert_eq!(told["text"], "The timeline is already below this alert; it is up to date now.");
        assert_eq!(server.all("SendMessage").len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_button_below_a_message_whose_topic_nobody_knows_any_more_does_nothing_and_says_so() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let mut old = press(42, "mute whatsapp-3");
    let forum = json!({ "id": -1_005, "type": "supergroup", "title": "Ops", "is_forum": true });
    old["message"] = json!({ "chat": forum, "message_id": 5, "date": 0 });
    server.update(1, "callback_query", &old);
    let (_, ()) = listening(&telegram, async |events| {
        let answer = server.next("AnswerCallbackQuery").await;
        assert!(answer["text"].as_str().unwrap().contains("/mute whatsapp-3"), "{answer}");
        assert_eq!(answer["show_alert"], true);
        assert!(events.try_recv().is_err(), "nothing is done");
        // In a group without topics there is but one place.
        old["message"]["chat"].as_object_mut().unwrap().remove("is_forum");
        server.update(2, "callback_query", &old);
        let incoming = asked(events).await;
        assert_eq!(incoming.chat, Address::of(-1_005).chat_id());
        incoming.answer.send(says("muted")).unwrap();
        assert_eq!(server.next("SendMessage").await["text"], "muted");
    })
    .await;
}

#[tokio::test]
async fn readers_of_a_channel_read_a_timeline_in_private() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let mut pressed = press(43, "incident whatsapp-3");
    pressed["message"]["chat"] = json!({ "id": -1_005, "type": "channel", "title": "News" });
    server.update(1, "callback_query", &pressed);
    let (_, ()) = listening(&telegram, async |events| {
        let answer = server.next("AnswerCallbackQuery").await;
        assert_eq!(answer["url"], "https://t.me/foghorn_bot?start=incident_whatsapp-3");
        server.update(2, "message", &message(43, "/start incident_whatsapp-3"));
        assert_eq!(line(&asked(events).await), "/incident whatsapp-3");
    })
    .await;
}

#[tokio::test]
async fn inline_mode_offers_the_best_matches_and_no_refusals() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let query = |words: &str| json!({ "id": "i1", "from": person(42), "query": words, "offset": "" });
    let (_, ()) = listening(&telegram, async |events| {
        server.update(1, "inline_query", &query("wh"));
        let Some(Event::Completing(completing)) = events.recv().await else { panic!("names are looked for") };
        assert_eq!(
            (completing.command.as_str(), completing.option.as_str(), completing.typed.as_str()),
            ("status", "service", "wh")
        );
        let names = ["whatsapp", "whoop"].map(|name| Completion { insert: name.to_owned(), label: name.to_owned() });
        completing.answer.send(names.to_vec()).unwrap();
        for _ in 0..2 {
            let incoming = asked(events).await;
            let refused = Message { mark: Some(Mark::Refused), ..says("no").message };
            let reply = says(line(&incoming));
            let is_refused = line(&incoming).contains("whoop");
            let reply = if is_refused { Reply { message: refused, ..reply } } else { reply };
            incoming.answer.send(reply).unwrap();
        }
        let answer = server.next("AnswerInlineQuery").await;
        assert_eq!(answer["results"].as_array().unwrap().len(), 1, "{answer}");
        assert_eq!(answer["results"][0]["type"], "article");
        assert_eq!(
            answer["results"][0]["input_message_content"]["message_text"],
            "/¦status \"whatsapp\"".replace('¦', "\u{2060}")
        );

        server.update(2, "inline_query", &query(""));
        let incoming = asked(events).await;
        assert_eq!(line(&incoming), "/status");
        incoming.answer.send(says("all is well")).unwrap();
        assert_eq!(server.next("AnswerInlineQuery").await["results"][0]["title"], "all is well");
    })
    .await;
}

#[tokio::test]
async fn a_channel_is_subscribed_from_the_private_chat_of_its_administrator() {
    let mut server = Server::start(|method, body| match (method, body["user_id"].as_u64()) {
        ("GetChat", _) if body["chat_id"] == "@outages" => Some((
            200,
            json!({ "ok": true, "result": { "id": -1_009, "type": "channel", "title": "Outages" } }).to_string(),
        )),
        ("GetChat", _) => Some(refusal(400, "Bad Request: chat not found")),
        ("GetChatMember", Some(1)) => Some((
            200,
            json!({ "ok": true, "result": { "status": "administrator", "can_post_messages": true } }).to_string(),
        )),
        _ => None,
    })
    .await;
    let telegram = Telegram::new(server.options()).unwrap();
    let (_, ()) = listening(&telegram, async |events| {
        server.update(1, "message", &message(42, "/subscribe whatsapp in @outages"));
        let incoming = asked(events).await;
        assert_eq!(incoming.chat, Address::of(-1_009).chat_id());
        assert_eq!((line(&incoming), incoming.may_manage, incoming.is_private), ("/subscribe whatsapp", true, false));
        incoming.answer.send(says("subscribed")).unwrap();
        let sent = server.next("SendMessage").await;
        assert_eq!(
            (&sent["chat_id"], &sent["text"]),
            (&json!(42), &json!("This is about the channel Outages.\nsubscribed"))
        );

        server.update(2, "message", &message(43, "/subscribe whatsapp in @outages"));
        let sent = server.next("SendMessage").await;
        assert_eq!(sent["text"], "🚫 Das können für Outages nur dessen Administratoren.");
        server.update(3, "message", &message(42, "/subscribe whatsapp in @nowhere"));
        let sent = server.next("SendMessage").await;
        assert!(sent["text"].as_str().unwrap().starts_with("🚫 Es gibt keinen Kanal @\u{2060}nowhere"), "{sent}");
        assert!(events.try_recv().is_err());
    })
    .await;
}

#[tokio::test]
async fn menus_are_registered_when_they_changed_and_only_then() {
    let mut server = Server::willing().await;
    let memory = Arc::new(Notes::default());
    let telegram = || Telegram::new(TelegramOptions { memory: memory.clone(), ..server.options() }).unwrap();
    let (first, second) = (telegram(), telegram());
    listening(&first, async |_| memory.written("telegram-menus").await).await.0.unwrap();
    let menus = server.all("SetMyCommands");
    let scopes: Vec<_> =
        menus.iter().map(|menu| (menu["scope"]["type"].clone(), menu["language_code"].clone())).collect();
    assert_eq!(menus.len(), 4 * Locale::ALL.len(), "four kinds of readers in each language");
    assert!(scopes.contains(&(json!("all_chat_administrators"), json!("de"))), "{scopes:?}");
    let (_, ()) = listening(&second, async |events| {
        server.update(1, "message", &message(42, "/status"));
        asked(events).await.answer.send(says("well")).unwrap();
        server.next("SendMessage").await;
    })
    .await;
    assert_eq!(server.all("SetMyCommands").len(), menus.len(), "no more than before");
}

#[tokio::test]
async fn what_could_not_be_noted_is_not_confirmed_and_comes_again_and_what_came_after_it_does_not() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let mut moved = message(-55, "x");
    moved.as_object_mut().unwrap().remove("text");
    moved["migrate_to_chat_id"] = json!(-1_005);
    server.update(1, "message", &moved);
    server.update(2, "message", &message(42, "/status"));
    let (_, ()) = listening(&telegram, async |events| {
        let (mut failures, mut answers) = (0, 0);
        while failures < 2 || answers < 1 {
            match events.recv().await.unwrap() {
                Event::Moved { id, done, .. } => {
                    assert_eq!(&*id.0, "telegram-1");
                    drop(done);
                    failures += 1;
                }
                Event::Asked(incoming) => {
                    incoming.answer.send(says("well")).unwrap();
                    answers += 1;
                }
                other @ (Event::Completing(_) | Event::Left { .. } | Event::Lost { .. } | Event::Back { .. }) => {
                    panic!("{other:?}")
                }
            }
        }
        let confirmed = server.all("GetUpdates").iter().filter_map(|asked| asked["offset"].as_i64()).max();
        assert_eq!(confirmed, Some(1), "nothing may be confirmed");
        let Some(Event::Moved { done, .. }) = events.recv().await else { panic!("only that comes again") };
        done.send(()).unwrap();
        while server.next("GetUpdates").await["offset"] != 3 {}
        assert_eq!(answers, 1);
    })
    .await;
}

#[tokio::test]
async fn leaving_and_moving_are_done_when_they_are_noted() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let mut moved = message(-55, "x");
    moved.as_object_mut().unwrap().remove("text");
    moved["migrate_to_chat_id"] = json!(-1_005);
    server.update(1, "message", &moved);
    let (_, ()) = listening(&telegram, async |events| {
        let Some(Event::Moved { id, from, to, done }) = events.recv().await else { panic!("it moved") };
        assert_eq!((&*id.0, &*from.address, &*to.address), ("telegram-1", "-55", "-1005"));
        server.next("GetUpdates").await;
        assert_eq!(server.next("GetUpdates").await["offset"], 1);
        done.send(()).unwrap();
        while server.next("GetUpdates").await["offset"] != 2 {}
    })
    .await;
}

#[tokio::test]
async fn a_webhook_takes_only_what_shows_the_secret_and_confirms_what_is_stored() {
    let mut server = Server::willing().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = Url::parse(&format!("http://{free}/hook")).unwrap();
    let webhook = WebhookOptions { url: url.clone(), listen: free, secret: "s3cret".to_owned() };
    let telegram = Telegram::new(TelegramOptions { webhook: Some(webhook), ..server.options() }).unwrap();
    let client = reqwest::Client::builder().build().unwrap();
    let update = json!({ "update_id": 7, "message": message(42, "/status") });
    let post = |secret: &'static str, path: &str, body: String| {
        let request = client.post(url.join(path).unwrap()).header("X-Telegram-Bot-Api-Secret-Token", secret).body(body);
        async move { request.send().await.unwrap().status().as_u16() }
    };
    let (ended, ()) = listening(&telegram, async |events| {
        server.next("SetWebhook").await;
        assert_eq!(post("wrong", "/hook", update.to_string()).await, 401);
        assert_eq!(post("s3cret", "/other", update.to_string()).await, 404);
        assert_eq!(post("s3cret", "/hook", "{".to_owned()).await, 400);
        assert!(events.try_recv().is_err());
        let (code, ()) = tokio::join!(post("s3cret", "/hook", update.to_string()), async {
            asked(events).await.answer.send(says("well")).unwrap();
        });
        assert_eq!(code, 200);
        assert_eq!(server.next("SendMessage").await["text"], "well");
        assert_eq!(post("s3cret", "/hook", update.to_string()).await, 200, "a repetition is confirmed");
        assert!(events.try_recv().is_err(), "and changes nothing");
    })
    .await;
    assert_eq!(ended.unwrap(), Ended::Stopped);
    let told = format!("{telegram:?}");
    assert!(!told.contains("s3cret") && !told.contains(TOKEN), "{told}");
}

#[tokio::test]
async fn the_bot_introduces_itself_to_a_group_but_not_to_one_it_grew_with() {
    let mut server = Server::willing().await;
    let telegram = Telegram::new(server.options()).unwrap();
    let bot = json!({ "id": 1, "is_bot": true, "first_name": "Foghorn", "username": "foghorn_bot" });
    let joined = |chat: i64| {
        json!({
            "chat": { "id": chat, "type": "supergroup", "title": "Ops" }, "from": person(42), "date": 1_700_000_000,
            "old_chat_member": { "status": "left", "user": bot }, "new_chat_member": { "status": "member", "user": bot },
        })
    };
    let mut moved = message(-55, "x");
    moved.as_object_mut().unwrap().remove("text");
    moved["migrate_to_chat_id"] = json!(-1_005);
    server.update(1, "my_chat_member", &joined(-1_005));
    server.update(2, "message", &moved);
    server.update(3, "my_chat_member", &joined(-1_006));
    let (_, ()) = listening(&telegram, async |events| {
        let Some(Event::Moved { done, .. }) = events.recv().await else { panic!("it moved") };
        done.send(()).unwrap();
        let incoming = asked(events).await;
        assert_eq!((&incoming.input, &*incoming.chat.address), (&Input::Joined, "-1006"));
        incoming.answer.send(says("hello")).unwrap();
        assert_eq!(server.next("SendMessage").await["chat_id"], -1_006);
        assert!(events.try_recv().is_err());
    })
    .await;
}
