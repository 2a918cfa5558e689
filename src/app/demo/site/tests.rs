use chrono::{DateTime, Utc};
use serde_json::Value;

use super::*;

fn scenario(id: &str) -> Scenario {
    Scenario::all().unwrap().into_iter().find(|scenario| scenario.service.id.as_str() == id).unwrap()
}

/// The document of a service a while after its story's start.
fn summary(scenario: &Scenario, after: &str) -> Value {
    serde_json::from_str(&documents::summary(&scene(scenario, after), "http://127.0.0.1:1/x/status")).unwrap()
}

fn scene<'a>(scenario: &'a Scenario, after: &str) -> Scene<'a> {
    Scene::at(scenario, later(scenario, after))
}

fn later(scenario: &Scenario, after: &str) -> DateTime<Utc> {
    scenario.start + humantime::parse_duration(after).unwrap()
}

#[test]
fn the_official_word_comes_after_what_is_measured() {
    let whatsapp = scenario("whatsapp");
    assert_eq!(scene(&whatsapp, "1m").front_page, FrontPage::Down);
    assert_eq!(summary(&whatsapp, "1m")["status"]["indicator"], "none");
    assert_eq!(summary(&whatsapp, "48m")["status"]["indicator"], "critical");
}

#[test]
fn a_front_page_is_slow_before_it_is_well_again() {
    let spotify = scenario("spotify");
    assert_eq!(scene(&spotify, "1m").front_page, FrontPage::Slow);
    assert_eq!(scene(&spotify, "3h").front_page, FrontPage::Up);
}

#[test]
fn an_incident_leaves_the_summary_when_it_is_over_and_stays_in_the_history() {
    let whatsapp = scenario("whatsapp");
    let open = summary(&whatsapp, "2h");
    assert_eq!(open["incidents"][0]["status"], "identified");
    assert_eq!(open["incidents"][0]["resolved_at"], Value::Null);
    assert_eq!(open["incidents"][0]["incident_updates"][0]["status"], "identified");
    assert_eq!(open["incidents"][0]["incident_updates"][1]["display_at"], "2026-03-18T14:50:00.000Z");
    assert_eq!(summary(&whatsapp, "4h")["incidents"], Value::Array(vec![]));
    let history: Value = serde_json::from_str(&documents::incidents(&scene(&whatsapp, "4h"), "http://x")).unwrap();
    assert_eq!(history["incidents"][0]["status"], "resolved");
    assert_eq!(history["incidents"][0]["resolved_at"], "2026-03-18T17:08:00.000Z");
}

#[test]
fn planned_work_is_announced_begun_and_over() {
    let tiktok = scenario("tiktok");
    let ahead = summary(&tiktok, "1h");
    assert_eq!(ahead["scheduled_maintenances"][0]["status"], "scheduled");
    assert_eq!(ahead["scheduled_maintenances"][0]["scheduled_for"], "2026-05-20T02:00:00.000Z");
    assert_eq!(ahead["scheduled_maintenances"][0]["scheduled_until"], "2026-05-20T05:00:00.000Z");
    let running = summary(&tiktok, "19h");
    assert_eq!(running["scheduled_maintenances"][0]["status"], "in_progress");
    assert_eq!(running["components"][0]["status"], "under_maintenance");
    assert_eq!(running["status"]["indicator"], "maintenance");
    assert_eq!(summary(&tiktok, "21h")["scheduled_maintenances"], Value::Array(vec![]));
    let all = documents::maintenances(&scene(&tiktok, "21h"), "http://x");
    assert_eq!(serde_json::from_str::<Value>(&all).unwrap()["scheduled_maintenances"][0]["status"], "completed");
}

#[test]
fn feeds_are_rss_with_an_item_for_each_incident_and_the_newest_word_first() {
    let fiverr = scenario("fiverr");
    let before = documents::rss(&scene(&fiverr, "1m"), Feed::History, "http://x/status");
    let feed = feed_rs::parser::parse(before.as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), 1);
    let during = documents::rss(&scene(&fiverr, "33h"), Feed::History, "http://x/status");
    let feed = feed_rs::parser::parse(during.as_bytes()).unwrap();
    let newest = &feed.entries[0];
    assert_eq!(newest.id, "fv-storage");
    assert_eq!(newest.published, Some(later(&fiverr, "32h")));
    let body = newest.summary.as_ref().unwrap().content.as_str();
    assert!(body.find("<strong>Identified</strong>") < body.find("<strong>Investigating</strong>"), "{body}");
    let forum = documents::rss(&scene(&fiverr, "10h"), Feed::Forum, "http://x/status");
    assert_eq!(feed_rs::parser::parse(forum.as_bytes()).unwrap().entries[0].id, "fv-forum-down");
}

#[test]
fn words_with_marks_of_their_own_stay_words_in_a_feed() {
    let text = include_str!("../scenarios/fiverr.toml").replace("Neither the site", "1 < 2 & <b>still</b>");
    let scenario: Scenario = toml::from_str(&text).unwrap();
    let forum = documents::rss(&scene(&scenario, "10h"), Feed::Forum, "http://x/status");
    let feed = feed_rs::parser::parse(forum.as_bytes()).unwrap();
    let body = feed.entries[0].summary.as_ref().unwrap().content.as_str();
    assert!(body.contains("1 &lt; 2 &amp; &lt;b&gt;still"), "{body}");
}

#[tokio::test]
async fn a_known_document_is_not_sent_again() {
    let scenarios = Scenario::all().unwrap();
    // A calendar that has not begun stands still.
    let clock = Arc::new(DemoClock::new(&[vec![DateTime::UNIX_EPOCH]], 0, Duration::ZERO, Duration::ZERO));
    let site = Site::open(scenarios, clock, Duration::ZERO).unwrap();
    let base = site.base().to_owned();
    let stop = CancellationToken::new();
    let visit = async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{base}/whatsapp/{SUMMARY}");
        let first = client.get(&url).send().await.unwrap();
        let tag = first.headers()[header::ETAG.as_str()].clone();
        assert_eq!(first.status(), 200);
        let again = client.get(&url).header(header::IF_NONE_MATCH.as_str(), tag).send().await.unwrap();
        assert_eq!(again.status(), 304);
        assert_eq!(client.get(format!("{base}/whatsapp/")).send().await.unwrap().status(), 200);
        assert_eq!(client.get(format!("{base}/myspace/")).send().await.unwrap().status(), 404);
        stop.cancel();
    };
    let (served, ()) = tokio::join!(site.run(stop.clone()), visit);
    served.unwrap();
}
