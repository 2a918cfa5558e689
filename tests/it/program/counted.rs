//! What the program counts about itself, and the files made for that.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::Value;

use crate::{
    discord::stage::Stage,
    support::{
        feed_server::{Answer, FeedServer},
        page::{Posted, StatusPage},
        program::{Home, Program},
        scrape::Pages,
        telegram::{self, Telegram},
    },
};

/// With its pages at any free port.
const SERVED: [(&str, &str); 1] = [(r#"listen = """#, r#"listen = "127.0.0.1:0""#)];

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_a_command_and_a_refusal_for_speed_are_counted_on_both_platforms() {
    let (stage, telegram) = (Stage::new().await, Telegram::start().await);
    telegram.limit(telegram::Limits::none());
    stage.discord.set(crate::support::discord::Settings::unlimited);
    let page = StatusPage::new(&stage.feeds, "acme");
    let home = Home::changed(&SERVED, &format!("watch = {{ allow_private = true }}\n{}", page.service("Acme")));
    let mut command = stage.command(&home, &[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    let program = Program::start(command);
    let pages = Pages::of(&program);
    stage.discord.until_command("subscribe").await;
    pages.until_faulty(&[]).await;
    let (discord, telegram_label) = (("platform", "discord"), ("platform", "telegram"));

    let before = pages.metrics().await;
    for platform in [discord, telegram_label] {
        assert_eq!(before.value("foghorn_connected", &[platform]), 1.0);
        assert_eq!(before.value("foghorn_rate_limited_total", &[platform]), 0.0);
        assert_eq!(before.value("foghorn_deliveries_total", &[platform, ("outcome", "told")]), 0.0);
        assert_eq!(before.value("foghorn_outbox_deliveries", &[platform]), 0.0);
    }
    assert_eq!(before.value("foghorn_transitions_total", &[("kind", "opened")]), 0.0);
    assert_eq!(before.value("foghorn_open_incidents", &[("service", "acme")]), 0.0);
    assert_eq!(before.sum("foghorn_commands_total", &[]), 0.0);
    assert_eq!((before.value("foghorn_services", &[]), before.value("foghorn_sources", &[])), (1.0, 1.0));

    stage.subscribe(&stage.channel, "topic:acme").await;
    let anna = telegram.person("Anna");
    let chat = anna.private();
    anna.asks(&chat, "/subscribe acme").await;
    anna.asks(&chat, "/status nothing-like-it").await;
    anna.asks(&chat, "/dance").await;
    page.until_read().await;
    telegram.fail("sendMessage", telegram::Fault::Flood(1), 1);
    let outage = Posted::new("i1", "Log-in fails", "critical");
    page.show(std::slice::from_ref(&outage));
    stage.channel.until_says("Log-in fails").await;
    chat.until_told("Log-in fails").await;

    let told = ("outcome", "told");
    let after = pages.until("both deliveries", |now| now.sum("foghorn_deliveries_total", &[told]) == 2.0).await;
    for platform in [discord, telegram_label] {
        assert_eq!(after.value("foghorn_deliveries_total", &[platform, told]), 1.0);
        assert_eq!(after.value("foghorn_delivery_seconds_count", &[platform]), 1.0);
    }
    // It waited for the second that it was told to.
    assert!(after.value("foghorn_delivery_seconds_sum", &[telegram_label]) >= 1.0);
    assert_eq!(after.value("foghorn_rate_limited_total", &[telegram_label]), 1.0);
    assert_eq!(after.value("foghorn_rate_limited_total", &[discord]), 0.0);
    assert!(after.value("foghorn_deliveries_total", &[telegram_label, ("outcome", "waited")]) >= 1.0);
    assert_eq!(after.value("foghorn_transitions_total", &[("kind", "opened")]), 1.0);
    assert_eq!(after.value("foghorn_open_incidents", &[("service", "acme")]), 1.0);
    let commands =
        |command, outcome| after.value("foghorn_commands_total", &[("command", command), ("outcome", outcome)]);
    assert_eq!((commands("subscribe", "answered"), commands("subscribe", "refused")), (2.0, 0.0));
    assert_eq!((commands("status", "answered"), commands("status", "refused")), (0.0, 1.0));
    assert_eq!(commands("unknown", "refused"), 1.0, "nothing that people type becomes a label");
    let good = [("kind", "statuspage"), ("outcome", "good")];
    assert!(after.value("foghorn_polls_total", &good) > before.value("foghorn_polls_total", &good));
    assert!(after.value("foghorn_poll_duration_seconds_count", &[]) >= after.value("foghorn_polls_total", &good));
    assert!(after.value("foghorn_store_bytes", &[]) > 0.0 && after.value("process_cpu_seconds_total", &[]) > 0.0);
    assert!(after.value("process_resident_memory_bytes", &[]) > 1e6);

    // What many chats watch counts under one name.
    for name in ["one", "two"] {
        StatusPage::new(&stage.feeds, name);
        stage.feeds.set(&format!("/{name}"), Answer::html("<html><head><title>Status</title></head></html>"));
        let answer = anna.asks(&chat, &format!("/watch {}", stage.feeds.url(&format!("/{name}")))).await;
        assert!(answer.text.contains("now watches"), "{answer}");
    }
    let watching = pages.until("the watched pages", |now| now.value("foghorn_services", &[]) == 3.0).await;
    assert_eq!(watching.values_of("service"), BTreeSet::from(["acme", "watched"]));

    page.show(&[outage.resolved()]);
    chat.until_told("Duration").await;
    stage.channel.until_says("**Duration**").await;
    let over = pages.until("all to be told", |now| now.sum("foghorn_deliveries_total", &[told]) >= 4.0).await;
    assert_eq!(over.value("foghorn_transitions_total", &[("kind", "resolved")]), 1.0);
    assert_eq!(over.value("foghorn_open_incidents", &[("service", "acme")]), 0.0);
    let settled = |now: &crate::support::scrape::Metrics| now.sum("foghorn_outbox_deliveries", &[]) == 0.0;
    let settled = pages.until("an empty outbox", settled).await;
    assert_eq!(settled.sum("foghorn_outbox_oldest_seconds", &[]), 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_delivered_is_counted_while_it_waits() {
    let (feeds, telegram) = (FeedServer::start().await, Telegram::start().await);
    let page = StatusPage::new(&feeds, "acme");
    let home = Home::changed(&SERVED, &page.service("Acme"));
    let mut command = home.command(&[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    let program = Program::start(command);
    let pages = Pages::of(&program);
    let anna = telegram.person("Anna");
    anna.asks(&anna.private(), "/subscribe acme").await;
    page.until_read().await;
    let down = telegram.fail_while("sendMessage", telegram::Fault::BadGateway);
    page.show(&[Posted::new("i1", "Log-in fails", "critical")]);
    let telegram_label = ("platform", "telegram");
    let failed = [telegram_label, ("outcome", "failed")];
    let waiting = pages.until("a failure", |now| now.value("foghorn_deliveries_total", &failed) >= 1.0).await;
    assert_eq!(waiting.value("foghorn_outbox_deliveries", &[telegram_label]), 1.0);
    pages.until("some age", |now| now.value("foghorn_outbox_oldest_seconds", &[telegram_label]) > 0.0).await;
    drop(down);
    anna.private().until_told("Log-in fails").await;
    pages.until("an empty outbox", |now| now.value("foghorn_outbox_deliveries", &[telegram_label]) == 0.0).await;
}

/// What stands in no quotation marks.
fn unquoted(query: &str) -> String {
    query.split('"').step_by(2).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.split(|character| !is_part(character)).map(str::to_owned).collect()
}

/// The labels that a query names: before an operator of a matcher, and behind `by`.
fn labels(query: &str) -> BTreeSet<String> {
    let plain = unquoted(query);
    let mut found = BTreeSet::new();
    for (_, matchers) in plain.match_indices('{').map(|(at, _)| plain.split_at(at + 1)) {
        let inside = matchers.split('}').next().unwrap();
        found.extend(inside.split(',').map(|matcher| matcher.trim_end_matches(['=', '!', '~', ' ']).trim().to_owned()));
    }
    for (_, group) in plain.match_indices("by (").map(|(at, word)| plain.split_at(at + word.len())) {
        found.extend(group.split(')').next().unwrap().split(',').map(|label| label.trim().to_owned()));
    }
    found
}

/// The queries of the dashboard and of the alert rules.
fn queries() -> Vec<String> {
    fn collect(value: &Value, queries: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                queries.extend(fields.get("expr").map(|query| query.as_str().unwrap().to_owned()));
                fields.values().for_each(|value| collect(value, queries));
            }
            Value::Array(values) => values.iter().for_each(|value| collect(value, queries)),
            _ => {}
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/monitoring");
    let dashboard: Value = serde_json::from_str(&fs::read_to_string(folder.join("dashboard.json")).unwrap()).unwrap();
    let mut queries = Vec::new();
    collect(&dashboard, &mut queries);
    assert!(queries.len() > 20, "the dashboard has panels");
    let rules = fs::read_to_string(folder.join("alerts.yaml")).unwrap();
    let alerts = rules.lines().filter(|line| line.trim_start().starts_with("- alert: ")).count();
    let of_rules: Vec<String> =
        rules.lines().filter_map(|line| line.trim_start().strip_prefix("expr: ")).map(str::to_owned).collect();
    assert!(alerts > 5 && alerts == of_rules.len(), "each rule has a query");
    queries.extend(of_rules);
    queries
}

/// Whether it is a name of ours or of the process, and no word of the language of queries.
fn is_metric(word: &str) -> bool {
    word.starts_with("foghorn_") || word.starts_with("process_")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_the_rules_and_the_manual_name_what_there_is() {
    let server = FeedServer::start().await;
    let home = Home::changed(&SERVED, &StatusPage::new(&server, "acme").service("Acme"));
    let program = home.start();
    let there: BTreeMap<String, BTreeSet<String>> = Pages::of(&program).metrics().await.names;
    // What Prometheus itself adds.
    let added = ["job", "instance"].map(str::to_owned);
    for query in queries() {
        let named: Vec<String> = words(&unquoted(&query)).into_iter().filter(|word| is_metric(word)).collect();
        assert!(
            named.iter().all(|name| there.contains_key(name)),
            "{query} names what is not among {:?}",
            there.keys()
        );
        assert!(!named.is_empty() || query.starts_with("up{"), "{query}");
        let labels_there: BTreeSet<&String> = named.iter().flat_map(|name| &there[name]).chain(&added).collect();
        let unknown: Vec<String> = labels(&query).into_iter().filter(|label| !labels_there.contains(label)).collect();
        assert!(unknown.is_empty(), "{query} names labels that are not there: {unknown:?}");
    }
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operating.md")).unwrap();
    let told = words(&manual);
    let family = |name: &str| {
        let suffix = ["_bucket", "_sum", "_count"].into_iter().find_map(|suffix| name.strip_suffix(suffix));
        suffix.map_or_else(|| name.to_owned(), str::to_owned)
    };
    let families: BTreeSet<String> = there.keys().map(|name| family(name)).collect();
    assert!(families.len() > 20, "{families:?}");
    for name in &families {
        assert!(told.contains(name), "docs/operating.md does not tell of {name}");
    }
    for word in told.iter().filter(|word| is_metric(word)) {
        assert!(families.contains(word), "docs/operating.md tells of {word}, which is not there");
    }
}
