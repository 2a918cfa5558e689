//! What chats do not want to hear for a while.
//!
//! A chat's mutes are one record, so that a claim reads them at once. It stays short: what has run out goes when the
//! record is next written, and so does a mute of an incident that cannot come back.

use chrono::{DateTime, Utc};

use crate::{
    domain::{ChatId, Incident, Mute, Muted},
    store::{
        StoreError,
        keyed::Draft,
        keys,
        operations::incident,
        record::{MuteRecord, decode, encode},
    },
};

/// The mutes of a chat that hold at this time, in order of what they are about.
pub(super) fn list(draft: &Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
    let mut holding = Vec::new();
    for mute in load(draft, chat)? {
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
    Ok(load(draft, chat)?.iter().any(|mute| mute.covers(incident, at)))
}

/// Makes or replaces a mute.
pub(super) fn put(draft: &mut Draft<'_>, chat: &ChatId, new: &Mute, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut mutes = load(draft, chat)?;
    mutes.retain(|mute| mute.muted != new.muted);
    mutes.push(new.clone());
    store(draft, chat, mutes, now)
}

/// Ends one mute; [`Muted::All`] ends all.
pub(super) fn end(draft: &mut Draft<'_>, chat: &ChatId, muted: &Muted, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut mutes = load(draft, chat)?;
    mutes.retain(|mute| *muted != Muted::All && mute.muted != *muted);
    store(draft, chat, mutes, now)
}

/// Ends all mutes of a chat that is gone.
pub(super) fn forget(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    draft.remove(&keys::mutes(chat)).map(drop)
}

/// Moves a chat's mutes to its new address. What exists there already is newer and stays.
pub(super) fn relocate(draft: &mut Draft<'_>, from: &ChatId, to: &ChatId) -> Result<(), StoreError> {
    let old = load(draft, from)?;
    if old.is_empty() {
        return Ok(());
    }
    forget(draft, from)?;
    let mut mutes = load(draft, to)?;
    for mute in old {
        if !mutes.iter().any(|newer| newer.muted == mute.muted) {
            mutes.push(mute);
        }
    }
    write(draft, to, mutes)
}

fn load(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<Mute>, StoreError> {
    let key = keys::mutes(chat);
    let Some(bytes) = draft.get(&key)? else { return Ok(Vec::new()) };
    let records: Vec<MuteRecord> = decode(&key.0, &bytes)?;
    Ok(records.into_iter().map(MuteRecord::into_mute).collect())
}

/// Writes what may still hold.
fn store(draft: &mut Draft<'_>, chat: &ChatId, mutes: Vec<Mute>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut lasting = Vec::new();
    for mute in mutes {
        let may_come_back = match &mute.muted {
            Muted::Incident(id) => draft.has(&keys::kept(id))?,
            Muted::All | Muted::Service(_) => true,
        };
        if may_come_back && mute.until.is_none_or(|until| now < until) {
            lasting.push(mute);
        }
    }
    write(draft, chat, lasting)
}

fn write(draft: &mut Draft<'_>, chat: &ChatId, mut mutes: Vec<Mute>) -> Result<(), StoreError> {
    if mutes.is_empty() {
        return forget(draft, chat);
    }
    mutes.sort_by(|one, other| one.muted.cmp(&other.muted));
    let records: Vec<MuteRecord> = mutes.iter().map(MuteRecord::of).collect();
    draft.put(&keys::mutes(chat), &encode(&records))
}
