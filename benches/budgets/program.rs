//! The real program: what it holds in memory, and how soon it knows how everything is.

use std::{
    fmt::Write as _,
    fs,
    time::{Duration, Instant},
};

use foghorn::{
    domain::{Change, ChatId, Filter, Platform, RequestId, ServiceId, Subscription, Topic},
    store::{SledStore, Store},
};

use crate::{
    feeds::{Feeds, long_ago},
    support::{
        discord::Discord,
        program::{Home, Program},
        telegram::Telegram,
    },
    table::{Budget, Table},
};

const SETTINGS: &str = r#"
probe = { controls = [] }
http = { listen = "" }
services = { catalogue = false }
"#;

/// Feeds that are read in a second: twelve times as many as with a minute between two readings of one.
const READ_A_SECOND: usize = 200;

/// Channels of a server: as many as there may be.
const CHANNELS: usize = 500;

pub fn measure(table: &mut Table) {
    let size = "size of the program";
    if table.wants(size) {
        let bytes = fs::metadata(env!("CARGO_BIN_EXE_foghorn")).unwrap().len();
        table.row(size, bytes as f64 / 1e6, "MB", Budget::AtMost(20.0));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for (feeds, subscriptions, most, soon) in [
        (1_000, 10_000, Budget::AtMost(32.0), Budget::AtMost(5.0)),
        (1_000, 100_000, Budget::Free, Budget::AtMost(5.0)),
        (5_000, 10_000, Budget::AtMost(60.0), Budget::Free),
    ] {
        let name = format!("memory with {feeds} feeds, both platforms, {subscriptions} subscriptions");
        if table.wants(&name) {
            let (memory, round) = runtime.block_on(run(feeds, subscriptions));
            table.row(&name, memory, "MiB", most);
            table.row(&format!("… all {feeds} feeds read after the start"), round, "s", soon);
        }
    }
}

/// MiB that the program holds after some rounds of polls, and the seconds from its start to the end of the first.
async fn run(feeds: usize, subscriptions: usize) -> (f64, f64) {
    let served = Feeds::start();
    let (discord, telegram) = (Discord::start().await, Telegram::start().await);
    let mut services = String::new();
    for number in 0..feeds {
        let url = served.steady(number);
        let source = format!("[[service.source]]\nkind = \"statuspage\"\nurl = \"{url}\"\n");
        write!(services, "[[service]]\nid = \"s{number}\"\nname = \"S{number}\"\n{source}").unwrap();
    }
    let interval = feeds / READ_A_SECOND;
    let poll = format!("poll = {{ interval = \"{interval}s\", incident_interval = \"{interval}s\" }}\n{SETTINGS}");
    let home = Home::with(&poll, &services);
    let channels = channels(&discord, subscriptions / 2);
    fill(&home, feeds, subscriptions, &channels).await;
    let mut command = home.command(&[]);
    command
        .env("DISCORD_TOKEN", discord.token())
        .env("FOGHORN_DISCORD__API_URL", discord.url())
        .env("TELEGRAM_BOT_TOKEN", telegram.token())
        .env("FOGHORN_TELEGRAM__API_URL", telegram.url())
        .env("FOGHORN_LOG__LEVEL", "info");
    let began = Instant::now();
    let program = Program::start(command);
    program.until_logged("every source has been tried once");
    let round = began.elapsed().as_secs_f64();
    // Some rounds later everything has been used that is used.
    tokio::time::sleep(Duration::from_secs(interval as u64).mul_f64(2.4)).await;
    (program.memory("VmRSS:") as f64 / 1_048_576.0, round)
}

/// The addresses of so many channels, in servers that are as large as they may be.
fn channels(discord: &Discord, count: usize) -> Vec<String> {
    let servers = (0..count.div_ceil(CHANNELS)).map(|number| discord.server(&format!("Server {number}")));
    let in_all = servers.flat_map(|server| (0..CHANNELS).map(move |number| server.channel(&format!("c{number}"))));
    in_all.take(count).map(|channel| channel.address()).collect()
}

/// Half of the chats are on each platform, and each has a service.
async fn fill(home: &Home, feeds: usize, subscriptions: usize, channels: &[String]) {
    let store = SledStore::open(&home.directory().join("data")).unwrap();
    for start in (0..subscriptions).step_by(500) {
        let changes = (start..start + 500).map(|number| {
            let chat = match number % 2 {
                0 => ChatId { platform: Platform::Telegram, address: (1_000_000 + number).to_string().into() },
                _ => ChatId { platform: Platform::Discord, address: channels[number / 2].as_str().into() },
            };
            let topic = Topic::Service(ServiceId::new(&format!("s{}", number % feeds)).unwrap());
            Change::Subscribe(Subscription { chat, topic, filter: Filter::default(), mention: None, since: long_ago() })
        });
        let request = RequestId(format!("long ago {start}").into());
        store.apply(&request, changes.collect(), long_ago()).await.unwrap();
    }
    store.close().await.unwrap();
}
