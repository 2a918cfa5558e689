//! What was last read of chats, for who is typing and cannot wait for the store.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    app::answer::Known,
    domain::{ChatId, ChatSettings},
};

/// Chats remembered at most; one more, and it is begun anew.
const CHATS: usize = 2_048;

/// What there is of a chat, and how it is spoken to if it ever said.
type Read = (Known, Option<ChatSettings>);

/// What was last read of chats. Its clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Recent(Arc<Mutex<HashMap<ChatId, Read>>>);

impl Recent {
    /// Notes what was read of a chat.
    pub(super) fn note(&self, chat: &ChatId, read: &Read) {
        let mut chats = self.lock();
        if chats.len() >= CHATS && !chats.contains_key(chat) {
            chats.clear();
        }
        chats.insert(chat.clone(), read.clone());
    }

    /// What was last read of a chat.
    pub(super) fn of(&self, chat: &ChatId) -> Option<Read> {
        self.lock().get(chat).cloned()
    }

    /// A chat has changed.
    pub(super) fn forget(&self, chat: &ChatId) {
        self.lock().remove(chat);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ChatId, Read>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Platform;

    #[test]
    fn the_last_reading_is_kept_and_not_too_many_of_them() {
        let recent = Recent::default();
        let chat = |number: usize| ChatId { platform: Platform::Discord, address: number.to_string().into() };
        for number in 0..=CHATS {
            recent.note(&chat(number), &Read::default());
        }
        assert!(recent.of(&chat(CHATS)).is_some());
        assert!(recent.of(&chat(0)).is_none());
        recent.forget(&chat(CHATS));
        assert!(recent.of(&chat(CHATS)).is_none());
    }
}
