//! Channels in which the bot may not do what it needs, told before an alert is missed.

use super::stage::Stage;
use crate::support::{
    discord::{Kind, permission},
    page::{Posted, StatusPage},
    program::{Home, Program},
};

/// What `foghorn check` says, and with which code it ends.
fn checked(stage: &Stage, home: &Home) -> (Option<i32>, String) {
    let ended = Program::start(stage.command(home, &["check"])).finish(b"");
    (ended.code(), format!("{}{}", ended.stdout, ended.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscribed_channel_that_lets_no_alert_in_is_named_at_the_start_and_by_check() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    let (second, forum) = (stage.server.channel("second"), stage.server.channel_of(Kind::Forum, "ideas"));
    let post = forum.gets_post("Hello");
    for channel in [&stage.channel, &second, &post] {
        stage.subscribe(channel, "topic:acme").await;
    }
    let (code, said) = checked(&stage, &home);
    assert_eq!(code, Some(0), "the store is in use, so the servers as a whole are looked at: {said}");
    let ended = program.stop("TERM");
    assert!(!ended.stderr.contains("no alert can arrive"), "{}", ended.stderr);
    assert_eq!(checked(&stage, &home).0, Some(0), "all is allowed everywhere");

    stage.channel.gives_bot(0, permission::EMBED_LINKS | permission::SEND_MESSAGES);
    second.gives_bot(0, permission::READ_MESSAGE_HISTORY);
    forum.gives_bot(0, permission::SEND_IN_THREADS);
    let (code, said) = checked(&stage, &home);
    assert_eq!(code, Some(1), "{said}");
    let program = stage.start(&home).await;
    stage.ask("/status").await;
    let ended = program.stop("TERM");
    for said in [&said, &ended.stderr] {
        let names = |channel: &str, right: &str| {
            let line = said.lines().find(|line| line.contains(channel)).unwrap_or_else(|| panic!("{channel}: {said}"));
            assert!(line.contains("Acme fans") && line.contains(right), "{line}");
            line.contains("no alert can arrive")
        };
        assert!(names("#outages", "Send Messages, Embed Links"));
        assert!(names("#ideas", "Send Messages in Threads"));
        assert!(!names("#second", "Read Message History"), "there alerts do arrive");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_in_no_server_is_told_how_to_be_invited() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    stage.server.kicks_bot();
    let (code, said) = checked(&stage, &home);
    assert_eq!(code, Some(0), "{said}");
    let link = format!(
        "https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands",
        stage.discord.bot()
    );
    assert!(said.contains("no server yet") && said.contains(&link), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forum_that_takes_posts_and_no_messages_is_not_subscribed() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let forum = stage.server.channel_of(Kind::Forum, "ideas");
    let post = forum.gets_post("Hello");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    for (denied, named, unnamed) in [
        (permission::SEND_IN_THREADS, "Send Messages in Threads", "Create Posts"),
        (permission::SEND_MESSAGES, "Create Posts", "Send Messages in Threads"),
    ] {
        forum.gives_bot(0, denied);
        let answer = stage.manager.types(&post, "/subscribe topic:acme").answer().await;
        assert!(answer.is_ephemeral && answer.says(named) && !answer.says(unnamed), "{}", answer.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_makes_the_bot_post_is_refused_where_no_alert_could_arrive() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&format!("watch = {{ allow_private = true }}\n{}", page.service("Acme")));
    let _program = stage.start(&home).await;
    stage.channel.gives_bot(0, permission::EMBED_LINKS);
    let address = stage.feeds.url(&page.path());
    for line in [format!("/watch url:{address}"), format!("/subscribe topic:{address}"), "/test".to_owned()] {
        let answer = stage.manager.types(&stage.channel, &line).answer().await;
        assert!(answer.is_ephemeral && answer.says("Embed Links"), "{line}: {}", answer.text());
    }
    stage.channel.gives_bot(0, 0);
    let list = stage.ask("/subscriptions").await;
    assert!(!list.contains("/unwatch") && !list.to_lowercase().contains("acme"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_bot_may_not_read_what_was_written_the_end_is_told_all_the_same() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let _program = stage.start(&Home::new(&page.service("Acme"))).await;
    stage.subscribe(&stage.channel, "topic:acme").await;
    stage.channel.gives_bot(0, permission::READ_MESSAGE_HISTORY);
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    stage.channel.until_says("Log-in fails").await;
    page.show(&[outage.resolved()]);
    let is_told = |all: &[crate::support::discord::Shown]| all.len() == 3 && all[2].says("Acme: resolved");
    let told = stage.channel.wait_for("the end", is_told).await;
    assert_eq!(told[2].reply_to, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_denies_the_bot_its_rights_is_told_what_is_true_when_it_has_them_again() {
    let stage = Stage::new().await;
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::new(&page.service("Acme"));
    let program = stage.start(&home).await;
    let second = stage.server.channel("second");
    for channel in [&stage.channel, &second] {
        stage.subscribe(channel, "topic:acme").await;
    }
    page.until_read().await;
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    for channel in [&stage.channel, &second] {
        channel.until_says("Log-in fails").await;
    }
    stage.channel.gives_bot(0, permission::VIEW_CHANNEL | permission::SEND_MESSAGES);
    page.show(&[outage.resolved(), Posted::new("i2", "Payments fail", "critical")]);
    second.until_says("Payments fail").await;
    program.until_logged("a chat cannot be written to; its alerts rest");
    let answer = stage.ask("/subscriptions").await;
    assert!(answer.contains("Alerts rest here since") && answer.contains("Acme"), "{answer}");
    let says = |text: &str| stage.channel.messages().iter().any(|one| one.says(text));
    assert!(!says("Payments fail"));

    stage.channel.gives_bot(0, 0);
    stage.channel.until_says("Payments fail").await;
    stage.channel.until_says("Acme: resolved").await;
    let answer = stage.ask("/subscriptions").await;
    assert!(answer.contains("Alerts rested here from"), "{answer}");
    assert!(!stage.ask("/subscriptions").await.contains("rest here"), "it was told");
    drop(program.stop("TERM"));
}
