//! What belongs to one chat.

use chrono::{DateTime, Utc};

use crate::{
    domain::{Alert, ChatId, ChatSettings, Platform, ServiceId, Subscription, Topic},
    store::{
        DeliveryId, StoreError,
        keyed::Draft,
        keys,
        operations::{agenda, incident, mutes, outbox, storms, suspend, watches},
        record::{
            AlertRecord, DeliveryRecord, HeadRecord, SettingsRecord, State, SubscriptionRecord, Word, decode, encode,
        },
    },
};

/// A chat's subscriptions, in order of topic.
pub(super) fn subscriptions(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<Subscription>, StoreError> {
    let mut subscriptions = Vec::new();
    for topic in topics(draft, chat)? {
        subscriptions.extend(subscription(draft, chat, &topic)?);
    }
    subscriptions.sort_by(|one, other| one.topic.cmp(&other.topic));
    Ok(subscriptions)
}

/// The first chats of a platform that have subscriptions, of those behind `after`.
pub(super) fn subscribers(
    draft: &Draft<'_>,
    platform: Platform,
    after: Option<&ChatId>,
    most: usize,
) -> Result<Vec<(ChatId, Option<ChatSettings>)>, StoreError> {
    let mut found: Vec<(ChatId, Option<ChatSettings>)> = Vec::new();
    while found.len() < most {
        let last = found.last().map(|(chat, _)| chat).or(after);
        let Some((key, _)) = draft.scan(&keys::topics_on(platform, last), 1)?.into_iter().next() else { break };
        let (chat, _) = keys::topic_of(&key)?;
        let settings = settings(draft, &chat)?;
        found.push((chat, settings));
    }
    Ok(found)
}

/// What a chat has subscribed to.
pub(super) fn topics(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<Topic>, StoreError> {
    draft.scan_all(&keys::topics(chat))?.into_iter().map(|(key, _)| Ok(keys::topic_of(&key)?.1)).collect()
}

/// A chat's subscription to just this topic.
pub(super) fn subscription(
    draft: &Draft<'_>,
    chat: &ChatId,
    topic: &Topic,
) -> Result<Option<Subscription>, StoreError> {
    let key = keys::subscription(topic, chat);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    let record: SubscriptionRecord = decode(&key.0, &bytes)?;
    Ok(Some(record.into_subscription(chat.clone(), topic.clone())))
}

/// The subscription by which a chat hears about a service: the one to the service, else the one to its category.
pub(super) fn subscription_for(
    draft: &Draft<'_>,
    delivery: &DeliveryId,
    category: &str,
) -> Result<Option<Subscription>, StoreError> {
    let service = Topic::Service(delivery.incident.service.clone());
    match subscription(draft, &delivery.chat, &service)? {
        Some(subscription) => Ok(Some(subscription)),
        None => subscription(draft, &delivery.chat, &Topic::Category(category.to_owned())),
    }
}

/// The category by which a chat most likely hears about a service, for where that is not stored: the one the service was
/// last seen in, else one that the chat has subscribed to.
pub(super) fn likely_category(draft: &Draft<'_>, delivery: &DeliveryId) -> Result<String, StoreError> {
    let key = keys::head(&delivery.incident.service);
    let head: Option<HeadRecord> = draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()?;
    if let Some(category) = head.map(|head| head.category).filter(|category| !category.is_empty()) {
        return Ok(category);
    }
    let categories = topics(draft, &delivery.chat)?.into_iter().filter_map(|topic| match topic {
        Topic::Category(category) => Some(category),
        Topic::Service(_) => None,
    });
    Ok(categories.take(1).collect())
}

/// Makes or replaces a subscription; it is as old as the first one was.
pub(super) fn subscribe(draft: &mut Draft<'_>, new: &Subscription, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut record = SubscriptionRecord::of(new);
    let before = subscription(draft, &new.chat, &new.topic)?;
    record.since = before.as_ref().map_or(record.since, |before| before.since);
    record.rests = suspend::rests(draft, &new.chat)?;
    draft.put(&keys::subscription(&new.topic, &new.chat), &encode(&record))?;
    draft.mark(&keys::topic(&new.chat, &new.topic))?;
    match &new.topic {
        Topic::Service(service) if before.is_none() && !record.rests => keep_telling(draft, &new.chat, service, now),
        Topic::Service(_) | Topic::Category(_) => Ok(()),
    }
}

/// News of what the chat was told of a service is due now: its fan-out may be on the way to the chat by the subscription to
/// the category, and that may be ended before it comes.
fn keep_telling(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    service: &ServiceId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for (key, bytes) in draft.scan_all(&keys::alerts(chat))? {
        let id = keys::delivery_id(&key)?;
        if id.incident.service != *service || draft.has(&keys::delivery(&id))? {
            continue;
        }
        let alert = decode::<AlertRecord>(&key, &bytes)?.into_alert();
        let progress = incident::progress(draft, &id.incident)?.filter(|progress| !progress.is_told_by(&alert));
        if let Some(progress) = progress {
            let category = likely_category(draft, &id)?;
            outbox::enqueue(draft, &id, DeliveryRecord::new(category, progress.urgency, now, now))?;
        }
    }
    Ok(())
}

/// Ends a subscription, and says whether there was one.
pub(super) fn unsubscribe(draft: &mut Draft<'_>, chat: &ChatId, topic: &Topic) -> Result<bool, StoreError> {
    watches::end_with(draft, chat, topic)?;
    draft.remove(&keys::topic(chat, topic))?;
    draft.remove(&keys::subscription(topic, chat))
}

/// Ends all subscriptions of a chat, and says how many there were.
pub(super) fn unsubscribe_all(draft: &mut Draft<'_>, chat: &ChatId) -> Result<usize, StoreError> {
    let topics = topics(draft, chat)?;
    for topic in &topics {
        unsubscribe(draft, chat, topic)?;
    }
    Ok(topics.len())
}

/// Removes the chat's waiting deliveries that no subscription asks for any more. Claimed ones are being sent.
pub(super) fn drop_unwanted(draft: &mut Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
    storms::drop_unwanted(draft, chat, now)?;
    for (id, delivery) in outbox::deliveries(draft, chat)? {
        let may_be_dropped =
            matches!(delivery.state, State::Waiting { .. }) && !id.incident.is_storm() && !id.incident.is_digest();
        if may_be_dropped && subscription_for(draft, &id, &delivery.category)?.is_none() {
            outbox::remove(draft, &id)?;
        }
    }
    Ok(())
}

/// How a chat wants to be spoken to.
pub(super) fn settings(draft: &Draft<'_>, chat: &ChatId) -> Result<Option<ChatSettings>, StoreError> {
    let key = keys::settings(chat);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    Ok(Some(decode::<SettingsRecord>(&key.0, &bytes)?.into_settings()))
}

pub(super) fn set_settings(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    settings: ChatSettings,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let before = self::settings(draft, chat)?;
    put_settings(draft, chat, settings)?;
    agenda::arrange_digest(draft, chat, before, settings, now)
}

fn put_settings(draft: &mut Draft<'_>, chat: &ChatId, settings: ChatSettings) -> Result<(), StoreError> {
    draft.put(&keys::settings(chat), &encode(&SettingsRecord::of(settings)))
}

/// What a chat was told of an incident.
pub(super) fn alert(draft: &Draft<'_>, delivery: &DeliveryId) -> Result<Option<Alert>, StoreError> {
    let key = keys::alert(delivery);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    Ok(Some(decode::<AlertRecord>(&key.0, &bytes)?.into_alert()))
}

pub(super) fn set_alert(draft: &mut Draft<'_>, delivery: &DeliveryId, alert: &Alert) -> Result<(), StoreError> {
    draft.put(&keys::alert(delivery), &encode(&AlertRecord::of(alert)))
}

/// Removes what a chat that has rested for long leaves behind but its settings, and says how many subscriptions ended.
pub(super) fn end(draft: &mut Draft<'_>, chat: &ChatId) -> Result<usize, StoreError> {
    let ended = unsubscribe_all(draft, chat)?;
    for (key, _) in draft.scan_all(&keys::alerts(chat))? {
        draft.remove(&keys::Key(key))?;
    }
    for (id, _) in outbox::deliveries(draft, chat)? {
        outbox::remove(draft, &id)?;
    }
    storms::forget(draft, chat)?;
    mutes::forget(draft, chat)?;
    suspend::forget(draft, chat)?;
    agenda::forget(draft, chat)?;
    Ok(ended)
}

/// Does for all chats of a place what [`end`] does for one, as far as `most` rows reach; says how many rows went.
pub(super) fn leave(draft: &mut Draft<'_>, platform: Platform, place: &str, most: usize) -> Result<usize, StoreError> {
    let place = keys::Place::of(platform, place);
    let mut left = most;
    for range in place.topics() {
        for (key, _) in draft.scan(&range, left)? {
            let (chat, topic) = keys::topic_of(&key)?;
            unsubscribe(draft, &chat, &topic)?;
            left -= 1;
        }
    }
    for range in place.deliveries() {
        for (key, _) in draft.scan(&range, left)? {
            outbox::remove(draft, &keys::delivery_id(&key)?)?;
            left -= 1;
        }
    }
    for range in place.suspensions() {
        for (key, _) in draft.scan(&range, left)? {
            suspend::forget(draft, &keys::chat_of(&key)?)?;
            left -= 1;
        }
    }
    for range in place.appointments() {
        for (key, _) in draft.scan(&range, left)? {
            agenda::forget(draft, &keys::appointment_of(&key)?.0)?;
            left -= 1;
        }
    }
    for range in place.notes() {
        for (key, _) in draft.scan(&range, left)? {
            draft.remove(&keys::Key(key))?;
            left -= 1;
        }
    }
    Ok(most - left)
}

/// Moves all that is a chat's to its new address. What exists there already is newer and stays. Its messages stay behind:
/// what carries their names at the new address are others, so an alert goes along only as what the chat knows. A chat that
/// rests goes on: the bot was taken along.
pub(super) fn relocate(
    draft: &mut Draft<'_>,
    from: &ChatId,
    to: &ChatId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for chat in [from, to] {
        suspend::resume(draft, chat, now)?;
    }
    suspend::forget(draft, from)?;
    // Before the subscriptions, with which they would end.
    watches::relocate(draft, from, to)?;
    for old in subscriptions(draft, from)? {
        unsubscribe(draft, from, &old.topic)?;
        if !draft.has(&keys::subscription(&old.topic, to))? {
            subscribe(draft, &Subscription { chat: to.clone(), ..old }, now)?;
        }
    }
    if let Some(old) = settings(draft, from)? {
        draft.remove(&keys::settings(from))?;
        if !draft.has(&keys::settings(to))? {
            put_settings(draft, to, old)?;
            agenda::relocate(draft, from, to)?;
        }
    }
    agenda::forget(draft, from)?;
    mutes::relocate(draft, from, to)?;
    storms::relocate(draft, from, to, now)?;
    for (key, _) in draft.scan_all(&keys::alerts(from))? {
        let old_id = keys::delivery_id(&key)?;
        let old = alert(draft, &old_id)?;
        draft.remove(&keys::Key(key))?;
        let new_id = DeliveryId { chat: to.clone(), ..old_id };
        if let (Some(old), false) = (old, draft.has(&keys::alert(&new_id))?) {
            set_alert(draft, &new_id, &Alert { message: None, ..old })?;
        }
    }
    for (old_id, delivery) in outbox::deliveries(draft, from)? {
        outbox::remove(draft, &old_id)?;
        let new_id = DeliveryId { chat: to.clone(), ..old_id };
        if !draft.has(&keys::delivery(&new_id))? {
            outbox::insert(draft, &new_id, delivery)?;
        }
    }
    // A fan-out may have passed the new address already and not yet the old one. What the chat knows or does not want is
    // left out when it is claimed.
    for (urgency, fanout) in outbox::fanouts(draft, to.platform)? {
        let id = DeliveryId { chat: to.clone(), incident: fanout.incident.0.clone() };
        let is_wanted = subscription_for(draft, &id, &fanout.category)?.is_some();
        if is_wanted && !draft.has(&keys::delivery(&id))? {
            outbox::enqueue(draft, &id, DeliveryRecord::fresh(&fanout, urgency))?;
        }
    }
    // Other deliveries to the old address may be under way; they are settled under the new one.
    draft.put(&keys::moved(from), &encode(&Word(to.clone())))
}

/// How many moves of a chat are followed while one of its deliveries is under way.
const MOVES: usize = 8;

/// Where a claimed delivery is now: where it was claimed, or where its chat has moved since. Where the claim holds it no
/// more, that is where it would be.
pub(super) fn whereabouts(draft: &Draft<'_>, claimed: &DeliveryId, number: u64) -> Result<DeliveryId, StoreError> {
    let mut id = claimed.clone();
    for _ in 0..MOVES {
        if outbox::held(draft, &id, number)?.is_some() {
            return Ok(id);
        }
        match moved_to(draft, &id.chat)? {
            Some(chat) => id.chat = chat,
            None => break,
        }
    }
    present(draft, claimed)
}

/// Where a delivery to a chat goes now: to its address as long as there is one, else where the chat has moved.
pub(super) fn present(draft: &Draft<'_>, delivery: &DeliveryId) -> Result<DeliveryId, StoreError> {
    let mut id = delivery.clone();
    for _ in 0..MOVES {
        if draft.has(&keys::delivery(&id))? {
            break;
        }
        match moved_to(draft, &id.chat)? {
            Some(chat) => id.chat = chat,
            None => break,
        }
    }
    Ok(id)
}

fn moved_to(draft: &Draft<'_>, chat: &ChatId) -> Result<Option<ChatId>, StoreError> {
    let key = keys::moved(chat);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    Ok(Some(decode::<Word<ChatId>>(&key.0, &bytes)?.0))
}
