//! Fan-outs and deliveries: where each stands, and who is next.

use chrono::{DateTime, Utc};

use crate::{
    domain::{ChatId, IncidentId, Platform},
    store::{
        DeliveryId, StoreError,
        keyed::Draft,
        keys::{self, Key},
        operations::depth,
        record::{DeliveryRecord, FanoutPlaceRecord, FanoutRecord, State, decode, encode},
    },
};

/// Starts a fan-out, in the place of one that is still under way for the same incident.
pub(super) fn start_fanout(
    draft: &mut Draft<'_>,
    platform: Platform,
    urgency: u8,
    fanout: &FanoutRecord,
) -> Result<(), StoreError> {
    let before = end_fanout(draft, platform, &fanout.incident.0)?;
    let urgency = before.map_or(urgency, |before| before.urgency.min(urgency));
    put_fanout(draft, platform, urgency, fanout)
}

/// Puts a fan-out at the end of those of its urgency.
pub(super) fn put_fanout(
    draft: &mut Draft<'_>,
    platform: Platform,
    urgency: u8,
    fanout: &FanoutRecord,
) -> Result<(), StoreError> {
    let turn = draft.counters.next();
    draft.counters.fanouts += 1;
    draft.put(&keys::fanout(platform, urgency, turn), &encode(fanout))?;
    let place = FanoutPlaceRecord { urgency, turn };
    draft.put(&keys::fanout_of(&fanout.incident.0, platform), &encode(&place))
}

/// Removes the fan-out of an incident, and says where it stood.
pub(super) fn end_fanout(
    draft: &mut Draft<'_>,
    platform: Platform,
    incident: &IncidentId,
) -> Result<Option<FanoutPlaceRecord>, StoreError> {
    let key = keys::fanout_of(incident, platform);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    let place: FanoutPlaceRecord = decode(&key.0, &bytes)?;
    draft.remove(&key)?;
    if draft.remove(&keys::fanout(platform, place.urgency, place.turn))? {
        draft.counters.fanouts = draft.counters.fanouts.saturating_sub(1);
    }
    Ok(Some(place))
}

/// The fan-outs of this urgency whose turn it is, at most `most`, each with its place.
pub(super) fn first_fanouts(
    draft: &Draft<'_>,
    platform: Platform,
    urgency: u8,
    most: usize,
) -> Result<Vec<(Key, FanoutRecord)>, StoreError> {
    let rows = draft.scan(&keys::fanouts_of(platform, urgency), most)?;
    rows.into_iter().map(|(key, bytes)| decode(&key, &bytes).map(|fanout| (Key(key), fanout))).collect()
}

/// Takes a fan-out from its place, and says whether it still stood there.
pub(super) fn take_fanout(
    draft: &mut Draft<'_>,
    platform: Platform,
    place: &Key,
    fanout: &FanoutRecord,
) -> Result<bool, StoreError> {
    if !draft.has(place)? {
        return Ok(false);
    }
    end_fanout(draft, platform, &fanout.incident.0)?;
    // Gone already unless the note of its place is lost.
    if draft.remove(place)? {
        draft.counters.fanouts = draft.counters.fanouts.saturating_sub(1);
    }
    Ok(true)
}

/// The platform's fan-outs, each with its urgency.
pub(super) fn fanouts(draft: &Draft<'_>, platform: Platform) -> Result<Vec<(u8, FanoutRecord)>, StoreError> {
    let rows = draft.scan_all(&keys::fanouts(platform, 0))?;
    rows.into_iter().map(|(key, bytes)| Ok((keys::fanout_urgency(&key)?, decode(&key, &bytes)?))).collect()
}

/// The delivery, when it is not settled.
pub(super) fn delivery(draft: &Draft<'_>, id: &DeliveryId) -> Result<Option<DeliveryRecord>, StoreError> {
    let key = keys::delivery(id);
    draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
}

/// All deliveries to a chat.
pub(super) fn deliveries(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<(DeliveryId, DeliveryRecord)>, StoreError> {
    draft
        .scan_all(&keys::deliveries(chat))?
        .into_iter()
        .map(|(key, bytes)| Ok((keys::delivery_id(&key)?, decode(&key, &bytes)?)))
        .collect()
}

/// Adds a delivery, or puts it where its record says instead of where it stood.
pub(super) fn insert(draft: &mut Draft<'_>, id: &DeliveryId, delivery: DeliveryRecord) -> Result<(), StoreError> {
    remove(draft, id)?;
    match delivery.state {
        State::Claimed => draft.mark(&keys::claimed(id))?,
        State::Waiting { sequence } => {
            let place = keys::place(id.chat.platform, delivery.urgency, delivery.due, sequence);
            draft.put(&place, &keys::delivery(id).0)?;
        }
    }
    draft.counters.deliveries += 1;
    depth::add(draft, id.chat.platform, delivery.since)?;
    draft.put(&keys::delivery(id), &encode(&delivery))
}

/// Adds a delivery to those that wait, behind all that are due at the same time. When it is due is decided now.
pub(super) fn enqueue(draft: &mut Draft<'_>, id: &DeliveryId, delivery: DeliveryRecord) -> Result<(), StoreError> {
    let due_since = draft.now.or(delivery.due_since);
    put_back(draft, id, DeliveryRecord { due_since, ..delivery })
}

/// As [`enqueue`], for one that is due as was decided before.
fn put_back(draft: &mut Draft<'_>, id: &DeliveryId, delivery: DeliveryRecord) -> Result<(), StoreError> {
    let sequence = draft.counters.next();
    insert(draft, id, DeliveryRecord { state: State::Waiting { sequence }, ..delivery })
}

/// Removes a delivery, wherever it stands.
pub(super) fn remove(draft: &mut Draft<'_>, id: &DeliveryId) -> Result<(), StoreError> {
    let Some(before) = delivery(draft, id)? else { return Ok(()) };
    match before.state {
        State::Claimed => draft.remove(&keys::claimed(id))?,
        State::Waiting { sequence } => {
            draft.remove(&keys::place(id.chat.platform, before.urgency, before.due, sequence))?
        }
    };
    draft.remove(&keys::delivery(id))?;
    draft.counters.deliveries = draft.counters.deliveries.saturating_sub(1);
    depth::take(draft, id.chat.platform, before.since)
}

/// The platform's deliveries of one urgency that are due, at most `most`.
pub(super) fn due(
    draft: &Draft<'_>,
    platform: Platform,
    urgency: u8,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Vec<DeliveryId>, StoreError> {
    draft
        .scan(&keys::due(platform, urgency, now), most)?
        .into_iter()
        // It is the place that is bad when what stands there is no delivery's name.
        .map(|(place, delivery)| keys::delivery_id(&delivery).map_err(|error| keys::bad_row(place, error)))
        .collect()
}

/// The most urgent urgency, from `least` on, for which anything waits.
pub(super) fn next_urgency(draft: &Draft<'_>, platform: Platform, least: u8) -> Result<Option<u8>, StoreError> {
    let waiting = draft.scan(&keys::queue(platform, least), 1)?.pop();
    let fanout = draft.scan(&keys::fanouts(platform, least), 1)?.pop();
    let waiting = waiting.map(|(key, _)| keys::place_of(&key).map(|(urgency, _)| urgency)).transpose()?;
    let fanout = fanout.map(|(key, _)| keys::fanout_urgency(&key)).transpose()?;
    Ok(waiting.into_iter().chain(fanout).min())
}

/// See [`crate::store::Store::next_due`].
pub(super) fn next_due(
    draft: &Draft<'_>,
    platform: Platform,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    if draft.has_any(&keys::fanouts(platform, 0))? {
        return Ok(Some(now));
    }
    let mut earliest: Option<DateTime<Utc>> = None;
    let mut least = Some(0);
    while let Some(from) = least {
        let Some(urgency) = next_urgency(draft, platform, from)? else { break };
        if let Some((key, _)) = draft.scan(&keys::queue_of(platform, urgency), 1)?.pop() {
            let (_, due) = keys::place_of(&key)?;
            earliest = Some(earliest.map_or(due, |earliest| earliest.min(due)));
        }
        least = urgency.checked_add(1);
    }
    Ok(earliest)
}

/// See [`crate::store::Store::hasten`].
pub(super) fn hasten(draft: &mut Draft<'_>, deliveries: &[DeliveryId], now: DateTime<Utc>) -> Result<(), StoreError> {
    for id in deliveries {
        let is_waiting = |delivery: &DeliveryRecord| matches!(delivery.state, State::Waiting { .. });
        let waiting = delivery(draft, id)?.filter(is_waiting);
        if let Some(waiting) = waiting.filter(|waiting| waiting.is_in_doubt && now < waiting.due) {
            enqueue(draft, id, DeliveryRecord { due: now, ..waiting })?;
        }
    }
    Ok(())
}

/// Waiting deliveries looked at together when the clock was set back.
const SET_BACK_AT_ONCE: usize = 512;

/// Of the waiting deliveries behind a place in the queue, lets the next ones wait no longer than they were to, now that the
/// clock was set back. Says behind which place to go on, `None` when none are left.
pub(super) fn set_back(
    draft: &mut Draft<'_>,
    behind: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(rest) = keys::all_queues().rest(behind) else { return Ok(None) };
    let rows = draft.scan(&rest, SET_BACK_AT_ONCE)?;
    let last = rows.last().map(|(place, _)| place.clone()).filter(|_| rows.len() == SET_BACK_AT_ONCE);
    for (place, key) in rows {
        let id = keys::delivery_id(&key).map_err(|error| keys::bad_row(place, error))?;
        let Some(waiting) = delivery(draft, &id)? else { continue };
        if let Some(due) = waiting.due_sooner(now) {
            enqueue(draft, &id, DeliveryRecord { due, ..waiting })?;
        }
    }
    Ok(last)
}

/// Takes back all claims that nobody is left to settle. Only claims are looked at, however many deliveries wait.
pub(super) fn release_all(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for (key, _) in draft.scan_all(&keys::all_claimed())? {
        let id = keys::delivery_id(&key)?;
        if let Some(delivery) = delivery(draft, &id)?.filter(|delivery| delivery.state == State::Claimed) {
            put_back(draft, &id, delivery)?;
        }
    }
    Ok(())
}

/// The delivery, when the claim of this number holds it.
pub(super) fn held(draft: &Draft<'_>, id: &DeliveryId, number: u64) -> Result<Option<DeliveryRecord>, StoreError> {
    Ok(delivery(draft, id)?.filter(|delivery| delivery.is_held_by(number)))
}

/// Takes back a claim: the delivery is due as it was, still for the same revision.
pub(super) fn release(draft: &mut Draft<'_>, id: &DeliveryId, number: u64) -> Result<(), StoreError> {
    match held(draft, id, number)? {
        Some(delivery) => put_back(draft, id, delivery),
        None => Ok(()),
    }
}
