//! What one detection step costs: a reading that changes nothing, one that adds a word to an open incident, and a
//! document that is unchanged.
#![allow(missing_docs, clippy::indexing_slicing, reason = "criterion's macros; a benchmark fails by panicking")]

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use foghorn::{
    detect::{Rules, step},
    domain::{
        Component, Condition, Observation, Phase, PostedIncident, PostedUpdate, ProbeRule, Reading, Role, Service,
        ServiceId, Source, SourceId, SourceKind, Track,
    },
};

fn service() -> Service {
    let url = "https://status.example.com/api/v2/summary.json";
    Service {
        id: ServiceId::new("example").expect("a valid id"),
        name: "Example".to_owned(),
        aliases: Vec::new(),
        category: "work".to_owned(),
        homepage: None,
        status_page: None,
        depends_on: Vec::new(),
        alternatives: Vec::new(),
        sources: vec![Source {
            id: SourceId::new(SourceKind::Statuspage, url),
            kind: SourceKind::Statuspage,
            url: url.to_owned(),
            role: Role::Official,
            parts: Vec::new(),
            probe: ProbeRule::default(),
            json: None,
        }],
    }
}

fn observation(updates: usize, now: DateTime<Utc>) -> Observation {
    let component = |number| Component {
        id: Some(format!("c{number}")),
        name: format!("Component {number}"),
        group: None,
        is_group: false,
        condition: Condition::Operational,
    };
    let update = |number: usize| PostedUpdate {
        id: Some(format!("u{number}")),
        phase: Some(Phase::Investigating),
        at: Some(now + TimeDelta::minutes(number.try_into().expect("a small number"))),
        body: Some("We are looking into slow answers and will tell more as soon as we know it.".to_owned()),
    };
    let incident = PostedIncident {
        id: "i1".to_owned(),
        title: "Slow answers".to_owned(),
        impact: Some(Condition::Degraded),
        phase: Some(Phase::Investigating),
        started_at: Some(now),
        resolved_at: None,
        url: None,
        components: vec!["Component 1".to_owned()],
        regions: Vec::new(),
        updates: (0..updates).map(update).collect(),
    };
    Observation {
        condition: if updates == 0 { Condition::Operational } else { Condition::Degraded },
        components: (0..36).map(component).collect(),
        incidents: if updates == 0 { Vec::new() } else { vec![incident] },
        ..Observation::default()
    }
}

fn steps(criterion: &mut Criterion) {
    let service = service();
    let source = service.sources[0].clone();
    let rules = Rules::default();
    let now = DateTime::from_timestamp(1_780_272_000, 0).expect("a valid time");
    let at = |minutes: u64| now + TimeDelta::from_std(Duration::from_secs(60 * minutes)).expect("a short span");
    let run =
        |track: Track, reading: &Reading, minutes| step(track, &service, &source, reading, at(minutes), &rules).track;
    let well = Reading::Fresh(observation(0, now));
    let bad = Reading::Fresh(observation(12, now));
    let worse = Reading::Fresh(observation(13, now));
    let watched = run(Track::new(service.id.clone()), &well, 0);
    let open = run(watched.clone(), &bad, 1);

    let mut group = criterion.benchmark_group("step");
    for (name, track, reading) in [
        ("well and stays well", &watched, &well),
        ("304 while an incident is open", &open, &Reading::Unchanged),
        ("the same document while an incident is open", &open, &bad),
        ("an incident opens", &watched, &bad),
        ("an update is posted", &open, &worse),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(|| track.clone(), |track| run(track, reading, 2), BatchSize::SmallInput);
        });
    }
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
