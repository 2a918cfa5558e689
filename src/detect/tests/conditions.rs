//! Conditions that nobody explains (rule 4), and what comes back (rule 6).

use super::timeline::{NEIGHBOUR, Timeline, fresh, incident, minute, page};
use crate::domain::{
    Condition::{Degraded, Maintenance, MajorOutage, Operational, PartialOutage, Unknown},
    Phase::{Investigating, Resolved},
};

// Rule 4.

#[test]
fn a_condition_without_an_incident_opens_one_and_ends_it() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded).part("Login", PartialOutage)).tells("opened 1");
    assert_eq!(acme.incident(1).components, ["Login"]);
    assert_eq!(acme.incident(1).title, None);
    acme.at(2).reads(page().is(Degraded).part("Login", PartialOutage)).tells_nothing();
    acme.at(3).reads(page().is(MajorOutage).part("Login", MajorOutage)).tells("escalated 1");
    acme.at(4).reads(page().is(Degraded).part("Login", Degraded)).tells("updated 1");
    acme.at(5).reads(page().part("Login", Operational)).tells("resolved 1");
}

#[test]
fn a_condition_becomes_one_story_with_the_incident_posted_for_it() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded).part("Login", Degraded)).tells("opened 1");
    let a = incident("a", 0).impact(Degraded).says("1", Investigating, 3);
    acme.at(4).reads(page().part("Login", Degraded).shows(a.clone())).tells("updated 1");
    assert_eq!(acme.incident(1).title.as_deref(), Some("Trouble a"));
    assert_eq!(acme.incident(1).started_at, minute(0));
    // The page's own word lags behind the incident: nothing new opens.
    acme.at(9).reads(page().is(Degraded).part("Login", Degraded).shows(a.resolved(8))).tells("resolved 1");
    acme.at(10).reads(page().is(Degraded).part("Login", Degraded)).tells_nothing();
    acme.at(11).reads(page()).tells_nothing();
    acme.at(40).reads(page().is(Degraded)).tells("opened 2");
}

#[test]
fn a_worse_incident_that_joins_a_condition_escalates_it() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded)).tells("opened 1");
    acme.at(4).reads(page().shows(incident("a", 3).impact(MajorOutage))).tells("escalated 1");
    acme.at(5).reads(page().shows(incident("a", 3).impact(MajorOutage)).shows(incident("b", 5))).tells("opened 2");
}

#[test]
fn a_condition_that_an_open_incident_explains_opens_nothing() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).impact(Degraded);
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    acme.at(2).reads(page().is(MajorOutage).part("API", MajorOutage).shows(a)).tells_nothing();
}

#[test]
fn a_component_that_turns_bad_beside_one_that_always_was_is_told() {
    let mut acme = Timeline::unread();
    let usual = page().is(Degraded).part("Old API", Degraded);
    acme.at(0).reads(usual.clone()).tells_nothing();
    acme.at(1).reads(usual.clone().part("Login", Degraded)).tells("opened 1");
    assert_eq!(acme.incident(1).components, ["Login"]);
    acme.at(2).reads(usual.clone().part("Login", Operational)).tells("resolved 1");
    acme.at(3).reads(usual).tells_nothing();
}

#[test]
fn on_a_huge_page_a_single_component_opens_nothing() {
    let mut acme = Timeline::well();
    let huge = (0..300).fold(page(), |page, number| page.part(&format!("City {number}"), Operational));
    acme.at(1).reads(huge.clone().part("City 300", MajorOutage)).tells_nothing();
    acme.at(2).reads(huge.is(MajorOutage)).tells("opened 1");
}

#[test]
fn maintenance_and_unknown_open_nothing() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Maintenance).part("Login", PartialOutage)).tells_nothing();
    acme.at(2).reads(page().is(Unknown)).tells_nothing();
    acme.at(3).reads(page().is(Degraded)).tells("opened 1");
    acme.at(4).reads(page().is(Unknown)).tells_nothing();
    acme.at(5).reads(page().is(Maintenance)).tells("resolved 1");
}

#[test]
fn a_hint_opens_worsens_and_ends_nothing() {
    let mut acme = Timeline::well();
    acme.at(1).source(NEIGHBOUR, fresh(page().shows(incident("n", 1).impact(MajorOutage)))).tells_nothing();
    assert_eq!(acme.track.sources[&acme.service.sources[NEIGHBOUR].id].condition, MajorOutage);
    acme.at(2).reads(page().shows(incident("a", 2))).tells("opened 1");
    acme.at(3).source(NEIGHBOUR, fresh(page())).tells_nothing();
    assert_eq!(acme.incident(1).witnesses.len(), 1);
}

#[test]
fn a_page_and_its_feed_tell_one_story() {
    let mut acme = Timeline::well();
    let mut other = incident("tag:17", 1);
    other.title = "Trouble a".to_owned();
    acme.at(2).reads(page().shows(incident("a", 1))).tells("opened 1");
    acme.at(2).feed_reads(page().shows(other.clone())).tells("updated 1");
    acme.at(3).reads(page().shows(incident("a", 1))).tells_nothing();
    acme.at(3).feed_reads(page().shows(other.clone())).tells_nothing();
    acme.at(9).reads(page().shows(incident("a", 1).resolved(9))).tells("updated 1");
    acme.at(9).feed_reads(page().shows(other.resolved(9))).tells("resolved 1");
}

#[test]
fn what_returns_on_a_clock_that_was_set_back_is_told_once() {
    let mut acme = Timeline::well();
    acme.at(10).reads(page().is(MajorOutage)).tells("opened 1");
    acme.at(11).reads(page()).tells("resolved 1");
    acme.at(2).reads(page().part("Login", Degraded)).tells("reopened 1");
    assert_eq!(acme.incident(1).started_at, minute(2), "nothing seen begins later than it is seen");
    acme.at(2).reads(page().part("Login", Degraded)).tells_nothing();
}

// Rule 6.

#[test]
fn a_condition_that_returns_within_a_quarter_of_an_hour_is_the_same_incident() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded)).tells("opened 1");
    acme.at(5).reads(page()).tells("resolved 1");
    acme.at(20).reads(page().is(Degraded)).tells("reopened 1");
    acme.at(21).reads(page()).tells("resolved 1");
    acme.at(37).reads(page().is(Degraded)).tells("opened 2");
}

#[test]
fn an_incident_that_the_provider_reopens_is_the_same_whenever_it_does() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).says("1", Investigating, 1);
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    let a = a.says("2", Resolved, 9);
    acme.at(9).reads(page().shows(a.clone().resolved(9))).tells("resolved 1");
    acme.at(309).reads(page().shows(a.says("3", Investigating, 308))).tells("reopened 1");
    assert_eq!((acme.incident(1).chapter, acme.incident(1).resolved_at), (3, None));
}

#[test]
fn the_official_word_that_comes_after_the_end_belongs_to_the_same_story() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded)).tells("opened 1");
    acme.at(5).reads(page()).tells("resolved 1");
    acme.at(8).reads(page().shows(incident("a", 1).says("1", Resolved, 7).resolved(7))).tells_nothing();
    assert_eq!(acme.incident(1).title.as_deref(), Some("Trouble a"));
    assert_eq!(acme.track.incidents.len(), 1);
}

#[test]
fn a_service_that_flaps_opens_one_incident_and_says_so_once() {
    let mut acme = Timeline::well();
    acme.at(0).reads(page().is(Degraded)).tells("opened 1");
    acme.at(2).reads(page()).tells("resolved 1");
    acme.at(4).reads(page().is(Degraded)).tells("reopened 1");
    acme.at(6).reads(page()).tells("resolved 1");
    acme.at(8).reads(page().is(Degraded)).tells("reopened 1");
    acme.at(10).reads(page()).tells("resolved 1");
    acme.at(12).reads(page().is(Degraded)).tells("updated 1");
    assert!(acme.incident(1).is_flapping && acme.incident(1).is_open());
    for at in 0..10 {
        acme.at(14 + 4 * at).reads(page()).tells_nothing();
        acme.at(16 + 4 * at).reads(page().is(Degraded)).tells_nothing();
    }
    acme.at(54).reads(page()).tells_nothing();
    acme.at(68).unchanged().tells_nothing();
    acme.at(69).unchanged().tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(54)));
    assert!(!acme.incident(1).is_flapping);
    acme.at(120).reads(page().is(Degraded)).tells("opened 2");
}

#[test]
fn a_service_that_flapped_and_stays_bad_is_told_as_going_on() {
    let mut acme = Timeline::well();
    for at in [0, 4, 8] {
        acme.at(at).reads(page().is(Degraded));
        acme.at(at + 2).reads(page()).tells("resolved 1");
    }
    acme.at(12).reads(page().is(Degraded)).tells("updated 1");
    acme.at(26).unchanged().tells_nothing();
    acme.at(27).unchanged().tells("updated 1");
    assert!(!acme.incident(1).is_flapping && acme.incident(1).is_open());
    acme.at(28).unchanged().tells_nothing();
    acme.at(40).reads(page()).tells("resolved 1");
    acme.at(41).reads(page().is(Degraded)).tells("reopened 1");
}

#[test]
fn a_condition_that_joined_another_sources_incident_stays_there_when_it_is_posted() {
    let mut acme = Timeline::well();
    acme.at(1).feed_reads(page().shows(incident("x", 1))).tells("opened 1");
    acme.at(2).reads(page().is(MajorOutage)).tells("escalated 1");
    acme.at(3).reads(page().shows(incident("y", 2).impact(MajorOutage))).tells("updated 1");
    acme.at(4).reads(page().shows(incident("y", 2).resolved(4))).tells("updated 1");
    acme.at(5).feed_reads(page().shows(incident("x", 1).resolved(5))).tells("resolved 1");
}

#[test]
fn a_provider_that_reopens_again_and_again_is_flapping_whatever_it_writes() {
    let mut acme = Timeline::well();
    let mut a = incident("a", 1);
    for (at, back, over) in
        [(1, "opened 1", "resolved 1"), (5, "reopened 1", "resolved 1"), (9, "reopened 1", "resolved 1")]
    {
        a = a.says(&format!("{at}"), Investigating, at);
        acme.at(at).reads(page().shows(a.clone())).tells(back);
        a = a.says(&format!("{at} over"), Resolved, at + 2);
        acme.at(at + 2).reads(page().shows(a.clone())).tells(over);
    }
    a = a.says("13", Investigating, 13);
    acme.at(13).reads(page().shows(a.clone())).tells("updated 1");
    a = a.says("14", Investigating, 14);
    acme.at(14).reads(page().shows(a.clone())).tells("updated 1");
    a = a.says("15", Resolved, 15);
    acme.at(15).reads(page().shows(a.clone())).tells_nothing();
    acme.at(29).unchanged().tells_nothing();
    acme.at(30).unchanged().tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(15)));
}

#[test]
fn a_page_that_lags_behind_another_sources_word_opens_nothing() {
    let mut acme = Timeline::well();
    let lagging = page().is(Degraded).part("Login", Degraded);
    acme.at(1).feed_reads(page().shows(incident("x", 1))).tells("opened 1");
    acme.at(2).reads(lagging.clone()).tells("updated 1");
    acme.at(5).feed_reads(page().shows(incident("x", 1).resolved(5))).tells("resolved 1");
    acme.at(6).reads(lagging).tells_nothing();
    acme.at(7).reads(page().part("Login", Operational)).tells_nothing();
    acme.at(40).reads(page().is(Degraded)).tells("opened 2");
}
