//! cState: `index.json` of a static status page, or the document of one issue.
//!
//! Survived: issues that repeat under every system they affect, `<no value>` where there is none, times as Go prints them
//! with the zone twice (Schullogin), flags in quotes (version 4), keys in two spellings, and notices that are no outage. A
//! title with a quote in it makes the whole document no JSON; then nothing is known. cState has no phases and the index no
//! texts.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    domain::{Component, Condition, Observation, Phase, PostedIncident, PostedUpdate},
    feeds::{
        ParseError, headline,
        prose::plain,
        tidy::{MOST_NAMES, MOST_PARTS, MOST_STORIES, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    is: Scalar,
    #[serde(rename = "cStateVersion")]
    version: Scalar,
    title: Scalar,
    #[serde(rename = "summaryStatus")]
    summary: Scalar,
    systems: List<Object<System>>,
    #[serde(rename = "pinnedIssues")]
    pinned: List<Object<Issue>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct System {
    name: Scalar,
    category: Scalar,
    status: Scalar,
    #[serde(rename = "unresolvedIssues")]
    issues: List<Object<Issue>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Issue {
    is: Scalar,
    section: Scalar,
    title: Scalar,
    #[serde(rename = "createdAt")]
    created: Scalar,
    created_at: Scalar,
    permalink: Scalar,
    severity: Scalar,
    resolved: Scalar,
    informational: Scalar,
    #[serde(rename = "resolvedAt")]
    resolved_on: Scalar,
    resolved_at: Scalar,
    affected: List<Scalar>,
    filename: Scalar,
    body: Scalar,
}

/// Reads the index, or one issue.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let document = json::<Object<Document>>(text)?.0.unwrap_or_default();
    if !document.version.is_there() && document.is.word().as_deref() != Some("index") {
        return parse_issue(text);
    }
    let List::Items(_) = document.systems else {
        return Err(ParseError { reason: "expected a list `systems`".to_owned() });
    };
    let systems = || document.systems.objects();
    let components: Vec<Component> = systems().filter_map(System::component).take(MOST_PARTS).collect();
    let mut incidents: Vec<PostedIncident> = Vec::new();
    // The same issue repeats under every system it affects.
    let mut known: HashMap<String, usize> = HashMap::new();
    let of_systems = systems().flat_map(|system| system.issues.objects().map(move |issue| (issue, Some(system))));
    for (issue, system) in of_systems.chain(document.pinned.objects().map(|issue| (issue, None))) {
        let Some(incident) = issue.incident() else { continue };
        let index = *known.entry(incident.id.clone()).or_insert(incidents.len());
        if index == incidents.len() && index < MOST_STORIES {
            incidents.push(incident);
        }
        let name = system.and_then(|system| system.name.value().and(system.name.name()));
        if let (Some(name), Some(incident)) = (name, incidents.get_mut(index))
            && incident.components.len() < MOST_NAMES
            && !incident.components.contains(&name)
        {
            incident.components.push(name);
        }
    }
    let condition = match document.summary.value() {
        Some(word) => headline::of_word(condition_of_word(&word), &components, &incidents),
        None => worst_open(&incidents).worst(headline::of_list(&components)),
    };
    Ok(Observation { service: document.title.value(), condition, components, incidents, ..Observation::default() })
}

/// An issue tells of itself alone.
fn parse_issue(text: &str) -> Result<Observation, ParseError> {
    let issue = json::<Object<Issue>>(text)?.0.unwrap_or_default();
    let is_issue = issue.is.word().as_deref() == Some("issue")
        || matches!(issue.section.word().as_deref(), Some("issue" | "issues"));
    let incident = issue.incident().filter(|_| is_issue && issue.severity.is_there()).ok_or_else(|| ParseError {
        reason: "expected `cStateVersion` and `systems`, or an issue with `severity`".to_owned(),
    })?;
    let incidents = vec![incident];
    Ok(Observation { condition: worst_open(&incidents), incidents, ..Observation::default() })
}

impl System {
    fn component(&self) -> Option<Component> {
        Some(Component {
            id: None,
            name: self.name.value()?,
            group: self.category.value(),
            is_group: false,
            condition: self.status.value().map_or(Condition::Unknown, |word| condition_of_word(&word)),
        })
    }
}

impl Issue {
    fn incident(&self) -> Option<PostedIncident> {
        let title = self.title.value().map(|title| plain(&title));
        let created_at = self.created.time().or_else(|| self.created_at.time());
        let by_title = || Some(format!("{} {}", title.as_deref()?, created_at?.format("%Y-%m-%dT%H:%M")));
        let is_over = self.resolved.is_true();
        let is_notice = self.informational.is_true();
        let body = self.body.value().map(|body| plain(&body));
        Some(PostedIncident {
            id: self.permalink.value().or_else(|| self.filename.value()).or_else(by_title)?,
            impact: match self.severity.value() {
                _ if is_notice => Some(Condition::Operational),
                Some(word) => Some(headline::impact(condition_of_word(&word))),
                None => None,
            },
            title: title.unwrap_or_default(),
            phase: Some(if is_over { Phase::Resolved } else { Phase::Investigating }),
            started_at: created_at,
            resolved_at: self.resolved_on.time().or_else(|| self.resolved_at.time()).filter(|_| is_over),
            url: self.permalink.value(),
            components: self.affected.items().iter().filter_map(Scalar::value).collect(),
            regions: Vec::new(),
            updates: body
                .map(|body| PostedUpdate { id: None, phase: None, at: created_at, body: Some(body) })
                .into_iter()
                .collect(),
        })
    }
}

impl Scalar {
    /// As text, where the template had something to print.
    fn value(&self) -> Option<String> {
        self.text().filter(|text| text.trim() != "<no value>")
    }
}

fn condition_of_word(word: &str) -> Condition {
    match word.trim().to_lowercase().as_str() {
        "ok" | "notice" => Condition::Operational,
        "disrupted" => Condition::Degraded,
        "down" => Condition::MajorOutage,
        other => headline::of_new_word(other),
    }
}
