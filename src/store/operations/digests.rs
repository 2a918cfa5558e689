//! What a chat's digest tells.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain::{ChatId, Digest, Incident, IncidentId, MaintenancePhase, Part, ServiceId, Topic},
    store::{
        StoreError,
        keyed::Draft,
        keys,
        operations::{chat, mutes},
        record::{HeadRecord, decode},
    },
};

/// Incidents of one kind that are listed.
const LISTED: usize = 40;

/// Planned work is told so long ahead.
const AHEAD: TimeDelta = TimeDelta::days(7);

/// Of what began so long before the digest's time and is over, the end is not told, unless the track still knows of it.
const LONGEST: TimeDelta = TimeDelta::days(7);

/// Incidents of one service that are looked at, the newest.
const LOOKED_AT: usize = 64;

/// All services, each with its category.
pub(super) fn services(draft: &Draft<'_>) -> Result<Vec<(ServiceId, String)>, StoreError> {
    let rows = draft.scan_all(&keys::heads())?;
    let read = |(key, bytes): (Vec<u8>, Vec<u8>)| {
        Ok((keys::head_service(&key)?, decode::<HeadRecord>(&key, &bytes)?.category))
    };
    rows.into_iter().map(read).collect()
}

/// How things are for a chat, and what has happened since then. `incident` reads one, under the name that the chat knows its
/// service by; `services` are all there are.
pub(super) fn compose(
    draft: &Draft<'_>,
    chat: &ChatId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
    services: &[(ServiceId, String)],
    mut incident: impl FnMut(&IncidentId, &str) -> Result<Option<Arc<Incident>>, StoreError>,
) -> Result<Digest, StoreError> {
    let wishes: BTreeMap<_, _> =
        chat::subscriptions(draft, chat)?.into_iter().map(|one| (one.topic.clone(), one)).collect();
    let mutes = mutes::list(draft, chat, now)?;
    let (mut open, mut over, mut running, mut ahead) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (service, category) in services {
        let by_name = wishes.get(&Topic::Service(service.clone()));
        let Some(wish) = by_name.or_else(|| wishes.get(&Topic::Category(category.clone()))) else { continue };
        let from = since.max(wish.since);
        for id in candidates(draft, service, from)? {
            let Some(one) = incident(&id, category)? else { continue };
            if one.is_notice() || !wish.filter.admits(&one) || mutes.iter().any(|mute| mute.covers(&one, now)) {
                continue;
            }
            match (&one.planned, one.resolved_at) {
                (None, None) => open.push(one),
                (None, Some(end)) if end > from && end <= now => over.push(one),
                (Some(planned), None) => match (planned.phase, planned.starts_at) {
                    (MaintenancePhase::Scheduled, Some(start)) if is_ahead(start, planned.ends_at, now) => {
                        ahead.push(one);
                    }
                    (MaintenancePhase::Scheduled, _) => {}
                    _ => running.push(one),
                },
                (None | Some(_), Some(_)) => {}
            }
        }
    }
    open.sort_by_key(|one| (Reverse(one.impact.severity()), Reverse(one.started_at)));
    over.sort_by_key(|one| Reverse(one.resolved_at));
    running.sort_by_key(|one| Reverse(one.started_at));
    ahead.sort_by_key(|one| one.planned.as_ref().and_then(|planned| planned.starts_at));
    let [open, over, running, ahead] = [open, over, running, ahead].map(|all| Part::of(all, LISTED));
    Ok(Digest { since, until: now, open, over, running, ahead })
}

/// Whether work that has not begun is worth telling: it begins soon, or it was to have begun and may yet do so.
fn is_ahead(start: DateTime<Utc>, end: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    start <= now + AHEAD && end.unwrap_or(start) > now
}

/// The incidents of a service that may go on or may have ended since then.
fn candidates(
    draft: &Draft<'_>,
    service: &ServiceId,
    since: DateTime<Utc>,
) -> Result<BTreeSet<IncidentId>, StoreError> {
    let mut ids = BTreeSet::new();
    for (key, _) in draft.scan_all(&keys::all_kept(service))? {
        ids.insert(keys::kept_incident(&key)?);
    }
    let from = since.checked_sub_signed(LONGEST).unwrap_or(since);
    for (key, _) in draft.scan(&keys::begun_since(service, from), LOOKED_AT)? {
        ids.insert(keys::begun_incident(&key)?);
    }
    Ok(ids)
}
