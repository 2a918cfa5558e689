//! A message that may be there already, found by what it says.
//!
//! Discord knows a message's name (nonce) again for some minutes only. A try in doubt that may be older than that, such as
//! one of a program that was killed and started again later, is looked for in its channel before it is sent once more.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use serde_json::Value;
use tracing::info;

use super::{
    errors::RestError,
    interaction::id_at,
    limits::MOST_KNOWN,
    posting::{Errand, words},
    render::marked,
    rest::Answer,
    route::Route,
};

/// So long a name is known again for certain.
/// Source: <https://discord.com/developers/docs/resources/message#create-message> (read 2026-08-30): "within the last few
/// minutes".
const KNOWN_FOR: Duration = Duration::from_secs(120);

/// Names under which something was sent that nobody answered, and when first.
#[derive(Debug, Default)]
pub(super) struct Doubts(HashMap<String, Instant>);

impl Doubts {
    /// A try that began then is in doubt.
    pub(super) fn note(&mut self, nonce: &str, began: Instant) {
        if self.0.len() >= MOST_KNOWN {
            self.0.retain(|_, first| began.saturating_duration_since(*first) < KNOWN_FOR);
        }
        // Those beyond are looked for, as are those of a program before this one.
        if self.0.len() < MOST_KNOWN {
            self.0.entry(nonce.to_owned()).or_insert(began);
        }
    }

    /// It is in doubt no more.
    pub(super) fn settle(&mut self, nonce: &str) {
        self.0.remove(nonce);
    }

    /// Whether Discord knows the name again for certain, if it heard it at all.
    fn are_fresh(&self, nonce: &str, now: Instant) -> bool {
        self.0.get(nonce).is_some_and(|first| now.saturating_duration_since(*first) < KNOWN_FOR)
    }
}

impl Errand<'_> {
    /// The message that an earlier try has left in a channel, where Discord may not know its name any more.
    pub(super) async fn earlier_in(&self, channel: u64) -> Result<Option<Answer>, RestError> {
        if !self.parcel.may_repeat || self.core.doubts().are_fresh(&self.parcel.nonce, Instant::now()) {
            return Ok(None);
        }
        let listed = match self.core.rest.call(&Route::Recent(channel), None).await {
            Ok(listed) => listed,
            // Nothing is in doubt that was not before.
            Err(RestError::Unreachable { reason, .. }) => {
                return Err(RestError::Unreachable { reason, is_in_doubt: false });
            }
            Err(error) if error.is_passing() || error == RestError::TokenRefused => return Err(error),
            // The bot may not read there; posting says best what else is wrong.
            Err(_) => return Ok(None),
        };
        let Some(messages) = listed.body.as_array().filter(|messages| !messages.is_empty()) else { return Ok(None) };
        let own = self.core.own_id().await?;
        let body = self.body(None);
        let is_it = |message: &&Value| {
            id_at(message, "/author/id") == Some(own) && is_named(message, &self.parcel.nonce, &body)
        };
        let found = messages.iter().find(is_it).cloned();
        if found.is_some() {
            info!(channel, "a message is there already, its answer was lost");
        }
        Ok(found.map(|body| Answer { body, rest: None, ..listed }))
    }
}

/// Whether a message is the one that was sent under a name, with this body or an earlier state of it.
fn is_named(message: &Value, nonce: &str, body: &Value) -> bool {
    if let Some(mark) = buttons(message).find_map(marked) {
        return mark == nonce;
    }
    match message.get("nonce").and_then(Value::as_str) {
        Some(own) => own == nonce,
        // One without buttons to mark; it tells its times, so that no other says just the same.
        None => words(message) == words(body),
    }
}

fn buttons(message: &Value) -> impl Iterator<Item = &str> {
    let rows = message.get("components").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let buttons = rows.iter().filter_map(|row| row.get("components")?.as_array()).flatten();
    buttons.filter_map(|button| button.get("custom_id")?.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NONCE: &str = "0123456789abcdef";

    fn message(custom_id: &str, title: &str) -> Value {
        let button = json!({ "type": 2, "label": "Timeline", "custom_id": custom_id });
        json!({ "components": [{ "type": 1, "components": [button] }], "embeds": [{ "title": title }] })
    }

    #[test]
    fn a_message_is_known_by_the_mark_on_its_button_whatever_it_says() {
        let body = message("f:incident acme-1|0123456789abcdef", "Acme: major outage");
        assert!(is_named(&message("f:incident acme-1|0123456789abcdef", "Acme: degraded"), NONCE, &body));
        let other = message("f:incident acme-1|fedcba9876543210", "Acme: major outage");
        assert!(!is_named(&other, NONCE, &body), "the end of the same outage, or an update about it");
    }

    #[test]
    fn a_message_without_a_mark_is_known_by_its_name_or_its_words() {
        let body = json!({ "embeds": [{ "title": "12 services", "description": "since <t:1:R>" }], "nonce": NONCE });
        assert!(is_named(&body, NONCE, &body));
        let mut nameless = body.clone();
        nameless.as_object_mut().unwrap().remove("nonce");
        assert!(is_named(&nameless, NONCE, &body));
        nameless["embeds"][0]["description"] = "since <t:2:R>".into();
        assert!(!is_named(&nameless, NONCE, &body));
        nameless["nonce"] = "fedcba9876543210".into();
        assert!(!is_named(&nameless, NONCE, &body));
    }

    #[test]
    fn a_name_is_relied_on_for_a_short_while_and_only_by_who_saw_it_go() {
        let (mut doubts, now) = (Doubts::default(), Instant::now());
        assert!(!doubts.are_fresh(NONCE, now));
        doubts.note(NONCE, now);
        doubts.note(NONCE, now + KNOWN_FOR / 2);
        assert!(doubts.are_fresh(NONCE, now + KNOWN_FOR / 2));
        assert!(!doubts.are_fresh(NONCE, now + KNOWN_FOR), "the first try counts");
        doubts.settle(NONCE);
        assert!(!doubts.are_fresh(NONCE, now));
    }
}
