//! One target for each format.

use allocation_counter::{AllocationInfo, measure};
use fastrand::Rng;
use foghorn::{
    domain::{JsonComponents, JsonIncidents, JsonRule, Observation, SourceKind},
    feeds::{JsonReader, ParseError, find_kind, parse, parse_json, parse_together},
};
use serde_json::json;

use crate::{corpus::hostile, documents::documents, fuzz, mutate::mutated, promises, scale::longer};

/// What reading any body may take at once, of any format and however hostile it is: so many times its bytes …
const MOST_TIMES: u64 = 10;
/// … and what it takes for itself.
const MOST_AT_LEAST: u64 = 1024 * 1024;

/// Every format that there is has a target.
macro_rules! targets {
    ($($name:ident $kind:ident),* $(,)?) => {
        pub const TARGETS: [SourceKind; 30] = [$(SourceKind::$kind),*];

        mod target {
            use super::*;
            $(#[test] fn $name() { fuzz_kind(SourceKind::$kind); })*
        }
    };
}

targets![
    statuspage Statuspage,
    incidentio Incidentio,
    instatus Instatus,
    betterstack Betterstack,
    statusio Statusio,
    statuspal Statuspal,
    sorry Sorry,
    hund Hund,
    cachet Cachet,
    cstate Cstate,
    upptime Upptime,
    uptime_kuma UptimeKuma,
    gatus Gatus,
    google Google,
    aws Aws,
    slack Slack,
    metastatus Metastatus,
    aws_rss AwsRss,
    azure_rss AzureRss,
    azure_devops AzureDevops,
    microsoft Microsoft,
    heroku Heroku,
    salesforce Salesforce,
    apple Apple,
    firehydrant Firehydrant,
    pagerduty Pagerduty,
    site24x7 Site24x7,
    alertmanager Alertmanager,
    rss Rss,
    html Html,
];

/// Finds out the kind of a document, whichever it is: one that is read here. That takes no more than reading it.
pub fn find_some_kind(body: &[u8], charset: Option<&str>) {
    let taken = measure(|| assert!(find_kind(body, charset).is_none_or(|kind| TARGETS.contains(&kind))));
    bounded(body, &taken);
}

/// Holds what a body took against its length.
fn bounded(body: &[u8], taken: &AllocationInfo) {
    let allowed = MOST_AT_LEAST + MOST_TIMES * u64::try_from(body.len()).unwrap();
    let beginning = String::from_utf8_lossy(&body[..body.len().min(160)]).into_owned();
    assert!(taken.bytes_max <= allowed, "{} bytes for a body of {}: {beginning} …", taken.bytes_max, body.len());
}

/// Reads a document, checks what comes out, and tells what it took.
pub fn read(body: &[u8], read: impl FnOnce() -> Result<Observation, ParseError>) -> (bool, AllocationInfo) {
    let mut read_well = false;
    let mut outcome = None;
    let taken = measure(|| outcome = Some(read()));
    match outcome.unwrap() {
        Ok(observation) => {
            promises::check(&observation);
            read_well = true;
        }
        Err(error) => {
            let length = error.reason.chars().count();
            assert!((1..=300).contains(&length) && !error.reason.contains(char::is_control), "{error}");
        }
    }
    bounded(body, &taken);
    (read_well, taken)
}

fn corpus(kind: SourceKind) -> Vec<Vec<u8>> {
    let documents = documents(kind);
    assert!(!documents.is_empty(), "{} has no corpus in tests/data/feeds", kind.word());
    let mut corpus = Vec::new();
    for (name, body) in documents {
        let (is_read, _) = read(&body, || parse(kind, &body, None, &[]));
        assert!(is_read || name.contains("components") || name.contains("schedules"), "{name} is broken itself");
        for (what, hostile) in hostile(&body) {
            let survived = std::panic::catch_unwind(|| {
                read(&hostile, || parse(kind, &hostile, None, &[]));
                read(&hostile, || parse(kind, &hostile, Some("utf-16"), &["API".to_owned()]));
                find_some_kind(&hostile, None);
            });
            assert!(survived.is_ok(), "{name} with {what}");
            // The long ones are read once and not again and again.
            if hostile.len() < 32 * 1024 {
                corpus.push(hostile);
            }
        }
        // As often as all that was made of it.
        corpus.extend(std::iter::repeat_n(body, 20));
    }
    corpus
}

fn fuzz_kind(kind: SourceKind) {
    let corpus = corpus(kind);
    fuzz(kind.word(), |rng| {
        let body = mutated(rng, &corpus);
        let charset =
            rng.choice([None, None, None, Some("utf-8"), Some("utf-16"), Some("windows-1251"), Some("x")]).unwrap();
        let parts: &[String] = if rng.u8(..) < 40 { &["api".to_owned(), "1".to_owned()] } else { &[] };
        let (_, taken) = read(&body, || parse(kind, &body, charset, parts));
        let (_, again) = read(&body, || parse(kind, &body, charset, parts));
        assert!(taken.bytes_max.abs_diff(again.bytes_max) < MOST_AT_LEAST, "reading leaves something behind");
        if rng.u8(..) < 40 {
            let other = mutated(rng, &corpus);
            let both = [(body.as_slice(), charset), (other.as_slice(), None)];
            read(&[&body[..], &other[..]].concat(), || parse_together(kind, &both, parts));
            find_some_kind(&other, charset);
        }
    });
}

#[test]
fn every_format_has_a_target_and_a_corpus() {
    for kind in SourceKind::ALL {
        let has_target = TARGETS.contains(&kind);
        // A probe reads no document, and `json` has a target of its own below.
        assert_ne!(has_target, matches!(kind, SourceKind::Http | SourceKind::Json), "{}", kind.word());
        assert_eq!(has_target, !documents(kind).is_empty(), "{}", kind.word());
    }
}

#[test]
fn what_reading_takes_grows_no_faster_than_the_document() {
    for kind in TARGETS {
        for (name, body) in documents(kind) {
            let (short, long) = (longer(&body, 20), longer(&body, 160));
            if short.len() < 2 * body.len() {
                continue;
            }
            let (_, taken) = read(&short, || parse(kind, &short, None, &[]));
            let (_, taken_by_long) = read(&long, || parse(kind, &long, None, &[]));
            let growth = u64::try_from(long.len().div_ceil(short.len())).unwrap() + 2;
            assert!(
                taken_by_long.bytes_total <= growth * taken.bytes_total + MOST_AT_LEAST,
                "{name}: {taken:?} → {taken_by_long:?}"
            );
            assert!(
                taken_by_long.count_total <= growth * taken.count_total + 1_000,
                "{name}: {taken:?} → {taken_by_long:?}"
            );
        }
    }
}

#[test]
fn json_by_paths() {
    let path = |path: &str| Some(path.to_owned());
    let rule = JsonRule {
        condition: path("$.state.light"),
        components: Some(JsonComponents {
            each: "$.parts".to_owned(),
            name: "$.name".to_owned(),
            id: path("$.id"),
            condition: path("$.light"),
        }),
        incidents: Some(JsonIncidents {
            each: "$..events[*]".to_owned(),
            id: "$.id".to_owned(),
            title: path("$.title"),
            condition: path("$.light"),
            phase: path("$.state"),
            started_at: path("$.from"),
            resolved_at: path("$.until"),
            body: path("$.text"),
            url: path("$.link"),
            components: path("$.touches[*].name"),
        }),
        ..JsonRule::default()
    };
    let reader = JsonReader::new(rule).unwrap();
    let event = json!({"id": 1, "title": "Log-in fails", "light": "red", "state": "investigating", "from": "2026-06-01T10:00:00Z",
        "until": null, "text": "We look.", "link": "https://status.example/1", "touches": [{"name": "Login"}]});
    let whole = json!({"state": {"light": "green"}, "parts": [{"id": 1, "name": "Login", "light": "green"}], "events": [event]});
    let body = whole.to_string().into_bytes();
    assert!(parse_json(&reader, &body, None, &[]).is_ok());
    let mut corpus: Vec<Vec<u8>> = hostile(&body).into_iter().map(|(_, hostile)| hostile).collect();
    for hostile in &corpus {
        read(hostile, || parse_json(&reader, hostile, None, &[]));
    }
    corpus.extend(std::iter::repeat_n(body, 20));
    fuzz("json", |rng: &mut Rng| {
        let body = mutated(rng, &corpus);
        read(&body, || parse_json(&reader, &body, None, &[]));
    });
}
