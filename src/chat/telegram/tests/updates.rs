//! What an update means to the bot.

use serde_json::{Value, json};

use crate::{
    chat::telegram::{
        address::Address,
        update::{Appointed, Heard, Identity, Raw, Said, Speaker, private_link, understand},
    },
    domain::Locale,
};

const GROUP: i64 = -1_001_234_567_890;

fn heard(kind: &str, content: Value) -> Heard {
    let Raw(update) = serde_json::from_str(&json!({ "update_id": 7, kind: content }).to_string()).unwrap();
    understand(&update, &Identity { id: 1, name: "foghorn_bot".to_owned() })
}

fn person() -> Value {
    json!({ "id": 42, "is_bot": false, "first_name": "Ada", "language_code": "de-AT" })
}

fn private() -> Value {
    json!({ "id": 42, "type": "private", "first_name": "Ada" })
}

fn group() -> Value {
    json!({ "id": GROUP, "type": "supergroup", "title": "Ops", "is_forum": true })
}

fn channel() -> Value {
    json!({ "id": -1_009, "type": "channel", "title": "Outages", "username": "outages" })
}

fn message(chat: &Value, text: &str) -> Value {
    json!({ "message_id": 5, "date": 1_700_000_000, "chat": chat, "from": person(), "text": text })
}

/// The message with more in it.
fn with(mut message: Value, more: &Value) -> Value {
    let map = message.as_object_mut().unwrap();
    map.extend(more.as_object().unwrap().clone());
    message
}

fn said(heard: Heard) -> Said {
    let Heard::Said(said) = heard else { panic!("{heard:?}") };
    said
}

#[test]
fn what_is_marked_in_a_new_way_is_read_all_the_same() {
    let new = json!({ "offset": 0, "length": 4, "type": "sparkling", "glitter": { "much": true } });
    let command = json!({ "offset": 0, "length": 7, "type": "bot_command" });
    let earlier = with(message(&group(), "hello"), &json!({ "entities": [new] }));
    let more = json!({ "entities": [command, new], "reply_to_message": earlier });
    let said = said(heard("message", with(message(&group(), "/status acme"), &more)));
    assert_eq!((said.line.as_str(), said.by), ("/status acme", Speaker::Person(42)));
    assert_eq!(heard("message", json!({ "sparkling": true })), Heard::Garbled);
}

#[test]
fn in_a_private_chat_everything_is_meant_for_the_bot_and_may_be_asked() {
    let said = said(heard("message", message(&private(), " hello there ")));
    assert_eq!((said.line.as_str(), said.by, said.is_private), ("hello there", Speaker::Manager, true));
    assert_eq!((said.at, said.locale), (Address::of(42), Some(Locale::De)));
}

#[test]
fn in_a_group_only_commands_for_this_bot_are_heard() {
    let line = |text: &str| {
        if let Heard::Said(said) = heard("message", message(&group(), text)) { Some(said.line) } else { None }
    };
    assert_eq!(line("/status whatsapp").as_deref(), Some("/status whatsapp"));
    assert_eq!(line("/STATUS").as_deref(), Some("/STATUS"));
    assert_eq!(line("/status@Foghorn_Bot").as_deref(), Some("/status@Foghorn_Bot"));
    assert_eq!(line("/wrong@foghorn_bot").as_deref(), Some("/wrong@foghorn_bot"), "it was asked by name");
    assert_eq!(line("/status@other_bot"), None);
    assert_eq!(line("/ban me"), None, "another bot's command");
    assert_eq!(line("is whatsapp down?"), None);
}

#[test]
fn who_speaks_decides_whether_telegram_must_be_asked() {
    let by = |more: Value| said(heard("message", with(message(&group(), "/status"), &more))).by;
    assert_eq!(by(json!({})), Speaker::Person(42));
    assert_eq!(by(json!({ "sender_chat": group() })), Speaker::Manager, "an anonymous administrator");
    assert_eq!(by(json!({ "sender_chat": channel() })), Speaker::Stranger, "somebody who speaks as a channel");
    let post = json!({ "message_id": 5, "date": 1_700_000_000, "chat": channel(), "sender_chat": channel(), "text": "/status" });
    let post = said(heard("channel_post", post));
    assert_eq!((post.by, post.is_post, post.is_private), (Speaker::Manager, true, false));
}

#[test]
fn a_post_that_is_forwarded_to_its_discussion_group_is_not_heard_twice() {
    let forward = json!({ "sender_chat": channel(), "is_automatic_forward": true });
    assert_eq!(heard("message", with(message(&group(), "/status"), &forward)), Heard::Nothing);
}

#[test]
fn what_was_sent_by_the_bots_own_inline_mode_is_no_question() {
    let via = |id: u64| json!({ "via_bot": { "id": id, "is_bot": true, "first_name": "B", "username": "b_bot" } });
    assert_eq!(heard("message", with(message(&private(), "WhatsApp: major outage"), &via(1))), Heard::Nothing);
    assert_eq!(heard("message", with(message(&group(), "/status"), &via(1))), Heard::Nothing);
    let other = said(heard("message", with(message(&private(), "/status"), &via(2))));
    assert_eq!(other.line, "/status", "what another bot offered says whoever sent it");
}

#[test]
fn a_topic_is_a_place_of_its_own_and_general_is_the_group() {
    let at = |more: Value| said(heard("message", with(message(&group(), "/status"), &more))).at;
    assert_eq!(
        at(json!({ "message_thread_id": 17, "is_topic_message": true })),
        Address { chat: GROUP, thread: Some(17) }
    );
    assert_eq!(at(json!({})), Address::of(GROUP));
    assert_eq!(at(json!({ "message_thread_id": 1, "is_topic_message": true })), Address::of(GROUP));
    assert_eq!(at(json!({ "message_thread_id": 17 })), Address::of(GROUP), "a chain of replies");
}

#[test]
fn a_link_to_the_bot_asks_what_the_button_asks_that_led_there_and_only_what_anybody_may() {
    let me = Identity { id: 1, name: "foghorn_bot".to_owned() };
    let start = |words: &str| private_link(words, &me).map(|link| link.query().unwrap().replace("start=", ""));
    let line = |start: &str| said(heard("message", message(&private(), &format!("/start {start}")))).line;
    for words in ["incident whatsapp-3", "status whatsapp", "status", "help", "services messaging 2"] {
        assert_eq!(line(&start(words).unwrap()), format!("/{words}"));
    }
    let long = format!("status {}", "x".repeat(60));
    for words in ["subscribe whatsapp", "mute whatsapp-3", "status ~2", "status a_b", "nothing", "", &long] {
        assert_eq!(start(words), None, "{words}");
    }
    assert_eq!(line("subscribe_whatsapp"), "/start subscribe_whatsapp");
    assert_eq!(line("whatsapp"), "/start whatsapp");
}

#[test]
fn a_group_that_grows_has_moved() {
    let old = json!({ "id": -55, "type": "group", "title": "Ops" });
    let moved = json!({
        "message_id": 5, "date": 1_700_000_000, "chat": old, "from": person(), "migrate_to_chat_id": GROUP,
    });
    assert_eq!(heard("message", moved), Heard::Moved { from: -55, to: GROUP });
}

fn member(status: &str, more: &Value) -> Value {
    let user = json!({ "id": 1, "is_bot": true, "first_name": "Foghorn", "username": "foghorn_bot" });
    with(json!({ "user": user, "status": status }), more)
}

fn administrator(can_post: bool) -> Value {
    let rights = json!({
        "is_anonymous": false, "can_be_edited": false, "can_manage_chat": true, "can_change_info": false,
        "can_delete_messages": false, "can_manage_video_chats": false, "can_invite_users": false,
        "can_restrict_members": false, "can_promote_members": false, "can_post_messages": can_post,
    });
    member("administrator", &rights)
}

fn changed(chat: &Value, old: &Value, new: &Value) -> Heard {
    let change = json!({
        "chat": chat, "from": person(), "date": 1_700_000_000, "old_chat_member": old, "new_chat_member": new,
    });
    heard("my_chat_member", change)
}

#[test]
fn coming_and_going_is_noticed_once() {
    let (gone, here) = (member("left", &json!({})), member("member", &json!({})));
    let kicked = member("kicked", &json!({ "until_date": 0 }));
    assert_eq!(changed(&group(), &gone, &here), Heard::Joined { chat: GROUP, locale: Some(Locale::De) });
    let back = |chat| Heard::Back { at: Address::of(chat), below: true };
    assert_eq!(
        changed(&group(), &here, &administrator(true)),
        back(GROUP),
        "it was there, and may have had fewer rights"
    );
    let silenced = json!({
        "is_member": true, "until_date": 0, "can_send_messages": false, "can_send_audios": false,
        "can_send_documents": false, "can_send_photos": false, "can_send_videos": false, "can_send_video_notes": false,
        "can_send_voice_notes": false, "can_send_polls": false, "can_send_other_messages": false,
        "can_add_web_page_previews": false, "can_change_info": false, "can_invite_users": false,
        "can_pin_messages": false, "can_manage_topics": false,
    });
    let silenced = member("restricted", &silenced);
    assert_eq!(changed(&group(), &here, &silenced), Heard::Nothing, "what cannot be sent says so");
    assert_eq!(changed(&group(), &silenced, &here), back(GROUP));
    assert_eq!(changed(&group(), &here, &gone), Heard::Left { chat: GROUP });
    assert_eq!(changed(&group(), &here, &kicked), Heard::Left { chat: GROUP });
    assert_eq!(changed(&private(), &here, &kicked), Heard::Left { chat: 42 }, "blocked");
    assert_eq!(changed(&private(), &kicked, &here), back(42), "unblocked");
}

#[test]
fn whoever_makes_the_bot_post_in_a_channel_is_told_how_to_go_on() {
    let gone = member("left", &json!({}));
    let told = Appointed {
        chat: -1_009,
        title: "Outages".to_owned(),
        handle: "@outages".to_owned(),
        by: 42,
        locale: Some(Locale::De),
    };
    assert_eq!(changed(&channel(), &gone, &administrator(true)), Heard::Appointed(told));
    assert_eq!(changed(&channel(), &gone, &administrator(false)), Heard::Nothing);
    assert_eq!(changed(&channel(), &administrator(true), &gone), Heard::Left { chat: -1_009 });
}

#[test]
fn a_button_is_pressed_where_its_message_stands() {
    let below = with(message(&group(), "x"), &json!({ "message_thread_id": 17, "is_topic_message": true }));
    let query =
        json!({ "id": "q", "from": person(), "chat_instance": "c", "data": "mute whatsapp-3", "message": below });
    let Heard::Pressed(pressed) = heard("callback_query", query) else { panic!("a press") };
    assert_eq!(pressed.below, Some((Address { chat: GROUP, thread: Some(17) }, 5)));
    assert_eq!((pressed.words.as_str(), pressed.by, pressed.is_private), ("mute whatsapp-3", 42, false));
    let old = json!({ "id": "q", "from": person(), "chat_instance": "c", "data": "x", "message": {
        "message_id": 5, "date": 0, "chat": private(),
    } });
    let Heard::Pressed(pressed) = heard("callback_query", old) else { panic!("a press") };
    assert_eq!(
        (pressed.below, pressed.is_private),
        (Some((Address::of(42), 5)), true),
        "too old to be shown, still a press"
    );
}

#[test]
fn what_cannot_be_read_or_is_of_no_kind_we_know_is_told_from_what_is_not_for_us() {
    assert_eq!(heard("message", json!({ "some": "thing" })), Heard::Garbled);
    assert_eq!(heard("brand_new_kind", json!({})), Heard::Garbled);
    let photo = json!({ "message_id": 5, "date": 1, "chat": private(), "from": person(), "photo": [] });
    assert_eq!(heard("message", photo), Heard::Nothing);
}

#[test]
fn a_topic_that_is_opened_again_can_be_written_to_and_no_other_with_it() {
    let mut reopened = message(&group(), "x");
    reopened.as_object_mut().unwrap().remove("text");
    let topic = json!({ "forum_topic_reopened": {}, "message_thread_id": 17, "is_topic_message": true });
    let at = Address { chat: GROUP, thread: Some(17) };
    assert_eq!(heard("message", with(reopened.clone(), &topic)), Heard::Back { at, below: false });
    let general = with(reopened, &json!({ "general_forum_topic_unhidden": {} }));
    assert_eq!(heard("message", general), Heard::Back { at: Address::of(GROUP), below: false });
}
