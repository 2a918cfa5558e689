//! Starting with good tokens and bad ones, and while Discord is not there.

use super::stage::Stage;
use crate::support::{
    discord::{Fault, Order, Settings, Which},
    page::{Posted, StatusPage},
    program::{Home, Program},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_does_not_know_is_said_to_be_wrong() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let wrong = format!("{}x", stage.discord.token());
    for arguments in [&[][..], &["check"]] {
        let mut command = stage.command(&home, arguments);
        command.env("DISCORD_TOKEN", &wrong);
        let ended = Program::start(command).finish(b"");
        let said = format!("{}{}", ended.stdout, ended.stderr);
        assert_eq!(ended.code(), Some(1), "{said}");
        assert!(said.contains("token") && said.contains("iscord"), "{said}");
        assert!(!said.contains(&wrong), "the token itself is nobody's business: {said}");
    }
    assert_eq!(stage.discord.gateway().connected(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_token_is_checked_and_the_bot_shows_how_services_are() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&(page.service("Acme") + &StatusPage::new(&stage.feeds, "nova").service("Nova")));
    let checked = Program::start(stage.command(&home, &["check"])).finish(b"");
    assert_eq!(checked.code(), Some(0), "{}{}", checked.stdout, checked.stderr);
    assert!(checked.stdout.contains("Watcher"), "{}", checked.stdout);

    let program = stage.start(&home).await;
    stage.discord.gateway().until_presence("2 services, all well").await;
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    stage.discord.gateway().until_presence("1 of 2 services not well").await;
    let identified = stage.discord.gateway().identified();
    assert_eq!((identified.len(), identified[0].intents), (1, 1), "it listens to nothing but servers and channels");
    let ended = program.stop("TERM");
    assert_eq!(ended.code(), Some(0));
    assert!(!format!("{}{}", ended.stdout, ended.stderr).contains(stage.discord.token()));
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_wait_while_discord_is_down() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    page.until_read().await;
    drop(program.kill());
    let trouble = stage.discord.fail_while(Which::All, Fault::Status(503));
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    let _program = Program::start(stage.command(&home, &[]));
    page.until_read_often().await;
    page.show(&[outage.resolved()]);
    page.until_read_often().await;
    // A try that was under way when the end was read may still tell of the beginning; the one after it does not.
    stage.discord.until_fails_again(&stage.channel).await;
    assert_eq!(stage.channel.messages().len(), 1);
    drop(trouble);
    // What began and ended meanwhile is one message.
    let told = stage.channel.until_says("Acme: resolved").await;
    assert!(told.says("Log-in fails"), "{}", told.text());
    page.until_read_often().await;
    assert_eq!(stage.channel.messages().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_refuses_for_good_is_said_in_words() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    for (code, words) in [(4_004, "refuses the token"), (4_013, "(4013)"), (4_014, "needs no privileged intent")] {
        let program = stage.start(&home).await;
        stage.discord.gateway().order(Order::Close(code));
        let ended = program.finish(b"");
        assert_eq!(ended.code(), Some(1), "{}", ended.stderr);
        assert!(ended.stderr.contains(words), "{code}: {}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_connections_are_made_as_discord_recommends_and_each_is_heard() {
    let stage = Stage::with(Settings { shards: 2, max_concurrency: 2, ..Stage::settings() }).await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let _program = stage.start(&home).await;
    stage.discord.gateway().until_identified(2).await;
    let mut shards: Vec<_> = stage.discord.gateway().identified().iter().map(|one| one.shard).collect();
    shards.sort_unstable();
    assert_eq!(shards, [(0, 2), (1, 2)]);
    // Of so many servers some are told over either of them.
    let mut heard = std::collections::BTreeSet::new();
    for number in 0.. {
        let server = stage.discord.server(&format!("Server {number}"));
        server.welcomes(&stage.manager, crate::support::discord::permission::MANAGE_CHANNELS);
        let channel = server.channel("outages");
        stage.subscribe(&channel, "topic:acme").await;
        heard.insert((server.id >> 22) % 2);
        if heard.len() == 2 {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_has_outgrown_its_connections_makes_more_of_them_and_says_why() {
    let often = std::time::Duration::from_secs(1);
    let stage = Stage::with(Settings { heartbeat: often, ..Stage::settings() }).await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    stage.discord.set(|settings| {
        (settings.shards, settings.shards_needed, settings.max_concurrency) = (2, 2, 2);
    });
    stage.discord.gateway().order(Order::Invalidate { may_resume: false });
    stage.discord.gateway().until_closed(4_011).await;
    stage.discord.gateway().until_identified(2).await;
    let shards: Vec<_> = stage.discord.gateway().identified().iter().map(|one| one.shard).collect();
    assert_eq!(shards[0], (0, 1));
    assert!(shards.contains(&(0, 2)) && shards.contains(&(1, 2)), "{shards:?}");
    program.until_logged("wants 2 of them in place of 1");
    assert!(stage.ask("/about").await.contains("Foghorn"));
}
