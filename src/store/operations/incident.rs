//! Incidents and their updates.

use std::collections::BTreeSet;

use crate::{
    domain::{Incident, IncidentId, ServiceId},
    store::{
        News, StoreError,
        keyed::Draft,
        keys,
        record::{IncidentRecord, ProgressRecord, UpdateRecord, decode, encode},
    },
};

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
    draft.put(&keys::incident(&incident.id), &encode(&IncidentRecord::of(incident)))?;
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

/// Whether something with words was said about an incident that is not stored yet.
pub(super) fn has_new_words(draft: &Draft<'_>, incident: &Incident) -> Result<bool, StoreError> {
    let mut known = BTreeSet::new();
    for (key, bytes) in draft.scan_all(&keys::updates(&incident.id))? {
        known.insert(decode::<UpdateRecord>(&key, &bytes)?.into_update().key);
    }
    Ok(incident.updates.iter().any(|update| !update.body.is_empty() && !known.contains(&update.key)))
}

/// How far an incident has come, `None` when there is no such.
pub(super) fn progress(draft: &Draft<'_>, id: &IncidentId) -> Result<Option<ProgressRecord>, StoreError> {
    let key = keys::progress(id);
    draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
}

/// A service's last incidents, newest first.
pub(super) fn history(draft: &Draft<'_>, service: &ServiceId, most: usize) -> Result<Vec<Incident>, StoreError> {
    let mut incidents = Vec::new();
    let mut range = keys::history(service);
    while incidents.len() < most {
        let Some((key, _)) = draft.scan(&range, 1)?.pop() else { break };
        let id = keys::history_incident(&key)?;
        range = keys::history_before(&id);
        incidents.extend(load(draft, &id)?);
    }
    Ok(incidents)
}
