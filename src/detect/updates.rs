//! Updates of an incident: which were told before, and which are new.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::{Incident, Phase, PostedUpdate, Role, Update};

/// Updates kept per incident, the newest.
pub(super) const MOST_UPDATES: usize = 200;

/// Adds what is new among the updates of a document and refreshes the rest without a word. Reports whether any was new.
pub(super) fn take(incident: &mut Incident, posted: &[PostedUpdate], role: Role, now: DateTime<Utc>) -> bool {
    let mut phase = Phase::Investigating;
    let beyond = posted.len().saturating_sub(MOST_UPDATES);
    let mut unknown = Vec::new();
    let mut listed = BTreeSet::new();
    // What is known is refreshed first: whether the rest is new is judged by the words as they are now.
    for (index, (update, key)) in posted.iter().zip(keys(posted)).enumerate() {
        phase = update.phase.unwrap_or(phase);
        if index < beyond || !listed.insert(key.clone()) {
            continue;
        }
        // An update cannot have been read before it was written: a time ahead is a mistake.
        let at = update.at.filter(|at| *at <= now);
        let body = update.body.as_deref().unwrap_or_default();
        if let Some(known) = incident.updates.iter_mut().find(|known| known.key == key) {
            known.at = at.unwrap_or(known.at);
            if known.body != body {
                known.body = body.to_owned();
            }
        } else {
            let body = body.to_owned();
            unknown.push((update.id.is_some(), Update { key, phase, at: at.unwrap_or(now), body, role }));
        }
    }
    let mut is_news = false;
    for (has_id, update) in unknown {
        // When the list is full, what is older than all of it was dropped from it earlier.
        let is_full = incident.updates.len() >= MOST_UPDATES;
        let is_dropped = is_full && incident.updates.first().is_some_and(|oldest| update.at <= oldest.at);
        if !is_dropped && (has_id || says_more(incident, update.phase, &update.body)) {
            incident.updates.push(update);
            is_news = true;
        }
    }
    incident.updates.sort_by_key(|update| update.at);
    let surplus = incident.updates.len().saturating_sub(MOST_UPDATES);
    incident.updates.drain(..surplus);
    is_news
}

/// Whether a document is older than what is known: it tells nothing new and lacks the word that the incident is over.
pub(super) fn is_stale(incident: &Incident, posted: &[PostedUpdate]) -> bool {
    let keys = keys(posted);
    let knows = |key: &String| incident.updates.iter().any(|known| known.key == *key);
    !keys.is_empty()
        && keys.iter().all(knows)
        && incident.updates.iter().any(|known| known.phase.is_closed() && !keys.contains(&known.key))
}

/// Whether an update without an id tells more than what is known: a new phase, or new words in it. Some feeds stamp the
/// same words anew at every reading.
fn says_more(incident: &Incident, phase: Phase, body: &str) -> bool {
    !incident.updates.iter().any(|known| known.phase == phase && (body.is_empty() || known.body == body))
}

/// What tells each update from the others: the provider's id; else its time and phase, with a number where they
/// repeat; else a hash of its words. Edited words change none of the first two.
fn keys(posted: &[PostedUpdate]) -> Vec<String> {
    let mut used = BTreeSet::new();
    posted
        .iter()
        .map(|update| {
            let word = update.phase.map_or("", Phase::word);
            let mut key = match (&update.id, update.at) {
                (Some(id), _) => return id.clone(),
                (None, Some(at)) => format!("at:{}:{word}", at.timestamp_millis()),
                (None, None) => format!("text:{:016x}:{word}", fnv(update.body.as_deref().unwrap_or_default())),
            };
            if !used.insert(key.clone()) {
                let numbered = (2..=used.len() + 1).map(|number| format!("{key}:{number}"));
                key = numbered.into_iter().find(|numbered| !used.contains(numbered)).unwrap_or(key);
                used.insert(key.clone());
            }
            key
        })
        .collect()
}

/// FNV-1a: stored keys must stay the same in all versions of the program, which the standard hasher does not promise.
///
/// Source: <http://www.isthe.com/chongo/tech/comp/fnv/> (64 bits).
pub(super) fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
