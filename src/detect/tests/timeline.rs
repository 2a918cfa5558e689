//! Timelines in domain words: at which minute a source was read, what it said, and what was told because of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use crate::{
    detect::{Rules, Stepped, recall, step},
    domain::{
        Component, Condition, Incident, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance,
        PostedUpdate, ProbeRule, Reading, Role, Service, ServiceId, Source, SourceKind, Track, TransitionKind,
    },
};

pub(super) fn minute(minute: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap() + TimeDelta::minutes(minute)
}

fn source(kind: SourceKind, role: Role, url: &str) -> Source {
    let (parts, probe) = (Vec::new(), ProbeRule::default());
    Source { role, parts, probe, ..Source::new(kind, url) }
}

/// The service `acme`, read from a page, a second feed of it, a probe, a neighbour's page and what people report.
pub(super) struct Timeline {
    pub(super) service: Service,
    pub(super) track: Track,
    pub(super) rules: Rules,
    now: DateTime<Utc>,
    last: Stepped,
    /// What a store would hold.
    pub(super) history: BTreeMap<u32, Incident>,
}

pub(super) const PAGE: usize = 0;
pub(super) const FEED: usize = 1;
pub(super) const PROBE: usize = 2;
pub(super) const NEIGHBOUR: usize = 3;
pub(super) const REPORTS: usize = 4;

impl Timeline {
    /// Nothing was read yet.
    pub(super) fn unread() -> Self {
        let id = ServiceId::new("acme").unwrap();
        let service = Service {
            id: id.clone(),
            name: "Acme".to_owned(),
            aliases: Vec::new(),
            category: "tools".to_owned(),
            homepage: None,
            status_page: Some("https://status.acme.example".to_owned()),
            depends_on: Vec::new(),
            alternatives: Vec::new(),
            sources: vec![
                source(SourceKind::Statuspage, Role::Official, "https://status.acme.example/api/v2/summary.json"),
                source(SourceKind::Rss, Role::Official, "https://status.acme.example/history.rss"),
                source(SourceKind::Http, Role::Measured, "https://acme.example/"),
                source(SourceKind::Statuspage, Role::Hint, "https://status.neighbour.example"),
                source(SourceKind::Json, Role::Reported, "https://complaints.example/acme.json"),
            ],
        };
        let track = Track::new(id);
        let last = Stepped {
            track: track.clone(),
            transitions: Vec::new(),
            changed: Vec::new(),
            forgotten: Vec::new(),
            past: Vec::new(),
        };
        Self { service, track, rules: Rules::default(), now: minute(0), last, history: BTreeMap::new() }
    }

    /// Every source was read at minute 0, and all was well.
    pub(super) fn well() -> Self {
        let mut timeline = Self::unread();
        for source in [PAGE, FEED, PROBE, NEIGHBOUR, REPORTS] {
            timeline.at(0).source(source, fresh(page())).tells_nothing();
        }
        timeline
    }

    pub(super) fn at(&mut self, at: i64) -> &mut Self {
        self.now = minute(at);
        self
    }

    /// What a source's reading gives.
    pub(super) fn source(&mut self, source: usize, reading: Reading) -> &mut Self {
        let before = self.recalled(source, &reading);
        let source = &self.service.sources[source];
        self.last = step(before.clone(), &self.service, source, &reading, self.now, &self.rules);
        check(&before, &reading, &self.last);
        self.track = self.last.track.clone();
        for incident in &self.last.past {
            let ids = |incident: &Incident| {
                let own = incident.witnesses.iter().filter(|own| own.source == source.id);
                let ids: BTreeSet<String> = own.flat_map(|own| &own.posted).map(|posted| posted.id.clone()).collect();
                (incident.planned.is_some(), ids)
            };
            assert!(
                self.history.values().all(|known| ids(known) != ids(incident)),
                "nothing is kept twice: {incident:?}"
            );
            assert!(self.history.insert(incident.id.number, incident.clone()).is_none(), "a number is used once");
        }
        for id in &self.last.changed {
            self.history.insert(id.number, self.track.incident(id).unwrap().clone());
        }
        self
    }

    /// The track as a step on this reading needs it.
    pub(super) fn recalled(&self, source: usize, reading: &Reading) -> Track {
        let mut track = self.track.clone();
        for id in recall(&track, &self.service.sources[source], reading) {
            track.recall(self.history[&id.number].clone());
        }
        track
    }

    /// The titles of what was kept of the past at the last reading, with their numbers.
    pub(super) fn kept(&self) -> Vec<String> {
        let title = |incident: &Incident| incident.title.clone().unwrap_or_default();
        self.last.past.iter().map(|incident| format!("{} {}", incident.id.number, title(incident))).collect()
    }

    pub(super) fn reads(&mut self, page: Observation) -> &mut Self {
        self.source(PAGE, fresh(page))
    }

    pub(super) fn feed_reads(&mut self, page: Observation) -> &mut Self {
        self.source(FEED, fresh(page))
    }

    pub(super) fn probes(&mut self, condition: Condition) -> &mut Self {
        self.source(PROBE, fresh(Observation { condition, ..Observation::default() }))
    }

    pub(super) fn unchanged(&mut self) -> &mut Self {
        self.source(PAGE, Reading::Unchanged)
    }

    pub(super) fn unreadable(&mut self) -> &mut Self {
        self.source(PAGE, unreadable())
    }

    /// What the last reading told: kinds with the incidents' numbers, such as `opened 1`.
    #[track_caller]
    pub(super) fn tells(&mut self, expected: &str) -> &mut Self {
        let told: Vec<String> =
            self.last.transitions.iter().map(|told| format!("{} {}", told.kind.word(), told.incident.number)).collect();
        assert_eq!(told.join(", "), expected);
        self
    }

    #[track_caller]
    pub(super) fn tells_nothing(&mut self) -> &mut Self {
        self.tells("")
    }

    #[track_caller]
    pub(super) fn incident(&self, number: u32) -> &Incident {
        self.track.incidents.iter().find(|incident| incident.id.number == number).expect("such an incident")
    }

    pub(super) fn changed(&self) -> usize {
        self.last.changed.len()
    }

    pub(super) fn forgotten(&self) -> usize {
        self.last.forgotten.len()
    }
}

pub(super) fn fresh(page: Observation) -> Reading {
    Reading::Fresh(page)
}

pub(super) fn unreadable() -> Reading {
    Reading::Unreadable { reason: "HTTP 502".to_owned() }
}

/// A page on which all is well.
pub(super) fn page() -> Observation {
    Observation { condition: Condition::Operational, ..Observation::default() }
}

impl Observation {
    pub(super) fn is(mut self, condition: Condition) -> Self {
        self.condition = condition;
        self
    }

    /// An incident stands on the page; an open one makes its condition bad.
    pub(super) fn shows(mut self, incident: PostedIncident) -> Self {
        if !incident.is_closed() {
            self.condition = self.condition.worst(incident.impact.unwrap_or(Condition::Degraded));
        }
        self.incidents.insert(0, incident);
        self
    }

    pub(super) fn plans(mut self, maintenance: PostedMaintenance) -> Self {
        self.maintenances.push(maintenance);
        self
    }

    pub(super) fn part(mut self, name: &str, condition: Condition) -> Self {
        let name = name.to_owned();
        self.components.push(Component { id: None, name, group: None, is_group: false, condition });
        self
    }
}

/// An incident that began at a minute, with an impact that the provider calls partial outage.
pub(super) fn incident(id: &str, began: i64) -> PostedIncident {
    PostedIncident {
        id: id.to_owned(),
        title: format!("Trouble {id}"),
        impact: Some(Condition::PartialOutage),
        phase: Some(Phase::Investigating),
        started_at: Some(minute(began)),
        resolved_at: None,
        url: None,
        components: Vec::new(),
        regions: Vec::new(),
        updates: Vec::new(),
    }
}

impl PostedIncident {
    pub(super) fn impact(mut self, impact: Condition) -> Self {
        self.impact = Some(impact);
        self
    }

    /// An update with an id, after which the incident is in this phase.
    pub(super) fn says(mut self, id: &str, phase: Phase, at: i64) -> Self {
        self.phase = Some(phase);
        self.updates.push(PostedUpdate {
            id: Some(id.to_owned()),
            phase: Some(phase),
            at: Some(minute(at)),
            body: Some(format!("words of {id}")),
        });
        self
    }

    pub(super) fn resolved(mut self, at: i64) -> Self {
        self.phase = Some(Phase::Resolved);
        self.resolved_at = Some(minute(at));
        self
    }
}

pub(super) fn maintenance(id: &str, phase: MaintenancePhase, starts: i64, ends: i64) -> PostedMaintenance {
    PostedMaintenance {
        id: id.to_owned(),
        title: format!("Work {id}"),
        phase,
        starts_at: Some(minute(starts)),
        ends_at: Some(minute(ends)),
        url: None,
        components: Vec::new(),
        updates: Vec::new(),
    }
}

/// What holds for every step.
#[track_caller]
pub(super) fn check(before: &Track, reading: &Reading, stepped: &Stepped) {
    let after = &stepped.track;
    if matches!(reading, Reading::Unreadable { .. }) {
        assert_eq!(before.incidents, after.incidents, "unknown changes no incident");
        assert!(stepped.transitions.is_empty() && stepped.changed.is_empty() && stepped.forgotten.is_empty());
        for (id, known) in &before.sources {
            let now = &after.sources[id];
            assert_eq!((known.last_good, known.condition, known.streak), (now.last_good, now.condition, now.streak));
        }
    }
    let numbers: Vec<u32> = after.incidents.iter().map(|incident| incident.id.number).collect();
    assert!(numbers.is_sorted() && numbers.iter().all(|number| *number < after.next_number));
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    assert!(stepped.forgotten.iter().all(|id| after.incident(id).is_none() && before.incident(id).is_some()));
    for incident in &before.incidents {
        assert!(after.incident(&incident.id).is_some() || stepped.forgotten.contains(&incident.id));
    }
    for incident in &after.incidents {
        let was = before.incident(&incident.id);
        assert_eq!(was != Some(incident), stepped.changed.contains(&incident.id), "changed tells what to store");
        let told: Vec<_> = stepped.transitions.iter().filter(|told| told.incident == incident.id).collect();
        check_incident(was, incident, told.first().map(|told| told.kind));
        assert!(told.len() <= 1, "one transition per incident and step");
        assert!(told.iter().all(|told| told.revision == incident.revision));
    }
    assert!(stepped.transitions.iter().all(|told| after.incident(&told.incident).is_some()));
    for past in &stepped.past {
        assert!(after.incident(&past.id).is_none() && past.id.number < after.next_number, "history is no track");
        assert!(!past.is_open() && past.revision == 0 && past.chapter == 2 && past.phase.is_closed());
        assert!(past.resolved_at.is_some_and(|end| past.started_at <= end));
    }
    assert!(after.sources.values().all(|known| known.filed.len() <= 400));
}

#[track_caller]
fn check_incident(was: Option<&Incident>, is: &Incident, told: Option<TransitionKind>) {
    assert_eq!(is.is_open(), is.chapter % 2 == 1, "odd chapters are open");
    assert_eq!(is.is_open(), !is.phase.is_closed());
    assert!(is.resolved_at.is_none_or(|end| end >= is.started_at || is.planned.is_some()));
    let revision = was.map_or(0, |was| was.revision);
    match told {
        Some(kind) => assert_eq!((is.revision, is.last_kind), (revision + 1, kind)),
        None if was.is_some() => assert_eq!(is.revision, revision, "an untold change has no number"),
        None => assert!(is.revision <= 1, "a baseline counts as told"),
    }
    let was_open = was.map(Incident::is_open);
    match told {
        Some(TransitionKind::Opened) => assert!(was.is_none_or(|was| was.revision == 0) && is.is_open()),
        Some(TransitionKind::Resolved) => assert!(was_open != Some(false) && !is.is_open()),
        Some(TransitionKind::Reopened) => assert!(was_open == Some(false) && is.is_open()),
        Some(TransitionKind::Updated) if is.is_lost() => assert!(was_open == Some(true)),
        Some(TransitionKind::Updated) => {
            assert!(is.is_open() && (was_open == Some(true) || is.is_flapping), "only flapping tells a return so");
        }
        Some(TransitionKind::Escalated) => assert!(was_open == Some(true) && is.is_open()),
        Some(TransitionKind::Announced | TransitionKind::Started | TransitionKind::Moved) => {
            assert!(is.planned.is_some() && is.is_open());
        }
        Some(TransitionKind::Ended) => assert!(was_open == Some(true) && !is.is_open() && is.planned.is_some()),
        None => {
            let turned = is.planned.is_none() && was_open.is_some_and(|was_open| was_open != is.is_open());
            let is_notice = is.revision == 0 && !is.peak.is_bad();
            assert!(!turned || is_notice, "beginning and end are told");
        }
    }
    let keys: BTreeSet<&str> = is.updates.iter().map(|update| update.key.as_str()).collect();
    assert_eq!(keys.len(), is.updates.len(), "an update is told once");
    let lost = was.into_iter().flat_map(|was| &was.updates).filter(|update| !keys.contains(update.key.as_str()));
    assert!(lost.count() == 0 || is.updates.len() == 200, "what was told is remembered");
    assert!(is.updates.is_sorted_by_key(|update| update.at));
}

pub(super) const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}
