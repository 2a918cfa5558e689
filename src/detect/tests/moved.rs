//! Pages that are no longer the page they were.

use std::time::Duration;

use super::timeline::{PAGE, Timeline, incident, maintenance, minute, page};
use crate::{
    detect::ask,
    domain::{Condition, MaintenancePhase, Observation, PageId, SourceTrack},
};

fn at(observation: Observation, id: &str, host: &str) -> Observation {
    let page =
        PageId { id: Some(id.to_owned()).filter(|id| !id.is_empty()), host: Some(format!("status.{host}.example")) };
    Observation { page, ..observation }
}

fn known(timeline: &Timeline) -> &SourceTrack {
    &timeline.track.sources[&timeline.service.sources[PAGE].id]
}

/// Read well at minute 1, as the page `one`.
fn acme() -> Timeline {
    let mut acme = Timeline::well();
    acme.at(1).reads(at(page(), "one", "acme")).tells_nothing();
    acme
}

#[test]
fn an_outage_on_another_page_is_not_told_and_its_absence_there_is_no_recovery() {
    let mut acme = acme();
    acme.at(2).reads(at(page().shows(incident("a", 2)), "one", "acme")).tells("opened 1");
    for minute in 3..10 {
        acme.at(minute).reads(at(page(), "two", "acme")).tells_nothing();
    }
    acme.at(10).reads(at(page().shows(incident("b", 9)), "two", "acme")).tells_nothing();
    assert!(acme.incident(1).is_open());
    assert_eq!(
        known(&acme).unreadable.as_deref(),
        Some("the page has moved: two at status.acme.example answers instead of one")
    );
    assert_eq!(known(&acme).last_good, Some(minute(2)));
    // Back again: nothing was lost.
    acme.at(11).reads(at(page().shows(incident("a", 2)), "one", "acme")).tells_nothing();
    assert_eq!((known(&acme).unreadable.as_deref(), &known(&acme).moved), (None, &None));
}

#[test]
fn the_same_page_at_another_host_is_the_same_page() {
    let mut acme = acme();
    acme.at(2).reads(at(page().shows(incident("a", 2)), "one", "new")).tells("opened 1");
    assert_eq!(known(&acme).page.host.as_deref(), Some("status.new.example"));
}

#[test]
fn without_ids_another_host_is_another_page() {
    let mut acme = Timeline::well();
    acme.at(1).reads(at(page(), "", "acme")).tells_nothing();
    acme.at(2).reads(at(page().is(Condition::MajorOutage), "", "other")).tells_nothing();
    assert_eq!(
        known(&acme).unreadable.as_deref(),
        Some("the page has moved: the address leads to status.other.example instead of status.acme.example")
    );
}

#[test]
fn a_page_that_did_not_change_meanwhile_is_still_not_believed_and_is_read_whole() {
    let mut acme = acme();
    acme.at(2).reads(at(page(), "two", "acme"));
    acme.at(3).unchanged().tells_nothing();
    assert!(known(&acme).unreadable.is_some());
    let asked = ask(&acme.track, &acme.service.sources[PAGE], minute(3), Duration::from_secs(60));
    assert!(asked.whole);
}

#[test]
fn another_page_that_stays_is_taken_as_the_new_one_and_what_the_old_one_told_is_lost() {
    let mut acme = acme();
    acme.at(2).reads(at(page().shows(incident("a", 2)), "one", "acme")).tells("opened 1");
    let other = || at(page().shows(incident("b", -90)), "two", "acme");
    acme.at(3).reads(other()).tells_nothing();
    acme.at(62).reads(other()).tells_nothing();
    acme.at(63).reads(other()).tells("updated 1");
    assert_eq!(acme.incident(1).lost_at(), Some(minute(63)));
    acme.at(64).reads(other()).tells_nothing();
    assert!(acme.incident(2).is_open(), "what is going on there is shown");
    assert_eq!(known(&acme).page.id.as_deref(), Some("two"));
    acme.at(99).reads(at(page().shows(incident("b", -90)).shows(incident("c", 99)), "two", "acme")).tells("opened 3");
}

#[test]
fn planned_work_of_a_page_that_is_another_one_now_is_lost_and_told_so_where_it_was_announced() {
    let mut acme = acme();
    let far = maintenance("far", MaintenancePhase::Scheduled, 9_000, 9_060);
    let near = maintenance("near", MaintenancePhase::Scheduled, 120, 180);
    acme.at(2).reads(at(page().plans(near).plans(far), "one", "acme")).tells("announced 1");
    acme.at(3).reads(at(page(), "two", "acme")).tells_nothing();
    acme.at(63).reads(at(page(), "two", "acme")).tells("updated 1");
    assert!(acme.incident(1).is_lost() && acme.incident(2).is_lost());
    assert_eq!(acme.incident(2).revision, 0, "nobody was told of it");
}

#[test]
fn what_flapped_on_the_old_page_is_lost_at_once_and_what_comes_back_is_over_when_somebody_says_so() {
    let mut acme = acme();
    for (minute, is_bad) in (2..40).zip([true, false].into_iter().cycle()) {
        let condition = if is_bad { Condition::MajorOutage } else { Condition::Operational };
        acme.at(minute).reads(at(page().is(condition), "one", "acme"));
    }
    assert!(acme.incident(1).is_flapping);
    acme.at(40).reads(at(page().is(Condition::MajorOutage), "one", "acme"));
    acme.at(41).reads(at(page(), "two", "acme")).tells_nothing();
    acme.at(101).reads(at(page(), "two", "acme")).tells("updated 1");
    assert!(acme.incident(1).is_lost());
    acme.at(102).reads(at(page().is(Condition::MajorOutage), "two", "acme"));
    acme.at(103).reads(at(page().is(Condition::MajorOutage), "two", "acme"));
    assert!(acme.incident(1).is_open() && !acme.incident(1).is_lost());
    acme.at(199).reads(at(page(), "two", "acme"));
    acme.at(200).reads(at(page(), "two", "acme"));
    assert!(!acme.incident(1).is_open() && !acme.incident(1).is_lost());
}

#[test]
fn an_outage_that_began_at_the_same_time_on_the_new_page_is_the_same_story() {
    let mut acme = acme();
    acme.at(2).reads(at(page().shows(incident("a", 2)), "one", "acme")).tells("opened 1");
    acme.at(3).reads(at(page().shows(incident("b", 1)), "two", "acme")).tells_nothing();
    acme.at(63).reads(at(page().shows(incident("b", 1)), "two", "acme")).tells("updated 1");
    assert_eq!(acme.track.incidents.len(), 1);
}

#[test]
fn pages_that_take_turns_are_never_taken_as_new() {
    let mut acme = acme();
    for (minute, id) in (2..200).zip(["two", "three"].into_iter().cycle()) {
        acme.at(minute).reads(at(page().is(Condition::MajorOutage), id, "acme")).tells_nothing();
    }
    assert_eq!(known(&acme).page.id.as_deref(), Some("one"));
}
