//! A story: what the items about one incident, or one piece of planned work, tell together.

use chrono::{DateTime, Utc};

use super::{
    words::{self, Word},
    xml::Item,
};
use crate::{
    domain::{Condition, MaintenancePhase, Phase, PostedIncident, PostedMaintenance, PostedUpdate},
    feeds::tidy::mark,
};

/// One thing said in an item.
pub(super) struct Said {
    pub(super) word: Option<Word>,
    pub(super) update: PostedUpdate,
}

/// The items of one incident or maintenance.
pub(super) struct Story {
    id: String,
    title: String,
    link: Option<String>,
    /// Oldest first.
    pub(super) said: Vec<Said>,
    pub(super) impact: Option<Condition>,
    pub(super) components: Vec<String>,
    regions: Vec<String>,
    /// The newest item's own time.
    pub(super) published: Option<DateTime<Utc>>,
    pub(super) window: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    /// Its structure is one that always tells a state, so one that is not told is "investigating".
    pub(super) always_tells: bool,
}

/// What one item tells.
pub(super) struct Reading {
    /// Oldest first.
    pub(super) said: Vec<Said>,
    pub(super) impact: Option<Condition>,
    pub(super) components: Vec<String>,
    pub(super) regions: Vec<String>,
    pub(super) window: Option<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    pub(super) always_tells: bool,
}

impl Said {
    /// What was said, with the phase that its state word means.
    pub(super) fn new(word: Option<Word>, at: Option<DateTime<Utc>>, body: String) -> Self {
        let phase = match word {
            Some(Word::Open(phase) | Word::Closed(phase)) => Some(phase),
            Some(Word::Planned(_) | Word::Update) | None => None,
        };
        Self { word, update: PostedUpdate { id: None, phase, at, body: Some(body) } }
    }
}

impl Said {
    /// Whether it says of itself that it is about planned work, in the words that Statuspage proposes.
    fn is_work_under_way(&self) -> bool {
        let text = self.update.body.as_deref().unwrap_or_default().to_lowercase();
        matches!(self.word, Some(Word::Planned(_)))
            && ["maintenance is currently in progress", "maintenance is now in progress", "for the maintenance items"]
                .into_iter()
                .any(|phrase| text.contains(phrase))
    }

    /// With an id made from what it says: items are changed in place, so another text is another update. The time is no
    /// part of it, because some feeds stamp the same text anew whenever they are asked.
    pub(super) fn marked(mut self) -> Self {
        let phase = self.update.phase.map_or("", Phase::word);
        self.update.id = Some(mark(&format!("{phase}\0{}", self.update.body.as_deref().unwrap_or_default())));
        self
    }
}

impl Story {
    /// The story that an item begins.
    pub(super) fn new(id: String, item: &Item, reading: Reading) -> Self {
        let mut story = Self {
            id,
            title: String::new(),
            link: None,
            said: Vec::new(),
            impact: None,
            components: Vec::new(),
            regions: Vec::new(),
            published: None,
            window: None,
            always_tells: false,
        };
        story.add(item, reading);
        story
    }

    /// Adds a newer item.
    pub(super) fn add(&mut self, item: &Item, reading: Reading) {
        words::without_state(&item.title).clone_into(&mut self.title);
        self.link = item.link.clone().or(self.link.take());
        self.said.extend(reading.said);
        self.impact = reading.impact.or(self.impact);
        if !reading.components.is_empty() {
            self.components = reading.components;
        }
        if !reading.regions.is_empty() {
            self.regions = reading.regions;
        }
        self.published = item.published.or(self.published);
        self.window = reading.window.or(self.window);
        self.always_tells |= reading.always_tells;
    }

    /// Planned work: something says that it was planned, and nothing that a fault is looked for. Incidents are "in progress"
    /// and "verified" as well, and a title may name the maintenance that errors came after.
    pub(super) fn is_planned(&self) -> bool {
        let says = |is_meant: fn(Word) -> bool| self.said.iter().filter_map(|said| said.word).any(is_meant);
        let is_fault = says(|word| matches!(word, Word::Open(Phase::Investigating | Phase::Identified)));
        let is_open = says(|word| matches!(word, Word::Open(_)));
        let is_scheduled = self.window.is_some()
            || says(|word| matches!(word, Word::Planned(MaintenancePhase::Scheduled | MaintenancePhase::Completed)));
        let is_stated = says(|word| matches!(word, Word::Planned(_) | Word::Closed(_)));
        let is_called_so = self.title.to_lowercase().contains("maintenance");
        if is_scheduled {
            !is_fault
        } else if is_called_so {
            !is_open && (is_stated || words::tells_done(&self.title))
        } else {
            !is_open && self.said.iter().any(Said::is_work_under_way)
        }
    }

    /// Whether its newest state word ends it.
    pub(super) fn is_over(&self) -> bool {
        self.stand().0.is_some_and(Phase::is_closed)
    }

    /// Where it stands, and since when it is over. What is said after the end reopens it only with a word that does, and
    /// a later time: GitHub posts an `Update` after `Resolved`, stamped the same minute.
    fn stand(&self) -> (Option<Phase>, Option<DateTime<Utc>>) {
        let mut phase: Option<Phase> = None;
        let mut ended: Option<DateTime<Utc>> = None;
        for said in &self.said {
            match said.word.map(Word::of_incident) {
                Some(Word::Closed(closed)) => {
                    if !phase.is_some_and(Phase::is_closed) {
                        ended = said.update.at;
                    }
                    phase = Some(closed);
                }
                Some(Word::Open(_)) if phase.is_some_and(Phase::is_closed) && said.update.at <= ended => {}
                Some(Word::Open(open)) => {
                    phase = Some(open);
                    ended = None;
                }
                Some(Word::Planned(_) | Word::Update) | None => {}
            }
        }
        let is_told = self.always_tells || self.said.iter().any(|said| said.word.is_some());
        (phase.or(is_told.then_some(Phase::Investigating)), ended)
    }

    /// The story as an incident.
    pub(super) fn incident(self) -> PostedIncident {
        let (phase, ended) = self.stand();
        PostedIncident {
            started_at: self.said.iter().find_map(|said| said.update.at).or(self.published),
            resolved_at: ended.or(self.published).filter(|_| phase.is_some_and(Phase::is_closed)),
            id: self.id,
            title: self.title,
            impact: self.impact,
            phase,
            url: self.link,
            components: self.components,
            regions: self.regions,
            updates: self.said.into_iter().map(|said| said.update).collect(),
        }
    }

    /// The story as planned work.
    pub(super) fn maintenance(self) -> PostedMaintenance {
        let is_done = words::tells_done(&self.title);
        let mut phase = if is_done { MaintenancePhase::Completed } else { MaintenancePhase::Scheduled };
        for said in &self.said {
            match said.word {
                Some(Word::Planned(planned)) => phase = planned,
                Some(Word::Closed(_)) => phase = MaintenancePhase::Completed,
                Some(Word::Open(_) | Word::Update) | None => {}
            }
        }
        let began = self.said.iter().find(|said| said.word == Some(Word::Planned(MaintenancePhase::InProgress)));
        let window = self.window;
        PostedMaintenance {
            // Until it begins, the entry's own time is the planned start.
            starts_at: window.map(|(start, _)| start).or_else(|| began?.update.at).or(self.published),
            ends_at: window.and_then(|(_, end)| end),
            id: self.id,
            title: self.title,
            phase,
            url: self.link,
            components: self.components,
            updates: self.said.into_iter().map(|said| PostedUpdate { phase: None, ..said.update }).collect(),
        }
    }
}
