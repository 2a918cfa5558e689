//! What one poll costs in processor time, beside a bare request for the same document.

use std::{fs, sync::Arc};

use foghorn::{
    app::{
        tracks::Tracks,
        watch::{PollRules, Post, Watched},
    },
    clock::SystemClock,
    detect::Rules,
    feeds::{Controls, open},
    http::{Http, HttpLimits},
    store::{MemoryStore, Store},
};
use reqwest::header::{ETAG, IF_NONE_MATCH};
use tokio_util::sync::CancellationToken;

use crate::{
    feeds::{Feeds, service},
    table::{Budget, Table},
};

const POLLS: u32 = 4_000;

pub fn measure(table: &mut Table) {
    let name = "CPU of a poll";
    if !table.wants(name) {
        return;
    }
    let feeds = Feeds::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (unchanged, changed, bare_unchanged, bare_changed) = runtime.block_on(async {
        (
            polls(&feeds.steady(0)).await,
            polls(&feeds.changing()).await,
            bare(&feeds.steady(0), false).await,
            bare(&feeds.changing(), true).await,
        )
    });
    table.row("CPU of a poll, unchanged (304)", unchanged, "ms", Budget::AtMost(0.10));
    table.row("… times a bare GET", unchanged / bare_unchanged, "×", Budget::AtMost(1.5));
    table.row("CPU of a poll, a changed 30 KB summary", changed, "ms", Budget::Free);
    table.row("… times a bare GET and serde_json of the same", changed / bare_changed, "×", Budget::AtMost(2.0));
}

/// Processor time of this process so far, in milliseconds.
fn spent() -> f64 {
    // proc(5): the fields after the name's closing bracket begin with the third; 14 and 15 are ticks of 10 ms.
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, rest) = stat.rsplit_once(')').unwrap();
    let fields: Vec<&str> = rest.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) * 10.0
}

/// Processor time of one poll as the program does it, in milliseconds.
async fn polls(url: &str) -> f64 {
    let http = Http::new(HttpLimits::default()).unwrap();
    let service = Arc::new(service("one", url));
    let source = Arc::new(service.sources[0].clone());
    let feed = open(&source, &http, &Controls::new(&http, Vec::new()));
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let post = Post {
        metrics: Arc::default(),
        tracks: Arc::new(Tracks::new([service.id.clone()], Vec::new())),
        store,
        clock: Arc::new(SystemClock::new()),
        poll: PollRules {
            interval: std::time::Duration::from_secs(60),
            incident_interval: std::time::Duration::from_secs(20),
            concurrency: 256,
        },
        rules: Rules::default(),
        wake: Vec::new(),
        changed: Arc::default(),
        stop: CancellationToken::new(),
    };
    let watched = Watched { service, source, feed };
    for _ in 0..50 {
        assert!(post.poll(&watched, false).await.is_good);
    }
    let before = spent();
    for _ in 0..POLLS {
        assert!(post.poll(&watched, false).await.is_good);
    }
    (spent() - before) / f64::from(POLLS)
}

/// Processor time of one bare request, in milliseconds.
async fn bare(url: &str, parses: bool) -> f64 {
    let client = reqwest::Client::builder().use_rustls_tls().build().unwrap();
    let mut known = None;
    let mut before = 0.0;
    for round in 0..POLLS + 50 {
        if round == 50 {
            before = spent();
        }
        let mut request = client.get(url);
        if let Some(etag) = &known {
            request = request.header(IF_NONE_MATCH, etag);
        }
        let response = request.send().await.unwrap();
        known = response.headers().get(ETAG).cloned();
        let body = response.bytes().await.unwrap();
        if parses {
            std::hint::black_box(serde_json::from_slice::<serde_json::Value>(&body).unwrap());
        }
    }
    (spent() - before) / f64::from(POLLS)
}
