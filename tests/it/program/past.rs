//! What was over before the program first looked: people can read it, and nobody is told.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Posted, StatusPage, ago, history, rss},
    program::{Home, alerts, service},
};

const HISTORY: &str = "/acme/api/v2/incidents.json";

fn long_ago(id: &str, title: &str, hours: i64) -> Posted {
    let began = ago(hours * 60);
    Posted { began, ..Posted::new(id, title, "critical") }.and("identified", "A cable is cut.").resolved()
}

/// The titles in an answer of `/incident`, in order.
fn in_order<'t>(answer: &str, titles: &[&'t str]) -> Vec<&'t str> {
    let mut places: Vec<(usize, &str)> =
        titles.iter().filter_map(|title| Some((answer.find(title)?, *title))).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, title)| title).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_of_a_page_can_be_read_from_the_first_day_and_is_told_to_nobody() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let past = [long_ago("p1", "Flood", 900), long_ago("p2", "Storm", 90), long_ago("p3", "Drought", 9)];
    page.show(&past);
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    page.until_read_often().await;
    let titles = ["Flood", "Storm", "Drought"];
    let story = program.ask("/incident acme");
    assert_eq!(in_order(&story, &titles), ["Drought", "Storm", "Flood"], "{story}");
    assert!(story.contains("A cable is cut.") && story.contains("acme-3"), "{story}");
    assert!(!story.contains("Noticed"), "nobody here noticed it: {story}");
    assert!(program.ask("/incident acme-1").contains("Flood"));
    let status = program.ask("/status acme");
    assert!(status.contains("Acme: operational") && in_order(&status, &titles).is_empty(), "{status}");
    // Asked for once, and again only where the computer halted so long that readings may have been missed.
    let (looks, present) = (server.asked(HISTORY).len(), server.asked(&page.path()).len());
    assert!((1..=present / 2).contains(&looks), "the past is not asked for each time: {looks} of {present}");

    // It lasts, and a restart neither tells it nor keeps it twice.
    program.stop("TERM");
    let mut program = home.start();
    page.until_read_often().await;
    assert_eq!(program.ask("/incident acme"), story);

    // The next outage has the next number, and one that comes back has its own.
    let [flood, storm, drought] = past;
    let fire = Posted::new("p4", "Fire", "major");
    page.show(&[flood.clone(), storm.clone(), drought.clone(), fire.clone()]);
    program.message_with("Acme: partial outage");
    assert!(program.ask("/incident acme").contains("acme-4"));
    page.show(&[flood, storm, drought.and("investigating", "It is dry again."), fire.resolved()]);
    program.message_with("It is dry again.");
    let again = program.ask("/incident acme-3");
    assert!(
        again.contains("Drought") && again.contains("A cable is cut.") && again.contains("It is dry again."),
        "{again}"
    );
    let told = alerts(&program.printed());
    assert!(told.iter().all(|title| !title.contains("Flood") && !title.contains("Storm")), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_beside_its_page_keeps_no_story_twice_and_a_page_without_a_past_is_fine() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let bare = StatusPage::new(&server, "bare");
    server.set("/bare/api/v2/incidents.json", Answer::new(404, "nothing here"));
    let past = [long_ago("p1", "Flood", 900), long_ago("p2", "Storm", 90)];
    page.show(&past);
    server.set("/acme/history.rss", rss("acme", &past));
    let feed = format!("[[service.source]]\nkind = \"rss\"\nurl = \"{}\"\n", server.url("/acme/history.rss"));
    let home = Home::new(
        &(page.service("Acme")
            + &feed
            + &bare.service("Bare")
            + &service("second", "Second", "rss", &server.url("/acme/history.rss"))),
    );
    let mut program = home.start();
    page.until_read_often().await;
    bare.until_read_often().await;
    server.until_asked_again("/acme/history.rss", 4).await;
    let story = program.ask("/incident acme");
    assert!(story.contains("acme-2") && !program.ask("/incident acme-3").contains("Flood"), "{story}");
    let other = program.ask("/incident second");
    assert_eq!(in_order(&other, &["Flood", "Storm"]), ["Storm", "Flood"], "{other}");
    assert!(program.ask("/incident bare").contains("Bare"));
    assert_eq!(alerts(&program.printed()), [""; 0]);
    assert!(!program.logged().contains("history of a status page"), "{}", program.logged());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_older_than_the_history_is_not_kept() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let old = Posted { began: ago(0) - TimeDelta::days(3), ..long_ago("p1", "Flood", 1) };
    page.show(&[old, long_ago("p2", "Storm", 9)]);
    let home = Home::new(&("history = { keep = \"2d\" }\n".to_owned() + &page.service("Acme")));
    let mut program = home.start();
    page.until_read_often().await;
    let story = program.ask("/incident acme");
    assert!(story.contains("Storm") && !story.contains("Flood"), "{story}");
}

/// A record of Statuspage's archive, under the month it belongs to.
fn archived(code: &str, title: &str, began: DateTime<Utc>, end: Option<&str>) -> Value {
    let end = end.map_or_else(String::new, |end| format!(" - <var data-var='time'>{end}</var>"));
    let day = began.format("%b <var data-var='date'>%e</var>, <var data-var='time'>10:00</var>");
    json!({
        "name": began.format("%B").to_string(), "year": began.format("%Y").to_string().parse::<i32>().unwrap(),
        "incidents": [{"code": code, "name": title, "message": "Water everywhere.", "impact": "critical",
            "timestamp": format!("{day}{end} UTC")}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_last_year_is_found_in_the_archive_once_and_is_told_to_nobody() {
    const ARCHIVE: &str = "/acme/history.json";
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    // Notices fill the list of the latest, so that it does not go back to the outage.
    let notice = |number: i64| {
        let notice = long_ago(&format!("n{number}"), &format!("Notice {number}"), 20 + number);
        Posted { impact: "none", ..notice }
    };
    let mut posted: Vec<Posted> = (0..50).map(notice).collect();
    posted.push(Posted::new("fire", "Fire", "major"));
    page.show(&posted);
    let last_year = ago(0) - TimeDelta::days(330);
    let months = [archived("fire", "Fire", ago(12), None), archived("flood", "Great Flood", last_year, Some("11:30"))];
    let archive = json!({"page_status": {"page": {"id": "acme", "name": "acme"}}, "months": months});
    server.set(ARCHIVE, Answer::json(archive.to_string()));
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    // Each quarter that the history reaches into.
    if server.count(ARCHIVE) < 6 {
        server.until_asked_again(ARCHIVE, 6 - server.count(ARCHIVE)).await;
    }
    page.until_read_often().await;
    let story = program.ask("/incident acme");
    assert!(story.contains("We look into it (fire)."), "what goes on is shown: {story}");
    assert_eq!(story.matches("Fire").count(), 1, "{story}");
    // The notices and the fire were there before.
    let (flood, none) = (program.ask("/incident acme-52"), program.ask("/incident acme-53"));
    assert!(flood.contains("Great Flood") && !none.contains("Great Flood"), "{flood}\n{none}");
    assert_eq!(server.count(ARCHIVE), 6, "an archive that was read is not asked for again");

    let told = alerts(&program.printed());
    program.stop("TERM");
    let mut program = home.start();
    page.until_read_often().await;
    let (flood, none) = (program.ask("/incident acme-52"), program.ask("/incident acme-53"));
    assert!(flood.contains("Great Flood") && !none.contains("Great Flood"), "{flood}\n{none}");
    assert_eq!(server.count(ARCHIVE), 6, "nor after a restart");
    let told = [told, alerts(&program.printed())].concat();
    assert!(told.iter().all(|title| !title.contains("Flood")), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_that_cannot_be_read_at_first_is_there_later() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let past = [long_ago("p1", "Flood", 900), long_ago("p2", "Storm", 90)];
    page.show(&past);
    let failing = [Answer::new(500, "busy"), Answer::html("<!DOCTYPE html><html><body>Sign in</body></html>")];
    server.set_each(HISTORY, failing.into_iter().chain([history("acme", &past)]));
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    if server.count(HISTORY) < 3 {
        server.until_asked_again(HISTORY, 3 - server.count(HISTORY)).await;
    }
    page.until_read_often().await;
    let story = program.ask("/incident acme");
    assert_eq!(in_order(&story, &["Flood", "Storm"]), ["Storm", "Flood"], "{story}");
    assert!(program.ask("/status acme").contains("Acme: operational"));
    assert_eq!(alerts(&program.printed()), [""; 0]);
    assert!(!program.logged().contains("cannot be read"), "the page could be read all the time: {}", program.logged());
}
