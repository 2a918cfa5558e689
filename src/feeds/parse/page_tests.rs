//! Pages that are several documents, and what the words of each host say of the whole.

use super::{
    parse, parse_together,
    tests::{fixture, read_text, tell},
};
use crate::{
    domain::{Condition, Observation, SourceKind},
    feeds::tidy,
};

fn together(names: &[&str]) -> Observation {
    let bodies: Vec<(SourceKind, &[u8])> = names.iter().map(|name| fixture(name)).collect();
    let (kind, _) = *bodies.first().unwrap();
    let bodies: Vec<(&[u8], Option<&str>)> = bodies.into_iter().map(|(_, body)| (body, None)).collect();
    parse_together(kind, &bodies, &[]).unwrap()
}

/// Checks what each text says of the whole.
fn check(kind: SourceKind, texts: &[(&str, Condition)]) {
    for (text, expect) in texts {
        assert_eq!(read_text(kind, text).condition, *expect, "{text}");
    }
}

#[test]
fn the_documents_of_a_page_are_read_as_one() {
    for (name, names) in [
        ("instatus", &["instatus/summary.json", "instatus/components.json"][..]),
        ("sorry", &["sorry/status.json", "sorry/components.json", "sorry/notices.json"]),
        ("cachet", &["cachet/components.json", "cachet/incidents.json", "cachet/schedules.json"]),
        ("uptime-kuma", &["uptime-kuma/heartbeats.json", "uptime-kuma/page.json"]),
    ] {
        insta::assert_snapshot!(name, tell(&together(names)));
    }
}

#[test]
fn a_page_is_known_by_its_id_so_that_another_one_at_its_address_is_noticed() {
    for (name, id) in [
        ("statuspage/summary.json", "q7lanternfish"),
        ("incidentio/page.json", "s"),
        ("incidentio/incidents.json", "01JZ00000000000000000000PG"),
        ("betterstack/index.json", "77"),
        ("statuspal/short.json", "palm"),
        ("sorry/status.json", "31"),
    ] {
        let (kind, body) = fixture(name);
        let page = parse(kind, body, None, &[]).unwrap().page;
        assert_eq!(page.id.as_deref(), Some(id), "{name}");
    }
}

#[test]
fn a_page_of_several_documents_can_be_restricted_to_parts() {
    let (_, beats) = fixture("uptime-kuma/heartbeats.json");
    let (kind, page) = fixture("uptime-kuma/page.json");
    for (part, expect) in
        [("Door", Condition::MajorOutage), ("wood", Condition::Maintenance), ("Sea", Condition::Unknown)]
    {
        let observation = parse_together(kind, &[(beats, None), (page, None)], &[part.to_owned()]).unwrap();
        assert_eq!(observation.condition, expect, "{part}");
    }
}

#[test]
fn an_empty_list_beside_the_page_is_a_list() {
    for (kind, page, empty) in [
        (SourceKind::Instatus, r#"{"page": {"name": "x", "status": "UP"}}"#, r#"{"components": []}"#),
        (SourceKind::Sorry, r#"{"page": {"name": "x", "state": "operational"}}"#, r#"{"response": []}"#),
    ] {
        let bodies = [(page.as_bytes(), None), (empty.as_bytes(), None)];
        assert_eq!(parse_together(kind, &bodies, &[]).unwrap().condition, Condition::Operational, "{kind:?}");
        // Alone it could be anybody's.
        assert!(parse(kind, empty.as_bytes(), None, &[]).is_err(), "{kind:?}");
        let other = [(page.as_bytes(), None), (br#"{"moved": true}"#.as_slice(), None)];
        assert!(parse_together(kind, &other, &[]).is_err(), "{kind:?}");
    }
}

#[test]
fn instatus_weighs_by_its_incidents() {
    let page = |word: &str, impact: &str| {
        let incidents = format!(
            r#", "activeIncidents": [{{"id": "i", "name": "n", "status": "INVESTIGATING", "impact": {impact}}}]"#
        );
        let incidents = if impact.is_empty() { String::new() } else { incidents };
        format!(r#"{{"page": {{"name": "x", "status": "{word}"}}{incidents}}}"#)
    };
    for (word, impact, expect) in [
        ("UP", "", Condition::Operational),
        ("UP", "\"OPERATIONAL\"", Condition::Operational),
        ("UP", "\"MAJOROUTAGE\"", Condition::Degraded),
        ("UP", "null", Condition::Degraded),
        ("UP", "\"PURPLE\"", Condition::Degraded),
        ("HASISSUES", "", Condition::Degraded),
        ("HASISSUES", "\"MAJOROUTAGE\"", Condition::MajorOutage),
        ("HASISSUES", "\"MINOR_OUTAGE\"", Condition::PartialOutage),
        ("UNDERMAINTENANCE", "", Condition::Maintenance),
        ("UNDERMAINTENANCE", "\"PARTIALOUTAGE\"", Condition::PartialOutage),
        ("ALLMAJOROUTAGE", "", Condition::MajorOutage),
        ("RUNNING", "", Condition::Unknown),
    ] {
        check(SourceKind::Instatus, &[(&page(word, impact), expect)]);
    }
}

#[test]
fn better_stack_and_statuspal_have_a_word_for_the_page() {
    let stack =
        |state: &str| format!(r#"{{"data": {{"type": "status_page", "attributes": {{"aggregate_state": {state}}}}}}}"#);
    let pal = |word: &str| format!(r#"{{"status_page": {{"subdomain": "x"{word}}}, "services": []}}"#);
    for (state, expect) in [
        ("\"operational\"", Condition::Operational),
        ("\"degraded\"", Condition::Degraded),
        ("\"downtime\"", Condition::MajorOutage),
        ("\"maintenance\"", Condition::Maintenance),
        ("\"shiny\"", Condition::Unknown),
        ("null", Condition::Unknown),
    ] {
        check(SourceKind::Betterstack, &[(&stack(state), expect)]);
    }
    for (word, expect) in [
        (r#", "current_incident_type": null"#, Condition::Operational),
        (r#", "current_incident_type": "info""#, Condition::Operational),
        (r#", "current_incident_type": "performance""#, Condition::Degraded),
        (r#", "current_incident_type": "major""#, Condition::MajorOutage),
        (r#", "current_incident_type": "emergency-maintenance""#, Condition::Maintenance),
        (r#", "current_incident_type": "splendid""#, Condition::Unknown),
        ("", Condition::Unknown),
    ] {
        check(SourceKind::Statuspal, &[(&pal(word), expect)]);
    }
}

#[test]
fn what_is_only_up_or_down_is_weighed_by_its_share() {
    let gatus = |results: &[bool]| {
        let row = |(number, success): (usize, &bool)| {
            format!(
                r#"{{"name": "n{number}", "key": "k{number}", "results": [{{"success": {success}, "conditionResults": []}}]}}"#
            )
        };
        format!("[{}]", results.iter().enumerate().map(row).collect::<Vec<_>>().join(","))
    };
    check(
        SourceKind::Gatus,
        &[
            (&gatus(&[true, true]), Condition::Operational),
            (&gatus(&[true, false]), Condition::PartialOutage),
            (&gatus(&[false, false]), Condition::MajorOutage),
            ("[]", Condition::Unknown),
            (r#"[{"name": "n", "key": "k", "results": []}]"#, Condition::Unknown),
            (r#"{"name": "n", "key": "k", "results": [{"success": true}], "events": []}"#, Condition::Operational),
            (
                r#"[{"name": "suite", "key": "k", "results": [{"success": false, "endpointResults": []}]}]"#,
                Condition::MajorOutage,
            ),
        ],
    );
    check(
        SourceKind::Upptime,
        &[
            ("[]", Condition::Unknown),
            (r#"[{"name": "n", "slug": "n", "status": "down", "uptime": "1%"}]"#, Condition::MajorOutage),
        ],
    );
    let kuma = |beat: &str| format!(r#"{{"heartbeatList": {{"1": [{{"status": 1}}, {{"status": {beat}}}]}}}}"#);
    check(
        SourceKind::UptimeKuma,
        &[
            (&kuma("0"), Condition::MajorOutage),
            (&kuma("2"), Condition::Operational),
            (&kuma("\"3\""), Condition::Maintenance),
            (r#"{"heartbeatList": {}}"#, Condition::Unknown),
            (r#"{"publicGroupList": [], "incident": {"id": 1, "title": "t", "style": "info"}}"#, Condition::Unknown),
            (
                r#"{"publicGroupList": [], "incident": {"id": 1, "title": "t", "style": "warning"}}"#,
                Condition::Degraded,
            ),
        ],
    );
}

#[test]
fn a_page_without_a_word_of_its_own_is_as_well_as_what_it_lists() {
    let cachet = |status: &str| {
        format!(
            r#"{{"meta": {{"pagination": {{}}}}, "data": [{{"id": 1, "name": "n", "enabled": true, "status": {status}}}]}}"#
        )
    };
    for (status, expect) in [
        ("1", Condition::Operational),
        ("2", Condition::Degraded),
        (r#"{"human": "Partial Outage", "value": 3}"#, Condition::PartialOutage),
        ("\"4\"", Condition::MajorOutage),
        ("0", Condition::Unknown),
        ("7", Condition::Unknown),
        ("null", Condition::Unknown),
    ] {
        check(SourceKind::Cachet, &[(&cachet(status), expect)]);
    }
    check(SourceKind::Cachet, &[(r#"{"meta": {"pagination": {"total": 0}}, "data": []}"#, Condition::Unknown)]);
    check(
        SourceKind::Cstate,
        &[
            (r#"{"cStateVersion": "5", "summaryStatus": "ok", "systems": []}"#, Condition::Operational),
            (r#"{"cStateVersion": "5", "summaryStatus": "notice", "systems": []}"#, Condition::Operational),
            (r#"{"cStateVersion": "5", "summaryStatus": "down", "systems": []}"#, Condition::MajorOutage),
            (r#"{"cStateVersion": "5", "summaryStatus": "<no value>", "systems": []}"#, Condition::Unknown),
        ],
    );
}

#[test]
fn a_feed_of_hund_is_read_like_any_other() {
    let (_, body) = fixture("rss/history.atom");
    assert_eq!(parse(SourceKind::Hund, body, None, &[]).unwrap(), parse(SourceKind::Rss, body, None, &[]).unwrap());
}

#[test]
fn a_list_of_the_wrong_type_is_refused_and_a_missing_one_is_none() {
    for (kind, text) in [
        (SourceKind::Instatus, r#"{"page": {"status": "UP"}, "activeIncidents": "none"}"#),
        (
            SourceKind::Betterstack,
            r#"{"data": {"type": "status_page", "attributes": {"aggregate_state": "operational"}}, "included": {}}"#,
        ),
        (
            SourceKind::Statuspal,
            r#"{"status_page": {"name": "x", "current_incident_type": null}, "services": [], "incidents": 7}"#,
        ),
        (SourceKind::Statuspal, r#"{"status_page": {"name": "x", "current_incident_type": null}}"#),
        (SourceKind::Cstate, r#"{"cStateVersion": "5", "summaryStatus": "ok", "systems": null}"#),
        (SourceKind::UptimeKuma, r#"{"config": {"title": "x"}, "publicGroupList": "none"}"#),
        (SourceKind::Cachet, r#"{"meta": {"pagination": {}}, "data": {}}"#),
        (SourceKind::Upptime, r#"{"sites": []}"#),
        (SourceKind::Statuspage, r#"{"page": {"id": "x", "name": "x", "status": "UP"}, "components": []}"#),
    ] {
        assert!(parse(kind, text.as_bytes(), None, &[]).is_err(), "{kind:?} {text}");
    }
}

#[test]
fn years_of_notices_leave_room_for_the_open_one() {
    let notice = |number: u32| {
        let state = if number == 0 { "investigating" } else { "resolved" };
        format!(
            r#"{{"id": {number}, "type": "unplanned", "state": "{state}", "subject": "s", "began_at": "2020-01-01T00:{:02}:{:02}Z"}}"#,
            number / 60,
            number % 60
        )
    };
    let notices: Vec<String> = (0..900).map(notice).collect();
    let observation = read_text(SourceKind::Sorry, &format!(r#"{{"response": [{}]}}"#, notices.join(",")));
    assert_eq!(observation.incidents.len(), tidy::MOST_INCIDENTS);
    assert_eq!(observation.condition, Condition::Degraded);
    assert_eq!(observation.incidents.iter().filter(|incident| !incident.is_closed()).count(), 1);
}
