//! What an alert looks like in each of its states, in every language.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{bot, ends_well, limits, pages, telegram};
use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Complaints, Posted, StatusPage, ago, summary},
    program::{Home, service},
    telegram::{Person, Room, Seen, Telegram},
};

/// Two people who read in different languages, and what each of them sees.
struct Readers {
    rooms: Vec<(&'static str, Room)>,
}

impl Readers {
    async fn subscribe(telegram: &Telegram, service: &str) -> Self {
        let people: [(&str, Person); 2] =
            [("en", telegram.person("Anna")), ("de", telegram.person("Berta").speaking("de"))];
        let mut rooms = Vec::new();
        for (language, person) in people {
            let room = person.private();
            person.asks(&room, &format!("/settings language {language}")).await;
            person.asks(&room, &format!("/subscribe {service}")).await;
            rooms.push((language, room));
        }
        Self { rooms }
    }

    /// What they see once each was told this in their language, without the times that differ from day to day.
    async fn see(&self, texts: [&str; 2]) -> String {
        let mut page = String::new();
        for ((language, room), text) in self.rooms.iter().zip(texts) {
            let told = |message: &Seen| {
                message.is_from_bot && message.text.contains(text) && !message.text.contains("/settings")
            };
            room.until(text, told).await;
            let seen = room.told().into_iter().rfind(told).unwrap();
            let sound = if seen.is_silent { "silent" } else { "with sound" };
            let answers = if seen.reply_to.is_some() { ", in reply" } else { "" };
            let edited = if seen.edits > 0 { ", edited" } else { "" };
            writeln!(page, "--- {language} ({sound}{answers}{edited})\n{}\n", timeless(&seen.to_string())).unwrap();
        }
        page
    }
}

/// The text without what depends on the time of day or on how quick a computer is: the program's clock is the real one. Ids,
/// lengths of time and all else are as people see them; each state at a fixed time is among the tests beside the code.
fn timeless(text: &str) -> String {
    const MONTHS: &[&str] = &[
        "Sept.", "März", "Juni", "Juli", "Jan.", "Feb.", "Apr.", "Aug.", "Okt.", "Nov.", "Dez.", "Mai", "Jan", "Feb",
        "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    const SECONDS: &[&str] = &["seconds", "second", "Sekunden", "Sekunde"];
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = |word: &str| {
        word.split_once(':')
            .is_some_and(|(hours, minutes)| is_number(hours) && is_number(minutes) && minutes.len() == 2)
    };
    let is_month = |word: &str| MONTHS.contains(&word.trim_end_matches(','));
    let lines = text.lines().map(|line| {
        let plain = line.replace('\u{2060}', "");
        let words: Vec<&str> = plain.split(' ').collect();
        let calm = words.iter().enumerate().map(|(place, word)| {
            let next = words.get(place + 1).copied().unwrap_or_default();
            let number = word.trim_end_matches('.');
            match *word {
                time if is_time(time) => "hh:mm",
                month if is_month(month) && place > 0 => "month,",
                _ if is_number(number) && is_month(next) => "day",
                _ if is_number(number) && SECONDS.iter().any(|unit| next.starts_with(unit)) => "some",
                unit if SECONDS.iter().any(|known| unit.starts_with(known)) => "seconds",
                other => other,
            }
        });
        calm.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_from_its_beginning_over_its_end_to_its_return() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = bot(&home, &telegram);
    let readers = Readers::subscribe(&telegram, "acme").await;
    let mild = Posted::new("i1", "Log-in is slow", "minor");
    page.show(std::slice::from_ref(&mild));
    insta::assert_snapshot!("opened", readers.see(["Acme: degraded", "Acme: beeinträchtigt"]).await);
    let grave = Posted { impact: "critical", ..mild.clone() }
        .and("identified", "A cable is cut, see https://status.example/i1.");
    page.show(std::slice::from_ref(&grave));
    insta::assert_snapshot!("worse", readers.see(["Acme: major outage", "Acme: schwerer Ausfall"]).await);
    let watched = grave.clone().and("monitoring", "The cable is mended.");
    page.show(std::slice::from_ref(&watched));
    insta::assert_snapshot!("updated", readers.see(["The cable is mended.", "The cable is mended."]).await);
    page.show(&[watched.clone().resolved()]);
    insta::assert_snapshot!("resolved", readers.see(["Duration:", "Dauer:"]).await);
    page.show(&[watched.resolved().and("investigating", "It is back.")]);
    insta::assert_snapshot!("returned", readers.see(["not over after all", "doch nicht vorbei"]).await);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_was_measured_and_its_end() {
    let (server, telegram) = (pages().await, telegram().await);
    let (up, down) = (Answer::html("<p>Welcome</p>"), Answer::new(503, "no"));
    server.set("/", up.clone());
    let home = Home::new(&service("acme", "Acme", "http", &server.url("/")));
    let program = bot(&home, &telegram);
    let readers = Readers::subscribe(&telegram, "acme").await;
    server.set("/", down);
    insta::assert_snapshot!("measured", readers.see(["Acme: major outage", "Acme: schwerer Ausfall"]).await);
    server.set("/", up);
    insta::assert_snapshot!("reachable", readers.see(["reachable again", "wieder erreichbar"]).await);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_people_reported_first() {
    let (server, telegram) = (pages().await, telegram().await);
    let (page, complaints) = (StatusPage::new(&server, "acme"), Complaints::new(&server));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let program = bot(&home, &telegram);
    let readers = Readers::subscribe(&telegram, "acme").await;
    page.until_read().await;
    complaints.until_read().await;
    complaints.are("many");
    insta::assert_snapshot!("reported", readers.see(["People report", "Betroffene melden"]).await);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    insta::assert_snapshot!("confirmed", readers.see(["Log-in fails", "Log-in fails"]).await);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_only_people_reported_and_its_end() {
    let (server, telegram) = (pages().await, telegram().await);
    let (page, complaints) = (StatusPage::new(&server, "acme"), Complaints::new(&server));
    let home = Home::new(&(page.service("Acme") + &complaints.source()));
    let program = bot(&home, &telegram);
    let readers = Readers::subscribe(&telegram, "acme").await;
    complaints.until_read().await;
    complaints.are("some");
    readers.see(["People report", "Betroffene melden"]).await;
    complaints.are("few");
    insta::assert_snapshot!("calm", readers.see(["no longer reported", "nicht mehr gemeldet"]).await);
    ends_well(program, &telegram);
}

/// A page with work that is planned, in some phase.
fn planned(server: &FeedServer, phases: &[&str]) {
    let at = |minutes: i64| json!(ago(-minutes).to_rfc3339());
    let update = |(index, phase): (usize, &&str)| {
        let written = at(-30 + 5 * i64::try_from(index).unwrap());
        json!({ "id": format!("u{index}"), "status": phase, "body": format!("It is {phase}."), "created_at": written,
            "display_at": written })
    };
    let updates: Vec<Value> = phases.iter().enumerate().rev().map(update).collect();
    let work = json!({ "id": "m1", "name": "New cables", "status": phases.last(), "impact": "maintenance", "created_at": at(-40),
        "scheduled_for": at(-22), "scheduled_until": at(60), "incident_updates": updates, "components": [] });
    let document = json!({ "page": { "id": "acme", "name": "acme" }, "status": { "indicator": "none" }, "components": [],
        "incidents": [], "scheduled_maintenances": [work] });
    server.set("/acme/api/v2/summary.json", Answer::json(document.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_from_its_announcement_to_its_end() {
    let (server, telegram) = (pages().await, telegram().await);
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = bot(&home, &telegram);
    let readers = Readers::subscribe(&telegram, "acme").await;
    planned(&server, &["scheduled"]);
    insta::assert_snapshot!("planned", readers.see(["maintenance planned", "Wartung geplant"]).await);
    planned(&server, &["scheduled", "in_progress"]);
    insta::assert_snapshot!("started", readers.see(["maintenance in progress", "Wartung läuft"]).await);
    planned(&server, &["scheduled", "in_progress", "completed"]);
    insta::assert_snapshot!("ended", readers.see(["maintenance over", "Wartung beendet"]).await);
    ends_well(program, &telegram);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_nobody_could_be_told_of_while_it_lasted() {
    let (server, telegram) = (pages().await, telegram().await);
    telegram.limit(limits().with_burst(4));
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = bot(&home, &telegram);
    let readers = Readers::subscribe(&telegram, "acme").await;
    ends_well(program, &telegram);
    page.answer(summary("acme", &[]));
    page.show(&[Posted { began: ago(1), ..Posted::new("i1", "Log-in fails", "critical") }.resolved()]);
    let program = bot(&home, &telegram);
    insta::assert_snapshot!("missed", readers.see(["Was down from", "Log-in fails"]).await);
    ends_well(program, &telegram);
}
