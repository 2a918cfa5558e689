//! Rows that cannot be understood: set aside, with what can be said in their place.
//!
//! One bad row must stop neither what stands beside it nor those who wait for it. It is moved to a key of its own, where
//! nothing looks but a person, and what its key and its neighbours tell is written in its place: a delivery stays a
//! delivery, a fan-out begins again, a subscription loses its filter and not its chat, a storm is told to its end.

mod order;
mod told;

use chrono::DateTime;

use crate::{
    domain::{Filter, Incident, IncidentId, Subscription, Track},
    store::{
        News, StoreError,
        keyed::{Draft, Row, pieces_of},
        keys::{self, Kind, Range},
        operations::{agenda, chat, incident, outbox, storms, suspend},
        record::{
            Counters, DeliveryRecord, FanoutPlaceRecord, FanoutRecord, FanoutStage, HeadRecord, ProgressRecord, State,
            SubscriptionRecord, WatchRecord, Word, decode, encode,
        },
    },
};

/// Rows looked at together.
const AT_ONCE: usize = 512;

pub(super) use order::put_in_order;

/// Moves a row aside and writes what can be said in its place. `false` when there is no such row.
pub(super) fn set_aside(draft: &mut Draft<'_>, key: &[u8]) -> Result<bool, StoreError> {
    let row = keys::Key(key.to_vec());
    let Some(mut bytes) = draft.raw(&row)? else { return Ok(false) };
    for number in 0..pieces_of(&bytes) {
        bytes.extend(draft.raw(&keys::piece(&row, number))?.unwrap_or_default());
    }
    draft.put(&keys::aside(key), &bytes)?;
    draft.remove(&row)?;
    match Kind::of(key) {
        Some(Kind::Delivery) => delivery(draft, key)?,
        Some(Kind::Fanout) => fanout(draft, key)?,
        Some(Kind::FanoutPlace) => fanout_place(draft, key)?,
        Some(Kind::Place) => queue_place(draft, key)?,
        Some(Kind::Head) => head(draft, key)?,
        Some(Kind::Progress) => progress(draft, key)?,
        Some(Kind::Subscription) => subscription(draft, key)?,
        Some(Kind::Topic) => topic(draft, key)?,
        Some(Kind::Alert) => told::alert(draft, key)?,
        Some(Kind::Weather) => told::weather(draft, key)?,
        Some(Kind::Member) => told::member(draft, key)?,
        Some(Kind::Watch) if keys::watch_page(key).is_ok() => draft.put(&row, &encode(&WatchRecord { name: None }))?,
        Some(Kind::Suspension) => suspension(draft, key)?,
        Some(Kind::Appointment) => appointment(draft, key)?,
        Some(Kind::Dead) => draft.counters.dead = draft.counters.dead.saturating_sub(1),
        // They say all by their keys, and these are of another form.
        Some(
            Kind::Watch
            | Kind::Kept
            | Kind::Began
            | Kind::Claimed
            | Kind::RequestAt
            | Kind::Suspended
            | Kind::AppointmentAt,
        ) => {}
        // They begin anew: what a chat asked for by them it can ask for again.
        Some(Kind::Settings | Kind::Mutes | Kind::Memo | Kind::Page) => {}
        // What it said is said by its source again.
        Some(Kind::Incident | Kind::Source) => {}
        // Made anew when the store is opened.
        Some(Kind::Version | Kind::Counters | Kind::Sequence | Kind::Depth) => {}
        // A request that is made again is made again; a delivery to an address that a chat has left finds nobody.
        Some(Kind::Request | Kind::Moved) => {}
        // Nobody reads these by themselves, or they are nobody's.
        Some(Kind::Piece | Kind::Aside) | None => {}
    }
    Ok(true)
}

/// What is known of an incident; one that cannot be understood either is not known.
fn known(draft: &Draft<'_>, id: &IncidentId) -> Option<Incident> {
    incident::load(draft, id).ok().flatten()
}

/// A delivery whose record is lost is due at once, as if it had never been tried.
fn delivery(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    draft.counters.deliveries = draft.counters.deliveries.saturating_sub(1);
    let Ok(id) = keys::delivery_id(key) else { return Ok(()) };
    draft.remove(&keys::claimed(&id))?;
    let places =
        found(draft, &keys::queue(id.chat.platform, 0), |row| draft.value(row).is_some_and(|value| value == key))?;
    for (place, _) in places {
        draft.remove(&keys::Key(place))?;
    }
    if id.incident.is_digest() {
        let now = draft.now.unwrap_or_default();
        return outbox::enqueue(draft, &id, DeliveryRecord::new(String::new(), agenda::URGENCY, now, now));
    }
    if id.incident.is_storm() {
        let Ok(Some(storm)) = storms::storm(draft, &id) else { return Ok(()) };
        let delivery = DeliveryRecord::of_storm(storm.progress().urgency, storm.began, storm.began);
        return outbox::enqueue(draft, &id, delivery);
    }
    let Some(incident) = known(draft, &id.incident) else { return Ok(()) };
    let category = chat::likely_category(draft, &id).unwrap_or_default();
    let urgency = ProgressRecord::of(&incident, News::default()).urgency;
    outbox::enqueue(draft, &id, DeliveryRecord::new(category, urgency, incident.turned_at, incident.turned_at))
}

/// A fan-out whose record is lost begins again: who was told already is passed over.
fn fanout(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    draft.counters.fanouts = draft.counters.fanouts.saturating_sub(1);
    let Ok((platform, urgency, turn)) = keys::whole_fanout(key) else { return Ok(()) };
    let is_its_place = |(place, bytes): &Row| {
        let found: Option<FanoutPlaceRecord> =
            draft.value(&(place.clone(), bytes.clone())).and_then(|value| decode(place, &value).ok());
        let is_there = keys::fanout_incident(place).is_ok_and(|(_, there)| there == platform);
        is_there && found.is_some_and(|found| found.urgency == urgency && found.turn == turn)
    };
    for (place, _) in found(draft, &keys::all_fanout_places(), is_its_place)? {
        draft.remove(&keys::Key(place.clone()))?;
        let (id, _) = keys::fanout_incident(&place)?;
        let Some(incident) = known(draft, &id) else { continue };
        let category = category(draft, &id);
        let since = incident.turned_at;
        let fanout = FanoutRecord { incident: Word(id), category, stage: FanoutStage::Service, visited: None, since };
        outbox::put_fanout(draft, platform, urgency, &fanout)?;
    }
    Ok(())
}

/// The category that an incident's service was last seen in.
fn category(draft: &Draft<'_>, id: &IncidentId) -> String {
    let key = keys::head(&id.service);
    let head = draft.get(&key).ok().flatten().and_then(|bytes| decode::<HeadRecord>(&key.0, &bytes).ok());
    head.map(|head| head.category).unwrap_or_default()
}

/// Where an incident's fan-out stands is found by looking at all.
fn fanout_place(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok((incident, platform)) = keys::fanout_incident(key) else { return Ok(()) };
    let is_it = |row: &Row| {
        let fanout: Option<FanoutRecord> = draft.value(row).and_then(|value| decode(&row.0, &value).ok());
        fanout.is_some_and(|fanout| fanout.incident.0 == incident)
    };
    for (fanout, _) in found(draft, &keys::fanouts(platform, 0), is_it)? {
        let (_, urgency, turn) = keys::whole_fanout(&fanout)?;
        draft.put(&keys::Key(key.to_vec()), &encode(&FanoutPlaceRecord { urgency, turn }))?;
    }
    Ok(())
}

/// Whose place in the queue it was is found by looking at all deliveries.
fn queue_place(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok((_, _, _, sequence)) = keys::whole_place(key) else { return Ok(()) };
    let is_its = |row: &Row| {
        let delivery: Option<DeliveryRecord> = draft.value(row).and_then(|value| decode(&row.0, &value).ok());
        delivery.is_some_and(|delivery| delivery.state == State::Waiting { sequence })
    };
    for (delivery, _) in found(draft, &keys::all_deliveries(), is_its)? {
        draft.put(&keys::Key(key.to_vec()), &delivery)?;
    }
    Ok(())
}

/// A track goes on behind the last incident that is known; no number is given out again.
fn head(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok(service) = keys::head_service(key) else { return Ok(()) };
    let last = draft.scan_raw(&keys::history(&service), 1)?.pop();
    let behind = last.and_then(|(key, _)| keys::history_incident(&key).ok()).map(|last| last.number.saturating_add(1));
    let next_number = behind.unwrap_or_default().max(Track::new(service).next_number);
    draft.put(&keys::Key(key.to_vec()), &encode(&HeadRecord { next_number, category: String::new() }))
}

/// How far an incident has come is told by the incident.
fn progress(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Some(incident) = keys::kept_incident(key).ok().and_then(|id| known(draft, &id)) else { return Ok(()) };
    draft.put(&keys::Key(key.to_vec()), &encode(&ProgressRecord::of(&incident, News::default())))
}

/// A subscription whose filter is lost hears everything: too much is better than nothing.
fn subscription(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok((topic, chat)) = keys::subscription_of(key) else { return Ok(()) };
    let since = DateTime::UNIX_EPOCH;
    let rests = suspend::rests(draft, &chat).unwrap_or(true);
    let whole = Subscription { chat, topic, filter: Filter::default(), mention: None, since };
    let mut record = SubscriptionRecord::of(&whole);
    record.rests = rests;
    draft.put(&keys::Key(key.to_vec()), &encode(&record))
}

/// A chat that rests does so since the time at which it stands among those that rest.
fn suspension(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok(chat) = keys::chat_of(key) else { return Ok(()) };
    suspend::rebuild(draft, &chat)
}

/// What an appointment was for is told by what its chat has chosen.
fn appointment(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok((chat, _)) = keys::appointment_of(key) else { return Ok(()) };
    agenda::rebuild(draft, &chat)
}

/// A subscription whose name in its chat's list cannot be read is listed by the subscription itself.
fn topic(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok((chat, topic)) = keys::topic_of(key) else { return Ok(()) };
    if draft.has(&keys::subscription(&topic, &chat))? { draft.mark(&keys::topic(&chat, &topic)) } else { Ok(()) }
}

/// Counts what there is, for when the record of it is lost.
pub(super) fn counted_anew(draft: &Draft<'_>) -> Result<Counters, StoreError> {
    let mut counters = Counters::default();
    let mut sequences = 0;
    each(draft, &keys::all_deliveries(), |row| {
        counters.deliveries += 1;
        let delivery: Option<DeliveryRecord> = draft.value(row).and_then(|value| decode(&row.0, &value).ok());
        if let Some(State::Waiting { sequence }) = delivery.map(|delivery| delivery.state) {
            sequences = sequences.max(sequence);
        }
    })?;
    each(draft, &keys::all_dead(), |(key, _)| {
        counters.dead += 1;
        sequences = keys::dead_number(key).map_or(sequences, |number| sequences.max(number));
    })?;
    each(draft, &keys::all_fanouts(), |(key, _)| {
        counters.fanouts += 1;
        sequences = keys::whole_fanout(key).map_or(sequences, |(_, _, turn)| sequences.max(turn));
    })?;
    each(draft, &keys::all_queues(), |(key, _)| {
        sequences = keys::whole_place(key).map_or(sequences, |(_, _, _, sequence)| sequences.max(sequence));
    })?;
    counters.sequence = sequences;
    Ok(counters)
}

/// The rows of a range of which this is true.
fn found(draft: &Draft<'_>, range: &Range, is_it: impl Fn(&Row) -> bool) -> Result<Vec<Row>, StoreError> {
    let mut found = Vec::new();
    each(draft, range, |row| {
        if is_it(row) {
            found.push(row.clone());
        }
    })?;
    Ok(found)
}

/// Looks at all rows of a range, a few at a time, whether or not they can be understood.
fn each(draft: &Draft<'_>, range: &Range, mut look: impl FnMut(&Row)) -> Result<(), StoreError> {
    let mut rest = Some(range.clone());
    while let Some(range) = rest {
        let rows = draft.scan_raw(&range, AT_ONCE)?;
        rows.iter().for_each(&mut look);
        rest = rows.last().and_then(|(key, _)| range.rest(key));
    }
    Ok(())
}
