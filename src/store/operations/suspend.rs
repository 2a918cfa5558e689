//! Chats that rest because nothing can be written there.
//!
//! A chat that rests keeps its subscriptions and what it was told. Each of its subscriptions says that it rests, so that
//! fan-outs pass by without another look. It has no deliveries, but for a single one where the platform may not say when the
//! chat can be written to again: a try, which has a bar. When the chat goes on, what it was told is brought up to date, and it
//! is told what began meanwhile and goes on; what began and ended meanwhile is history.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain::{ChatId, Incident, Platform, Resumption, ServiceId, Topic},
    store::{
        DeliveryId, Ended, Outcome, Settled, StoreError,
        keyed::Draft,
        keys,
        operations::{chat, incident, mutes, outbox, storms},
        record::{
            AlertRecord, BarRecord, DeliveryRecord, HeadRecord, ProgressRecord, State, SubscriptionRecord,
            SuspensionRecord, SuspensionStateRecord, Word, decode, encode,
        },
    },
};

/// Chats that begin or end to rest at once, so that nobody else waits long while many do together.
const AT_ONCE: usize = 64;

/// Deliveries of a chat that are kept in mind at most.
const MOST_DOUBTFUL: usize = 64;

/// When something else is tried after a try that came to nothing.
const NEXT_TRY: TimeDelta = TimeDelta::seconds(60);

/// A chat is not tried again sooner than this, however often something there changes.
const BETWEEN_TRIES: TimeDelta = TimeDelta::seconds(5);

/// That the chat rests, or that it did and nobody there was told.
pub(super) fn known(draft: &Draft<'_>, chat: &ChatId) -> Result<Option<SuspensionRecord>, StoreError> {
    let key = keys::suspension(chat);
    draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
}

/// That the chat rests.
fn on(draft: &Draft<'_>, chat: &ChatId) -> Result<Option<SuspensionRecord>, StoreError> {
    Ok(known(draft, chat)?.filter(SuspensionRecord::is_on))
}

/// Whether the chat rests.
pub(super) fn rests(draft: &Draft<'_>, chat: &ChatId) -> Result<bool, StoreError> {
    Ok(on(draft, chat)?.is_some())
}

fn put(draft: &mut Draft<'_>, chat: &ChatId, record: &SuspensionRecord) -> Result<(), StoreError> {
    if record.is_on() {
        draft.mark(&keys::suspended_at(record.since, chat))?;
    }
    draft.put(&keys::suspension(chat), &encode(record))
}

/// Forgets that the chat rests or rested. What its subscriptions say is left.
pub(super) fn forget(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    if let Some(record) = known(draft, chat)? {
        draft.remove(&keys::suspended_at(record.since, chat))?;
        draft.remove(&keys::suspension(chat))?;
    }
    Ok(())
}

/// Writes into each of the chat's subscriptions whether it rests.
fn mark_subscriptions(draft: &mut Draft<'_>, chat: &ChatId, rests: bool) -> Result<(), StoreError> {
    for topic in chat::topics(draft, chat)? {
        let key = keys::subscription(&topic, chat);
        if let Some(bytes) = draft.get(&key)? {
            let mut record: SubscriptionRecord = decode(&key.0, &bytes)?;
            record.rests = rests;
            draft.put(&key, &encode(&record))?;
        }
    }
    Ok(())
}

/// Settles what a chat that rests, or does from now on, is settled differently; `None`: as others are.
pub(super) fn settle(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    outcome: &Outcome,
    unsettled: Option<&DeliveryRecord>,
    now: DateTime<Utc>,
) -> Result<Option<Settled>, StoreError> {
    match (outcome, unsettled) {
        (Outcome::ChatGone { reason }, _) => {
            begin(draft, &id.chat, SuspensionStateRecord::Gone, reason, now)?;
            let_go(draft, id, false)?;
            forget_untold(draft, &id.chat, |_| true)?;
            Ok(Some(Settled::Suspended))
        }
        (Outcome::Barred { at, reason }, Some(delivery)) => {
            bar(draft, id, delivery.clone(), *at, reason, now).map(Some)
        }
        (Outcome::Retry { is_in_doubt, .. }, Some(delivery)) if is_unwanted(draft, id, delivery)? => {
            let_go_late(draft, id, *is_in_doubt)?;
            let is_tried = keep_trying(draft, &id.chat, now)?;
            Ok(Some(if is_tried { Settled::Waiting } else { Settled::Finished }))
        }
        (
            Outcome::Told(_)
            | Outcome::Needless
            | Outcome::Retry { .. }
            | Outcome::Barred { .. }
            | Outcome::MessageGone
            | Outcome::Dead { .. }
            | Outcome::ChatMoved { .. },
            _,
        ) => Ok(None),
    }
}

/// Whether a delivery is of a chat that rests, and no try.
pub(super) fn is_unwanted(draft: &Draft<'_>, id: &DeliveryId, delivery: &DeliveryRecord) -> Result<bool, StoreError> {
    Ok(match on(draft, &id.chat)? {
        None => false,
        Some(record) => record.state == SuspensionStateRecord::Gone || delivery.bar.is_none(),
    })
}

/// The chat rests from now on, or goes on to for another reason. What waits for it is let go; what is being sent is not.
fn begin(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    state: SuspensionStateRecord,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let reason = reason.to_owned();
    let record = match known(draft, chat)? {
        Some(before) if before.is_on() => SuspensionRecord { state, reason, ..before },
        // What was told of the last time is less than what is told of this one.
        Some(_) | None => {
            mark_subscriptions(draft, chat, true)?;
            SuspensionRecord::new(state, reason, now)
        }
    };
    put(draft, chat, &record)?;
    for (id, delivery) in outbox::deliveries(draft, chat)? {
        if delivery.state != State::Claimed {
            let_go(draft, &id, false)?;
        }
    }
    forget_untold(draft, chat, |_| true)
}

/// Removes a delivery of a chat that rests. What it was about is told when the chat goes on, if it goes on then. What may have
/// arrived, or was told and removed, is kept in mind: that story is told to its end in any case. `may_have_arrived`: this very
/// try may have.
fn let_go(draft: &mut Draft<'_>, id: &DeliveryId, may_have_arrived: bool) -> Result<(), StoreError> {
    let Some(delivery) = outbox::delivery(draft, id)? else { return Ok(()) };
    outbox::remove(draft, id)?;
    let may_have_arrived = may_have_arrived || delivery.is_in_doubt || delivery.state != State::Claimed;
    if delivery.fixed.is_some() && may_have_arrived {
        return keep_in_mind(draft, id, DeliveryRecord { is_in_doubt: true, ..delivery });
    }
    if draft.has(&keys::alert(id))? {
        return Ok(());
    }
    if delivery.was_told {
        return keep_in_mind(draft, id, delivery.anew());
    }
    if !id.incident.is_storm()
        && let Some(incident) = incident::load(draft, &id.incident)?
    {
        miss(draft, &id.chat, Some(incident.turned_at))?;
    }
    Ok(())
}

/// As [`let_go`], for what was still on its way when the chat began to rest: a storm among it that surely has not arrived is
/// forgotten only now.
pub(super) fn let_go_late(draft: &mut Draft<'_>, id: &DeliveryId, may_have_arrived: bool) -> Result<(), StoreError> {
    let_go(draft, id, may_have_arrived)?;
    forget_untold(draft, &id.chat, |number| id.incident.is_storm() && id.incident.number == number)
}

/// Gives the delivery that is kept in mind under this name, if there is one; from now on it is not.
pub(super) fn recall(draft: &mut Draft<'_>, id: &DeliveryId) -> Result<Option<DeliveryRecord>, StoreError> {
    let Some(mut record) = on(draft, &id.chat)? else { return Ok(None) };
    let Some(place) = record.doubtful.iter().position(|(incident, _)| incident.0 == id.incident) else {
        return Ok(None);
    };
    let (_, delivery) = record.doubtful.remove(place);
    put(draft, &id.chat, &record)?;
    Ok(Some(delivery))
}

fn keep_in_mind(draft: &mut Draft<'_>, id: &DeliveryId, delivery: DeliveryRecord) -> Result<(), StoreError> {
    let Some(mut record) = on(draft, &id.chat)? else { return Ok(()) };
    record.doubtful.retain(|(incident, _)| incident.0 != id.incident);
    if record.doubtful.len() < MOST_DOUBTFUL {
        record.doubtful.push((Word(id.incident.clone()), delivery));
    }
    put(draft, &id.chat, &record)
}

/// A chat begins to rest: storms that it was surely not told of are forgotten, and their outages are as untold as any other.
fn forget_untold(draft: &mut Draft<'_>, chat: &ChatId, of: impl Fn(u32) -> bool) -> Result<(), StoreError> {
    let doubtful = on(draft, chat)?.map(|record| record.doubtful).unwrap_or_default();
    let storms = doubtful.iter().filter(|(incident, _)| incident.0.is_storm());
    let kept: Vec<u32> = storms.map(|(storm, _)| storm.0.number).collect();
    let untold = storms::forget_untold(draft, chat, |number| of(number) && !kept.contains(&number))?;
    miss(draft, chat, untold)
}

/// Something that began then was not told.
pub(super) fn miss(draft: &mut Draft<'_>, chat: &ChatId, at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    match (on(draft, chat)?, at) {
        (Some(record), Some(at)) if at < record.missed_from => {
            put(draft, chat, &SuspensionRecord { missed_from: at, ..record })
        }
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

/// The chat could not be written to: it rests, and this delivery is what tries it again.
fn bar(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: DeliveryRecord,
    due: DateTime<Utc>,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    begin(draft, &id.chat, SuspensionStateRecord::Barred, reason, now)?;
    let Some(record) = on(draft, &id.chat)? else { return Ok(Settled::Finished) };
    let record = SuspensionRecord { tries: record.tries.saturating_add(1), tried_at: now, ..record };
    put(draft, &id.chat, &record)?;
    // This try has not arrived; one before it may have.
    let delivery = if delivery.is_in_doubt { delivery } else { delivery.anew() };
    outbox::enqueue(draft, id, DeliveryRecord { bar: Some(bar_of(&record)), due, ..delivery })?;
    Ok(Settled::Waiting)
}

const fn bar_of(record: &SuspensionRecord) -> BarRecord {
    BarRecord::new(record.since, record.tries)
}

/// What becomes of news for a chat that rests.
pub(super) enum Passed {
    /// The chat does not rest after all.
    Not,
    /// Nothing: it is told when the chat goes on.
    By,
    /// Whether the chat can be written to is tried with it.
    Try(BarRecord),
}

/// A fan-out comes to a chat that rests and subscribed then.
pub(super) fn pass(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    incident: &Incident,
    progress: ProgressRecord,
    fresh: &DeliveryRecord,
    subscribed: DateTime<Utc>,
) -> Result<Passed, StoreError> {
    let Some(record) = on(draft, &id.chat)? else { return Ok(Passed::Not) };
    // It was on its way when the chat began to rest; or its beginning was, and this has taken the place of that.
    if fresh.since <= record.since || (incident.is_open() && incident.turned_at >= subscribed) {
        miss(draft, &id.chat, Some(incident.turned_at))?;
    }
    let deliveries = outbox::deliveries(draft, &id.chat)?;
    if record.state == SuspensionStateRecord::Gone || deliveries.iter().any(|(_, one)| one.state == State::Claimed) {
        return Ok(Passed::By);
    }
    let was_told = |draft: &Draft<'_>, id: &DeliveryId| draft.has(&keys::alert(id));
    let is_owed = chat::alert(draft, id)?.is_some_and(|alert| !progress.is_told_by(&alert));
    let Some((other, waiting)) = deliveries.into_iter().next() else {
        if record.doubtful.iter().any(|(doubtful, _)| doubtful.0 == id.incident) {
            enqueue_try(draft, id, fresh.clone(), &record, fresh.since)?;
            return Ok(Passed::By);
        }
        let is_worth_a_try = is_owed || incident.is_open();
        return Ok(if is_worth_a_try { Passed::Try(bar_of(&record)) } else { Passed::By });
    };
    // What people were told is the better try: it stays true that there is something to tell.
    if is_owed && !waiting.was_told && !was_told(draft, &other)? {
        let_go_late(draft, &other, false)?;
        enqueue_try(draft, id, fresh.clone(), &record, waiting.due)?;
    }
    Ok(Passed::By)
}

/// Whether a try has lost its sense: what it was to tell has ended and was never told.
pub(super) const fn is_stale(delivery: &DeliveryRecord, was_told: bool, is_open: bool) -> bool {
    delivery.bar.is_some() && delivery.fixed.is_none() && !was_told && !delivery.was_told && !is_open
}

/// A delivery has come to nothing without being sent. Where its chat rests and something else is to be told, that is the next
/// try; says whether there is one now.
pub(super) fn keep_trying(draft: &mut Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let Some(record) = on(draft, chat)?.filter(|record| record.state == SuspensionStateRecord::Barred) else {
        return Ok(false);
    };
    if draft.has_any(&keys::deliveries(chat))? {
        return Ok(false);
    }
    let Some((id, next)) = owed(draft, chat, &record, now)?.into_iter().next() else { return Ok(false) };
    let due = now.checked_add_signed(NEXT_TRY).unwrap_or(now);
    enqueue_try(draft, &id, next, &record, due)?;
    Ok(true)
}

/// All chats of a place rest from now on. Says whether that is done, or a part of them is left.
pub(super) fn suspend_place(
    draft: &mut Draft<'_>,
    platform: Platform,
    place: &str,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let place = keys::Place::of(platform, place);
    let mut chats = BTreeSet::new();
    for range in place.topics() {
        for (key, _) in draft.scan_all(&range)? {
            chats.insert(keys::topic_of(&key)?.0);
        }
    }
    for range in place.settings() {
        for (key, _) in draft.scan_all(&range)? {
            chats.insert(keys::chat_of(&key)?);
        }
    }
    let mut begun = 0;
    for chat in chats {
        if on(draft, &chat)?.is_some_and(|record| record.state == SuspensionStateRecord::Gone) {
            continue;
        }
        if begun == AT_ONCE {
            return Ok(false);
        }
        begin(draft, &chat, SuspensionStateRecord::Gone, reason, now)?;
        begun += 1;
    }
    Ok(true)
}

/// The chats at a place that rest or rested; of the place alone, or also below it.
pub(super) fn at(draft: &Draft<'_>, platform: Platform, place: &str, below: bool) -> Result<Vec<ChatId>, StoreError> {
    let [itself, all_below] = keys::Place::of(platform, place).suspensions();
    let mut chats = Vec::new();
    for range in std::iter::once(itself).chain(below.then_some(all_below)) {
        for (key, _) in draft.scan_all(&range)? {
            chats.push(keys::chat_of(&key)?);
        }
    }
    Ok(chats)
}

/// What rests at a place goes on. Says whether that is done, or a part of it is left.
pub(super) fn resume_place(
    draft: &mut Draft<'_>,
    platform: Platform,
    place: &str,
    why: Resumption,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let (below, is_sure, is_told) = match why {
        Resumption::Here => (false, true, false),
        Resumption::HereAndBelow => (true, true, false),
        Resumption::Perhaps => (true, false, false),
        Resumption::Asked => (false, false, true),
        Resumption::Joined => (true, true, true),
    };
    let mut resumed = 0;
    for chat in at(draft, platform, place, below)? {
        let Some(record) = known(draft, &chat)? else { continue };
        if record.is_on() {
            // Those that are only tried are the same the next time; for them once is enough.
            if resumed == AT_ONCE {
                return Ok(!is_sure);
            }
            resumed += 1;
            if is_sure || record.state == SuspensionStateRecord::Gone {
                resume(draft, &chat, now)?;
            } else {
                try_now(draft, &chat, &record, now)?;
                continue;
            }
        }
        if is_told && *chat.address == *place {
            forget(draft, &chat)?;
        }
    }
    Ok(true)
}

/// The chat can be written to again: what it is owed is due now. Says whether it rested.
pub(super) fn resume(draft: &mut Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let Some(record) = on(draft, chat)? else { return Ok(false) };
    forget(draft, chat)?;
    put(
        draft,
        chat,
        &SuspensionRecord { state: SuspensionStateRecord::Over(now), doubtful: Vec::new(), ..record.clone() },
    )?;
    mark_subscriptions(draft, chat, false)?;
    for (id, delivery) in outbox::deliveries(draft, chat)? {
        if delivery.state != State::Claimed {
            outbox::enqueue(draft, &id, DeliveryRecord { bar: None, due: now, ..delivery })?;
        }
    }
    for (id, delivery) in owed(draft, chat, &record, now)? {
        outbox::enqueue(draft, &id, delivery)?;
    }
    storms::go_on(draft, chat, now)?;
    Ok(true)
}

/// Something has changed there: the next try is due at once, unless the last one has just been.
fn try_now(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    record: &SuspensionRecord,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let due = record.tried_at.checked_add_signed(BETWEEN_TRIES).map_or(now, |earliest| earliest.max(now));
    let next = match outbox::deliveries(draft, chat)?.into_iter().next() {
        Some((_, delivery)) if delivery.state == State::Claimed || delivery.due <= due => return Ok(()),
        Some((id, delivery)) => Some((id, delivery)),
        None => owed(draft, chat, record, now)?.into_iter().next(),
    };
    next.map_or(Ok(()), |(id, delivery)| enqueue_try(draft, &id, delivery, record, due))
}

/// A delivery tries a chat that rests.
fn enqueue_try(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: DeliveryRecord,
    record: &SuspensionRecord,
    due: DateTime<Utc>,
) -> Result<(), StoreError> {
    let delivery = match recall(draft, id)? {
        Some(kept) => DeliveryRecord { since: delivery.since, urgency: delivery.urgency, ..kept },
        None => delivery,
    };
    outbox::enqueue(draft, id, DeliveryRecord { bar: Some(bar_of(record)), due, ..delivery })
}

/// What a chat that rests, or did until now, would have to be told, the most urgent first: what is new of what it was told,
/// and what began meanwhile and goes on, where it wants to hear of that.
fn owed(
    draft: &Draft<'_>,
    chat: &ChatId,
    record: &SuspensionRecord,
    now: DateTime<Utc>,
) -> Result<Vec<(DeliveryId, DeliveryRecord)>, StoreError> {
    let mut owed = Vec::new();
    let is_doubtful = |id: &DeliveryId| record.doubtful.iter().any(|(incident, _)| incident.0 == id.incident);
    for (key, bytes) in draft.scan_all(&keys::alerts(chat))? {
        let id = keys::delivery_id(&key)?;
        if id.incident.is_storm() || is_doubtful(&id) {
            continue;
        }
        let alert = decode::<AlertRecord>(&key, &bytes)?.into_alert();
        let Some(progress) = incident::progress(draft, &id.incident)? else { continue };
        // News that the alert itself shows already is not told late.
        if alert.shown >= progress.revision && alert.chapter >= progress.chapter {
            continue;
        }
        let is_over = |chapter: u32| chapter.is_multiple_of(2);
        if is_over(progress.chapter) && is_over(alert.chapter) && alert.message.is_none() {
            // Nothing there can be changed, and that it is over is known.
            continue;
        }
        let category = chat::likely_category(draft, &id)?;
        if chat::subscription_for(draft, &id, &category)?.is_some() {
            owed.push((id, progress.urgency, category));
        }
    }
    for (service, category) in services(draft, chat)? {
        for (key, _) in draft.scan_all(&keys::all_kept(&service))? {
            let id = DeliveryId { chat: chat.clone(), incident: keys::kept_incident(&key)? };
            let progress = incident::progress(draft, &id.incident)?;
            let Some(progress) = progress.filter(|progress| !progress.chapter.is_multiple_of(2)) else { continue };
            if is_doubtful(&id) || draft.has(&keys::alert(&id))? {
                continue;
            }
            let began_meanwhile = |incident: &Incident| {
                incident.is_open() && !incident.is_notice() && incident.turned_at >= record.missed_from
            };
            let Some(incident) = incident::load(draft, &id.incident)?.filter(began_meanwhile) else { continue };
            let subscription = chat::subscription_for(draft, &id, &category)?;
            let is_admitted = subscription.is_some_and(|subscription| subscription.filter.admits(&incident));
            if is_admitted && !mutes::is_muted(draft, chat, &incident, now)? {
                owed.push((id, progress.urgency, category.clone()));
            }
        }
    }
    owed.sort_by_key(|(_, urgency, _)| *urgency);
    let mut deliveries = Vec::with_capacity(owed.len() + record.doubtful.len());
    for (incident, delivery) in &record.doubtful {
        let id = DeliveryId { chat: chat.clone(), incident: incident.0.clone() };
        if !draft.has(&keys::delivery(&id))? {
            deliveries.push((id, DeliveryRecord { bar: None, since: now, due: now, ..delivery.clone() }));
        }
    }
    for (id, urgency, category) in owed {
        if !draft.has(&keys::delivery(&id))? {
            deliveries.push((id, DeliveryRecord::new(category, urgency, now, now)));
        }
    }
    Ok(deliveries)
}

/// The services that a chat hears about, each with its category.
pub(super) fn services(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<(ServiceId, String)>, StoreError> {
    let topics: BTreeSet<Topic> = chat::topics(draft, chat)?.into_iter().collect();
    let mut services = Vec::new();
    for (key, bytes) in draft.scan_all(&keys::heads())? {
        let service = keys::head_service(&key)?;
        let HeadRecord { category, .. } = decode(&key, &bytes)?;
        let is_wanted =
            topics.contains(&Topic::Service(service.clone())) || topics.contains(&Topic::Category(category.clone()));
        if is_wanted {
            services.push((service, category));
        }
    }
    Ok(services)
}

/// Ends the chats that have rested since then or longer, and forgets all that is known of them; a few at a time.
pub(super) fn end_old(draft: &mut Draft<'_>, since: DateTime<Utc>) -> Result<Vec<Ended>, StoreError> {
    let mut ended = Vec::new();
    for (key, _) in draft.scan(&keys::suspended_until(since), AT_ONCE)? {
        let (begun, chat) = keys::suspended(&key)?;
        let Some(record) = on(draft, &chat)?.filter(|record| record.since == begun) else {
            draft.remove(&keys::Key(key))?;
            continue;
        };
        let subscriptions = chat::end(draft, &chat)?;
        draft.remove(&keys::settings(&chat))?;
        ended.push(Ended { chat, subscriptions, suspension: record.into_suspension() });
    }
    Ok(ended)
}

/// What can be said of a suspension whose record is lost: that there is one, and since when.
pub(super) fn rebuild(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    for (key, _) in draft.scan_all(&keys::all_suspended())? {
        let (since, found) = keys::suspended(&key)?;
        if found == *chat {
            let reason = "what the platform said is lost".to_owned();
            let record = SuspensionRecord::new(SuspensionStateRecord::Barred, reason, since);
            return put(draft, chat, &record);
        }
    }
    Ok(())
}

/// See [`crate::store::Store::settle`]: a message that arrived says that the chat can be written to.
pub(super) fn arrived(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    settled: Settled,
    now: DateTime<Utc>,
) -> Result<Settled, StoreError> {
    Ok(if resume(draft, chat, now)? { Settled::Waiting } else { settled })
}
