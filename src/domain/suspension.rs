//! Chats that are told nothing for a while, because nothing can be written there.

use chrono::{DateTime, TimeDelta, Utc};

/// So long a chat rests; then what is kept of it is removed.
pub const LONGEST_SUSPENSION: TimeDelta = TimeDelta::days(30);

/// That a chat rests, or rested: its subscriptions stay, and nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Since when.
    pub since: DateTime<Utc>,
    /// How it stands.
    pub state: SuspensionState,
    /// What the platform said, for the operator.
    pub reason: String,
}

/// How a suspension stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuspensionState {
    /// The bot was thrown out, blocked or never let in, or the chat is not there: the platform says when that changes.
    Gone,
    /// The chat is there and the bot may not write: rights, a closed topic. Where something is to be told, it is tried now and
    /// then, for not every change of rights is said.
    Barred,
    /// It is over since then, and nobody there was told of it yet.
    Over(DateTime<Utc>),
}

/// Why a chat may be written to again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumption {
    /// The platform says so, of the place alone.
    Here,
    /// The platform says so, of the place and all below it.
    HereAndBelow,
    /// Rights have changed at the place or below: whether it is enough is found out by trying.
    Perhaps,
    /// Somebody asks for something there, and the answer tells of the suspension. Where the bot was gone it is back; whether it
    /// may write where it was not allowed to is found out by trying.
    Asked,
    /// The bot introduces itself there, in words that tell of the suspension: it is back there and below.
    Joined,
}
