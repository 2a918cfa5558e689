//! Conditions that nobody explains (DESIGN rule 4), and those that must be found several times in a row: what probes see
//! (rule 5) and what people report.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use crate::{
    detect::{
        posted,
        progress::Step,
        story::{self, witness, witness_mut},
    },
    domain::{Condition, Incident, Observation},
};

/// On a page with more leaf components than this, some are always bad; there only its overall word counts.
const MOST_LEAVES: usize = 100;

/// Components named by an incident that conditions opened.
const MOST_NAMED: usize = 20;

/// Reads a document's overall condition and components. `is_explained`: the source itself has an open incident posted.
pub(super) fn read(step: &mut Step<'_>, observation: &Observation, is_baseline: bool, is_explained: bool) {
    let condition = observation.condition;
    if condition == Condition::Unknown {
        return;
    }
    let bad = bad_leaves(observation);
    if is_baseline || is_explained {
        step.here.accepted = condition;
        step.here.accepted_parts = bad;
        step.here.streak = 0;
        step.here.streak_since = None;
        if is_explained {
            let held = held_here(step).map(|incident| incident.id.number).collect::<Vec<_>>();
            for number in held {
                story::explain(step, number);
            }
        }
        return;
    }
    if step.source.is_patient() {
        doubt(step, condition, bad);
    } else {
        judge(step, condition, bad, step.now);
    }
}

/// Who is patient and finds the same answer has tried once more; another feed that did not change has nothing to add.
pub(super) fn unchanged(step: &mut Step<'_>) {
    let condition = step.here.condition;
    if step.source.is_patient() && condition != Condition::Unknown && !posted::any_open_here(step) {
        let bad = step.here.not_well.iter().filter(|(_, condition)| condition.is_bad()).map(|(name, _)| name.clone());
        let bad = bad.collect();
        doubt(step, condition, bad);
    }
}

/// Components that are not operational, with their conditions.
pub(super) fn not_well(observation: &Observation) -> Vec<(String, Condition)> {
    let is_not_well = |condition| matches!(condition, Condition::Maintenance) || Condition::is_bad(condition);
    leaves(observation)
        .filter(|(_, condition)| is_not_well(*condition))
        .map(|(name, condition)| (name.to_owned(), condition))
        .take(MOST_LEAVES)
        .collect()
}

fn leaves(observation: &Observation) -> impl Iterator<Item = (&str, Condition)> {
    let leaves = observation.components.iter().filter(|component| !component.is_group);
    leaves.map(|component| (component.name.as_str(), component.condition))
}

/// Names of the bad leaves where they count: not on a huge page, and not while the page calls it maintenance.
fn bad_leaves(observation: &Observation) -> Vec<String> {
    if observation.condition == Condition::Maintenance || leaves(observation).count() > MOST_LEAVES {
        return Vec::new();
    }
    let mut names: Vec<String> =
        leaves(observation).filter(|(_, condition)| condition.is_bad()).map(|(name, _)| name.to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// One more try of a patient source: it counts when enough tries in a row agree that things are other than they were.
///
/// Only the overall condition is weighed. `bad` are components that are named when it turns worse.
fn doubt(step: &mut Step<'_>, tried: Condition, bad: Vec<String>) {
    let verdict = held_here(step)
        .find_map(|incident| witness(incident, &step.source.id))
        .map_or(step.here.accepted, |own| own.impact);
    let turn = Turn::of(tried, verdict);
    if turn == Turn::Same {
        step.here.streak = 0;
        step.here.streak_since = None;
        judge(step, verdict, Vec::new(), step.now);
        return;
    }
    if step.here.streak > 0 && turn == Turn::of(step.here.condition, verdict) {
        step.here.streak = step.here.streak.saturating_add(1);
    } else {
        step.here.streak = 1;
        step.here.streak_since = Some(step.now);
    }
    let enough = match turn {
        Turn::Worse => step.source.probe.failures,
        Turn::Milder | Turn::Well | Turn::Same => step.source.probe.successes,
    };
    if step.here.streak >= enough {
        let since = step.here.streak_since.take().unwrap_or(step.now);
        step.here.streak = 0;
        // What is accepted needs no telling, whatever its parts are called.
        let is_risen = tried.severity() > step.here.accepted.severity();
        judge(step, tried, if is_risen { bad } else { Vec::new() }, since);
    }
}

/// How a try differs from the present verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Same,
    Worse,
    Milder,
    Well,
}

impl Turn {
    fn of(tried: Condition, verdict: Condition) -> Self {
        match tried.severity().cmp(&verdict.severity()) {
            Ordering::Equal => Self::Same,
            Ordering::Greater => Self::Worse,
            Ordering::Less if tried.is_bad() => Self::Milder,
            Ordering::Less => Self::Well,
        }
    }
}

/// What a condition that counts does: it opens, joins, worsens, eases or ends the source's part in an incident.
fn judge(step: &mut Step<'_>, condition: Condition, bad: Vec<String>, since: DateTime<Utc>) {
    let is_risen = condition.severity() > step.here.accepted.severity();
    let new: Vec<String> = bad.iter().filter(|name| !step.here.accepted_parts.contains(name)).cloned().collect();
    if is_risen || !new.is_empty() {
        let impact = if condition.is_bad() { condition } else { Condition::Degraded };
        is_bad(step, impact, if new.is_empty() { &bad } else { &new }, since);
    } else {
        is_well(step, since);
    }
    if condition.severity() < step.here.accepted.severity() {
        step.here.accepted = condition;
    }
    step.here.accepted_parts.retain(|name| bad.contains(name));
}

fn is_bad(step: &mut Step<'_>, impact: Condition, components: &[String], since: DateTime<Utc>) {
    let held = held_here(step).map(|incident| incident.id.number).next();
    let number = held.or_else(|| story::of_condition(step)).unwrap_or_else(|| {
        let blank = story::blank(step, impact, since);
        step.create(false, blank)
    });
    let (source, role) = (step.source.id.clone(), step.source.role);
    let mut is_news = false;
    step.change(number, |incident| {
        is_news = witness(incident, &source).is_none();
        let own = witness_mut(incident, &source, role);
        own.is_bad = true;
        own.impact = impact;
        // What the provider posts names its components itself.
        if incident.title.is_none() {
            for name in components {
                if !incident.components.contains(name) && incident.components.len() < MOST_NAMED {
                    incident.components.push(name.clone());
                    is_news = true;
                }
            }
        }
        if !story::is_posted(incident) {
            incident.started_at = incident.started_at.min(since);
        }
    });
    if is_news {
        step.say(number);
    }
}

fn is_well(step: &mut Step<'_>, since: DateTime<Utc>) {
    let source = step.source.id.clone();
    let held: Vec<u32> = held_here(step).map(|incident| incident.id.number).collect();
    for number in held {
        step.change(number, |incident| {
            for own in incident.witnesses.iter_mut().filter(|witness| witness.source == source) {
                own.is_bad = false;
            }
        });
        step.say_ended(number, since);
    }
}

/// Outages to which this source's condition is counted; one, but for stories that were told apart.
fn held_here<'s>(step: &'s Step<'_>) -> impl Iterator<Item = &'s Incident> {
    let outages = step.track.incidents.iter().rev().filter(|incident| incident.planned.is_none());
    outages.filter(|incident| witness(incident, &step.source.id).is_some_and(|own| own.is_bad))
}
