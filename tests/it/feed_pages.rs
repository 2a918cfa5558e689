//! Status pages that are several documents, over real HTTP: what is read, and what is asked for again.

use std::sync::Arc;

use foghorn::{
    domain::{Ask, Condition, Observation, Reading, Source, SourceKind},
    feeds::{self, Controls, Feed, FeedError},
    http::{Http, HttpLimits},
};
use serde_json::{Value, json};

use crate::support::feed_server::{Answer, FeedServer};

const BEATS: &str = "/api/status-page/heartbeat/all";
const PAGE: &str = "/api/status-page/all";
const PAST: &str = "/api/status-page/all/incident-history";
const COMPONENTS: &str = "/api/v1/components";
const INCIDENTS: &str = "/api/v1/incidents";
const SCHEDULES: &str = "/api/v1/schedules";
const SUMMARY: &str = "/summary.json";
const PARTS: &str = "/v3/components.json";
const WORDS: &str = "/history.rss";

fn feed_at(kind: SourceKind, url: &str) -> Arc<dyn Feed> {
    let http = Http::new(HttpLimits::default()).unwrap();
    let source = Source::new(kind, url);
    feeds::open(&source, &http, &Controls::new(&http, Vec::new()))
}

async fn fresh(feed: &dyn Feed, ask: &Ask) -> Observation {
    match feed.read(ask).await.unwrap() {
        Reading::Fresh(observation) => observation,
        other => panic!("expected a fresh reading, got {other:?}"),
    }
}

async fn refusal(feed: &dyn Feed) -> String {
    match feed.read(&Ask::default()).await {
        Err(FeedError::Unreadable { reason }) => reason,
        other => panic!("expected an unreadable source, got {other:?}"),
    }
}

fn document(value: &Value) -> Answer {
    Answer::json(value.to_string())
}

fn tagged(value: &Value, tag: &str) -> Answer {
    document(value).header("etag", tag)
}

fn kuma_page() -> Value {
    json!({
        "config": {"slug": "all", "title": "Bear"},
        "publicGroupList": [{"id": 1, "name": "Den", "monitorList": [{"id": 1, "name": "Door"}, {"id": 2, "name": "Hearth"}]}],
        "maintenanceList": [],
    })
}

fn kuma_beats(door: u8) -> Value {
    json!({"heartbeatList": {
        "1": [{"status": door, "time": "2026-07-01 10:00:00"}], "2": [{"status": 1, "time": "2026-07-01 10:00:00"}],
    }})
}

fn cachet(rows: &Value) -> Value {
    json!({"meta": {"pagination": {"total": 1}}, "data": rows})
}

fn cachet_incident(status: u8) -> Value {
    json!([{
        "id": 8, "component_id": 1, "name": "Vault is shut", "status": 1, "latest_status": status, "visible": 1,
        "occurred_at": "2026-01-05 10:00:00", "message": "We look.",
    }])
}

fn vault() -> Value {
    cachet(&json!([{"id": 1, "name": "Vault", "status": 1, "enabled": true}]))
}

fn instatus(status: &str, incidents: &Value) -> Value {
    json!({"page": {"name": "Lighter", "url": "https://status.lighter.example", "status": status}, "activeIncidents": incidents})
}

fn lighter_incident() -> Value {
    json!([{
        "id": "inc1", "name": "Berths are late", "started": "2026-03-01T08:00:00.000Z", "status": "IDENTIFIED",
        "impact": "PARTIALOUTAGE", "url": "https://status.lighter.example/inc1",
    }])
}

fn lighter_feed(said: &[&str]) -> Answer {
    let said: String = said
        .iter()
        .enumerate()
        .map(|(number, word)| {
            let minute = 50 - 10 * number;
            format!("&lt;p&gt;&lt;small&gt;Mar 1, 08:{minute} UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;{word}&lt;/strong&gt; - Words {number}.&lt;/p&gt;")
        })
        .collect();
    let item = format!(
        "<item><title>Berths are late</title><link>https://status.lighter.example/incident/inc1</link>\
        <guid>https://status.lighter.example/incident/inc1</guid><pubDate>Sun, 01 Mar 2026 08:50:00 +0000</pubDate>\
        <description>{said}</description></item>"
    );
    Answer::new(200, format!("<rss version=\"2.0\"><channel><title>Lighter</title>{item}</channel></rss>"))
}

#[tokio::test]
async fn notices_that_were_taken_down_are_found_in_the_history_of_a_page() {
    let server = FeedServer::start().await;
    let notice = |id: u8, is_pinned: bool| {
        json!({"id": id, "style": "warning", "title": "The hearth smokes", "content": "We sweep.", "pin": is_pinned,
            "createdDate": "2026-07-01 09:00:00", "lastUpdatedDate": "2026-07-01 09:30:00"})
    };
    let mut page = kuma_page();
    page["incidents"] = json!([notice(7, true)]);
    server.set(BEATS, document(&kuma_beats(1)));
    server.set(PAGE, document(&page));
    let feed = feed_at(SourceKind::UptimeKuma, &server.url(PAGE));
    let observation = fresh(&*feed, &Ask::default()).await;
    assert_eq!(observation.incidents.len(), 1);
    assert!(server.asked(PAST).is_empty(), "nothing is missing");
    server.set(PAGE, document(&kuma_page()));
    let history =
        json!({"ok": true, "incidents": [notice(7, false), notice(5, false)], "nextCursor": null, "hasMore": false});
    server.set(PAST, document(&history));
    let observation = fresh(&*feed, &Ask { open: vec!["7".to_owned()], ..Ask::default() }).await;
    let closed: Vec<(&str, bool)> =
        observation.incidents.iter().map(|incident| (incident.id.as_str(), incident.is_closed())).collect();
    assert_eq!(closed, [("7", true), ("5", true)]);
    assert_eq!(observation.condition, Condition::Operational);
}

#[tokio::test]
async fn a_page_without_a_history_is_read_all_the_same() {
    let server = FeedServer::start().await;
    server.set(BEATS, document(&kuma_beats(1)));
    server.set(PAGE, document(&kuma_page()));
    let feed = feed_at(SourceKind::UptimeKuma, &server.url(PAGE));
    let observation = fresh(&*feed, &Ask { catch_up: true, ..Ask::default() }).await;
    assert_eq!(observation.condition, Condition::Operational);
    assert_eq!(server.asked(PAST).len(), 1);
}

#[tokio::test]
async fn monitors_have_their_names_from_the_page_and_their_state_from_the_beats() {
    let server = FeedServer::start().await;
    server.set(BEATS, tagged(&kuma_beats(1), "\"b1\""));
    server.set(PAGE, tagged(&kuma_page(), "\"p1\""));
    let feed = feed_at(SourceKind::UptimeKuma, &server.url(PAGE));
    let observation = fresh(&*feed, &Ask::default()).await;
    assert_eq!((observation.service.as_deref(), observation.condition), (Some("Bear"), Condition::Operational));
    // Nothing changed: both are asked for with their validators.
    assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
    assert_eq!(server.asked(BEATS)[1]["if-none-match"], "\"b1\"");
    assert_eq!(server.asked(PAGE)[1]["if-none-match"], "\"p1\"");
    // The beats changed: the page is asked for as a whole, once.
    server.set(BEATS, tagged(&kuma_beats(0), "\"b2\""));
    let observation = fresh(&*feed, &Ask::default()).await;
    let states: Vec<(&str, Condition)> =
        observation.components.iter().map(|component| (component.name.as_str(), component.condition)).collect();
    assert_eq!(states, [("Door", Condition::MajorOutage), ("Hearth", Condition::Operational)]);
    assert_eq!(observation.condition, Condition::PartialOutage);
    assert_eq!(server.paths(), [BEATS, PAGE, BEATS, PAGE, BEATS, PAGE]);
    // The page alone changed: the beats, which had not, are asked for once more.
    let mut renamed = kuma_page();
    renamed["config"]["title"] = json!("Brown bear");
    server.set(PAGE, tagged(&renamed, "\"p2\""));
    let observation = fresh(&*feed, &Ask::default()).await;
    assert_eq!((observation.service.as_deref(), observation.condition), (Some("Brown bear"), Condition::PartialOutage));
    assert_eq!(server.paths()[6..], [BEATS, PAGE, BEATS]);
}

#[tokio::test]
async fn the_same_bytes_of_all_documents_are_unchanged_without_any_validator() {
    let server = FeedServer::start().await;
    server.set(BEATS, document(&kuma_beats(1)));
    server.set(PAGE, document(&kuma_page()));
    let feed = feed_at(SourceKind::UptimeKuma, &server.url(BEATS));
    fresh(&*feed, &Ask::default()).await;
    assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
    assert_eq!(server.paths(), [BEATS, PAGE, BEATS, PAGE]);
}

#[tokio::test]
async fn a_page_that_lacks_a_document_it_must_have_is_unreadable() {
    let server = FeedServer::start().await;
    server.set(BEATS, document(&kuma_beats(1)));
    server.set(PAGE, Answer::new(404, "{\"ok\": false}"));
    assert_eq!(refusal(&*feed_at(SourceKind::UptimeKuma, &server.url(PAGE))).await, "HTTP 404");
    server.set(PAGE, Answer::html("<!DOCTYPE html><html></html>"));
    assert!(refusal(&*feed_at(SourceKind::UptimeKuma, &server.url(PAGE))).await.contains("HTML page"));
    server.set(PAGE, document(&json!({"moved": true})));
    assert!(refusal(&*feed_at(SourceKind::UptimeKuma, &server.url(PAGE))).await.contains("publicGroupList"));
}

#[tokio::test]
async fn a_page_that_leads_to_a_host_without_it_is_unreadable_and_the_host_is_named() {
    let (old, new) = (FeedServer::start().await, FeedServer::start().await);
    old.set(BEATS, document(&kuma_beats(1)));
    old.set(PAGE, Answer::redirect(302, &new.url(PAGE).replace("127.0.0.1", "localhost")));
    let html = format!("an HTML page instead of uptime-kuma at {PAGE}");
    for (answer, expect) in [
        (Answer::new(404, "{\"ok\": false}"), "HTTP 404"),
        (Answer::new(503, ""), "HTTP 503"),
        (Answer::json(""), "the answer is empty"),
        (Answer::html("<!DOCTYPE html><html></html>"), &*html),
    ] {
        new.set(PAGE, answer);
        let reason = refusal(&*feed_at(SourceKind::UptimeKuma, &old.url(BEATS))).await;
        assert_eq!(reason, format!("{expect}; the address leads to localhost"));
    }
    new.set(PAGE, document(&json!({"moved": true})));
    let reason = refusal(&*feed_at(SourceKind::UptimeKuma, &old.url(BEATS))).await;
    assert!(reason.ends_with("; the address leads to localhost") && reason.contains("publicGroupList"), "{reason}");
}

#[tokio::test]
async fn a_list_that_cannot_be_read_now_closes_no_incident() {
    let server = FeedServer::start().await;
    server.set(COMPONENTS, document(&vault()));
    server.set(INCIDENTS, document(&cachet(&cachet_incident(2))));
    let feed = feed_at(SourceKind::Cachet, &server.url(COMPONENTS));
    let observation = fresh(&*feed, &Ask::default()).await;
    assert_eq!(observation.incidents[0].components, ["Vault"]);
    assert_eq!(observation.condition, Condition::Degraded);
    for answer in [Answer::new(500, ""), Answer::new(404, ""), Answer::html("<html>Sign in</html>"), Answer::json("{}")]
    {
        server.set(INCIDENTS, answer);
        refusal(&*feed).await;
    }
    server.set(INCIDENTS, document(&cachet(&cachet_incident(4))));
    let observation = fresh(&*feed, &Ask::default()).await;
    assert!(observation.incidents[0].is_closed());
    assert_eq!(observation.condition, Condition::Operational);
}

#[tokio::test]
async fn a_list_that_a_page_never_had_is_not_asked_for_in_vain() {
    let server = FeedServer::start().await;
    server.set(COMPONENTS, document(&vault()));
    server.set(INCIDENTS, document(&cachet(&json!([]))));
    let feed = feed_at(SourceKind::Cachet, &server.url(INCIDENTS));
    assert_eq!(fresh(&*feed, &Ask::default()).await.condition, Condition::Operational);
    assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
    assert_eq!(server.paths(), [COMPONENTS, INCIDENTS, SCHEDULES, COMPONENTS, INCIDENTS]);
    // As something changes, it is looked for anew.
    server.set(
        SCHEDULES,
        document(&cachet(&json!([{"id": 1, "name": "Oil", "status": 0, "scheduled_at": "2027-01-01 10:00:00"}]))),
    );
    server.set(INCIDENTS, document(&cachet(&cachet_incident(4))));
    assert_eq!(fresh(&*feed, &Ask::default()).await.maintenances.len(), 1);
}

#[tokio::test]
async fn an_incident_without_words_has_them_from_the_feed() {
    let server = FeedServer::start().await;
    server.set(SUMMARY, document(&instatus("HASISSUES", &lighter_incident())));
    server.set(
        PARTS,
        document(&json!({"components": [{"id": "c1", "name": "North", "status": "PARTIALOUTAGE", "group": null}]})),
    );
    server.set(WORDS, lighter_feed(&["Identified", "Investigating"]));
    let feed = feed_at(SourceKind::Instatus, &server.url(SUMMARY));
    let observation = fresh(&*feed, &Ask::default()).await;
    assert_eq!(observation.condition, Condition::PartialOutage);
    let incident = &observation.incidents[0];
    let said: Vec<&str> = incident.updates.iter().filter_map(|update| update.body.as_deref()).collect();
    assert_eq!((incident.id.as_str(), said), ("inc1", vec!["Words 1.", "Words 0."]));
    assert_eq!(observation.components[0].name, "North");
    assert_eq!(server.paths(), [SUMMARY, PARTS, WORDS]);
    // While nothing changes, the feed is left alone.
    let open = Ask { open: vec!["inc1".to_owned()], catch_up: false, whole: false };
    assert_eq!(feed.read(&open).await.unwrap(), Reading::Unchanged);
    assert_eq!(server.asked(WORDS).len(), 1);
}

#[tokio::test]
async fn an_incident_that_vanished_ends_as_the_feed_says() {
    let server = FeedServer::start().await;
    server.set(SUMMARY, document(&instatus("HASISSUES", &lighter_incident())));
    server.set(WORDS, lighter_feed(&["Investigating"]));
    let feed = feed_at(SourceKind::Instatus, &server.url(SUMMARY));
    fresh(&*feed, &Ask::default()).await;
    server.set(SUMMARY, document(&instatus("UP", &json!([]))));
    server.set(WORDS, lighter_feed(&["Resolved", "Investigating"]));
    let open = Ask { open: vec!["inc1".to_owned()], catch_up: false, whole: false };
    let observation = fresh(&*feed, &open).await;
    assert_eq!(observation.condition, Condition::Operational);
    let incident = &observation.incidents[0];
    assert!(incident.id == "inc1" && incident.is_closed(), "{incident:?}");
    assert_eq!(incident.resolved_at.map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-01T08:50:00+00:00"));
    // Gone from the page, not yet over in the feed: nobody knows.
    server.set(WORDS, lighter_feed(&["Investigating"]));
    assert!(fresh(&*feed, &open).await.incidents.is_empty());
    // A feed that cannot be read spoils nothing.
    server.set(WORDS, Answer::html("<html></html>"));
    assert!(fresh(&*feed, &open).await.incidents.is_empty());
}

#[tokio::test]
async fn a_page_of_one_document_is_asked_for_that_one_alone() {
    let server = FeedServer::start().await;
    let page = json!({"data": {"id": "1", "type": "status_page", "attributes": {"company_name": "Capstan", "aggregate_state": "downtime"}}});
    server.set("/index.json", tagged(&page, "\"1\""));
    let feed = feed_at(SourceKind::Betterstack, &server.url("/index.json"));
    assert_eq!(fresh(&*feed, &Ask::default()).await.condition, Condition::MajorOutage);
    assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
    assert_eq!(server.paths(), ["/index.json", "/index.json"]);
}

#[tokio::test]
async fn an_issue_that_left_the_index_ends_as_its_own_document_says() {
    let server = FeedServer::start().await;
    let link = "https://status.foundry.example/issues/kiln/";
    let issue = |resolved: bool| {
        json!({
            "is": "issue", "title": "Kiln is cold", "createdAt": "2026-06-01 10:00:00 +0000 UTC", "permalink": link,
            "severity": "down", "resolved": resolved, "affected": ["Kiln"],
            "resolvedAt": if resolved { "2026-06-01 13:30:00 +0000 UTC" } else { "<no value>" },
        })
    };
    let index = |status: &str, issues: &Value| {
        json!({"cStateVersion": "5.6", "title": "Foundry", "summaryStatus": status,
            "systems": [{"name": "Kiln", "status": status, "unresolvedIssues": issues}]})
    };
    server.set("/index.json", document(&index("down", &json!([issue(false)]))));
    let feed = feed_at(SourceKind::Cstate, &server.url("/index.json"));
    assert_eq!(fresh(&*feed, &Ask::default()).await.incidents[0].id, link);
    server.set("/index.json", document(&index("ok", &json!([]))));
    server.set("/issues/kiln/index.json", document(&issue(true)));
    let open = Ask { open: vec![link.to_owned()], catch_up: false, whole: false };
    let observation = fresh(&*feed, &open).await;
    assert_eq!(observation.condition, Condition::Operational);
    let resolved_at = observation.incidents[0].resolved_at.map(|at| at.to_rfc3339());
    assert_eq!(resolved_at.as_deref(), Some("2026-06-01T13:30:00+00:00"));
    // A document that cannot be read spoils nothing.
    server.set("/issues/kiln/index.json", Answer::html("<html></html>"));
    assert!(fresh(&*feed, &open).await.incidents.is_empty());
}
