//! What adapters remember, kept in the store.

use std::{error::Error, sync::Arc};

use async_trait::async_trait;
use tracing::warn;

use crate::{chat::Memory, store::Store};

/// A few words of one platform's adapter, under names of its own, in the store.
pub struct StoreMemory {
    store: Arc<dyn Store>,
}

impl StoreMemory {
    /// A memory over this store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store }
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
}

/// A memory that lasts as long as the program looks something up and no longer.
pub struct NoMemory;

#[async_trait]
impl Memory for NoMemory {
    async fn recall(&self, _: &str) -> Option<String> {
        None
    }

    async fn remember(&self, _: &str, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    #[tokio::test]
    async fn what_was_remembered_is_recalled_by_the_next_program_and_a_closed_store_is_no_end() {
        let store = MemoryStore::new();
        StoreMemory::new(Arc::new(store.clone())).remember("discord commands", "17").await;
        let next = StoreMemory::new(Arc::new(store.reopen().unwrap()));
        assert_eq!(next.recall("discord commands").await.as_deref(), Some("17"));
        assert_eq!(next.recall("telegram commands").await, None);
        store.close().await.unwrap();
        let closed = StoreMemory::new(Arc::new(store));
        closed.remember("discord commands", "18").await;
        assert_eq!(closed.recall("discord commands").await, None);
    }
}
