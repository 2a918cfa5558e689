//! The providers of a simulated world: what really happens, and what their feeds say of it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use foghorn::{
    clock::Clock,
    domain::{
        Ask, Condition, Observation, Phase, PostedIncident, PostedUpdate, Reading, Role, Service, ServiceId, Source,
        SourceKind,
    },
    feeds::{Feed, FeedError},
};

use crate::support::clock::ManualClock;

/// How a provider tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Posts incidents; its document holds the open ones, its history the others.
    Current,
    /// Posts incidents; its document is a log of the last day.
    Log,
    /// Posts nothing: only its condition changes.
    Silent,
    /// Tells nothing: it is measured.
    Measured,
    /// Tells nothing: people report.
    Reported,
}

/// Incidents of the past that each provider posts who posts any.
pub const PAST: u32 = 4;

/// How their titles begin.
pub const PAST_TITLE: &str = "long ago";

/// One provider.
pub struct Provider {
    pub service: Arc<Service>,
    pub source: Arc<Source>,
    pub manner: Manner,
    pub incidents: Vec<PostedIncident>,
    /// For those who post nothing.
    pub condition: Condition,
    /// Ids of incidents that somebody who reads the feed must have seen.
    pub seen: HashSet<String>,
    count: u32,
    last_said: Option<Observation>,
    last_read: Option<DateTime<Utc>>,
}

pub type SharedProvider = Arc<Mutex<Provider>>;

impl Provider {
    pub fn new(id: &str, category: &str, manner: Manner, now: DateTime<Utc>) -> Self {
        let (kind, role) = match manner {
            Manner::Measured => (SourceKind::Http, Role::Measured),
            Manner::Reported => (SourceKind::Json, Role::Reported),
            Manner::Log => (SourceKind::Rss, Role::Official),
            Manner::Current | Manner::Silent => (SourceKind::Statuspage, Role::Official),
        };
        let url = format!("https://{id}.example/");
        let source = Source { role, ..Source::new(kind, &url) };
        let service = Service {
            id: ServiceId::new(id).unwrap(),
            name: id.to_uppercase(),
            aliases: Vec::new(),
            category: category.to_owned(),
            homepage: None,
            status_page: None,
            depends_on: Vec::new(),
            alternatives: Vec::new(),
            sources: vec![source.clone()],
        };
        let posts = matches!(manner, Manner::Current | Manner::Log);
        Self {
            service: Arc::new(service),
            source: Arc::new(source),
            manner,
            incidents: if posts { (1..=PAST).map(|number| past(number, now)).collect() } else { Vec::new() },
            condition: Condition::Operational,
            seen: HashSet::new(),
            count: 0,
            last_said: None,
            last_read: None,
        }
    }

    /// Something may happen.
    pub fn live(&mut self, rng: &mut Rng, now: DateTime<Utc>) {
        match self.manner {
            Manner::Silent | Manner::Measured | Manner::Reported => {
                if rng.u8(..) < 12 {
                    let choices = [Condition::Operational, Condition::Degraded, Condition::MajorOutage];
                    self.condition = rng.choice(choices).unwrap();
                }
            }
            Manner::Current | Manner::Log => {
                if rng.u8(..) < 8 && self.open().count() < 3 {
                    self.begin(rng, now);
                }
                for index in 0..self.incidents.len() {
                    if rng.u8(..) < 25 {
                        self.go_on(index, rng, now);
                    }
                }
            }
        }
    }

    /// Everything is well again.
    pub fn settle(&mut self, now: DateTime<Utc>) {
        self.condition = Condition::Operational;
        for incident in self.incidents.iter_mut().filter(|incident| !incident.is_closed()) {
            say(incident, Phase::Resolved, now);
        }
    }

    fn open(&self) -> impl Iterator<Item = &PostedIncident> {
        self.incidents.iter().filter(|incident| !incident.is_closed())
    }

    fn begin(&mut self, rng: &mut Rng, now: DateTime<Utc>) {
        self.count += 1;
        let impact = rng.choice([Condition::Degraded, Condition::PartialOutage, Condition::MajorOutage]).unwrap();
        let mut incident = PostedIncident {
            id: format!("{}{}", self.service.id, self.count),
            title: format!("{} {}", self.service.id, self.count),
            impact: Some(impact),
            phase: None,
            started_at: Some(now),
            resolved_at: None,
            url: None,
            components: Vec::new(),
            regions: Vec::new(),
            updates: Vec::new(),
        };
        say(&mut incident, Phase::Investigating, now);
        self.incidents.push(incident);
    }

    fn go_on(&mut self, index: usize, rng: &mut Rng, now: DateTime<Utc>) {
        let incident = &mut self.incidents[index];
        if incident.is_closed() {
            let is_fresh = incident.resolved_at.is_some_and(|at| now - at < TimeDelta::minutes(14));
            if is_fresh && rng.u8(..) < 40 {
                say(incident, Phase::Investigating, now);
            }
            return;
        }
        match rng.u8(..4) {
            0 => say(incident, Phase::Identified, now),
            1 => {
                incident.impact = rng.choice([Condition::Degraded, Condition::MajorOutage]);
                say(incident, Phase::Monitoring, now);
            }
            2 => incident.title = format!("{} ({})", incident.title.split(" (").next().unwrap(), rng.u8(..)),
            _ => say(incident, Phase::Resolved, now),
        }
    }

    /// What the feed says when it is asked.
    fn says(&mut self, ask: &Ask, now: DateTime<Utc>) -> Observation {
        let open = self.open().filter_map(|incident| incident.impact).fold(Condition::Operational, Condition::worst);
        let condition = match self.manner {
            Manner::Current => open,
            Manner::Log => Condition::Unknown,
            Manner::Silent | Manner::Measured | Manner::Reported => self.condition,
        };
        let told = |incident: &&PostedIncident| match self.manner {
            Manner::Current => !incident.is_closed() || ask.catch_up || ask.open.contains(&incident.id),
            _ => incident.resolved_at.is_none_or(|at| now - at < TimeDelta::days(1)),
        };
        let mut incidents: Vec<PostedIncident> = self.incidents.iter().filter(told).cloned().collect();
        incidents.reverse();
        // What came and went between two readings is only news to those who have not read since, and the past is none.
        let is_news = |incident: &&PostedIncident| {
            incident.resolved_at.is_none_or(|at| self.last_read.is_some_and(|read| at > read))
        };
        self.seen.extend(incidents.iter().filter(is_news).map(|incident| incident.id.clone()));
        self.last_read = Some(now);
        Observation { condition, incidents, ..Observation::default() }
    }
}

/// An incident that was over long before anybody looked.
fn past(number: u32, now: DateTime<Utc>) -> PostedIncident {
    let began = now - TimeDelta::hours(i64::from(20 - number));
    let mut incident = PostedIncident {
        id: format!("past{number}"),
        title: format!("{PAST_TITLE} {number}"),
        impact: Some(Condition::MajorOutage),
        phase: None,
        started_at: Some(began),
        resolved_at: None,
        url: None,
        components: Vec::new(),
        regions: Vec::new(),
        updates: Vec::new(),
    };
    say(&mut incident, Phase::Investigating, began);
    say(&mut incident, Phase::Resolved, began + TimeDelta::minutes(30));
    incident
}

fn say(incident: &mut PostedIncident, phase: Phase, now: DateTime<Utc>) {
    let number = incident.updates.len() + 1;
    incident.phase = Some(phase);
    incident.resolved_at = phase.is_closed().then_some(now);
    incident.updates.push(PostedUpdate {
        id: Some(format!("{}-{number}", incident.id)),
        phase: Some(phase),
        at: Some(now),
        body: Some(format!("word {number}")),
    });
}

/// A feed that now and then cannot be read.
pub struct SimulatedFeed {
    pub provider: SharedProvider,
    pub clock: Arc<ManualClock>,
    pub rng: Mutex<Rng>,
    /// Of 256 readings so many fail.
    pub failing: Mutex<u8>,
}

#[async_trait]
impl Feed for SimulatedFeed {
    async fn read(&self, ask: &Ask) -> Result<Reading, FeedError> {
        let luck = self.rng.lock().unwrap().u8(..);
        if luck < *self.failing.lock().unwrap() {
            if luck.is_multiple_of(2) {
                return Err(FeedError::Later { after: Duration::from_secs(60) });
            }
            return Err(FeedError::Unreadable { reason: "a simulated fault".to_owned() });
        }
        let mut provider = self.provider.lock().unwrap();
        let said = provider.says(ask, self.clock.now());
        let is_same = provider.last_said.as_ref() == Some(&said) && provider.manner != Manner::Measured;
        provider.last_said = Some(said.clone());
        Ok(if is_same { Reading::Unchanged } else { Reading::Fresh(said) })
    }
}
