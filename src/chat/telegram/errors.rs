//! What Telegram's refusals mean for a message. Decided by the error's number and the beginnings of its words, for the
//! words change. Pure.

use std::time::Duration;

use super::{address::Address, api::Failure, limits};
use crate::chat::DeliveryError;

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Try {
    /// A new message.
    Post,
    /// Another text for an old one.
    Edit,
}

/// What to do about a failure.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The message says already what it should.
    Done,
    /// Telegram does not like how the message is made: try once more without anything but its words.
    Simpler,
    /// It was not delivered.
    Failed(DeliveryError),
}

/// Words of a refusal that say the chat, or the place in it, is gone for good.
const GONE: [&str; 10] = [
    "chat not found",
    "message thread not found",
    "topic_deleted",
    "topic_id_invalid",
    "group is deactivated",
    "group chat was deleted",
    "peer_id_invalid",
    "chat_id_invalid",
    "user is deactivated",
    "user_deactivated",
];

/// Words of a refusal that say that people would have to change something first.
const BARRED: [&str; 9] = [
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "need administrator rights",
    "chat_admin_required",
    "topic_closed",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "group chat was upgraded",
];

/// Words of a refusal that say that the message to edit is not there, or no longer ours to edit.
const MESSAGE_GONE: [&str; 4] = [
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
];

/// Words of a refusal that are about how the message is made, not what it is.
const FORM: [&str; 8] = [
    "can't parse",
    "message is too long",
    "message_too_long",
    "entit",
    "button_",
    "reply_markup",
    "bad_url",
    "keyboard",
];

/// What a failure means for a message. Whether a refusal as too fast is about all chats only others know.
pub(super) fn judge(failure: Failure, tried: Try) -> Verdict {
    let (code, said, retry_after, moved_to) = match failure {
        Failure::Lost { reason, is_in_doubt } => {
            return temporary(reason, is_in_doubt && tried == Try::Post);
        }
        Failure::Refused { code, description, retry_after, moved_to } => (code, description, retry_after, moved_to),
    };
    if let Some(chat) = moved_to {
        return Verdict::Failed(DeliveryError::Moved { to: Address::of(chat).chat_id() });
    }
    if code == 429 || retry_after.is_some() {
        let after = retry_after.map_or(limits::FLOOD_WAIT, Duration::from_secs);
        return Verdict::Failed(DeliveryError::RateLimited { after, everywhere: false });
    }
    let words = said.to_lowercase();
    let says = |some: &[&str]| some.iter().any(|part| words.contains(part));
    let reason = said.clone();
    match code {
        400 if words.contains("message is not modified") => Verdict::Done,
        400 if tried == Try::Edit && says(&MESSAGE_GONE) => Verdict::Failed(DeliveryError::MessageGone),
        400 | 403 if says(&BARRED) => Verdict::Failed(DeliveryError::Barred { reason }),
        // Blocked, kicked, no member, deactivated, never begun: whatever else stands behind "Forbidden".
        403 => Verdict::Failed(DeliveryError::Gone { reason }),
        400 if says(&GONE) => Verdict::Failed(DeliveryError::Gone { reason }),
        400 | 413 if says(&FORM) => Verdict::Simpler,
        // A token that is not taken, another instance: nothing that is wrong with the message.
        401 | 404 | 409 => temporary(reason, false),
        500.. => temporary(reason, tried == Try::Post),
        _ => Verdict::Failed(DeliveryError::Refused { reason }),
    }
}

const fn temporary(reason: String, is_in_doubt: bool) -> Verdict {
    Verdict::Failed(DeliveryError::Temporary { reason, is_in_doubt })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u16, description: &str) -> Failure {
        Failure::Refused { code, description: description.to_owned(), retry_after: None, moved_to: None }
    }

    /// What comes of it, in one word.
    fn outcome(failure: Failure, tried: Try) -> String {
        match judge(failure, tried) {
            Verdict::Done => "done".to_owned(),
            Verdict::Simpler => "simpler".to_owned(),
            Verdict::Failed(DeliveryError::RateLimited { after, everywhere }) => {
                assert!(!everywhere);
                format!("wait {} s", after.as_secs())
            }
            Verdict::Failed(DeliveryError::Early { .. }) => "early".to_owned(),
            Verdict::Failed(DeliveryError::Temporary { is_in_doubt: true, .. }) => "later, in doubt".to_owned(),
            Verdict::Failed(DeliveryError::Temporary { is_in_doubt: false, .. }) => "later".to_owned(),
            Verdict::Failed(DeliveryError::MessageGone) => "message gone".to_owned(),
            Verdict::Failed(DeliveryError::Barred { .. }) => "barred".to_owned(),
            Verdict::Failed(DeliveryError::Gone { .. }) => "gone".to_owned(),
            Verdict::Failed(DeliveryError::Moved { to }) => format!("moved to {to}"),
            Verdict::Failed(DeliveryError::Refused { .. }) => "refused".to_owned(),
        }
    }

    #[test]
    fn each_refusal_of_telegram_means_what_to_do_next() {
        let cases = [
            (403, "Forbidden: bot was blocked by the user", "gone"),
            (403, "Forbidden: user is deactivated", "gone"),
            (403, "Forbidden: bot was kicked from the supergroup chat", "gone"),
            (403, "Forbidden: bot is not a member of the channel chat", "gone"),
            (403, "Forbidden: the group chat was deleted", "gone"),
            (403, "Forbidden: bot can't initiate conversation with a user", "gone"),
            (403, "Forbidden: not enough rights to send text messages to the chat", "barred"),
            (400, "Bad Request: chat not found", "gone"),
            (400, "Bad Request: message thread not found", "gone"),
            (400, "Bad Request: TOPIC_CLOSED", "barred"),
            (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "barred"),
            (400, "Bad Request: have no rights to send a message", "barred"),
            (400, "Bad Request: need administrator rights in the channel chat", "barred"),
            (400, "Bad Request: can't parse entities: character offset", "simpler"),
            (400, "Bad Request: message is too long", "simpler"),
            (400, "Bad Request: BUTTON_URL_INVALID", "simpler"),
            (400, "Bad Request: message text is empty", "refused"),
            (401, "Unauthorized", "later"),
            (409, "Conflict: terminated by other getUpdates request", "later"),
            (429, "Too Many Requests: retry later", "wait 5 s"),
            (502, "Bad Gateway", "later, in doubt"),
        ];
        for (code, description, expect) in cases {
            assert_eq!(outcome(refused(code, description), Try::Post), expect, "{description}");
        }
    }

    #[test]
    fn an_edit_that_changes_nothing_is_done_and_one_without_a_message_is_a_message_gone() {
        let edit = |description: &str| outcome(refused(400, description), Try::Edit);
        assert_eq!(edit("Bad Request: message is not modified: specified new message content and …"), "done");
        assert_eq!(edit("Bad Request: message to edit not found"), "message gone");
        assert_eq!(edit("Bad Request: message can't be edited"), "message gone");
        assert_eq!(outcome(refused(500, "Internal Server Error"), Try::Edit), "later", "an edit may be repeated");
    }

    #[test]
    fn the_waiting_time_and_the_new_address_are_kept() {
        let slow = Failure::Refused {
            code: 429,
            description: "Too Many Requests: retry after 37".to_owned(),
            retry_after: Some(37),
            moved_to: None,
        };
        assert_eq!(outcome(slow, Try::Post), "wait 37 s");
        let moved = Failure::Refused {
            code: 400,
            description: "Bad Request: group chat was upgraded to a supergroup chat".to_owned(),
            retry_after: None,
            moved_to: Some(-1_000_555),
        };
        assert_eq!(outcome(moved, Try::Post), "moved to telegram:-1000555");
    }
}
