//! Told to stop, or not alone.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::support::{
    feed_server::{Answer, FeedServer},
    page::StatusPage,
    program::{Home, Program, service},
};

/// A program that watches a page that hangs and has just confirmed a subscription is told to stop.
async fn stops(signal: &str) {
    let (server, slow) = (FeedServer::start().await, FeedServer::start().await);
    slow.set("/feed", Answer::silence().behind(&Arc::new(Semaphore::new(0))));
    let page = StatusPage::new(&server, "acme");
    let services = page.service("Acme") + &service("slow", "Slow", "statuspage", &slow.url("/feed"));
    let home = Home::changed(&[("timeout = \"5s\"", "timeout = \"5m\"")], &services);
    let mut program = home.start();
    slow.until_in_flight(1).await;
    program.type_line("/subscribe acme");
    program.until("This chat now hears about Acme");
    let ended = program.stop(signal);
    assert_eq!(ended.code(), Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("told to stop") && ended.stderr.contains("stopped"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("did not end in time"), "the hanging page was waited for: {}", ended.stderr);
    assert!(home.start().ask("/subscriptions").contains("Acme"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_it_well_even_while_a_page_hangs() {
    stops("TERM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_it_well_even_while_a_page_hangs() {
    stops("INT").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_in_the_same_directory_is_told_so() {
    let server = FeedServer::start().await;
    let home = Home::new(&StatusPage::new(&server, "acme").service("Acme"));
    let mut first = home.start();
    first.ask("/status");
    let second = home.run(&[], b"/status\n");
    assert_eq!(second.code(), Some(1), "{second:?}");
    assert!(second.stderr.contains("in use by another process") && second.stderr.contains("store.path"), "{second:?}");
    assert_eq!(second.stdout, "");
    assert!(first.ask("/status").contains("well"));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_that_it_is_well_where_it_was_told_to_and_only_while_it_runs() {
    let port = crate::support::feed_server::deserted_port().await;
    let home = Home::changed(&[(r#"listen = """#, &format!("listen = \"127.0.0.1:{port}\""))], "");
    let alone = home.run(&["health"], b"");
    assert_eq!((alone.code(), alone.stdout.as_str()), (Some(1), ""));
    assert!(alone.stderr.starts_with("error: http://127.0.0.1:"), "{alone:?}");
    let program: Program = home.start();
    program.until_logged("the health page is served");
    let well = home.run(&["health"], b"");
    assert_eq!((well.code(), well.stdout.as_str()), (Some(0), "ok\n"));
}
