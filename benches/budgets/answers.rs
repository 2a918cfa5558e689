//! How long people wait for an answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use foghorn::{
    chat::{Event, Incoming, Input, SharedChat},
    domain::{ChatId, Platform, RequestId},
    store::{SledStore, Store},
};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::{
    platform::{Sink, chat, subscribe},
    starts::parts,
    support::{
        discord::{Discord, Fault, Route, Settings, Which},
        feed_server::FeedServer,
        long_ago,
        page::{Posted, StatusPage},
        program::{Home, Program},
    },
    table::{Budget, Table, quantile},
};

pub fn measure(table: &mut Table) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let name = "a command's reply with 10,000 subscriptions";
    if table.wants(name) {
        rows(table, name, runtime.block_on(ask()), 10.0);
    }
    let name = "a completion on Discord, which takes no messages meanwhile";
    if table.wants(name) {
        rows(table, name, runtime.block_on(complete()), 100.0);
    }
}

fn rows(table: &mut Table, name: &str, mut waits: Vec<f64>, most: f64) {
    waits.sort_by(f64::total_cmp);
    table.row(&format!("{name}, p50"), quantile(&waits, 50), "ms", Budget::Free);
    table.row(&format!("{name}, p99"), quantile(&waits, 99), "ms", Budget::AtMost(most));
}

async fn ask() -> Vec<f64> {
    let directory = tempfile::tempdir().unwrap();
    let store: Arc<dyn Store> = SledStore::open(directory.path()).unwrap();
    for number in 0..100 {
        subscribe(&*store, &format!("s{number}"), number * 100, 100).await;
    }
    let sink = Sink::new(Duration::ZERO);
    let stop = CancellationToken::new();
    let shared: SharedChat = sink.clone();
    let running = tokio::spawn(foghorn::app::run::run(parts(store, shared, 100), stop.clone()));
    sink.listens.subscribe().wait_for(|listens| *listens).await.unwrap();
    let events = sink.events.lock().unwrap().clone().unwrap();
    let mut waits = Vec::new();
    for round in 0..2_000_usize {
        let line =
            ["/status", "/status s1", "/subscriptions", "/subscribe s5 major_outage", "/services", "/incident s2"]
                [round % 6];
        let (answer, answered) = oneshot::channel();
        let incoming = Incoming {
            id: RequestId(format!("asked {round}").into()),
            chat: chat(round * 5),
            is_private: round % 2 == 0,
            may_manage: true,
            locale_hint: None,
            input: Input::Line(line.to_owned()),
            answer,
        };
        let began = Instant::now();
        events.send(Event::Asked(incoming)).await.unwrap();
        answered.await.unwrap();
        waits.push(began.elapsed().as_secs_f64() * 1e3);
    }
    drop(events);
    stop.cancel();
    running.await.unwrap().unwrap();
    waits
}

/// The real program, from the moment Discord tells that somebody types until what is offered has come, while every message of
/// a large fan-out hangs: completions wait for nobody.
async fn complete() -> Vec<f64> {
    const SERVICES: usize = 200;
    const CHANNELS: usize = 500;
    let mut settings = Settings::default();
    settings.unlimited();
    let (feeds, discord) = (FeedServer::start().await, Discord::with(settings).await);
    let pages: Vec<StatusPage<'_>> =
        (0..SERVICES).map(|number| StatusPage::new(&feeds, &format!("s{number}"))).collect();
    let services: String =
        pages.iter().enumerate().map(|(number, page)| page.service(&format!("Service {number}"))).collect();
    let home = Home::changed(&[("\"60ms\"", "\"2s\"")], &services);
    let server = discord.server("Server");
    let channels: Vec<_> = (0..CHANNELS).map(|number| server.channel(&format!("c{number}"))).collect();
    let chats =
        channels.iter().map(|channel| ChatId { platform: Platform::Discord, address: channel.address().into() });
    long_ago::subscribed(&home, "s0", chats).await;
    let manager = discord.person("maja");
    server.welcomes(&manager, crate::support::discord::permission::MANAGE_CHANNELS);
    let mut command = home.command(&[]);
    command.env("DISCORD_TOKEN", discord.token()).env("FOGHORN_DISCORD__API_URL", discord.url());
    let _program = Program::start(command);
    discord.gateway().until_ready().await;
    discord.until_command("subscribe").await;
    pages[0].until_read().await;
    let _hanging = discord.fail_while(Which::Route(Route::CreateMessage), Fault::Hang);
    pages[0].show(&[Posted::new("i1", "Log-in fails", "critical")]);
    discord.until_fails_again(&channels[0]).await;
    let typed = ["/subscribe topic:serv", "/status service:s1", "/unsubscribe topic:s", "/incident incident:s0"];
    let mut waits = Vec::new();
    for round in 0..1_000_usize {
        let began = Instant::now();
        let asked = manager.is_typing(&channels[round % CHANNELS], typed[round % typed.len()]);
        asked.until_acknowledged().await;
        waits.push(began.elapsed().as_secs_f64() * 1e3);
        assert!(!asked.choices().await.is_empty(), "{}", typed[round % typed.len()]);
    }
    waits
}
