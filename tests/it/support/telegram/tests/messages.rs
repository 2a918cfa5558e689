//! Texts, markup and buttons.

use serde_json::{Value, json};

use super::Client;
use crate::support::telegram::{Action, Limits, Member, Telegram};

async fn unlimited() -> Telegram {
    let telegram = Telegram::start().await;
    telegram.limit(Limits::none());
    telegram
}

#[tokio::test]
async fn a_text_is_seen_as_it_was_marked_up_and_without_space_around_it() {
    let telegram = unlimited().await;
    let (client, room) = (Client::new(&telegram), telegram.person("Anna").private());
    let entities = json!([
        { "type": "bold", "offset": 2, "length": 7 },
        { "type": "italic", "offset": 5, "length": 2 },
        { "type": "text_link", "offset": 10, "length": 4, "url": "https://status.example/" },
        { "type": "blockquote", "offset": 15, "length": 8 },
        { "type": "code", "offset": 18, "length": 2 },
    ]);
    let text = "  🔥 down here\nso\nit is @anna_1 /help  ";
    client.gets("sendMessage", json!({ "chat_id": room.chat, "text": text, "entities": entities })).await;
    let seen = &room.told()[0];
    assert_eq!(seen.text, "🔥 down here\nso\nit is @anna_1 /help");
    assert_eq!(seen.drawn, "**🔥 _do_wn** [here](https://status.example/)\n> so\n> `it` is @anna_1 /help");
    assert_eq!(seen.live.iter().collect::<Vec<_>>(), ["/help", "@anna_1"]);
    assert!(seen.is_previewed && !seen.is_silent && seen.reply_to.is_none());

    let quiet = json!({ "chat_id": room.chat.to_string(), "text": "see status.example.com", "disable_notification": true,
        "link_preview_options": { "is_disabled": true }, "reply_parameters": { "message_id": seen.id } });
    client.gets("sendMessage", quiet).await;
    let quiet = room.told().pop().unwrap();
    assert!(quiet.is_silent && !quiet.is_previewed);
    assert_eq!(quiet.reply_to, Some(seen.id));
}

#[tokio::test]
async fn the_server_finds_by_itself_what_can_be_pressed() {
    let telegram = unlimited().await;
    let (client, room) = (Client::new(&telegram), telegram.person("Anna").private());
    let text = "🔥 @everyone, (@a_b) x@y /go /go@a_bot a/b #tag #1 see evil.com, https://x.example/@z?q=/r. Mail me@x.org; \
        not @\u{2060}anna /\u{2060}go 1.5 /etc/hosts status.example `@code`";
    let code = text.encode_utf16().count() - 7;
    let entities =
        json!([{ "type": "code", "offset": code, "length": 7 }, { "type": "bold", "offset": 0, "length": 12 }]);
    client.gets("sendMessage", json!({ "chat_id": room.chat, "text": text, "entities": entities })).await;
    let live: Vec<String> = room.told()[0].live.iter().cloned().collect();
    assert_eq!(
        live,
        ["#tag", "/go", "/go@a_bot", "@a_b", "@everyone", "evil.com", "https://x.example/@z?q=/r", "me@x.org"]
    );
}

#[tokio::test]
async fn markup_that_does_not_fit_its_text_is_refused() {
    let telegram = unlimited().await;
    let (client, chat) = (Client::new(&telegram), telegram.person("Anna").private().chat);
    let one = |kind: &str, offset: i64, length: i64| json!({ "type": kind, "offset": offset, "length": length });
    let link = |url: &str| json!({ "type": "text_link", "offset": 0, "length": 2, "url": url });
    let cases: &[(Value, &str)] = &[
        (json!([one("bold", 0, 8)]), "ends after the end of the text"),
        (json!([one("bold", -1, 2)]), "ENTITY_BOUNDS_INVALID"),
        (json!([one("bold", 1, 0)]), "is empty"),
        (json!([one("bold", 1, 2)]), "begins in a middle of a UTF-16 symbol"),
        (json!([one("bold", 0, 1)]), "ends in a middle of a UTF-16 symbol"),
        (json!([one("bald", 0, 2)]), "unsupported type bald"),
        (json!([{ "type": "bold", "offset": 0 }]), "can't find field \"length\""),
        (json!([one("bold", 0, 4), one("italic", 3, 3)]), "overlap"),
        (json!([one("bold", 0, 4), one("code", 2, 2)]), "can't be nested"),
        (json!([one("code", 0, 4), link("https://a.example")]), "can't be nested"),
        (json!([one("bold", 0, 4), one("bold", 2, 2)]), "the same twice"),
        (json!([one("blockquote", 0, 4), one("expandable_blockquote", 2, 2)]), "can't be nested"),
        (json!([link("nowhere")]), "entity URL 'nowhere' is invalid"),
        (json!([link("javascript:alert(1)")]), "is invalid"),
        (json!({ "type": "bold" }), "expected an Array"),
        (Value::Array(vec![one("bold", 0, 2); 101]), "ENTITIES_TOO_LONG"),
    ];
    for (entities, why) in cases {
        let sent = json!({ "chat_id": chat, "text": "🔥 fire", "entities": entities });
        let refusal = client.refused("sendMessage", sent).await;
        assert!(refusal.starts_with("400 Bad Request: ") && refusal.contains(why), "{why}: {refusal}");
    }
    let marked = json!({ "chat_id": chat, "text": "<b>x</b>", "parse_mode": "HTML" });
    assert!(client.refused("sendMessage", marked).await.contains("does not read HTML"));
    let quoted = json!([one("blockquote", 0, 7), one("code", 3, 2)]);
    client.gets("sendMessage", json!({ "chat_id": chat, "text": "🔥 fire", "entities": quoted })).await;
}

#[tokio::test]
async fn texts_are_neither_empty_nor_too_long() {
    let telegram = unlimited().await;
    let (client, chat) = (Client::new(&telegram), telegram.person("Anna").private().chat);
    let say = |text: String| json!({ "chat_id": chat, "text": text });
    assert_eq!(client.refused("sendMessage", say(String::new())).await, "400 Bad Request: message text is empty");
    assert_eq!(client.refused("sendMessage", say(" \n".into())).await, "400 Bad Request: text must be non-empty");
    client.gets("sendMessage", say(format!(" {} ", "🔥".repeat(2048)))).await;
    let long = client.refused("sendMessage", say(format!("{}x", "🔥".repeat(2048)))).await;
    assert_eq!(long, "400 Bad Request: message is too long");
}

#[tokio::test]
async fn buttons_have_a_text_and_do_one_thing() {
    let telegram = unlimited().await;
    let (client, room) = (Client::new(&telegram), telegram.person("Anna").private());
    let with = |keyboard: Value| json!({ "chat_id": room.chat, "text": "x", "reply_markup": keyboard });
    let one = |button: Value| with(json!({ "inline_keyboard": [[button]] }));
    let data = |length: usize| json!({ "text": "a", "callback_data": "x".repeat(length) });
    let cases = [
        (one(data(65)), "BUTTON_DATA_INVALID"),
        (one(data(0)), "BUTTON_DATA_INVALID"),
        (one(json!({ "text": "a", "url": "http://localhost/" })), "Wrong HTTP URL"),
        (one(json!({ "text": "a" })), "text buttons are unallowed"),
        (one(json!({ "text": " ", "callback_data": "x" })), "text must be non-empty"),
        (one(json!({ "text": "a", "callback_data": "x", "url": "https://a.example" })), "more than one thing"),
        (one(json!({ "text": "a", "calback_data": "x" })), "unknown field"),
        (one(json!("a")), "must be an Object"),
        (with(json!({ "inline_keyboard": [vec![data(1); 9]] })), "too many buttons"),
        (with(json!({ "inline_keyboard": vec![vec![data(1); 8]; 13] })), "REPLY_MARKUP_TOO_LONG"),
        (with(json!({ "inline_keybord": [] })), "no known form"),
    ];
    for (sent, why) in cases {
        let refusal = client.refused("sendMessage", sent).await;
        assert!(refusal.starts_with("400 ") && refusal.contains(why), "{why}: {refusal}");
    }
    let row =
        json!([data(64), { "text": "b", "url": "https://a.example/b" }, { "text": "c", "copy_text": { "text": "c" } }]);
    let sent = client.gets("sendMessage", with(json!({ "inline_keyboard": [row, []] }))).await;
    assert_eq!(sent["reply_markup"]["inline_keyboard"], json!([row]));
    let seen = &room.told()[0];
    assert_eq!(seen.to_string(), "x\n[a] [b -> https://a.example/b] [c: copy_text]");
    assert_eq!(seen.labels(), ["a", "b", "c"]);
    assert_eq!(seen.keyboard[0][0].action, Action::Data("x".repeat(64)));
    client.gets("sendMessage", with(json!({ "remove_keyboard": true }))).await;
}

#[tokio::test]
async fn only_what_is_there_is_ones_own_and_changes_is_edited() {
    let telegram = unlimited().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let room = anna.private();
    let keyboard = json!({ "inline_keyboard": [[{ "text": "a", "callback_data": "x" }]] });
    let sent = json!({ "chat_id": room.chat, "text": "one", "reply_markup": keyboard });
    let id = client.gets("sendMessage", sent).await["message_id"].as_i64().unwrap();
    let say = |id: i64, text: &str, keyboard: &Value| json!({ "chat_id": room.chat, "message_id": id, "text": text, "reply_markup": keyboard });
    let same = client.refused("editMessageText", say(id, " one ", &keyboard)).await;
    assert!(same.starts_with("400 Bad Request: message is not modified"), "{same}");
    let changed = client.gets("editMessageText", say(id, "two", &Value::Null)).await;
    assert!(changed["edit_date"].is_i64() && changed["reply_markup"].is_null());
    let keyboard = json!({ "chat_id": room.chat, "message_id": id, "reply_markup": keyboard });
    client.gets("editMessageReplyMarkup", keyboard.clone()).await;
    assert!(client.refused("editMessageReplyMarkup", keyboard).await.contains("message is not modified"));
    let seen = &room.told()[0];
    assert_eq!((seen.to_string().as_str(), seen.edits), ("two\n[a]", 2));

    let theirs = anna.says(&room, "hello");
    let refusal = client.refused("editMessageText", say(theirs, "x", &Value::Null)).await;
    assert_eq!(refusal, "400 Bad Request: message can't be edited");
    anna.deletes(&room, id);
    let refusal = client.refused("editMessageText", say(id, "x", &Value::Null)).await;
    assert_eq!(refusal, "400 Bad Request: message to edit not found");
    let refusal = client.refused("deleteMessage", json!({ "chat_id": room.chat, "message_id": id })).await;
    assert_eq!(refusal, "400 Bad Request: message to delete not found");
    client.gets("deleteMessage", json!({ "chat_id": room.chat, "message_id": theirs })).await;
    assert!(room.messages().is_empty());

    let answer = json!({ "chat_id": room.chat, "text": "x", "reply_parameters": { "message_id": id } });
    let refusal = client.refused("sendMessage", answer).await;
    assert_eq!(refusal, "400 Bad Request: message to be replied not found");
    let anyway = json!({ "message_id": id, "allow_sending_without_reply": true });
    client.gets("sendMessage", json!({ "chat_id": room.chat, "text": "x", "reply_parameters": anyway })).await;
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    let hers = anna.says(&group, "mine");
    let refusal = client.refused("deleteMessage", json!({ "chat_id": group.chat, "message_id": hers })).await;
    assert_eq!(refusal, "400 Bad Request: message can't be deleted");
}
