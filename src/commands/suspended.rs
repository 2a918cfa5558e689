//! What is said where alerts rest, or rested until now.

use chrono::{DateTime, Utc};

use crate::{
    domain::{Block, Locale, Message, Suspension, SuspensionState},
    text::{Draft, Text},
};

/// Adds to an answer that alerts rest there and why, or that they rested and go on.
pub fn tell_suspension(message: &mut Message, suspension: &Suspension, locale: Locale, now: DateTime<Utc>) {
    let since = suspension.since;
    let mut draft = Draft::new(locale);
    match suspension.state {
        SuspensionState::Gone => draft.paragraph(&Text::AlertsRested { since, until: now }),
        SuspensionState::Over(until) => draft.paragraph(&Text::AlertsRested { since, until }),
        SuspensionState::Barred => draft.paragraph(&Text::AlertsRest { since, command: "/test" }),
    }
    let behind_title = message.blocks.iter().take_while(|block| matches!(block, Block::Title(_))).count();
    message.blocks.splice(behind_title..behind_title, draft.finish().blocks);
}
