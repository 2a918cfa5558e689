//! One step under way: what it touches, and what comes of that in the end.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    detect::{Rules, Stepped, elapsed, past},
    domain::{Filed, Incident, IncidentId, Service, Source, SourceTrack, Track, Transition, TransitionKind},
};

/// Closed incidents that a track keeps at most.
const MOST_CLOSED: usize = 20;

/// One step under way.
pub(super) struct Step<'a> {
    pub(super) service: &'a Service,
    pub(super) source: &'a Source,
    pub(super) now: DateTime<Utc>,
    pub(super) rules: &'a Rules,
    pub(super) track: Track,
    /// The source's own part of the track, taken out while the step lasts.
    pub(super) here: SourceTrack,
    /// What the source had in the history before the step.
    pub(super) filed_before: Arc<[Filed]>,
    touched: BTreeMap<u32, Touched>,
    forgotten: Vec<IncidentId>,
    past: Vec<Incident>,
}

/// What the step knows of an incident that it touched.
#[derive(Default)]
struct Touched {
    /// As it was; `None`: it is new.
    before: Option<Incident>,
    /// Its beginning is not told, as at a baseline.
    is_quiet: bool,
    /// Who held it open is gone: should it end now, nobody knows how.
    is_lost: bool,
    /// Something was said about it that is worth an update.
    is_news: bool,
    /// What happened to planned work.
    planned: Option<TransitionKind>,
    /// When its witnesses say it ended.
    ended_at: Option<DateTime<Utc>>,
}

impl<'a> Step<'a> {
    pub(super) fn new(
        mut track: Track,
        service: &'a Service,
        source: &'a Source,
        now: DateTime<Utc>,
        rules: &'a Rules,
    ) -> Self {
        let here = Arc::unwrap_or_clone(track.sources.remove(&source.id).unwrap_or_default());
        let filed_before = Arc::clone(&here.filed);
        let (touched, forgotten, past) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { service, source, now, rules, track, here, filed_before, touched, forgotten, past }
    }

    pub(super) fn incident(&self, number: u32) -> Option<&Incident> {
        self.track.incidents.iter().find(|incident| incident.id.number == number)
    }

    pub(super) fn next_id(&self) -> IncidentId {
        IncidentId { service: self.track.service.clone(), number: self.track.next_number }
    }

    /// Changes an incident; what it was before is kept for comparison. Does nothing when it was dropped meanwhile.
    pub(super) fn change(&mut self, number: u32, change: impl FnOnce(&mut Incident)) {
        if let Some(incident) = self.track.incidents.iter_mut().find(|incident| incident.id.number == number) {
            self.touched
                .entry(number)
                .or_insert_with(|| Touched { before: Some(incident.clone()), ..Touched::default() });
            change(incident);
        }
    }

    /// Adds an incident that was made under [`Step::next_id`]. A quiet one is not told: its revision stays as it is.
    pub(super) fn create(&mut self, is_quiet: bool, incident: Incident) -> u32 {
        let number = incident.id.number;
        self.track.next_number = number.saturating_add(1);
        self.track.incidents.push(incident);
        self.touched.insert(number, Touched { is_quiet, ..Touched::default() });
        number
    }

    /// Keeps an incident of the past, made under [`Step::next_id`], in the history alone: it never comes into the track.
    pub(super) fn keep_past(&mut self, incident: Incident) -> u32 {
        let number = incident.id.number;
        self.track.next_number = number.saturating_add(1);
        self.past.push(incident);
        number
    }

    /// Drops an incident without a word.
    pub(super) fn drop_quietly(&mut self, number: u32) {
        self.touched.remove(&number);
        let dropped = self.track.incidents.extract_if(.., |incident| incident.id.number == number);
        self.forgotten.extend(dropped.map(|incident| incident.id));
    }

    /// Something was said about an incident that is worth an update when nothing more important happened.
    pub(super) fn say(&mut self, number: u32) {
        self.note(number, |touched| touched.is_news = true);
    }

    /// What happened to planned work.
    pub(super) fn say_planned(&mut self, number: u32, kind: TransitionKind) {
        self.note(number, |touched| touched.planned = Some(kind));
    }

    /// When a witness says that the incident ended; the latest word counts.
    pub(super) fn say_ended(&mut self, number: u32, at: DateTime<Utc>) {
        self.note(number, |touched| touched.ended_at = touched.ended_at.max(Some(at)));
    }

    /// Who held this incident open is gone: should the step close it, nobody knows how it ended.
    pub(super) fn say_lost(&mut self, number: u32) {
        self.note(number, |touched| touched.is_lost = true);
    }

    pub(super) fn is_lost(&self, number: u32) -> bool {
        self.touched.get(&number).is_some_and(|touched| touched.is_lost)
    }

    fn note(&mut self, number: u32, note: impl FnOnce(&mut Touched)) {
        self.change(number, |_| {});
        if let Some(touched) = self.touched.get_mut(&number) {
            note(touched);
        }
    }

    pub(super) fn touched(&self) -> Vec<u32> {
        self.touched.keys().copied().collect()
    }

    /// The incident before the step; `None` when it is new or was not touched.
    pub(super) fn before(&self, number: u32) -> Option<&Incident> {
        self.touched.get(&number)?.before.as_ref()
    }

    pub(super) fn ended_at(&self, number: u32) -> Option<DateTime<Utc>> {
        self.touched.get(&number)?.ended_at
    }

    /// Numbers the transitions and, when the source was read well, forgets what is long over.
    pub(super) fn finish(mut self, is_read_well: bool) -> Stepped {
        let mut transitions = Vec::new();
        let mut changed = Vec::new();
        for incident in &mut self.track.incidents {
            let Some(touched) = self.touched.get(&incident.id.number) else { continue };
            let kind = outcome(touched, incident);
            if kind.is_none() && touched.before.as_ref() == Some(incident) {
                continue;
            }
            if let Some(kind) = kind {
                incident.revision = incident.revision.saturating_add(1);
                incident.last_kind = kind;
                transitions.push(Transition { incident: incident.id.clone(), revision: incident.revision, kind });
            }
            changed.push(incident.id.clone());
        }
        if is_read_well {
            self.forget(&changed);
        }
        self.track.sources.insert(self.source.id.clone(), Arc::new(self.here));
        Stepped { track: self.track, transitions, changed, forgotten: self.forgotten, past: self.past }
    }

    /// Drops what closed long ago, and the oldest when much closed of late. What this step changed stays: it is about
    /// to be stored and told.
    fn forget(&mut self, changed: &[IncidentId]) {
        let mut closed: Vec<(DateTime<Utc>, u32)> = self
            .track
            .incidents
            .iter()
            .filter(|incident| !incident.is_open())
            .map(|incident| (incident.turned_at, incident.id.number))
            .collect();
        closed.sort_unstable();
        let too_many = closed.len().saturating_sub(MOST_CLOSED);
        for (index, (turned_at, number)) in closed.into_iter().enumerate() {
            let is_changed = changed.iter().any(|id| id.number == number);
            if !is_changed && (index < too_many || elapsed(turned_at, self.now) > self.rules.forget_after) {
                if let Some(incident) = self.incident(number).cloned() {
                    past::leave(self, &incident);
                }
                self.drop_quietly(number);
            }
        }
    }
}

/// The one transition that tells how an incident differs from before; `None` when that is worth no message.
fn outcome(touched: &Touched, after: &Incident) -> Option<TransitionKind> {
    if after.is_notice() {
        return None;
    }
    let Some(before) = &touched.before else {
        return match (touched.is_quiet, after.planned.is_some(), after.is_open()) {
            (true, _, _) => None,
            (false, true, _) => touched.planned,
            (false, false, true) => Some(TransitionKind::Opened),
            (false, false, false) => Some(TransitionKind::Resolved),
        };
    };
    // That nobody knows its end is no end: the alert says so, like other news.
    if touched.is_lost && before.is_open() && !after.is_open() {
        return (before.revision > 0).then_some(TransitionKind::Updated);
    }
    if after.planned.is_some() {
        return touched.planned;
    }
    if before.is_notice() && after.is_open() {
        return Some(TransitionKind::Opened);
    }
    match (before.is_open(), after.is_open()) {
        (true, false) => Some(TransitionKind::Resolved),
        (false, false) => None,
        // That it flaps is said instead of its return, which would be one more of too many.
        (false, true) if after.is_flapping => Some(TransitionKind::Updated),
        (false, true) => Some(TransitionKind::Reopened),
        (true, true) if after.is_flapping => {
            let is_flip = before.turned_at != after.turned_at;
            if after.peak.severity() > before.peak.severity() {
                Some(TransitionKind::Escalated)
            } else {
                (touched.is_news && !is_flip).then_some(TransitionKind::Updated)
            }
        }
        (true, true) => {
            let (was, is) = (before.impact.severity(), after.impact.severity());
            let has_settled = before.is_flapping;
            if is > was && !has_settled {
                Some(TransitionKind::Escalated)
            } else {
                (has_settled || is != was || before.phase != after.phase || touched.is_news)
                    .then_some(TransitionKind::Updated)
            }
        }
    }
}
