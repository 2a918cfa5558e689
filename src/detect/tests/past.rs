//! What was over before it was known here: kept, and told to nobody.

use std::time::Duration;

use super::timeline::{FEED, PAGE, Timeline, fresh, incident, maintenance, minute, page};
use crate::domain::{
    Condition::{MajorOutage, Operational},
    MaintenancePhase::{Completed, InProgress},
    Observation, PageId,
    Phase::{Identified, Investigating, Postmortem, Resolved},
    PostedIncident,
};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// A page with three incidents of the past and one that goes on.
fn with_past() -> Observation {
    page()
        .shows(incident("a", -9 * DAY).says("1", Investigating, -9 * DAY).resolved(-9 * DAY + 30))
        .shows(incident("b", -3 * DAY).impact(MajorOutage).resolved(-3 * DAY + HOUR))
        .shows(incident("c", -DAY).says("2", Resolved, -DAY + 10))
        .shows(incident("d", -5))
}

#[test]
fn the_first_look_keeps_the_past_in_its_order_and_tells_none_of_it() {
    let mut acme = Timeline::unread();
    acme.at(0).reads(with_past()).tells_nothing();
    assert_eq!(acme.kept(), ["1 Trouble a", "2 Trouble b", "3 Trouble c"]);
    assert_eq!(acme.track.incidents.len(), 1, "the track holds what goes on");
    assert_eq!(acme.incident(4).title.as_deref(), Some("Trouble d"));
    let kept = &acme.history[&2];
    assert_eq!(
        (kept.peak, kept.started_at, kept.resolved_at),
        (MajorOutage, minute(-3 * DAY), Some(minute(-3 * DAY + HOUR)))
    );
    assert_eq!(acme.history[&3].resolved_at, Some(minute(-DAY + 10)), "the last word tells the end");
    assert_eq!(acme.history[&1].updates.len(), 1);
    for at in 1..5 {
        acme.at(at).reads(with_past()).tells_nothing();
        assert_eq!(acme.kept(), [""; 0]);
        acme.unchanged().tells_nothing();
    }
}

#[test]
fn what_is_entered_afterwards_is_kept_at_any_time() {
    let mut acme = Timeline::well();
    acme.at(9).reads(page().shows(incident("a", -3 * DAY).resolved(-2 * DAY))).tells_nothing();
    assert_eq!(acme.kept(), ["1 Trouble a"]);
    acme.at(10).reads(page().shows(incident("b", 10))).tells("opened 2");
}

#[test]
fn what_never_hurt_is_not_past_or_is_long_past_is_not_kept() {
    let mut acme = Timeline::unread();
    let unknown = PostedIncident { started_at: None, ..incident("e", 0) };
    let late = PostedIncident { resolved_at: None, ..incident("f", -9 * DAY).says("1", Postmortem, -DAY) };
    acme.at(0).reads(
        page()
            .shows(incident("a", -DAY).impact(Operational).resolved(-DAY + 1))
            .shows(incident("b", -DAY).resolved(HOUR))
            .shows(incident("c", -401 * DAY).resolved(-401 * DAY + 10))
            .shows(PostedIncident { phase: None, ..incident("d", -DAY) })
            .shows(unknown.resolved(-DAY))
            .shows(late),
    );
    assert_eq!(acme.kept(), [""; 0]);
    acme.rules.keep_history = Duration::from_secs(1_000 * 24 * 60 * 60);
    acme.at(1).reads(page().shows(incident("c", -401 * DAY).resolved(-401 * DAY + 10)));
    assert_eq!(acme.kept(), ["1 Trouble c"]);
}

#[test]
fn an_incident_of_the_past_that_comes_back_is_the_same_one() {
    let mut acme = Timeline::unread();
    acme.at(0).reads(page().shows(incident("a", -3 * DAY).says("1", Resolved, -3 * DAY + 9))).tells_nothing();
    let back = incident("a", -3 * DAY).says("1", Resolved, -3 * DAY + 9).says("2", Identified, 5);
    acme.at(6).reads(page().shows(back.clone())).tells("reopened 1");
    assert_eq!(acme.incident(1).updates.len(), 2);
    acme.at(20).reads(page().shows(back.says("3", Resolved, 19))).tells("resolved 1");
    // Told and forgotten, it is history again, and still the same.
    acme.at(3 * DAY).reads(page()).reads(page()).tells_nothing();
    assert_eq!(acme.track.incidents.len(), 0);
    acme.at(3 * DAY + 1)
        .reads(page().shows(incident("a", -3 * DAY).says("4", Investigating, 3 * DAY)))
        .tells("reopened 1");
}

#[test]
fn what_was_told_is_not_kept_a_second_time_when_its_track_has_ended() {
    let mut acme = Timeline::well();
    let a = incident("a", 1);
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    acme.at(9).reads(page().shows(a.clone().resolved(8))).tells("resolved 1");
    for day in 1..5 {
        acme.at(day * DAY).reads(page().shows(a.clone().resolved(8))).tells_nothing();
        assert_eq!(acme.kept(), [""; 0]);
    }
    assert_eq!(acme.track.incidents.len(), 0);
}

#[test]
fn what_is_said_later_is_taken_in_without_a_word() {
    let mut acme = Timeline::unread();
    let a = incident("a", -DAY).says("1", Resolved, -DAY + 9);
    acme.at(0).reads(page().shows(a.clone())).tells_nothing();
    let told = a.says("2", Postmortem, HOUR);
    acme.at(2 * HOUR).reads(page().shows(told.clone())).tells_nothing();
    assert_eq!(acme.history[&1].phase, Postmortem);
    assert_eq!(acme.history[&1].updates.len(), 2);
    // Once is enough.
    acme.at(2 * HOUR + 1).reads(page().shows(told.clone())).tells_nothing();
    acme.at(2 * HOUR + 2).reads(page().shows(told)).tells_nothing();
    assert_eq!((acme.changed(), acme.track.incidents.len()), (0, 0));
}

#[test]
fn a_page_and_its_feed_keep_one_past() {
    let mut acme = Timeline::unread();
    acme.at(0).reads(page().shows(incident("a", -DAY).resolved(-DAY + 9))).tells_nothing();
    let title = "Trouble a".to_owned();
    let same = PostedIncident { title: title.clone(), ..incident("tag:1", -DAY + 20).resolved(-DAY + 21) };
    let other = PostedIncident { title, ..incident("tag:2", -5 * DAY).resolved(-5 * DAY + 1) };
    acme.at(1).feed_reads(page().shows(other).shows(same)).tells_nothing();
    assert_eq!(acme.kept(), ["2 Trouble a"], "the same title on another day is another story");
}

#[test]
fn a_page_that_took_the_place_of_another_keeps_no_story_twice() {
    let mut acme = Timeline::unread();
    let of = |id: &str, posted: PostedIncident| Observation {
        page: PageId { id: Some(id.to_owned()), host: None },
        ..page().shows(posted)
    };
    acme.at(0).reads(of("old", incident("a", -DAY).resolved(-DAY + 9)));
    assert_eq!(acme.kept(), ["1 Trouble a"]);
    let new = PostedIncident { title: "Trouble a".to_owned(), ..incident("01J", -DAY).resolved(-DAY + 9) };
    for at in [1, 70, 71] {
        acme.at(at).reads(of("new", new.clone())).tells_nothing();
        assert_eq!(acme.kept(), [""; 0]);
    }
}

#[test]
fn planned_work_that_is_done_is_kept_as_well() {
    let mut acme = Timeline::unread();
    let done = maintenance("m", Completed, -DAY, -DAY + HOUR);
    acme.at(0).reads(page().plans(done.clone())).tells_nothing();
    assert_eq!(acme.kept(), ["1 Work m"]);
    assert!(acme.history[&1].planned.is_some());
    acme.at(1).reads(page().plans(done)).tells_nothing();
    assert_eq!(acme.kept(), [""; 0]);
    acme.at(2).reads(page().plans(maintenance("m", InProgress, -DAY, HOUR))).tells("started 1");
}

#[test]
fn a_neighbour_has_no_past_here() {
    let mut acme = Timeline::unread();
    acme.source(super::timeline::NEIGHBOUR, fresh(with_past()));
    assert_eq!(acme.kept(), [""; 0]);
    acme.source(PAGE, fresh(page())).source(FEED, fresh(page())).tells_nothing();
}
