//! Chats, members, topics, menus and questions.

use serde_json::{Value, json};

use super::Client;
use crate::support::telegram::{Limits, Member, Telegram};

async fn unlimited() -> Telegram {
    let telegram = Telegram::start().await;
    telegram.limit(Limits::none());
    telegram
}

#[tokio::test]
async fn who_cannot_be_written_to_is_said_in_the_right_words() {
    let telegram = unlimited().await;
    let (client, anna, ben) = (Client::new(&telegram), telegram.person("Anna"), telegram.person("Ben"));
    let refused = async |chat: i64| client.refused("sendMessage", json!({ "chat_id": chat, "text": "x" })).await;
    assert_eq!(refused(ben.id).await, "400 Bad Request: chat not found");
    assert_eq!(client.refused("sendMessage", json!({ "text": "x" })).await, "400 Bad Request: chat_id is empty");
    let group = anna.group("Ops");
    assert_eq!(refused(group.chat).await, "403 Forbidden: bot is not a member of the group chat");
    anna.makes_bot(Member::Ordinary, &group);
    anna.makes(&ben, Member::Ordinary, &group);
    assert_eq!(refused(ben.id).await, "403 Forbidden: bot can't initiate conversation with a user");
    anna.makes_bot(Member::Muted, &group);
    assert_eq!(refused(group.chat).await, "400 Bad Request: not enough rights to send text messages to the chat");
    anna.makes_bot(Member::Kicked, &group);
    assert_eq!(refused(group.chat).await, "403 Forbidden: bot was kicked from the group chat");
    anna.deletes_chat(&group);
    assert_eq!(refused(group.chat).await, "403 Forbidden: the group chat was deleted");

    let channel = anna.channel("News");
    anna.makes_bot(Member::Ordinary, &channel);
    assert_eq!(refused(channel.chat).await, "400 Bad Request: need administrator rights in the channel chat");
    let members = json!({ "chat_id": channel.chat, "user_id": anna.id });
    assert!(client.refused("getChatMember", members).await.contains("member list is inaccessible"));

    anna.publishes(&channel, "acme_news");
    anna.makes_bot(Member::Administrator, &channel);
    client.gets("sendMessage", json!({ "chat_id": "@Acme_News", "text": "x" })).await;
    let found = client.gets("getChat", json!({ "chat_id": "@acme_news" })).await;
    assert_eq!((&found["id"], &found["username"]), (&json!(channel.chat), &json!("acme_news")));
    assert_eq!(client.refused("getChat", json!({ "chat_id": "@acme" })).await, "400 Bad Request: chat not found");

    let private = ben.private();
    ben.blocks(true);
    assert_eq!(refused(private.chat).await, "403 Forbidden: bot was blocked by the user");
    ben.blocks(false);
    client.gets("sendMessage", json!({ "chat_id": private.chat, "text": "x" })).await;
    client.gets("sendChatAction", json!({ "chat_id": private.chat, "action": "typing" })).await;
    ben.goes();
    assert_eq!(refused(private.chat).await, "403 Forbidden: user is deactivated");

    let statuses: Vec<Value> = client
        .updates()
        .await
        .iter()
        .filter(|update| update["my_chat_member"]["chat"]["id"] == group.chat)
        .map(|update| update["my_chat_member"]["new_chat_member"]["status"].clone())
        .collect();
    assert_eq!(statuses, ["member", "restricted", "kicked", "left"]);
    let other = anna.supergroup("Other");
    anna.makes_bot(Member::Ordinary, &other);
    client.gets("leaveChat", json!({ "chat_id": other.chat })).await;
    assert_eq!(refused(other.chat).await, "403 Forbidden: bot is not a member of the supergroup chat");
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_says_its_new_number_and_keeps_its_people() {
    let telegram = unlimited().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let group = anna.group("Ops");
    anna.makes_bot(Member::Administrator, &group);
    let new = anna.upgrades(&group);
    let request = client.post("sendMessage").query(&[("chat_id", group.chat.to_string()), ("text", "x".to_owned())]);
    let answer = client.answer(request).await;
    let description = "Bad Request: group chat was upgraded to a supergroup chat";
    assert_eq!(
        answer,
        json!({ "ok": false, "error_code": 400, "description": description,
        "parameters": { "migrate_to_chat_id": new.chat } })
    );
    client.gets("sendMessage", json!({ "chat_id": new.chat, "text": "still here" })).await;
    assert_eq!(new.told()[0].text, "still here");
    let updates = client.updates().await;
    assert!(
        updates.iter().any(|update| update["message"]["migrate_to_chat_id"] == new.chat
            && update["message"]["chat"]["id"] == group.chat)
    );
    assert!(
        updates.iter().any(|update| update["message"]["migrate_from_chat_id"] == group.chat
            && update["message"]["chat"]["id"] == new.chat)
    );
    let administrators = client.gets("getChatAdministrators", json!({ "chat_id": new.chat })).await;
    assert_eq!((administrators.as_array().unwrap().len(), &administrators[0]["status"]), (1, &json!("creator")));
}

#[tokio::test]
async fn topics_are_told_apart_closed_and_deleted() {
    let telegram = unlimited().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let general = anna.forum("Company");
    anna.makes_bot(Member::Ordinary, &general);
    let alerts = anna.opens_topic(&general, "Alerts");
    assert_eq!(alerts.topic().as_deref(), Some("Alerts"));
    let to = |thread: Value| json!({ "chat_id": general.chat, "message_thread_id": thread, "text": "x" });
    let sent = client.gets("sendMessage", to(json!(alerts.thread))).await;
    assert_eq!((&sent["message_thread_id"], &sent["is_topic_message"]), (&json!(alerts.thread), &json!(true)));
    assert_eq!(sent["reply_to_message"]["forum_topic_created"]["name"], "Alerts");
    client.gets("sendMessage", to(Value::Null)).await;
    assert_eq!((alerts.told().len(), general.told().len()), (1, 1));
    assert_eq!(client.refused("sendMessage", to(json!(1))).await, "400 Bad Request: message thread not found");
    anna.closes_topic(&alerts, true);
    assert_eq!(client.refused("sendMessage", to(json!(alerts.thread))).await, "400 Bad Request: TOPIC_CLOSED");
    anna.closes_topic(&alerts, false);
    client.gets("sendMessage", to(json!(alerts.thread))).await;
    anna.deletes_topic(&alerts);
    let refusal = client.refused("sendMessage", to(json!(alerts.thread))).await;
    assert_eq!(refusal, "400 Bad Request: message thread not found");
    anna.closes_topic(&general, true);
    assert_eq!(client.refused("sendMessage", to(Value::Null)).await, "400 Bad Request: TOPIC_CLOSED");
    anna.closes_topic(&general, false);
    anna.says(&general, "/status");
    let updates = client.updates().await;
    let last = &updates.last().unwrap()["message"];
    assert!(last["message_thread_id"].is_null() && last["chat"]["is_forum"] == true, "{last}");

    let plain = anna.supergroup("Plain");
    anna.makes_bot(Member::Ordinary, &plain);
    let first = anna.says(&plain, "/one");
    anna.replies(&plain, first, "/two");
    let last = client.updates().await.pop().unwrap()["message"].clone();
    assert!(last["message_thread_id"] == first && last["is_topic_message"].is_null(), "{last}");
    let sent = json!({ "chat_id": plain.chat, "message_thread_id": first, "text": "x" });
    assert_eq!(client.refused("sendMessage", sent).await, "400 Bad Request: message thread not found");
}

#[tokio::test]
async fn in_groups_the_bot_is_told_what_is_meant_for_it() {
    let telegram = unlimited().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    let sent = client.gets("sendMessage", json!({ "chat_id": group.chat, "text": "hello" })).await;
    let ours = format!("/status@{}", telegram.username());
    let say = || {
        anna.says(&group, "just talk");
        anna.says(&group, "/status");
        anna.says(&group, &ours);
        anna.says(&group, "/status@another_bot");
        anna.replies(&group, sent["message_id"].as_i64().unwrap(), "thanks");
    };
    say();
    let texts = async || {
        let updates = client.updates().await;
        let last = updates.last().unwrap()["update_id"].as_i64().unwrap();
        client.gets("getUpdates", json!({ "offset": last + 1 })).await;
        updates.iter().filter_map(|update| update["message"]["text"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(texts().await, ["/status", &ours, "thanks"]);
    telegram.set_privacy(false);
    say();
    assert_eq!(texts().await, ["just talk", "/status", &ours, "/status@another_bot", "thanks"]);
    telegram.set_privacy(true);
    anna.makes_bot(Member::Administrator, &group);
    say();
    assert_eq!(texts().await.len(), 5);

    let ben = telegram.person("Ben");
    anna.makes(&ben, Member::Anonymous, &group);
    ben.says(&group, "/hidden");
    let hidden = client.updates().await.pop().unwrap()["message"].clone();
    assert_eq!(
        (&hidden["from"]["username"], &hidden["sender_chat"]["id"]),
        (&json!("GroupAnonymousBot"), &json!(group.chat))
    );
    let member = client.gets("getChatMember", json!({ "chat_id": group.chat, "user_id": ben.id })).await;
    assert_eq!((&member["status"], &member["is_anonymous"]), (&json!("administrator"), &json!(true)));
    let channel = anna.channel("News");
    anna.makes_bot(Member::Administrator, &channel);
    anna.says(&channel, "/status");
    let post = client.updates().await.pop().unwrap()["channel_post"].clone();
    assert!(
        post["from"].is_null()
            && post["sender_chat"]["id"] == channel.chat
            && post["entities"][0]["type"] == "bot_command",
        "{post}"
    );
}

#[tokio::test]
async fn a_pressed_button_is_answered_once() {
    let telegram = unlimited().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let room = anna.private();
    let keyboard = json!({ "inline_keyboard": [[{ "text": "Mute", "callback_data": "m" }]] });
    let sent = json!({ "chat_id": room.chat, "text": "x", "reply_markup": keyboard });
    let id = client.gets("sendMessage", sent).await["message_id"].as_i64().unwrap();
    let answering = async {
        let update = client.gets("getUpdates", json!({ "timeout": 50 })).await[0]["callback_query"].clone();
        assert_eq!((&update["data"], &update["message"]["message_id"]), (&json!("m"), &json!(id)));
        let answer = json!({ "callback_query_id": update["id"], "text": "No right", "show_alert": true });
        let long = json!({ "callback_query_id": update["id"], "text": "x".repeat(201) });
        assert_eq!(client.refused("answerCallbackQuery", long).await, "400 Bad Request: MESSAGE_TOO_LONG");
        let elsewhere = json!({ "callback_query_id": update["id"], "url": "https://a.example" });
        assert_eq!(client.refused("answerCallbackQuery", elsewhere).await, "400 Bad Request: URL_INVALID");
        client.gets("answerCallbackQuery", answer.clone()).await;
        let again = client.refused("answerCallbackQuery", answer).await;
        assert!(again.starts_with("400 Bad Request: query is too old"), "{again}");
    };
    let (shown, ()) = tokio::join!(anna.presses(&room, id, "Mute"), answering);
    assert_eq!((shown.text.as_str(), shown.is_alert, shown.url), ("No right", true, None));
}

#[tokio::test]
async fn what_is_offered_inline_can_be_sent_anywhere_and_edited_by_its_name() {
    let telegram = unlimited().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let keyboard = json!({ "inline_keyboard": [[{ "text": "Again", "callback_data": "a" }]] });
    let article = |id: &str| {
        json!({ "type": "article", "id": id, "title": "Acme", "description": "well",
        "input_message_content": { "message_text": "Acme is well" }, "reply_markup": keyboard })
    };
    let answering = async {
        let query = client.gets("getUpdates", json!({ "timeout": 50 })).await[0]["inline_query"].clone();
        assert_eq!((&query["query"], &query["offset"]), (&json!("acme"), &json!("")));
        let answer =
            |results: Value| json!({ "inline_query_id": query["id"], "results": results, "is_personal": true });
        let twice = client.refused("answerInlineQuery", answer(json!([article("1"), article("1")]))).await;
        assert!(twice.contains("RESULT_ID_DUPLICATE"), "{twice}");
        for (wrong, why) in
            [(article(""), "RESULT_ID_INVALID"), (json!({ "type": "photo", "id": "1" }), "articles only")]
        {
            let refusal = client.refused("answerInlineQuery", answer(json!([wrong]))).await;
            assert!(refusal.contains(why), "{refusal}");
        }
        let many = answer(Value::Array(vec![article("1"); 51]));
        assert!(client.refused("answerInlineQuery", many).await.contains("RESULTS_TOO_MUCH"));
        client.gets("answerInlineQuery", answer(json!([article("1"), article("2")]))).await;
    };
    let (shown, ()) = tokio::join!(anna.types_inline("acme", ""), answering);
    assert!(shown.is_personal && shown.next_offset.is_empty() && shown.offers.len() == 2);
    let offer = &shown.offers[0];
    assert_eq!((offer.title.as_str(), offer.description.as_str()), ("Acme", "well"));
    let group = anna.group("Elsewhere");
    let sent = anna.sends(&group, offer);
    let pressing = async {
        let update = client.updates().await.pop().unwrap()["callback_query"].clone();
        let name = update["inline_message_id"].clone();
        assert!(update["message"].is_null() && name.is_string());
        client.gets("editMessageText", json!({ "inline_message_id": name, "text": "Acme is down" })).await;
        client.gets("answerCallbackQuery", json!({ "callback_query_id": update["id"] })).await;
    };
    let (shown, ()) = tokio::join!(anna.presses(&group, sent, "Again"), pressing);
    assert_eq!(shown.text, "");
    assert_eq!(group.messages()[0].to_string(), "Acme is down");
}

#[tokio::test]
async fn everybody_sees_the_narrowest_menu_in_their_language() {
    let telegram = unlimited().await;
    let client = Client::new(&telegram);
    let (anna, ben) = (telegram.person("Anna").speaking("de"), telegram.person("Ben"));
    let group = anna.group("Ops");
    anna.makes(&ben, Member::Ordinary, &group);
    let set = |name: &str, scope: Value, language: &str| {
        json!({ "commands": [{ "command": name, "description": "x" }],
        "scope": scope, "language_code": language })
    };
    let of = |kind: &str| json!({ "type": kind });
    for (name, scope, language) in [
        ("all", of("default"), ""),
        ("private", of("all_private_chats"), ""),
        ("privat", of("all_private_chats"), "de"),
        ("groups", of("all_group_chats"), ""),
        ("administrators", of("all_chat_administrators"), ""),
    ] {
        client.gets("setMyCommands", set(name, scope, language)).await;
    }
    let first = |lines: Vec<(String, String)>| lines[0].0.clone();
    assert_eq!(first(anna.menu(&anna.private())), "privat");
    assert_eq!(first(ben.menu(&ben.private())), "private");
    assert_eq!(first(anna.menu(&group)), "administrators");
    assert_eq!(first(ben.menu(&group)), "groups");
    client.gets("deleteMyCommands", json!({ "scope": of("all_group_chats") })).await;
    assert_eq!(first(ben.menu(&group)), "all");
    let chat = json!({ "type": "chat", "chat_id": group.chat });
    client.gets("setMyCommands", set("here", chat.clone(), "")).await;
    assert_eq!(first(ben.menu(&group)), "here");
    client
        .gets(
            "setMyCommands",
            set("her", json!({ "type": "chat_member", "chat_id": group.chat, "user_id": anna.id }), ""),
        )
        .await;
    client
        .gets("setMyCommands", set("them", json!({ "type": "chat_administrators", "chat_id": group.chat }), ""))
        .await;
    assert_eq!(first(anna.menu(&group)), "her");
    assert_eq!(
        client.gets("getMyCommands", json!({ "scope": chat })).await,
        json!([{ "command": "here", "description": "x" }])
    );

    let one = |name: &str, description: &str| json!({ "commands": [{ "command": name, "description": description }] });
    for wrong in ["Status", "sta-tus", "", &"x".repeat(33)] {
        assert_eq!(client.refused("setMyCommands", one(wrong, "x")).await, "400 Bad Request: BOT_COMMAND_INVALID");
    }
    for wrong in ["", &"x".repeat(257)] {
        let refusal = client.refused("setMyCommands", one("x", wrong)).await;
        assert_eq!(refusal, "400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID");
    }
    let many = json!({ "commands": vec![json!({ "command": "x", "description": "x" }); 101] });
    assert!(client.refused("setMyCommands", many).await.contains("TOO_MUCH"));
    assert!(client.refused("setMyCommands", set("x", of("default"), "de-DE")).await.contains("language code"));
    assert!(client.refused("setMyCommands", set("x", of("everywhere"), "")).await.contains("unsupported type"));

    client.gets("setMyDescription", json!({ "description": "Tells outages" })).await;
    client.gets("setMyShortDescription", json!({ "short_description": "Outages" })).await;
    client.gets("setMyName", json!({ "name": "Horn", "language_code": "de" })).await;
    assert!(client.refused("setMyName", json!({ "name": "x".repeat(65) })).await.contains("too long"));
    let described = client.gets("getMyDescription", json!({ "language_code": "de" })).await;
    assert_eq!(described, json!({ "description": "Tells outages" }));
    assert_eq!(client.gets("getMyName", json!({})).await, json!({ "name": "" }));
    assert_eq!(client.gets("getMyShortDescription", json!({})).await, json!({ "short_description": "Outages" }));
}
