//! What each format may look like besides its usual documents: one line of `variations.jsonl` a variation, with what a
//! careful person reads in it.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::Value;

use super::parse;
use crate::{
    domain::{Condition, Observation, Phase, SourceKind},
    feeds::find_kind,
};

/// A variation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variation {
    /// What is special about it.
    about: String,
    kind: String,
    /// The document alone does not tell its kind.
    #[serde(default)]
    is_mute: bool,
    /// JSON, or the text of any other document.
    document: Value,
    reads: String,
}

/// A reading in one line: the whole; parts that are not well; incidents and planned work, open or not.
fn gist(observation: &Observation) -> String {
    let mut gist = observation.condition.word().to_owned();
    let told = observation.components.iter().filter(|part| part.condition != Condition::Operational);
    for part in told {
        write!(gist, "; {} {}", part.name, part.condition.word()).unwrap();
    }
    for incident in &observation.incidents {
        let phase = incident.phase.map_or("?", Phase::word);
        let impact = incident.impact.map_or("?", Condition::word);
        write!(gist, "; {:?} {phase} {impact}", incident.title).unwrap();
        for (mark, at) in [(">", incident.started_at), ("<", incident.resolved_at)] {
            at.map(|at| write!(gist, " {mark}{}", at.format("%d %R"))).transpose().unwrap();
        }
        for names in [&incident.components, &incident.regions].into_iter().filter(|names| !names.is_empty()) {
            write!(gist, " [{}]", names.join(", ")).unwrap();
        }
    }
    for planned in &observation.maintenances {
        write!(gist, "; plan {:?} {}", planned.title, planned.phase.word()).unwrap();
        for (mark, at) in [(">", planned.starts_at), ("<", planned.ends_at)] {
            at.map(|at| write!(gist, " {mark}{}", at.format("%d %R"))).transpose().unwrap();
        }
    }
    gist
}

#[test]
fn every_variation_is_read_right_and_tells_its_kind() {
    let variations = include_str!("../../../tests/data/variations.jsonl");
    let mut faults = String::new();
    for line in variations.lines() {
        let variation: Variation = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let kind = SourceKind::from_word(&variation.kind).unwrap_or_else(|| panic!("{}", variation.kind));
        let text = variation.document.as_str().map_or_else(|| variation.document.to_string(), str::to_owned);
        let reads = match parse(kind, text.as_bytes(), None, &[]) {
            Ok(observation) => gist(&observation),
            Err(error) => format!("no: {}", error.reason),
        };
        if reads != variation.reads {
            writeln!(
                faults,
                "{}: {}\n  expected {}\n  read     {reads}",
                variation.kind, variation.about, variation.reads
            )
            .unwrap();
        }
        let told = find_kind(text.as_bytes(), None);
        if told != Some(kind).filter(|_| !variation.is_mute) {
            writeln!(faults, "{}: {}: told {told:?}", variation.kind, variation.about).unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
