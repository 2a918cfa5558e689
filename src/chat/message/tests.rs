use std::sync::Arc;

use chrono::TimeDelta;

use super::*;
use crate::{
    commands::{Origin, Typed, needs, read},
    domain::{
        Act, Button, Catalogue, ChatId, Course, IncidentId, Listed, Phase, Platform, RequestId, Role, ServiceId,
        SourceId, SourceKind, Storm, Update, Witness,
    },
    text::sketch::sketch,
};

fn at(text: &str) -> DateTime<Utc> {
    format!("2026-11-{text}:00Z").parse().unwrap()
}

fn witness(role: Role) -> Witness {
    Witness {
        source: SourceId::new(SourceKind::Statuspage, "https://status.example/summary.json"),
        role,
        posted: Vec::new(),
        is_bad: true,
        impact: Condition::MajorOutage,
    }
}

fn update(phase: Phase, time: &str, body: &str) -> Update {
    Update { key: format!("{time}{}", phase.word()), phase, at: at(time), body: body.to_owned(), role: Role::Official }
}

/// An outage with all that can be told of one.
fn outage() -> Incident {
    Incident {
        id: IncidentId { service: ServiceId::new("whatsapp").unwrap(), number: 3 },
        service_name: "WhatsApp".to_owned(),
        planned: None,
        title: Some("Messages are not delivered".to_owned()),
        impact: Condition::MajorOutage,
        peak: Condition::MajorOutage,
        phase: Phase::Identified,
        started_at: at("22T14:05"),
        resolved_at: None,
        seen_at: at("22T14:07"),
        turned_at: at("22T14:07"),
        components: ["Messages", "Calls", "Web", "Groups", "Media", "Login", "Desktop"].map(str::to_owned).to_vec(),
        regions: vec!["Europe".to_owned(), "India".to_owned()],
        url: Some("https://www.status.example/incidents/3".to_owned()),
        witnesses: vec![witness(Role::Official)],
        updates: vec![
            update(Phase::Investigating, "22T14:06", "We are looking into it."),
            update(Phase::Identified, "22T14:30", "A change to our routers is the cause.\nWe are rolling it back."),
        ],
        revision: 2,
        chapter: 1,
        reopened_at: Vec::new(),
        is_flapping: false,
        last_kind: TransitionKind::Updated,
    }
}

fn resolved() -> Incident {
    let mut incident = outage();
    incident.phase = Phase::Resolved;
    incident.impact = Condition::Operational;
    incident.resolved_at = Some(at("26T16:05"));
    incident.chapter = 2;
    incident.last_kind = TransitionKind::Resolved;
    incident.updates.push(update(Phase::Resolved, "26T16:05", "All is well again. We are sorry."));
    incident
}

/// As it is given up because nobody tells of it any more.
fn lost(open: Incident) -> Incident {
    let mut lost = Incident { chapter: 2, resolved_at: Some(at("26T16:05")), phase: Phase::Resolved, ..open };
    lost.note_lost(Phase::Identified, at("26T16:05"));
    lost
}

#[test]
fn what_nobody_tells_of_any_more_is_neither_called_over_nor_given_a_duration() {
    for form in [Form::Alert, Form::Recovery] {
        let text = told(form, lost(outage()));
        assert!(text.contains("**WhatsApp**: end unknown") && text.contains("Ende unbekannt"), "{text}");
        assert!(text.contains("Whether it is over is not known here."), "{text}");
        assert!(!text.contains("resolved") && !text.contains("Was down") && !text.contains("Duration"), "{text}");
        assert!(text.contains("We are rolling it back."), "the last words: {text}");
    }
    let text = told(Form::Alert, lost(work(MaintenancePhase::Completed, TransitionKind::Updated)));
    assert!(text.contains("end unknown") && text.contains("Planned") && text.contains("Short interruptions"), "{text}");
    assert!(!text.contains("Ended") && !text.contains("called off"), "{text}");
}

#[test]
fn a_storm_of_which_one_has_an_unknown_end_is_not_called_over() {
    let with_lost = |notice: &Notice| {
        let mut storm = Storm::clone(notice.storm.as_ref().unwrap());
        if let Some(listed) = storm.listed.last_mut() {
            listed.incident = Arc::new(lost(outage()));
        }
        Notice { storm: Some(Arc::new(storm)), ..notice.clone() }
    };
    let some = drawn(&with_lost(&storm(Form::Alert, 2, 3, "Down")), of_notice);
    assert!(!some.contains("3 others are over") && some.contains("2 others are over"), "{some}");
    assert!(some.contains("Of one nobody tells any more") && some.contains("end unknown"), "{some}");
    let none = drawn(&with_lost(&storm(Form::Recovery, 0, 3, "Down")), of_notice);
    assert!(none.contains("No outage is known to go on") && none.contains("2 others are over"), "{none}");
    assert!(!none.contains("All 3") && !none.contains("Duration"), "{none}");
}

/// An outage nobody has posted.
fn measured() -> Incident {
    Incident {
        title: None,
        phase: Phase::Investigating,
        components: Vec::new(),
        regions: Vec::new(),
        updates: Vec::new(),
        witnesses: vec![witness(Role::Measured)],
        ..outage()
    }
}

fn work(phase: MaintenancePhase, kind: TransitionKind) -> Incident {
    Incident {
        planned: Some(Planned { phase, starts_at: Some(at("24T01:00")), ends_at: Some(at("24T03:00")) }),
        title: Some("Moving databases".to_owned()),
        impact: Condition::Maintenance,
        peak: Condition::Maintenance,
        started_at: at("24T01:00"),
        regions: Vec::new(),
        components: vec!["Web".to_owned()],
        updates: vec![update(Phase::Investigating, "20T09:00", "Short interruptions are possible.")],
        last_kind: kind,
        ..outage()
    }
}

/// The message in every language, one after the other.
fn told(form: Form, incident: Incident) -> String {
    let notice =
        Notice { form, incident: Arc::new(incident), storm: None, digest: None, mention: Some("@ops".to_owned()) };
    let german = ChatSettings { locale: Locale::De, timezone: chrono_tz::Europe::Berlin, ..ChatSettings::default() };
    [ChatSettings::default(), german]
        .map(|settings| {
            let now = at("22T15:05");
            sketch(&of_notice(&notice, &settings, now), &settings, now)
        })
        .join("~~~~\n")
}

#[test]
fn an_opening_tells_what_is_broken_since_when_and_who_says_so() {
    insta::assert_snapshot!(told(Form::Alert, outage()));
}

#[test]
fn a_milder_outage_remembers_how_bad_it_was() {
    insta::assert_snapshot!(told(Form::Alert, Incident { impact: Condition::PartialOutage, ..outage() }));
}

#[test]
fn a_measured_outage_does_not_pose_as_official() {
    insta::assert_snapshot!(told(Form::Alert, measured()));
}

#[test]
fn a_condition_nobody_explained_is_called_what_the_status_page_reports() {
    let incident = Incident { witnesses: vec![witness(Role::Official), witness(Role::Measured)], ..measured() };
    insta::assert_snapshot!(told(Form::Alert, incident));
}

#[test]
fn what_people_report_does_not_pose_as_anything_else() {
    insta::assert_snapshot!(told(Form::Alert, Incident { witnesses: vec![witness(Role::Reported)], ..measured() }));
}

#[test]
fn reports_that_have_ceased_are_no_recovery_that_anybody_confirmed() {
    let incident = Incident { title: None, updates: Vec::new(), ..resolved() };
    insta::assert_snapshot!(told(Form::Recovery, Incident { witnesses: vec![witness(Role::Reported)], ..incident }));
}

#[test]
fn an_alert_says_all_who_say_so() {
    use Role::{Measured, Official, Reported};
    let lines = |roles: &[Role]| {
        let incident = Incident { witnesses: roles.iter().copied().map(witness).collect(), ..measured() };
        let told = told(Form::Alert, incident);
        // What it is called, and the small print.
        let by = |line: &&str| {
            ["Foghorn", "eople", "etroffene", "rovider", "nbieter", "tatus"].iter().any(|word| line.contains(word))
        };
        told.lines()
            .filter(by)
            .filter(|line| !line.contains("http"))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    let all: [&[Role]; 7] = [
        &[Official],
        &[Measured],
        &[Reported],
        &[Official, Measured],
        &[Reported, Official],
        &[Reported, Measured],
        &[Reported, Measured, Official],
    ];
    insta::assert_snapshot!(all.map(|roles| format!("{roles:?}\n{}", lines(roles))).join("\n"));
}

#[test]
fn flapping_is_said() {
    insta::assert_snapshot!(told(Form::Alert, Incident { is_flapping: true, ..measured() }));
}

#[test]
fn an_incident_nobody_weighed_is_an_incident() {
    let incident = Incident { impact: Condition::Unknown, peak: Condition::Unknown, ..outage() };
    insta::assert_snapshot!(told(Form::Alert, incident));
}

#[test]
fn an_alert_after_the_end_tells_beginning_and_end() {
    insta::assert_snapshot!(told(Form::Alert, resolved()));
}

#[test]
fn a_recovery_tells_how_long_it_was() {
    insta::assert_snapshot!(told(Form::Recovery, resolved()));
}

#[test]
fn a_measured_recovery_says_reachable_again() {
    let incident = Incident { resolved_at: Some(at("22T14:12")), chapter: 2, ..measured() };
    insta::assert_snapshot!(told(Form::Recovery, incident));
}

#[test]
fn a_return_says_that_it_is_not_over() {
    let incident = Incident { chapter: 3, reopened_at: vec![at("22T14:55")], ..outage() };
    insta::assert_snapshot!(told(Form::Return, incident));
}

/// The headlines of an alert's news where the alert cannot be edited, in two languages.
fn headlines(form: Form, incident: Incident) -> Vec<String> {
    let notice = Notice { form, incident: Arc::new(incident), storm: None, digest: None, mention: None };
    [Locale::En, Locale::De]
        .map(|locale| {
            let settings = ChatSettings { locale, ..ChatSettings::default() };
            let now = at("22T15:05");
            sketch(&of_update(&notice, &settings, now), &settings, now).lines().nth(1).unwrap().to_owned()
        })
        .to_vec()
}

#[test]
fn news_that_cannot_be_an_edit_does_not_look_like_another_outage() {
    let worse = Incident { last_kind: TransitionKind::Escalated, ..outage() };
    let milder = Incident { impact: Condition::Degraded, ..outage() };
    let unweighed = Incident { impact: Condition::Unknown, peak: Condition::Unknown, ..outage() };
    let report = Incident { last_kind: TransitionKind::Updated, ..resolved() };
    let all = [outage(), worse, milder, unweighed, report].map(|incident| headlines(Form::Alert, incident));
    insta::assert_debug_snapshot!(all);
}

#[test]
fn a_recovery_a_return_and_maintenance_keep_their_own_headlines() {
    let back = Incident { chapter: 3, reopened_at: vec![at("22T14:55")], ..outage() };
    let begun = work(MaintenancePhase::InProgress, TransitionKind::Started);
    insta::assert_debug_snapshot!([
        headlines(Form::Recovery, resolved()),
        headlines(Form::Return, back),
        headlines(Form::Alert, begun),
    ]);
}

#[test]
fn maintenance_is_announced() {
    insta::assert_snapshot!(told(Form::Alert, work(MaintenancePhase::Scheduled, TransitionKind::Announced)));
}

#[test]
fn maintenance_is_moved() {
    insta::assert_snapshot!(told(Form::Alert, work(MaintenancePhase::Scheduled, TransitionKind::Moved)));
}

#[test]
fn maintenance_starts() {
    insta::assert_snapshot!(told(Form::Alert, work(MaintenancePhase::InProgress, TransitionKind::Started)));
}

#[test]
fn maintenance_that_is_done_is_checked_before_it_is_over() {
    insta::assert_snapshot!(told(Form::Alert, work(MaintenancePhase::Verifying, TransitionKind::Started)));
}

#[test]
fn maintenance_ends() {
    let mut incident = work(MaintenancePhase::Completed, TransitionKind::Ended);
    incident.resolved_at = Some(at("24T02:40"));
    insta::assert_snapshot!(told(Form::Recovery, incident));
}

#[test]
fn maintenance_that_ends_before_it_begins_was_called_off() {
    let mut incident = work(MaintenancePhase::Completed, TransitionKind::Ended);
    incident.resolved_at = Some(at("23T12:00"));
    insta::assert_snapshot!(told(Form::Recovery, incident));
}

#[test]
fn a_form_that_time_has_overtaken_tells_what_is_true_now() {
    let settings = ChatSettings::default();
    let message = |form, incident| {
        of_notice(
            &Notice { form, incident: Arc::new(incident), storm: None, digest: None, mention: None },
            &settings,
            at("27T00:00"),
        )
    };
    assert_eq!(message(Form::Recovery, outage()).mark, Some(Mark::Condition(Condition::MajorOutage)));
    assert_eq!(message(Form::Return, resolved()).mark, Some(Mark::Recovered));
}

#[test]
fn only_an_opening_calls_anybody() {
    let settings = ChatSettings::default();
    let mention = |form, incident| {
        let mention = Some("@ops".to_owned());
        of_notice(
            &Notice { form, incident: Arc::new(incident), storm: None, digest: None, mention },
            &settings,
            at("27T00:00"),
        )
        .mention
    };
    assert_eq!(mention(Form::Alert, outage()), Some("@ops".to_owned()));
    assert_eq!(mention(Form::Alert, resolved()), None);
    assert_eq!(mention(Form::Recovery, resolved()), None);
    assert_eq!(mention(Form::Alert, work(MaintenancePhase::Scheduled, TransitionKind::Announced)), None);
}

#[test]
fn a_long_update_is_cut() {
    let mut incident = outage();
    incident.updates.push(update(Phase::Monitoring, "22T15:00", &"ä".repeat(2_000)));
    let notice = Notice { form: Form::Alert, incident: Arc::new(incident), storm: None, digest: None, mention: None };
    let message = of_notice(&notice, &ChatSettings::default(), at("22T15:05"));
    let quotes: Vec<&String> = message
        .blocks
        .iter()
        .filter_map(|block| if let Block::Quote(words) = block { Some(words) } else { None })
        .collect();
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].chars().count(), 600);
    assert!(quotes[0].ends_with('…'));
}

#[test]
fn an_incident_that_ends_before_it_begins_lasts_no_time() {
    let mut incident = resolved();
    incident.resolved_at = Some(incident.started_at - TimeDelta::hours(1));
    assert!(told(Form::Recovery, incident).contains("0 seconds"));
}

#[test]
fn an_update_is_short_and_says_that_it_is_none_of_its_own() {
    let worse = Incident { last_kind: TransitionKind::Escalated, ..outage() };
    insta::assert_snapshot!([told(Form::Update, outage()), told(Form::Update, worse)].join("====\n"));
}

#[test]
fn every_message_leads_to_its_timeline_and_an_open_incident_can_be_muted() {
    let begun = work(MaintenancePhase::InProgress, TransitionKind::Started);
    let unlinked = Incident { url: None, ..outage() };
    let words = |form, incident: Incident| -> Vec<String> {
        let notice = Notice { form, incident: Arc::new(incident), storm: None, digest: None, mention: None };
        let rows = of_notice(&notice, &ChatSettings::default(), at("22T15:05")).buttons;
        let word = |button: Button| match button.act {
            Act::Open(url) => url,
            Act::Press(words) => words,
        };
        rows.into_iter().flatten().map(word).collect()
    };
    let (page, timeline, mute) = ("https://www.status.example/incidents/3", "incident whatsapp-3", "mute whatsapp-3");
    for form in [Form::Alert, Form::Update, Form::Return] {
        assert_eq!(words(form, outage()), [page, timeline, mute], "{form:?}");
        assert_eq!(words(form, begun.clone()), [page, timeline, mute], "{form:?}");
        assert_eq!(words(form, unlinked.clone()), [timeline, mute], "{form:?}");
        assert_eq!(words(form, resolved()), [page, timeline], "{form:?}");
    }
    assert_eq!(words(Form::Recovery, resolved()), [page, timeline]);
}

#[test]
fn what_a_message_hands_back_is_understood_and_fits_with_the_longest_id() {
    let id = IncidentId { service: ServiceId::new(&"x".repeat(32)).unwrap(), number: u32::MAX };
    let notice = Notice {
        form: Form::Alert,
        incident: Arc::new(Incident { id: id.clone(), ..outage() }),
        storm: None,
        digest: None,
        mention: None,
    };
    let rows = of_notice(&notice, &ChatSettings::default(), at("22T15:05")).buttons;
    let presses: Vec<String> = rows
        .into_iter()
        .flatten()
        .filter_map(|button| match button.act {
            Act::Open(_) => None,
            Act::Press(words) => Some(words),
        })
        .collect();
    assert_eq!(presses.len(), 2);
    for words in presses {
        assert!(words.len() <= 60, "{words}");
        let origin = Origin {
            id: RequestId("1".into()),
            chat: ChatId { platform: Platform::Discord, address: "1".into() },
            is_private: false,
            may_manage: true,
        };
        let request = read(origin, Typed::Press(&words), &Catalogue::default()).unwrap();
        assert_eq!(needs(&request).incident, Some(id.clone()));
    }
}

/// So many outages of which so many go on, as one notice. Each has this title.
fn storm(form: Form, open: usize, over: usize, title: &str) -> Notice {
    let one = |number: usize| {
        let base = if number < open { outage() } else { resolved() };
        let (service_name, title) =
            (format!("Service {number}"), Some(title.to_owned()).filter(|_| number.is_multiple_of(2)));
        let incident = Arc::new(Incident { service_name, title, ..base });
        Listed { incident, is_news: number.is_multiple_of(3) }
    };
    let storm = Storm { listed: (0..open + over).take(40).map(one).collect(), open, over, ..Storm::default() };
    let chapter = if open > 0 { 1 } else { 2 };
    let course = Course {
        began: at("22T14:05"),
        ended: Some(at("26T16:05")),
        peak: Condition::MajorOutage,
        revision: 7,
        chapter,
    };
    let incident = Arc::new(storm.as_incident(IncidentId::of_storm(2), &course));
    Notice { form, incident, storm: Some(Arc::new(storm)), digest: None, mention: Some("@ops".to_owned()) }
}

/// What [`of_notice`] or [`of_update`] makes of it, in two languages.
fn drawn(notice: &Notice, words: fn(&Notice, &ChatSettings, DateTime<Utc>) -> Message) -> String {
    let of = |locale| {
        let settings = ChatSettings { locale, ..ChatSettings::default() };
        sketch(&words(notice, &settings, at("22T15:05")), &settings, at("22T15:05"))
    };
    [Locale::En, Locale::De].map(of).join("~~~~\n")
}

#[test]
fn many_outages_are_listed_and_counted() {
    insta::assert_snapshot!(drawn(&storm(Form::Alert, 3, 0, "Log-in fails"), of_notice));
}

#[test]
fn what_is_over_of_many_outages_stands_last_and_nobody_is_called_by_it() {
    let edit = Notice { mention: None, ..storm(Form::Alert, 1, 2, "Log-in fails") };
    insta::assert_snapshot!(drawn(&edit, of_notice));
}

#[test]
fn the_end_of_many_outages_tells_how_many_and_how_long() {
    insta::assert_snapshot!(drawn(&storm(Form::Recovery, 0, 25, "Log-in fails"), of_notice));
    insta::assert_snapshot!(drawn(&storm(Form::Alert, 0, 2, "Log-in fails"), of_notice));
}

#[test]
fn where_messages_cannot_be_changed_only_what_is_new_of_many_outages_is_told() {
    insta::assert_snapshot!(drawn(&storm(Form::Alert, 3, 1, "Log-in fails"), of_update));
}

#[test]
fn more_outages_than_there_is_room_for_are_counted() {
    for title in ["Log-in fails", &"*_~`|".repeat(60)] {
        let told = drawn(&storm(Form::Alert, 70, 30, title), of_notice);
        let english = told.split("~~~~").next().unwrap();
        let listed = english.lines().filter(|line| line.starts_with("- ")).count();
        assert!(listed >= 15, "{told}");
        assert!(english.contains(&format!("\nand {} more\n", 100 - listed)), "{told}");
        assert!(english.chars().count() < 4_000, "{told}");
    }
}

/// A digest with so many of each kind.
fn digest(open: usize, over: usize, work: usize) -> Notice {
    let named = |number: usize, base: Incident| {
        let service_name = format!("Service {number}");
        Arc::new(Incident { service_name, ..base })
    };
    let planned = |phase, days: i64| {
        let starts_at = Some(at("23T08:00") + TimeDelta::days(days));
        let ends_at = starts_at.map(|start| start + TimeDelta::hours(2)).filter(|_| days % 2 == 0);
        let planned = Some(crate::domain::Planned { phase, starts_at, ends_at });
        Incident { planned, title: Some("New cables".to_owned()), impact: Condition::Maintenance, ..outage() }
    };
    let part = |count: usize, one: &dyn Fn(usize) -> Incident| {
        crate::domain::Part::of((0..count).map(|number| named(number, one(number))).collect(), 40)
    };
    let running = work.min(1);
    let digest = crate::domain::Digest {
        since: at("21T09:00"),
        until: at("22T15:00"),
        open: part(open, &|number| Incident { title: outage().title.filter(|_| number % 2 == 0), ..outage() }),
        over: part(over, &|_| resolved()),
        running: part(running, &|_| planned(crate::domain::MaintenancePhase::InProgress, 0)),
        ahead: part(work - running, &|number| {
            planned(crate::domain::MaintenancePhase::Scheduled, i64::try_from(number).unwrap() + 1)
        }),
    };
    let incident = Arc::new(digest.as_incident(IncidentId::of_digest(4)));
    Notice { form: Form::Alert, incident, storm: None, digest: Some(Arc::new(digest)), mention: None }
}

#[test]
fn a_digest_tells_what_goes_on_what_ended_and_what_is_planned() {
    insta::assert_snapshot!(drawn(&digest(2, 2, 3), of_notice));
}

#[test]
fn a_digest_of_a_chat_where_all_is_well_says_what_was() {
    insta::assert_snapshot!(drawn(&digest(0, 1, 0), of_notice));
}

#[test]
fn a_digest_that_has_nothing_to_tell_says_so_in_a_line() {
    insta::assert_snapshot!(drawn(&digest(0, 0, 0), of_notice));
}

#[test]
fn a_digest_with_more_than_there_is_room_for_counts_the_rest_of_each_kind() {
    let told = drawn(&digest(70, 70, 70), of_notice);
    let english = told.split("~~~~").next().unwrap();
    assert_eq!(english.matches(" more\n").count(), 3, "{told}");
    for shown in ["70 outages go on", "70 have ended since", "Planned work in the next 7 days", "This is the digest"] {
        assert!(english.contains(shown), "{shown}: {told}");
    }
    assert!(english.chars().count() < 4_000, "{told}");
}

#[test]
fn what_a_mute_kept_silent_says_why_it_is_told_now() {
    let mut notice = storm(Form::Alert, 3, 0, "Log-in fails");
    let storm = Storm { occasion: crate::domain::Occasion::MuteEnded, ..notice.storm.as_deref().unwrap().clone() };
    notice.storm = Some(Arc::new(storm));
    let told = drawn(&notice, of_notice);
    assert!(told.contains("3 outages go on") && told.contains("A mute has ended here."), "{told}");
    assert!(told.contains("3 Störungen dauern an"), "{told}");
}

/// An alert in each of its states, in each language: one snapshot a language.
#[test]
fn every_language_tells_an_outage_from_its_beginning_to_its_end() {
    let one = |form, incident| Notice {
        form,
        incident: Arc::new(incident),
        storm: None,
        digest: None,
        mention: Some("@ops".to_owned()),
    };
    let back = Incident { chapter: 3, reopened_at: vec![at("22T14:55")], ..outage() };
    let mut ended = work(MaintenancePhase::Completed, TransitionKind::Ended);
    ended.resolved_at = Some(at("24T02:40"));
    let told = [
        one(Form::Alert, Incident { updates: Vec::new(), ..outage() }),
        one(Form::Alert, outage()),
        one(Form::Alert, measured()),
        one(Form::Alert, Incident { is_flapping: true, impact: Condition::Degraded, ..outage() }),
        one(Form::Alert, resolved()),
        one(Form::Recovery, resolved()),
        one(Form::Return, back),
        one(Form::Alert, work(MaintenancePhase::Scheduled, TransitionKind::Announced)),
        one(Form::Alert, work(MaintenancePhase::InProgress, TransitionKind::Started)),
        one(Form::Recovery, ended),
        storm(Form::Alert, 5, 0, "Log-in fails"),
        storm(Form::Recovery, 0, 3, "Log-in fails"),
    ];
    for locale in Locale::ALL {
        let settings = ChatSettings { locale, timezone: chrono_tz::Europe::Istanbul, ..ChatSettings::default() };
        let now = at("26T17:05");
        let shown = told.each_ref().map(|notice| sketch(&of_notice(notice, &settings, now), &settings, now));
        insta::assert_snapshot!(format!("every_language_tells_an_outage_{}", locale.tag()), shown.join("~~~~\n"));
    }
}
