//! Feeds over real HTTP: what is read, what is refused, and how politely it is asked for.

use std::{sync::Arc, time::Duration};

use foghorn::{
    domain::{Ask, Condition, JsonRule, Observation, ProbeRule, Reading, Role, Source, SourceId, SourceKind},
    feeds::{self, Controls, Feed, FeedError},
    http::{Http, HttpLimits},
};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::support::feed_server::{Answer, FeedServer, deserted_port};

const SUMMARY: &str = "/api/v2/summary.json";
const INCIDENTS: &str = "/api/v2/incidents.json";
const MAINTENANCES: &str = "/api/v2/scheduled-maintenances.json";

fn http() -> Http {
    Http::new(HttpLimits::default()).unwrap()
}

fn feed_at(http: &Http, url: &str) -> Arc<dyn Feed> {
    let source = Source {
        id: SourceId::new(SourceKind::Statuspage, url),
        kind: SourceKind::Statuspage,
        url: url.to_owned(),
        role: Role::Official,
        parts: Vec::new(),
        probe: ProbeRule::default(),
        json: None,
    };
    feeds::open(&source, http, &Controls::new(http, Vec::new()))
}

fn summary(incidents: &Value, maintenances: &Value) -> Vec<u8> {
    let document = json!({
        "page": {"id": "kctbh9vrtdwd", "name": "Harbour", "url": "https://status.harbour.example"},
        "status": {"indicator": "none", "description": "All Systems Operational"},
        "components": [],
        "incidents": incidents,
        "scheduled_maintenances": maintenances,
    });
    document.to_string().into_bytes()
}

fn fine() -> Vec<u8> {
    summary(&json!([]), &json!([]))
}

fn incident(id: &str, status: &str) -> Value {
    let resolved_at = (status == "resolved").then_some("2026-09-01T12:00:00Z");
    json!({
        "id": id, "name": format!("Trouble {id}"), "status": status, "impact": "minor",
        "created_at": "2026-09-01T10:00:00Z", "started_at": "2026-09-01T10:00:00Z", "resolved_at": resolved_at,
        "components": [], "incident_updates": [],
    })
}

fn maintenance(id: &str, status: &str) -> Value {
    json!({
        "id": id, "name": format!("Work {id}"), "status": status, "impact": "maintenance",
        "created_at": "2026-09-01T10:00:00Z", "scheduled_for": "2026-09-02T10:00:00Z",
        "scheduled_until": "2026-09-02T12:00:00Z", "components": [], "incident_updates": [],
    })
}

fn history(key: &str, entries: &Value) -> Answer {
    Answer::json(json!({"page": {"id": "kctbh9vrtdwd", "name": "Harbour"}, key: entries}).to_string())
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
        Err(error @ FeedError::Later { .. }) => panic!("expected an unreadable source, got {error:?}"),
        Ok(_) => panic!("expected an unreadable source, but it was read"),
    }
}

fn missing(ids: &[&str]) -> Ask {
    Ask { open: ids.iter().map(|id| (*id).to_owned()).collect(), catch_up: false, whole: false }
}

fn ids(observation: &Observation) -> Vec<&str> {
    let incidents = observation.incidents.iter().map(|incident| incident.id.as_str());
    incidents.chain(observation.maintenances.iter().map(|maintenance| maintenance.id.as_str())).collect()
}

#[tokio::test]
async fn bad_input_is_unreadable_with_a_telling_reason_and_harms_nobody_else() {
    let server = FeedServer::start().await;
    let http = http();
    server.set("/fine", Answer::json(fine()));
    let thousand: Value = (0..1000).map(|number| incident(&number.to_string(), "investigating")).collect();
    let hundred: Value = (0..100).map(|number| incident(&number.to_string(), "investigating")).collect();
    let mut far = incident("far", "investigating");
    far["started_at"] = json!("2199-01-01T00:00:00Z");
    far["created_at"] = json!("2199-01-01T00:00:00Z");
    let mut farther = incident("farther", "investigating");
    farther["started_at"] = json!("9999-12-31T23:59:59Z");
    let past: Value = (0..1000).map(|number| incident(&number.to_string(), "resolved")).collect();
    let mut truncated = fine();
    truncated.truncate(60);
    let zeros_gz = include_bytes!("../data/compressed/zeros.gz");
    let cases = [
        ("html", Answer::html("<!DOCTYPE html><html><body>Sign in</body></html>"), "HTML page"),
        ("moved", Answer::html("<html><body>This page has moved.</body></html>"), "HTML page"),
        ("truncated", Answer::json(truncated), ""),
        ("empty", Answer::json(""), "empty"),
        ("500-mb", Answer::endless("", vec![b' '; 64 * 1024]), "larger than 5120 KiB"),
        ("gzip-bomb", Answer::endless(*zeros_gz, *zeros_gz).header("content-encoding", "gzip"), "larger than 5120 KiB"),
        ("bad-gzip", Answer::json(fine()).header("content-encoding", "gzip"), "cannot be decompressed"),
        ("loop", Answer::redirect(302, "/loop"), "more than 5 redirects"),
        ("elsewhere", Answer::redirect(302, "ftp://files.example/"), "neither http nor https"),
        ("type", Answer::new(200, fine()).header("content-type", "image/png"), "image/png"),
        ("future", Answer::json(summary(&json!([far]), &json!([]))), "far future"),
        ("farther", Answer::json(summary(&json!([farther]), &json!([]))), "far future"),
        ("thousand", Answer::json(summary(&thousand, &json!([]))), "1000 incidents"),
        ("hundred", Answer::json(summary(&hundred, &json!([]))), "open incidents, more than 80"),
        ("past", Answer::json(summary(&past, &json!([]))), "1000 incidents"),
        ("broken", Answer::broken("{\"page\""), "broke off"),
        ("other-shape", Answer::json("[1, 2]"), ""),
        ("gone", Answer::new(404, fine()), "HTTP 404"),
        ("private", Answer::new(401, "{}"), "HTTP 401"),
        ("failing", Answer::new(503, "{}"), "HTTP 503"),
    ];
    for (name, answer, telling) in cases {
        server.set(&format!("/{name}"), answer);
        let reason = refusal(&*feed_at(&http, &server.url(&format!("/{name}")))).await;
        assert!(!reason.is_empty() && reason.contains(telling), "{name}: {reason}");
        let other = fresh(&*feed_at(&http, &server.url("/fine")), &Ask::default()).await;
        assert_eq!(other.condition, Condition::Operational, "after {name}");
    }
}

/// Where a page of this kind has its documents, the one that is its source's address first.
fn paths(kind: SourceKind) -> &'static [&'static str] {
    if kind == SourceKind::Instatus {
        &["/summary.json", "/v3/components.json"]
    } else if kind == SourceKind::UptimeKuma {
        &["/api/status-page/all", "/api/status-page/heartbeat/all"]
    } else if kind == SourceKind::Cachet {
        &["/api/v1/components", "/api/v1/incidents", "/api/v1/schedules"]
    } else if kind == SourceKind::Sorry {
        &["/api/v1/status.json", "/api/v1/components", "/api/v1/notices"]
    } else {
        &[SUMMARY]
    }
}

#[tokio::test]
async fn every_format_refuses_what_is_no_document_and_says_why() {
    let server = FeedServer::start().await;
    let http = http();
    let zeros_gz = include_bytes!("../data/compressed/zeros.gz");
    let bomb = Answer::endless(*zeros_gz, *zeros_gz).header("content-encoding", "gzip");
    let cases = [
        ("html", Answer::html("<!DOCTYPE html><html><body>We are operational</body></html>"), ""),
        ("moved", Answer::json("{\"message\": \"This page has moved\"}"), ""),
        ("empty", Answer::json(""), "empty"),
        ("blank", Answer::json("\r\n \r\n"), ""),
        ("gzip bomb", bomb, "larger than 5120 KiB"),
        ("picture", Answer::new(200, fine()).header("content-type", "image/png"), "image/png"),
        ("broken off", Answer::broken("{\"page\""), "broke off"),
        ("failing", Answer::new(503, fine()), "HTTP 503"),
    ];
    // A probe measures, and a page that says it in a sentence may well say none.
    for kind in SourceKind::ALL.into_iter().filter(|kind| *kind != SourceKind::Http) {
        for (name, answer, telling) in &cases {
            for path in paths(kind) {
                server.set(path, answer.clone());
            }
            let feed =
                feeds::open(&Source::new(kind, &server.url(paths(kind)[0])), &http, &Controls::new(&http, Vec::new()));
            match feed.read(&Ask::default()).await {
                Err(FeedError::Unreadable { reason }) => {
                    assert!(!reason.is_empty() && reason.contains(telling), "{}, {name}: {reason}", kind.word());
                }
                Ok(Reading::Fresh(seen)) if kind == SourceKind::Html => {
                    assert_eq!((seen.condition, seen.incidents), (Condition::Unknown, Vec::new()), "{name}");
                }
                other => panic!("{}, {name}: expected an unreadable source, got {other:?}", kind.word()),
            }
        }
    }
}

#[tokio::test]
async fn the_past_is_asked_for_where_it_stands_and_only_then() {
    let server = FeedServer::start().await;
    let http = http();
    let first = Ask { open: Vec::new(), catch_up: true, whole: false };
    for (kind, current, past, documents) in [
        (SourceKind::Slack, "/api/v2.0.0/current", "/api/v2.0.0/history", ["slack/current.json", "slack/history.json"]),
        (
            SourceKind::Heroku,
            "/api/v4/current-status",
            "/api/v4/incidents",
            ["heroku/current-status.json", "heroku/incidents.json"],
        ),
        (
            SourceKind::Salesforce,
            "/v1/incidents/active",
            "/v1/incidents",
            ["salesforce/active.json", "salesforce/past.json"],
        ),
    ] {
        let [now, then] = documents.map(|name| std::fs::read(format!("tests/data/feeds/{name}")).unwrap());
        server.set(current, Answer::json(now.clone()));
        server.set(past, Answer::json(then));
        let feed = feeds::open(&Source::new(kind, &server.url(current)), &http, &Controls::new(&http, Vec::new()));
        let alone = feeds::parse(kind, &now, None, &[]).unwrap();
        let both = fresh(&*feed, &first).await;
        assert!(both.incidents.len() > alone.incidents.len(), "{both:?}");
        assert_eq!(both.condition, alone.condition, "the past says nothing of the present");
        assert!(both.incidents.is_sorted_by_key(|incident| std::cmp::Reverse(incident.started_at)));
        assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
        assert_eq!(server.asked(past).len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_at_all_is_given_up() {
    let server = FeedServer::start().await;
    server.set("/", Answer::silence());
    let limits = HttpLimits { timeout: Duration::from_millis(50), ..HttpLimits::default() };
    let feed = feed_at(&Http::new(limits).unwrap(), &server.url("/"));
    assert_eq!(refusal(&*feed).await, "no answer within 50 ms");
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up_in_time() {
    let server = FeedServer::start().await;
    // Empty blocks without end: bytes keep coming and no body ever grows out of them.
    let (gzip_header, empty_block) = ([31, 139, 8, 0, 0, 0, 0, 0, 0, 3], [0, 0, 0, 255, 255]);
    server.set("/", Answer::endless(gzip_header, empty_block).header("content-encoding", "gzip"));
    let limits = HttpLimits { timeout: Duration::from_millis(100), ..HttpLimits::default() };
    let feed = feed_at(&Http::new(limits).unwrap(), &server.url("/"));
    assert_eq!(refusal(&*feed).await, "no complete answer within 100 ms");
}

#[tokio::test]
async fn a_port_where_nobody_listens_refuses() {
    let port = deserted_port().await;
    let reason = refusal(&*feed_at(&http(), &format!("http://me:secret@127.0.0.1:{port}/feed?token=secret"))).await;
    assert_eq!(reason, format!("connection refused by 127.0.0.1:{port}"));
}

#[tokio::test]
async fn a_host_that_speaks_no_tls_is_told_apart() {
    let server = FeedServer::start().await;
    let reason = refusal(&*feed_at(&http(), &server.url("/").replace("http://", "https://"))).await;
    assert!(reason.starts_with("TLS with 127.0.0.1:"), "{reason}");
}

#[tokio::test]
async fn an_address_that_is_none_is_unreadable() {
    assert!(refusal(&*feed_at(&http(), "status.example")).await.contains("address"));
    assert!(refusal(&*feed_at(&http(), "ftp://status.example/")).await.contains("neither http nor https"));
}

#[tokio::test]
async fn a_bomb_stops_at_the_limit() {
    let server = FeedServer::start().await;
    let zeros_br = include_bytes!("../data/compressed/zeros.br");
    server.set("/br", Answer::new(200, *zeros_br).header("content-encoding", "br"));
    assert!(refusal(&*feed_at(&http(), &server.url("/br"))).await.contains("larger than"));
    let zeros_gz = include_bytes!("../data/compressed/zeros.gz");
    server.set("/gz", Answer::endless(*zeros_gz, *zeros_gz).header("content-encoding", "gzip"));
    assert!(refusal(&*feed_at(&http(), &server.url("/gz"))).await.contains("larger than"));
    // Each piece is 10 MiB of zeros; what is beyond the first only filled the socket's buffers.
    assert!(server.chunks() < 2_000, "{} pieces were taken", server.chunks());
}

#[tokio::test]
async fn gzip_and_brotli_are_asked_for_and_read() {
    let server = FeedServer::start().await;
    let (gz, br) = (
        include_bytes!("../data/compressed/summary.json.gz").to_vec(),
        include_bytes!("../data/compressed/summary.json.br").to_vec(),
    );
    for (path, encoding, body) in [("/gz", "gzip", gz), ("/br", "br", br)] {
        server.set(path, Answer::json(body).header("content-encoding", encoding));
        let observation = fresh(&*feed_at(&http(), &server.url(path)), &Ask::default()).await;
        assert_eq!(observation.service.as_deref(), Some("Harbour"));
        let accepted = server.asked(path)[0]["accept-encoding"].to_str().unwrap().to_owned();
        assert!(accepted.contains(encoding), "{accepted}");
    }
}

#[tokio::test]
async fn requests_say_who_asks() {
    let server = FeedServer::start().await;
    server.set("/", Answer::json(fine()));
    fresh(&*feed_at(&http(), &server.url("/")), &Ask::default()).await;
    let agent = server.asked("/")[0]["user-agent"].to_str().unwrap().to_owned();
    assert_eq!(agent, format!("foghorn/{} (status monitor)", env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn validators_are_sent_back_as_they_came() {
    let server = FeedServer::start().await;
    let http = http();
    let cases = [
        ("etag", "W/\"weak one\"", "if-none-match"),
        ("last-modified", "Tue, 01 Sep 2026 10:00:00 GMT", "if-modified-since"),
    ];
    for (header, value, sent_back) in cases {
        let path = format!("/{header}");
        server.set(&path, Answer::json(fine()).header(header, value));
        let feed = feed_at(&http, &server.url(&path));
        fresh(&*feed, &Ask::default()).await;
        assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
        let asked = server.asked(&path);
        assert!(asked[0].get(sent_back).is_none());
        assert_eq!(asked[1][sent_back], value);
    }
}

#[tokio::test]
async fn the_same_bytes_are_unchanged_without_any_validator() {
    let server = FeedServer::start().await;
    server.set("/", Answer::json(fine()));
    let feed = feed_at(&http(), &server.url("/"));
    fresh(&*feed, &Ask::default()).await;
    assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
    server.set("/", Answer::json(summary(&json!([incident("a", "investigating")]), &json!([]))));
    assert_eq!(ids(&fresh(&*feed, &Ask::default()).await), ["a"]);
}

#[tokio::test]
async fn an_unreadable_document_is_asked_for_again() {
    let server = FeedServer::start().await;
    server.set("/", Answer::json("{}").header("etag", "\"1\""));
    let feed = feed_at(&http(), &server.url("/"));
    refusal(&*feed).await;
    refusal(&*feed).await;
    assert!(server.asked("/")[1].get("if-none-match").is_none());
}

#[tokio::test]
async fn a_host_that_asks_to_wait_is_left_alone() {
    let (server, other) = (FeedServer::start().await, FeedServer::start().await);
    let http = http();
    server.set("/a", Answer::new(429, "").header("retry-after", "120"));
    server.set("/b", Answer::json(fine()));
    other.set("/", Answer::json(fine()));
    let later = |error| match error {
        FeedError::Later { after } => after,
        FeedError::Unreadable { reason } => panic!("{reason}"),
    };
    let feed = feed_at(&http, &server.url("/a"));
    assert_eq!(later(feed.read(&Ask::default()).await.unwrap_err()), Duration::from_secs(120));
    assert!(later(feed.read(&Ask::default()).await.unwrap_err()) > Duration::from_secs(60));
    assert!(
        later(feed_at(&http, &server.url("/b")).read(&Ask::default()).await.unwrap_err()) > Duration::from_secs(60)
    );
    assert_eq!(server.paths(), ["/a"]);
    fresh(&*feed_at(&http, &other.url("/")), &Ask::default()).await;
}

#[tokio::test]
async fn a_date_to_come_back_is_counted_from_the_servers_own_time() {
    let server = FeedServer::start().await;
    let answer = Answer::new(503, "")
        .header("date", "Tue, 01 Sep 2026 10:00:00 GMT")
        .header("retry-after", "Tue, 01 Sep 2026 10:05:00 GMT");
    server.set("/", answer);
    let error = feed_at(&http(), &server.url("/")).read(&Ask::default()).await.unwrap_err();
    assert!(matches!(error, FeedError::Later { after } if after == Duration::from_secs(300)), "{error:?}");
}

#[tokio::test]
async fn a_host_never_has_more_than_two_requests_to_answer() {
    let (server, other) = (FeedServer::start().await, FeedServer::start().await);
    let http = http();
    let gate = Arc::new(Semaphore::new(0));
    server.set("/", Answer::json(fine()).behind(&gate));
    other.set("/", Answer::json(fine()));
    let feeds: Vec<_> = (0..6).map(|_| feed_at(&http, &server.url("/"))).collect();
    let ask = Ask::default();
    let polls = join_all(feeds.iter().map(|feed| fresh(&**feed, &ask)));
    let conductor = async {
        server.until_in_flight(2).await;
        // Time enough for the others to come if nothing held them back; and they hold back nobody else.
        for _ in 0..20 {
            fresh(&*feed_at(&http, &other.url("/")), &Ask::default()).await;
        }
        gate.add_permits(6);
    };
    tokio::join!(polls, conductor);
    assert_eq!(server.most_in_flight(), 2);
    assert_eq!(server.asked("/").len(), 6);
}

#[tokio::test]
async fn requests_in_flight_are_limited_over_all_hosts() {
    let http = Http::new(HttpLimits { concurrency: 1, ..HttpLimits::default() }).unwrap();
    let (held, other) = (FeedServer::start().await, FeedServer::start().await);
    let gate = Arc::new(Semaphore::new(0));
    held.set("/", Answer::json(fine()).behind(&gate));
    other.set("/", Answer::json(fine()));
    let (first, second) = (feed_at(&http, &held.url("/")), feed_at(&http, &other.url("/")));
    let ask = Ask::default();
    let polls = async { tokio::join!(fresh(&*first, &ask), fresh(&*second, &ask)) };
    let conductor = async {
        held.until_in_flight(1).await;
        // Time enough for the other request to arrive if nothing held it back.
        let bystander = FeedServer::start().await;
        bystander.set("/", Answer::json(fine()));
        let free = self::http();
        for _ in 0..20 {
            fresh(&*feed_at(&free, &bystander.url("/")), &ask).await;
        }
        let asked_while_held = other.paths().len();
        gate.add_permits(1);
        asked_while_held
    };
    let (_, asked_while_held) = tokio::join!(polls, conductor);
    assert_eq!((asked_while_held, other.paths().len()), (0, 1));
}

#[tokio::test]
async fn connections_are_used_again() {
    let server = FeedServer::start().await;
    server.set("/", Answer::json(fine()).header("etag", "\"1\""));
    let feed = feed_at(&http(), &server.url("/"));
    for _ in 0..5 {
        feed.read(&Ask::default()).await.unwrap();
    }
    assert_eq!((server.asked("/").len(), server.connections()), (5, 1));
}

#[tokio::test]
async fn connections_are_kept_for_so_many_hosts_and_no_more() {
    let (first, second) = (FeedServer::start().await, FeedServer::start().await);
    let http = Http::new(HttpLimits { kept_hosts: 1, ..HttpLimits::default() }).unwrap();
    for server in [&first, &second] {
        server.set("/", Answer::json(fine()));
        let feed = feed_at(&http, &server.url("/"));
        for _ in 0..3 {
            feed.read(&Ask::default()).await.unwrap();
        }
    }
    assert_eq!((first.connections(), second.connections()), (1, 3));
}

#[tokio::test]
async fn redirects_are_followed_five_times_and_no_more() {
    let server = FeedServer::start().await;
    server.set("/6", Answer::json(fine()));
    for hop in 0..6 {
        server.set(&format!("/{hop}"), Answer::redirect(301, &format!("/{}", hop + 1)));
    }
    let http = http();
    fresh(&*feed_at(&http, &server.url("/1")), &Ask::default()).await;
    assert_eq!(refusal(&*feed_at(&http, &server.url("/0"))).await, "more than 5 redirects");
}

#[tokio::test]
async fn a_vanished_incident_is_looked_up_in_the_history() {
    let server = FeedServer::start().await;
    server.set(SUMMARY, Answer::json(summary(&json!([incident("a", "investigating")]), &json!([]))));
    let feed = feed_at(&http(), &server.url(SUMMARY));
    fresh(&*feed, &Ask::default()).await;
    server.set(SUMMARY, Answer::json(fine()).header("etag", "\"2\""));
    server.set(INCIDENTS, history("incidents", &json!([incident("a", "resolved"), incident("old", "resolved")])));
    let observation = fresh(&*feed, &missing(&["a"])).await;
    assert_eq!(ids(&observation), ["a", "old"]);
    assert!(observation.incidents[0].is_closed());
    assert_eq!(observation.condition, Condition::Operational);
    assert_eq!(server.paths(), [SUMMARY, SUMMARY, INCIDENTS]);
}

#[tokio::test]
async fn the_history_is_read_though_the_document_did_not_change() {
    let server = FeedServer::start().await;
    server.set(SUMMARY, Answer::json(fine()).header("etag", "\"1\""));
    let feed = feed_at(&http(), &server.url(SUMMARY));
    fresh(&*feed, &Ask::default()).await;
    server.set(INCIDENTS, history("incidents", &json!([incident("a", "resolved")])));
    assert_eq!(ids(&fresh(&*feed, &missing(&["a"])).await), ["a"]);
    // What came from the history is not taken for part of the document.
    assert_eq!(ids(&fresh(&*feed, &missing(&["a"])).await), ["a"]);
    assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
}

#[tokio::test]
async fn nothing_is_looked_up_while_nothing_is_missing() {
    let server = FeedServer::start().await;
    let body = summary(&json!([incident("a", "investigating")]), &json!([maintenance("m", "scheduled")]));
    server.set(SUMMARY, Answer::json(body).header("etag", "\"1\""));
    let feed = feed_at(&http(), &server.url(SUMMARY));
    fresh(&*feed, &missing(&["a", "m"])).await;
    assert_eq!(feed.read(&missing(&["a", "m"])).await.unwrap(), Reading::Unchanged);
    assert_eq!(server.paths(), [SUMMARY, SUMMARY]);
}

#[tokio::test]
async fn a_vanished_maintenance_is_looked_up_after_the_incidents() {
    let server = FeedServer::start().await;
    server.set(SUMMARY, Answer::json(fine()));
    server.set(INCIDENTS, history("incidents", &json!([])));
    server.set(MAINTENANCES, history("scheduled_maintenances", &json!([maintenance("m", "completed")])));
    let feed = feed_at(&http(), &server.url(SUMMARY));
    assert_eq!(ids(&fresh(&*feed, &missing(&["m"])).await), ["m"]);
    assert_eq!(server.paths(), [SUMMARY, INCIDENTS, MAINTENANCES]);
}

#[tokio::test]
async fn after_a_gap_the_history_is_read_once() {
    let server = FeedServer::start().await;
    server.set(SUMMARY, Answer::json(fine()));
    server.set(INCIDENTS, history("incidents", &json!([incident("meanwhile", "resolved")])));
    let feed = feed_at(&http(), &server.url(SUMMARY));
    let observation = fresh(&*feed, &Ask { open: Vec::new(), catch_up: true, whole: false }).await;
    assert_eq!(ids(&observation), ["meanwhile"]);
    assert_eq!(server.paths(), [SUMMARY, INCIDENTS]);
}

#[tokio::test]
async fn a_history_that_cannot_be_read_spoils_nothing() {
    let server = FeedServer::start().await;
    server.set(SUMMARY, Answer::json(summary(&json!([incident("b", "identified")]), &json!([]))));
    server.set(INCIDENTS, Answer::html("<html></html>"));
    let feed = feed_at(&http(), &server.url(SUMMARY));
    assert_eq!(ids(&fresh(&*feed, &missing(&["a"])).await), ["b"]);
}

#[tokio::test]
async fn a_reading_tells_which_page_answered() {
    let (old, new) = (FeedServer::start().await, FeedServer::start().await);
    old.set("/", Answer::redirect(302, &new.url("/summary.json").replace("127.0.0.1", "localhost")));
    new.set("/summary.json", Answer::json(fine()));
    let page = fresh(&*feed_at(&http(), &old.url("/")), &Ask::default()).await.page;
    assert_eq!((page.id.as_deref(), page.host.as_deref()), (Some("kctbh9vrtdwd"), Some("localhost")));
}

#[tokio::test]
async fn a_page_that_moved_to_another_vendor_is_unreadable_and_the_host_is_named() {
    let (old, new) = (FeedServer::start().await, FeedServer::start().await);
    old.set("/", Answer::redirect(301, &new.url("/").replace("127.0.0.1", "localhost")));
    new.set("/", Answer::html("<!DOCTYPE html><html><body>Our new status page</body></html>"));
    let reason = refusal(&*feed_at(&http(), &old.url("/"))).await;
    assert_eq!(reason, "an HTML page instead of statuspage; the address leads to localhost");
}

#[tokio::test]
async fn whatever_another_host_answers_instead_of_a_document_the_host_is_named() {
    let (old, new) = (FeedServer::start().await, FeedServer::start().await);
    old.set("/", Answer::redirect(302, &new.url("/").replace("127.0.0.1", "localhost")));
    for (answer, expect) in [
        (Answer::new(404, "{}"), "HTTP 404"),
        (Answer::new(401, ""), "HTTP 401"),
        (Answer::new(500, "oops"), "HTTP 500"),
        (Answer::json(""), "the answer is empty"),
        (
            Answer::new(200, "x").header("content-type", "image/png"),
            "the answer is image/png, which is no status document",
        ),
    ] {
        new.set("/", answer);
        let reason = refusal(&*feed_at(&http(), &old.url("/"))).await;
        assert_eq!(reason, format!("{expect}; the address leads to localhost"));
    }
    // At the host that was asked there is nothing to say of it.
    old.set("/", Answer::redirect(302, "/gone"));
    old.set("/gone", Answer::new(404, "{}"));
    assert_eq!(refusal(&*feed_at(&http(), &old.url("/"))).await, "HTTP 404");
}

#[tokio::test]
async fn a_document_that_was_not_taken_in_is_read_again_though_it_did_not_change() {
    let server = FeedServer::start().await;
    server.set("/", Answer::json(fine()).header("etag", "\"1\""));
    let feed = feed_at(&http(), &server.url("/"));
    fresh(&*feed, &Ask::default()).await;
    fresh(&*feed, &Ask { whole: true, ..Ask::default() }).await;
    assert!(server.asked("/")[1].get("if-none-match").is_none());
    assert_eq!(feed.read(&Ask::default()).await.unwrap(), Reading::Unchanged);
}

#[tokio::test]
async fn a_json_document_is_read_by_the_paths_of_its_source() {
    let server = FeedServer::start().await;
    let url = server.url("/state.json");
    let rule = JsonRule {
        condition: Some("$.lights[*].colour".to_owned()),
        values: vec![("green".to_owned(), Condition::Operational), ("red".to_owned(), Condition::MajorOutage)],
        ..JsonRule::default()
    };
    let source = Source { json: Some(Box::new(rule)), ..Source::new(SourceKind::Json, &url) };
    let feed = feeds::open(&source, &http(), &Controls::new(&http(), Vec::new()));
    server.set("/state.json", Answer::json(r#"{"lights": [{"colour": "green"}, {"colour": "RED"}]}"#));
    assert_eq!(fresh(&*feed, &Ask::default()).await.condition, Condition::MajorOutage);
    server.set("/state.json", Answer::json(r#"{"lamps": []}"#));
    assert_eq!(refusal(&*feed).await, "nothing stands at $.lights[*].colour");
    let wrong = JsonRule { condition: Some("$.lights[".to_owned()), ..JsonRule::default() };
    let source = Source { json: Some(Box::new(wrong)), ..source };
    let feed = feeds::open(&source, &http(), &Controls::new(&http(), Vec::new()));
    assert!(refusal(&*feed).await.starts_with("$.lights[ is no JSONPath"));
}

#[tokio::test]
async fn what_was_found_at_an_address_can_be_read_from_now_on() {
    let server = FeedServer::start().await;
    server.set("/", Answer::html("<!DOCTYPE html><html><head><title>Harbour</title></head></html>"));
    server.set(SUMMARY, Answer::json(fine()));
    let found = feeds::discover(&server.url("/").parse().unwrap(), &http()).await.unwrap();
    assert_eq!(
        (found.kind, found.title.as_deref(), found.moved_to.as_deref()),
        (SourceKind::Statuspage, Some("Harbour"), None)
    );
    let source = found.source();
    assert_eq!(source.url, server.url(SUMMARY));
    let feed = feeds::open(&source, &http(), &Controls::new(&http(), Vec::new()));
    assert_eq!(fresh(&*feed, &Ask::default()).await.condition, Condition::Operational);
}
