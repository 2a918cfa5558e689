//! What chats were told, and their storms, where the record of it is lost.
//!
//! What is read for that may be damaged as well: it is passed over, and has its own turn.

use serde::de::DeserializeOwned;

use super::known;
use crate::{
    domain::{Alert, ChatId, IncidentId},
    store::{
        DeliveryId, News, StoreError,
        keyed::Draft,
        keys::{self, Key, Range},
        operations::{chat, incident, storms},
        record::{MemberRecord, ProgressRecord, StormRecord, WeatherRecord, Word, decode, encode},
    },
};

/// A chat that was told something knows all there is, unless news is on its way there: then it lacks the last. Its message
/// is not known any more; what comes next is a new one.
pub(super) fn alert(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok(id) = keys::delivery_id(key) else { return Ok(()) };
    let Some(ProgressRecord { revision, chapter, .. }) = progress(draft, &id) else { return Ok(()) };
    let is_owed = draft.has(&keys::delivery(&id))? || draft.has(&keys::fanout_of(&id.incident, id.chat.platform))?;
    let (shown, chapter) = match (read::<MemberRecord>(draft, &keys::member(&id)), is_owed) {
        // A storm has told it so far.
        (Some(member), _) => (member.revision, member.chapter),
        (None, true) => (revision.saturating_sub(1), chapter.saturating_sub(1).max(1)),
        (None, false) => (revision, chapter),
    };
    chat::set_alert(draft, &id, &Alert { message: None, shown, chapter, announced: shown })
}

/// The storms of a chat are those that its outages say they are told by. Each is told anew, in its message where there is
/// one, so that nothing of it is missed.
pub(super) fn weather(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok(chat) = keys::chat_of(key) else { return Ok(()) };
    let mut weather = WeatherRecord { last: last_storm(draft, &chat)?, ..WeatherRecord::default() };
    for (incident, member) in members(draft, &chat)? {
        let id = DeliveryId { chat: chat.clone(), incident };
        let incident = known(draft, &id.incident);
        let subscription = chat::subscription_for(draft, &id, &member.category).ok().flatten();
        let (Some(incident), Some(subscription)) = (incident, subscription) else {
            draft.remove(&keys::member(&id))?;
            continue;
        };
        let at = match weather.storms.iter().position(|storm| storm.number == member.storm) {
            Some(at) => at,
            None => {
                weather.storms.push(StormRecord::new(member.storm, subscription.topic.clone(), incident.turned_at));
                weather.storms.len() - 1
            }
        };
        let Some(storm) = weather.storms.get_mut(at) else { continue };
        storm.add(member.chapter);
        storm.learn(&incident);
        storm.joined = storm.joined.max(incident.turned_at);
        storm.revision = storm.revision.max(member.noted);
        storm.mention = storm.mention.take().or(subscription.mention);
    }
    weather.storms.sort_by_key(|storm| storm.number);
    for storm in &mut weather.storms {
        let told = DeliveryId { chat: chat.clone(), incident: IncidentId::of_storm(storm.number) };
        if let Some(alert) = chat::alert(draft, &told).ok().flatten() {
            storm.revision = storm.revision.max(alert.shown);
            storm.chapter = alert.chapter;
        }
        storm.turn();
        storms::arrange(draft, &chat, storm, storm.joined)?;
    }
    storms::put_weather(draft, &chat, &weather)
}

/// An outage that a storm tells belongs to the storm that counts more than belong to it, and is heard of anew.
pub(super) fn member(draft: &mut Draft<'_>, key: &[u8]) -> Result<(), StoreError> {
    let Ok(id) = keys::delivery_id(key) else { return Ok(()) };
    let Some(mut weather) = read::<WeatherRecord>(draft, &keys::weather(&id.chat)) else { return Ok(()) };
    let members = members(draft, &id.chat)?;
    let counted = |storm: &StormRecord, is_open: bool| {
        members.iter().filter(|(_, member)| member.storm == storm.number && member.is_open() == is_open).count()
    };
    let lacks_one = |storm: &&mut StormRecord| storm.size() > counted(storm, true) + counted(storm, false);
    let Some(storm) = weather.storms.iter_mut().find(lacks_one) else { return Ok(()) };
    let was_open = storm.open > counted(storm, true);
    match (known(draft, &id.incident), progress(draft, &id)) {
        (Some(incident), Some(progress)) => {
            let is_as_counted = (progress.chapter % 2 == 1) == was_open;
            let member = MemberRecord {
                storm: storm.number,
                revision: progress.revision.saturating_sub(1),
                chapter: if is_as_counted { progress.chapter } else { progress.chapter.saturating_sub(1) },
                noted: storm.revision,
                impact: Word(incident.impact),
                category: chat::likely_category(draft, &id).unwrap_or_default(),
            };
            draft.put(&keys::member(&id), &encode(&member))?;
        }
        (None, _) | (_, None) => storm.subtract(u32::from(was_open)),
    }
    storm.turn();
    storms::arrange(draft, &id.chat, storm, storm.joined)?;
    storms::put_weather(draft, &id.chat, &weather)
}

/// How far an incident or a storm has come.
fn progress(draft: &Draft<'_>, id: &DeliveryId) -> Option<ProgressRecord> {
    if id.incident.is_storm() {
        return storms::storm(draft, id).ok().flatten().map(|storm| storm.progress());
    }
    let stored = incident::progress(draft, &id.incident).ok().flatten();
    stored.or_else(|| known(draft, &id.incident).map(|incident| ProgressRecord::of(&incident, News::default())))
}

/// The outages that a chat's storms tell.
fn members(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<(IncidentId, MemberRecord)>, StoreError> {
    let rows = draft.scan_raw(&keys::members(chat), usize::MAX)?;
    let member =
        |(key, _): &(Vec<u8>, Vec<u8>)| Some((keys::delivery_id(key).ok()?.incident, read(draft, &Key(key.clone()))?));
    Ok(rows.iter().filter_map(member).collect())
}

/// The number of a chat's last storm, as far as anything of one is left.
fn last_storm(draft: &Draft<'_>, chat: &ChatId) -> Result<u32, StoreError> {
    let mut last = members(draft, chat)?.iter().map(|(_, member)| member.storm).max().unwrap_or_default();
    let is_storm = |range: Range| -> Result<u32, StoreError> {
        let rows = draft.scan_raw(&range, usize::MAX)?;
        let ids = rows.iter().filter_map(|(key, _)| keys::delivery_id(key).ok()).map(|id| id.incident);
        Ok(ids.filter(IncidentId::is_storm).map(|storm| storm.number).max().unwrap_or_default())
    };
    last = last.max(is_storm(keys::alerts(chat))?);
    Ok(last.max(is_storm(keys::deliveries(chat))?))
}

/// A record, if it is there and can be understood.
fn read<T: DeserializeOwned>(draft: &Draft<'_>, key: &Key) -> Option<T> {
    let bytes = draft.get(key).ok().flatten()?;
    decode(&key.0, &bytes).ok()
}
