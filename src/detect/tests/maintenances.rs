//! Planned work.

use super::timeline::{Timeline, maintenance, minute, page};
use crate::domain::{
    Condition::{Maintenance, Unknown},
    MaintenancePhase::{Completed, InProgress, Scheduled, Verifying},
};

const DAY: i64 = 24 * 60;

#[test]
fn planned_work_is_announced_a_day_before_and_told_to_its_end() {
    let mut acme = Timeline::well();
    let starts = 3 * DAY;
    acme.at(1).reads(page().plans(maintenance("m", Scheduled, starts, starts + 60))).tells_nothing();
    assert_eq!(acme.incident(1).revision, 0);
    acme.at(starts - DAY - 1).unchanged().tells_nothing();
    acme.at(starts - DAY).unchanged().tells("announced 1");
    acme.at(starts - DAY + 1).unchanged().tells_nothing();
    acme.at(starts + 2).reads(page().is(Maintenance).plans(maintenance("m", InProgress, starts, starts + 60)));
    acme.tells("started 1");
    acme.at(starts + 9).reads(page().plans(maintenance("m", Verifying, starts, starts + 60))).tells_nothing();
    acme.at(starts + 20).reads(page().plans(maintenance("m", Completed, starts, starts + 60))).tells("ended 1");
    let told = acme.incident(1);
    assert_eq!((told.revision, told.resolved_at, told.impact), (3, Some(minute(starts + 20)), Maintenance));
}

#[test]
fn work_that_is_near_or_running_when_first_seen_is_told() {
    let mut acme = Timeline::well();
    let near = maintenance("near", Scheduled, 60, 90);
    let running = maintenance("running", InProgress, -5, 90);
    let done = maintenance("done", Completed, -90, -60);
    acme.at(1).reads(page().plans(near).plans(running).plans(done)).tells("started 2, announced 3");
    assert_eq!(acme.kept(), ["1 Work done"]);
}

#[test]
fn work_that_is_moved_is_told_when_it_was_announced() {
    let mut acme = Timeline::well();
    let far = |starts| maintenance("far", Scheduled, starts, starts + 9);
    let near = |starts| maintenance("near", Scheduled, starts, starts + 9);
    acme.at(1).reads(page().plans(near(60)).plans(far(9 * DAY))).tells("announced 1");
    acme.at(2).reads(page().plans(near(70)).plans(far(8 * DAY))).tells("moved 1");
    acme.at(3).reads(page().plans(near(70)).plans(far(8 * DAY))).tells_nothing();
    acme.at(4).reads(page().plans(near(70)).plans(far(60))).tells("announced 2");
    acme.at(5).reads(page().plans(maintenance("near", InProgress, 70, 99)).plans(far(60))).tells("started 1");
    acme.at(6).reads(page().plans(maintenance("near", InProgress, 70, 200)).plans(far(60))).tells("moved 1");
}

#[test]
fn work_that_vanishes_was_called_off() {
    let mut acme = Timeline::well();
    let far = maintenance("far", Scheduled, 9 * DAY, 9 * DAY + 9);
    acme.at(1).reads(page().plans(maintenance("m", Scheduled, 60, 90)).plans(far)).tells("announced 1");
    acme.at(2).reads(page()).tells_nothing();
    acme.at(3).reads(page().is(Unknown)).tells_nothing();
    acme.at(4).unreadable().tells_nothing();
    acme.at(5).reads(page()).tells_nothing();
    acme.at(6).unchanged().tells("ended 1");
    assert_eq!(acme.incident(1).planned.as_ref().map(|planned| planned.phase), Some(Completed));
    assert_eq!(acme.track.open_maintenances().count(), 0);
}

#[test]
fn at_the_first_look_work_is_shown_and_what_is_far_ahead_is_announced_later() {
    let mut acme = Timeline::unread();
    let all = page()
        .plans(maintenance("running", InProgress, -5, 90))
        .plans(maintenance("near", Scheduled, 60, 90))
        .plans(maintenance("far", Scheduled, 3 * DAY, 4 * DAY));
    acme.at(0).reads(all.clone()).tells_nothing();
    assert_eq!(acme.track.open_maintenances().count(), 3);
    acme.at(1).reads(all).tells_nothing();
    acme.at(2 * DAY).unchanged().tells("announced 3");
}

#[test]
fn a_page_with_hundreds_of_works_keeps_those_that_come_first() {
    let mut acme = Timeline::well();
    let crowd = (0..300).fold(page(), |page, number| {
        page.plans(maintenance(&number.to_string(), Scheduled, (300 - number) * DAY, 400 * DAY))
    });
    acme.at(1).reads(crowd.clone()).tells("announced 1");
    assert_eq!(acme.track.open_maintenances().count(), 100);
    acme.at(2).reads(crowd).tells_nothing();
}

#[test]
fn work_that_was_called_off_by_mistake_is_told_again() {
    let mut acme = Timeline::well();
    let running = page().plans(maintenance("m", InProgress, -5, 90));
    acme.at(1).reads(running.clone()).tells("started 1");
    acme.at(2).reads(page().plans(maintenance("m", Completed, -5, 90))).tells("ended 1");
    acme.at(3).reads(running).tells("started 1");
    acme.at(4).reads(page().plans(maintenance("m", Scheduled, 200, 300))).tells("moved 1");
    acme.at(5).reads(page().plans(maintenance("m", Completed, 200, 300))).tells("ended 1");
    acme.at(6).reads(page().plans(maintenance("m", Scheduled, 200, 300))).tells("announced 1");
}
