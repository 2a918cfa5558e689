//! Azure's feed: it holds only what is open, and nothing when all is well.
//!
//! Survived: guids that are made of titles and come again in other years, services and regions in one list of categories,
//! titles that end in a blank, dates that end in ` Z`, and no word on severity or phase. An item that is gone is over.

use chrono::Datelike;

use super::{
    story::Said,
    words::{self, Word},
    xml::{Item, Log},
};
use crate::{
    domain::{Condition, Observation, Phase, PostedIncident},
    feeds::{prose::plain, tidy::worst_open},
};

/// So many regions make more than one place degraded.
const MANY_REGIONS: usize = 4;

/// Whether a feed is Azure's.
pub(super) fn is_azure(log: &Log) -> bool {
    log.title.eq_ignore_ascii_case("Azure Status")
}

pub(super) fn read(log: Log) -> Observation {
    let incidents: Vec<PostedIncident> = log.items.into_iter().filter_map(incident).collect();
    let condition = Condition::Operational.worst(worst_open(&incidents));
    Observation { service: Some("Azure".to_owned()), condition, incidents, ..Observation::default() }
}

fn incident(item: Item) -> Option<PostedIncident> {
    let (regions, components): (Vec<String>, Vec<String>) =
        item.categories.into_iter().partition(|name| is_region(name));
    let is_everywhere = regions.iter().any(|region| region.eq_ignore_ascii_case("global"));
    // Notices about other people's trouble come without categories; how bad they are nobody tells.
    let impact = if regions.len() >= MANY_REGIONS || is_everywhere {
        Some(Condition::PartialOutage)
    } else {
        (!regions.is_empty() || !components.is_empty()).then_some(Condition::Degraded)
    };
    let title = item.title.trim().to_owned();
    let slug = item.id.or_else(|| Some(title.to_lowercase()).filter(|title| !title.is_empty()))?;
    let year = item.published.map_or_else(String::new, |at| format!(" {}", at.year()));
    // An item that is over is gone, as a rule; some stay for a while and say so in the title ("… - Mitigated").
    let word = words::in_title(&title);
    let phase = match word {
        Some(Word::Open(phase) | Word::Closed(phase)) => phase,
        Some(Word::Planned(_) | Word::Update) | None => Phase::Investigating,
    };
    let said = Said::new(word, item.published, plain(&item.body)).marked();
    Some(PostedIncident {
        id: format!("{slug}{year}"),
        title,
        impact,
        phase: Some(phase),
        started_at: item.published,
        resolved_at: None,
        url: item.link,
        components,
        regions,
        updates: vec![said.update],
    })
}

/// Regions are named by country and direction ("West US 2", "UAE North"); no service is, but for `IoT Central`.
fn is_region(category: &str) -> bool {
    const DIRECTIONS: [&str; 9] =
        ["central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west"];
    let name = category.trim().to_lowercase();
    let is_direction = |word: &str| DIRECTIONS.contains(&word.trim_end_matches(|last: char| last.is_ascii_digit()));
    let has_direction = name.split_whitespace().any(is_direction) && !name.contains("iot");
    let is_government = ["usgov ", "us gov ", "ussec ", "us sec ", "usnat ", "usdod ", "us dod "];
    has_direction
        || name == "global"
        || name.contains("non-regional")
        || is_government.into_iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_told_from_services() {
        for region in [
            "West US",
            "East US 2 EUAP",
            "UAE North",
            "Brazil Southeast",
            "US Gov Virginia",
            "Global",
            "Public Non-Regional",
        ] {
            assert!(is_region(region), "{region}");
        }
        for service in ["API Management", "Virtual WAN", "Azure IoT Central", "Application Gateway", "Azure Front Door"]
        {
            assert!(!is_region(service), "{service}");
        }
    }
}
