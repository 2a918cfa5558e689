//! What reading a changed status page costs: a 30 KB summary, beside what `serde_json` alone needs for the same bytes.
#![allow(missing_docs, clippy::indexing_slicing, reason = "criterion's macros; a benchmark fails by panicking")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use foghorn::{domain::SourceKind, feeds::parse};
use serde_json::{Value, json};

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

fn statuspage(criterion: &mut Criterion) {
    let body = summary();
    let mut group = criterion.benchmark_group(format!("summary of {} KB", body.len() / 1000));
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("serde_json alone", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Value>(std::hint::black_box(&body)).expect("the body is JSON"));
    });
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            parse(SourceKind::Statuspage, std::hint::black_box(&body), None, &[]).expect("the body is a summary")
        });
    });
    group.finish();
}

criterion_group!(benches, statuspage);
criterion_main!(benches);
