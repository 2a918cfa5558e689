//! Probes (rule 5), and how they share a story with the provider.

use super::timeline::{FEED, PROBE, Timeline, fresh, incident, minute, page, unreadable};
use crate::domain::{
    Condition::{Degraded, MajorOutage, Operational, PartialOutage, Unknown},
    Phase, Reading, Role,
};

#[test]
fn a_probe_opens_after_three_failures_in_a_row_and_closes_after_two_successes() {
    let mut acme = Timeline::well();
    acme.at(1).probes(MajorOutage).tells_nothing();
    acme.at(2).probes(MajorOutage).tells_nothing();
    acme.at(3).probes(Operational).tells_nothing();
    acme.at(4).probes(MajorOutage).tells_nothing();
    acme.at(5).probes(MajorOutage).tells_nothing();
    acme.at(6).probes(MajorOutage).tells("opened 1");
    assert_eq!((acme.incident(1).started_at, acme.incident(1).role()), (minute(4), Role::Measured));
    acme.at(7).probes(MajorOutage).tells_nothing();
    acme.at(8).probes(Operational).tells_nothing();
    acme.at(9).probes(MajorOutage).tells_nothing();
    acme.at(10).probes(Operational).tells_nothing();
    acme.at(11).probes(Operational).tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(10)));
}

#[test]
fn a_try_that_could_not_tell_neither_counts_nor_starts_anew() {
    let mut acme = Timeline::well();
    acme.at(1).probes(MajorOutage).tells_nothing();
    acme.at(2).source(PROBE, unreadable()).tells_nothing();
    acme.at(3).probes(MajorOutage).tells_nothing();
    acme.at(4).probes(Unknown).tells_nothing();
    acme.at(5).source(PROBE, Reading::Unchanged).tells("opened 1");
}

#[test]
fn a_site_that_is_down_at_the_first_look_is_no_news() {
    let mut acme = Timeline::unread();
    for at in 0..9 {
        acme.at(at).probes(MajorOutage).tells_nothing();
    }
    acme.at(10).probes(Operational).tells_nothing();
    acme.at(11).probes(Operational).tells_nothing();
    for at in [12, 13] {
        acme.at(at).probes(MajorOutage).tells_nothing();
    }
    acme.at(14).probes(MajorOutage).tells("opened 1");
}

#[test]
fn a_slow_site_that_goes_down_escalates() {
    let mut acme = Timeline::well();
    for (at, told) in [(1, ""), (2, ""), (3, "opened 1")] {
        acme.at(at).probes(Degraded).tells(told);
    }
    for (at, told) in [(4, ""), (5, ""), (6, "escalated 1")] {
        acme.at(at).probes(MajorOutage).tells(told);
    }
    for (at, told) in [(7, ""), (8, "updated 1"), (9, "")] {
        acme.at(at).probes(Degraded).tells(told);
    }
    for (at, told) in [(10, ""), (11, "resolved 1")] {
        acme.at(at).probes(Operational).tells(told);
    }
}

fn fails(acme: &mut Timeline, at: i64) -> &mut Timeline {
    for at in [at, at + 1] {
        acme.at(at).probes(MajorOutage).tells_nothing();
    }
    acme.at(at + 2).probes(MajorOutage)
}

fn succeeds(acme: &mut Timeline, at: i64) -> &mut Timeline {
    acme.at(at).probes(Operational).tells_nothing();
    acme.at(at + 1).probes(Operational)
}

#[test]
fn a_site_that_fails_again_soon_is_the_same_incident() {
    let mut acme = Timeline::well();
    fails(&mut acme, 1).tells("opened 1");
    succeeds(&mut acme, 10).tells("resolved 1");
    fails(&mut acme, 15).tells("reopened 1");
    succeeds(&mut acme, 30).tells("resolved 1");
    fails(&mut acme, 60).tells("opened 2");
}

#[test]
fn a_probe_joins_the_outage_that_the_provider_told() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).impact(MajorOutage);
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    fails(&mut acme, 2).tells("updated 1");
    assert_eq!(acme.incident(1).role(), Role::Official);
    acme.at(9).reads(page().shows(a.resolved(9))).tells("updated 1");
    assert_eq!(acme.incident(1).phase, Phase::Monitoring);
    acme.at(10).probes(MajorOutage).tells_nothing();
    acme.at(11).reads(page()).tells_nothing();
    succeeds(&mut acme, 12).tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(12)));
}

#[test]
fn the_official_word_joins_what_was_measured() {
    let mut acme = Timeline::well();
    fails(&mut acme, 1).tells("opened 1");
    let a = incident("a", 2).impact(PartialOutage).says("1", Phase::Investigating, 5);
    acme.at(6).reads(page().shows(a.clone())).tells("updated 1");
    let told = acme.incident(1);
    assert_eq!((told.role(), told.impact, told.started_at), (Role::Official, MajorOutage, minute(1)));
    succeeds(&mut acme, 7).tells("updated 1");
    assert_eq!(acme.incident(1).impact, PartialOutage);
    acme.at(20).reads(page().shows(a.resolved(19))).tells("resolved 1");
}

#[test]
fn the_official_word_that_comes_after_the_site_is_back_reopens_the_story() {
    let mut acme = Timeline::well();
    fails(&mut acme, 1).tells("opened 1");
    succeeds(&mut acme, 8).tells("resolved 1");
    acme.at(12).reads(page().shows(incident("a", 1))).tells("reopened 1");
}

#[test]
fn what_a_page_and_a_probe_both_see_is_over_when_both_are_well() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded)).tells("opened 1");
    fails(&mut acme, 2).tells("escalated 1");
    acme.at(6).reads(page()).tells_nothing();
    succeeds(&mut acme, 7).tells("resolved 1");
}

#[test]
fn a_page_first_read_during_a_measured_outage_adds_its_word_but_not_its_old_stories() {
    let mut acme = Timeline::unread();
    acme.at(0).probes(Operational).tells_nothing();
    fails(&mut acme, 30).tells("opened 1");
    acme.at(33).reads(page().shows(incident("old", -900)).shows(incident("a", 29))).tells("updated 1");
    assert_eq!(acme.incident(1).title.as_deref(), Some("Trouble a"));
    assert_eq!((acme.incident(2).title.as_deref(), acme.incident(2).revision), (Some("Trouble old"), 1));
}

#[test]
fn an_outage_posted_only_when_it_was_over_is_not_told_twice() {
    let mut acme = Timeline::well();
    fails(&mut acme, 1).tells("opened 1");
    succeeds(&mut acme, 8).tells("resolved 1");
    let report = page().shows(incident("a", 1).resolved(9));
    acme.at(30).reads(report.clone()).tells_nothing();
    let mut again = incident("tag:17", 1).resolved(9);
    again.title = "Trouble a".to_owned();
    acme.at(31).source(FEED, fresh(page().shows(again))).tells_nothing();
    assert_eq!(acme.track.incidents.len(), 1);
    acme.at(32).reads(report).tells_nothing();
}
