//! The store in memory, for one run of the program.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::{
    domain::{
        Change, ChatId, ChatSettings, Incident, IncidentId, Mute, Platform, RequestId, ServiceId, StormRule,
        Subscription, Suspension, Track, Watch, WatchedPage,
    },
    store::{
        Applied, Appointments, Backlog, Claim, Commit, DeliveryId, Depth, Ended, Kept, KeptPlace, Outcome, PageEnd,
        Revived, Settled, Store, StoreError, SweepPlace, Swept, Undelivered, UndeliveredPlace,
        keyed::{Batch, Kv, Row},
        keys::Range,
        operations::Operations,
    },
};

/// A store that lasts as long as it is used. Its clones are the same store.
#[derive(Clone)]
pub struct MemoryStore {
    operations: Arc<Mutex<Operations<Rows>>>,
    is_closed: Arc<AtomicBool>,
}

/// Rows in memory, shared by all that were opened over them.
#[derive(Clone, Default)]
struct Rows(Arc<Mutex<BTreeMap<Vec<u8>, Vec<u8>>>>);

impl Rows {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Vec<u8>, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kv for Rows {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.lock().get(key).cloned())
    }

    fn scan(&self, range: &Range, most: usize) -> Result<Vec<Row>, StoreError> {
        let rows = self.lock();
        let found = rows.range(range.from.clone()..range.until.clone()).take(most);
        Ok(found.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn write(&mut self, batch: Batch) -> Result<(), StoreError> {
        let mut rows = self.lock();
        for (key, change) in batch {
            match change {
                Some(value) => rows.insert(key, value),
                None => rows.remove(&key),
            };
        }
        Ok(())
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::over(Rows::default()).expect("an empty store holds nothing that could be wrong")
    }

    /// The same store, which from now on tells many outages at once by this rule.
    #[must_use]
    pub fn with_storms(self, rule: StormRule) -> Self {
        self.lock().set_storms(rule);
        self
    }

    /// What a process finds that starts over this store after another was killed: what is stored is there, and what
    /// was claimed is due again.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] when a claimed delivery cannot be read.
    pub fn reopen(&self) -> Result<Self, StoreError> {
        let (rows, storms) = {
            let mut operations = self.lock();
            (operations.backend().clone(), operations.storms())
        };
        Ok(Self::over(rows)?.with_storms(storms))
    }

    fn over(rows: Rows) -> Result<Self, StoreError> {
        Ok(Self {
            operations: Arc::new(Mutex::new(Operations::open(rows, "memory")?)),
            is_closed: Arc::new(AtomicBool::new(false)),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Operations<Rows>> {
        // An operation that panicked has written nothing: its batch is its last step.
        self.operations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<MutexGuard<'_, Operations<Rows>>, StoreError> {
        if self.is_closed.load(Ordering::SeqCst) { Err(StoreError::Closed) } else { Ok(self.lock()) }
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn tracks(&self) -> Result<Vec<Track>, StoreError> {
        self.open()?.tracks()
    }

    async fn track(&self, service: &ServiceId) -> Result<Option<Track>, StoreError> {
        self.open()?.track(service)
    }

    async fn pages(&self) -> Result<Vec<(WatchedPage, bool)>, StoreError> {
        self.open()?.pages()
    }

    async fn watches(&self, chat: &ChatId) -> Result<Vec<Watch>, StoreError> {
        self.open()?.watches(chat)
    }

    async fn end_page(&self, id: &ServiceId) -> Result<PageEnd, StoreError> {
        self.open()?.end_page(id)
    }

    async fn commit(&self, commit: Commit) -> Result<(), StoreError> {
        self.open()?.commit(&commit)
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        self.open()?.incident(id)
    }

    async fn history(&self, service: &ServiceId, most: usize) -> Result<Vec<Incident>, StoreError> {
        self.open()?.history(service, most)
    }

    async fn subscriptions(&self, chat: &ChatId) -> Result<Vec<Subscription>, StoreError> {
        self.open()?.subscriptions(chat)
    }

    async fn subscribers(
        &self,
        platform: Platform,
        after: Option<ChatId>,
        most: usize,
    ) -> Result<Vec<(ChatId, Option<ChatSettings>)>, StoreError> {
        self.open()?.subscribers(platform, after.as_ref(), most)
    }

    async fn settings(&self, chat: &ChatId) -> Result<Option<ChatSettings>, StoreError> {
        self.open()?.settings(chat)
    }

    async fn mutes(&self, chat: &ChatId, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
        self.open()?.mutes(chat, now)
    }

    async fn memo(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.open()?.memo(name)
    }

    async fn set_memo(&self, name: &str, words: &str) -> Result<(), StoreError> {
        self.open()?.set_memo(name, words)
    }

    async fn apply(
        &self,
        request: &RequestId,
        changes: Vec<Change>,
        now: DateTime<Utc>,
    ) -> Result<Applied, StoreError> {
        self.open()?.apply(request, &changes, now)
    }

    async fn has_applied(&self, request: &RequestId) -> Result<bool, StoreError> {
        self.open()?.has_applied(request)
    }

    async fn claim(&self, platform: Platform, now: DateTime<Utc>, most: usize) -> Result<Vec<Claim>, StoreError> {
        self.open()?.claim(platform, now, most)
    }

    async fn renew(&self, claim: &Claim, now: DateTime<Utc>) -> Result<Option<Claim>, StoreError> {
        self.open()?.renew(&claim.id, claim.number, now)
    }

    async fn settle(&self, claim: &Claim, outcome: Outcome, now: DateTime<Utc>) -> Result<Settled, StoreError> {
        self.open()?.settle(&claim.id, claim.number, &outcome, now)
    }

    async fn hasten(&self, deliveries: Vec<DeliveryId>, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.open()?.hasten(&deliveries, now)
    }

    async fn keep_appointments(&self, now: DateTime<Utc>, most: usize) -> Result<Appointments, StoreError> {
        self.open()?.keep_appointments(now, most)
    }

    async fn next_due(&self, platform: Platform, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.open()?.next_due(platform, now)
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        Ok(self.open()?.backlog())
    }

    async fn depths(&self) -> Result<Vec<Depth>, StoreError> {
        let mut operations = self.open()?;
        let depths = operations.depths()?;
        depths.map_or_else(|| operations.count_depths(), Ok)
    }

    async fn fan_outs(&self, platform: Platform) -> Result<Vec<(IncidentId, DateTime<Utc>)>, StoreError> {
        self.open()?.fan_outs(platform)
    }

    async fn undelivered(&self, after: Option<UndeliveredPlace>, most: usize) -> Result<Vec<Undelivered>, StoreError> {
        self.open()?.undelivered(after.as_ref(), most)
    }

    async fn revive(&self, letters: Vec<u64>, now: DateTime<Utc>) -> Result<Revived, StoreError> {
        self.open()?.revive(&letters, now)
    }

    async fn discard(&self, letters: Vec<u64>) -> Result<usize, StoreError> {
        self.open()?.discard(&letters)
    }

    async fn suspension(&self, chat: &ChatId) -> Result<Option<Suspension>, StoreError> {
        self.open()?.suspension(chat)
    }

    async fn suspended(&self, platform: Platform, place: &str) -> Result<Vec<ChatId>, StoreError> {
        self.open()?.suspended(platform, place)
    }

    async fn suspensions(&self, after: Option<ChatId>, most: usize) -> Result<Vec<(ChatId, Suspension)>, StoreError> {
        self.open()?.suspensions(after.as_ref(), most)
    }

    async fn end_suspended(&self, since: DateTime<Utc>) -> Result<Vec<Ended>, StoreError> {
        self.open()?.end_suspended(since)
    }

    async fn kept(&self, after: Option<KeptPlace>, most: usize) -> Result<(Vec<Kept>, Option<KeptPlace>), StoreError> {
        self.open()?.kept(after.as_ref(), most)
    }

    async fn sweep(
        &self,
        place: Option<SweepPlace>,
        now: DateTime<Utc>,
        history_from: DateTime<Utc>,
    ) -> Result<Swept, StoreError> {
        self.open()?.sweep(place.as_ref(), now, history_from)
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.is_closed.store(true, Ordering::SeqCst);
        Ok(())
    }
}
