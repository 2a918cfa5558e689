//! Incident lists of Google Cloud, Workspace and kin.
//!
//! Survived: `status_impact` and `severity` that tell the peak instead of the present, updates written days after the end
//! that still say `SERVICE_DISRUPTION` (Workspace), line breaks in descriptions, texts in Markdown, and a year of history.
//! The document names neither its service nor its own address, so links (`incidents/<id>`) cannot be completed.

use serde::Deserialize;

use crate::{
    domain::{Condition, Observation, Phase, PostedIncident, PostedUpdate},
    feeds::{
        ParseError,
        prose::{markdown, plain},
        tidy::{MOST_STORIES, Order, oldest_first},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    number: Scalar,
    begin: Scalar,
    created: Scalar,
    end: Scalar,
    external_desc: Scalar,
    updates: List<Object<Said>>,
    most_recent_update: Object<Said>,
    status_impact: Scalar,
    severity: Scalar,
    service_name: Scalar,
    affected_products: List<Object<Named>>,
    currently_affected_locations: List<Object<Named>>,
    previously_affected_locations: List<Object<Named>>,
    uri: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    created: Scalar,
    when: Scalar,
    text: Scalar,
    status: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    title: Scalar,
    id: Scalar,
}

/// Reads `incidents.json`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let List::Items(stories) = json::<List<Object<Story>>>(text)? else {
        return Err(ParseError { reason: "expected a list of incidents".to_owned() });
    };
    let is_empty = stories.is_empty();
    let stories: Vec<&Story> = stories.iter().filter_map(|story| story.0.as_ref()).collect();
    let is_google = |story: &&Story| story.external_desc.is_there() || story.most_recent_update.0.is_some();
    if !is_empty && !stories.iter().any(is_google) {
        return Err(ParseError {
            reason: "expected incidents with `external_desc` and `most_recent_update`".to_owned(),
        });
    }
    let now = stories.iter().filter(|story| story.is_open()).map(|story| story.present());
    Ok(Observation {
        condition: now.fold(Condition::Operational, Condition::worst),
        incidents: stories.iter().filter_map(|story| story.incident()).take(MOST_STORIES).collect(),
        ..Observation::default()
    })
}

impl Story {
    /// Open until an end is told, whatever the last update says.
    fn is_open(&self) -> bool {
        self.end.text().is_none_or(|end| end.starts_with("0001-"))
    }

    /// How well things are now, while it is open: the newest update tells, and one that is watched counts as degraded.
    fn present(&self) -> Condition {
        let newest = self.most_recent_update.0.as_ref().or_else(|| self.updates.objects().next());
        match newest.and_then(|said| said.status.word()).as_deref() {
            Some("available") => Condition::Degraded,
            Some(word) => self.weigh(word),
            None => self.peak().unwrap_or(Condition::Degraded),
        }
    }

    fn peak(&self) -> Option<Condition> {
        self.status_impact.word().map(|word| self.weigh(&word))
    }

    fn weigh(&self, word: &str) -> Condition {
        match word {
            "available" | "service_information" => Condition::Operational,
            "service_outage" => Condition::MajorOutage,
            "service_disruption" => match self.severity.word().as_deref() {
                Some("medium" | "high") => Condition::PartialOutage,
                _ => Condition::Degraded,
            },
            // A new word of theirs: bad, until we know better.
            _ => Condition::Degraded,
        }
    }

    fn incident(&self) -> Option<PostedIncident> {
        let updates = self.updates();
        let newest = self.most_recent_update.0.as_ref().or_else(|| self.updates.objects().next());
        let is_watched = newest.and_then(|said| said.status.word()).as_deref() == Some("available");
        let phase = if !self.is_open() {
            Phase::Resolved
        } else if is_watched {
            Phase::Monitoring
        } else {
            updates.iter().rev().find_map(|update| update.phase).unwrap_or(Phase::Investigating)
        };
        let products = names(&self.affected_products);
        let mut regions = locations(&self.currently_affected_locations);
        if regions.is_empty() && !self.is_open() {
            regions = locations(&self.previously_affected_locations);
        }
        Some(PostedIncident {
            id: self.id.text().or_else(|| self.number.text())?,
            title: self.external_desc.text().map(|text| title(&plain(&markdown(&text)))).unwrap_or_default(),
            impact: self.peak(),
            phase: Some(phase),
            started_at: self.begin.time().or_else(|| self.created.time()),
            resolved_at: self.end.time(),
            url: self.uri.text(),
            components: if products.is_empty() { self.service_name.text().into_iter().collect() } else { products },
            regions,
            updates,
        })
    }

    /// Phase words do not exist: the first update investigates, what is written of a found cause identifies, one that calls
    /// the service available watches, one at or after the end resolves, and what comes after that is a report.
    fn updates(&self) -> Vec<PostedUpdate> {
        let end = self.end.time();
        let updates = self.updates.objects().map(|said| {
            let body = said.text.text().map(|text| plain(&markdown(&text)));
            let is_watched = said.status.word().as_deref() == Some("available");
            PostedUpdate {
                id: said.created.text(),
                phase: if is_watched { Some(Phase::Monitoring) } else { body.as_deref().and_then(phase_of) },
                at: said.when.time().or_else(|| said.created.time()),
                body,
            }
        });
        let mut updates = oldest_first(updates.collect(), Order::NewestFirst);
        if let Some(first) = updates.first_mut() {
            first.phase = Some(Phase::Investigating);
        }
        let after_end =
            updates.iter_mut().filter(|update| end.is_some_and(|end| update.at.is_some_and(|at| at >= end)));
        for (index, update) in after_end.enumerate() {
            update.phase = (index == 0).then_some(Phase::Resolved);
        }
        updates
    }
}

/// The description, which may be a form with a heading over every part of it: the first part is the summary.
fn title(description: &str) -> String {
    let mut lines = description.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let is_heading = |line: &&str| matches!(line.trim_end_matches(':'), "Summary" | "Title" | "Description");
    if lines.next_if(is_heading).is_some() {
        return lines.next().unwrap_or_default().to_owned();
    }
    description.to_owned()
}

fn phase_of(text: &str) -> Option<Phase> {
    let text = text.to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
    if has(&["has been identified", "have identified", "root cause", "identified the cause"]) {
        Some(Phase::Identified)
    } else {
        None
    }
}

fn names(list: &List<Object<Named>>) -> Vec<String> {
    list.objects().filter_map(|named| named.title.text().or_else(|| named.id.text())).collect()
}

fn locations(list: &List<Object<Named>>) -> Vec<String> {
    list.objects().filter_map(|named| named.id.text().or_else(|| named.title.text())).collect()
}
