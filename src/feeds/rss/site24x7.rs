//! Site24x7's `StatusIQ`: a feed with one item for each component, its state at the end of the title.
//!
//! Survived: names with dashes in them, names that come several times (once a region, which is not told), items without link
//! and guid, guids that are all the same, and components that are only "Informational".

use super::xml::{Item, Log};
use crate::{
    domain::{Component, Condition, Observation},
    feeds::{
        ParseError,
        headline::{of_list, of_new_word},
    },
};

/// What tells such a feed: the prefix of its own elements is declared at its root.
pub(super) const NAMESPACE: &str = "xmlns:site24x7";

pub(super) fn read(log: Log) -> Result<Observation, ParseError> {
    let title = log.title.trim();
    let name = title.strip_suffix("Status").map_or(title, |name| name.trim_end_matches([' ', '-', '–']));
    let service = Some(name.to_owned()).filter(|name| !name.is_empty());
    let count = log.items.len();
    let components: Vec<Component> = log.items.into_iter().filter_map(component).collect();
    if components.is_empty() && count > 0 {
        return Err(ParseError { reason: "expected items such as `API - Operational`".to_owned() });
    }
    // Without an item nothing is told.
    Ok(Observation { service, condition: of_list(&components), components, ..Observation::default() })
}

fn component(item: Item) -> Option<Component> {
    let (name, state) = item.title.trim().rsplit_once(" - ")?;
    let own_page = item.link.filter(|link| link.contains("/components/"));
    Some(Component {
        id: own_page.and_then(|link| link.rsplit('/').next().map(str::to_owned)),
        name: name.trim().to_owned(),
        group: None,
        is_group: false,
        condition: match state.trim().to_lowercase().as_str() {
            // A notice.
            "operational" | "informational" => Condition::Operational,
            "degraded performance" => Condition::Degraded,
            "partial outage" => Condition::PartialOutage,
            "major outage" => Condition::MajorOutage,
            "under maintenance" => Condition::Maintenance,
            other => of_new_word(other),
        },
    })
}
