//! Pages that chats watch, and what each chat calls them.

use serde::{Deserialize, Serialize};

use super::Word;
use crate::domain::{ServiceId, SourceKind, WatchedPage};

/// A watched page without its id, which is its key.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct PageRecord {
    kind: Word<SourceKind>,
    url: String,
    page: String,
    name: String,
}

/// What a chat's watch has of its own.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct WatchRecord {
    pub(in crate::store) name: Option<String>,
}

impl PageRecord {
    pub(in crate::store) fn of(page: &WatchedPage) -> Self {
        let WatchedPage { id: _, kind, url, page, name } = page;
        Self { kind: Word(*kind), url: url.clone(), page: page.clone(), name: name.clone() }
    }

    pub(in crate::store) fn into_page(self, id: ServiceId) -> WatchedPage {
        WatchedPage { id, kind: self.kind.0, url: self.url, page: self.page, name: self.name }
    }
}
