//! Pages that are no longer the page they were.

use std::time::Duration;

use super::timeline::{PAGE, Timeline, incident, minute, page};
use crate::{
    detect::ask,
    domain::{Condition, Observation, PageId, SourceTrack},
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
fn another_page_that_stays_is_taken_as_the_new_one_without_a_word() {
    let mut acme = acme();
    acme.at(2).reads(at(page().shows(incident("a", 2)), "one", "acme")).tells("opened 1");
    for minute in [3, 62, 63] {
        acme.at(minute).reads(at(page().shows(incident("b", -90)), "two", "acme")).tells_nothing();
    }
    assert!(!acme.incident(1).is_open());
    assert!(acme.incident(2).is_open(), "what is going on there is shown");
    assert_eq!(known(&acme).page.id.as_deref(), Some("two"));
    acme.at(99).reads(at(page().shows(incident("b", -90)).shows(incident("c", 99)), "two", "acme")).tells("opened 3");
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
