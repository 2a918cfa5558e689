//! Services that are added, changed and removed while the bot runs.

use std::fs;

use crate::{
    discord::stage::Stage,
    support::{
        discord::Settings,
        feed_server::FeedServer,
        page::{Posted, StatusPage},
        program::{Home, Program, alerts},
        scrape::Pages,
        telegram::{Limits, Telegram},
    },
};

const LEFT: &str = "it was taken out of the catalogue";

/// A bot with services in files of their own, and those of its configuration.
fn home(services: &str) -> Home {
    home_with(("", ""), services)
}

/// The same, with another setting changed.
fn home_with(change: (&str, &str), services: &str) -> Home {
    let directory = "services = { catalogue = false, directory = \"services\" }";
    let home = Home::changed(&[("services = { catalogue = false }", directory), change], services);
    fs::create_dir(home.directory().join("services")).unwrap();
    home
}

fn write(home: &Home, id: &str, text: &str) {
    fs::write(home.directory().join(format!("services/{id}.toml")), text).unwrap();
}

fn remove(home: &Home, id: &str) {
    fs::remove_file(home.directory().join(format!("services/{id}.toml"))).unwrap();
}

/// The file of the page's service.
fn file(page: &StatusPage<'_>, name: &str) -> String {
    page.service(name).replace("[[service]]\n", "").replace("[[service.source]]", "[[source]]")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_added_while_the_bot_runs_is_known_and_told_of() {
    let server = FeedServer::start().await;
    let (old, new) = (StatusPage::new(&server, "old"), StatusPage::new(&server, "new"));
    let home = home(&old.service("Old"));
    let mut program = home.start();
    old.until_read().await;
    assert!(program.ask("/status new").contains("is not in the catalogue"));
    write(&home, "new", &file(&new, "New"));
    program.signal("HUP");
    program.until_logged("added=\"new\"");
    new.until_read().await;
    let status = program.ask("/status new");
    assert!(status.contains("New: operational"), "{status}");
    program.ask("/subscribe new");
    new.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    assert!(program.message_with("New: major outage").contains("Log-in fails"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_counts_without_a_signal() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = home("");
    write(&home, "acme", &file(&page, "Acme"));
    let mut program = home.start();
    page.until_read().await;
    write(&home, "acme", &file(&page, "Acme Rockets"));
    program.until_logged("changed=\"acme\"");
    let status = program.ask("/status acme");
    assert!(status.contains("Acme Rockets: operational"), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_file_changes_nothing_and_the_log_says_what_a_check_says() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = home("");
    write(&home, "acme", &file(&page, "Acme"));
    let mut program = home.start();
    page.until_read().await;
    program.ask("/subscribe acme");
    write(&home, "bolt", "id = \"bolt\"\nnam = \"Bolt\"\n");
    remove(&home, "acme");
    program.signal("HUP");
    program.until_logged("the one before goes on");
    let fault = "services/bolt.toml:2: unknown key `nam`; did you mean `name`?";
    program.until_logged(fault);
    let checked = home.run(&["check"], b"");
    assert!(checked.stdout.contains(fault), "{checked:?}");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    program.message_with("Acme: major outage");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_file_that_is_gone_takes_no_service_with_it() {
    let server = FeedServer::start().await;
    let page = StatusPage::new(&server, "acme");
    let home = Home::new(&page.service("Acme"));
    let mut program = home.start();
    page.until_read().await;
    program.ask("/subscribe acme");
    fs::remove_file(home.config()).unwrap();
    program.until_logged("the configuration file is gone");
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    let told = program.message_with("Acme: major outage");
    assert!(!told.contains(LEFT), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_a_service_that_leaves_is_said_to_be_watched_no_more_and_goes_on_when_it_is_back() {
    let server = FeedServer::start().await;
    let (other, page) = (StatusPage::new(&server, "bolt"), StatusPage::new(&server, "acme"));
    let home = home(&other.service("Bolt"));
    write(&home, "acme", &file(&page, "Acme"));
    let mut program = home.start();
    page.until_read().await;
    program.ask("/subscribe acme");
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    program.message_with("Acme: major outage");

    remove(&home, "acme");
    program.signal("HUP");
    let told = program.message_with(LEFT);
    assert!(told.contains("Log-in fails"), "{told}");
    program.signal("HUP");
    program.until_logged("no service has changed");
    assert!(program.ask("/status acme").contains("is not in the catalogue"));
    assert_eq!(program.printed().matches(LEFT).count(), 1, "it is told once: {}", program.printed());
    assert!(!program.printed().contains("Acme: resolved"), "nobody knows that: {}", program.printed());

    write(&home, "acme", &file(&page, "Acme"));
    program.signal("HUP");
    program.until_logged("added=\"acme\"");
    let story = program.ask("/incident acme");
    assert!(story.contains("Foghorn watches this service again"), "{story}");
    page.show(&[outage.resolved()]);
    program.message_with("Acme: resolved");
    page.show(&[Posted::new("i2", "Uploads fail", "critical")]);
    assert!(program.message_with("Acme: major outage").contains("Uploads fail"));
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_the_services_anew_while_outages_are_told_loses_and_doubles_none() {
    let server = FeedServer::start().await;
    let ids: Vec<String> = (10..30).map(|number| format!("s{number}")).collect();
    let pages: Vec<StatusPage<'_>> = ids.iter().map(|id| StatusPage::new(&server, id)).collect();
    let passing = StatusPage::new(&server, "passing");
    let home = home("");
    ids.iter().zip(&pages).for_each(|(id, page)| write(&home, id, &file(page, &id.to_uppercase())));
    let mut program = home.start();
    for (id, page) in ids.iter().zip(&pages) {
        page.until_read().await;
        program.ask(&format!("/subscribe {id}"));
    }
    for outcome in ["major outage", "resolved"] {
        for (number, page) in pages.iter().enumerate() {
            let outage = Posted::new(&format!("i{number}"), "Log-in fails", "critical");
            page.show(&[if outcome == "resolved" { outage.resolved() } else { outage }]);
            if number % 4 == 0 {
                write(&home, "passing", &file(&passing, &format!("Passing {number}")));
                program.signal("HUP");
            }
        }
        for _ in &pages {
            program.message_with(&format!(": {outcome}"));
        }
    }
    program.until_logged("the configuration was read anew");
    for page in &pages {
        page.until_read_often().await;
    }
    let told = alerts(&program.printed());
    for id in &ids {
        for outcome in ["major outage", "resolved"] {
            let title = format!("{}: {outcome}", id.to_uppercase());
            assert_eq!(told.iter().filter(|told| told.contains(&title)).count(), 1, "{title}: {told:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_was_removed_while_the_bot_was_down_is_said_to_be_watched_no_more_and_once() {
    let server = FeedServer::start().await;
    let (other, page) = (StatusPage::new(&server, "bolt"), StatusPage::new(&server, "acme"));
    let home = home(&other.service("Bolt"));
    write(&home, "acme", &file(&page, "Acme"));
    let mut program = home.start();
    page.until_read().await;
    program.ask("/subscribe acme");
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    program.message_with("Acme: major outage");
    program.stop("TERM");

    remove(&home, "acme");
    let mut program = home.start();
    assert!(program.message_with(LEFT).contains("Log-in fails"));
    program.stop("TERM");
    let mut program = home.start();
    other.until_read().await;
    assert!(program.ask("/status acme").contains("is not in the catalogue"));
    assert!(!program.stop("TERM").stdout.contains(LEFT), "it was told before");

    write(&home, "acme", &file(&page, "Acme"));
    page.show(&[outage.resolved()]);
    let mut program = home.start();
    assert!(program.message_with("Acme: resolved").contains("Log-in fails"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_of_a_service_that_leaves_and_comes_back_is_told_on_both_platforms_over_connections_that_stay() {
    let (stage, telegram) = (Stage::new().await, Telegram::start().await);
    telegram.limit(Limits::none());
    stage.discord.set(Settings::unlimited);
    let (other, page) = (StatusPage::new(&stage.feeds, "bolt"), StatusPage::new(&stage.feeds, "acme"));
    let home = home_with((r#"listen = """#, r#"listen = "127.0.0.1:0""#), &other.service("Bolt"));
    write(&home, "acme", &file(&page, "Acme"));
    let mut command = stage.command(&home, &[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    let program = Program::start(command);
    let pages = Pages::of(&program);
    stage.discord.until_command("subscribe").await;
    page.until_read().await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    let anna = telegram.person("Anna");
    let room = anna.private();
    anna.asks(&room, "/subscribe acme").await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let alert = room.until_told("Acme: major outage").await;
    stage.channel.until_says("Log-in fails").await;
    let connected = stage.discord.gateway().connected();
    assert!(pages.metrics().await.values_of("service").contains("acme"));

    remove(&home, "acme");
    program.signal("HUP");
    let shown = room.until_told(LEFT).await;
    assert_eq!(shown.id, alert.id, "it is the alert that says so");
    assert!(shown.text.contains("Log-in fails") && !shown.text.contains("resolved"), "{shown}");
    stage.channel.until_says(LEFT).await;
    assert!(!pages.metrics().await.values_of("service").contains("acme"));

    write(&home, "acme", &file(&page, "Acme"));
    program.signal("HUP");
    room.until("the alert goes on", |seen| seen.id == alert.id && !seen.text.contains(LEFT)).await;
    page.show(&[outage.resolved()]);
    let end = room.until("the end", |seen| seen.reply_to == Some(alert.id)).await;
    assert!(end.text.contains("Acme: resolved"), "{end}");
    stage.channel.until_reply_says("Acme: resolved").await;
    assert_eq!(stage.discord.gateway().connected(), connected, "no connection was made anew");
    assert_eq!(stage.discord.gateway().identified().len(), 1);
}
