//! `PagerDuty`'s public status pages: JSON inside a web page, in two generations.
//!
//! Survived, by what clients read, as no page was seen: updates without times, a list that something follows, flags
//! beside headlines. There is no open JSON. The older pages embed what is open, with a severity in each update; the
//! newer ones a headline and whether it tells of an error. Every path of such a page answers with the same HTML, so
//! only what is in `<script id="data">` counts.

use serde::Deserialize;

use crate::{
    domain::{Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate},
    feeds::{
        ParseError, document,
        headline::{impact, of_new_word},
        prose::{condition_of, plain},
        tidy::{MOST_STORIES, Order, mark, oldest_first, worst_open},
        wire::{List, Object, Scalar, json_at_start},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Embedded {
    summary: Object<Summary>,
    layout: Object<Layout>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    open_incidents: List<Object<Story>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Story {
    id: Scalar,
    title: Scalar,
    updates: List<Object<Said>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    id: Scalar,
    severity: Scalar,
    status: Scalar,
    message: Scalar,
    reported_at: Scalar,
    created_at: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Layout {
    layout_settings: Object<Settings>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Settings {
    #[serde(rename = "statusPage")]
    page: Object<Page>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Page {
    global_status_headline: Scalar,
    global_status_headline_has_error: Scalar,
}

/// Whether a web page looks like one of theirs.
pub(super) fn is_page(text: &str) -> bool {
    embedded(text).is_some_and(|data| data.contains("\"open_incidents\"") || data.contains("\"globalStatusHeadline\""))
}

/// Reads a page.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let Some(data) = embedded(text) else {
        let reason = format!("expected a page with <script id=\"data\">, found {}", document::looks_like(text));
        return Err(ParseError { reason });
    };
    let broken = |_| ParseError { reason: "the data in the page is cut off or broken".to_owned() };
    // The document may be followed by anything; only its first value is read.
    let embedded = json_at_start::<Object<Embedded>>(data).map_err(broken)?.0.unwrap_or_default();
    if let Some(summary) = embedded.summary.0
        && matches!(summary.open_incidents, List::Items(_))
    {
        return Ok(read_summary(&summary));
    }
    let page = embedded.layout.0.and_then(|layout| layout.layout_settings.0).and_then(|settings| settings.page.0);
    match page.filter(|page| page.global_status_headline.is_there()) {
        Some(page) => Ok(page.read()),
        None => Err(ParseError { reason: "expected `summary.open_incidents` or a headline in the page".to_owned() }),
    }
}

/// What stands in `<script id="data" …>`.
fn embedded(text: &str) -> Option<&str> {
    if !text.starts_with('<') {
        return None;
    }
    ["id=\"data\"", "id='data'", "id=data "].into_iter().find_map(|id| {
        let (before, from) = text.split_once(id)?;
        let tag = before.get(before.rfind('<')?..)?;
        let (_, data) = from.split_once('>')?;
        tag.starts_with("<script").then(|| data.split("</script").next().unwrap_or(data).trim())
    })
}

fn read_summary(summary: &Summary) -> Observation {
    let (planned, unplanned): (Vec<&Story>, Vec<&Story>) =
        summary.open_incidents.objects().partition(|story| story.condition() == Some(Condition::Maintenance));
    let incidents: Vec<PostedIncident> = unplanned.into_iter().filter_map(Story::incident).take(MOST_STORIES).collect();
    Observation {
        condition: Condition::Operational.worst(worst_open(&incidents)),
        incidents,
        maintenances: planned.into_iter().filter_map(Story::maintenance).take(MOST_STORIES).collect(),
        ..Observation::default()
    }
}

impl Page {
    fn read(&self) -> Observation {
        let words = self.global_status_headline.text().unwrap_or_default();
        let told = condition_of(&words);
        let condition = match (self.global_status_headline_has_error.is_there(), told) {
            (false, told) => told,
            (true, Condition::Maintenance) => Condition::Maintenance,
            (true, told) if !self.global_status_headline_has_error.is_true() && !told.is_bad() => {
                Condition::Operational
            }
            (true, told) => Condition::Degraded.worst(told),
        };
        Observation { condition, remark: Some(words), ..Observation::default() }
    }
}

impl Story {
    fn id(&self) -> Option<String> {
        self.id.text().or_else(|| Some(mark(&self.title.text()?)))
    }

    /// How bad its newest update calls it; where they have no times, the worst.
    fn condition(&self) -> Option<Condition> {
        let told = || {
            let weighed = |said: &Said| Some((said.at(), condition(&said.severity.word()?)));
            self.updates.objects().filter_map(weighed)
        };
        let newest = told().filter(|(at, _)| at.is_some()).max_by_key(|(at, _)| *at);
        newest
            .map(|(_, condition)| condition)
            .or_else(|| told().map(|(_, condition)| condition).reduce(Condition::worst))
    }

    fn updates(&self) -> Vec<PostedUpdate> {
        let updates = self.updates.objects().map(|said| PostedUpdate {
            id: said.id.text(),
            phase: said.status.word().as_deref().and_then(phase),
            at: said.at(),
            body: said.message.text().map(|message| plain(&message)),
        });
        oldest_first(updates.collect(), Order::NewestFirst)
    }

    fn incident(&self) -> Option<PostedIncident> {
        let updates = self.updates();
        let impact = self.condition();
        let told = updates.iter().rev().find_map(|update| update.phase).filter(|phase| !phase.is_closed());
        // All is good again, and yet it is listed as open: it is watched.
        let is_watched = impact == Some(Condition::Operational);
        let phase = told.unwrap_or(if is_watched { Phase::Monitoring } else { Phase::Investigating });
        Some(PostedIncident {
            id: self.id()?,
            title: self.title.text().unwrap_or_default(),
            impact: impact.filter(|_| !is_watched),
            phase: Some(phase),
            started_at: updates.iter().find_map(|update| update.at),
            resolved_at: None,
            url: None,
            components: Vec::new(),
            regions: Vec::new(),
            updates,
        })
    }

    fn maintenance(&self) -> Option<PostedMaintenance> {
        Some(PostedMaintenance {
            id: self.id()?,
            title: self.title.text().unwrap_or_default(),
            phase: MaintenancePhase::InProgress,
            starts_at: None,
            ends_at: None,
            url: None,
            components: Vec::new(),
            updates: self.updates().into_iter().map(|update| PostedUpdate { phase: None, ..update }).collect(),
        })
    }
}

impl Said {
    fn at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.reported_at.time().or_else(|| self.created_at.time())
    }
}

fn condition(severity: &str) -> Condition {
    match severity {
        "all_good" => Condition::Operational,
        "minor" => Condition::Degraded,
        "major" => Condition::MajorOutage,
        "maintenance" => Condition::Maintenance,
        // It is listed as open, so a word that only sounds harmless makes it no less so.
        other => impact(of_new_word(other)),
    }
}

fn phase(word: &str) -> Option<Phase> {
    match word {
        "detected" | "investigating" => Some(Phase::Investigating),
        "identified" => Some(Phase::Identified),
        "monitoring" => Some(Phase::Monitoring),
        "resolved" => Some(Phase::Resolved),
        _ => None,
    }
}
