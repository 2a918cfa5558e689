//! Writing what one reading changed.

use std::collections::BTreeSet;

use crate::{
    domain::{Incident, Platform, ServiceId, Topic, Track, Transition, TransitionKind},
    store::{
        Commit, News, StoreError,
        keyed::Draft,
        keys,
        operations::{incident, outbox},
        record::{FanoutRecord, FanoutStage, HeadRecord, ProgressRecord, SourceRecord, Word, decode, encode},
    },
};

/// A service's history is counted when an incident's number is a multiple of this: counting takes longer than storing.
const COUNTED_EVERY: u32 = 16;

/// See [`crate::store::Store::commit`].
pub(super) fn commit(draft: &mut Draft<'_>, commit: &Commit) -> Result<(), StoreError> {
    let track = commit.track.as_ref();
    let category = match commit.category.is_empty() {
        true => category(draft, &track.service)?,
        false => commit.category.clone(),
    };
    store_track(draft, track, &category)?;
    let told = commit.transitions.iter().map(|transition| &transition.incident);
    let changed: BTreeSet<_> = commit.changed.iter().chain(told).collect();
    for incident in changed.into_iter().filter_map(|id| track.incident(id)) {
        let news = news(draft, commit, incident)?;
        incident::store(draft, incident, news)?;
        draft.mark(&keys::kept(&incident.id))?;
    }
    for id in &commit.forgotten {
        draft.remove(&keys::kept(id))?;
    }
    for incident in &commit.past {
        incident::store_past(draft, incident)?;
    }
    for transition in &commit.transitions {
        start_fanouts(draft, commit, &category, transition)?;
    }
    let has_grown = commit.changed.iter().any(|id| id.number.is_multiple_of(COUNTED_EVERY));
    incident::prune(draft, &track.service, commit.history_from, has_grown || !commit.past.is_empty()).map(drop)
}

/// What of an incident is worth a message of its own once this is committed.
///
/// That is: it became worse, a source said something new in words, planned work began or was moved. A component or a
/// phase that changes without a word, or an outage that becomes milder, is shown by the alert and no more. Beginnings,
/// ends and returns are messages of their own anyway.
fn news(draft: &Draft<'_>, commit: &Commit, incident: &Incident) -> Result<News, StoreError> {
    let before = incident::progress(draft, &incident.id)?.map(ProgressRecord::news).unwrap_or_default();
    let mut of_this = commit.transitions.iter().rev().filter(|transition| transition.incident == incident.id);
    let important = News { important: incident.revision, ..before };
    Ok(match of_this.next().map(|transition| transition.kind) {
        Some(TransitionKind::Escalated) => News { escalated: incident.revision, ..important },
        Some(TransitionKind::Started | TransitionKind::Moved) => important,
        Some(TransitionKind::Updated) if incident::has_new_words(draft, incident)? => important,
        Some(
            TransitionKind::Updated
            | TransitionKind::Opened
            | TransitionKind::Resolved
            | TransitionKind::Reopened
            | TransitionKind::Announced
            | TransitionKind::Ended,
        )
        | None => before,
    })
}

/// The category that a service was in when it was last stored; empty where nobody knows.
fn category(draft: &Draft<'_>, service: &ServiceId) -> Result<String, StoreError> {
    let key = keys::head(service);
    let Some(bytes) = draft.get(&key)? else { return Ok(String::new()) };
    decode::<HeadRecord>(&key.0, &bytes).map(|head| head.category)
}

fn store_track(draft: &mut Draft<'_>, track: &Track, category: &str) -> Result<(), StoreError> {
    let Track { service, sources, incidents: _, next_number } = track;
    let head = HeadRecord { next_number: *next_number, category: category.to_owned() };
    draft.put(&keys::head(service), &encode(&head))?;
    for (id, source) in sources {
        draft.put(&keys::source(service, id), &encode(&SourceRecord::of(source)))?;
    }
    // A source that was taken from the service is forgotten with it.
    for (key, _) in draft.scan_all(&keys::sources(service))? {
        if !sources.contains_key(&keys::source_id(&key)?) {
            draft.remove(&keys::Key(key))?;
        }
    }
    Ok(())
}

/// Starts the transition's fan-out on each platform where somebody may want it.
fn start_fanouts(draft: &mut Draft<'_>, commit: &Commit, of: &str, transition: &Transition) -> Result<(), StoreError> {
    let severity = match commit.track.incident(&transition.incident) {
        Some(incident) => incident.peak_severity(),
        // Without the incident there is nothing to tell.
        None => return Ok(()),
    };
    let service = Topic::Service(transition.incident.service.clone());
    let category = Topic::Category(of.to_owned());
    for platform in Platform::ALL {
        let is_wanted = draft.has_any(&keys::subscribers(&service, platform))?
            || draft.has_any(&keys::subscribers(&category, platform))?;
        if is_wanted {
            let fanout = FanoutRecord {
                incident: Word(transition.incident.clone()),
                category: of.to_owned(),
                stage: FanoutStage::Service,
                visited: None,
                since: commit.at,
            };
            outbox::start_fanout(draft, platform, transition.kind.urgency(severity), &fanout)?;
        }
    }
    Ok(())
}
