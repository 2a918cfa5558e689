//! How a service is, put together from what its sources said.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::{
    commands::View,
    domain::{Condition, Incident, MaintenancePhase, Mark, Role, Service, Source, SourceTrack, Track, Voices},
    text::{Draft, Text, voices},
};

/// How a service is, as far as anybody knows.
pub(super) struct Standing {
    /// The worst that a source last said or an open incident tells; hints do not count.
    pub(super) condition: Condition,
    /// Whose word the condition is: all who say that it is not well, else the one whose word counts most.
    pub(super) voices: Voices,
    /// Whether that can be relied on now.
    pub(super) knowledge: Knowledge,
    /// What is remembered.
    pub(super) track: Option<Arc<Track>>,
}

/// How far what is known can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Knowledge {
    /// A source can be read.
    Fresh,
    /// No source can be read now; when one last could, `None`: never.
    Unreadable(Option<DateTime<Utc>>),
    /// No source has been read yet.
    Never,
}

impl Standing {
    /// How the service is.
    pub(super) fn of(service: &Service, view: &View<'_>) -> Self {
        let track = view.track(service);
        let mut worst = (Condition::Unknown, Voices::default());
        let mut add = |condition: Condition, voices: Voices| {
            let (before, told_by) = worst;
            if condition == before {
                worst.1 = told_by.and(voices);
            } else if before.worst(condition) == condition {
                worst = (condition, voices);
            }
        };
        let read = |source: &Source| track.as_ref()?.source(&source.id);
        let mut readable = false;
        let mut unreadable = false;
        let mut last_good = None;
        for (source, state) in witnesses(service).filter_map(|source| Some((source, read(source)?))) {
            readable |= state.last_good.is_some() && state.unreadable.is_none();
            unreadable |= state.unreadable.is_some();
            last_good = last_good.max(state.last_good);
            if state.last_good.is_some() {
                add(state.condition, Voices::of(source.role));
            }
        }
        for incident in track.iter().flat_map(|track| track.open_incidents()) {
            add(impact(incident), incident.voices());
        }
        for work in track.iter().flat_map(|track| track.open_maintenances()).filter(|work| is_running(work)) {
            add(Condition::Maintenance, work.voices());
        }
        let knowledge = match (readable, unreadable) {
            (true, _) => Knowledge::Fresh,
            (false, true) => Knowledge::Unreadable(last_good),
            (false, false) => Knowledge::Never,
        };
        let (condition, voices) = worst;
        let voices = if condition.is_bad() { voices } else { voices.foremost() };
        Self { condition, voices, knowledge, track }
    }

    /// The newest of the open incidents that are as bad as the service is, else of all open ones.
    pub(super) fn foremost(&self) -> Option<&Incident> {
        let track = self.track.as_ref()?;
        track
            .open_incidents()
            .find(|incident| impact(incident) == self.condition)
            .or_else(|| track.open_incidents().next())
    }

    /// What is remembered of a source.
    pub(super) fn source(&self, source: &Source) -> Option<&SourceTrack> {
        self.track.as_ref()?.source(&source.id)
    }

    /// The condition now: what was well when it could last be read is not known to be well any more.
    pub(super) fn now(&self) -> Condition {
        match (self.condition, self.knowledge) {
            (Condition::Operational, Knowledge::Unreadable(_)) => Condition::Unknown,
            (condition, _) => condition,
        }
    }

    /// One line about the service: its condition and, where there is one, its incident.
    pub(super) fn line(&self, service: &Service, draft: &mut Draft) {
        let name = service.name.as_str();
        let (condition, role) = (self.condition, &voices(draft.locale(), self.voices));
        let mark = Some(Mark::Condition(self.now()));
        match (self.foremost(), self.knowledge) {
            (Some(incident), _) => {
                let since = incident.started_at;
                // A name made from the condition would only say the condition again.
                match &incident.title {
                    Some(title) => {
                        draft.item(mark, &Text::LineIncident { service: name, condition, role, since, title });
                    }
                    None => draft.item(mark, &Text::LineDerived { service: name, condition, role, since }),
                }
            }
            (None, Knowledge::Never) => draft.item(mark, &Text::LineNever { service: name }),
            (None, Knowledge::Unreadable(None)) => draft.item(mark, &Text::LineUnreadable { service: name }),
            (None, Knowledge::Unreadable(Some(last))) => {
                draft.item(mark, &Text::LineStale { service: name, condition, ago: last });
            }
            (None, Knowledge::Fresh) if condition == Condition::Unknown => {
                draft.item(mark, &Text::LineUntold { service: name });
            }
            (None, Knowledge::Fresh) => draft.item(mark, &Text::LineCondition { service: name, condition, role }),
        }
    }
}

/// How bad an open incident is; a notice is not bad, anything else that nobody weighed is a degradation.
pub(super) fn impact(incident: &Incident) -> Condition {
    if incident.impact.is_bad() {
        incident.impact
    } else if incident.is_notice() {
        Condition::Operational
    } else {
        Condition::Degraded
    }
}

/// Whether planned work is going on.
pub(super) fn is_running(work: &Incident) -> bool {
    work.planned.as_ref().is_some_and(|planned| match planned.phase {
        MaintenancePhase::InProgress | MaintenancePhase::Verifying => true,
        MaintenancePhase::Scheduled | MaintenancePhase::Completed => false,
    })
}

/// The sources that tell about the service itself.
fn witnesses(service: &Service) -> impl Iterator<Item = &Source> {
    service.sources.iter().filter(|source| source.role != Role::Hint)
}
