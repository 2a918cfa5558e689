//! How many deliveries of each platform are not settled, by when they were first due.
//!
//! That is kept with every change, a row for each few seconds, so that nobody has to walk the outbox to know it. The rows of all
//! platforms together must come to what the counters say; where they do not (the store is from before there were such rows,
//! or a delivery could not be read any more), they are counted anew.

use chrono::{DateTime, Utc};

use crate::{
    domain::Platform,
    store::{
        Depth, StoreError,
        keyed::Draft,
        keys,
        operations::outbox,
        record::{DeliveryRecord, decode, encode},
    },
};

/// Deliveries looked at together when they are counted anew.
const AT_ONCE: usize = 512;

/// One more that was first due then.
pub(super) fn add(draft: &mut Draft<'_>, platform: Platform, since: DateTime<Utc>) -> Result<(), StoreError> {
    let key = keys::depth(platform, since);
    let count = count(draft, &key)?.saturating_add(1);
    draft.put(&key, &encode(&count))
}

/// One less.
pub(super) fn take(draft: &mut Draft<'_>, platform: Platform, since: DateTime<Utc>) -> Result<(), StoreError> {
    let key = keys::depth(platform, since);
    match count(draft, &key)? {
        0 => Ok(()),
        1 => draft.remove(&key).map(drop),
        count => draft.put(&key, &encode(&(count - 1))),
    }
}

fn count(draft: &Draft<'_>, key: &keys::Key) -> Result<usize, StoreError> {
    draft.get(key)?.map_or(Ok(0), |bytes| decode(&key.0, &bytes))
}

/// How much there is; `None` when the rows do not come to what there is.
pub(super) fn depths(draft: &Draft<'_>) -> Result<Option<Vec<Depth>>, StoreError> {
    let mut depths = Vec::new();
    for platform in Platform::ALL {
        let mut depth = Depth { platform, fan_outs: 0, deliveries: 0, oldest: None };
        for (key, bytes) in draft.scan_all(&keys::depths(platform))? {
            let count: usize = decode(&key, &bytes)?;
            depth.deliveries = depth.deliveries.saturating_add(count);
            depth.age(keys::depth_since(&key)?);
        }
        for (_, fanout) in outbox::fanouts(draft, platform)? {
            depth.fan_outs += 1;
            depth.age(fanout.since);
        }
        depths.push(depth);
    }
    let sum: usize = depths.iter().map(|depth| depth.deliveries).sum();
    Ok((sum == draft.counters.deliveries).then_some(depths))
}

/// Looks at every delivery there is, and says how much there is then.
pub(super) fn count_anew(draft: &mut Draft<'_>) -> Result<Vec<Depth>, StoreError> {
    for platform in Platform::ALL {
        for (key, _) in draft.scan_all(&keys::depths(platform))? {
            draft.remove(&keys::Key(key))?;
        }
    }
    let mut rest = Some(keys::all_deliveries());
    let mut found = 0;
    while let Some(range) = rest {
        let rows = draft.scan(&range, AT_ONCE)?;
        for (key, bytes) in &rows {
            let delivery: DeliveryRecord = decode(key, bytes)?;
            add(draft, keys::delivery_id(key)?.chat.platform, delivery.since)?;
            found += 1;
        }
        rest = rows.last().and_then(|(key, _)| range.rest(key));
    }
    draft.counters.deliveries = found;
    Ok(depths(draft)?.unwrap_or_default())
}
