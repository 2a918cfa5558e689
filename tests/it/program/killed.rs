//! Killed without a warning, and started again.

use std::time::Duration;

use crate::support::{
    feed_server::FeedServer,
    page::{Posted, StatusPage, ago},
    program::{Home, alerts},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_was_confirmed_survives_being_killed() {
    let server = FeedServer::start().await;
    let home = Home::new(&StatusPage::new(&server, "acme").service("Acme"));
    let mut program = home.start();
    program.type_line("/subscribe acme major_outage");
    program.until("This chat now hears about Acme");
    program.kill();
    let subscriptions = home.start().ask("/subscriptions");
    assert!(subscriptions.contains("Acme") && subscriptions.contains("Severity: major outage only"), "{subscriptions}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_goes_on_where_it_was_when_the_program_is_killed_amid_it() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    program.message_with("Acme: major outage");
    // Its receipt is stored when the next thing is done.
    program.ask("/subscribe acme degraded");
    page.until_read().await;
    program.kill();

    let mut program = home.start();
    page.until_read_often().await;
    assert!(program.ask("/status").contains("Log-in fails"));
    assert_eq!(alerts(&program.printed()), Vec::<String>::new());
    let found = outage.and("identified", "A cable is cut.");
    page.show(std::slice::from_ref(&found));
    program.message_with("A cable is cut.");
    program.ask("/status");
    page.until_read().await;
    program.kill();

    // It ends while the program is not there.
    page.show(&[found.resolved()]);
    let mut program = home.start();
    assert!(program.message_with("Acme: resolved").contains("Duration: 2 minutes"));
    page.until_read_often().await;
    program.ask("/status");
    assert_eq!(alerts(&program.printed()), ["Acme: resolved"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_came_and_went_while_the_program_was_down_is_one_message() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");
    program.kill();

    page.show(&[Posted { began: ago(1), ..Posted::new("i1", "Log-in fails", "critical") }.resolved()]);
    let mut program = home.start();
    let told = program.message_with("Acme: resolved");
    assert!(told.contains("Was down from") && told.contains("Log-in fails"), "{told}");
    page.until_read_often().await;
    program.ask("/status");
    assert_eq!(alerts(&program.printed()), ["Acme: resolved"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_killed_again_and_again_tells_every_outage_whole() {
    const KILLS: usize = 15;
    let seed = std::env::var("FOGHORN_KILL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    let mut random = fastrand::Rng::with_seed(seed);
    println!("FOGHORN_KILL_SEED={seed}");
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    program.ask("/subscribe acme");

    let (mut printed, mut kills, mut past) = (String::new(), 0, Vec::new());
    let mut expected = Vec::new();
    for number in 0.. {
        if kills >= KILLS {
            break;
        }
        let title = format!("Trouble number {number}.");
        let outage = Posted::new(&format!("i{number}"), &title, "critical");
        let stages = [outage.clone(), outage.clone().and("identified", &format!("Found {number}.")), outage.resolved()];
        let first_kill = kills;
        for stage in stages {
            let shown: Vec<Posted> = past.iter().cloned().chain([stage.clone()]).collect();
            page.show(&shown);
            while kills < KILLS && random.u8(..3) < 2 {
                // A random moment: some polls, deliveries and writes later, or in the middle of one.
                let moment = Duration::from_micros(random.u64(..120_000));
                drop(tokio::time::timeout(moment, std::future::pending::<()>()).await);
                printed.push_str(&program.kill().stdout);
                kills += 1;
                program = home.start();
            }
            // Then it has its time: what the page says is read and stored.
            page.until_read().await;
            if stage.updates.len() == 3 {
                past.push(stage);
            }
        }
        expected.push((title, kills - first_kill));
    }
    // A last one, so that everything before it has been told.
    page.show(&past.iter().cloned().chain([Posted::new("last", "The last.", "minor")]).collect::<Vec<_>>());
    program.message_with("The last.");
    printed.push_str(&program.kill().stdout);

    let told: Vec<&str> = printed.split("\n\n").filter(|message| !alerts(message).is_empty()).collect();
    for (title, kills) in expected {
        let count = |word: &str, other: &str| {
            told.iter().filter(|one| one.contains(&title) && one.contains(word) && one.contains(other)).count()
        };
        let (opened, recovered) = (count(": major outage", "investigating\n"), count(": resolved", ""));
        let (is_whole, at_once) = (count(": resolved", "Was down from"), 1 + kills);
        let context = || format!("seed {seed}: {title} {opened} {recovered} {kills} kills\n{printed}");
        assert!((1..=at_once).contains(&recovered), "{}", context());
        assert!(opened <= at_once && (opened + is_whole > 0 || count(": major outage", "") > 0), "{}", context());
    }
}
