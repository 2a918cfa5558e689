//! How long people wait for an answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use foghorn::{
    chat::{Event, Incoming, Input, SharedChat},
    domain::RequestId,
    store::{SledStore, Store},
};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use crate::{
    platform::{Sink, chat, subscribe},
    starts::parts,
    table::{Budget, Table, quantile},
};

pub fn measure(table: &mut Table) {
    let name = "a command's reply with 10,000 subscriptions";
    if !table.wants(name) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut waits = runtime.block_on(ask());
    waits.sort_by(f64::total_cmp);
    table.row(&format!("{name}, p50"), quantile(&waits, 50), "ms", Budget::Free);
    table.row(&format!("{name}, p99"), quantile(&waits, 99), "ms", Budget::AtMost(10.0));
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
