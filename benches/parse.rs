//! How fast each format is read, as a table: `cargo bench --bench parse` prints it in Markdown, `cargo bench --bench parse rss`
//! the rows of one.
//!
//! The documents are this project's own ones, their rows repeated until they are some tens of KB long. Beside each stands what
//! it takes to read the same bytes and understand nothing: JSON into `serde_json::Value`, feeds by `feed-rs`; of web pages, which
//! no such reader has, the bytes as one JSON text into a `Value`. The last columns are for a document eight times as long, as far
//! as one is believed: what a byte costs must not grow with the length, but for caches that are full. First comes a Statuspage summary of 30 KB, by which the
//! budget of a poll is counted. Each figure is the best of several: what else the computer does makes things slower only.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark prints, and fails by panicking"
)]

#[path = "../tests/fuzz/documents.rs"]
mod documents;
#[path = "../tests/fuzz/scale.rs"]
mod scale;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use foghorn::{domain::SourceKind, feeds::parse};
use serde_json::{Value, json};

/// How long a document is made, in bytes …
const LENGTH: usize = 60_000;
/// … and how many times as long the other one, which shows what length itself costs.
const LONGER: usize = 8;
/// Measurements of one figure, of which the best counts …
const SAMPLES: u32 = 8;
/// … and how long each goes on.
const SAMPLE: Duration = Duration::from_millis(120);

fn summary() -> Vec<u8> {
    let component = |number: usize| {
        json!({
            "id": format!("c{number:011}"), "name": format!("Component {number}"), "status": "operational",
            "created_at": "2024-01-01T00:00:00.000Z", "updated_at": "2026-06-01T00:00:00.000Z", "position": number,
            "description": "A part of the service that people use every day", "showcase": true,
            "start_date": "2024-01-01", "group_id": null, "page_id": "p00000000001", "group": false,
            "only_show_if_degraded": false
        })
    };
    let update = |number: usize| {
        json!({
            "id": format!("u{number:011}"), "status": "investigating", "incident_id": "i00000000001",
            "body": "We are looking into slow answers of some requests and will tell more as soon as we know it.",
            "created_at": "2026-06-01T10:00:00.000Z", "updated_at": "2026-06-01T10:00:00.000Z",
            "display_at": format!("2026-06-01T10:{:02}:00.000Z", 59 - number),
            "affected_components": [{"code": "c00000000001", "name": "Component 1", "old_status": "operational",
                "new_status": "degraded_performance"}]
        })
    };
    let incident = |number: usize| {
        json!({
            "id": format!("i{number:011}"), "name": format!("Slow answers {number}"), "status": "investigating",
            "impact": "minor", "created_at": "2026-06-01T10:00:00.000Z", "updated_at": "2026-06-01T10:59:00.000Z",
            "started_at": "2026-06-01T10:00:00.000Z", "monitoring_at": null, "resolved_at": null,
            "shortlink": "https://stspg.example/x", "page_id": "p00000000001",
            "components": [component(1)], "incident_updates": (0..12).map(update).collect::<Vec<Value>>()
        })
    };
    let page = json!({
        "page": {"id": "p00000000001", "name": "Example", "url": "https://status.example.com", "time_zone": "Etc/UTC",
            "updated_at": "2026-06-01T10:59:00.000Z"},
        "status": {"indicator": "minor", "description": "Partially Degraded Service"},
        "components": (0..36).map(component).collect::<Vec<Value>>(),
        "incidents": (0..3).map(incident).collect::<Vec<Value>>(),
        "scheduled_maintenances": []
    });
    page.to_string().into_bytes()
}

/// Apple's document without the call that it may stand in, which no reader of JSON knows.
fn unwrapped(body: Vec<u8>) -> Vec<u8> {
    let inner = body.strip_prefix(b"jsonCallback(").and_then(|rest| rest.trim_ascii_end().strip_suffix(b");"));
    inner.map_or_else(|| body.clone(), <[u8]>::to_vec)
}

/// The longest of a kind's documents, made longer as far as it is still believed.
fn document(kind: SourceKind, length: usize) -> Option<Vec<u8>> {
    let documents = documents::documents(kind).into_iter().map(|(_, body)| unwrapped(body));
    let body = documents.filter(|body| parse(kind, body, None, &[]).is_ok()).max_by_key(Vec::len)?;
    let mut times = length / body.len() + 1;
    loop {
        let long = scale::longer(&body, times);
        if times == 1 || parse(kind, &long, None, &[]).is_ok() {
            return Some(long);
        }
        times /= 2;
    }
}

/// A reader that understands nothing, and its name.
type Bare = (&'static str, fn(&[u8]));

/// What the parser of a format is held against.
fn bare(body: &[u8]) -> (Bare, Vec<u8>) {
    if serde_json::from_slice::<Value>(body).is_ok() {
        let read = |body: &[u8]| drop(black_box(serde_json::from_slice::<Value>(body).unwrap()));
        (("serde_json::Value", read), body.to_vec())
    } else if feed_rs::parser::parse(body).is_ok() {
        let read = |body: &[u8]| drop(black_box(feed_rs::parser::parse(body).unwrap()));
        (("feed-rs", read), body.to_vec())
    } else {
        let text = Value::String(String::from_utf8_lossy(body).into_owned()).to_string().into_bytes();
        let read = |body: &[u8]| drop(black_box(serde_json::from_slice::<Value>(body).unwrap()));
        (("one JSON text", read), text)
    }
}

/// The best of several measurements, in MB a second.
fn throughput(bytes: usize, samples: u32, mut read: impl FnMut()) -> f64 {
    let best = (0..samples).map(|_| {
        let (start, mut times) = (Instant::now(), 0);
        while times == 0 || start.elapsed() < SAMPLE {
            read();
            times += 1;
        }
        start.elapsed() / times
    });
    bytes as f64 / best.min().unwrap().as_secs_f64() / 1e6
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test` runs this as well, to see that it works.
    let samples = if words.iter().any(|word| word == "--bench") { SAMPLES } else { 1 };
    let words: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    println!("| format | KB | MB/s | beside it | MB/s | times as long | KB | MB/s |");
    println!("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |");
    let kinds = SourceKind::ALL.into_iter().filter_map(|kind| {
        let long = || document(kind, LONGER * LENGTH);
        Some((kind, document(kind, LENGTH)?, long()?))
    });
    let poll = (SourceKind::Statuspage, summary(), scale::longer(&summary(), LONGER));
    for (kind, body, long) in std::iter::once(poll).chain(kinds) {
        if !words.is_empty() && !words.iter().any(|word| *word == kind.word()) {
            continue;
        }
        let read = |body: &[u8]| {
            throughput(body.len(), samples, || {
                drop(black_box(parse(kind, black_box(body), None, &[]).expect("the body was read before")));
            })
        };
        let (own, own_long) = (read(&body), read(&long));
        let ((name, bare), text) = bare(&body);
        let other = throughput(body.len(), samples, || bare(black_box(&text)));
        println!(
            "| {} | {} | {own:.1} | {name} | {other:.1} | {:.1} | {} | {own_long:.1} |",
            kind.word(),
            body.len().div_ceil(1_000),
            other / own,
            long.len().div_ceil(1_000)
        );
    }
}
