//! Status pages that chats name: found, watched, told of, and let go, as people see it.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Semaphore;

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Posted, StatusPage, summary},
    program::{Home, Program, alerts},
    telegram::Telegram,
};

/// Pages on this computer may be watched.
const PRIVATE_TOO: &str = "watch = { allow_private = true }\n";

/// A status page whose document stands below its address, as people would type it.
fn address(server: &FeedServer, id: &str) -> String {
    server.set(&format!("/{id}"), Answer::html("<!DOCTYPE html><html><head><title>Status</title></head></html>"));
    server.url(&format!("/{id}"))
}

/// The id of the page in an answer that says how it ends.
fn id_in(answer: &str) -> String {
    let (_, rest) = answer.split_once("/unwatch ").unwrap_or_else(|| panic!("it is not watched: {answer}"));
    rest.split(['`', ' ', '\n']).next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_somebody_names_is_watched_from_then_on() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(PRIVATE_TOO);
    let mut program = home.start();
    let answer = program.ask(&format!("/watch {}", address(&server, "acme")));
    assert!(answer.contains("This chat now watches acme"), "{answer}");
    assert!(answer.contains("statuspage") && answer.contains("/acme/api/v2/summary.json"), "{answer}");
    assert!(answer.contains("acme: operational"), "{answer}");
    assert_eq!(server.paths()[..2], ["/acme", "/acme/api/v2/summary.json"]);
    page.until_read().await;
    let status = program.ask("/status acme");
    assert!(status.contains("acme: operational") && !status.contains("/subscribe"), "{status}");
    assert!(program.ask("/subscriptions").contains("acme"));

    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = program.message_with("acme: major outage");
    assert!(alert.contains("Log-in fails") && alert.contains("Official"), "{alert}");
    assert!(program.ask("/incident acme").contains("We look into it (i1)."));
    page.show(&[outage.resolved()]);
    program.message_with("acme: resolved");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_going_on_there_already_is_said_and_not_told_as_news() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let home = Home::new(PRIVATE_TOO);
    let mut program = home.start();
    let answer = program.ask(&format!("/watch {} \"Our API\"", address(&server, "acme")));
    assert!(answer.contains("Our API: major outage") && answer.contains("Log-in fails"), "{answer}");
    page.until_read_often().await;
    let status = program.ask("/status our api");
    assert!(status.contains("Our API: major outage"), "{status}");
    assert_eq!(alerts(&program.printed()), Vec::<String>::new());
    page.show(&[outage, Posted::new("i2", "Uploads fail", "critical")]);
    assert!(program.message_with("Our API: major outage").contains("Uploads fail"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_confirmed_is_watched_on_after_being_killed() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(PRIVATE_TOO);
    let mut program = home.start();
    program.type_line(&format!("/watch {} \"Our API\"", address(&server, "acme")));
    program.until("This chat now watches Our API");
    program.kill();

    let mut program = home.start();
    page.until_read_often().await;
    assert!(program.ask("/subscriptions").contains("Our API"));
    // What came and went while it was down would not be news: it had not been read before it was killed.
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    assert!(program.message_with("Our API: major outage").contains("Log-in fails"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_let_go_is_not_read_any_more() {
    let server = FeedServer::start().await;
    let other = StatusPage::new(&server, "beside");
    let home = Home::new(&(PRIVATE_TOO.to_owned() + &other.service("Beside")));
    let mut program = home.start();
    program.ask("/subscribe beside");
    for (name, command) in [("acme", "/unwatch"), ("bolt", "/unsubscribe")] {
        let page = StatusPage::new(&server, name);
        let id = id_in(&program.ask(&format!("/watch {}", address(&server, name))));
        page.until_read_often().await;
        page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
        program.message_with(&format!("{name}: major outage"));
        let answer = program.ask(&format!("{command} {name}"));
        assert!(answer.contains(&format!("no longer watches {name}")) && answer.contains("Beside"), "{answer}");
        program.until_logged(&format!("a page is watched no more service={id}"));
        other.until_read().await;
        let before = server.asked(&page.path()).len();
        other.until_read_often().await;
        assert_eq!(server.asked(&page.path()).len(), before, "{command}");
        assert!(program.ask(&format!("/status {name}")).contains("is not in the catalogue"), "{command}");
    }
    let refused = program.ask("/unwatch acme");
    assert!(refused.contains("This chat watches no page"), "{refused}");
    assert!(!program.printed().contains(": resolved"), "it ends quietly: {}", program.printed());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_service_of_the_catalogue_is_that_service() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&(PRIVATE_TOO.to_owned() + &page.service("Acme")));
    let mut program = home.start();
    let answer = program.ask(&format!("/watch {}", address(&server, "acme")));
    assert!(answer.contains("is the page of Acme") && answer.contains("This chat now hears about Acme"), "{answer}");
    let answer = program.ask(&format!("/subscribe {} major_outage", server.url(&page.path())));
    assert!(answer.contains("The subscription to Acme is changed") && answer.contains("major outage only"), "{answer}");
    assert!(program.ask("/unwatch acme").contains("/unsubscribe acme"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_leads_elsewhere_is_said_to_when_it_is_named_and_later() {
    let (old, new) = (FeedServer::start().await, FeedServer::start().await);
    let page = StatusPage::new(&new, "acme");
    let there = address(&new, "acme").replace("127.0.0.1", "localhost");
    old.set("/status", Answer::redirect(301, &there));
    let home = Home::new(PRIVATE_TOO);
    let mut program = home.start();
    let answer = program.ask(&format!("/watch {}", old.url("/status")));
    assert!(answer.contains("The address leads to another host, localhost."), "{answer}");
    page.until_read().await;
    // Some day the document itself is somewhere else.
    let moved = new.url("/moved.json");
    new.set("/moved.json", summary("acme", &[Posted::new("i1", "Log-in fails", "critical")]));
    page.answer(Answer::redirect(308, &moved));
    program.message_with("acme: major outage");
    let status = program.ask("/status acme");
    assert!(status.contains("leads to 127.0.0.1 now"), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_watched_is_refused_with_the_reason() {
    let server = FeedServer::start().await;
    server.set("/shop", Answer::html("<!DOCTYPE html><html><body>Buy!</body></html>"));
    server.set("/down", Answer::new(503, "no"));
    StatusPage::new(&server, "one");
    StatusPage::new(&server, "two");
    let home = Home::new("watch = { allow_private = true, per_chat = 1 }\n");
    let mut program = home.start();
    for (line, expected) in [
        (format!("/watch {}", server.url("/shop")), "no status page at"),
        (format!("/watch {}", server.url("/shop")), "I also tried"),
        (format!("/watch {}", server.url("/down")), "HTTP 503"),
        ("/watch gopher://acme.example/".to_owned(), "is not the address of a web page"),
        (format!("/watch {}", server.url("/one").replace("http://", "http://me:pw@")), "user name or password"),
        (format!("/watch {}", address(&server, "one")), "now watches one"),
        (format!("/watch {}", server.url("/one")), "already watches one"),
        (format!("/watch {}", address(&server, "two")), "may watch 1 page of its own"),
    ] {
        let answer = program.ask(&line);
        assert!(answer.contains(expected), "{line}: {answer}");
    }
    let mut command = home.command(&[]);
    command.env("FOGHORN_WATCH__PER_CHAT", "0").env("FOGHORN_STORE__PATH", "another");
    let mut program = Program::start(command);
    let answer = program.ask(&format!("/watch {}", server.url("/one")));
    assert!(answer.contains("has turned off watching pages"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_looks_into_this_computer_or_its_network_through_the_bot() {
    let server = FeedServer::start().await;
    StatusPage::new(&server, "acme");
    let (_, port) = server.url("").rsplit_once(':').map(|(host, port)| (host.to_owned(), port.to_owned())).unwrap();
    let home = Home::new("");
    let mut program = home.start();
    for host in ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0"] {
        let answer = program.ask(&format!("/watch http://{host}:{port}/acme/api/v2/summary.json"));
        assert!(answer.contains("is not on the public internet"), "{host}: {answer}");
    }
    let answer = program.ask(&format!("/subscribe http://127.0.0.1:{port}/acme/api/v2/summary.json"));
    assert!(answer.contains("is not on the public internet"), "{answer}");
    assert_eq!(server.paths(), Vec::<String>::new());
    assert_eq!(server.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_put_together_from_several_documents_is_found_as_it_will_be_read() {
    let server = FeedServer::start().await;
    let monitor = json!({"id": 1, "name": "Front door", "type": "http"});
    let group = json!([{"id": 1, "name": "All", "monitorList": [monitor]}]);
    let page = json!({"config": {"slug": "acme", "title": "Acme"}, "incident": null, "publicGroupList": group, "maintenanceList": []});
    let beat = json!({"status": 0, "time": "2026-11-22 10:00:00.000", "msg": "", "ping": null});
    server.set("/status/acme", Answer::html("<!DOCTYPE html><html><head><title>Acme</title></head></html>"));
    server.set("/api/status-page/acme", Answer::json(page.to_string()));
    let beats = json!({"heartbeatList": {"1": [beat]}, "uptimeList": {"1_24": 0.5}});
    server.set("/api/status-page/heartbeat/acme", Answer::json(beats.to_string()));
    let home = Home::new(PRIVATE_TOO);
    let answer = home.start().ask(&format!("/watch {}", server.url("/status/acme")));
    assert!(answer.contains("uptime-kuma") && answer.contains("outage"), "{answer}");
    assert!(server.paths().len() <= 16, "{:?}", server.paths());
}

fn bot(home: &Home, telegram: &Telegram) -> Program {
    let mut command = home.command(&[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    // However slow an answer is, it is waited for.
    command.env("FOGHORN_POLL__TIMEOUT", "60s");
    Program::start(command)
}

#[tokio::test(flavor = "multi_thread")]
async fn chats_with_the_same_page_share_one_poll_and_see_nothing_of_each_other() {
    let (server, telegram) = (FeedServer::start().await, Telegram::start().await);
    let (page, other) = (StatusPage::new(&server, "acme"), StatusPage::new(&server, "beside"));
    let home = Home::new(&("watch = { allow_private = true, overall = 1 }\n".to_owned() + &other.service("Beside")));
    let program = bot(&home, &telegram);
    let (anna, ben, cleo) = (telegram.person("Anna"), telegram.person("Ben"), telegram.person("Cleo"));
    let (hers, his, theirs) = (anna.private(), ben.private(), cleo.private());
    let url = address(&server, "acme");
    let watched = anna.asks(&hers, &format!("/watch {url} \"Anna's own\"")).await;
    assert!(watched.text.contains("now watches Anna's own"), "{watched}");
    let id = id_in(&watched.text);
    let unknown = ben.asks(&his, &format!("/status {id}")).await;
    assert!(unknown.text.contains("is not in the catalogue"), "{unknown}");
    let watched = ben.asks(&his, &format!("/watch {url}")).await;
    assert!(watched.text.contains("now watches acme"), "{watched}");
    let full = cleo.asks(&theirs, &format!("/watch {}", address(&server, "beside"))).await;
    assert!(full.text.contains("is the page of Beside"), "{full}");
    StatusPage::new(&server, "third");
    let full = cleo.asks(&theirs, &format!("/watch {}", address(&server, "third"))).await;
    assert!(full.text.contains("already watches as many pages"), "{full}");

    // Whoever polls asks for nothing more before it has its answer: while none comes, each of several would ask once.
    let gate = Arc::new(Semaphore::new(0));
    page.answer(summary("acme", &[]).behind(&gate));
    server.until_held(&page.path()).await;
    server.until_asked_again(&other.path(), 20).await;
    assert_eq!(server.held(&page.path()), 1, "two chats watch it, and it is polled once");
    page.show(&[]);
    gate.add_permits(1);
    page.until_read().await;

    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    hers.until_told("Anna's own: major outage").await;
    his.until_told("acme: major outage").await;
    assert!(anna.asks(&hers, "/status anna's own").await.text.contains("Log-in fails"));
    let story = cleo.asks(&theirs, &format!("/incident {id}-1")).await;
    assert!(story.text.contains("There is no incident") && !story.text.contains("Log-in"), "{story}");

    // One of them lets go; the other hears how it ends.
    anna.asks(&hers, "/unwatch anna's own").await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical").resolved()]);
    his.until_told("acme: resolved").await;
    assert!(!hers.told().iter().any(|message| message.text.contains("resolved")), "{:#?}", hers.told());
    let ended = program.stop("TERM");
    assert_eq!(ended.code(), Some(0), "{}", ended.stderr);
}
