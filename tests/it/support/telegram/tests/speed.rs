//! The limits on speed.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Client;
use crate::support::telegram::{
    Limits, Member, Telegram,
    flood::{Flood, Load},
};

const TO_ANNA: Load = Load { chat: 1, is_group: false, is_edit: false, is_paid: false };
const TO_GROUP: Load = Load { chat: -1, is_group: true, is_edit: false, is_paid: false };

/// When which of these sends was refused, and for how long: a load and the milliseconds since the beginning.
fn refusals(limits: Limits, sends: impl IntoIterator<Item = (Load, u64)>) -> Vec<(u64, u64)> {
    let (mut flood, start) = (Flood::new(limits), Instant::now());
    let mut refused = Vec::new();
    for (load, ms) in sends {
        if let Err(wait) = flood.admit(load, start + Duration::from_millis(ms)) {
            refused.push((ms, wait));
        }
    }
    refused
}

#[test]
fn one_chat_gets_a_message_a_second() {
    let at = |times: &[u64]| times.iter().map(|ms| (TO_ANNA, *ms)).collect::<Vec<_>>();
    assert_eq!(refusals(Limits::of_telegram(), at(&[0, 1000, 1960, 2960])), []);
    assert_eq!(refusals(Limits::of_telegram(), at(&[0, 940])), [(940, 1)]);
    // Who comes again before the time that was named is refused again.
    assert_eq!(refusals(Limits::of_telegram(), at(&[0, 940, 1500, 1900])), [(940, 1), (1500, 1)]);
    assert_eq!(refusals(Limits::of_telegram().with_burst(2), at(&[0, 1, 2, 3000, 3001])), []);
    assert_eq!(refusals(Limits::of_telegram().with_burst(2), at(&[0, 1, 2, 3])), [(3, 1)]);
    assert_eq!(refusals(Limits::of_telegram().with_burst(1), at(&[0, 1, 1000, 2000, 2001])), [(2001, 1)]);
    assert_eq!(refusals(Limits::none(), at(&[0, 0, 0])), []);
}

#[test]
fn all_chats_together_get_thirty_a_second_and_more_is_paid_for() {
    let many = |count: i64, from: i64, ms: u64, is_paid: bool| {
        (from..from + count).map(move |chat| (Load { chat, is_paid, ..TO_ANNA }, ms))
    };
    let both = many(30, 0, 0, false).chain(many(30, 30, 960, false));
    assert_eq!(refusals(Limits::of_telegram(), both), []);
    let both = many(30, 0, 0, false).chain(many(1, 30, 900, false)).chain(many(1, 31, 1000, true));
    assert_eq!(refusals(Limits::of_telegram(), both), [(900, 1)]);
}

#[test]
fn a_group_gets_twenty_messages_and_twenty_edits_a_minute() {
    let edit = Load { is_edit: true, ..TO_GROUP };
    let sends = (0..20).map(|second| (TO_GROUP, second * 1000)).chain((20..40).map(|second| (edit, second * 1000)));
    assert_eq!(refusals(Limits::of_telegram(), sends.clone().chain([(TO_GROUP, 60_000), (edit, 80_000)])), []);
    assert_eq!(refusals(Limits::of_telegram(), sends.chain([(TO_GROUP, 40_000)])), [(40_000, 20)]);
}

#[tokio::test]
async fn who_is_too_fast_is_told_how_long_to_wait_and_counted() {
    let telegram = Telegram::start().await;
    let (client, anna) = (Client::new(&telegram), telegram.person("Anna"));
    let group = anna.group("Ops");
    anna.makes_bot(Member::Ordinary, &group);
    let sent = json!({ "chat_id": group.chat, "text": "x", "allow_paid_broadcast": true });
    let id = client.gets("sendMessage", sent.clone()).await["message_id"].clone();
    let request = client.post("SENDMESSAGE").header("content-type", "application/json").body(sent.to_string());
    let answer = client.answer(request).await;
    let description = "Too Many Requests: retry after 1";
    assert_eq!(
        answer,
        json!({ "ok": false, "error_code": 429, "description": description, "parameters": { "retry_after": 1 } })
    );
    let edit = json!({ "chat_id": group.chat, "message_id": id, "text": "y" });
    assert_eq!(client.refused("editMessageText", edit).await, format!("429 {description}"));
    assert_eq!((telegram.floods(), telegram.paid()), ((2, 0), 1));
    assert_eq!((group.told().len(), group.told()[0].edits), (1, 0));
    let codes: Vec<u16> = telegram.calls("sendMessage").iter().map(|call| call.code).collect();
    assert_eq!(codes, [200, 429]);
}

#[test]
fn impatience_is_counted_apart_from_what_was_on_its_way() {
    let (mut flood, start) = (Flood::new(Limits::of_telegram()), Instant::now());
    let mut send = |ms: u64| flood.admit(TO_ANNA, start + Duration::from_millis(ms)).is_ok();
    assert_eq!([0, 10, 100, 700, 1010].map(&mut send), [true, false, false, false, true]);
    assert_eq!((flood.refused, flood.impatient), (3, 1));
}
