//! What is served in place of a status document, for every format: it is an error or says nothing, and it is never taken
//! for an outage or for the end of one.

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    detect::{Rules, recall, step},
    domain::{Condition, Observation, Reading, Service, ServiceId, Source, SourceKind, Track},
    feeds::{ParseError, parse},
};

use crate::{documents::documents, formats::TARGETS, scale::longer};

/// Answers with status 200 that are no status document of any kind.
const OTHERS: [&str; 17] = [
    "",
    " \r\n\t",
    "\u{FEFF}",
    "null",
    "0",
    "\"operational\"",
    "{}",
    "OK",
    "operational",
    "{\"message\": \"This page has moved\", \"location\": \"https://elsewhere.example/\"}",
    "{\"ok\": false, \"msg\": \"Not Found\"}",
    "{\"error\": {\"code\": 403, \"message\": \"forbidden\", \"status\": \"PERMISSION_DENIED\"}}",
    "<!DOCTYPE html><html><head><title>Moved</title></head><body><h1>This page has moved</h1></body></html>",
    "<!-- x --><html><body>All systems go to <a href=\"/login\">the log-in</a>: a major outage of words</body></html>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
    "<!DOCTYPE html><html><body><div id=\"root\"></div><script src=\"/app.js\"></script></body></html>",
    "<html><head><meta http-equiv=\"refresh\" content=\"0; url=https://elsewhere.example/\"></head></html>",
];

fn service(kind: SourceKind) -> Service {
    Service {
        id: ServiceId::new("acme").unwrap(),
        name: "Acme".to_owned(),
        aliases: Vec::new(),
        category: "work".to_owned(),
        homepage: None,
        status_page: None,
        depends_on: Vec::new(),
        alternatives: Vec::new(),
        sources: vec![Source::new(kind, "https://status.example/")],
    }
}

fn now() -> DateTime<Utc> {
    "2026-10-01T12:00:00Z".parse().unwrap()
}

/// What is known of a service after this has been read of it, be it good or bad, again and again.
fn live(kind: SourceKind, mut track: Track, document: &Result<Observation, ParseError>) -> (Track, Vec<String>) {
    let service = service(kind);
    let source = &service.sources[0];
    let mut told = Vec::new();
    for minute in 1..=6 {
        let reading = match document {
            Ok(observation) => Reading::Fresh(observation.clone()),
            Err(error) => Reading::Unreadable { reason: error.reason.clone() },
        };
        assert!(recall(&track, source, &reading).is_empty());
        let stepped = step(track, &service, source, &reading, now() + TimeDelta::minutes(minute), &Rules::default());
        told.extend(stepped.transitions.iter().map(|told| told.kind.word().to_owned()));
        track = stepped.track;
    }
    (track, told)
}

/// What was known before: that all is well, and all that a document of this kind tells.
fn before(kind: SourceKind, document: &Observation) -> [Track; 2] {
    let nothing = Track::new(ServiceId::new("acme").unwrap());
    let well = Observation { condition: Condition::Operational, ..Observation::default() };
    [well, document.clone()].map(|document| live(kind, nothing.clone(), &Ok(document)).0)
}

#[test]
fn what_is_no_status_document_is_told_so_and_alerts_nothing_and_ends_nothing() {
    for kind in TARGETS {
        for (name, body) in documents(kind) {
            let Ok(whole) = parse(kind, &body, None, &[]) else { continue };
            for other in OTHERS {
                let read = parse(kind, other.as_bytes(), None, &[]);
                let is_unknown =
                    read.as_ref().is_ok_and(|seen| seen.condition == Condition::Unknown && seen.incidents.is_empty());
                assert!(read.is_err() || is_unknown, "{name}: {other:?} is read as {read:?}");
                for track in before(kind, &whole) {
                    let (after, told) = live(kind, track.clone(), &read);
                    assert_eq!((after.incidents, told), (track.incidents, Vec::new()), "{name}: {other:?}");
                }
            }
        }
    }
}

#[test]
fn a_document_that_breaks_off_is_an_error_or_says_what_the_whole_one_says() {
    for kind in TARGETS {
        for (name, body) in documents(kind) {
            let Ok(whole) = parse(kind, &body, None, &[]) else { continue };
            let end = body.trim_ascii_end().len();
            for cut in (1..end).step_by((end / 97).max(1)).chain([end - 1]) {
                match parse(kind, &body[..cut], None, &[]) {
                    Err(error) => assert!(!error.reason.is_empty()),
                    // What follows its last word adds nothing.
                    Ok(seen) if seen == whole => {}
                    Ok(seen) => {
                        let says_nothing = seen.incidents.is_empty() && seen.maintenances.is_empty();
                        assert!(says_nothing && seen.condition == Condition::Unknown, "{name} cut at {cut}: {seen:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_thousand_incidents_are_not_believed() {
    for kind in TARGETS {
        for (name, body) in documents(kind) {
            let Ok(whole) = parse(kind, &body, None, &[]) else { continue };
            if whole.incidents.is_empty() {
                continue;
            }
            let Ok(read) = parse(kind, &longer(&body, 1_000), None, &[]) else { continue };
            // A feed's newest items are all that is ever looked at, and what repeats one incident has but one.
            assert!(read.incidents.len() <= 100, "{name}: {}", read.incidents.len());
        }
    }
}
