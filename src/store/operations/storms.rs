//! Many outages at once in one chat: which are told together, and what of that is told.
//!
//! A storm is told as an incident is: it has a delivery and an alert of its own under [`IncidentId::of_storm`], a
//! revision for each thing that happens to one of its outages, and a chapter for each time that all are over or one is
//! not any more. What the chat was told of an outage of a storm is noted as of an incident whose message stayed behind, so
//! that it goes on by itself, as one that is known, when the storm is over.

use std::cmp::Reverse;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain::{Alert, ChatId, Condition, Incident, IncidentId, Occasion, Severity, StormRule, Subscription, Topic},
    store::{
        DeliveryId, StoreError,
        keyed::Draft,
        keys,
        operations::{chat, incident, outbox, suspend},
        record::{
            DeliveryRecord, MemberRecord, ProgressRecord, State, StormRecord, WeatherRecord, Word, decode, encode,
        },
    },
};

/// How long a storm waits for more before it is told, so that many changes are one message.
pub(super) const GATHERING: TimeDelta = TimeDelta::seconds(3);

/// Outages that one storm tells; those beyond make another one.
const MOST_MEMBERS: usize = 1_000;

/// Storms of one chat at the same time; for one more, what is left of another goes on by itself.
const MOST_STORMS: usize = 8;

/// An outage as one chat is to be told of it.
pub(super) struct Telling<'a> {
    pub(super) id: &'a DeliveryId,
    pub(super) category: &'a str,
    pub(super) incident: &'a Incident,
    pub(super) progress: ProgressRecord,
}

/// Notes that an outage begins for a chat, and says whether it is told in a storm rather than by itself.
pub(super) fn takes(
    draft: &mut Draft<'_>,
    rule: StormRule,
    telling: &Telling<'_>,
    subscription: &Subscription,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let chat = &telling.id.chat;
    let within = TimeDelta::from_std(rule.within).unwrap_or(TimeDelta::MAX);
    let is_recent = |time: DateTime<Utc>| time <= now && now - time <= within;
    let mut weather = weather(draft, chat)?.unwrap_or_default();
    weather.recent.retain(|time| is_recent(*time));
    let is_stormy = weather.recent.len() >= rule.outages;
    weather.recent.push(now);
    let surplus = weather.recent.len().saturating_sub(rule.outages);
    weather.recent.drain(..surplus);
    let takes_more = |storm: &&StormRecord| is_recent(storm.joined) && storm.size() < MOST_MEMBERS;
    let storm = match weather.storms.last().filter(takes_more).map(|storm| storm.number) {
        Some(number) => number,
        None if is_stormy => {
            if weather.storms.len() >= MOST_STORMS {
                let Some(place) = dispensable(draft, chat, &weather)? else {
                    put_weather(draft, chat, &weather)?;
                    return Ok(false);
                };
                let storm = weather.storms.remove(place);
                scatter(draft, chat, chat, storm.number, now)?;
                remove(draft, &delivery_of(chat, storm.number))?;
            }
            weather.last = weather.last.saturating_add(1);
            weather.storms.push(StormRecord::new(weather.last, subscription.topic.clone(), now));
            weather.last
        }
        None => {
            put_weather(draft, chat, &weather)?;
            return Ok(false);
        }
    };
    if let Some(storm) = find(&mut weather, storm) {
        storm.joined = now;
        if telling.incident.is_open() && storm.mention.is_none() {
            storm.mention.clone_from(&subscription.mention);
        }
        hear(draft, storm, None, telling)?;
        arrange(draft, chat, storm, now)?;
    }
    put_weather(draft, chat, &weather)?;
    Ok(true)
}

/// Tells a chat together what goes on since before now, by one storm more, and says whether there is room for that. Nothing
/// that begins later joins it. Those of `mention` are called.
pub(super) fn gather(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    tellings: &[Telling<'_>],
    (occasion, topic, mention): (Occasion, Topic, Option<String>),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let mut weather = weather(draft, chat)?.unwrap_or_default();
    if weather.storms.len() >= MOST_STORMS {
        return Ok(false);
    }
    weather.last = weather.last.saturating_add(1);
    let mut storm = StormRecord::new(weather.last, topic, now);
    storm.joined = DateTime::UNIX_EPOCH;
    storm.occasion = Word(occasion);
    storm.mention = mention;
    for telling in tellings {
        hear(draft, &mut storm, None, telling)?;
    }
    arrange(draft, chat, &storm, now)?;
    // In front of the others: the last one is that which others may join.
    weather.storms.insert(0, storm);
    put_weather(draft, chat, &weather)?;
    Ok(true)
}

/// Which storm of a chat has to go for another one: the oldest of those that were told, or else that wait. `None` while each
/// is being sent.
fn dispensable(draft: &Draft<'_>, chat: &ChatId, weather: &WeatherRecord) -> Result<Option<usize>, StoreError> {
    let mut waiting = None;
    for (place, storm) in weather.storms.iter().enumerate() {
        match outbox::delivery(draft, &delivery_of(chat, storm.number))?.map(|delivery| delivery.state) {
            None => return Ok(Some(place)),
            Some(State::Waiting { .. }) => waiting = waiting.or(Some(place)),
            Some(State::Claimed) => {}
        }
    }
    Ok(waiting)
}

/// A storm ends before all was told: each of its outages of which the chat knows nothing, or not all, is told by itself,
/// at the chat's address `to`.
fn scatter(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    to: &ChatId,
    number: u32,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let shown = chat::alert(draft, &delivery_of(chat, number))?.map_or(0, |alert| alert.shown);
    for (incident, member) in all_members(draft, chat)? {
        if member.storm != number || member.noted <= shown {
            continue;
        }
        let Some(progress) = incident::progress(draft, &incident)? else { continue };
        draft.remove(&keys::alert(&DeliveryId { chat: chat.clone(), incident: incident.clone() }))?;
        let id = DeliveryId { chat: to.clone(), incident };
        let is_known_there = chat != to && chat::alert(draft, &id)?.is_some();
        if !is_known_there && !draft.has(&keys::delivery(&id))? {
            // It was counted when it joined.
            let delivery = DeliveryRecord::new(member.category, progress.urgency, now, now);
            outbox::enqueue(draft, &id, DeliveryRecord { is_counted: true, ..delivery })?;
        }
    }
    Ok(())
}

/// Notes what is new of an outage that a storm tells, and says whether there is such a storm. One whose service is watched
/// no more leaves its storm and is told by itself: nobody would ever know that it is over, and the storm would not end.
pub(super) fn hears(draft: &mut Draft<'_>, telling: &Telling<'_>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let id = telling.id;
    let Some(member) = member(draft, id)? else { return Ok(false) };
    let Some(mut weather) = weather(draft, &id.chat)? else { return Ok(false) };
    let Some(storm) = find(&mut weather, member.storm) else { return Ok(false) };
    if telling.incident.is_left() {
        detach(draft, id, &member, weather, now)?;
        return Ok(false);
    }
    hear(draft, storm, Some(&member), telling)?;
    arrange(draft, &id.chat, storm, now)?;
    put_weather(draft, &id.chat, &weather)?;
    Ok(true)
}

/// An outage goes on by itself, and the storm without it.
fn detach(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    member: &MemberRecord,
    mut weather: WeatherRecord,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let chat = &id.chat;
    draft.remove(&keys::member(id))?;
    if let Some(storm) = find(&mut weather, member.storm) {
        storm.subtract(member.chapter);
        storm.turn();
        if storm.size() > 0 {
            arrange(draft, chat, storm, now)?;
        } else {
            weather.storms.retain(|storm| storm.number != member.storm);
            remove(draft, &delivery_of(chat, member.storm))?;
        }
    }
    put_weather(draft, chat, &weather)
}

/// A storm hears of an outage for the first time, or what is new of it.
fn hear(
    draft: &mut Draft<'_>,
    storm: &mut StormRecord,
    before: Option<&MemberRecord>,
    telling: &Telling<'_>,
) -> Result<(), StoreError> {
    let ProgressRecord { revision, chapter, .. } = telling.progress;
    if let Some(before) = before {
        storm.subtract(before.chapter);
    }
    storm.add(chapter);
    storm.learn(telling.incident);
    storm.turn();
    let member = MemberRecord {
        storm: storm.number,
        revision,
        chapter,
        noted: storm.revision,
        impact: Word(telling.incident.impact),
        category: telling.category.to_owned(),
    };
    draft.put(&keys::member(telling.id), &encode(&member))?;
    // The storm tells it, whatever becomes of its message.
    chat::set_alert(draft, telling.id, &Alert { message: None, shown: revision, chapter, announced: revision })
}

/// What happens to a storm is told, together with what else happens within a moment.
pub(super) fn arrange(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    storm: &StormRecord,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = delivery_of(chat, storm.number);
    let ProgressRecord { urgency, .. } = storm.progress();
    match outbox::delivery(draft, &id)? {
        Some(waiting) if urgency < waiting.urgency && waiting.state != State::Claimed => {
            outbox::insert(draft, &id, DeliveryRecord { urgency, ..waiting })
        }
        Some(_) => Ok(()),
        None => {
            let fresh = DeliveryRecord::of_storm(urgency, now, due(now));
            let delivery = match suspend::recall(draft, &id)? {
                Some(kept) => DeliveryRecord { urgency, since: fresh.since, due: fresh.due, bar: None, ..kept },
                None => fresh,
            };
            outbox::enqueue(draft, &id, delivery)
        }
    }
}

/// When something that happens to a storm now is told.
pub(super) fn due(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_add_signed(GATHERING).unwrap_or(now)
}

/// The name of a storm's delivery.
fn delivery_of(chat: &ChatId, number: u32) -> DeliveryId {
    DeliveryId { chat: chat.clone(), incident: IncidentId::of_storm(number) }
}

/// The storm that a delivery is about.
pub(super) fn storm(draft: &Draft<'_>, id: &DeliveryId) -> Result<Option<StormRecord>, StoreError> {
    let storms = weather(draft, &id.chat)?.unwrap_or_default().storms;
    Ok(storms.into_iter().find(|storm| storm.number == id.incident.number))
}

/// The outages of a storm: those that go on first, the worst first.
pub(super) fn members(
    draft: &Draft<'_>,
    chat: &ChatId,
    number: u32,
) -> Result<Vec<(IncidentId, MemberRecord)>, StoreError> {
    let mut members = all_members(draft, chat)?;
    members.retain(|(_, member)| member.storm == number);
    let rank = |member: &MemberRecord| (Reverse(member.is_open()), Reverse(severity(member)), Reverse(member.noted));
    members.sort_by(|(one_id, one), (other_id, other)| rank(one).cmp(&rank(other)).then_with(|| one_id.cmp(other_id)));
    Ok(members)
}

/// How bad an outage is that goes on; what is over is ranked by when it ended.
fn severity(member: &MemberRecord) -> Option<Severity> {
    let Word(impact) = member.impact;
    impact.severity().or(Condition::Degraded.severity()).filter(|_| member.is_open())
}

/// A storm that was told to its end, or that nothing belongs to, is forgotten. Its outages go on by themselves.
pub(super) fn end_if_over(draft: &mut Draft<'_>, id: &DeliveryId) -> Result<(), StoreError> {
    let Some(mut weather) = weather(draft, &id.chat)? else { return Ok(()) };
    let number = id.incident.number;
    if weather.storms.iter().any(|storm| storm.number == number && !storm.is_over()) {
        return Ok(());
    }
    weather.storms.retain(|storm| storm.number != number);
    remove(draft, id)?;
    put_weather(draft, &id.chat, &weather)
}

/// A chat begins to rest: storms that it was not told of are forgotten, so that their outages are as untold as any other.
/// Says when the first of these began. Only those are looked at of whose number `may_go` says so: others may have been told.
pub(super) fn forget_untold(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    may_go: impl Fn(u32) -> bool,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let Some(mut weather) = weather(draft, chat)? else { return Ok(None) };
    let mut untold = Vec::new();
    for storm in &weather.storms {
        let id = delivery_of(chat, storm.number);
        let is_under_way = outbox::delivery(draft, &id)?.is_some_and(|delivery| delivery.state == State::Claimed);
        if !is_under_way && may_go(storm.number) && !draft.has(&keys::alert(&id))? {
            untold.push(storm.number);
        }
    }
    let mut first: Option<DateTime<Utc>> = None;
    for (outage, member) in all_members(draft, chat)? {
        if untold.contains(&member.storm) {
            draft.remove(&keys::alert(&DeliveryId { chat: chat.clone(), incident: outage.clone() }))?;
            if let Some(Incident { turned_at, .. }) = incident::load(draft, &outage)? {
                first = Some(first.map_or(turned_at, |first| first.min(turned_at)));
            }
        }
    }
    for number in &untold {
        remove(draft, &delivery_of(chat, *number))?;
    }
    weather.storms.retain(|storm| !untold.contains(&storm.number));
    put_weather(draft, chat, &weather)?;
    Ok(first)
}

/// A chat that rested goes on: what is new of its storms is told.
pub(super) fn go_on(draft: &mut Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
    for storm in weather(draft, chat)?.unwrap_or_default().storms {
        let alert = chat::alert(draft, &delivery_of(chat, storm.number))?;
        if alert.is_none_or(|alert| !storm.progress().is_told_by(&alert)) {
            arrange(draft, chat, &storm, now)?;
        }
    }
    Ok(())
}

/// Removes what there is of a storm beside its record. What is being sent is settled as one that nobody waits for.
fn remove(draft: &mut Draft<'_>, id: &DeliveryId) -> Result<(), StoreError> {
    for (incident, member) in all_members(draft, &id.chat)? {
        if member.storm == id.incident.number {
            draft.remove(&keys::member(&DeliveryId { incident, ..id.clone() }))?;
        }
    }
    draft.remove(&keys::alert(id))?;
    if outbox::delivery(draft, id)?.is_some_and(|delivery| delivery.state != State::Claimed) {
        outbox::remove(draft, id)?;
    }
    Ok(())
}

/// The storms of a chat lose the outages that no subscription asks for any more.
pub(super) fn drop_unwanted(draft: &mut Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut touched = Vec::new();
    let Some(mut weather) = weather(draft, chat)? else { return Ok(()) };
    for (incident, member) in all_members(draft, chat)? {
        let id = DeliveryId { chat: chat.clone(), incident };
        if chat::subscription_for(draft, &id, &member.category)?.is_some() {
            continue;
        }
        draft.remove(&keys::member(&id))?;
        if let Some(storm) = find(&mut weather, member.storm) {
            storm.subtract(member.chapter);
            storm.turn();
            touched.push(storm.number);
        }
    }
    let emptied: Vec<u32> = weather.storms.iter().filter(|storm| storm.size() == 0).map(|storm| storm.number).collect();
    weather.storms.retain(|storm| storm.size() > 0);
    for storm in weather.storms.iter().filter(|storm| touched.contains(&storm.number)) {
        arrange(draft, chat, storm, now)?;
    }
    put_weather(draft, chat, &weather)?;
    for number in emptied {
        remove(draft, &delivery_of(chat, number))?;
    }
    Ok(())
}

/// Forgets all that is known of a chat that is gone. Its alerts and deliveries are removed with those of incidents.
pub(super) fn forget(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    draft.remove(&keys::weather(chat))?;
    for (key, _) in draft.scan_all(&keys::members(chat))? {
        draft.remove(&keys::Key(key))?;
    }
    Ok(())
}

/// The storms go along with a chat that moves, but not where the new address has had some of its own, whose numbers would
/// be the same: then each outage goes on by itself.
pub(super) fn relocate(
    draft: &mut Draft<'_>,
    from: &ChatId,
    to: &ChatId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some(mut old) = weather(draft, from)? else { return Ok(()) };
    let mut new = weather(draft, to)?.unwrap_or_default();
    let members = all_members(draft, from)?;
    if new.last == 0 {
        let mut touched = Vec::new();
        for (incident, member) in members {
            let id = DeliveryId { chat: to.clone(), incident };
            // An alert of its own at the new address is newer.
            match chat::alert(draft, &id)? {
                None => draft.put(&keys::member(&id), &encode(&member))?,
                Some(_) => {
                    if let Some(storm) = find(&mut old, member.storm) {
                        storm.subtract(member.chapter);
                        storm.turn();
                        touched.push(storm.number);
                    }
                }
            }
        }
        new.last = old.last;
        let (whole, emptied): (Vec<_>, Vec<_>) = old.storms.into_iter().partition(|storm| storm.size() > 0);
        for storm in emptied {
            end_at(draft, &delivery_of(from, storm.number))?;
        }
        for storm in whole.iter().filter(|storm| touched.contains(&storm.number)) {
            // What waits already or is being sent goes along, and tells it.
            if !draft.has(&keys::delivery(&delivery_of(from, storm.number)))? {
                arrange(draft, to, storm, now)?;
            }
        }
        new.storms = whole;
    } else {
        for storm in old.storms {
            scatter(draft, from, to, storm.number, now)?;
            end_at(draft, &delivery_of(from, storm.number))?;
        }
    }
    let own = std::mem::replace(&mut new.recent, old.recent);
    new.recent.extend(own);
    new.recent.sort_unstable();
    forget(draft, from)?;
    put_weather(draft, to, &new)
}

/// Ends what is on its way of a storm at an address, and what was told of it there.
fn end_at(draft: &mut Draft<'_>, id: &DeliveryId) -> Result<(), StoreError> {
    draft.remove(&keys::alert(id))?;
    outbox::remove(draft, id)
}

fn find(weather: &mut WeatherRecord, number: u32) -> Option<&mut StormRecord> {
    weather.storms.iter_mut().find(|storm| storm.number == number)
}

fn weather(draft: &Draft<'_>, chat: &ChatId) -> Result<Option<WeatherRecord>, StoreError> {
    let key = keys::weather(chat);
    draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
}

pub(super) fn put_weather(draft: &mut Draft<'_>, chat: &ChatId, weather: &WeatherRecord) -> Result<(), StoreError> {
    draft.put(&keys::weather(chat), &encode(weather))
}

fn member(draft: &Draft<'_>, id: &DeliveryId) -> Result<Option<MemberRecord>, StoreError> {
    let key = keys::member(id);
    draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
}

fn all_members(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<(IncidentId, MemberRecord)>, StoreError> {
    let rows = draft.scan_all(&keys::members(chat))?;
    rows.into_iter().map(|(key, bytes)| Ok((keys::delivery_id(&key)?.incident, decode(&key, &bytes)?))).collect()
}
