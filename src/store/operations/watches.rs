//! Pages that chats watch.
//!
//! A watch lives and dies with the chat's subscription to the page, so whatever ends or moves the one does so to the other.
//! A page that nobody subscribes to any more stays until the program has stopped reading it: [`end`].

use std::borrow::Cow;

use crate::{
    domain::{Change, ChatId, Platform, ServiceId, Topic, Watch, WatchLimit, WatchLimits, WatchedPage},
    store::{
        PageEnd, StoreError,
        keyed::Draft,
        keys,
        operations::outbox,
        record::{PageRecord, WatchRecord, decode, encode},
    },
};

/// Incidents of a page that are removed at once, so that nobody else waits long for a page with a long history.
const ENDED_AT_ONCE: usize = 64;

/// Every page, and whether anybody watches it.
pub(super) fn pages(draft: &Draft<'_>) -> Result<Vec<(WatchedPage, bool)>, StoreError> {
    let mut pages = Vec::new();
    for (key, bytes) in draft.scan_all(&keys::pages())? {
        let id = keys::page_id(&key)?;
        let is_watched = is_watched(draft, &id)?;
        pages.push((decode::<PageRecord>(&key, &bytes)?.into_page(id), is_watched));
    }
    Ok(pages)
}

/// What a chat watches, by the id of the page.
pub(super) fn of_chat(draft: &Draft<'_>, chat: &ChatId) -> Result<Vec<Watch>, StoreError> {
    let mut watches = Vec::new();
    for (key, bytes) in draft.scan_all(&keys::watches(chat))? {
        let id = keys::watch_page(&key)?;
        let name = decode::<WatchRecord>(&key, &bytes)?.name;
        watches.extend(page(draft, &id)?.map(|page| Watch { page, name }));
    }
    Ok(watches)
}

/// A chat's watch of this page.
pub(super) fn one(draft: &Draft<'_>, chat: &ChatId, id: &ServiceId) -> Result<Option<Watch>, StoreError> {
    let Some(page) = page(draft, id)? else { return Ok(None) };
    let is_watched = draft.has(&keys::watch(chat, id))?;
    let name = name(draft, chat, id)?;
    Ok(is_watched.then_some(Watch { page, name }))
}

/// What a chat calls a page it watches; `None`: as the page calls itself.
pub(super) fn name(draft: &Draft<'_>, chat: &ChatId, service: &ServiceId) -> Result<Option<String>, StoreError> {
    let key = keys::watch(chat, service);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    Ok(decode::<WatchRecord>(&key.0, &bytes)?.name)
}

fn page(draft: &Draft<'_>, id: &ServiceId) -> Result<Option<WatchedPage>, StoreError> {
    let key = keys::page(id);
    let Some(bytes) = draft.get(&key)? else { return Ok(None) };
    Ok(Some(decode::<PageRecord>(&key.0, &bytes)?.into_page(id.clone())))
}

fn is_watched(draft: &Draft<'_>, id: &ServiceId) -> Result<bool, StoreError> {
    let topic = Topic::Service(id.clone());
    for platform in Platform::ALL {
        if draft.has_any(&keys::subscribers(&topic, platform))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The changes, with an id of its own for each page whose id is that of another document; `None` when there is none left.
pub(super) fn placed<'c>(draft: &Draft<'_>, changes: &'c [Change]) -> Result<Option<Cow<'c, [Change]>>, StoreError> {
    let mut placed = Cow::Borrowed(changes);
    for change in changes {
        let Change::Watch { watch: Watch { page: new, .. }, .. } = change else { continue };
        let found =
            new.id_beside(|id| Ok::<_, StoreError>(page(draft, id)?.map(|known| known.is_at(new.kind, &new.url))))?;
        let Some(id) = found else { return Ok(None) };
        if id == new.id {
            continue;
        }
        let topic = Topic::Service(new.id.clone());
        for change in placed.to_mut() {
            if let Change::Watch { watch, .. } = change
                && watch.page == *new
            {
                watch.page.id = id.clone();
            } else if let Change::Subscribe(wanted) = change
                && wanted.topic == topic
            {
                wanted.topic = Topic::Service(id.clone());
            }
        }
    }
    Ok(Some(placed))
}

/// The limit that another watch would break; a page that the chat watches already breaks none.
pub(super) fn broken(
    draft: &Draft<'_>,
    chat: &ChatId,
    new: &WatchedPage,
    limits: &WatchLimits,
) -> Result<Option<WatchLimit>, StoreError> {
    if draft.has(&keys::watch(chat, &new.id))? {
        return Ok(None);
    }
    if draft.scan_all(&keys::watches(chat))?.len() >= limits.per_chat {
        return Ok(Some(WatchLimit::PerChat));
    }
    let pages = pages(draft)?;
    let is_new = !pages.iter().any(|(page, is_watched)| page.id == new.id && *is_watched);
    let count = pages.iter().filter(|(_, is_watched)| *is_watched).count();
    Ok((is_new && count >= limits.overall).then_some(WatchLimit::Overall))
}

/// Makes or replaces a watch. What is known of a page that is watched already stays.
pub(super) fn put(draft: &mut Draft<'_>, chat: &ChatId, watch: &Watch) -> Result<(), StoreError> {
    let Watch { page: new, name } = watch;
    if page(draft, &new.id)?.is_none() {
        draft.put(&keys::page(&new.id), &encode(&PageRecord::of(new)))?;
    }
    draft.put(&keys::watch(chat, &new.id), &encode(&WatchRecord { name: name.clone() }))
}

/// Ends a chat's watch with its subscription; one to something else is none.
pub(super) fn end_with(draft: &mut Draft<'_>, chat: &ChatId, topic: &Topic) -> Result<(), StoreError> {
    match topic {
        Topic::Service(id) => draft.remove(&keys::watch(chat, id)).map(drop),
        Topic::Category(_) => Ok(()),
    }
}

/// Moves a chat's watches to its new address. What exists there already is newer and stays.
pub(super) fn relocate(draft: &mut Draft<'_>, from: &ChatId, to: &ChatId) -> Result<(), StoreError> {
    for (key, bytes) in draft.scan_all(&keys::watches(from))? {
        let there = keys::watch(to, &keys::watch_page(&key)?);
        draft.remove(&keys::Key(key))?;
        if !draft.has(&there)? {
            draft.put(&there, &bytes)?;
        }
    }
    Ok(())
}

/// See [`crate::store::Store::end_page`].
pub(super) fn end(draft: &mut Draft<'_>, id: &ServiceId) -> Result<PageEnd, StoreError> {
    if is_watched(draft, id)? {
        return Ok(PageEnd::Watched);
    }
    for (key, _) in draft.scan_all(&keys::sources(id))? {
        draft.remove(&keys::Key(key))?;
    }
    for _ in 0..ENDED_AT_ONCE {
        let Some((key, _)) = draft.scan(&keys::history(id), 1)?.pop() else {
            // The head stays: the numbers of its incidents are not given out again, for chats were told of them.
            draft.remove(&keys::page(id))?;
            return Ok(PageEnd::Ended);
        };
        let incident = keys::history_incident(&key)?;
        for platform in Platform::ALL {
            outbox::end_fanout(draft, platform, &incident)?;
        }
        for (key, _) in draft.scan_all(&keys::updates(&incident))? {
            draft.remove(&keys::Key(key))?;
        }
        for key in [keys::incident(&incident), keys::progress(&incident), keys::kept(&incident)] {
            draft.remove(&key)?;
        }
    }
    Ok(PageEnd::Partly)
}
