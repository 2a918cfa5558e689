//! Incidents that providers post (rules 1, 2, 3 and 7), and what is bounded.

use chrono::TimeDelta;

use super::timeline::{FEED, PAGE, Timeline, fresh, incident, minute, minutes, page, unreadable};
use crate::{
    detect::ask,
    domain::{
        Condition::{Degraded, MajorOutage, Operational, PartialOutage, Unknown},
        Incident,
        Phase::{self, Identified, Investigating, Monitoring, Resolved},
        PostedUpdate, Reading, TransitionKind,
    },
};

#[test]
fn a_posted_incident_is_told_from_its_beginning_to_its_end() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).says("1", Investigating, 1);
    acme.at(2).reads(page().shows(a.clone())).tells("opened 1");
    let a = a.says("2", Identified, 5);
    acme.at(6).reads(page().shows(a.clone())).tells("updated 1");
    let a = a.impact(MajorOutage).says("3", Identified, 8);
    acme.at(9).reads(page().shows(a.clone())).tells("escalated 1");
    let a = a.impact(Degraded).says("4", Monitoring, 20);
    acme.at(21).reads(page().shows(a.clone())).tells("updated 1");
    acme.at(31).reads(page().shows(a.says("5", Resolved, 30).resolved(30))).tells("resolved 1");
    let told = acme.incident(1);
    assert_eq!((told.revision, told.chapter, told.peak), (5, 2, MajorOutage));
    assert_eq!((told.started_at, told.resolved_at), (minute(1), Some(minute(30))));
    assert_eq!(told.title.as_deref(), Some("Trouble a"));
    assert_eq!(told.url.as_deref(), Some("https://status.acme.example"));
}

// Rule 1.

#[test]
fn a_source_that_cannot_be_read_changes_nothing() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().shows(incident("a", 1))).tells("opened 1");
    for at in 2..12 {
        acme.at(at).unreadable().tells_nothing();
    }
    let known = &acme.track.sources[&acme.service.sources[PAGE].id];
    assert_eq!(known.last_good, Some(minute(1)));
    assert_eq!(known.last_tried, Some(minute(11)));
    assert_eq!(known.condition, PartialOutage);
    assert_eq!(known.unreadable.as_deref(), Some("HTTP 502"));
    assert!(acme.incident(1).is_open());
}

#[test]
fn a_document_that_knows_nothing_ends_nothing() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().is(Degraded)).tells("opened 1");
    acme.at(2).feed_reads(page().shows(incident("a", 2))).tells("escalated 1");
    for at in 3..12 {
        acme.at(at).reads(page().is(Unknown)).tells_nothing();
        acme.source(FEED, fresh(page().is(Unknown))).tells_nothing();
    }
    assert!(acme.incident(1).is_open());
}

// Rule 2.

#[test]
fn an_incident_that_vanishes_is_over_after_three_good_readings_without_it() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().shows(incident("a", 1))).tells("opened 1");
    acme.at(2).reads(page()).tells_nothing();
    acme.at(3).unreadable().tells_nothing();
    acme.at(4).unchanged().tells_nothing();
    acme.at(5).reads(page()).tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(5)));
}

#[test]
fn an_incident_that_is_back_in_time_was_never_away() {
    let mut acme = Timeline::well();
    let a = page().shows(incident("a", 1));
    acme.at(1).reads(a.clone()).tells("opened 1");
    for at in [2, 5, 8] {
        acme.at(at).reads(page()).tells_nothing();
        acme.at(at + 1).reads(page()).tells_nothing();
        acme.at(at + 2).reads(a.clone()).tells_nothing();
    }
    acme.at(20).unchanged().tells_nothing();
}

#[test]
fn an_incident_that_history_calls_resolved_is_over_at_once() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().shows(incident("a", 1))).tells("opened 1");
    acme.at(9).reads(page().shows(incident("a", 1).resolved(7))).tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(7)));
}

#[test]
fn a_source_is_asked_for_what_is_open_and_for_history_after_a_gap() {
    let mut acme = Timeline::unread();
    let source = acme.service.sources[PAGE].clone();
    assert!(ask(&acme.track, &source, minute(900), minutes(1)).catch_up, "the first look asks for the past");
    acme.at(1).reads(page().shows(incident("a", 1)).shows(incident("b", 1)));
    acme.at(2).reads(page().shows(incident("a", 1)).shows(incident("b", 1).resolved(2))).tells("resolved 2");
    let soon = ask(&acme.track, &source, minute(4), minutes(1));
    assert_eq!((soon.open, soon.catch_up), (vec!["a".to_owned()], false));
    acme.at(5).unreadable();
    assert!(ask(&acme.track, &source, minute(9), minutes(1)).catch_up);
}

// Rule 3.

#[test]
fn edited_words_and_reordered_updates_are_no_news() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).says("1", Investigating, 1).says("2", Identified, 3);
    acme.at(4).reads(page().shows(a.clone())).tells("opened 1");
    let mut edited = a;
    edited.title = "Trouble with logins".to_owned();
    edited.updates[0].body = Some("Other words".to_owned());
    edited.updates.reverse();
    acme.at(5).reads(page().shows(edited)).tells_nothing();
    assert_eq!(acme.changed(), 1);
    assert_eq!(acme.incident(1).title.as_deref(), Some("Trouble with logins"));
    assert_eq!(acme.incident(1).updates[0].body, "Other words");
}

#[test]
fn updates_without_ids_are_known_by_time_and_phase_or_by_their_words() {
    let said = |at: Option<i64>, body: &str| PostedUpdate {
        id: None,
        phase: Some(Investigating),
        at: at.map(minute),
        body: Some(body.to_owned()),
    };
    let mut acme = Timeline::well();
    let mut a = incident("a", 1);
    a.updates = vec![said(Some(1), "One"), said(Some(1), "Two"), said(None, "Three")];
    acme.at(2).reads(page().shows(a.clone())).tells("opened 1");
    assert_eq!(acme.incident(1).updates.len(), 3);
    a.updates[0].body = Some("One, edited".to_owned());
    acme.at(3).reads(page().shows(a.clone())).tells_nothing();
    a.updates[1].at = Some(minute(3));
    acme.at(4).reads(page().shows(a.clone())).tells_nothing();
    a.updates.push(said(None, "Four"));
    acme.at(5).reads(page().shows(a.clone())).tells("updated 1");
    acme.at(6).reads(page().shows(a)).tells_nothing();
}

#[test]
fn a_long_story_keeps_its_newest_updates_and_tells_none_again() {
    let mut acme = Timeline::well();
    let mut a = incident("a", 1);
    for number in 0..250 {
        a = a.says(&number.to_string(), Investigating, number);
    }
    acme.at(300).reads(page().shows(a.clone())).tells("opened 1");
    assert_eq!(acme.incident(1).updates.len(), 200);
    acme.at(301).reads(page().shows(a.clone())).tells_nothing();
    let a = a.says("new", Identified, 301);
    acme.at(302).reads(page().shows(a.clone())).tells("updated 1");
    acme.at(303).reads(page().shows(a)).tells_nothing();
    assert_eq!(acme.incident(1).updates.len(), 200);
}

#[test]
fn words_that_follow_the_end_are_kept_and_not_told() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).says("1", Investigating, 1);
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    let a = a.says("2", Resolved, 9).resolved(9);
    acme.at(9).reads(page().shows(a.clone())).tells("resolved 1");
    acme.at(60).reads(page().shows(a.says("3", Phase::Postmortem, 59))).tells_nothing();
    assert_eq!(acme.incident(1).phase, Phase::Postmortem);
    assert_eq!(acme.incident(1).updates.len(), 3);
}

#[test]
fn an_older_copy_of_the_page_reopens_nothing() {
    let mut acme = Timeline::well();
    let open = incident("a", 1).says("1", Investigating, 1);
    let over = open.clone().says("2", Resolved, 9).resolved(9);
    acme.at(1).reads(page().shows(open.clone())).tells("opened 1");
    acme.at(10).reads(page().shows(over.clone())).tells("resolved 1");
    acme.at(11).reads(page().shows(open.clone())).tells_nothing();
    acme.at(12).reads(page().shows(over)).tells_nothing();
    // The provider took its word back: that stays so.
    acme.at(13).reads(page().shows(open)).tells_nothing();
    acme.at(14).unchanged().tells_nothing();
    acme.at(15).unchanged().tells("reopened 1");
}

// Rule 7.

#[test]
fn the_first_look_tells_nothing_and_what_follows_is_told() {
    let mut acme = Timeline::unread();
    acme.at(0).unreadable().tells_nothing();
    let a = incident("a", -90).says("1", Investigating, -80);
    let first = page().shows(incident("old", -300).resolved(-200)).shows(a.clone()).part("Login", Degraded);
    acme.at(1).reads(first.clone()).tells_nothing();
    assert_eq!(acme.track.incidents.len(), 1);
    assert_eq!((acme.incident(2).revision, acme.incident(2).chapter), (1, 1));
    acme.at(2).reads(first).tells_nothing();
    acme.at(3).reads(page().shows(a.clone().says("2", Monitoring, 3))).tells("updated 2");
    acme.at(4).reads(page().shows(a.resolved(4))).tells("resolved 2");
    assert_eq!(acme.incident(2).revision, 3);
}

#[test]
fn a_bad_condition_at_the_first_look_is_accepted_until_it_gets_worse() {
    let mut acme = Timeline::unread();
    acme.at(0).reads(page().is(Degraded)).tells_nothing();
    acme.at(1).reads(page().is(Degraded)).tells_nothing();
    acme.at(2).reads(page().is(MajorOutage)).tells("opened 1");
    acme.at(3).reads(page().is(Degraded)).tells("resolved 1");
    acme.at(30).reads(page()).tells_nothing();
    acme.at(60).reads(page().is(Degraded)).tells("opened 2");
}

#[test]
fn a_source_added_later_has_a_first_look_of_its_own() {
    let mut acme = Timeline::unread();
    acme.at(0).reads(page()).tells_nothing();
    acme.at(60).feed_reads(page().shows(incident("a", -500))).tells_nothing();
    acme.at(61).reads(page().shows(incident("b", 61))).tells("opened 2");
}

#[test]
fn an_outage_that_began_and_ended_unseen_is_one_message() {
    let mut acme = Timeline::well();
    let unseen = incident("a", 10).says("1", Investigating, 10).says("2", Resolved, 30).resolved(30);
    let entered_later = incident("b", 20).resolved(20);
    let history = incident("c", -30).resolved(-10);
    let after = page().shows(history).shows(unseen).shows(entered_later);
    acme.at(500).reads(after.clone()).tells("resolved 2");
    assert_eq!((acme.incident(2).revision, acme.incident(2).chapter), (1, 2));
    assert_eq!(acme.incident(2).resolved_at, Some(minute(30)));
    acme.at(501).reads(after).tells_nothing();
}

#[test]
fn an_outage_that_ended_on_a_clock_ahead_of_ours_is_told_all_the_same() {
    let mut acme = Timeline::well();
    let unseen = incident("a", 10).says("1", Investigating, 10).says("2", Resolved, 32).resolved(32);
    acme.at(30).reads(page().shows(unseen)).tells("resolved 1");
    assert_eq!(acme.incident(1).resolved_at, Some(minute(30)));
    let in_a_year = incident("b", 20).says("1", Resolved, 500_000).resolved(500_000);
    acme.at(31).reads(page().shows(in_a_year)).tells_nothing();
}

#[test]
fn a_report_on_an_old_story_is_no_news() {
    let mut acme = Timeline::well();
    let mut old = incident("a", -9000).says("1", Investigating, -9000).says("2", Resolved, -8000);
    acme.at(5).reads(page().shows(old.clone().says("3", Resolved, 4))).tells_nothing();
    old = old.says("4", Phase::Postmortem, 5);
    acme.at(6).reads(page().shows(old)).tells_nothing();
    acme.at(7).reads(page().shows(incident("b", -9000).says("1", Phase::Postmortem, 6))).tells_nothing();
    assert!(acme.track.incidents.is_empty());
}

// Bounds.

#[test]
fn what_was_forgotten_and_is_still_listed_causes_nothing() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().shows(incident("a", 1))).tells("opened 1");
    let over = page().shows(incident("a", 1).resolved(9));
    acme.at(9).reads(over.clone()).tells("resolved 1");
    acme.at(9 + 24 * 60 + 1).reads(over.clone()).tells_nothing();
    assert_eq!((acme.forgotten(), acme.track.incidents.len()), (1, 0));
    acme.at(9 + 24 * 60 + 2).reads(over).tells_nothing();
    assert_eq!(acme.changed(), 0);
}

#[test]
fn a_feed_with_a_thousand_open_incidents_is_kept_within_bounds() {
    let mut acme = Timeline::well();
    let crowd = (0..1000).fold(page(), |page, number| page.shows(incident(&number.to_string(), number - 2000)));
    acme.at(1).reads(crowd.clone()).tells_nothing();
    let crowd = crowd.shows(incident("new", 2));
    acme.at(2).reads(crowd.clone()).tells("opened 1");
    acme.at(3).reads(crowd).tells_nothing();
    let mut acme = Timeline::unread();
    let crowd = (0..1000).fold(page(), |page, number| page.shows(incident(&number.to_string(), number - 2000)));
    acme.at(1).reads(crowd.clone()).tells_nothing();
    assert_eq!(acme.track.incidents.len(), 50);
    acme.at(2).reads(crowd.shows(incident("new", 2))).tells("opened 51");
    assert_eq!((acme.track.incidents.len(), acme.forgotten()), (50, 1));
}

#[test]
fn a_beginning_in_the_far_future_counts_as_now() {
    let mut acme = Timeline::well();
    let mut a = incident("a", 1);
    a.started_at = Some(minute(1) + TimeDelta::days(9000));
    acme.at(1).reads(page().shows(a.clone())).tells("opened 1");
    assert_eq!(acme.incident(1).started_at, minute(1));
    acme.at(2).reads(page().shows(a)).tells_nothing();
    assert_eq!((acme.incident(1).started_at, acme.changed()), (minute(1), 0));
}

#[test]
fn an_impact_that_is_not_told_counts_as_degraded() {
    let mut acme = Timeline::well();
    let mut untold = incident("a", 1);
    untold.impact = None;
    acme.at(1).reads(page().shows(untold)).tells("opened 1");
    assert_eq!(acme.incident(1).impact, Degraded);
}

#[test]
fn a_post_that_tells_no_state_alerts_nobody() {
    let mut acme = Timeline::well();
    let mut post = incident("a", 1);
    (post.phase, post.impact) = (None, None);
    for at in 1..5 {
        acme.at(at).feed_reads(page().is(Unknown).shows(post.clone()).is(Unknown)).tells_nothing();
    }
    assert_eq!(acme.track.incidents.len(), 0);
    acme.at(5).reads(page().is(Degraded)).tells("opened 1");
}

#[test]
fn a_post_that_loses_its_word_of_state_changes_nothing() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().shows(incident("a", 1))).tells("opened 1");
    let mut wordless = incident("a", 1);
    wordless.phase = None;
    for at in 2..9 {
        acme.at(at).reads(page().shows(wordless.clone())).tells_nothing();
    }
    acme.at(9).reads(page().shows(incident("a", 1).resolved(9))).tells("resolved 1");
    acme.at(10).reads(page().shows(wordless).is(Operational)).tells_nothing();
}

#[test]
fn a_notice_that_hurts_nobody_is_shown_and_not_told() {
    let mut acme = Timeline::well();
    let notice = || incident("a", 1).impact(Operational);
    acme.at(1).reads(page().part("API", Operational).shows(notice())).tells_nothing();
    assert_eq!(acme.track.open_incidents().count(), 1);
    acme.at(2).reads(page().shows(notice().says("1", Phase::Monitoring, 2))).tells_nothing();
    acme.at(3).reads(page().shows(notice().resolved(3))).tells_nothing();
    assert_eq!(acme.track.open_incidents().count(), 0);
    acme.at(30).reads(page().shows(notice())).tells_nothing();
}

#[test]
fn a_notice_that_begins_to_hurt_is_told_from_then_on() {
    let mut acme = Timeline::well();
    let notice = || incident("a", 1).impact(Operational);
    acme.at(1).reads(page().shows(notice())).tells_nothing();
    acme.at(2).reads(page().shows(incident("a", 1).impact(Degraded))).tells("opened 1");
    acme.at(3).reads(page().shows(incident("a", 1).impact(MajorOutage))).tells("escalated 1");
    acme.at(4).reads(page().shows(incident("a", 1).resolved(4))).tells("resolved 1");
    // One that hurt between two readings is told as over.
    acme.at(5).reads(page().shows(incident("b", 5).impact(Operational))).tells_nothing();
    acme.at(6).reads(page().shows(incident("b", 5).impact(Degraded).resolved(6))).tells("resolved 2");
}

#[test]
fn a_notice_of_the_first_look_is_told_when_it_begins_to_hurt() {
    let mut acme = Timeline::unread();
    acme.at(1).reads(page().shows(incident("a", 0).impact(Operational))).tells_nothing();
    acme.at(2).reads(page().shows(incident("a", 0).impact(Degraded))).tells("opened 1");
}

#[test]
fn an_incident_of_no_impact_that_somebody_looks_into_or_that_names_a_bad_part_is_told() {
    let mut acme = Timeline::well();
    let a = incident("a", 1).impact(Operational).says("1", Phase::Investigating, 1);
    acme.at(1).reads(page().shows(a)).tells("opened 1");
    assert_eq!(acme.incident(1).impact, Degraded);

    let mut acme = Timeline::well();
    let mut b = incident("b", 1).impact(Operational);
    b.components.push("API".to_owned());
    acme.at(1).reads(page().is(PartialOutage).part("API", PartialOutage).shows(b)).tells("opened 1");
    assert_eq!(acme.incident(1).impact, PartialOutage);
}

#[test]
fn a_notice_neither_explains_nor_prolongs_what_turns_bad_beside_it() {
    let mut acme = Timeline::well();
    let notice = || incident("a", 1).impact(Operational);
    acme.at(1).reads(page().shows(notice())).tells_nothing();
    acme.at(2).reads(page().shows(notice()).is(PartialOutage)).tells("opened 2");
    assert_eq!(acme.incident(2).title, None);
    acme.at(3).reads(page().shows(notice()).shows(incident("b", 2)).is(PartialOutage)).tells("updated 2");
    acme.at(4).reads(page().shows(notice()).shows(incident("b", 2).resolved(4))).tells("resolved 2");
    // Nor does one that is posted meanwhile.
    acme.at(60).reads(page().is(MajorOutage)).tells("opened 3");
    acme.at(61).reads(page().shows(incident("c", 61).impact(Operational)).is(MajorOutage)).tells_nothing();
    acme.at(62).reads(page().shows(incident("c", 61).impact(Operational))).tells("resolved 3");
}

#[test]
fn a_source_that_the_service_no_longer_has_keeps_nothing_open() {
    let mut acme = Timeline::well();
    acme.at(1).feed_reads(page().shows(incident("a", 1))).tells("opened 1");
    acme.service.sources.remove(FEED);
    let stepped = crate::detect::step(
        acme.track.clone(),
        &acme.service,
        &acme.service.sources[PAGE],
        &Reading::Fresh(page()),
        minute(2),
        &acme.rules,
    );
    let told: Vec<_> = stepped.transitions.iter().map(|told| (told.incident.number, told.kind)).collect();
    assert_eq!(told, [(1, TransitionKind::Updated)]);
    assert!(stepped.track.incidents.iter().all(Incident::is_lost));
    assert_eq!((stepped.changed.len(), stepped.track.open_incidents().count()), (1, 0));
    assert_eq!(stepped.track.sources.len(), 4);
}

#[test]
fn a_restart_makes_no_baseline() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().shows(incident("a", 1))).tells("opened 1");
    acme.at(900).source(PAGE, unreadable()).tells_nothing();
    acme.at(901)
        .reads(page().shows(incident("a", 1).resolved(30)).shows(incident("b", 800)))
        .tells("resolved 1, opened 2");
}

#[test]
fn an_incident_that_is_called_harmless_while_it_goes_on_counts_as_degraded_and_is_told_so_once() {
    let mut acme = Timeline::well();
    acme.at(1).reads(page().shows(incident("a", 1))).tells("opened 1");
    acme.at(2).reads(page().shows(incident("a", 1).impact(Operational))).tells("updated 1");
    acme.at(3).reads(page().shows(incident("a", 1).impact(Operational))).tells_nothing();
    assert_eq!(acme.incident(1).impact, Degraded);
}
