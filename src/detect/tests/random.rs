//! What holds for every sequence of readings.

use chrono::{DateTime, Utc};
use proptest::{collection::vec, prelude::*, sample::select};

use super::timeline::{FEED, NEIGHBOUR, PAGE, PROBE, REPORTS, Timeline, check, fresh, incident, minute, page};
use crate::{
    detect::step,
    domain::{
        Component, Condition, MaintenancePhase, Observation, Phase, PostedIncident, PostedMaintenance, PostedUpdate,
        Reading,
    },
};

/// Minutes since the last reading, the source, what it gave.
type Moment = (i64, usize, Reading);

fn time() -> impl Strategy<Value = Option<DateTime<Utc>>> {
    prop_oneof![
        6 => (-300_i64..3000).prop_map(|at| Some(minute(at))),
        2 => Just(None),
        1 => select(vec![Some(DateTime::<Utc>::MIN_UTC), Some(DateTime::<Utc>::MAX_UTC)]),
    ]
}

fn update() -> impl Strategy<Value = PostedUpdate> {
    let id = proptest::option::weighted(0.7, select(vec!["1", "2", "3", "4"]).prop_map(str::to_owned));
    let phase = proptest::option::of(select(Phase::ALL.to_vec()));
    let body = proptest::option::of(select(vec!["", "We look", "We found it"]).prop_map(str::to_owned));
    (id, phase, time(), body).prop_map(|(id, phase, at, body)| PostedUpdate { id, phase, at, body })
}

fn posted_incident() -> impl Strategy<Value = PostedIncident> {
    let impact = proptest::option::of(select(Condition::ALL.to_vec()));
    let phase = proptest::option::weighted(0.9, select(Phase::ALL.to_vec()));
    (select(vec!["a", "b", "c"]), impact, phase, time(), time(), vec(update(), 0..4)).prop_map(
        |(id, impact, phase, started_at, resolved_at, updates)| PostedIncident {
            impact,
            phase,
            started_at,
            resolved_at: resolved_at.filter(|_| phase.is_none_or(Phase::is_closed)),
            updates,
            ..incident(id, 0)
        },
    )
}

fn posted_maintenance() -> impl Strategy<Value = PostedMaintenance> {
    (select(vec!["m", "n"]), select(MaintenancePhase::ALL.to_vec()), time(), time(), vec(update(), 0..2)).prop_map(
        |(id, phase, starts_at, ends_at, updates)| PostedMaintenance {
            id: id.to_owned(),
            title: "Work".to_owned(),
            phase,
            starts_at,
            ends_at,
            url: None,
            components: Vec::new(),
            updates,
        },
    )
}

fn component() -> impl Strategy<Value = Component> {
    (select(vec!["Login", "API"]), select(Condition::ALL.to_vec()), any::<bool>()).prop_map(
        |(name, condition, is_group)| Component { id: None, name: name.to_owned(), group: None, is_group, condition },
    )
}

fn observation() -> impl Strategy<Value = Observation> {
    let condition = select(Condition::ALL.to_vec());
    (condition, vec(component(), 0..3), vec(posted_incident(), 0..4), vec(posted_maintenance(), 0..3)).prop_map(
        |(condition, components, incidents, maintenances)| Observation {
            condition,
            components,
            incidents,
            maintenances,
            ..Observation::default()
        },
    )
}

fn moment() -> impl Strategy<Value = Moment> {
    let reading = prop_oneof![
        6 => observation().prop_map(fresh),
        2 => Just(page()).prop_map(fresh),
        1 => Just(Reading::Unchanged),
        1 => Just(Reading::Unreadable { reason: "HTTP 502".to_owned() }),
    ];
    let pause = prop_oneof![6 => 0_i64..10, 1 => 0_i64..3000, 1 => -60_i64..0];
    let source = select(vec![PAGE, PAGE, FEED, PROBE, PROBE, NEIGHBOUR, REPORTS]);
    (pause, source, reading).prop_map(|(pause, source, reading)| {
        // A probe posts nothing.
        let reading = match reading {
            Reading::Fresh(seen) if source == PROBE => fresh(page().is(seen.condition)),
            Reading::Fresh(_) | Reading::Unchanged | Reading::Unreadable { .. } => reading,
        };
        (pause, source, reading)
    })
}

/// Lives through the moments, and gives the last minute. Each step is checked by the timeline.
fn live(acme: &mut Timeline, moments: Vec<Moment>) -> i64 {
    moments.into_iter().fold(0, |at, (pause, source, reading)| {
        acme.at(at + pause).source(source, reading);
        at + pause
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_story_is_told_in_order(moments in vec(moment(), 1..60)) {
        live(&mut Timeline::unread(), moments);
    }

    #[test]
    fn the_same_reading_again_tells_nothing(moments in vec(moment(), 1..30), last in observation(), source in 0_usize..2) {
        let mut acme = Timeline::unread();
        let at = live(&mut acme, moments);
        // What says two things of one incident, or tells of an end to come, may be taken in two steps.
        let ids: std::collections::BTreeSet<&str> = last.incidents.iter().map(|posted| posted.id.as_str()).collect();
        let is_plain = ids.len() == last.incidents.len()
            && last.incidents.iter().all(|posted| posted.resolved_at.is_none_or(|end| end <= minute(at + 1)));
        let last = fresh(last);
        acme.at(at + 1).source(source, last.clone());
        let here = &acme.service.sources[source];
        let is_counting = |track: &crate::domain::Track| {
            let witnesses = track.incidents.iter().flat_map(|incident| &incident.witnesses);
            witnesses.filter(|own| own.source == here.id).flat_map(|own| &own.posted).any(|posted| posted.absent > 0)
        };
        let before = acme.recalled(source, &last);
        let again = step(before.clone(), &acme.service, here, &last, minute(at + 1), &acme.rules);
        check(&before, &last, &again);
        prop_assert_eq!(&again.past, &vec![]);
        if is_plain && !is_counting(&acme.track) {
            prop_assert_eq!(&again.transitions, &vec![]);
            prop_assert_eq!(&again.changed, &vec![]);
        }
    }

    #[test]
    fn what_stays_open_is_told_or_was_there_at_the_first_look(
        moments in vec(moment(), 1..30),
        last in observation(),
    ) {
        let mut acme = Timeline::unread();
        let mut at = live(&mut acme, moments);
        let mut last = last;
        last.incidents.retain(|incident| incident.id != "a");
        let last = last.shows(PostedIncident { phase: Some(Phase::Identified), ..incident("a", at) });
        for _ in 0..3 {
            at += 1;
            acme.at(at).reads(last.clone());
        }
        let id = &acme.service.sources[PAGE].id;
        let story = acme.track.open_incidents().find(|incident| {
            let own = incident.witnesses.iter().find(|own| own.source == *id);
            own.is_some_and(|own| own.posted.iter().any(|posted| posted.id == "a" && posted.is_open()))
        });
        prop_assert!(story.is_some_and(|incident| incident.revision > 0));
    }

    #[test]
    fn when_all_is_well_for_long_nothing_stays_open(moments in vec(moment(), 1..60)) {
        let mut acme = Timeline::unread();
        let mut at = live(&mut acme, moments);
        for _ in 0..6 {
            at += 10;
            for source in [PAGE, FEED, PROBE, NEIGHBOUR, REPORTS] {
                acme.at(at).source(source, fresh(page()));
            }
        }
        prop_assert_eq!(acme.track.open_incidents().count(), 0);
        prop_assert_eq!(acme.track.open_maintenances().count(), 0);
    }
}
