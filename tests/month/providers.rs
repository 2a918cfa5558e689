//! Services that break now and then, plan work, and tell both on a status page.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use foghorn::{
    clock::Clock,
    domain::{
        Ask, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate, Reading,
        Role, Service, ServiceId, Source, SourceKind,
    },
    feeds::{Feed, FeedError},
};

use crate::support::clock::ManualClock;

/// A service breaks so often, on average.
const BREAKS_EVERY: Duration = Duration::from_secs(3 * 86_400);

/// An outage goes on for so long, on average, and its provider says something new as often as that.
const LASTS: Duration = Duration::from_secs(2 * 3_600);

/// Work is planned so often, on average.
const WORKS_EVERY: Duration = Duration::from_secs(10 * 86_400);

/// How long the page tells of what is over.
const TOLD_FOR: TimeDelta = TimeDelta::days(1);

/// A service with its status page.
pub struct Provider {
    pub service: Arc<Service>,
    pub source: Arc<Source>,
    /// Outages and planned work so far.
    pub begun: usize,
    clock: Arc<ManualClock>,
    incidents: Vec<PostedIncident>,
    works: Vec<PostedMaintenance>,
    last_said: Option<Observation>,
}

impl Provider {
    pub fn new(number: usize, clock: Arc<ManualClock>) -> Self {
        let id = format!("s{number}");
        let source =
            Source { role: Role::Official, ..Source::new(SourceKind::Statuspage, &format!("https://{id}.example/")) };
        let service = Service {
            id: ServiceId::new(&id).unwrap(),
            name: id.to_uppercase(),
            aliases: Vec::new(),
            category: format!("c{}", number % 40),
            homepage: None,
            status_page: None,
            depends_on: Vec::new(),
            alternatives: Vec::new(),
            sources: vec![source.clone()],
        };
        let (incidents, works) = (Vec::new(), Vec::new());
        let (service, source) = (Arc::new(service), Arc::new(source));
        Self { service, source, begun: 0, clock, incidents, works, last_said: None }
    }

    /// What may happen in a span of time.
    pub fn live(&mut self, rng: &mut Rng, span: Duration) {
        let now = self.clock.now();
        let happens = |rng: &mut Rng, every: Duration| rng.f64() < span.as_secs_f64() / every.as_secs_f64();
        if happens(rng, BREAKS_EVERY) {
            self.begin(rng, now);
        }
        for incident in self.incidents.iter_mut().filter(|incident| !incident.is_closed()) {
            if happens(rng, LASTS) {
                let phase = [Phase::Identified, Phase::Monitoring, Phase::Resolved][rng.usize(..3)];
                say(incident, phase, now);
            }
        }
        if happens(rng, WORKS_EVERY) {
            self.plan(rng, now);
        }
        for work in &mut self.works {
            work.phase = match (work.starts_at.unwrap(), work.ends_at.unwrap()) {
                (starts, _) if now < starts => MaintenancePhase::Scheduled,
                (_, ends) if now < ends => MaintenancePhase::InProgress,
                _ => MaintenancePhase::Completed,
            };
        }
        self.incidents.retain(|incident| incident.resolved_at.is_none_or(|at| now - at < TOLD_FOR));
        self.works.retain(|work| work.ends_at.is_none_or(|at| now - at < TOLD_FOR));
    }

    fn begin(&mut self, rng: &mut Rng, now: DateTime<Utc>) {
        self.begun += 1;
        let impact = [Condition::Degraded, Condition::PartialOutage, Condition::MajorOutage][rng.usize(..3)];
        let mut incident = PostedIncident {
            id: format!("{}-{}", self.service.id, self.begun),
            title: format!("Outage {} of {}", self.begun, self.service.name),
            impact: Some(impact),
            phase: None,
            started_at: Some(now),
            resolved_at: None,
            url: None,
            components: vec!["API".to_owned()],
            regions: Vec::new(),
            updates: Vec::new(),
        };
        say(&mut incident, Phase::Investigating, now);
        self.incidents.push(incident);
    }

    fn plan(&mut self, rng: &mut Rng, now: DateTime<Utc>) {
        self.begun += 1;
        let starts_at = now + TimeDelta::hours(rng.i64(1..60));
        self.works.push(PostedMaintenance {
            id: format!("{}-{}", self.service.id, self.begun),
            title: format!("Work {} on {}", self.begun, self.service.name),
            phase: MaintenancePhase::Scheduled,
            starts_at: Some(starts_at),
            ends_at: Some(starts_at + TimeDelta::hours(rng.i64(1..6))),
            url: None,
            components: vec!["API".to_owned()],
            updates: Vec::new(),
        });
    }

    fn says(&mut self) -> Reading {
        let open = self.incidents.iter().filter(|incident| !incident.is_closed());
        let condition = open.filter_map(|incident| incident.impact).fold(Condition::Operational, Condition::worst);
        let incidents = self.incidents.iter().rev().cloned().collect();
        let said = Observation { condition, incidents, maintenances: self.works.clone(), ..Observation::default() };
        if self.last_said.as_ref() == Some(&said) {
            return Reading::Unchanged;
        }
        self.last_said = Some(said.clone());
        Reading::Fresh(said)
    }
}

fn say(incident: &mut PostedIncident, phase: Phase, now: DateTime<Utc>) {
    let number = incident.updates.len() + 1;
    incident.phase = Some(phase);
    incident.resolved_at = phase.is_closed().then_some(now);
    incident.updates.push(PostedUpdate {
        id: Some(format!("{}-{number}", incident.id)),
        phase: Some(phase),
        at: Some(now),
        body: Some(format!("This is what is known at {now}: it is being worked on, and there will be more to say.")),
    });
}

/// The page of a provider.
pub struct ProvidersFeed(pub Arc<Mutex<Provider>>);

#[async_trait]
impl Feed for ProvidersFeed {
    async fn read(&self, _: &Ask) -> Result<Reading, FeedError> {
        Ok(self.0.lock().unwrap().says())
    }
}
