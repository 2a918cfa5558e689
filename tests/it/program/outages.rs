//! What a subscribed console is told about an outage, and what one that did not ask is not.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, time::timeout};

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Posted, StatusPage, rss},
    program::{Home, Program, alerts, service},
};

/// A second service that breaks: when its alert is printed, those that came before are printed as well.
async fn until_told_of_another(program: &mut Program, other: &StatusPage<'_>, title: &str) {
    other.until_read().await;
    other.show(&[Posted::new(title, title, "minor")]);
    program.message_with(title);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_on_a_status_page_is_told_from_its_beginning_to_its_end_and_nothing_twice() {
    let server = FeedServer::start().await;
    let (page, other) = (StatusPage::new(&server, "acme"), StatusPage::new(&server, "another"));
    let home = Home::new(&(page.service("Acme") + &other.service("Another")));
    let mut program = home.start();
    assert!(program.ask("/subscribe acme").contains("This chat now hears about Acme"));
    program.ask("/subscribe another");

    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = program.message_with("Acme: major outage");
    assert!(alert.contains("Log-in fails") && alert.contains("We look into it"), "{alert}");
    assert!(alert.contains("State: investigating") && alert.contains("Official: the provider says so"), "{alert}");
    let status = program.ask("/status acme");
    assert!(status.contains("Acme: major outage") && status.contains("Log-in fails"), "{status}");

    // The same once more, byte for byte another document; a title edited; the update re-sent in other words.
    let mut edited = outage.clone();
    edited.title = "Log-in fails for everyone".to_owned();
    edited.updates[0].1 = "We look into it very hard.".to_owned();
    page.show(std::slice::from_ref(&edited));
    page.until_read_often().await;
    until_told_of_another(&mut program, &other, "Something else").await;
    assert_eq!(alerts(&program.printed()), ["Acme: major outage", "Another: degraded"]);

    let found = edited.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    let alert = program.message_with("A cable is cut.");
    assert!(alert.contains("State: cause found") && alert.contains("Log-in fails for everyone"), "{alert}");

    page.show(&[found.resolved()]);
    let recovery = program.message_with("Acme: resolved");
    assert!(recovery.contains("Duration: 2 minutes"), "{recovery}");
    page.until_read_often().await;
    let status = program.ask("/status acme");
    assert!(status.contains("Acme: operational"), "{status}");
    let expected = ["Acme: major outage", "Another: degraded", "Acme, update: major outage", "Acme: resolved"];
    assert_eq!(alerts(&program.printed()), expected);
    let story = program.ask("/incident acme");
    assert!(story.contains("A cable is cut.") && story.contains("It is over."), "{story}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_in_an_rss_history_is_told_from_its_beginning_to_its_end() {
    let server = FeedServer::start().await;
    let past = Posted { began: crate::support::page::ago(3000), ..Posted::new("p1", "Old trouble", "") }.resolved();
    server.set("/history.rss", rss("Acme", std::slice::from_ref(&past)));
    let home = Home::new(&service("acme", "Acme", "rss", &server.url("/history.rss")));
    let mut program = home.start();
    program.ask("/subscribe acme");

    let outage = Posted::new("i1", "Orders fail", "");
    server.set("/history.rss", rss("Acme", &[past.clone(), outage.clone()]));
    let alert = program.message_with(" Acme: ");
    assert!(alert.contains("Orders fail") && alert.contains("We look into it (i1)."), "{alert}");
    let outage = outage.and("identified", "A cable is cut.");
    server.set("/history.rss", rss("Acme", &[past.clone(), outage.clone()]));
    assert!(program.message_with("A cable is cut.").contains("State: cause found"));
    server.set("/history.rss", rss("Acme", &[past, outage.resolved()]));
    assert!(program.message_with("Acme: resolved").contains("Duration: 2 minutes"));
    server.until_asked_again("/history.rss", 4).await;
    program.ask("/status");
    assert_eq!(alerts(&program.printed()).len(), 3, "{}", program.printed());
    assert!(!program.printed().contains("Old trouble"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_fails_once_is_not_told_and_one_that_stays_down_is_measured() {
    let server = FeedServer::start().await;
    let (up, down) = (Answer::html("<p>Welcome</p>"), Answer::new(503, "no"));
    server.set("/", up.clone());
    let other = StatusPage::new(&server, "another");
    let home = Home::new(&(service("acme", "Acme", "http", &server.url("/")) + &other.service("Another")));
    let mut program = home.start();
    program.ask("/subscribe acme");
    program.ask("/subscribe another");
    // Two failures are one too few.
    server.set_each("/", [down.clone(), down.clone(), up.clone()]);
    server.until_asked_again("/", 5).await;
    until_told_of_another(&mut program, &other, "Something else").await;
    assert_eq!(alerts(&program.printed()), ["Another: degraded"]);

    server.set("/", down);
    let alert = program.message_with("Acme: major outage");
    assert!(alert.contains("Not reachable") && alert.contains("Measured by Foghorn; no official word"), "{alert}");
    assert!(!alert.contains("Official"), "{alert}");
    server.set("/", up);
    program.message_with("Acme: reachable again");
    server.until_asked_again("/", 5).await;
    program.ask("/status");
    assert_eq!(alerts(&program.printed()), ["Another: degraded", "Acme: major outage", "Acme: reachable again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_asked_for_is_told() {
    let server = FeedServer::start().await;
    let pages: Vec<StatusPage<'_>> =
        ["quiet", "grave", "mail", "last"].iter().map(|id| StatusPage::new(&server, id)).collect();
    let [quiet, grave, mail, last] = pages.as_slice() else { unreachable!() };
    let in_category = mail.service("Mail").replace("[[service.source]]", "category = \"post\"\n[[service.source]]");
    let home = Home::new(&[quiet.service("Quiet"), grave.service("Grave"), in_category, last.service("Last")].concat());
    let mut program = home.start();
    program.ask("/subscribe grave major_outage");
    program.ask("/subscribe post");
    program.ask("/subscribe last");

    quiet.show(&[Posted::new("q", "Nobody asked", "critical")]);
    let mild = Posted::new("g", "A little slow", "minor");
    grave.show(std::slice::from_ref(&mild));
    mail.show(&[Posted::new("m", "Letters are late", "minor")]);
    program.message_with("Letters are late");
    quiet.until_read().await;
    grave.until_read().await;
    until_told_of_another(&mut program, last, "Something else").await;
    assert_eq!(alerts(&program.printed()), ["Mail: degraded", "Last: degraded"]);

    // What grew beyond the filter is told, and so is its end.
    grave.show(&[Posted { impact: "critical", ..mild.clone() }.and("identified", "Now it is down.")]);
    assert!(program.message_with("Grave: major outage").contains("A little slow"));
    grave.show(&[mild.and("identified", "Now it is down.").resolved()]);
    program.message_with("Grave: resolved");
    assert!(!program.printed().contains("Nobody asked"), "{}", program.printed());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_speaks_german_is_told_and_answered_in_german() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::changed(&[(r#"language = "en", "#, "")], &page.service("Acme"));
    let mut command = home.command(&[]);
    command.env("LANG", "de_DE.UTF-8");
    let mut program = Program::start(command);
    assert!(program.ask("/subscribe acme").contains("Dieser Chat erfährt jetzt, wenn es Neues gibt zu: Acme."));
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = program.message_with("Acme: schwerer Ausfall");
    assert!(alert.contains("Log-in fails") && alert.contains("Stand: "), "{alert}");
    page.show(&[outage.resolved()]);
    assert!(program.message_with("Acme: behoben").contains("Dauer: 1 Minute"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_hangs_delays_nobody_else() {
    let (slow, quick) = (FeedServer::start().await, FeedServer::start().await);
    let page = StatusPage::new(&quick, "quick");
    let never = Arc::new(Semaphore::new(0));
    let hanging: String = (0..20)
        .map(|number| {
            let path = format!("/{number}");
            slow.set(&path, Answer::silence().behind(&never));
            service(&format!("slow{number}"), &format!("Slow {number}"), "statuspage", &slow.url(&path))
        })
        .collect();
    // Whoever waited for the hanging ones would wait for longer than this test does.
    let home = Home::changed(&[("timeout = \"5s\"", "timeout = \"5m\"")], &(hanging + &page.service("Quick")));
    let mut program = home.start();
    slow.until_in_flight(20).await;
    program.ask("/subscribe quick");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    program.message_with("Quick: major outage");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_for_patience_is_left_alone() {
    let (busy, quick) = (FeedServer::start().await, FeedServer::start().await);
    let page = StatusPage::new(&quick, "quick");
    busy.set("/feed", Answer::new(429, "").header("retry-after", "3600"));
    let home = Home::new(&(service("busy", "Busy", "statuspage", &busy.url("/feed")) + &page.service("Quick")));
    let mut program = home.start();
    program.ask("/status");
    timeout(Duration::from_secs(60), page.until_read_often()).await.unwrap();
    assert_eq!(busy.asked("/feed").len(), 1);
    let status = program.ask("/status busy");
    assert!(status.contains("Busy: unknown, no source can be read"), "{status}");
}
