//! Gatus: `api/v1/endpoints/statuses`, one endpoint of it, or `api/v1/suites/statuses`.
//!
//! An endpoint is up or down, as its last result says. Survived: endpoints that were never asked, times of the year 1 (Gatus'
//! own tests), results without conditions. Host names, conditions and errors are the owner's business and are not kept.

use serde::Deserialize;

use crate::{
    domain::{Component, Condition, Observation},
    feeds::{
        ParseError, document, headline,
        tidy::MOST_PARTS,
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Endpoint {
    name: Scalar,
    group: Scalar,
    key: Scalar,
    results: List<Object<Outcome>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Outcome {
    success: Scalar,
    timestamp: Scalar,
}

/// Reads a list of endpoints or suites, or a single one.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let endpoints = if document::json_text(text)?.starts_with('[') {
        match json::<List<Object<Endpoint>>>(text)? {
            List::Items(endpoints) => endpoints,
            List::Absent | List::Wrong => Vec::new(),
        }
    } else {
        vec![json::<Object<Endpoint>>(text)?]
    };
    let is_empty = endpoints.is_empty();
    let endpoints: Vec<Endpoint> = endpoints.into_iter().filter_map(|endpoint| endpoint.0).collect();
    // One that was never asked may have no list.
    let is_endpoint = |endpoint: &Endpoint| endpoint.key.is_there() && matches!(endpoint.results, List::Items(_));
    if !is_empty && !endpoints.iter().any(is_endpoint) {
        return Err(ParseError { reason: "expected endpoints with `key` and `results`".to_owned() });
    }
    let components: Vec<Component> = endpoints.iter().filter_map(Endpoint::component).take(MOST_PARTS).collect();
    Ok(Observation { condition: headline::of_measured(&components), components, ..Observation::default() })
}

impl Endpoint {
    fn component(&self) -> Option<Component> {
        // Oldest first; where times are missing or equal, the last one counts.
        let last = self.results.objects().max_by_key(|outcome| outcome.timestamp.time());
        Some(Component {
            id: self.key.text(),
            name: self.name.text().or_else(|| self.key.text())?,
            group: self.group.text(),
            is_group: false,
            condition: match last.and_then(|outcome| outcome.success.word()).as_deref() {
                Some("true") => Condition::Operational,
                Some("false") => Condition::MajorOutage,
                Some(_) | None => Condition::Unknown,
            },
        })
    }
}
