//! What reading a document of each format costs: this project's own ones, made some 100 KB long, beside what `serde_json`,
//! or `feed-rs` where it is XML, alone needs for the same bytes. And a Statuspage summary of 30 KB, by which the budget of a
//! poll is counted.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "criterion's macros; a benchmark fails by panicking"
)]

#[path = "../tests/fuzz/documents.rs"]
mod documents;
#[path = "../tests/fuzz/scale.rs"]
mod scale;

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use foghorn::{domain::SourceKind, feeds::parse};
use serde_json::{Value, json};

/// How long a document is made, in bytes.
const LENGTH: usize = 100_000;

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

/// The longest of a kind's documents, made longer as far as it is still believed.
fn document(kind: SourceKind) -> Option<Vec<u8>> {
    let documents = documents::documents(kind).into_iter().map(|(_, body)| body);
    let body = documents.filter(|body| parse(kind, body, None, &[]).is_ok()).max_by_key(Vec::len)?;
    let mut times = LENGTH / body.len() + 1;
    loop {
        let long = scale::longer(&body, times);
        if times == 1 || parse(kind, &long, None, &[]).is_ok() {
            return Some(long);
        }
        times /= 2;
    }
}

fn formats(criterion: &mut Criterion) {
    let kinds = SourceKind::ALL.into_iter().filter_map(|kind| Some((kind, document(kind)?)));
    for (kind, body) in [(SourceKind::Statuspage, summary())].into_iter().chain(kinds) {
        let mut group = criterion.benchmark_group(format!("{}, {} KB", kind.word(), body.len() / 1000));
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function("parse", |bencher| {
            bencher.iter(|| parse(kind, black_box(&body), None, &[]).expect("the body was read before"));
        });
        if serde_json::from_slice::<Value>(&body).is_ok() {
            group.bench_function("serde_json alone", |bencher| {
                bencher.iter(|| serde_json::from_slice::<Value>(black_box(&body)).expect("the body is JSON"));
            });
        } else if feed_rs::parser::parse(body.as_slice()).is_ok() {
            group.bench_function("feed-rs alone", |bencher| {
                bencher.iter(|| feed_rs::parser::parse(black_box(body.as_slice())).expect("the body is a feed"));
            });
        }
        group.finish();
    }
}

fn short() -> Criterion {
    // Some sixty measurements: a second for each is exact enough to see what is silly.
    let second = Criterion::default().warm_up_time(Duration::from_millis(200)).sample_size(20);
    second.measurement_time(Duration::from_millis(800))
}

criterion_group!(name = benches; config = short(); targets = formats);
criterion_main!(benches);
