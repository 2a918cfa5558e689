//! Documents that are broken, strange or hostile, served to the running program.

use serde_json::json;

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::{Posted, StatusPage, summary},
    program::{Home, Program, alerts},
};

/// Everything the world has served in place of a status document.
fn bad_answers(server: &FeedServer) -> Vec<(&'static str, Answer)> {
    let whole = summary("bad", &[Posted::new("i1", "Log-in fails", "critical")]).bytes();
    let zeros = include_bytes!("../../data/compressed/zeros.gz");
    let thousand: Vec<Posted> =
        (0..1_000).map(|number| Posted::new(&format!("t{number}"), "One of a thousand", "major")).collect();
    let future = Posted { began: "2100-01-01T00:00:00Z".parse().unwrap(), ..Posted::new("f", "From afar", "major") };
    let moved = json!({"message": "This page has moved", "location": "https://elsewhere.example"}).to_string();
    server.set("/loop", Answer::redirect(302, "/loop"));
    vec![
        ("html", Answer::html("<!DOCTYPE html><html><body>We are fine</body></html>")),
        ("truncated", Answer::json(&whole[..whole.len() / 2])),
        ("empty", Answer::json("")),
        ("endless", Answer::endless("{\"page\": {\"id\": \"", vec![b'x'; 64 * 1024])),
        ("bomb", Answer::endless(*zeros, *zeros).header("content-encoding", "gzip")),
        ("loop", Answer::redirect(301, "/loop")),
        ("picture", Answer::new(200, whole).header("content-type", "image/png")),
        ("moved", Answer::json(moved)),
        ("future", summary("bad", &[future])),
        ("thousand", summary("bad", &thousand)),
        ("broken", Answer::broken("{\"page\":")),
        ("silent", Answer::silence()),
        ("failing", Answer::new(500, "oops")),
        ("gone", Answer::new(404, "{}")),
        ("rubbish", Answer::json(vec![0xff, 0x00, 0xfe, 0x80])),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_document_alerts_nothing_resolves_nothing_and_concerns_nobody_else() {
    let (server, fine) = (FeedServer::start().await, FeedServer::start().await);
    let answers = bad_answers(&server);
    let pages: Vec<StatusPage<'_>> = answers.iter().map(|(id, _)| StatusPage::new(&server, id)).collect();
    let good = StatusPage::new(&fine, "good");
    let services: String =
        pages.iter().zip(&answers).map(|(page, (id, _))| page.service(id)).chain([good.service("Good")]).collect();
    let home = Home::changed(&[("timeout = \"5s\"", "timeout = \"2s\""), ("\"60ms\"", "\"150ms\"")], &services);
    let mut program = home.start();
    program.ask("/subscribe other");
    let outage = Posted::new("i1", "Log-in fails", "critical");
    for page in &pages {
        page.show(std::slice::from_ref(&outage));
    }
    for _ in &pages {
        program.message_with("Log-in fails");
    }
    let before = alerts(&program.printed());
    assert_eq!(before.len(), answers.len(), "{before:?}");

    for (page, (_, answer)) in pages.iter().zip(&answers) {
        page.answer(answer.clone());
    }
    for page in &pages {
        page.until_read_often().await;
    }
    // Meanwhile another service breaks and recovers as ever.
    let other = Posted::new("g1", "Orders fail", "major");
    good.show(std::slice::from_ref(&other));
    program.message_with("Good: partial outage");
    good.show(&[other.resolved()]);
    program.message_with("Good: resolved");
    let told = alerts(&program.printed());
    assert_eq!(told[before.len()..], ["Good: partial outage", "Good: resolved"]);

    for (id, _) in &answers {
        let status = program.ask(&format!("/status {id}"));
        assert!(status.contains(&format!("{id}: major outage")), "{status}");
        assert!(status.contains("cannot be read now; ") && status.contains("when last read"), "{status}");
        assert!(status.contains("Nothing can be read right now. This is what was known "), "{status}");
        let log = program.logged();
        let lines: Vec<&str> = log
            .lines()
            .filter(|line| line.contains(&format!("service={id} ")) && line.contains("a source cannot be read"))
            .collect();
        assert!(matches!(lines.as_slice(), [line] if line.contains("source=statuspage:")), "{id}: {log}");
    }
    let peak = program.peak_memory();
    assert!(peak < 200 * 1024 * 1024, "{peak} bytes were held");

    // What was open all the while ends as soon as the page says so, once.
    for page in &pages {
        page.show(&[outage.clone().resolved()]);
    }
    for _ in &pages {
        program.message_with(": resolved");
    }
    for page in &pages {
        page.until_read().await;
    }
    program.ask("/status");
    assert_eq!(alerts(&program.printed()).len(), 2 * answers.len() + 2, "{}", program.printed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_never_readable_is_said_to_be_unknown_and_its_first_good_document_is_no_news() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    page.answer(Answer::html("<html>Down for maintenance</html>"));
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    assert!(program.ask("/subscribe acme").contains("Acme"));
    let status = program.ask("/status acme");
    assert!(status.contains("Acme: unknown, no source can be read"), "{status}");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    program.until_logged("a source can be read again");
    page.until_read_often().await;
    let status = program.ask("/status acme");
    assert!(status.contains("Acme: major outage") && status.contains("Log-in fails"), "{status}");
    assert_eq!(alerts(&program.printed()), Vec::<String>::new());
}

/// A bot whose chat was told of an outage on a page that becomes another one afterwards.
async fn told_of_an_outage(page: &StatusPage<'_>, home: &Home) -> (Program, Posted) {
    let mut program = home.start();
    program.ask("/subscribe acme");
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    program.message_with("Acme: major outage");
    (program, outage)
}

/// Nothing was told since the outage; when the page is itself again, the recovery is.
async fn nothing_was_lost(program: &mut Program, page: &StatusPage<'_>, outage: Posted) {
    assert_eq!(alerts(&program.printed()), ["Acme: major outage"]);
    page.show(&[outage.resolved()]);
    program.message_with("Acme: resolved");
    page.until_read().await;
    program.ask("/status");
    assert_eq!(alerts(&program.printed()), ["Acme: major outage", "Acme: resolved"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_page_at_the_same_address_ends_no_outage_begins_none_and_is_said() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let (mut program, outage) = told_of_an_outage(&page, &home).await;
    let others = [Posted::new("o1", "Nothing of theirs works", "critical")];
    for shown in [&[][..], &others[..]] {
        page.answer(summary("other", shown));
        page.until_read_often().await;
        let status = program.ask("/status acme");
        let moved = "another page answers there than before, at 127.0.0.1, so it is not believed yet";
        assert!(status.contains(moved), "{status}");
        assert!(status.contains("Log-in fails") && !status.contains("theirs"), "{status}");
    }
    program.until_logged("the page has moved: other at 127.0.0.1 answers instead of acme");
    nothing_was_lost(&mut program, &page, outage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_to_another_owner_ends_no_outage_begins_none_and_is_said() {
    let (server, elsewhere) = (FeedServer::start().await, FeedServer::start().await);
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let (mut program, outage) = told_of_an_outage(&page, &home).await;
    let there = elsewhere.url("/summary.json").replace("127.0.0.1", "localhost");
    for indicator in ["none", "critical"] {
        let nameless = json!({"page": {"name": "Other"}, "status": {"indicator": indicator}, "components": [],
            "incidents": [], "scheduled_maintenances": []});
        elsewhere.set("/summary.json", Answer::json(nameless.to_string()));
        page.answer(Answer::redirect(302, &there));
        page.until_read_often().await;
        let status = program.ask("/status acme");
        let moved = "another page answers there than before, at localhost, so it is not believed yet";
        assert!(status.contains(moved) && status.contains("Log-in fails"), "{status}");
    }
    program.until_logged("the page has moved: the address leads to localhost instead of 127.0.0.1");
    nothing_was_lost(&mut program, &page, outage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_to_where_no_page_is_ends_no_outage_and_the_log_says_where() {
    let (server, elsewhere) = (FeedServer::start().await, FeedServer::start().await);
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let (mut program, outage) = told_of_an_outage(&page, &home).await;
    elsewhere.set("/", Answer::new(404, "{}"));
    page.answer(Answer::redirect(301, &elsewhere.url("/").replace("127.0.0.1", "localhost")));
    page.until_read_often().await;
    let status = program.ask("/status acme");
    assert!(status.contains("Acme: major outage") && status.contains("cannot be read now; "), "{status}");
    program.until_logged("HTTP 404; the address leads to localhost");
    let log = program.logged();
    let said = log.lines().filter(|line| line.contains("the source has moved for good")).count();
    assert_eq!(said, 1, "{log}");
    nothing_was_lost(&mut program, &page, outage).await;
}
