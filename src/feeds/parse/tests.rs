//! Whole documents of every format, what is no document, and what holds for any bytes at all.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use proptest::prelude::*;

use super::parse;
use crate::{
    domain::{Condition, MaintenancePhase, Observation, Phase, PostedUpdate, SourceKind},
    feeds::{find_kind, tidy},
};

macro_rules! fixtures {
    ($($kind:ident $name:literal),* $(,)?) => {
        [$((SourceKind::$kind, $name, include_bytes!(concat!("../../../tests/data/feeds/", $name)).as_slice())),*]
    };
}

pub(super) const FIXTURES: [(SourceKind, &str, &[u8]); 64] = fixtures![
    Statuspage "statuspage/summary.json",
    Statuspage "statuspage/incidents.json",
    Statuspage "statuspage/history.json",
    Incidentio "incidentio/incidents.json",
    Statuspal "statuspal/short.json",
    Cachet "cachet/groups.json",
    UptimeKuma "uptime-kuma/history.json",
    Rss "rss/routes.atom",
    AwsRss "rss/aws-service.rss",
    Microsoft "microsoft/posts.json",
    Heroku "heroku/incident.json",
    Salesforce "salesforce/maintenances.json",
    Incidentio "incidentio/summary.json",
    Instatus "instatus/summary.json",
    Instatus "instatus/components.json",
    Betterstack "betterstack/index.json",
    Statusio "statusio/status.json",
    Statuspal "statuspal/summary.json",
    Sorry "sorry/status.json",
    Sorry "sorry/components.json",
    Sorry "sorry/notices.json",
    Hund "hund/issues.json",
    Cachet "cachet/components.json",
    Cachet "cachet/incidents.json",
    Cachet "cachet/schedules.json",
    Cachet "cachet/incidents-3.json",
    Cstate "cstate/index.json",
    Cstate "cstate/issue.json",
    Upptime "upptime/summary.json",
    UptimeKuma "uptime-kuma/page.json",
    UptimeKuma "uptime-kuma/heartbeats.json",
    Gatus "gatus/statuses.json",
    Google "google/incidents.json",
    Aws "aws/currentevents.json",
    Slack "slack/current.json",
    Slack "slack/history.json",
    Metastatus "metastatus/orgs.json",
    Rss "rss/history.atom",
    Rss "rss/labelled.rss",
    AwsRss "rss/folded.rss",
    Rss "rss/pairs.rss",
    Rss "rss/posts.rss",
    Html "html/sentence-down.html",
    Html "html/records.html",
    Incidentio "incidentio/widget.json",
    Incidentio "incidentio/page.json",
    AwsRss "rss/aws.rss",
    AzureRss "rss/azure.xml",
    Rss "rss/microsoft.rss",
    Site24x7 "rss/site24x7.rss",
    AzureDevops "azure-devops/health.json",
    Microsoft "microsoft/post.json",
    Microsoft "microsoft/services.json",
    Heroku "heroku/current-status.json",
    Heroku "heroku/incidents.json",
    Salesforce "salesforce/instances.json",
    Salesforce "salesforce/active.json",
    Salesforce "salesforce/past.json",
    Apple "apple/system_status.js",
    Firehydrant "firehydrant/payload.json",
    Pagerduty "pagerduty/summary.html",
    Pagerduty "pagerduty/headline.html",
    Alertmanager "alertmanager/webhook.json",
    Alertmanager "alertmanager/alerts.json",
];

pub(super) const DOCUMENTS: [SourceKind; 30] = [
    SourceKind::Statuspage,
    SourceKind::Incidentio,
    SourceKind::Instatus,
    SourceKind::Betterstack,
    SourceKind::Statusio,
    SourceKind::Statuspal,
    SourceKind::Sorry,
    SourceKind::Hund,
    SourceKind::Cachet,
    SourceKind::Cstate,
    SourceKind::Upptime,
    SourceKind::UptimeKuma,
    SourceKind::Gatus,
    SourceKind::Google,
    SourceKind::Aws,
    SourceKind::Slack,
    SourceKind::Metastatus,
    SourceKind::Rss,
    SourceKind::Html,
    SourceKind::AwsRss,
    SourceKind::AzureRss,
    SourceKind::AzureDevops,
    SourceKind::Microsoft,
    SourceKind::Heroku,
    SourceKind::Salesforce,
    SourceKind::Apple,
    SourceKind::Firehydrant,
    SourceKind::Pagerduty,
    SourceKind::Site24x7,
    SourceKind::Alertmanager,
];

pub(super) fn fixture(name: &str) -> (SourceKind, &'static [u8]) {
    FIXTURES.into_iter().find(|(_, known, _)| *known == name).map(|(kind, _, body)| (kind, body)).unwrap()
}

fn read(name: &str) -> Observation {
    let (kind, body) = fixture(name);
    parse(kind, body, None, &[]).unwrap()
}

pub(super) fn read_text(kind: SourceKind, text: &str) -> Observation {
    parse(kind, text.as_bytes(), None, &[]).unwrap()
}

fn time(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(|| "?".to_owned(), |at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// The observation as a page that a person can check.
pub(super) fn tell(observation: &Observation) -> String {
    let mut page = String::new();
    let name = observation.service.as_deref().unwrap_or("?");
    writeln!(page, "{name}: {} {}", observation.condition.word(), observation.remark.as_deref().unwrap_or_default())
        .unwrap();
    for component in &observation.components {
        let group = component.group.as_deref().map(|group| format!("{group} / ")).unwrap_or_default();
        let mark = if component.is_group { " (group)" } else { "" };
        writeln!(page, "  part {group}{}{mark}: {}", component.name, component.condition.word()).unwrap();
    }
    for incident in &observation.incidents {
        let impact = incident.impact.map_or("?", Condition::word);
        let phase = incident.phase.map_or("?", Phase::word);
        writeln!(page, "incident {:?} {:?}: {phase}, {impact}", incident.id, incident.title).unwrap();
        writeln!(page, "  {} to {} {:?}", time(incident.started_at), time(incident.resolved_at), incident.url).unwrap();
        writeln!(page, "  touches {:?} in {:?}", incident.components, incident.regions).unwrap();
        tell_updates(&mut page, &incident.updates);
    }
    for planned in &observation.maintenances {
        writeln!(page, "maintenance {:?} {:?}: {}", planned.id, planned.title, planned.phase.word()).unwrap();
        writeln!(page, "  {} to {} {:?}", time(planned.starts_at), time(planned.ends_at), planned.url).unwrap();
        writeln!(page, "  touches {:?}", planned.components).unwrap();
        tell_updates(&mut page, &planned.updates);
    }
    page
}

fn tell_updates(page: &mut String, updates: &[PostedUpdate]) {
    for update in updates {
        let phase = update.phase.map_or("-", Phase::word);
        writeln!(page, "  {} {phase} {:?}", time(update.at), update.body.as_deref().unwrap_or_default()).unwrap();
    }
}

#[test]
fn every_fixture_is_read_right() {
    for (kind, name, body) in FIXTURES {
        let observation = parse(kind, body, None, &[]).unwrap();
        insta::assert_snapshot!(name.replace('/', "-"), tell(&observation));
    }
}

#[test]
fn every_document_tells_its_kind() {
    for (kind, name, body) in FIXTURES {
        let told = (kind != SourceKind::Html).then_some(kind);
        assert_eq!(find_kind(body, None), told, "{name}");
    }
}

#[test]
fn a_format_that_is_not_read_here_has_no_kind() {
    for text in [
        r#"{"page": {"name": "x", "url": "https://x.example", "status": {"word": "UP"}}}"#,
        r#"{"page": {"id": 1, "name": "x", "state": null}}"#,
        r#"{"data": {"id": "1", "type": "page"}, "included": []}"#,
        r#"{"components": []}"#,
        r#"{"meta": {"pagination": {"total": 1}}, "data": {}}"#,
        r#"{"data": [{"type": "users", "attributes": {}}]}"#,
        r#"{"status_page": {"subdomain": "x"}, "incidents": []}"#,
        r#"{"type": "paged_array", "data": [{"id": "1", "type": "metric"}]}"#,
        r#"{"response": []}"#,
        r#"[{"key": "x", "results": []}]"#,
        "[]",
        "{}",
        "3",
        "",
        "<html></html>",
        "<svg/>",
    ] {
        assert_eq!(find_kind(text.as_bytes(), None), None, "{text}");
    }
}

#[test]
fn what_is_no_document_is_refused_with_a_reason() {
    let page = "<!DOCTYPE html><html><body><p>We have moved. Signal is a word.</p></body></html>";
    for kind in DOCUMENTS {
        assert_eq!(parse(kind, b" \r\n", None, &[]).unwrap_err().reason, "the body is empty");
        let reason = parse(kind, page.as_bytes(), Some("application/json"), &[]).unwrap_err().reason;
        assert!(reason.contains("an HTML page") || reason == "no rule reads this page", "{kind:?}: {reason}");
        for other in ["OK", "null", "{}", r#"{"error": "not found"}"#, "[1, 2]", r#"{"page": {}, "status": "up"}"#] {
            assert!(parse(kind, other.as_bytes(), None, &[]).is_err(), "{kind:?} {other}");
        }
    }
    assert!(parse(SourceKind::Http, b"{}", None, &[]).is_err());
}

#[test]
fn a_document_of_another_kind_is_refused() {
    for (own, name, body) in FIXTURES {
        for kind in DOCUMENTS {
            let own_is_feed =
                matches!(own, SourceKind::Rss | SourceKind::AwsRss | SourceKind::AzureRss | SourceKind::Site24x7);
            let is_feed = own_is_feed && matches!(kind, SourceKind::Rss | SourceKind::Hund);
            let is_same_reader = is_feed
                || matches!(own, SourceKind::Statuspage | SourceKind::Incidentio)
                    && matches!(kind, SourceKind::Statuspage | SourceKind::Incidentio);
            if kind != own && !is_same_reader {
                assert!(parse(kind, body, None, &[]).is_err(), "{name} as {kind:?}");
            }
        }
    }
}

#[test]
fn a_truncated_document_is_refused() {
    for (kind, name, body) in FIXTURES {
        if name == "html/sentence-down.html" {
            continue;
        }
        let body = body.trim_ascii();
        let most = body.len() - if name.ends_with(".html") { 100 } else { 20 };
        for end in [body.len() / 3, body.len() / 2, most] {
            assert!(parse(kind, body.get(..end).unwrap(), None, &[]).is_err(), "{name} cut at {end}");
        }
    }
}

#[test]
fn truncated_json_names_the_place() {
    let reason = parse(SourceKind::Slack, b"{\"status\":\n \"ok\"", None, &[]).unwrap_err().reason;
    assert_eq!(reason, "truncated JSON: it ends at line 2, column 5");
}

#[test]
fn the_content_type_may_be_wrong_but_not_the_charset() {
    let (kind, body) = fixture("slack/current.json");
    assert!(parse(kind, body, Some("us-ascii"), &[]).is_ok());
    let text = String::from_utf8(fixture("aws/currentevents.json").1.to_vec()).unwrap();
    let utf16: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    for charset in [None, Some("utf-16"), Some("utf-8")] {
        assert_eq!(parse(SourceKind::Aws, &utf16, charset, &[]).unwrap(), read("aws/currentevents.json"));
    }
    assert_eq!(find_kind(&utf16, None), Some(SourceKind::Aws));
}

#[test]
fn a_document_with_a_time_in_the_far_future_is_not_believed() {
    let with = |time: &str| {
        let text = format!(
            r#"{{"page": {{"name": "x"}}, "incidents": [{{"id": "1", "name": "x", "status": "investigating", "started_at": "{time}",
            "resolved_at": "0001-01-01T00:00:00Z", "incident_updates": []}}]}}"#
        );
        parse(SourceKind::Statuspage, text.as_bytes(), None, &[])
    };
    let reason = with("9999-12-31T23:59:59Z").unwrap_err().reason;
    assert!(reason.contains("far future (9999-12-31)"), "{reason}");
    let incident = with("2026-01-01T00:00:00Z").unwrap().incidents.remove(0);
    assert_eq!((time(incident.started_at), incident.resolved_at), ("2026-01-01T00:00:00Z".to_owned(), None));
}

#[test]
fn a_document_with_a_thousand_incidents_is_not_believed() {
    let stories: Vec<String> = (0..1_000)
        .map(|number| format!(r#"{{"id": "{number}", "name": "n", "status": "resolved", "incident_updates": []}}"#))
        .collect();
    let text = format!(r#"{{"incidents": [{}]}}"#, stories.join(","));
    let reason = parse(SourceKind::Statuspage, text.as_bytes(), None, &[]).unwrap_err().reason;
    assert_eq!(reason, "1000 incidents in one document are not believed");
}

#[test]
fn a_feed_that_stamps_the_same_words_anew_tells_no_new_update() {
    let ids = |published: &str| {
        let text = format!(
            "<rss version=\"2.0\"><channel><item><title>Login fails</title><guid>g</guid><pubDate>{published}</pubDate>\
            <description>Investigating: people cannot log in.</description></item></channel></rss>"
        );
        let incident = read_text(SourceKind::Rss, &text).incidents.remove(0);
        (incident.id, incident.updates.into_iter().map(|update| update.id).collect::<Vec<_>>())
    };
    assert_eq!(ids("Thu, 09 Jul 2026 04:34:50 +0000"), ids("Thu, 09 Jul 2026 05:00:10 +0000"));
}

#[test]
fn of_hundreds_of_incidents_the_open_and_the_newest_are_kept() {
    let story = |number: u32| {
        let status = if number == 998 { "investigating" } else { "resolved" };
        format!(
            r#"{{"id": "{number}", "name": "n", "status": "{status}", "started_at": "2026-01-01T00:{:02}:{:02}Z", "incident_updates": []}}"#,
            (1_000 - number) / 60,
            (1_000 - number) % 60
        )
    };
    let stories: Vec<String> = (0..999).map(story).collect();
    let observation = read_text(SourceKind::Statuspage, &format!(r#"{{"incidents": [{}]}}"#, stories.join(",")));
    let ids: Vec<&str> = observation.incidents.iter().map(|incident| incident.id.as_str()).collect();
    assert_eq!(ids.len(), tidy::MOST_INCIDENTS);
    assert_eq!(ids.first(), Some(&"0"));
    assert_eq!(ids.last(), Some(&"998"));
}

#[test]
fn the_headline_of_a_page_follows_the_rule() {
    let page = |indicator: &str, leaves: usize, bad: &str, impact: &str| {
        let rows: Vec<String> = (0..leaves)
            .map(|row| {
                format!(r#"{{"id": "{row}", "name": "p", "status": "{}"}}"#, if row == 0 { bad } else { "operational" })
            })
            .collect();
        let incidents = if impact.is_empty() {
            String::new()
        } else {
            format!(
                r#"{{"id": "i", "name": "i", "status": "investigating", "impact": {impact}, "incident_updates": []}}"#
            )
        };
        let text = format!(
            r#"{{"page": {{"name": "x"}}, "status": {{"indicator": "{indicator}"}}, "components": [{}], "incidents": [{incidents}]}}"#,
            rows.join(",")
        );
        read_text(SourceKind::Statuspage, &text).condition
    };
    for (indicator, leaves, bad, impact, expect) in [
        ("none", 0, "", "", Condition::Operational),
        ("none", 3, "under_maintenance", "", Condition::Operational),
        ("none", 3, "major_outage", "", Condition::Degraded),
        ("none", 101, "major_outage", "", Condition::Operational),
        ("none", 3, "operational", "\"major\"", Condition::Degraded),
        ("none", 3, "operational", "\"none\"", Condition::Operational),
        ("none", 3, "operational", "null", Condition::Degraded),
        ("none", 3, "operational", "\"novel\"", Condition::Degraded),
        ("maintenance", 3, "under_maintenance", "", Condition::Maintenance),
        ("maintenance", 3, "under_maintenance", "\"major\"", Condition::PartialOutage),
        ("minor", 3, "operational", "\"critical\"", Condition::Degraded),
        ("major", 3, "operational", "", Condition::PartialOutage),
        ("critical", 3, "operational", "", Condition::MajorOutage),
        ("Severe-Degradation", 3, "operational", "", Condition::Degraded),
        ("teal", 3, "operational", "", Condition::Unknown),
    ] {
        assert_eq!(page(indicator, leaves, bad, impact), expect, "{indicator} {leaves} {bad} {impact}");
    }
}

#[test]
fn an_empty_list_is_fine_only_where_the_format_says_so() {
    let aws_feed = "<rss version=\"2.0\"><channel><title>x</title><generator>AWS Service Health Dashboard</generator></channel></rss>";
    for (kind, text, expect) in [
        (SourceKind::Aws, "[]", Condition::Operational),
        (SourceKind::Google, "[]", Condition::Operational),
        (SourceKind::Slack, "[]", Condition::Unknown),
        (SourceKind::Slack, r#"{"status": "ok"}"#, Condition::Operational),
        (SourceKind::Statuspage, r#"{"incidents": []}"#, Condition::Unknown),
        (SourceKind::Rss, "<rss version=\"2.0\"><channel><title>x</title></channel></rss>", Condition::Unknown),
        (SourceKind::Rss, aws_feed, Condition::Operational),
        (SourceKind::AwsRss, aws_feed, Condition::Operational),
        (
            SourceKind::AzureRss,
            "<rss version=\"2.0\"><channel><title>Azure Status</title></channel></rss>",
            Condition::Operational,
        ),
        (
            SourceKind::Site24x7,
            "<rss version=\"2.0\" xmlns:site24x7=\"x\"><channel><title>x</title></channel></rss>",
            Condition::Unknown,
        ),
        (SourceKind::Heroku, "[]", Condition::Unknown),
        (SourceKind::Alertmanager, "[]", Condition::Operational),
        (SourceKind::Alertmanager, r#"{"alerts": [], "groupKey": "x", "status": "resolved"}"#, Condition::Operational),
        (SourceKind::Alertmanager, r#"{"alerts": [], "groupKey": "x", "status": "firing"}"#, Condition::Unknown),
        (
            SourceKind::Alertmanager,
            r#"{"alerts": [], "groupKey": "x", "status": "resolved", "truncatedAlerts": 3}"#,
            Condition::Unknown,
        ),
    ] {
        assert_eq!(read_text(kind, text).condition, expect, "{text}");
    }
    assert!(parse(SourceKind::Slack, br#"{"status": "active"}"#, None, &[]).is_err());
    assert!(
        parse(
            SourceKind::Statuspage,
            br#"{"page": {"name": "x"}, "status": {"indicator": "none"}, "incidents": "no"}"#,
            None,
            &[]
        )
        .is_err()
    );
}

#[test]
fn a_word_that_nobody_has_listed_is_never_read_as_well() {
    for (kind, text, expect) in [
        (SourceKind::Heroku, r#"{"status": [{"system": "Apps", "status": "mauve"}]}"#, Condition::Unknown),
        (SourceKind::Heroku, r#"{"status": [{"system": "Apps", "status": "DEGRADED"}]}"#, Condition::Degraded),
        (SourceKind::AzureDevops, r#"{"status": {"health": "mauve"}, "services": []}"#, Condition::Unknown),
        (
            SourceKind::Salesforce,
            r#"[{"key": "A", "environment": "production", "status": "MAUVE", "Incidents": []}]"#,
            Condition::Unknown,
        ),
        (SourceKind::Microsoft, r#"{"Status": "Mauve", "Message": "x"}"#, Condition::Unknown),
        (
            SourceKind::Apple,
            r#"{"services": [{"serviceName": "A", "events": [{"messageId": "1", "statusType": "Mauve", "eventStatus": "mauve"}]}]}"#,
            Condition::Degraded,
        ),
        (
            SourceKind::Pagerduty,
            r#"<html><script id="data">{"summary": {"open_incidents": [{"title": "A", "updates": [{"severity": "mauve"}]}]}}</script></html>"#,
            Condition::Degraded,
        ),
        (
            SourceKind::Alertmanager,
            r#"[{"labels": {"alertname": "A", "severity": "mauve"}, "startsAt": "2026-05-01T10:00:00Z"}]"#,
            Condition::Degraded,
        ),
    ] {
        assert_eq!(read_text(kind, text).condition, expect, "{text}");
    }
}

#[test]
fn on_a_page_of_hundreds_of_instances_one_that_is_down_makes_no_outage_of_all() {
    let instance = |number: u32| {
        let status = if number == 7 { "MAJOR_INCIDENT_CORE" } else { "OK" };
        format!(r#"{{"key": "I{number}", "environment": "production", "status": "{status}", "Incidents": []}}"#)
    };
    let page = |count: u32| format!("[{}]", (0..count).map(instance).collect::<Vec<_>>().join(","));
    assert_eq!(read_text(SourceKind::Salesforce, &page(300)).condition, Condition::Degraded);
    assert_eq!(read_text(SourceKind::Salesforce, &page(30)).condition, Condition::MajorOutage);
}

#[test]
fn an_alert_without_a_fingerprint_is_known_by_its_labels_in_any_order() {
    let id = |labels: &str| {
        let text = format!(r#"[{{"labels": {{{labels}}}, "startsAt": "2026-05-01T10:00:00Z"}}]"#);
        read_text(SourceKind::Alertmanager, &text).incidents.remove(0).id
    };
    let one = id(r#""alertname": "A", "host": "b""#);
    assert_eq!(one, id(r#""host": "b", "alertname": "A""#));
    assert_ne!(one, id(r#""host": "c", "alertname": "A""#));
}

#[test]
fn an_update_of_a_feed_keeps_its_id_when_more_is_said() {
    let entry = |published: &str, stamps: &[(&str, &str)]| {
        let said: String = stamps
            .iter()
            .map(|(at, word)| format!("&lt;p&gt;&lt;small&gt;Jul 9, {at} UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;{word}&lt;/strong&gt; - x&lt;/p&gt;"))
            .collect();
        let text = format!(
            "<rss version=\"2.0\"><channel><item><title>t</title><guid>g</guid><pubDate>{published}</pubDate><description>{said}</description></item></channel></rss>"
        );
        let observation = read_text(SourceKind::Rss, &text);
        let updates = &observation.incidents.first().unwrap().updates;
        updates.iter().map(|update| (update.id.clone(), update.at)).collect::<Vec<_>>()
    };
    let before = entry(
        "Thu, 09 Jul 2026 04:34:50 +0000",
        &[("04:34", "Update"), ("04:34", "Update"), ("04:20", "Investigating")],
    );
    let after = entry(
        "Thu, 09 Jul 2026 05:00:10 +0000",
        &[("05:00", "Update"), ("04:34", "Update"), ("04:34", "Update"), ("04:20", "Investigating")],
    );
    assert_eq!(before.len(), 3);
    assert_eq!(after.get(..3), Some(before.as_slice()));
    let ids: std::collections::HashSet<_> = after.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), 4);
}

#[test]
fn a_reading_can_be_restricted_to_parts() {
    let restricted = |name: &str, parts: &[&str]| {
        let (kind, body) = fixture(name);
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let observation = parse(kind, body, None, &parts).unwrap();
        let ids: Vec<String> = observation.incidents.iter().map(|incident| incident.id.clone()).collect();
        (observation.condition, observation.components.len(), ids.join(" "))
    };
    assert_eq!(restricted("metastatus/orgs.json", &["pigeon-api"]), (Condition::Degraded, 3, String::new()));
    assert_eq!(restricted("metastatus/orgs.json", &["numbers"]), (Condition::Operational, 1, String::new()));
    assert_eq!(restricted("metastatus/orgs.json", &["gone-api"]), (Condition::Unknown, 0, String::new()));
    assert_eq!(restricted("statuspage/summary.json", &["Europe"]).0, Condition::MajorOutage);
    assert_eq!(restricted("statuspage/summary.json", &["search"]), (Condition::Unknown, 1, "i-two".to_owned()));
    assert_eq!(restricted("aws/currentevents.json", &["north-9"]).0, Condition::Degraded);
    assert_eq!(restricted("aws/currentevents.json", &["south-9"]).0, Condition::Operational);
    assert_eq!(restricted("google/incidents.json", &["pigeon lists"]).0, Condition::Operational);
    assert_eq!(restricted("incidentio/summary.json", &["Chat"]), (Condition::Operational, 1, String::new()));
}

#[test]
fn a_list_of_components_speaks_for_itself() {
    for (first, second, expect) in [
        ("operational", "operational", Condition::Operational),
        ("operational", "under_maintenance", Condition::Operational),
        ("under_maintenance", "under_maintenance", Condition::Maintenance),
        ("operational", "major_outage", Condition::MajorOutage),
        ("operational", "puce", Condition::Operational),
        ("puce", "puce", Condition::Unknown),
    ] {
        let text = format!(
            r#"{{"page": {{"id": "p"}}, "components": [{{"id": "1", "name": "a", "status": "{first}"}}, {{"id": "2", "name": "b", "status": "{second}"}}]}}"#
        );
        assert_eq!(read_text(SourceKind::Statuspage, &text).condition, expect, "{first} {second}");
    }
}

/// What the rest of the program relies on, whatever the document held.
pub(super) fn check_promises(observation: &Observation) {
    assert!(observation.incidents.len() <= tidy::MOST_INCIDENTS);
    assert!(observation.components.len() <= tidy::MOST_COMPONENTS);
    assert!(observation.maintenances.len() <= tidy::MOST_MAINTENANCES);
    assert!(
        observation
            .components
            .iter()
            .all(|part| !part.name.is_empty() && part.name.chars().count() <= tidy::LONGEST_NAME)
    );
    let starts: Vec<_> = observation.incidents.iter().filter_map(|incident| incident.started_at).collect();
    assert!(starts.iter().rev().is_sorted(), "newest first: {starts:?}");
    for incident in &observation.incidents {
        assert!(
            !incident.id.is_empty()
                && !incident.title.is_empty()
                && incident.title.chars().count() <= tidy::LONGEST_TITLE
        );
        assert!(incident.is_closed() || incident.resolved_at.is_none());
        assert!(incident.components.len() <= tidy::MOST_NAMES && incident.regions.len() <= tidy::MOST_NAMES);
    }
    let planned = observation.maintenances.iter().map(|maintenance| (&maintenance.url, &maintenance.updates));
    for (url, updates) in observation.incidents.iter().map(|incident| (&incident.url, &incident.updates)).chain(planned)
    {
        assert!(url.as_deref().is_none_or(|url| url.starts_with("http://") || url.starts_with("https://")));
        assert!(updates.len() <= tidy::MOST_UPDATES);
        assert!(updates.iter().filter_map(|update| update.at).is_sorted(), "oldest first");
        let bodies = updates.iter().filter_map(|update| update.body.as_deref());
        assert!(bodies.into_iter().all(|body| !body.is_empty() && body.chars().count() <= tidy::LONGEST_BODY));
    }
}

#[test]
fn planned_work_beyond_the_bound_drops_what_is_over_first() {
    let story = |number: u32| {
        let status = if number < 150 { "completed" } else { "scheduled" };
        format!(r#"{{"id": "{number}", "name": "n", "status": "{status}", "incident_updates": []}}"#)
    };
    let stories: Vec<String> = (0..300).map(story).collect();
    let observation =
        read_text(SourceKind::Statuspage, &format!(r#"{{"scheduled_maintenances": [{}]}}"#, stories.join(",")));
    check_promises(&observation);
    let ahead = observation.maintenances.iter().filter(|planned| planned.phase == MaintenancePhase::Scheduled);
    assert_eq!((observation.maintenances.len(), ahead.count()), (200, 150));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_survived(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        for kind in DOCUMENTS {
            if let Ok(observation) = parse(kind, &body, None, &[]) {
                check_promises(&observation);
            }
        }
        prop_assert!(find_kind(&body, None).is_none_or(|kind| DOCUMENTS.contains(&kind)));
    }

    #[test]
    fn mutated_documents_are_survived(
        which in 0..FIXTURES.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), "[\\PC\"\\[\\]{}<>&;:,0-9]{0,6}", 0..12usize), 1..6),
    ) {
        let (kind, _, body) = FIXTURES[which];
        let mut text: Vec<char> = String::from_utf8_lossy(body).chars().collect();
        for (place, new, cut) in changes {
            let start = place.index(text.len());
            let end = (start + cut).min(text.len());
            text.splice(start..end, new.chars());
        }
        let text: String = text.into_iter().collect();
        if let Ok(observation) = parse(kind, text.as_bytes(), None, &[]) {
            check_promises(&observation);
        }
        prop_assert!(find_kind(text.as_bytes(), None).is_none_or(|kind| DOCUMENTS.contains(&kind)));
    }
}
