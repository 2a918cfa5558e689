//! Incidents and their updates.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::{
    domain::{Incident, IncidentId, ServiceId},
    store::{
        News, StoreError,
        keyed::Draft,
        keys,
        record::{IncidentRecord, ProgressRecord, UpdateRecord, decode, encode},
    },
};

/// Incidents and maintenances that one service's history holds, roughly: it is not counted each time.
const MOST_KEPT: usize = 500;

/// Incidents removed from the history at once.
const REMOVED_AT_ONCE: usize = 16;

/// Incidents that a track may need at most, roughly: so many are passed over to find others.
const MOST_NEEDED: usize = 256;

/// One incident with all its updates.
pub(super) fn load(draft: &Draft<'_>, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
    let key = keys::incident(id);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    let record: IncidentRecord = decode(&key.0, &bytes)?;
    let updates = draft
        .scan_all(&keys::updates(id))?
        .into_iter()
        .map(|(key, bytes)| decode::<UpdateRecord>(&key, &bytes).map(UpdateRecord::into_update))
        .collect::<Result<_, _>>()?;
    Ok(Some(record.into_incident(id.clone(), updates)))
}

/// Writes what is new in an incident; updates that stand there already are left alone.
pub(super) fn store(draft: &mut Draft<'_>, incident: &Incident, news: News) -> Result<(), StoreError> {
    put(draft, incident, &IncidentRecord::of(incident))?;
    draft.put(&keys::progress(&incident.id), &encode(&ProgressRecord::of(incident, news)))?;
    for (position, update) in (0..).zip(&incident.updates) {
        draft.put(&keys::update(&incident.id, position), &encode(&UpdateRecord::of(update)))?;
    }
    // There are fewer updates than before when the provider has removed some.
    let end = u32::try_from(incident.updates.len()).unwrap_or(u32::MAX);
    let beyond = keys::Range { from: keys::update(&incident.id, end).0, ..keys::updates(&incident.id) };
    for (key, _) in draft.scan_all(&beyond)? {
        draft.remove(&keys::Key(key))?;
    }
    Ok(())
}

/// Writes an incident of the past.
pub(super) fn store_past(draft: &mut Draft<'_>, incident: &Incident) -> Result<(), StoreError> {
    put(draft, incident, &IncidentRecord::whole(incident))
}

/// Writes an incident and its place in the history, which moves when the provider corrects the beginning.
fn put(draft: &mut Draft<'_>, incident: &Incident, record: &IncidentRecord) -> Result<(), StoreError> {
    let key = keys::incident(&incident.id);
    if let Some(bytes) = draft.get(&key)? {
        let before: IncidentRecord = decode(&key.0, &bytes)?;
        if before.started_at() != incident.started_at {
            draft.remove(&keys::began(&incident.id, before.started_at()))?;
        }
    }
    draft.put(&key, &encode(record))?;
    draft.mark(&keys::began(&incident.id, incident.started_at))
}

/// Removes what began before `from`, and the oldest when there is too much; a few at a time, and not what the track needs.
/// Says how many went. `may_be_long`: whether to count.
pub(super) fn prune(
    draft: &mut Draft<'_>,
    service: &ServiceId,
    from: DateTime<Utc>,
    may_be_long: bool,
) -> Result<usize, StoreError> {
    let mut surplus = draft.scan(&keys::begun_before(service, from), MOST_NEEDED)?;
    if may_be_long {
        surplus.extend(draft.scan(&keys::begun(service), MOST_KEPT + MOST_NEEDED)?.into_iter().skip(MOST_KEPT));
    }
    let mut removed = 0;
    for (key, _) in surplus.into_iter().rev() {
        let id = keys::begun_incident(&key)?;
        if removed < REMOVED_AT_ONCE && !draft.has(&keys::kept(&id))? {
            remove(draft, &id)?;
            draft.remove(&keys::Key(key))?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn remove(draft: &mut Draft<'_>, id: &IncidentId) -> Result<(), StoreError> {
    draft.remove(&keys::incident(id))?;
    draft.remove(&keys::progress(id))?;
    for (key, _) in draft.scan_all(&keys::updates(id))? {
        draft.remove(&keys::Key(key))?;
    }
    Ok(())
}

/// Gives every incident its place in the history; those of a store that was written before there were places have none.
pub(super) fn place_all<'s>(
    draft: &mut Draft<'_>,
    services: impl IntoIterator<Item = &'s ServiceId>,
) -> Result<(), StoreError> {
    for service in services {
        let mut range = keys::history(service);
        while let Some((key, bytes)) = draft.scan(&range, 1)?.pop() {
            let id = keys::history_incident(&key)?;
            range = keys::history_before(&id);
            let record: IncidentRecord = decode(&key, &bytes)?;
            draft.mark(&keys::began(&id, record.started_at()))?;
        }
    }
    Ok(())
}

/// Whether something with words was said about an incident that is not stored yet.
pub(super) fn has_new_words(draft: &Draft<'_>, incident: &Incident) -> Result<bool, StoreError> {
    let mut known = BTreeSet::new();
    for (key, bytes) in draft.scan_all(&keys::updates(&incident.id))? {
        known.insert(decode::<UpdateRecord>(&key, &bytes)?.into_update().key);
    }
    Ok(incident.updates.iter().any(|update| !update.body.is_empty() && !known.contains(&update.key)))
}

/// When an incident began or ended last, `None` when there is no such.
pub(super) fn turned_at(draft: &Draft<'_>, id: &IncidentId) -> Result<Option<DateTime<Utc>>, StoreError> {
    let key = keys::incident(id);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    decode::<IncidentRecord>(&key.0, &bytes).map(|record| Some(record.turned_at()))
}

/// How far an incident has come, `None` when there is no such.
pub(super) fn progress(draft: &Draft<'_>, id: &IncidentId) -> Result<Option<ProgressRecord>, StoreError> {
    let key = keys::progress(id);
    draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
}

/// A service's last incidents, those that began last first.
pub(super) fn history(draft: &Draft<'_>, service: &ServiceId, most: usize) -> Result<Vec<Incident>, StoreError> {
    let mut incidents = Vec::new();
    for (key, _) in draft.scan(&keys::begun(service), most)? {
        incidents.extend(load(draft, &keys::begun_incident(&key)?)?);
    }
    Ok(incidents)
}
