//! Upptime: `history/summary.json` of the repository that watches the sites.
//!
//! The document is minutes to an hour old, and incidents are issues of the repository, which are not read. GitHub
//! answers few such requests. Survived: sites without an address or with the name of a secret in its place, and scores
//! as texts with `%`. Seen at Network Canvas.

use serde::Deserialize;

use crate::{
    domain::{Component, Condition, Observation},
    feeds::{
        ParseError, headline,
        tidy::MOST_PARTS,
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Site {
    name: Scalar,
    slug: Scalar,
    status: Scalar,
    uptime: Scalar,
    #[serde(rename = "uptimeDay")]
    uptime_day: Scalar,
}

/// Reads `summary.json`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let List::Items(sites) = json::<List<Object<Site>>>(text)? else {
        return Err(ParseError { reason: "expected a list of sites".to_owned() });
    };
    let is_empty = sites.is_empty();
    let sites: Vec<Site> = sites.into_iter().filter_map(|site| site.0).collect();
    // One that was never looked at has no score yet.
    if !is_empty && !sites.iter().any(Site::is_of_upptime) {
        return Err(ParseError { reason: "expected sites with `slug`, `status` and `uptime`".to_owned() });
    }
    let components: Vec<Component> = sites.iter().filter_map(Site::component).take(MOST_PARTS).collect();
    Ok(Observation { condition: headline::of_measured(&components), components, ..Observation::default() })
}

impl Site {
    fn is_of_upptime(&self) -> bool {
        self.slug.is_there() && (self.uptime.is_there() || self.uptime_day.is_there())
    }

    fn component(&self) -> Option<Component> {
        Some(Component {
            id: self.slug.text(),
            name: self.name.text().or_else(|| self.slug.text())?,
            group: None,
            is_group: false,
            condition: match self.status.word().as_deref() {
                Some("up") => Condition::Operational,
                Some("degraded") => Condition::Degraded,
                Some("down") => Condition::MajorOutage,
                Some(other) => headline::of_new_word(other),
                None => Condition::Unknown,
            },
        })
    }
}
