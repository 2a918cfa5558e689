//! Making a request's changes.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    domain::{Change, RequestId, StormRule, WatchLimit},
    store::{
        Applied, StoreError,
        keyed::Draft,
        keys,
        operations::{agenda, chat, mutes, suspend, watches},
        record::encode,
    },
};

/// How long a request is remembered: far longer than any platform delivers one again (Telegram keeps an unconfirmed
/// update for 24 hours). Source: <https://core.telegram.org/bots/api#getting-updates>.
const REMEMBERED: TimeDelta = TimeDelta::hours(48);

/// How many old requests one new one makes forgotten; more than one, so that they become fewer.
const FORGOTTEN_AT_ONCE: usize = 16;

/// How many rows of chats that leave are ended at once, so that nobody else waits long while thousands leave together.
const LEFT_AT_ONCE: usize = 512;

/// See [`crate::store::Store::apply`].
pub(super) fn apply(
    draft: &mut Draft<'_>,
    request: &RequestId,
    changes: &[Change],
    rule: StormRule,
    now: DateTime<Utc>,
) -> Result<Applied, StoreError> {
    if draft.has(&keys::request(request))? {
        return Ok(Applied::Before);
    }
    let Some(changes) = watches::placed(draft, changes)? else { return Ok(Applied::Full(WatchLimit::Overall)) };
    let changes = changes.as_ref();
    for change in changes {
        if let Change::Watch { chat, watch, limits } = change
            && let Some(limit) = watches::broken(draft, chat, &watch.page, limits)?
        {
            return Ok(Applied::Full(limit));
        }
    }
    let mut left = LEFT_AT_ONCE;
    for change in changes {
        if let Change::Leave { platform, place } = change {
            left = left.saturating_sub(chat::leave(draft, *platform, place, left)?);
            if left == 0 {
                return Ok(Applied::Partly);
            }
        }
    }
    for change in changes {
        if !suspend_or_resume(draft, change, now)? {
            return Ok(Applied::Partly);
        }
    }
    let mut lost = BTreeSet::new();
    for change in changes {
        match change {
            Change::Watch { chat, watch, limits: _ } => watches::put(draft, chat, watch)?,
            Change::Subscribe(subscription) => {
                chat::subscribe(draft, subscription, now)?;
                agenda::go_on(draft, &subscription.chat, now)?;
            }
            Change::Unsubscribe { chat, topic } => {
                chat::unsubscribe(draft, chat, topic)?;
                lost.insert(chat);
            }
            Change::UnsubscribeAll { chat } => {
                chat::unsubscribe_all(draft, chat)?;
                lost.insert(chat);
            }
            Change::Settings { chat, settings } => chat::set_settings(draft, chat, *settings, now)?,
            Change::Move { from, to } => chat::relocate(draft, from, to, now)?,
            Change::Mute { chat, mute } => mutes::put(draft, chat, mute, rule, now)?,
            Change::Unmute { chat, muted } => mutes::end(draft, chat, muted, rule, now)?,
            // Done above, before anything else.
            Change::Leave { .. } | Change::Suspend { .. } | Change::Resume { .. } => {}
        }
    }
    for chat in lost {
        chat::drop_unwanted(draft, chat, now)?;
    }
    if let Some(horizon) = now.checked_sub_signed(REMEMBERED) {
        for (key, _) in draft.scan(&keys::requests_before(horizon), FORGOTTEN_AT_ONCE)? {
            draft.remove(&keys::request(&keys::old_request(&key)?))?;
            draft.remove(&keys::Key(key))?;
        }
    }
    draft.put(&keys::request(request), &encode(&now))?;
    draft.mark(&keys::request_at(now, request))?;
    Ok(Applied::Now)
}

/// Lets chats rest or go on. Says whether that is done, or a part of them is left.
fn suspend_or_resume(draft: &mut Draft<'_>, change: &Change, now: DateTime<Utc>) -> Result<bool, StoreError> {
    match change {
        Change::Suspend { platform, place, reason } => suspend::suspend_place(draft, *platform, place, reason, now),
        Change::Resume { platform, place, why } => suspend::resume_place(draft, *platform, place, *why, now),
        Change::Watch { .. }
        | Change::Subscribe(_)
        | Change::Unsubscribe { .. }
        | Change::UnsubscribeAll { .. }
        | Change::Settings { .. }
        | Change::Mute { .. }
        | Change::Unmute { .. }
        | Change::Move { .. }
        | Change::Leave { .. } => Ok(true),
    }
}
