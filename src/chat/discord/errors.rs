//! What Discord's refusals mean for a delivery.

use std::time::Duration;

use crate::{
    chat::{ChatError, DeliveryError},
    domain::{Platform, clean_line},
};

/// Why a request did not do what it should. Carries no address and no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum RestError {
    /// Too fast. Nothing was done.
    #[error("Discord asks to wait {} ms", after.as_millis())]
    Limited {
        /// How long at least.
        after: Duration,
        /// Whether that holds for everything.
        everywhere: bool,
    },
    /// Discord refuses.
    #[error("Discord answers {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code; 0: none was given.
        code: u32,
        /// Discord's words, made plain.
        message: String,
    },
    /// No answer that says anything.
    #[error("{reason}")]
    Unreachable {
        /// What happened.
        reason: String,
        /// Whether the request may have been carried out all the same.
        is_in_doubt: bool,
    },
    /// Discord does not take the token any more, so nothing is asked.
    #[error("Discord refuses the token")]
    TokenRefused,
}

impl RestError {
    /// Discord's own code, 0 for none.
    pub(super) const fn code(&self) -> u32 {
        match self {
            Self::Refused { code, .. } => *code,
            Self::Limited { .. } | Self::Unreachable { .. } | Self::TokenRefused => 0,
        }
    }

    /// Whether the same request may go well a little later.
    pub(super) const fn is_passing(&self) -> bool {
        matches!(self, Self::Limited { .. } | Self::Unreachable { .. } | Self::Refused { status: 429 | 500.., .. })
    }
}

/// There is no such channel, or no more.
pub(super) const UNKNOWN_CHANNEL: u32 = 10_003;
/// A message of more than an hour ago was edited too often lately. Comes with the status of a rate limit.
pub(super) const TOO_MANY_OLD_EDITS: u32 = 30_046;

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// A new message was sent.
    Posting,
    /// A message was changed.
    Editing,
}

/// What to do next with a delivery that failed so.
///
/// Codes: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (read 2026-08-30).
pub(super) fn delivery_error(error: RestError, doing: Doing) -> DeliveryError {
    match error {
        RestError::Limited { after, everywhere } => DeliveryError::RateLimited { after, everywhere },
        RestError::Unreachable { reason, is_in_doubt } => DeliveryError::Temporary { reason, is_in_doubt },
        RestError::TokenRefused => {
            DeliveryError::Temporary { reason: RestError::TokenRefused.to_string(), is_in_doubt: false }
        }
        RestError::Refused { status, code, message } => refused(status, code, message, doing),
    }
}

fn refused(status: u16, code: u32, message: String, doing: Doing) -> DeliveryError {
    let barred = |what: &str| DeliveryError::Barred { reason: format!("{what} (Discord: {message}, {code})") };
    match code {
        10_003 => barred("there is no such channel, or it was deleted"),
        10_004 => barred("there is no such server, or the bot was removed from it"),
        10_008 if doing == Doing::Editing => DeliveryError::MessageGone,
        50_001 => barred("the bot may not see the channel: it needs View Channel there"),
        50_013 => barred(
            "the bot may not write in the channel: it needs View Channel, Send Messages and Embed Links there, \
             in threads Send Messages in Threads",
        ),
        50_007 | 50_278 => barred("the person does not take messages from the bot"),
        50_008 | 50_024 => barred("in a channel of this kind nobody can write"),
        50_083 | 160_005 => barred("the thread is archived or locked"),
        40_067 => barred("the forum wants a tag, and there is none that the bot may set"),
        // What is wrong there is this message; others may well be taken.
        200_000 | 200_001 => {
            DeliveryError::Refused { reason: format!("the server's AutoMod blocks it ({message}, {code})") }
        }
        240_000 => DeliveryError::Refused { reason: format!("the server's link filter blocks it ({message}, {code})") },
        20_016 => barred("the channel is in slow mode: the bot needs Manage Messages or Bypass Slowmode there"),
        40_062 | 20_022 | 20_028 | 20_029 | 31_001 | 31_002 | 130_000 => {
            DeliveryError::Temporary { reason: format!("Discord is busy ({message}, {code})"), is_in_doubt: false }
        }
        _ => match status {
            401 => DeliveryError::Temporary { reason: RestError::TokenRefused.to_string(), is_in_doubt: false },
            // Counted, and ever more rarely: it says neither how long to wait nor what for.
            429 => DeliveryError::Temporary {
                reason: format!("Discord asks to wait ({message}, {code})"),
                is_in_doubt: false,
            },
            403 => barred("the bot may not do that there"),
            404 if doing == Doing::Editing => DeliveryError::MessageGone,
            404 => barred("there is no such channel"),
            500.. => DeliveryError::Temporary { reason: format!("Discord answers {status}"), is_in_doubt: true },
            _ => DeliveryError::Refused { reason: format!("{status}, code {code}: {message}") },
        },
    }
}

/// Why Discord is over, in words that say what to do.
pub(super) fn over(error: &RestError) -> ChatError {
    let reason = match error {
        RestError::TokenRefused => TOKEN_REFUSED.to_owned(),
        RestError::Refused { .. } | RestError::Limited { .. } | RestError::Unreachable { .. } => error.to_string(),
    };
    ended(reason)
}

/// Why Discord is over.
pub(super) const fn ended(reason: String) -> ChatError {
    ChatError { platform: Platform::Discord, reason }
}

/// What to do about a token that Discord refuses.
pub(super) const TOKEN_REFUSED: &str = "Discord refuses the token. Copy it anew: https://discord.com/developers/applications, \
    the application, Bot, Reset Token; then put it where `discord.token_env` or `discord.token_file` says and start again";

/// Discord's words, made plain for the log.
pub(super) fn plain(message: &str) -> String {
    clean_line(message, 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, code: u32, doing: Doing) -> DeliveryError {
        delivery_error(RestError::Refused { status, code, message: "as a test".to_owned() }, doing)
    }

    #[test]
    fn a_missing_right_bars_the_chat_and_names_the_right() {
        let told = of(403, 50_013, Doing::Posting);
        assert!(matches!(&told, DeliveryError::Barred { reason } if reason.contains("Embed Links")), "{told:?}");
        for code in [10_003, 10_004, 50_001, 50_007, 50_008, 50_024, 50_083, 160_005, 50_278, 20_016] {
            assert!(matches!(of(403, code, Doing::Posting), DeliveryError::Barred { .. }), "{code}");
        }
    }

    #[test]
    fn a_message_that_cannot_be_changed_is_sent_anew() {
        assert!(matches!(of(404, 10_008, Doing::Editing), DeliveryError::MessageGone));
    }

    #[test]
    fn what_is_wrong_with_the_message_itself_is_never_tried_again() {
        for code in [50_035, 50_006, 40_005, 0, 200_000, 240_000] {
            assert!(matches!(of(400, code, Doing::Posting), DeliveryError::Refused { .. }), "{code}");
        }
    }

    #[test]
    fn what_may_have_arrived_is_in_doubt() {
        let doubt = |error| matches!(error, DeliveryError::Temporary { is_in_doubt: true, .. });
        assert!(doubt(of(502, 0, Doing::Posting)));
        assert!(!doubt(of(401, 0, Doing::Posting)));
        assert!(!doubt(of(400, 130_000, Doing::Posting)));
        for code in [20_028, 20_029, 30_046, 31_002, 99_999] {
            let told = of(429, code, Doing::Posting);
            assert!(matches!(told, DeliveryError::Temporary { is_in_doubt: false, .. }), "{told:?}");
        }
    }
}
