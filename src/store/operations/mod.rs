//! Everything the store does, written once over any backend.
//!
//! One operation is one [`Draft`]: it reads, decides, and its changes become one batch.

mod apply;
mod chat;
mod claim;
mod commit;
mod incident;
mod mutes;
mod outbox;
mod settle;
mod storms;
mod watches;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::{
    domain::{
        Change, ChatId, ChatSettings, Incident, IncidentId, Mute, Platform, RequestId, ServiceId, StormRule,
        Subscription, Track, Watch, WatchedPage,
    },
    store::{
        Applied, Backlog, Claim, Commit, DeliveryId, Outcome, PageEnd, Settled, StoreError,
        keyed::{Draft, Kv},
        keys,
        record::{Counters, HeadRecord, SourceRecord, decode, encode},
    },
};

/// The schema this version writes.
const SCHEMA: u32 = 1;

/// The store's operations over one backend.
pub(super) struct Operations<K> {
    kv: K,
    counters: Counters,
    storms: StormRule,
}

impl<K: Kv> Operations<K> {
    /// Begins to work on what the backend holds. What was claimed when it was last used is due again.
    pub(super) fn open(kv: K, path: &str) -> Result<Self, StoreError> {
        let draft = Draft::new(&kv, Counters::default());
        let found = draft.get(&keys::version())?;
        if let Some(bytes) = &found {
            let found: u32 = decode(&keys::version().0, bytes)?;
            if found > SCHEMA {
                return Err(StoreError::Newer { path: path.to_owned(), found, known: SCHEMA });
            }
        }
        let counters = match draft.get(&keys::counters())? {
            Some(bytes) => decode(&keys::counters().0, &bytes)?,
            None => Counters::default(),
        };
        let mut operations = Self { kv, counters, storms: StormRule::OFF };
        operations.change(|draft| {
            draft.put(&keys::version(), &encode(&SCHEMA))?;
            if !draft.has_any(&keys::all_histories())? {
                let heads = draft.scan_all(&keys::heads())?;
                let services = heads.iter().map(|(key, _)| keys::head_service(key)).collect::<Result<Vec<_>, _>>()?;
                incident::place_all(draft, &services)?;
            }
            outbox::release_all(draft)
        })?;
        Ok(operations)
    }

    /// From now on many outages at once are told by this rule.
    pub(super) const fn set_storms(&mut self, rule: StormRule) {
        self.storms = rule;
    }

    /// The rule by which many outages at once are told.
    pub(super) const fn storms(&self) -> StormRule {
        self.storms
    }

    /// The backend, for what is its own affair.
    pub(super) const fn backend(&mut self) -> &mut K {
        &mut self.kv
    }

    pub(super) fn tracks(&self) -> Result<Vec<Track>, StoreError> {
        let draft = self.draft();
        let mut tracks = Vec::new();
        for (key, bytes) in draft.scan_all(&keys::heads())? {
            tracks.push(track_of(&draft, keys::head_service(&key)?, &decode(&key, &bytes)?)?);
        }
        Ok(tracks)
    }

    pub(super) fn track(&self, service: &ServiceId) -> Result<Option<Track>, StoreError> {
        let (draft, key) = (self.draft(), keys::head(service));
        let Some(bytes) = draft.get(&key)? else { return Ok(None) };
        track_of(&draft, service.clone(), &decode(&key.0, &bytes)?).map(Some)
    }

    pub(super) fn pages(&self) -> Result<Vec<(WatchedPage, bool)>, StoreError> {
        watches::pages(&self.draft())
    }

    pub(super) fn watches(&self, chat: &ChatId) -> Result<Vec<Watch>, StoreError> {
        watches::of_chat(&self.draft(), chat)
    }

    pub(super) fn end_page(&mut self, id: &ServiceId) -> Result<PageEnd, StoreError> {
        self.change(|draft| watches::end(draft, id))
    }

    pub(super) fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        self.change(|draft| commit::commit(draft, commit))
    }

    pub(super) fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        incident::load(&self.draft(), id)
    }

    pub(super) fn history(&self, service: &ServiceId, most: usize) -> Result<Vec<Incident>, StoreError> {
        incident::history(&self.draft(), service, most)
    }

    pub(super) fn subscriptions(&self, chat: &ChatId) -> Result<Vec<Subscription>, StoreError> {
        chat::subscriptions(&self.draft(), chat)
    }

    pub(super) fn subscribers(
        &self,
        platform: Platform,
        after: Option<&ChatId>,
        most: usize,
    ) -> Result<Vec<(ChatId, Option<ChatSettings>)>, StoreError> {
        chat::subscribers(&self.draft(), platform, after, most)
    }

    pub(super) fn settings(&self, chat: &ChatId) -> Result<Option<ChatSettings>, StoreError> {
        chat::settings(&self.draft(), chat)
    }

    pub(super) fn mutes(&self, chat: &ChatId, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
        mutes::list(&self.draft(), chat, now)
    }

    pub(super) fn memo(&self, name: &str) -> Result<Option<String>, StoreError> {
        let key = keys::memo(name);
        self.draft().get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
    }

    pub(super) fn set_memo(&mut self, name: &str, words: &str) -> Result<(), StoreError> {
        self.change(|draft| draft.put(&keys::memo(name), &encode(&words)))
    }

    pub(super) fn has_applied(&self, request: &RequestId) -> Result<bool, StoreError> {
        self.draft().has(&keys::request(request))
    }

    pub(super) fn apply(
        &mut self,
        request: &RequestId,
        changes: &[Change],
        now: DateTime<Utc>,
    ) -> Result<Applied, StoreError> {
        self.change(|draft| apply::apply(draft, request, changes, now))
    }

    pub(super) fn claim(
        &mut self,
        platform: Platform,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<Claim>, StoreError> {
        let rule = self.storms;
        self.change(|draft| claim::claim(draft, platform, now, most, rule))
    }

    pub(super) fn renew(&mut self, delivery: &DeliveryId, now: DateTime<Utc>) -> Result<Option<Claim>, StoreError> {
        let rule = self.storms;
        self.change(|draft| claim::renew(draft, delivery, now, rule))
    }

    /// Takes a claim back that nobody will settle.
    pub(super) fn release(&mut self, delivery: &DeliveryId) -> Result<(), StoreError> {
        self.change(|draft| outbox::release(draft, delivery))
    }

    pub(super) fn settle(
        &mut self,
        delivery: &DeliveryId,
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<Settled, StoreError> {
        self.change(|draft| settle::settle(draft, delivery, outcome, now))
    }

    pub(super) fn next_due(&self, platform: Platform, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        outbox::next_due(&self.draft(), platform, now)
    }

    pub(super) const fn backlog(&self) -> Backlog {
        let Counters { sequence: _, fanouts, deliveries, dead } = self.counters;
        Backlog { fanouts, deliveries, dead }
    }

    fn draft(&self) -> Draft<'_> {
        Draft::new(&self.kv, self.counters)
    }

    fn change<T>(&mut self, operation: impl FnOnce(&mut Draft<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut draft = Draft::new(&self.kv, self.counters);
        let done = operation(&mut draft)?;
        if draft.counters != self.counters {
            let counters = encode(&draft.counters);
            draft.put(&keys::counters(), &counters)?;
        }
        let (changes, counters) = draft.finish();
        if !changes.is_empty() {
            self.kv.write(changes)?;
        }
        self.counters = counters;
        Ok(done)
    }
}

/// The track with this head.
fn track_of(draft: &Draft<'_>, service: ServiceId, head: &HeadRecord) -> Result<Track, StoreError> {
    let mut sources = BTreeMap::new();
    for (key, bytes) in draft.scan_all(&keys::sources(&service))? {
        sources.insert(keys::source_id(&key)?, decode::<SourceRecord>(&key, &bytes)?.into_source());
    }
    let mut incidents = Vec::new();
    for (key, _) in draft.scan_all(&keys::all_kept(&service))? {
        incidents.extend(incident::load(draft, &keys::kept_incident(&key)?)?);
    }
    Ok(Track { service, sources, incidents, next_number: head.next_number })
}
