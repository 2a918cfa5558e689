//! What adapters remember, kept in the store.

use std::{error::Error, sync::Arc};

use async_trait::async_trait;
use tracing::warn;

use crate::{
    chat::{Memory, Subscriber},
    domain::{ChatSettings, Platform},
    store::{Store, StoreError},
};

/// Chats read at once, so that nobody else waits long for the store.
const CHATS_AT_ONCE: usize = 256;

/// A few words of one platform's adapter, under names of its own, in the store.
pub struct StoreMemory {
    store: Arc<dyn Store>,
    defaults: ChatSettings,
}

impl StoreMemory {
    /// A memory over this store; chats that never said otherwise are spoken to in this way.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, defaults: ChatSettings) -> Self {
        Self { store, defaults }
    }

    async fn all_subscribers(&self, platform: Platform) -> Result<Vec<Subscriber>, StoreError> {
        let mut all: Vec<Subscriber> = Vec::new();
        loop {
            let last = all.last().map(|subscriber| subscriber.chat.clone());
            let more = self.store.subscribers(platform, last, CHATS_AT_ONCE).await?;
            let is_last = more.len() < CHATS_AT_ONCE;
            let known = |(chat, settings): (_, Option<ChatSettings>)| Subscriber {
                chat,
                settings: settings.unwrap_or(self.defaults),
            };
            all.extend(more.into_iter().map(known));
            if is_last {
                return Ok(all);
            }
        }
    }
}

#[async_trait]
impl Memory for StoreMemory {
    async fn recall(&self, name: &str) -> Option<String> {
        self.store.memo(name).await.unwrap_or_else(|cause| {
            warn!(name, cause = &cause as &dyn Error, "what was remembered cannot be read");
            None
        })
    }

    async fn remember(&self, name: &str, words: &str) {
        if let Err(cause) = self.store.set_memo(name, words).await {
            warn!(name, cause = &cause as &dyn Error, "what should be remembered cannot be stored");
        }
    }

    async fn subscribers(&self, platform: Platform) -> Option<Vec<Subscriber>> {
        let found = self.all_subscribers(platform).await;
        found.map_err(|cause| warn!(cause = &cause as &dyn Error, "who has subscribed cannot be read")).ok()
    }
}

/// A memory that lasts as long as the program looks something up and no longer: it keeps nothing, and knows at most who
/// has subscribed.
#[derive(Default)]
pub struct NoMemory {
    subscribers: Option<Vec<Subscriber>>,
}

impl NoMemory {
    /// A memory that knows whom of these platforms this store lists.
    pub async fn of(store: Arc<dyn Store>, defaults: ChatSettings, platforms: &[Platform]) -> Self {
        let memory = StoreMemory::new(store, defaults);
        let mut all = Vec::new();
        for platform in platforms {
            match memory.subscribers(*platform).await {
                Some(some) => all.extend(some),
                None => return Self::default(),
            }
        }
        Self { subscribers: Some(all) }
    }
}

#[async_trait]
impl Memory for NoMemory {
    async fn recall(&self, _: &str) -> Option<String> {
        None
    }

    async fn remember(&self, _: &str, _: &str) {}

    async fn subscribers(&self, platform: Platform) -> Option<Vec<Subscriber>> {
        let all = self.subscribers.as_ref()?;
        Some(all.iter().filter(|one| one.chat.platform == platform).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    fn memory(store: MemoryStore) -> StoreMemory {
        StoreMemory::new(Arc::new(store), ChatSettings::default())
    }

    #[tokio::test]
    async fn what_was_remembered_is_recalled_by_the_next_program_and_a_closed_store_is_no_end() {
        let store = MemoryStore::new();
        memory(store.clone()).remember("discord commands", "17").await;
        let next = memory(store.reopen().unwrap());
        assert_eq!(next.recall("discord commands").await.as_deref(), Some("17"));
        assert_eq!(next.recall("telegram commands").await, None);
        store.close().await.unwrap();
        let closed = memory(store);
        closed.remember("discord commands", "18").await;
        assert_eq!(closed.recall("discord commands").await, None);
    }
}
