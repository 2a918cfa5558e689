//! Everything the store does, written once over any backend.
//!
//! One operation is one [`Draft`]: it reads, decides, and its changes become one batch.

mod agenda;
mod apply;
mod chat;
mod claim;
mod commit;
mod depth;
mod digests;
mod incident;
pub(super) mod kept;
mod letters;
mod mend;
mod mutes;
mod outbox;
mod settle;
mod storms;
mod suspend;
mod sweep;
mod watches;

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain::{
        Change, ChatId, ChatSettings, Incident, IncidentId, Mute, Platform, RequestId, ServiceId, StormRule,
        Subscription, Suspension, Track, Watch, WatchedPage,
    },
    store::{
        Applied, Appointments, Backlog, Claim, Commit, DeliveryId, Depth, Ended, Kept, KeptPlace, Outcome, PageEnd,
        Revived, Settled, StoreError, SweepPlace, Swept, Undelivered, UndeliveredPlace,
        keyed::{Draft, Kv},
        keys,
        record::{Counters, HeadRecord, SourceRecord, SuspensionRecord, decode, encode},
    },
};

/// The schema this version writes.
const SCHEMA: u32 = 1;

/// A time that lies so far before another is no longer that of one who asked earlier and was heard later.
const SET_BACK: TimeDelta = TimeDelta::seconds(60);

/// Rows that one operation sets aside at most. Where more of them are bad, it fails, and the next one goes on.
const MENDED_AT_ONCE: usize = 1_000;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The store's operations over one backend.
pub(super) struct Operations<K> {
    kv: K,
    counters: Counters,
    storms: StormRule,
    /// What time it is, by whoever asked last.
    now: Option<DateTime<Utc>>,
    /// `Some` while waiting deliveries are brought forward because the clock was set back: what time it was when that was
    /// noticed, and how far that has come.
    set_back: Option<(DateTime<Utc>, Vec<u8>)>,
}

impl<K: Kv> Operations<K> {
    /// Begins to work on what the backend holds. What was claimed when it was last used is due again.
    pub(super) fn open(kv: K, path: &str) -> Result<Self, StoreError> {
        let mut operations =
            Self { kv, counters: Counters::default(), storms: StormRule::OFF, now: None, set_back: None };
        // One that cannot be understood is set aside and written anew: what else there is tells for itself.
        let found: Option<u32> = operations.look(|draft| {
            let bytes = draft.get(&keys::version())?;
            bytes.map(|bytes| decode(&keys::version().0, &bytes)).transpose()
        })?;
        if let Some(found) = found.filter(|found| *found > SCHEMA) {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: SCHEMA });
        }
        // Of a store that was not restored as a whole, which has no count either, rows are missing that belong to others.
        let is_in_order = operations.draft().has(&keys::counters())?;
        operations.count()?;
        operations.change(|draft| {
            if !is_in_order {
                mend::put_in_order(draft)?;
            }
            draft.put(&keys::version(), &encode(&SCHEMA))?;
            if !draft.has_any(&keys::all_histories())? {
                let heads = draft.scan_all(&keys::heads())?;
                let services = heads.iter().map(|(key, _)| keys::head_service(key)).collect::<Result<Vec<_>, _>>()?;
                incident::place_all(draft, &services)?;
            }
            agenda::put_in_order(draft)?;
            outbox::release_all(draft)?;
            let counters = encode(&draft.counters);
            draft.put(&keys::counters(), &counters)
        })?;
        Ok(operations)
    }

    /// Reads how many there are of what, as it is stored.
    pub(super) fn count(&mut self) -> Result<(), StoreError> {
        self.counters = match self.draft().get(&keys::counters()) {
            Ok(Some(bytes)) => match decode(&keys::counters().0, &bytes) {
                Ok(counters) => counters,
                Err(cause) => self.counted_anew(Some(&cause))?,
            },
            Ok(None) => self.counted_anew(None)?,
            Err(cause @ StoreError::Damaged { .. }) => self.counted_anew(Some(&cause))?,
            Err(cause) => return Err(cause),
        };
        Ok(())
    }

    fn counted_anew(&self, cause: Option<&StoreError>) -> Result<Counters, StoreError> {
        if let Some(cause) = cause {
            let cause = cause as &dyn std::error::Error;
            tracing::error!(cause, "what the store counts cannot be read; it is counted anew");
        }
        mend::counted_anew(&self.draft())
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

    pub(super) fn tracks(&mut self) -> Result<Vec<Track>, StoreError> {
        self.look(|draft| {
            let mut tracks = Vec::new();
            for (key, bytes) in draft.scan_all(&keys::heads())? {
                tracks.push(track_of(draft, keys::head_service(&key)?, &decode(&key, &bytes)?)?);
            }
            Ok(tracks)
        })
    }

    pub(super) fn track(&mut self, service: &ServiceId) -> Result<Option<Track>, StoreError> {
        self.look(|draft| {
            let key = keys::head(service);
            let Some(bytes) = draft.get(&key)? else { return Ok(None) };
            track_of(draft, service.clone(), &decode(&key.0, &bytes)?).map(Some)
        })
    }

    pub(super) fn pages(&mut self) -> Result<Vec<(WatchedPage, bool)>, StoreError> {
        self.look(watches::pages)
    }

    pub(super) fn watches(&mut self, chat: &ChatId) -> Result<Vec<Watch>, StoreError> {
        self.look(|draft| watches::of_chat(draft, chat))
    }

    pub(super) fn end_page(&mut self, id: &ServiceId) -> Result<PageEnd, StoreError> {
        self.change(|draft| watches::end(draft, id))
    }

    pub(super) fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        self.change(|draft| commit::commit(draft, commit))
    }

    pub(super) fn incident(&mut self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        self.look(|draft| incident::load(draft, id))
    }

    pub(super) fn history(&mut self, service: &ServiceId, most: usize) -> Result<Vec<Incident>, StoreError> {
        self.look(|draft| incident::history(draft, service, most))
    }

    pub(super) fn subscriptions(&mut self, chat: &ChatId) -> Result<Vec<Subscription>, StoreError> {
        self.look(|draft| chat::subscriptions(draft, chat))
    }

    pub(super) fn subscribers(
        &mut self,
        platform: Platform,
        after: Option<&ChatId>,
        most: usize,
    ) -> Result<Vec<(ChatId, Option<ChatSettings>)>, StoreError> {
        self.look(|draft| chat::subscribers(draft, platform, after, most))
    }

    pub(super) fn settings(&mut self, chat: &ChatId) -> Result<Option<ChatSettings>, StoreError> {
        self.look(|draft| chat::settings(draft, chat))
    }

    pub(super) fn mutes(&mut self, chat: &ChatId, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
        self.look(|draft| mutes::list(draft, chat, now))
    }

    pub(super) fn memo(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let key = keys::memo(name);
        self.look(|draft| draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose())
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
        let rule = self.storms;
        self.now = Some(now);
        self.change(|draft| apply::apply(draft, request, changes, rule, now))
    }

    pub(super) fn claim(
        &mut self,
        platform: Platform,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<Claim>, StoreError> {
        let rule = self.storms;
        self.now = Some(now);
        self.mind_the_clock(now)?;
        self.change(|draft| claim::claim(draft, platform, now, most, rule))
    }

    pub(super) fn renew(
        &mut self,
        delivery: &DeliveryId,
        number: u64,
        now: DateTime<Utc>,
    ) -> Result<Option<Claim>, StoreError> {
        let rule = self.storms;
        self.now = Some(now);
        self.change(|draft| claim::renew(draft, delivery, number, now, rule))
    }

    /// Takes a claim back that nobody will settle.
    pub(super) fn release(&mut self, delivery: &DeliveryId, number: u64) -> Result<(), StoreError> {
        self.change(|draft| {
            let place = chat::whereabouts(draft, delivery, number)?;
            outbox::release(draft, &place, number)
        })
    }

    pub(super) fn settle(
        &mut self,
        delivery: &DeliveryId,
        number: u64,
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<Settled, StoreError> {
        self.now = Some(now);
        self.change(|draft| settle::settle(draft, delivery, number, outcome, now))
    }

    pub(super) fn keep_appointments(&mut self, now: DateTime<Utc>, most: usize) -> Result<Appointments, StoreError> {
        let rule = self.storms;
        self.now = Some(now);
        self.change(|draft| agenda::keep(draft, rule, now, most))
    }

    pub(super) fn hasten(&mut self, deliveries: &[DeliveryId], now: DateTime<Utc>) -> Result<(), StoreError> {
        self.now = Some(now);
        self.change(|draft| outbox::hasten(draft, deliveries, now))
    }

    pub(super) fn next_due(
        &mut self,
        platform: Platform,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        match self.set_back {
            // There may be more that is due.
            Some(_) => Ok(Some(now)),
            None => self.look(|draft| outbox::next_due(draft, platform, now)),
        }
    }

    pub(super) const fn backlog(&self) -> Backlog {
        let Counters { sequence: _, fanouts, deliveries, dead, clock: _ } = self.counters;
        Backlog { fanouts, deliveries, dead }
    }

    pub(super) fn depths(&mut self) -> Result<Option<Vec<Depth>>, StoreError> {
        self.look(depth::depths)
    }

    pub(super) fn count_depths(&mut self) -> Result<Vec<Depth>, StoreError> {
        self.change(depth::count_anew)
    }

    pub(super) fn fan_outs(&mut self, platform: Platform) -> Result<Vec<(IncidentId, DateTime<Utc>)>, StoreError> {
        self.look(|draft| letters::fan_outs(draft, platform))
    }

    pub(super) fn undelivered(
        &mut self,
        after: Option<&UndeliveredPlace>,
        most: usize,
    ) -> Result<Vec<Undelivered>, StoreError> {
        self.look(|draft| letters::list(draft, after, most))
    }

    pub(super) fn revive(&mut self, letters: &[u64], now: DateTime<Utc>) -> Result<Revived, StoreError> {
        self.now = Some(now);
        self.change(|draft| letters::revive(draft, letters, now))
    }

    pub(super) fn discard(&mut self, letters: &[u64]) -> Result<usize, StoreError> {
        self.change(|draft| letters::discard(draft, letters))
    }

    pub(super) fn suspension(&mut self, chat: &ChatId) -> Result<Option<Suspension>, StoreError> {
        self.look(|draft| Ok(suspend::known(draft, chat)?.map(SuspensionRecord::into_suspension)))
    }

    pub(super) fn suspended(&mut self, platform: Platform, place: &str) -> Result<Vec<ChatId>, StoreError> {
        self.look(|draft| suspend::at(draft, platform, place, true))
    }

    pub(super) fn suspensions(
        &mut self,
        after: Option<&ChatId>,
        most: usize,
    ) -> Result<Vec<(ChatId, Suspension)>, StoreError> {
        self.look(|draft| {
            let rows = draft.scan(&keys::suspensions(after), most)?;
            let read = |(key, bytes): (Vec<u8>, Vec<u8>)| {
                Ok((keys::chat_of(&key)?, decode::<SuspensionRecord>(&key, &bytes)?.into_suspension()))
            };
            rows.into_iter().map(read).collect()
        })
    }

    pub(super) fn end_suspended(&mut self, since: DateTime<Utc>) -> Result<Vec<Ended>, StoreError> {
        self.change(|draft| suspend::end_old(draft, since))
    }

    pub(super) fn sweep(
        &mut self,
        place: Option<&SweepPlace>,
        now: DateTime<Utc>,
        history_from: DateTime<Utc>,
    ) -> Result<Swept, StoreError> {
        self.change(|draft| sweep::sweep(draft, place, now, history_from))
    }

    pub(super) fn kept(
        &mut self,
        after: Option<&KeptPlace>,
        most: usize,
    ) -> Result<(Vec<Kept>, Option<KeptPlace>), StoreError> {
        self.look(|draft| kept::page(draft, after, most))
    }

    /// When the clock was set back since anything was last changed, lets no delivery wait longer for that than it was to: a
    /// part of them with each claim.
    fn mind_the_clock(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let latest = self.set_back.as_ref().map(|(noticed, _)| *noticed).or(self.counters.clock);
        if latest.is_some_and(|latest| now < latest - SET_BACK) {
            tracing::warn!(%now, "the clock was set back; deliveries that wait are due after their own time");
            self.set_back = Some((now, Vec::new()));
        }
        let Some((noticed, behind)) = self.set_back.take() else { return Ok(()) };
        let next = self.change(|draft| {
            let next = outbox::set_back(draft, &behind, now)?;
            if next.is_none() {
                draft.counters.clock = Some(now);
            }
            Ok(next)
        });
        self.set_back = match &next {
            Ok(next) => next.clone().map(|next| (noticed, next)),
            Err(_) => Some((noticed, behind)),
        };
        next.map(drop)
    }

    fn draft(&self) -> Draft<'_> {
        Draft::new(&self.kv, self.counters)
    }

    /// Reads something. A row that cannot be understood is set aside, and it is read on without it.
    fn look<T>(&mut self, operation: impl Fn(&Draft<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        for _ in 0..MENDED_AT_ONCE {
            match operation(&self.draft()) {
                Err(StoreError::Damaged { key, cause }) => self.set_aside(key, cause)?,
                done => return done,
            }
        }
        operation(&self.draft())
    }

    /// Changes something. A row that cannot be understood is set aside, and it is done without it.
    fn change<T>(&mut self, operation: impl Fn(&mut Draft<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        for _ in 0..MENDED_AT_ONCE {
            match self.try_change(&operation) {
                Err(StoreError::Damaged { key, cause }) => self.set_aside(key, cause)?,
                done => return done,
            }
        }
        self.try_change(&operation)
    }

    fn set_aside(&mut self, key: Vec<u8>, cause: Cause) -> Result<(), StoreError> {
        if !self.try_change(&|draft: &mut Draft<'_>| mend::set_aside(draft, &key))? {
            return Err(StoreError::Damaged { key, cause });
        }
        let (key, cause) = (key.escape_ascii(), cause.as_ref() as &dyn std::error::Error);
        tracing::error!(%key, cause, "a stored record cannot be read; it is set aside, and the rest goes on");
        Ok(())
    }

    fn try_change<T>(&mut self, operation: &impl Fn(&mut Draft<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut draft = Draft::new(&self.kv, self.counters);
        draft.now = self.now.or(draft.now);
        let done = operation(&mut draft)?;
        if draft.has_changes() && self.set_back.is_none() {
            draft.counters.clock = draft.counters.clock.max(draft.now);
        }
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
        sources.insert(keys::source_id(&key)?, Arc::new(decode::<SourceRecord>(&key, &bytes)?.into_source()));
    }
    let mut incidents = Vec::new();
    for (key, _) in draft.scan_all(&keys::all_kept(&service))? {
        incidents.extend(incident::load(draft, &keys::kept_incident(&key)?)?);
    }
    Ok(Track { service, sources, incidents, next_number: head.next_number })
}
