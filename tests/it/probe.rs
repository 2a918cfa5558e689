//! Probes over real HTTP: what is up, what is down, and when it is our own network.

use std::{sync::Arc, time::Duration};

use foghorn::{
    domain::{Ask, Condition, Observation, ProbeRule, Reading, Role, Source, SourceId, SourceKind},
    feeds::{self, Controls, Feed, FeedError},
    http::{Http, HttpLimits},
};

use crate::support::feed_server::{Answer, FeedServer, deserted_port};

fn http() -> Http {
    Http::new(HttpLimits::default()).unwrap()
}

fn probe(http: &Http, controls: &Arc<Controls>, url: &str, rule: ProbeRule) -> Arc<dyn Feed> {
    let source = Source {
        id: SourceId::new(SourceKind::Http, url),
        kind: SourceKind::Http,
        url: url.to_owned(),
        role: Role::Measured,
        parts: Vec::new(),
        probe: rule,
        json: None,
    };
    feeds::open(&source, http, controls)
}

async fn verdict(feed: &dyn Feed) -> Observation {
    match feed.read(&Ask::default()).await.unwrap() {
        Reading::Fresh(observation) => observation,
        other => panic!("expected a verdict, got {other:?}"),
    }
}

async fn verdict_on(answer: Answer, rule: ProbeRule) -> (Condition, Option<String>) {
    let (server, http) = (FeedServer::start().await, http());
    server.set("/", answer);
    let observation = verdict(&*probe(&http, &Controls::new(&http, Vec::new()), &server.url("/"), rule)).await;
    assert!(observation.latency_ms.is_some());
    (observation.condition, observation.remark)
}

fn with_keyword(keyword: &str) -> ProbeRule {
    ProbeRule { keyword: Some(keyword.to_owned()), ..ProbeRule::default() }
}

/// Reaches this computer on Linux and macOS, but is no loopback address.
async fn deserted_site() -> String {
    format!("http://0.0.0.0:{}/", deserted_port().await)
}

#[tokio::test]
async fn an_answer_is_up_and_a_server_error_is_down() {
    let rule = ProbeRule::default;
    assert_eq!(verdict_on(Answer::html("hello"), rule()).await, (Condition::Operational, None));
    let down = (Condition::MajorOutage, Some("HTTP 503".to_owned()));
    assert_eq!(verdict_on(Answer::new(503, "sorry"), rule()).await, down);
}

#[tokio::test]
async fn a_site_that_refuses_programs_is_up() {
    let up = (Condition::Operational, Some("HTTP 403".to_owned()));
    assert_eq!(verdict_on(Answer::new(403, "no bots"), ProbeRule::default()).await, up);
    let strict = ProbeRule { reachable: vec![(200, 299)], ..ProbeRule::default() };
    let down = (Condition::MajorOutage, Some("HTTP 403".to_owned()));
    assert_eq!(verdict_on(Answer::new(403, "no bots"), strict).await, down);
}

#[tokio::test]
async fn a_keyword_must_be_there() {
    let up = (Condition::Operational, None);
    assert_eq!(verdict_on(Answer::html("<p>Welcome aboard</p>"), with_keyword("Welcome")).await, up);
    let down = (Condition::MajorOutage, Some("keyword not found".to_owned()));
    assert_eq!(verdict_on(Answer::html("<p>Maintenance</p>"), with_keyword("Welcome")).await, down);
    let latin = Answer::new(200, *b"gr\xFC\xDFe").header("content-type", "text/html; charset=iso-8859-1");
    assert_eq!(verdict_on(latin, with_keyword("grüße")).await, up);
}

#[tokio::test]
async fn no_more_of_a_page_is_read_than_needed() {
    let endless = || Answer::endless("", vec![b'x'; 1024]);
    assert_eq!(verdict_on(endless(), ProbeRule::default()).await, (Condition::Operational, None));
    let (condition, remark) = verdict_on(endless(), with_keyword("Welcome")).await;
    assert_eq!((condition, remark.as_deref()), (Condition::MajorOutage, Some("keyword not found")));
}

#[tokio::test]
async fn a_slow_answer_is_degraded() {
    let rule = ProbeRule { slow_after: Some(Duration::ZERO), ..ProbeRule::default() };
    let (condition, remark) = verdict_on(Answer::html("hello"), rule).await;
    assert_eq!(condition, Condition::Degraded);
    assert!(remark.is_some_and(|remark| remark.starts_with("answered after")));
}

#[tokio::test]
async fn a_redirect_is_followed_to_the_site() {
    let (server, http) = (FeedServer::start().await, http());
    server.set("/", Answer::redirect(302, "/home"));
    server.set("/home", Answer::new(500, ""));
    let observation =
        verdict(&*probe(&http, &Controls::new(&http, Vec::new()), &server.url("/"), ProbeRule::default())).await;
    assert_eq!((observation.condition, observation.remark.as_deref()), (Condition::MajorOutage, Some("HTTP 500")));
}

#[tokio::test]
async fn a_site_that_does_not_answer_is_down() {
    let server = FeedServer::start().await;
    server.set("/", Answer::silence());
    let http = Http::new(HttpLimits { timeout: Duration::from_millis(50), ..HttpLimits::default() }).unwrap();
    let controls = Controls::new(&http, Vec::new());
    let silent = verdict(&*probe(&http, &controls, &server.url("/"), ProbeRule::default())).await;
    assert_eq!(silent.remark.as_deref(), Some("no answer within 50 ms"));
    let port = deserted_port().await;
    let url = format!("http://127.0.0.1:{port}/");
    let deserted = verdict(&*probe(&http, &controls, &url, ProbeRule::default())).await;
    assert_eq!(deserted.condition, Condition::MajorOutage);
    assert_eq!(deserted.remark, Some(format!("connection refused by 127.0.0.1:{port}")));
}

#[tokio::test]
async fn when_no_control_target_answers_it_is_our_own_network() {
    let http = http();
    let controls = Controls::new(&http, vec![deserted_site().await.parse().unwrap()]);
    let site = probe(&http, &controls, &deserted_site().await, ProbeRule::default());
    match site.read(&Ask::default()).await {
        Err(FeedError::Unreadable { reason }) => assert_eq!(reason, "own network: no control target answers"),
        other => panic!("expected no verdict, got {other:?}"),
    }
    // Between this computer and itself there is no network to blame.
    let local = format!("http://127.0.0.1:{}/", deserted_port().await);
    let observation = verdict(&*probe(&http, &controls, &local, ProbeRule::default())).await;
    assert_eq!(observation.condition, Condition::MajorOutage);
}

#[tokio::test]
async fn one_look_at_the_controls_serves_all_probes() {
    let (control, http) = (FeedServer::start().await, http());
    control.set("/", Answer::new(500, "any answer will do"));
    let targets = vec![deserted_site().await.parse().unwrap(), control.url("/").parse().unwrap()];
    let controls = Controls::new(&http, targets);
    let (first, second) = (deserted_site().await, deserted_site().await);
    let (first, second) =
        (probe(&http, &controls, &first, ProbeRule::default()), probe(&http, &controls, &second, ProbeRule::default()));
    let (first, second) = tokio::join!(verdict(&*first), verdict(&*second));
    assert_eq!((first.condition, second.condition), (Condition::MajorOutage, Condition::MajorOutage));
    assert_eq!(control.paths().len(), 1);
}

#[tokio::test]
async fn a_site_that_is_well_asks_no_controls() {
    let (control, site, http) = (FeedServer::start().await, FeedServer::start().await, http());
    site.set("/", Answer::html("hello"));
    let controls = Controls::new(&http, vec![control.url("/").parse().unwrap()]);
    let url = site.url("/").replace("127.0.0.1", "0.0.0.0");
    let observation = verdict(&*probe(&http, &controls, &url, ProbeRule::default())).await;
    assert_eq!(observation.condition, Condition::Operational);
    assert!(control.paths().is_empty());
}

#[tokio::test]
async fn a_site_that_is_down_and_says_until_when_stays_down_unasked() {
    let (server, http) = (FeedServer::start().await, http());
    server.set("/", Answer::new(503, "").header("retry-after", "600"));
    let site = probe(&http, &Controls::new(&http, Vec::new()), &server.url("/"), ProbeRule::default());
    assert_eq!(verdict(&*site).await.condition, Condition::MajorOutage);
    assert_eq!(verdict(&*site).await.remark.as_deref(), Some("HTTP 503"));
    assert_eq!(server.paths().len(), 1);
}

#[tokio::test]
async fn a_site_that_is_up_and_busy_is_asked_later() {
    let (server, http) = (FeedServer::start().await, http());
    server.set("/", Answer::new(429, "").header("retry-after", "600"));
    let site = probe(&http, &Controls::new(&http, Vec::new()), &server.url("/"), ProbeRule::default());
    assert_eq!(verdict(&*site).await.condition, Condition::Operational);
    assert!(matches!(site.read(&Ask::default()).await, Err(FeedError::Later { .. })));
    assert_eq!(server.paths().len(), 1);
}
