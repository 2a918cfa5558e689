//! Removing what nobody needs any more, a little at a time.
//!
//! What happens to a service takes its old history along (see `commit`); a service to which nothing happens needs somebody
//! who comes by. What a chat was told outlives the incident it was about, because the chat is not looked at when that ends.

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::{
    DeliveryId, StoreError, SweepPlace, Swept,
    keyed::Draft,
    keys,
    operations::{incident, storms},
    record::{DeadRecord, decode},
};

/// Services looked at in one go; the history of one is pruned by a few incidents at once.
const SERVICES: usize = 8;

/// Alerts or dead letters looked at in one go.
const ROWS: usize = 128;

/// How long a chat's knowledge of an incident outlives its end: no delivery is tried for so long unless the operator says so
/// (`delivery.give_up_after`), and then it has a row of its own.
const KNOWN_FOR: TimeDelta = TimeDelta::days(7);

/// See [`crate::store::Store::sweep`].
pub(super) fn sweep(
    draft: &mut Draft<'_>,
    place: Option<&SweepPlace>,
    now: DateTime<Utc>,
    history_from: DateTime<Utc>,
) -> Result<Swept, StoreError> {
    match place {
        None => histories(draft, None, history_from),
        Some(SweepPlace::Services(last)) => histories(draft, Some(last), history_from),
        Some(SweepPlace::Alerts(last)) => alerts(draft, last, now),
        Some(SweepPlace::Letters(last)) => letters(draft, last, now),
    }
}

fn histories(draft: &mut Draft<'_>, last: Option<&[u8]>, from: DateTime<Utc>) -> Result<Swept, StoreError> {
    let Some(rest) = keys::heads().rest(last.unwrap_or_default()) else { return Ok(Swept::to(alerts_begin(), 0)) };
    let heads = draft.scan(&rest, SERVICES)?;
    let mut removed = 0;
    let mut done = last.map(<[u8]>::to_vec);
    for (key, _) in &heads {
        let gone = incident::prune(draft, &keys::head_service(key)?, from, true)?;
        removed += gone;
        if gone > 0 {
            // There may be more of it: the next step looks at this one again.
            return Ok(Swept::to(done.map_or(SweepPlace::Services(Vec::new()), SweepPlace::Services), removed));
        }
        done = Some(key.clone());
    }
    let next = if heads.len() < SERVICES { alerts_begin() } else { SweepPlace::Services(done.unwrap_or_default()) };
    Ok(Swept::to(next, removed))
}

const fn alerts_begin() -> SweepPlace {
    SweepPlace::Alerts(Vec::new())
}

fn alerts(draft: &mut Draft<'_>, last: &[u8], now: DateTime<Utc>) -> Result<Swept, StoreError> {
    let letters_begin = SweepPlace::Letters(Vec::new());
    let Some(rest) = keys::all_alerts().rest(last) else { return Ok(Swept::to(letters_begin, 0)) };
    let rows = draft.scan(&rest, ROWS)?;
    let next = match rows.last() {
        Some((key, _)) if rows.len() == ROWS => SweepPlace::Alerts(key.clone()),
        Some(_) | None => letters_begin,
    };
    let mut removed = 0;
    for (key, _) in rows {
        if !is_needed(draft, &keys::delivery_id(&key)?, now)? {
            draft.remove(&keys::Key(key))?;
            removed += 1;
        }
    }
    Ok(Swept::to(next, removed))
}

/// Whether a chat may still have to be told something of this, so that it matters what it knows.
fn is_needed(draft: &Draft<'_>, id: &DeliveryId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if draft.has(&keys::delivery(id))? {
        return Ok(true);
    }
    if id.incident.is_storm() {
        return Ok(storms::storm(draft, id)?.is_some());
    }
    if draft.has(&keys::kept(&id.incident))? {
        return Ok(true);
    }
    Ok(incident::turned_at(draft, &id.incident)?.is_some_and(|turned| now - turned < KNOWN_FOR))
}

/// A dead letter about an incident that is in no history any more cannot be tried again, and nobody wants a digest of last
/// week.
fn letters(draft: &mut Draft<'_>, last: &[u8], now: DateTime<Utc>) -> Result<Swept, StoreError> {
    let Some(rest) = keys::all_dead().rest(last) else { return Ok(Swept::default()) };
    let rows = draft.scan(&rest, ROWS)?;
    let next = rows.last().filter(|_| rows.len() == ROWS).map(|(key, _)| SweepPlace::Letters(key.clone()));
    let mut removed = 0;
    for (key, bytes) in &rows {
        let DeadRecord { chat, incident: about, at, .. } = decode(key, bytes)?;
        let id = DeliveryId { chat: chat.0, incident: about.0 };
        let is_known = if id.incident.is_digest() {
            now - at < KNOWN_FOR
        } else if id.incident.is_storm() {
            storms::storm(draft, &id)?.is_some()
        } else {
            draft.has(&keys::incident(&id.incident))?
        };
        if !is_known {
            super::letters::remove(draft, keys::dead_number(key)?)?;
            removed += 1;
        }
    }
    Ok(Swept { removed, next })
}
