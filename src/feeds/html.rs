//! Web pages that tell their state in a sentence or in embedded JSON, each by a rule of its own.
//!
//! Survived: pages that break off, sentences of other words, and what is named below. The rule is found by the
//! document's own words. Signal's page is one sentence; Okta's embeds a list of Salesforce records, with times of day,
//! among them records without an end that are resolved all the same.

use serde::Deserialize;

use crate::{
    domain::{Condition, Observation, Phase, PostedIncident, PostedUpdate},
    feeds::{
        ParseError, document,
        prose::{condition_of, plain},
        tidy::{MOST_STORIES, worst_open},
        wire::{List, Object, Scalar, json_at_start},
    },
};

/// Where Okta's list begins.
const OKTA_MARK: &str = r#"[{"attributes":{"type":"Incident__c""#;
/// How much of a page is looked at for a sentence, in bytes.
const SENTENCE_WITHIN: usize = 20_000;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    #[serde(rename = "Id")]
    id: Scalar,
    #[serde(rename = "Name")]
    name: Scalar,
    #[serde(rename = "Incident_Title__c")]
    title: Scalar,
    #[serde(rename = "Log__c")]
    log: Scalar,
    #[serde(rename = "Status__c")]
    status: Scalar,
    #[serde(rename = "Category__c")]
    category: Scalar,
    #[serde(rename = "Start_Time__c")]
    start: Scalar,
    #[serde(rename = "Start_Date__c")]
    start_date: Scalar,
    #[serde(rename = "End_Date__c")]
    end_date: Scalar,
    #[serde(rename = "Last_Updated__c")]
    updated: Scalar,
    #[serde(rename = "Duration__c")]
    minutes: Scalar,
    #[serde(rename = "Impacted_Cells__c")]
    cells: Scalar,
    #[serde(rename = "Okta_Sub_Service__c")]
    part: Scalar,
}

/// Reads a page that one of the rules fits.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    if !text.starts_with('<') {
        return Err(ParseError { reason: format!("expected an HTML page, found {}", document::looks_like(text)) });
    }
    if breaks_off(text) {
        return Err(ParseError { reason: "the HTML page breaks off".to_owned() });
    }
    if let Some(start) = text.find(OKTA_MARK) {
        return parse_okta(text.get(start..).unwrap_or_default());
    }
    let end = text.char_indices().map(|(index, _)| index).take_while(|index| *index <= SENTENCE_WITHIN).last();
    let words = plain(text.get(..end.unwrap_or(0)).unwrap_or_default());
    parse_signal(&words).ok_or_else(|| ParseError { reason: "no rule reads this page".to_owned() })
}

/// Whether the page is opened and never closed. Half a sentence may say the opposite of the whole one.
fn breaks_off(text: &str) -> bool {
    let has = |tag: &str| {
        let mut places = text.match_indices(tag.get(..1).unwrap_or(tag)).map(|(place, _)| place);
        places.any(|place| text.get(place..place + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
    };
    has("<html") && !has("</html")
}

/// "Signal is up and running.", or what else the sentence says.
fn parse_signal(words: &str) -> Option<Observation> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if !words.contains("Signal Status") && !words.contains("Signal is up and running") {
        return None;
    }
    let sentence = words.find("Signal is ").and_then(|start| words.get(start..)).map(|rest| {
        let end = rest.find(". ").map_or(rest.len(), |end| end + 1);
        rest.get(..end).unwrap_or(rest)
    });
    let condition = match sentence.and_then(|sentence| sentence.strip_prefix("Signal is ")) {
        None => Condition::Unknown,
        Some(rest) if rest.starts_with("up and running") => Condition::Operational,
        Some(rest) if rest.starts_with("down") => Condition::MajorOutage,
        Some(rest) if rest.starts_with("having") || rest.starts_with("experiencing") => {
            Condition::Degraded.worst(condition_of(rest))
        }
        Some(rest) => match condition_of(rest) {
            // Words that only sound fine are not the sentence we know.
            Condition::Operational => Condition::Unknown,
            other @ (Condition::Degraded
            | Condition::PartialOutage
            | Condition::MajorOutage
            | Condition::Maintenance
            | Condition::Unknown) => other,
        },
    };
    Some(Observation {
        service: Some("Signal".to_owned()),
        condition,
        remark: sentence.map(str::to_owned),
        ..Observation::default()
    })
}

fn parse_okta(text: &str) -> Result<Observation, ParseError> {
    let records = json_at_start::<List<Object<Record>>>(text);
    let records = records.map_err(|_| ParseError { reason: "the list in the page is cut off or broken".to_owned() })?;
    let incidents: Vec<PostedIncident> = records.objects().filter_map(Record::incident).take(MOST_STORIES).collect();
    Ok(Observation {
        service: Some("Okta".to_owned()),
        condition: Condition::Operational.worst(worst_open(&incidents)),
        incidents,
        ..Observation::default()
    })
}

impl Record {
    fn incident(&self) -> Option<PostedIncident> {
        let status = self.status.word();
        let phase = match status.as_deref() {
            Some("resolved" | "completed" | "closed") => Phase::Resolved,
            Some("identified") => Phase::Identified,
            Some("monitoring") => Phase::Monitoring,
            _ => Phase::Investigating,
        };
        let started_at = self.start.time().or_else(|| self.start_date.time());
        let lasted = self.minutes.number().and_then(chrono::TimeDelta::try_minutes);
        let ended_at = started_at
            .zip(lasted)
            .and_then(|(start, lasted)| start.checked_add_signed(lasted))
            .or_else(|| self.end_date.time().max(started_at));
        let log = self.log.text().map(|log| plain(&log));
        Some(PostedIncident {
            id: self.id.text().or_else(|| self.name.text())?,
            title: self.title.text().unwrap_or_default(),
            impact: Some(match self.category.word().as_deref() {
                Some("service_disruption" | "major_service_disruption") => Condition::PartialOutage,
                Some("service_degradation" | "feature_degradation" | "feature_disruption") => Condition::Degraded,
                Some("service_outage") => Condition::MajorOutage,
                Some(other) => condition_of(other),
                None => Condition::Unknown,
            }),
            phase: Some(phase),
            started_at,
            resolved_at: ended_at.filter(|_| phase.is_closed()),
            url: None,
            components: self.part.text().into_iter().collect(),
            regions: self.cells.text().map(|cells| cells.split(';').map(str::to_owned).collect()).unwrap_or_default(),
            updates: log
                .map(|body| PostedUpdate { id: None, phase: Some(phase), at: self.updated.time(), body: Some(body) })
                .into_iter()
                .collect(),
        })
    }
}
