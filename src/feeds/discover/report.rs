//! What a search says when it found nothing: what was read, what was tried, and what came of it.

use std::fmt;

use serde::de::IgnoredAny;
use serde_json::Value;
use url::Url;

use crate::{
    domain::SourceKind,
    feeds::{looks_like_html, sketch::sketch},
    http::HttpError,
};

/// Why no document was found.
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// The address itself brought no answer.
    #[error("cannot read {address}")]
    Request {
        /// What was asked for, without secrets.
        address: String,
        /// Why.
        #[source]
        cause: HttpError,
    },
    /// There were answers, and none was a status document.
    #[error("{address}: {found}{}", Tried(tried))]
    Nothing {
        /// What was asked for, without secrets.
        address: String,
        /// What it is.
        found: Outcome,
        /// Where else was looked, and what was there.
        tried: Vec<(String, Outcome)>,
    },
}

/// What came of looking at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer with another status than success.
    Status(u16),
    /// A document whose kind nobody knows; what it looks like.
    Unknown(String),
    /// A document that cannot be read as its kind.
    Unread {
        /// As which.
        kind: SourceKind,
        /// Why.
        reason: String,
    },
    /// No answer.
    Failed(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(formatter, "HTTP {status}"),
            Self::Unknown(found) => write!(formatter, "found {found}"),
            Self::Unread { kind, reason } => write!(formatter, "not {}: {reason}", kind.word()),
            Self::Failed(reason) => formatter.write_str(reason),
        }
    }
}

/// The places that were tried, those with the same outcome together.
struct Tried<'a>(&'a [(String, Outcome)]);

impl fmt::Display for Tried<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups: Vec<(&Outcome, Vec<&str>)> = Vec::new();
        for (place, outcome) in self.0 {
            match groups.iter_mut().find(|(known, _)| *known == outcome) {
                Some((_, places)) => places.push(place),
                None => groups.push((outcome, vec![place])),
            }
        }
        let groups: Vec<String> =
            groups.iter().map(|(outcome, places)| format!("{} ({outcome})", places.join(", "))).collect();
        if groups.is_empty() { Ok(()) } else { write!(formatter, "; also tried {}", groups.join("; ")) }
    }
}

/// An address without what may be secret in it.
#[must_use]
pub fn shown(url: &Url) -> String {
    format!("{}://{}{}", url.scheme(), &url[url::Position::BeforeHost..url::Position::AfterPort], url.path())
}

/// What a body that is no known document looks like.
#[must_use]
pub fn describe(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.is_empty() {
        return "nothing, the document is empty".to_owned();
    }
    if let Some(value) = sketch(text) {
        return match value {
            Value::Object(fields) => {
                let keys: Vec<&str> = fields.keys().take(6).map(String::as_str).collect();
                format!("a JSON object with {}", if keys.is_empty() { "no keys".into() } else { keys.join(", ") })
            }
            // Entries that nobody keeps take no room.
            Value::Array(_) => {
                let count = serde_json::from_str::<Vec<IgnoredAny>>(text).map_or(0, |entries| entries.len());
                format!("a JSON list of {count}")
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => "a single JSON value".to_owned(),
        };
    }
    if looks_like_html(body) {
        return "an HTML page".to_owned();
    }
    match text.chars().next() {
        Some('<') => format!("XML, {}, of a kind that is not read", root_of(text)),
        Some('{' | '[') => "JSON that is broken or cut off".to_owned(),
        Some(_) | None => "neither JSON nor XML".to_owned(),
    }
}

/// The root element of an XML document, for a message.
fn root_of(text: &str) -> String {
    let name = text.split('<').find(|tag| tag.starts_with(|first: char| first.is_alphabetic())).unwrap_or_default();
    let is_part = |character: &char| character.is_alphanumeric() || matches!(character, ':' | '-' | '_' | '.');
    let name: String = name.chars().take_while(is_part).take(40).collect();
    if name.is_empty() { "without an element".to_owned() } else { format!("root element {name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_named() {
        assert_eq!(describe(b" \n"), "nothing, the document is empty");
        assert_eq!(describe(b"<!DOCTYPE html><html>"), "an HTML page");
        assert_eq!(describe(b"{\"moved\": true, \"to\": 1}"), "a JSON object with moved, to");
        assert_eq!(describe(b"{\"page\": {"), "JSON that is broken or cut off");
        assert_eq!(
            describe(b"<?xml version='1.0'?><!-- a --><opml/>"),
            "XML, root element opml, of a kind that is not read"
        );
    }

    #[test]
    fn secrets_in_an_address_are_not_shown() {
        let url = Url::parse("https://me:secret@status.example:8443/feed?token=secret#x").unwrap();
        assert_eq!(shown(&url), "https://status.example:8443/feed");
    }

    #[test]
    fn places_with_the_same_outcome_are_told_together() {
        let error = DiscoverError::Nothing {
            address: "https://a.example/".to_owned(),
            found: Outcome::Unknown("an HTML page".to_owned()),
            tried: vec![
                ("https://a.example/x".to_owned(), Outcome::Status(404)),
                ("https://a.example/y".to_owned(), Outcome::Failed("connection refused by a.example".to_owned())),
                ("https://a.example/z".to_owned(), Outcome::Status(404)),
            ],
        };
        assert_eq!(
            error.to_string(),
            "https://a.example/: found an HTML page; also tried https://a.example/x, https://a.example/z (HTTP 404); \
             https://a.example/y (connection refused by a.example)"
        );
    }
}
