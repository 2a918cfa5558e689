//! Appointments: what is to be done for a chat at a time that it chose.
//!
//! A chat has at most one of each kind, and all of them stand in one list by time: who keeps them looks at the first. What is
//! overdue, because nobody was there to keep it, is kept once, late, and the next one is reckoned from then on.

use chrono::{DateTime, Utc};

use crate::{
    domain::{ChatId, ChatSettings, Digest, IncidentId, Muted, StormRule},
    store::{
        Appointments, DeliveryId, StoreError,
        keyed::Draft,
        keys::{self, Key},
        operations::{chat, mutes, outbox, suspend},
        record::{AppointmentRecord, DeliveryRecord, decode, encode},
    },
};

/// How urgent digests are: less than all that happens.
pub(super) const URGENCY: u8 = 6;

/// What an appointment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The chat is told how things are.
    Digest,
    /// A mute ends.
    MuteEnd,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Digest, Self::MuteEnd];

    const fn letter(self) -> u8 {
        match self {
            Self::Digest => b'd',
            Self::MuteEnd => b'm',
        }
    }

    fn from_letter(letter: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.letter() == letter)
    }
}

/// See [`crate::store::Store::keep_appointments`].
pub(super) fn keep(
    draft: &mut Draft<'_>,
    rule: StormRule,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Appointments, StoreError> {
    let due = draft.scan(&keys::agenda_until(now), most)?;
    let kept = due.len();
    for (key, _) in due {
        // What this did not stand for any more must not be found again and again.
        draft.remove(&Key(key.clone()))?;
        let (at, chat, letter) = keys::on_agenda(&key)?;
        let Some(kind) = Kind::from_letter(letter) else { continue };
        let is_it = |record: &AppointmentRecord| record.due.timestamp_micros() == at.timestamp_micros();
        let Some(record) = load(draft, &chat, kind)?.filter(is_it) else { continue };
        match kind {
            Kind::Digest => begin_digest(draft, &chat, record, now)?,
            Kind::MuteEnd => mutes::expire(draft, &chat, rule, now)?,
        }
    }
    Ok(Appointments { kept, next: next(draft)? })
}

/// When the next appointment is.
fn next(draft: &Draft<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let first = draft.scan(&keys::agenda(), 1)?.pop();
    first.map(|(key, _)| keys::on_agenda(&key).map(|(at, ..)| at)).transpose()
}

/// It is time for a chat's digest: it is on its way from now on, and the next one is reckoned. Where the chat cannot be told,
/// or wants to hear of nothing, the next one tells of this time too.
fn begin_digest(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    record: AppointmentRecord,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let settings = chat::settings(draft, chat)?;
    let chosen = settings.and_then(|settings| Some((settings.digest?, settings.timezone)));
    let next = chosen.and_then(|(schedule, zone)| schedule.next_after(now, zone));
    let Some(due) = next else { return cancel(draft, chat, Kind::Digest) };
    let hears = draft.has_any(&keys::topics(chat))?;
    let is_silenced = mutes::list(draft, chat, now)?.iter().any(|mute| mute.muted == Muted::All);
    // One that still waits tells how things are when it goes.
    let waits = draft.has(&keys::delivery(&digest_of(chat, record.number)))?;
    let mut record = AppointmentRecord { due, ..record };
    if hears && !is_silenced && !waits && !suspend::rests(draft, chat)? {
        record.number = record.number.saturating_add(1);
        let fresh = DeliveryRecord::new(String::new(), URGENCY, now, now);
        outbox::enqueue(draft, &digest_of(chat, record.number), fresh)?;
    }
    put(draft, chat, Kind::Digest, &record)
}

/// A chat is spoken to otherwise than before: its next digest is when it wants it now.
pub(super) fn arrange_digest(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    before: Option<ChatSettings>,
    settings: ChatSettings,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some(schedule) = settings.digest else { return cancel(draft, chat, Kind::Digest) };
    let known = load(draft, chat, Kind::Digest)?;
    let is_same = before.is_some_and(|before| (before.digest, before.timezone) == (settings.digest, settings.timezone));
    if is_same && known.is_some() {
        return Ok(());
    }
    let Some(due) = schedule.next_after(now, settings.timezone) else { return cancel(draft, chat, Kind::Digest) };
    // The first one tells what happens from now on.
    let known = known.unwrap_or_else(|| AppointmentRecord { told: Some(now), ..AppointmentRecord::at(due) });
    put(draft, chat, Kind::Digest, &AppointmentRecord { due, ..known })
}

/// A chat subscribes, perhaps anew after it was gone and its appointments with it.
pub(super) fn go_on(draft: &mut Draft<'_>, chat: &ChatId, now: DateTime<Utc>) -> Result<(), StoreError> {
    match chat::settings(draft, chat)? {
        Some(settings) if settings.digest.is_some() => arrange_digest(draft, chat, Some(settings), settings, now),
        Some(_) | None => Ok(()),
    }
}

/// When the first mute of a chat ends by itself; `None`: none does.
pub(super) fn arrange_mute_end(
    draft: &mut Draft<'_>,
    chat: &ChatId,
    until: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    match until {
        Some(due) => put(draft, chat, Kind::MuteEnd, &AppointmentRecord::at(due)),
        None => cancel(draft, chat, Kind::MuteEnd),
    }
}

/// From when on a chat's digest tells what happened; `None`: the chat wants this one no more.
pub(super) fn digest_since(draft: &Draft<'_>, id: &DeliveryId) -> Result<Option<DateTime<Utc>>, StoreError> {
    let record = load(draft, &id.chat, Kind::Digest)?.filter(|record| record.number == id.incident.number);
    Ok(record.map(|record| record.told.unwrap_or(DateTime::UNIX_EPOCH)))
}

/// A chat was told by its digest how things were when that was first tried: the next one goes on from there.
pub(super) fn digest_told(
    draft: &mut Draft<'_>,
    id: &DeliveryId,
    delivery: &DeliveryRecord,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let told = delivery.fixed.map_or(now, |fixed| Digest::time_of(fixed.revision));
    match load(draft, &id.chat, Kind::Digest)? {
        Some(record) if record.number == id.incident.number => {
            put(draft, &id.chat, Kind::Digest, &AppointmentRecord { told: Some(told), ..record })
        }
        Some(_) | None => Ok(()),
    }
}

/// Ends all appointments of a chat that is gone.
pub(super) fn forget(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    for kind in Kind::ALL {
        cancel(draft, chat, kind)?;
    }
    Ok(())
}

/// A chat's digest goes along to its new address, unless there is one. Its mutes see to themselves.
pub(super) fn relocate(draft: &mut Draft<'_>, from: &ChatId, to: &ChatId) -> Result<(), StoreError> {
    let old = load(draft, from, Kind::Digest)?;
    cancel(draft, from, Kind::Digest)?;
    match (old, load(draft, to, Kind::Digest)?) {
        (Some(old), None) => put(draft, to, Kind::Digest, &old),
        (Some(_) | None, _) => Ok(()),
    }
}

/// What a row of appointments that cannot be read stood for is reckoned anew from what its chat has chosen.
pub(super) fn rebuild(draft: &mut Draft<'_>, chat: &ChatId) -> Result<(), StoreError> {
    for (key, _) in draft.scan_raw(&keys::agenda(), usize::MAX)? {
        if keys::on_agenda(&key).is_ok_and(|(_, one, _)| one == *chat) {
            draft.remove(&Key(key))?;
        }
    }
    let now = draft.now.unwrap_or_default();
    if let Some(settings) = chat::settings(draft, chat)? {
        arrange_digest(draft, chat, None, settings, now)?;
    }
    mutes::arrange(draft, chat)
}

/// Brings the list by time into line with the appointments, and these with the mutes there are, which had none in earlier
/// versions.
pub(super) fn put_in_order(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for (key, _) in draft.scan_all(&keys::all_mutes())? {
        mutes::arrange(draft, &keys::chat_of(&key)?)?;
    }
    for (key, bytes) in draft.scan_all(&keys::all_appointments())? {
        let (chat, letter) = keys::appointment_of(&key)?;
        let record: AppointmentRecord = decode(&key, &bytes)?;
        draft.mark(&keys::appointment_at(record.due, &chat, letter))?;
    }
    Ok(())
}

fn digest_of(chat: &ChatId, number: u32) -> DeliveryId {
    DeliveryId { chat: chat.clone(), incident: IncidentId::of_digest(number) }
}

fn load(draft: &Draft<'_>, chat: &ChatId, kind: Kind) -> Result<Option<AppointmentRecord>, StoreError> {
    let key = keys::appointment(chat, kind.letter());
    draft.get(&key)?.map(|bytes| decode(&key.0, &bytes)).transpose()
}

fn put(draft: &mut Draft<'_>, chat: &ChatId, kind: Kind, record: &AppointmentRecord) -> Result<(), StoreError> {
    if let Some(before) = load(draft, chat, kind)?.filter(|before| before.due != record.due) {
        draft.remove(&keys::appointment_at(before.due, chat, kind.letter()))?;
    }
    draft.mark(&keys::appointment_at(record.due, chat, kind.letter()))?;
    draft.put(&keys::appointment(chat, kind.letter()), &encode(record))
}

fn cancel(draft: &mut Draft<'_>, chat: &ChatId, kind: Kind) -> Result<(), StoreError> {
    if let Some(before) = load(draft, chat, kind)? {
        draft.remove(&keys::appointment_at(before.due, chat, kind.letter()))?;
        draft.remove(&keys::appointment(chat, kind.letter()))?;
    }
    Ok(())
}
