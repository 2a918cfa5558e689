//! What chats have said that they want, as it is moved from one store to another.

use crate::domain::{ChatId, ChatSettings, Mute, Subscription, Watch};

/// One thing that a chat has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// How it wants to be spoken to.
    Settings {
        /// Who.
        chat: ChatId,
        /// How.
        settings: ChatSettings,
    },
    /// What it does not want to hear for a while.
    Mute {
        /// Who.
        chat: ChatId,
        /// What.
        mute: Mute,
    },
    /// A page that it watches; the subscription to it is a thing of its own.
    Watch {
        /// Who.
        chat: ChatId,
        /// What.
        watch: Watch,
    },
    /// What it wants to hear about.
    Subscription(Subscription),
}

/// Where one page of what is kept ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPlace(pub(super) Vec<u8>);
