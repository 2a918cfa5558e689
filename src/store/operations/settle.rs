//! Settling claimed deliveries.

use chrono::{DateTime, Utc};

use crate::{
    domain::Alert,
    store::{
        DeliveryId, Outcome, Settled, StoreError,
        keyed::Draft,
        keys,
        operations::{agenda, chat, incident, outbox, storms, suspend},
        record::{DeadRecord, DeliveryRecord, ProgressRecord, Word, encode},
    },
};

/// How many dead letters are kept; beyond that the oldest goes.
const DEAD_LETTERS: usize = 10_000;

/// See [`crate::store::Store::settle`].
pub(super) fn settle(
    draft: &mut Draft<'_>,
    claimed: &DeliveryId,
    number: u64,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    let id = &chat::whereabouts(draft, claimed, number)?;
    let has_moved = id.chat != claimed.chat;
    // Without a record the chat is gone or has lost interest meanwhile, and nothing is left to tell it. What is held by
    // another claim, or waits for one, goes on by that.
    let unsettled = outbox::held(draft, id, number)?;
    if !has_moved && let Some(settled) = suspend::settle(draft, id, outcome, unsettled.as_ref(), now)? {
        return Ok(settled);
    }
    match (outcome, unsettled) {
        (Outcome::ChatMoved { to }, unsettled) if !has_moved && id.chat != *to => {
            let settled = try_again(draft, id, unsettled, now)?;
            chat::relocate(draft, &id.chat, to, now)?;
            Ok(settled)
        }
        // What is said of the address that a chat has left says nothing about the chat.
        (Outcome::ChatGone { .. } | Outcome::Barred { .. } | Outcome::ChatMoved { .. }, unsettled) => {
            try_again(draft, id, unsettled, now)
        }
        // The message that is gone stayed behind; none was known where the chat is now.
        (Outcome::MessageGone, unsettled) if has_moved => {
            try_again(draft, id, unsettled.map(DeliveryRecord::anew), now)
        }
        (Outcome::MessageGone, Some(_)) if knows_the_end(draft, id)? => finish(draft, id),
        (Outcome::MessageGone, Some(delivery)) => {
            draft.remove(&keys::alert(id))?;
            // Whoever was called by the alert that is gone knows of the incident: the next one calls nobody.
            try_again(draft, id, Some(DeliveryRecord { was_told: true, ..delivery.anew() }), now)
        }
        (Outcome::Retry { at, counted, is_in_doubt, reason }, Some(delivery)) => {
            let attempts = delivery.attempts.saturating_add(u32::from(*counted));
            let reason = reason.clone().or(delivery.reason);
            let is_in_doubt = *is_in_doubt || delivery.is_in_doubt;
            let delivery = DeliveryRecord { attempts, reason, is_in_doubt, ..delivery };
            try_again(draft, id, Some(if is_in_doubt { delivery } else { delivery.anew() }), *at)
        }
        (Outcome::Told(alert), Some(delivery)) if has_moved => {
            told(draft, id, delivery, &Alert { message: None, ..alert.clone() }, now)
        }
        (Outcome::Told(alert), Some(delivery)) => {
            let settled = told(draft, id, delivery, alert, now)?;
            suspend::arrived(draft, &id.chat, settled, now)
        }
        // A message went out all the same: where nothing is known to be told, it was this.
        (Outcome::Told(alert), None) if !has_moved && is_untold(draft, id)? => {
            chat::set_alert(draft, id, alert)?;
            suspend::arrived(draft, &id.chat, Settled::Finished, now)
        }
        (Outcome::Needless, Some(delivery)) => {
            let settled = end_try(draft, id, delivery, now)?;
            Ok(if suspend::keep_trying(draft, &id.chat, now)? { Settled::Waiting } else { settled })
        }
        (Outcome::Dead { reason }, Some(delivery)) => {
            bury(draft, id, &delivery, reason, now)?;
            give_up(draft, id, delivery, now)
        }
        (
            Outcome::Retry { .. } | Outcome::MessageGone | Outcome::Told(_) | Outcome::Needless | Outcome::Dead { .. },
            None,
        ) => Ok(Settled::Finished),
    }
}

/// Whether a delivery goes on by another claim, and its chat was told nothing yet as far as is known.
fn is_untold(draft: &Draft<'_>, id: &DeliveryId) -> Result<bool, StoreError> {
    Ok(!id.incident.is_digest() && draft.has(&keys::delivery(id))? && chat::alert(draft, id)?.is_none())
}

/// Whether the incident is over and the chat was told so. An alert that somebody removed is then not told anew.
fn knows_the_end(draft: &Draft<'_>, id: &DeliveryId) -> Result<bool, StoreError> {
    let Some(alert) = chat::alert(draft, id)? else { return Ok(false) };
    let progress = progress(draft, id)?;
    Ok(progress.is_none_or(|progress| progress.chapter.is_multiple_of(2) && alert.chapter >= progress.chapter))
}

/// The delivery is due at a time, still for the same revision.
fn try_again(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: Option<DeliveryRecord>,
    due: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    let Some(delivery) = delivery else { return Ok(Settled::Finished) };
    outbox::enqueue(draft, id, DeliveryRecord { due, ..delivery })?;
    Ok(Settled::Waiting)
}

/// Notes what the chat knows now. When that is not all, the rest is due at once.
fn told(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: DeliveryRecord,
    alert: &Alert,
    now: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    if id.incident.is_digest() {
        agenda::digest_told(draft, id, &delivery, now)?;
        return finish(draft, id);
    }
    chat::set_alert(draft, id, alert)?;
    match progress(draft, id)? {
        Some(progress) if !progress.is_told_by(alert) => {
            // A beginning or end that is still owed is as urgent as it was; what is only news about it is not.
            let is_owed = alert.chapter < progress.chapter;
            let urgency = if is_owed { delivery.urgency.min(progress.urgency) } else { progress.urgency };
            start_over(draft, id, DeliveryRecord { urgency, ..delivery }, now)
        }
        Some(_) | None => finish(draft, id),
    }
}

/// Ends what was tried. When the incident has moved on since, its news is due at once.
fn end_try(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: DeliveryRecord,
    now: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    match news_since(draft, id, &delivery)? {
        Some(urgency) => start_over(draft, id, DeliveryRecord { urgency, ..delivery }, now),
        None => finish(draft, id),
    }
}

/// As [`end_try`], but what was tried was not told. A storm that is over stays for as long as there may be its dead letter.
fn give_up(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: DeliveryRecord,
    now: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    match news_since(draft, id, &delivery)? {
        Some(urgency) => start_over(draft, id, DeliveryRecord { urgency, ..delivery }, now),
        None => {
            outbox::remove(draft, id)?;
            Ok(Settled::Finished)
        }
    }
}

/// How urgent it is what has happened since the delivery was tried; `None`: nothing has.
fn news_since(draft: &Draft<'_>, id: &DeliveryId, delivery: &DeliveryRecord) -> Result<Option<u8>, StoreError> {
    let tried = delivery.fixed.map_or(0, |fixed| fixed.revision);
    Ok(progress(draft, id)?.filter(|progress| progress.revision > tried).map(|progress| progress.urgency))
}

fn start_over(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: DeliveryRecord,
    now: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    // What happens to a storm while it goes on is told together with what else happens within a moment.
    let is_gathered = id.incident.is_storm() && storms::storm(draft, id)?.is_some_and(|storm| !storm.is_over());
    let due = if is_gathered { storms::due(now) } else { now };
    let fresh = DeliveryRecord { attempts: 0, since: now, due, bar: None, reason: None, ..delivery.anew() };
    outbox::enqueue(draft, id, fresh)?;
    Ok(Settled::Waiting)
}

/// How far what the delivery is about has come.
pub(super) fn progress(draft: &Draft<'_>, id: &DeliveryId) -> Result<Option<ProgressRecord>, StoreError> {
    match id.incident.is_storm() {
        true => Ok(storms::storm(draft, id)?.map(|storm| storm.progress())),
        false => incident::progress(draft, &id.incident),
    }
}

fn finish(draft: &mut Draft<'_>, id: &DeliveryId) -> Result<Settled, StoreError> {
    outbox::remove(draft, id)?;
    if id.incident.is_storm() {
        storms::end_if_over(draft, id)?;
    }
    Ok(Settled::Finished)
}

fn bury(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: &DeliveryRecord,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if draft.counters.dead >= DEAD_LETTERS {
        for (key, _) in draft.scan(&keys::all_dead(), 1)? {
            draft.remove(&keys::Key(key))?;
            draft.counters.dead -= 1;
        }
    }
    let dead = DeadRecord {
        chat: Word(id.chat.clone()),
        incident: Word(id.incident.clone()),
        revision: delivery.fixed.map(|fixed| fixed.revision),
        category: Some(delivery.category.clone()),
        attempts: delivery.attempts,
        since: delivery.since,
        at: now,
        reason: reason.to_owned(),
    };
    draft.counters.dead += 1;
    let sequence = draft.counters.next();
    draft.put(&keys::dead(sequence), &encode(&dead))
}
