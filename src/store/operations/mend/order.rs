//! Bringing rows that belong together into line, when some of a store were lost.

use super::{each, subscription};
use crate::store::{
    StoreError,
    keyed::{Draft, Row},
    keys::{self, Key, Range},
    record::{DeliveryRecord, FanoutPlaceRecord, FanoutRecord, State, decode, encode},
};

/// Every subscription is in its chat's list and the reverse, every delivery and every fan-out stands where it is looked for.
pub(in crate::store) fn put_in_order(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for (key, _) in rows(draft, &keys::all_subscriptions())? {
        let Ok((topic, chat)) = keys::subscription_of(&key) else { continue };
        draft.mark(&keys::topic(&chat, &topic))?;
    }
    for (key, _) in rows(draft, &keys::all_topics())? {
        let Ok((chat, topic)) = keys::topic_of(&key) else { continue };
        let key = keys::subscription(&topic, &chat);
        if !draft.has(&key)? {
            subscription(draft, &key.0)?;
        }
    }
    for row in rows(draft, &keys::all_deliveries())? {
        let (Ok(id), Some(value)) = (keys::delivery_id(&row.0), draft.value(&row)) else { continue };
        let Ok(DeliveryRecord { state, urgency, due, .. }) = decode(&row.0, &value) else { continue };
        match state {
            State::Claimed => draft.mark(&keys::claimed(&id))?,
            State::Waiting { sequence } => {
                draft.put(&keys::place(id.chat.platform, urgency, due, sequence), &keys::delivery(&id).0)?;
            }
        }
    }
    for row in rows(draft, &keys::all_fanouts())? {
        let (Ok((platform, urgency, turn)), Some(value)) = (keys::whole_fanout(&row.0), draft.value(&row)) else {
            continue;
        };
        let Ok(FanoutRecord { incident, .. }) = decode(&row.0, &value) else { continue };
        draft.put(&keys::fanout_of(&incident.0, platform), &encode(&FanoutPlaceRecord { urgency, turn }))?;
    }
    for row in rows(draft, &keys::all_fanout_places())? {
        let (Ok((_, platform)), Some(value)) = (keys::fanout_incident(&row.0), draft.value(&row)) else { continue };
        let Ok(FanoutPlaceRecord { urgency, turn }) = decode(&row.0, &value) else { continue };
        if !draft.has(&keys::fanout(platform, urgency, turn))? {
            draft.remove(&Key(row.0))?;
        }
    }
    Ok(())
}

fn rows(draft: &Draft<'_>, range: &Range) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    each(draft, range, |row| rows.push(row.clone()))?;
    Ok(rows)
}
