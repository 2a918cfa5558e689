//! What people report: believed after a while, joined by whoever else says so, and never in the lead.

use super::timeline::{PROBE, REPORTS, Timeline, fresh, incident, maintenance, minute, page, unreadable};
use crate::domain::{
    Condition::{Degraded, MajorOutage, Operational, PartialOutage, Unknown},
    MaintenancePhase, Phase, Reading, Role,
};

fn complain(acme: &mut Timeline, at: i64) -> &mut Timeline {
    for at in [at, at + 1] {
        acme.at(at).source(REPORTS, fresh(page().is(MajorOutage))).tells_nothing();
    }
    acme.at(at + 2).source(REPORTS, fresh(page().is(MajorOutage)))
}

fn calm(acme: &mut Timeline, at: i64) -> &mut Timeline {
    acme.at(at).source(REPORTS, fresh(page())).tells_nothing();
    acme.at(at + 1).source(REPORTS, fresh(page()))
}

fn words(acme: &Timeline, number: u32) -> &'static str {
    acme.incident(number).voices().word()
}

#[test]
fn reports_open_an_incident_once_they_have_been_found_three_times_in_a_row() {
    let mut acme = Timeline::well();
    acme.at(1).source(REPORTS, fresh(page().is(MajorOutage))).tells_nothing();
    acme.at(2).source(REPORTS, fresh(page().is(MajorOutage))).tells_nothing();
    acme.at(3).source(REPORTS, fresh(page())).tells_nothing();
    complain(&mut acme, 4).tells("opened 1");
    assert_eq!((acme.incident(1).started_at, acme.incident(1).role()), (minute(4), Role::Reported));
    acme.at(7).source(REPORTS, fresh(page())).tells_nothing();
    acme.at(8).source(REPORTS, fresh(page().is(MajorOutage))).tells_nothing();
    calm(&mut acme, 9).tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(9)));
}

#[test]
fn reports_that_stay_as_they_were_are_one_more_try() {
    let mut acme = Timeline::well();
    acme.at(1).source(REPORTS, fresh(page().is(Degraded).part("Login", Degraded))).tells_nothing();
    acme.at(2).source(REPORTS, unreadable()).tells_nothing();
    acme.at(3).source(REPORTS, fresh(page().is(Unknown))).tells_nothing();
    acme.at(4).source(REPORTS, Reading::Unchanged).tells_nothing();
    acme.at(5).source(REPORTS, fresh(page().is(Degraded).part("Login", Degraded))).tells("opened 1");
    assert_eq!(acme.incident(1).components, ["Login"]);
}

#[test]
fn what_people_complain_of_at_the_first_look_is_no_news() {
    let mut acme = Timeline::unread();
    for at in 0..9 {
        acme.at(at).source(REPORTS, fresh(page().is(MajorOutage).part("Login", MajorOutage))).tells_nothing();
    }
    calm(&mut acme, 10).tells_nothing();
    complain(&mut acme, 20).tells("opened 1");
}

#[test]
fn the_official_word_joins_what_people_reported_and_leads_from_then_on() {
    let mut acme = Timeline::well();
    complain(&mut acme, 1).tells("opened 1");
    let a = incident("a", 2).impact(PartialOutage).says("1", Phase::Identified, 90);
    acme.at(91).reads(page().shows(a.clone())).tells("updated 1");
    let told = acme.incident(1);
    assert_eq!((told.role(), told.impact, told.phase), (Role::Official, MajorOutage, Phase::Identified));
    assert_eq!((told.title.as_deref(), told.started_at), (Some("Trouble a"), minute(1)));
    assert_eq!(words(&acme, 1), "official_reported");
    calm(&mut acme, 92).tells("updated 1");
    acme.at(100).reads(page().shows(a.resolved(99))).tells("resolved 1");
    assert_eq!(words(&acme, 1), "official_reported");
}

#[test]
fn what_people_still_report_when_the_provider_calls_it_over_is_watched() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).impact(MajorOutage);
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    complain(&mut acme, 2).tells("updated 1");
    acme.at(9).reads(page().shows(a.resolved(9))).tells("updated 1");
    assert_eq!(acme.incident(1).phase, Phase::Monitoring);
    acme.at(10).source(REPORTS, Reading::Unchanged).tells_nothing();
    calm(&mut acme, 20).tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(20)));
    // Whoever complains again soon means the same.
    complain(&mut acme, 24).tells("reopened 1");
}

#[test]
fn a_page_a_probe_and_people_tell_one_story() {
    let mut acme = Timeline::well();
    complain(&mut acme, 1).tells("opened 1");
    for (at, told) in [(4, ""), (5, ""), (6, "updated 1")] {
        acme.at(at).source(PROBE, fresh(page().is(MajorOutage))).tells(told);
    }
    assert_eq!((words(&acme, 1), acme.incident(1).role()), ("measured_reported", Role::Measured));
    acme.at(7).reads(page().is(Degraded)).tells("updated 1");
    assert_eq!(words(&acme, 1), "all");
    assert_eq!(acme.track.incidents.len(), 1);
}

// What people post.

#[test]
fn what_people_post_is_theirs_until_the_provider_posts() {
    let mut acme = Timeline::well();
    let theirs = incident("r1", 1).impact(MajorOutage).says("1", Phase::Investigating, 1);
    acme.at(1).source(REPORTS, fresh(page().shows(theirs.clone()))).tells("opened 1");
    assert_eq!((words(&acme, 1), acme.incident(1).title.as_deref()), ("reported", Some("Trouble r1")));
    let a = incident("a", 60).impact(MajorOutage).says("2", Phase::Identified, 61);
    acme.at(61).reads(page().shows(a.clone())).tells("updated 1");
    let told = acme.incident(1);
    assert_eq!((told.title.as_deref(), told.phase), (Some("Trouble a"), Phase::Identified));
    // Another complaint, and news of the first: neither is an alert of its own, nor does it lead.
    let theirs = theirs.says("3", Phase::Investigating, 62);
    let both = page().shows(theirs.clone()).shows(incident("r2", 62));
    acme.at(62).source(REPORTS, fresh(both)).tells("updated 1");
    assert_eq!(acme.incident(1).title.as_deref(), Some("Trouble a"));
    assert_eq!(
        acme.incident(1).updates.iter().map(|update| update.role).collect::<Vec<_>>(),
        [Role::Reported, Role::Official, Role::Reported]
    );
    acme.at(70).reads(page().shows(a.resolved(70))).tells("updated 1");
    assert_eq!(acme.incident(1).phase, Phase::Monitoring);
    let over = page().shows(theirs.resolved(80)).shows(incident("r2", 62).resolved(80));
    acme.at(80).source(REPORTS, fresh(over)).tells("resolved 1");
    assert_eq!(acme.track.incidents.len(), 1);
}

#[test]
fn what_people_post_explains_no_word_of_the_provider() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded)).tells("opened 1");
    let theirs = incident("r1", 1).impact(Degraded);
    acme.at(2).source(REPORTS, fresh(page().shows(theirs.clone()))).tells("updated 1");
    acme.at(3).source(REPORTS, fresh(page().shows(theirs.resolved(3)))).tells("updated 1");
    assert!(acme.incident(1).is_open(), "the page still calls it bad");
    acme.at(4).reads(page()).tells("resolved 1");
}

#[test]
fn what_people_post_explains_their_own_condition() {
    let mut acme = Timeline::well();
    complain(&mut acme, 1).tells("opened 1");
    let theirs = incident("r1", 1).impact(MajorOutage);
    acme.at(4).source(REPORTS, fresh(page().shows(theirs.clone()))).tells("updated 1");
    acme.at(9).source(REPORTS, fresh(page().is(MajorOutage).shows(theirs.resolved(9)))).tells("resolved 1");
    acme.at(10).source(REPORTS, fresh(page().is(MajorOutage))).tells_nothing();
    assert_eq!(acme.track.incidents.len(), 1);
}

#[test]
fn what_people_posted_only_when_it_was_over_is_not_told_beside_the_providers_word() {
    let mut acme = Timeline::well();
    let a = incident("a", 1);
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    acme.at(30).reads(page().shows(a.resolved(30))).tells("resolved 1");
    acme.at(35).source(REPORTS, fresh(page().shows(incident("r1", 2).resolved(31)))).tells_nothing();
    assert_eq!(acme.track.incidents.len(), 1);
}

#[test]
fn work_is_told_by_who_plans_it() {
    let mut acme = Timeline::well();
    let work = maintenance("m", MaintenancePhase::InProgress, 0, 90);
    acme.at(1).source(REPORTS, fresh(page().plans(work))).tells_nothing();
    assert_eq!(acme.track.incidents.len(), 0);
    acme.at(2).source(REPORTS, fresh(page().is(Operational))).tells_nothing();
}
