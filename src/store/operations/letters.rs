//! Looking at what is not delivered, and what becomes of dead letters.

use chrono::{DateTime, Utc};

use crate::{
    domain::{IncidentId, Platform},
    store::{
        DeliveryId, Revived, Standing, StoreError, Undelivered, UndeliveredPlace,
        keyed::Draft,
        keys,
        operations::{chat, incident, mutes, outbox, settle, storms},
        record::{BarRecord, DeadRecord, DeliveryRecord, decode},
    },
};

/// See [`crate::store::Store::fan_outs`].
pub(super) fn fan_outs(draft: &Draft<'_>, platform: Platform) -> Result<Vec<(IncidentId, DateTime<Utc>)>, StoreError> {
    let fanouts = outbox::fanouts(draft, platform)?;
    Ok(fanouts.into_iter().map(|(_, fanout)| (fanout.incident.0, fanout.since)).collect())
}

/// See [`crate::store::Store::undelivered`].
pub(super) fn list(
    draft: &Draft<'_>,
    after: Option<&UndeliveredPlace>,
    most: usize,
) -> Result<Vec<Undelivered>, StoreError> {
    let after = after.map_or(&[][..], |place| place.0.as_slice());
    let mut found = Vec::new();
    if let Some(rest) = keys::all_deliveries().rest(after) {
        for (key, bytes) in draft.scan(&rest, most)? {
            let id = keys::delivery_id(&key)?;
            let delivery: DeliveryRecord = decode(&key, &bytes)?;
            found.push(waiting(UndeliveredPlace(key), id, &delivery));
        }
    }
    if let Some(rest) = keys::all_dead().rest(after) {
        for (key, bytes) in draft.scan(&rest, most.saturating_sub(found.len()))? {
            let number = keys::dead_number(&key)?;
            let DeadRecord { chat, incident, since, attempts, at, reason, .. } = decode(&key, &bytes)?;
            found.push(Undelivered {
                place: UndeliveredPlace(key),
                id: DeliveryId { chat: chat.0, incident: incident.0 },
                since,
                tries: attempts,
                standing: Standing::Dead { number, at, reason },
            });
        }
    }
    Ok(found)
}

fn waiting(place: UndeliveredPlace, id: DeliveryId, delivery: &DeliveryRecord) -> Undelivered {
    let bar = delivery.bar.map(BarRecord::into_bar);
    let tries = delivery.attempts.saturating_add(bar.map_or(0, |bar| bar.tries));
    let standing = if tries > 0 || delivery.is_in_doubt {
        Standing::Retrying {
            due: delivery.due,
            barred_since: bar.map(|bar| bar.since),
            reason: delivery.reason.clone(),
            is_in_doubt: delivery.is_in_doubt,
        }
    } else {
        Standing::Pending
    };
    Undelivered { place, id, since: delivery.since, tries, standing }
}

/// See [`crate::store::Store::revive`].
pub(super) fn revive(draft: &mut Draft<'_>, letters: &[u64], now: DateTime<Utc>) -> Result<Revived, StoreError> {
    let mut revived = Revived::default();
    for number in letters {
        let key = keys::dead(*number);
        let Some(bytes) = draft.get(&key)? else {
            revived.unknown += 1;
            continue;
        };
        let dead: DeadRecord = decode(&key.0, &bytes)?;
        remove(draft, *number)?;
        let count = match send_again(draft, &dead, now)? {
            Fate::Due => &mut revived.due,
            Fate::Told => &mut revived.told,
            Fate::Unwanted => &mut revived.unwanted,
            Fate::Forgotten => &mut revived.forgotten,
        };
        *count += 1;
    }
    Ok(revived)
}

/// What becomes of a dead letter.
enum Fate {
    Due,
    Told,
    Unwanted,
    Forgotten,
}

/// Makes a delivery of a dead letter, where there is something to tell and somebody wants to hear it.
fn send_again(draft: &mut Draft<'_>, dead: &DeadRecord, now: DateTime<Utc>) -> Result<Fate, StoreError> {
    let id = DeliveryId { chat: dead.chat.0.clone(), incident: dead.incident.0.clone() };
    let id = chat::present(draft, &id)?;
    let Some(progress) = settle::progress(draft, &id)? else { return Ok(Fate::Forgotten) };
    let category = match &dead.category {
        Some(category) => category.clone(),
        None => chat::likely_category(draft, &id)?,
    };
    let alert = chat::alert(draft, &id)?;
    let is_wanted = match id.incident.is_storm() {
        true => !chat::subscriptions(draft, &id.chat)?.is_empty(),
        false => is_wanted(draft, &id, &category, alert.is_some(), now)?,
    };
    if !is_wanted {
        return Ok(Fate::Unwanted);
    }
    // One that is under way already tells all that the letter would.
    if !draft.has(&keys::delivery(&id))? {
        if alert.is_some_and(|alert| progress.is_told_by(&alert)) {
            return Ok(Fate::Told);
        }
        let fresh = DeliveryRecord::new(category, progress.urgency, now, now);
        outbox::enqueue(draft, &id, fresh)?;
    }
    Ok(Fate::Due)
}

/// Whether a chat wants to hear of an incident, as it is when one is claimed.
fn is_wanted(
    draft: &Draft<'_>,
    id: &DeliveryId,
    category: &str,
    is_known: bool,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Some(subscription) = chat::subscription_for(draft, id, category)? else { return Ok(false) };
    let Some(incident) = incident::load(draft, &id.incident)? else { return Ok(false) };
    Ok(is_known || (subscription.filter.admits(&incident) && !mutes::is_muted(draft, &id.chat, &incident, now)?))
}

/// See [`crate::store::Store::discard`].
pub(super) fn discard(draft: &mut Draft<'_>, letters: &[u64]) -> Result<usize, StoreError> {
    let mut dropped = 0;
    for number in letters {
        let key = keys::dead(*number);
        let Some(bytes) = draft.get(&key)? else { continue };
        let dead: DeadRecord = decode(&key.0, &bytes)?;
        remove(draft, *number)?;
        dropped += 1;
        let id = chat::present(draft, &DeliveryId { chat: dead.chat.0, incident: dead.incident.0 })?;
        // Nothing is left of a storm that is over but its letter.
        if id.incident.is_storm() && !draft.has(&keys::delivery(&id))? {
            storms::end_if_over(draft, &id)?;
        }
    }
    Ok(dropped)
}

pub(super) fn remove(draft: &mut Draft<'_>, number: u64) -> Result<(), StoreError> {
    if draft.remove(&keys::dead(number))? {
        draft.counters.dead = draft.counters.dead.saturating_sub(1);
    }
    Ok(())
}
