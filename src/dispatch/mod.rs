//! From a stored transition to a message in every chat that wants it: at most one send per chat at a time, many chats
//! side by side, the platform's pace kept, nothing lost by a stop.

mod backoff;
mod barred;
mod doubts;
mod outbox;
mod pace;
mod plan;
mod standing;

pub use backoff::{BARRED, Patience, UNREACHABLE};
pub use outbox::{Besides, Outbox, OutboxRules};
pub use pace::Pace;
pub use plan::{Manner, Step, after, is_silent, nonce, notice, step};
