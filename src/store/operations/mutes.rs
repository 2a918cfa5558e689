//! What chats do not want to hear for a while.
//!
//! A chat's mutes are one record, so that a claim reads them at once. It stays short: what has run out goes when the
//! record is next written, and so does a mute of an incident that cannot come back.
//!
//! The first mute that ends by its time is an appointment of the chat: then it is told what that mute kept silent and what
//! still goes on.

use chrono::{DateTime, Utc};

use crate::{
    domain::{ChatId, Incident, IncidentId, Mute, Muted, Occasion, ServiceId, StormRule, Subscription},
    store::{
        DeliveryId, StoreError,
        keyed::Draft,
        keys,
        operations::{
            agenda, chat, incident, outbox,
            storms::{self, Telling},
            suspend,
        },
        record::{DeliveryRecord, HeadRecord, MuteRecord, ProgressRecord, decode, encode},
    },
};

/// So many outages that a mute kept silent are each told by an alert when it ends; more are told together.
const EACH: usize = 2;

/// The mutes of a chat that hold at this time, in order of what they are about.
pub(super) fn list(draft: &Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
    let mut holding = Vec::new();
    for Noted { mute, .. } in load(draft, chat)? {
        let is_over = match (&mute.muted, mute.until) {
            (_, Some(until)) => until <= now,
            (Muted::Incident(id), None) => incident::progress(draft, id)?.is_none_or(|known| known.chapter % 2 == 0),
            (Muted::All | Muted::Service(_), None) => false,
        };
        if !is_over {
            holding.push(mute);
        }
    }
    Ok(holding)
}

/// Whether the chat does not want to hear of the incident at this time.
///
/// A mute of the incident itself holds beyond its end as long as it may come back, which is then no news.
pub(super) fn is_muted(
    draft: &Draft<'_>,
    chat: &ChatId,
    incident: &Incident,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    Ok(load(draft, chat)?.iter().any(|noted| noted.mute.covers(incident, at)))
}

/// Makes or replaces a mute.
pub(super) fn put(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    new: &Mute,
    rule: StormRule,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    expire(draft, chat, rule, now)?;
    let mut mutes = load(draft, chat)?;
    mutes.retain(|noted| noted.mute.muted != new.muted);
    mutes.push(Noted { mute: new.clone(), has_ended: false });
    store(draft, chat, mutes, now)
}

/// Ends one mute; [`Muted::All`] ends all.
pub(super) fn end(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    muted: &Muted,
    rule: StormRule,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    expire(draft, chat, rule, now)?;
    let mut mutes = load(draft, chat)?;
    mutes.retain(|noted| *muted != Muted::All && noted.mute.muted != *muted);
    store(draft, chat, mutes, now)
}

/// Ends the mutes whose time is over: what they kept silent and what still goes on is told.
pub(super) fn expire(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    rule: StormRule,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut mutes = load(draft, chat)?;
    let mut over = Vec::new();
    for Noted { mute, has_ended } in &mut mutes {
        if !*has_ended && mute.until.is_some_and(|until| until <= now) {
            *has_ended = true;
            over.push(mute.clone());
        }
    }
    // They stay for what happened while they held and comes to the chat late.
    write(draft, chat, mutes)?;
    if over.is_empty() {
        return Ok(());
    }
    let silenced = silenced(draft, chat, &over, now)?;
    if suspend::rests(draft, chat)? {
        // It is told when it goes on.
        return silenced.iter().try_for_each(|one| suspend::miss(draft, chat, Some(one.incident.turned_at)));
    }
    let (works, outages): (Vec<_>, Vec<_>) = silenced.iter().partition(|one| one.incident.planned.is_some());
    let is_told = rule.outages > 0 && outages.len() > EACH && tell_together(draft, chat, &outages, now)?;
    for one in works.into_iter().chain(outages.into_iter().filter(|_| !is_told)) {
        let delivery = DeliveryRecord::new(one.category.clone(), one.progress.urgency, now, now);
        outbox::enqueue(draft, &one.id, delivery)?;
    }
    Ok(())
}

/// What goes on and was kept silent.
struct Silenced {
    id: DeliveryId,
    category: String,
    incident: Incident,
    progress: ProgressRecord,
    subscription: Subscription,
}

/// What goes on that these mutes kept silent and nothing else does.
fn silenced(draft: &Draft<'_>, chat: &ChatId, over: &[Mute], now: DateTime<Utc>) -> Result<Vec<Silenced>, StoreError> {
    // Whether they are about it, whenever they ended.
    let about: Vec<Mute> = over.iter().map(|mute| Mute { until: None, ..mute.clone() }).collect();
    let mut silenced = Vec::new();
    for (service, category) in services(draft, chat, over)? {
        for (key, _) in draft.scan_all(&keys::all_kept(&service))? {
            let id = DeliveryId { chat: chat.clone(), incident: keys::kept_incident(&key)? };
            let progress = incident::progress(draft, &id.incident)?;
            let Some(progress) = progress.filter(|progress| !progress.chapter.is_multiple_of(2)) else { continue };
            if draft.has(&keys::alert(&id))? || draft.has(&keys::delivery(&id))? {
                continue;
            }
            let Some(subscription) = chat::subscription_for(draft, &id, &category)? else { continue };
            // What went on already when the chat subscribed was told in the answer to that.
            let is_news = |incident: &Incident| {
                incident.is_open()
                    && !incident.is_notice()
                    && !incident.is_left()
                    && incident.turned_at >= subscription.since
                    && subscription.filter.admits(incident)
                    && about.iter().any(|mute| mute.covers(incident, now))
            };
            let Some(incident) = incident::load(draft, &id.incident)?.filter(is_news) else { continue };
            if !is_muted(draft, chat, &incident, now)? {
                silenced.push(Silenced { id, category: category.clone(), incident, progress, subscription });
            }
        }
    }
    Ok(silenced)
}

/// The services that these mutes are about and the chat hears of, each with its category.
fn services(draft: &Draft<'_>, chat: &ChatId, over: &[Mute]) -> Result<Vec<(ServiceId, String)>, StoreError> {
    let mut services = Vec::new();
    for mute in over {
        let service = match &mute.muted {
            Muted::All => return suspend::services(draft, chat),
            Muted::Service(service) | Muted::Incident(IncidentId { service, .. }) => service,
        };
        let key = keys::head(service);
        if let Some(bytes) = draft.get(&key)?
            && services.iter().all(|(known, _)| known != service)
        {
            services.push((service.clone(), decode::<HeadRecord>(&key.0, &bytes)?.category));
        }
    }
    Ok(services)
}

/// Tells outages as one, and says whether there is room for that.
fn tell_together(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    outages: &[&Silenced],
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Some(first) = outages.first() else { return Ok(false) };
    let mut tellings = Vec::with_capacity(outages.len());
    for Silenced { id, category, incident, progress, .. } in outages {
        tellings.push(Telling { id, category, incident, progress: *progress });
    }
    let mention = outages.iter().find_map(|one| one.subscription.mention.clone());
    let told_as = (Occasion::MuteEnded, first.subscription.topic.clone(), mention);
    storms::gather(draft, chat, &tellings, told_as, now)
}

/// Whoever keeps appointments looks at the chat's mutes when the first of them ends by its time.
pub(super) fn arrange(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    let mutes = load(draft, chat)?;
    agenda::arrange_mute_end(draft, chat, first_end(&mutes))
}

/// Ends all mutes of a chat that is gone.
pub(super) fn forget(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    draft.remove(&keys::mutes(chat))?;
    agenda::arrange_mute_end(draft, chat, None)
}

/// Moves a chat's mutes to its new address. What exists there already is newer and stays.
pub(super) fn relocate(draft: &mut Draft<'_>, from: &ChatId, to: &ChatId) -> Result<(), StoreError> {
    let old = load(draft, from)?;
    if old.is_empty() {
        return Ok(());
    }
    forget(draft, from)?;
    let mut mutes = load(draft, to)?;
    for noted in old {
        if !mutes.iter().any(|newer| newer.mute.muted == noted.mute.muted) {
            mutes.push(noted);
        }
    }
    write(draft, to, mutes)
}

/// A mute, and whether it has ended by its time and what it kept silent was told.
struct Noted {
    mute: Mute,
    has_ended: bool,
}

/// When the first of them ends by itself that has not yet.
fn first_end(mutes: &[Noted]) -> Option<DateTime<Utc>> {
    mutes.iter().filter(|noted| !noted.has_ended).filter_map(|noted| noted.mute.until).min()
}

fn load(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<Noted>, StoreError> {
    let key = keys::mutes(chat);
    let Some(bytes) = draft.get(&key)? else { return Ok(Vec::new()) };
    let records: Vec<MuteRecord> = decode(&key.0, &bytes)?;
    Ok(records.into_iter().map(|record| Noted { has_ended: record.has_ended, mute: record.into_mute() }).collect())
}

/// Writes what may still hold.
fn store(draft: &mut Draft<'_>, chat: &ChatId, mutes: Vec<Noted>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut lasting = Vec::new();
    for noted in mutes {
        let may_come_back = match &noted.mute.muted {
            Muted::Incident(id) => draft.has(&keys::kept(id))?,
            Muted::All | Muted::Service(_) => true,
        };
        if may_come_back && noted.mute.until.is_none_or(|until| now < until) {
            lasting.push(noted);
        }
    }
    write(draft, chat, lasting)
}

fn write(draft: &mut Draft<'_>, chat: &ChatId, mut mutes: Vec<Noted>) -> Result<(), StoreError> {
    if mutes.is_empty() {
        return forget(draft, chat);
    }
    mutes.sort_by(|one, other| one.mute.muted.cmp(&other.mute.muted));
    let record = |noted: &Noted| MuteRecord::of(&noted.mute, noted.has_ended);
    let records: Vec<MuteRecord> = mutes.iter().map(record).collect();
    draft.put(&keys::mutes(chat), &encode(&records))?;
    agenda::arrange_mute_end(draft, chat, first_end(&mutes))
}
