//! `foghorn inspect` on files and addresses.

use std::io::Write as _;

use chrono::{DateTime, Utc};
use foghorn::{
    app::inspect::{Format, InspectError, inspect},
    domain::SourceKind,
    http::{Http, HttpLimits},
};
use serde_json::Value;

use crate::support::feed_server::{Answer, FeedServer};

const SUMMARY: &str = include_str!("../data/compressed/summary.json");

fn now() -> DateTime<Utc> {
    "2026-09-01T10:00:00Z".parse().unwrap()
}

async fn seen(target: &str, kind: Option<SourceKind>) -> Result<Value, InspectError> {
    let http = Http::new(HttpLimits::default()).unwrap();
    let text = inspect(target, kind, Format::Json, &http, now()).await?;
    Ok(serde_json::from_str(&text).unwrap())
}

fn file_with(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[tokio::test]
async fn a_file_is_read_without_being_told_its_kind() {
    let file = file_with(SUMMARY);
    let object = seen(file.path().to_str().unwrap(), None).await.unwrap();
    assert_eq!(object["kind"], "statuspage");
    assert_eq!(object["service"], "Harbour");
    assert_eq!(object["condition"], "operational");
    assert_eq!(object["observed_at"], "2026-09-01T10:00:00Z");
}

#[tokio::test]
async fn the_text_is_for_people() {
    let file = file_with(SUMMARY);
    let http = Http::new(HttpLimits::default()).unwrap();
    let text = inspect(file.path().to_str().unwrap(), None, Format::Text, &http, now()).await.unwrap();
    assert!(text.starts_with("Harbour: operational\n"), "{text}");
}

#[tokio::test]
async fn the_address_of_a_page_leads_to_its_document() {
    let server = FeedServer::start().await;
    server.set("/", Answer::html("<!DOCTYPE html><html><body>All fine</body></html>"));
    server.set("/api/v2/summary.json", Answer::json(SUMMARY));
    let object = seen(&server.url("/"), None).await.unwrap();
    assert_eq!(object["kind"], "statuspage");
    assert_eq!(server.paths(), ["/", "/api/v2/summary.json"]);
}

#[tokio::test]
async fn a_feed_that_the_page_names_is_found() {
    let server = FeedServer::start().await;
    let head = r#"<link rel="alternate" type="application/atom+xml" href="/news/feed.xml">"#;
    server.set("/status", Answer::html(&format!("<!DOCTYPE html><html><head>{head}</head></html>")));
    server.set("/news/feed.xml", Answer::json(SUMMARY));
    assert_eq!(seen(&server.url("/status"), None).await.unwrap()["service"], "Harbour");
    let paths = server.paths();
    assert_eq!(paths.get(..3).unwrap(), ["/status", "/status/api/v2/summary.json", "/api/v2/summary.json"]);
    assert_eq!(paths.last().unwrap(), "/news/feed.xml");
    assert!(paths.len() <= 11, "{paths:?}");
}

#[tokio::test]
async fn a_page_that_is_no_feed_is_named_and_few_requests_are_made() {
    let server = FeedServer::start().await;
    server.set("/", Answer::html("<!DOCTYPE html><html><body>Hello</body></html>"));
    let error = seen(&server.url("/"), None).await.unwrap_err().to_string();
    assert!(error.contains("found an HTML page") && error.contains("--kind"), "{error}");
    assert!(error.contains("also tried") && error.contains("/history.rss") && error.contains("(HTTP 404)"), "{error}");
    assert!(server.paths().len() <= 16, "{:?}", server.paths());
}

#[tokio::test]
async fn a_host_that_answers_every_path_with_the_same_page_is_soon_left_alone() {
    let server = FeedServer::start().await;
    let shell = "<!DOCTYPE html><html><head><title>App</title></head><body><div id=root></div></body></html>";
    for path in ["/", "/api/v2/summary.json", "/summary.json", "/index.json", "/history.atom"] {
        server.set(path, Answer::html(shell));
    }
    let error = seen(&server.url("/"), None).await.unwrap_err().to_string();
    assert!(error.contains("found an HTML page"), "{error}");
    assert_eq!(server.paths(), ["/", "/api/v2/summary.json", "/summary.json"]);
}

#[tokio::test]
async fn whose_page_it_is_tells_where_to_look_first() {
    let server = FeedServer::start().await;
    let footer = "<!DOCTYPE html><html><body><footer>Powered by <a href='https://firehydrant.com'>FireHydrant</a></footer></body></html>";
    server.set("/", Answer::html(footer));
    server.set("/data/payload.json", Answer::json(include_bytes!("../data/feeds/firehydrant/payload.json")));
    let object = seen(&server.url("/"), None).await.unwrap();
    assert_eq!((object["kind"].as_str(), object["service"].as_str()), (Some("firehydrant"), Some("Hutch Health")));
    assert_eq!(server.paths(), ["/", "/data/payload.json"]);
}

#[tokio::test]
async fn a_page_that_holds_its_state_itself_needs_one_request() {
    let server = FeedServer::start().await;
    server.set("/", Answer::html(include_str!("../data/feeds/pagerduty/summary.html")));
    let object = seen(&server.url("/"), None).await.unwrap();
    assert_eq!((object["kind"].as_str(), object["condition"].as_str()), (Some("pagerduty"), Some("major_outage")));
    // The document does not name its service, the page does.
    assert_eq!(object["service"], "Hutch status");
    assert_eq!(server.paths(), ["/"]);
}

#[tokio::test]
async fn people_are_told_where_the_document_was_found_and_that_the_page_has_moved() {
    let (old, new) = (FeedServer::start().await, FeedServer::start().await);
    let home = new.url("/").replace("127.0.0.1", "localhost");
    old.set("/", Answer::redirect(301, &home));
    new.set("/", Answer::html("<!DOCTYPE html><html><body>All fine</body></html>"));
    new.set("/api/v2/summary.json", Answer::json(SUMMARY));
    let http = Http::new(HttpLimits::default()).unwrap();
    let text = inspect(&old.url("/"), None, Format::Text, &http, now()).await.unwrap();
    assert!(text.contains(&format!("found at {home}api/v2/summary.json\n")), "{text}");
    assert!(text.contains("leads to another host, localhost\n"), "{text}");
    assert_eq!(old.paths(), ["/"]);
}

#[tokio::test]
async fn a_kind_that_was_named_is_looked_for_in_its_own_places_only() {
    let server = FeedServer::start().await;
    server.set("/", Answer::html("<!DOCTYPE html><html><body>All fine</body></html>"));
    server.set("/summary.json", Answer::json(SUMMARY));
    let error = seen(&server.url("/"), Some(SourceKind::Statuspage)).await.unwrap_err().to_string();
    assert!(error.contains("not statuspage: expected JSON, found an HTML page"), "{error}");
    assert_eq!(server.paths(), ["/", "/api/v2/summary.json"]);
}

#[tokio::test]
async fn a_host_that_fails_is_not_asked_on() {
    let server = FeedServer::start().await;
    server.set("/", Answer::new(503, "<html></html>"));
    let error = seen(&server.url("/?token=secret"), None).await.unwrap_err().to_string();
    assert!(error.contains("HTTP 503") && !error.contains("secret"), "{error}");
    assert_eq!(server.paths(), ["/"]);
}

#[tokio::test]
async fn a_site_is_probed_on_request() {
    let server = FeedServer::start().await;
    server.set("/", Answer::new(500, ""));
    let object = seen(&server.url("/"), Some(SourceKind::Http)).await.unwrap();
    assert_eq!(object["kind"], "http");
    assert_eq!(object["condition"], "major_outage");
    assert_eq!(object["incidents"], serde_json::json!([]));
}

#[tokio::test]
async fn a_document_that_is_no_feed_is_refused() {
    let file = file_with("{\"moved\": true}");
    let error = seen(file.path().to_str().unwrap(), None).await.unwrap_err().to_string();
    assert!(error.contains("found a JSON object with moved"), "{error}");
    let error = seen("/nowhere/at/all.json", None).await.unwrap_err();
    assert!(matches!(error, InspectError::File { .. }), "{error}");
}
