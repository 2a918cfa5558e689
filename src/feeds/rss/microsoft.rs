//! Microsoft's product feeds (`status.cloud.microsoft/api/feed/…`): items with an element `status`.
//!
//! Survived: an item that is there even when all is well and says nothing but that.

use super::{
    story::Said,
    xml::{Item, Log},
};
use crate::{
    domain::{Condition, Observation, Phase, PostedIncident},
    feeds::{
        prose::{condition_of, plain},
        tidy::worst_open,
    },
};

/// Whether every item tells its status in an element of its own.
pub(super) fn is_microsoft(log: &Log) -> bool {
    !log.items.is_empty() && log.items.iter().all(|item| item.status.is_some())
}

pub(super) fn read(log: Log) -> Observation {
    let service = Some(log.title.trim().to_owned()).filter(|title| !title.is_empty());
    let of = |item: &Item| item.status.as_deref().map_or(Condition::Unknown, condition_of);
    let told = log.items.iter().map(of).fold(Condition::Unknown, Condition::worst);
    let has_unknown = log.items.iter().any(|item| of(item) == Condition::Unknown);
    let condition = if told == Condition::Operational && has_unknown { Condition::Unknown } else { told };
    let incidents: Vec<PostedIncident> =
        log.items.into_iter().filter(|item| of(item).is_bad()).filter_map(incident).collect();
    let condition = condition.worst(worst_open(&incidents));
    Observation { service, condition, incidents, ..Observation::default() }
}

fn incident(item: Item) -> Option<PostedIncident> {
    let impact = item.status.as_deref().map(condition_of);
    let said = Said::new(None, item.published, plain(&item.body)).marked();
    let title = item.title.trim().to_owned();
    Some(PostedIncident {
        id: item.id.or_else(|| Some(title.to_lowercase()).filter(|title| !title.is_empty()))?,
        title,
        impact,
        phase: Some(Phase::Investigating),
        started_at: item.published,
        resolved_at: None,
        url: item.link,
        components: Vec::new(),
        regions: Vec::new(),
        updates: vec![said.update],
    })
}
