//! `foghorn inspect`: one status page, feed or site, read once and printed as foghorn understands it.

mod page;
mod wire;

use std::path::Path;

use chrono::{DateTime, Utc};
use scraper::{Html, Selector};
use tokio::io::AsyncReadExt;
use url::Url;

use crate::{
    domain::{Ask, Observation, ProbeRule, Reading, Role, Source, SourceId, SourceKind},
    feeds::{self, Controls, find_kind, looks_like_html, parse},
    http::{Answer, Http, HttpError, Want},
};

/// A file is read as far as a body would be.
const LARGEST_FILE: u64 = 5 * 1024 * 1024;

/// Where the kinds we read put their documents, the most common first (FORMATS §4).
const WELL_KNOWN: [(&str, SourceKind); 7] = [
    ("api/v2/summary.json", SourceKind::Statuspage),
    ("history.atom", SourceKind::Rss),
    ("history.rss", SourceKind::Rss),
    ("feed.atom", SourceKind::Rss),
    ("feed.rss", SourceKind::Rss),
    ("feed", SourceKind::Rss),
    ("rss", SourceKind::Rss),
];

/// How an observation is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A page for people.
    #[default]
    Text,
    /// One object for programs.
    Json,
}

/// Why there is nothing to print.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The file cannot be read.
    #[error("cannot read {path}")]
    File {
        /// Which.
        path: String,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The address cannot be understood.
    #[error("{target} is no address")]
    Address {
        /// What was given.
        target: String,
        /// Why.
        #[source]
        cause: url::ParseError,
    },
    /// The request failed.
    #[error("cannot read {target}")]
    Request {
        /// What was asked for.
        target: String,
        /// Why.
        #[source]
        cause: HttpError,
    },
    /// There was an answer, and it was of no use.
    #[error("{target}: {found}; {advice}")]
    NoFeed {
        /// What was read.
        target: String,
        /// What it is.
        found: String,
        /// What to do.
        advice: &'static str,
    },
}

/// A document and where it came from.
struct Document {
    body: Vec<u8>,
    charset: Option<String>,
}

/// Reads a file or an address and says what is to be printed. `now` becomes `observed_at`.
///
/// # Errors
///
/// [`InspectError`] when nothing could be read, or what was read is no status document.
pub async fn inspect(
    target: &str,
    kind: Option<SourceKind>,
    format: Format,
    http: &Http,
    now: DateTime<Utc>,
) -> Result<String, InspectError> {
    let is_address = target.starts_with("https://") || target.starts_with("http://");
    let (kind, observation) = match (is_address, kind) {
        (true, Some(SourceKind::Http)) => (SourceKind::Http, probe(target, http).await?),
        (true, _) => read_address(target, kind, http).await?,
        (false, Some(SourceKind::Http)) => {
            return Err(no_feed(target, "a file cannot be probed".to_owned(), "give an address or another --kind"));
        }
        (false, _) => understand(target, kind, &read_file(target).await?)?,
    };
    Ok(match format {
        Format::Text => page::render(kind, &observation, now),
        Format::Json => wire::render(kind, &observation, now),
    })
}

/// Measures a site once; our own network is the operator's concern here.
async fn probe(target: &str, http: &Http) -> Result<Observation, InspectError> {
    let source = Source {
        id: SourceId::new(SourceKind::Http, target),
        kind: SourceKind::Http,
        url: target.to_owned(),
        role: Role::Measured,
        parts: Vec::new(),
        probe: ProbeRule::default(),
    };
    let feed = feeds::open(&source, http, &Controls::new(http, Vec::new()));
    let refuse = |reason| no_feed(target, reason, "try again later, or check the address");
    match feed.read(&Ask::default()).await {
        Ok(Reading::Fresh(observation)) => Ok(observation),
        Ok(Reading::Unchanged) => Ok(Observation::default()),
        Ok(Reading::Unreadable { reason }) => Err(refuse(reason)),
        Err(error) => Err(refuse(error.to_string())),
    }
}

async fn read_file(path: &str) -> Result<Document, InspectError> {
    let fault = |cause| InspectError::File { path: path.to_owned(), cause };
    let file = tokio::fs::File::open(Path::new(path)).await.map_err(fault)?;
    let mut body = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut body).await.map_err(fault)?;
    if body.len() as u64 > LARGEST_FILE {
        let found = format!("larger than {} MiB", LARGEST_FILE / 1024 / 1024);
        return Err(no_feed(path, found, "no status document is that large"));
    }
    Ok(Document { body, charset: None })
}

/// The document at an address, or else the one that a status page at this address keeps for programs.
async fn read_address(
    target: &str,
    kind: Option<SourceKind>,
    http: &Http,
) -> Result<(SourceKind, Observation), InspectError> {
    let url = Url::parse(target).map_err(|cause| InspectError::Address { target: shown(target), cause })?;
    let answer =
        http.get(&url, Want::Document).await.map_err(|cause| InspectError::Request { target: shown(target), cause })?;
    let (base, is_html) = (answer.final_url.clone(), looks_like_html(&answer.body));
    let is_success = (200..300).contains(&answer.status);
    let links = if is_html { feed_links(&answer) } else { Vec::new() };
    let refusal = if is_success {
        let document = Document { body: answer.body, charset: answer.charset };
        match understand(&shown(target), kind, &document) {
            Ok(read) => return Ok(read),
            Err(refusal) => refusal,
        }
    } else {
        no_feed(&shown(target), format!("HTTP {}", answer.status), "check the address")
    };
    // Another status than these speaks for the whole host: asking on would only annoy.
    if !(is_html && is_success || answer.status == 404) {
        return Err(refusal);
    }
    for (address, its_kind) in candidates(&base, links) {
        if kind.is_some_and(|kind| !shares_documents(kind, its_kind)) {
            continue;
        }
        let Ok(answer) = http.get(&address, Want::Document).await else { continue };
        if !(200..300).contains(&answer.status) {
            continue;
        }
        let document = Document { body: answer.body, charset: answer.charset };
        if let Ok(read) = understand(address.as_str(), kind, &document) {
            return Ok(read);
        }
    }
    Err(refusal)
}

/// Whether what is found at a well-known path of one kind may be read as the other.
fn shares_documents(kind: SourceKind, found: SourceKind) -> bool {
    kind == found || (kind, found) == (SourceKind::Incidentio, SourceKind::Statuspage)
}

/// What a document says, once its kind is known.
fn understand(
    target: &str,
    kind: Option<SourceKind>,
    document: &Document,
) -> Result<(SourceKind, Observation), InspectError> {
    let charset = document.charset.as_deref();
    let kind = kind.or_else(|| find_kind(&document.body, charset)).ok_or_else(|| {
        let advice = "it is no status document that foghorn knows; give the address of the feed, or --kind";
        no_feed(target, describe(&document.body), advice)
    })?;
    let observation = parse(kind, &document.body, charset, &[])
        .map_err(|error| no_feed(target, format!("not {}: {}", kind.word(), error.reason), "try another --kind"))?;
    Ok((kind, observation))
}

fn no_feed(target: &str, found: String, advice: &'static str) -> InspectError {
    InspectError::NoFeed { target: target.to_owned(), found, advice }
}

/// An address without what may be secret in it.
fn shown(target: &str) -> String {
    Url::parse(target).map_or_else(
        |_| target.split(['?', '#']).next().unwrap_or_default().to_owned(),
        |url| format!("{}://{}{}", url.scheme(), &url[url::Position::BeforeHost..url::Position::AfterPort], url.path()),
    )
}

/// What a body that is no known document looks like.
fn describe(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.is_empty() {
        return "found nothing, the document is empty".to_owned();
    }
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text) {
        return match value {
            serde_json::Value::Object(fields) => {
                let keys: Vec<&str> = fields.keys().take(6).map(String::as_str).collect();
                format!("found a JSON object with {}", if keys.is_empty() { "no keys".into() } else { keys.join(", ") })
            }
            serde_json::Value::Array(entries) => format!("found a JSON list of {}", entries.len()),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => "found a single JSON value".to_owned(),
        };
    }
    if looks_like_html(body) {
        return "found an HTML page".to_owned();
    }
    match text.chars().next() {
        Some('<') => format!("found XML, {}, of a kind that is not read", root_of(text)),
        Some('{' | '[') => "found JSON that is broken or cut off".to_owned(),
        Some(_) | None => "found neither JSON nor XML".to_owned(),
    }
}

/// The root element of an XML document, for a message.
fn root_of(text: &str) -> String {
    let name = text.split('<').find(|tag| tag.starts_with(|first: char| first.is_alphabetic())).unwrap_or_default();
    let is_part = |character: &char| character.is_alphanumeric() || matches!(character, ':' | '-' | '_' | '.');
    let name: String = name.chars().take_while(is_part).take(40).collect();
    if name.is_empty() { "without an element".to_owned() } else { format!("root element {name}") }
}

/// Feeds that a page names in its head.
fn feed_links(answer: &Answer) -> Vec<Url> {
    let Ok(links) = Selector::parse(r#"link[rel~="alternate"][href]"#) else { return Vec::new() };
    let page = Html::parse_document(&String::from_utf8_lossy(&answer.body));
    page.select(&links)
        .filter(|link| matches!(link.attr("type"), Some("application/rss+xml" | "application/atom+xml")))
        .filter_map(|link| answer.final_url.join(link.attr("href")?).ok())
        .take(2)
        .collect()
}

/// Where to look next: JSON first, as it tells most, then what the page names itself, then the usual feeds.
fn candidates(base: &Url, links: Vec<Url>) -> Vec<(Url, SourceKind)> {
    let mut directories = vec![format!("{}/", base.path().trim_end_matches('/'))];
    if directories.first().is_some_and(|directory| directory != "/") {
        directories.push("/".to_owned());
    }
    let at = |directory: &str, path: &str| {
        let mut url = base.clone();
        url.set_query(None);
        url.set_fragment(None);
        url.set_path(&format!("{directory}{path}"));
        url
    };
    let mut found: Vec<(Url, SourceKind)> = Vec::new();
    let (json, feeds): (Vec<_>, Vec<_>) = WELL_KNOWN.iter().partition(|(_, kind)| *kind == SourceKind::Statuspage);
    for directory in &directories {
        found.extend(json.iter().map(|(path, kind)| (at(directory, path), *kind)));
    }
    found.extend(links.into_iter().map(|url| (url, SourceKind::Rss)));
    // The feeds of a page that names none are at the top of its host.
    found.extend(feeds.iter().map(|(path, kind)| (at("/", path), *kind)));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_named() {
        assert_eq!(describe(b" \n"), "found nothing, the document is empty");
        assert_eq!(describe(b"<!DOCTYPE html><html>"), "found an HTML page");
        assert_eq!(describe(b"{\"moved\": true, \"to\": 1}"), "found a JSON object with moved, to");
        assert_eq!(describe(b"{\"page\": {"), "found JSON that is broken or cut off");
        assert_eq!(
            describe(b"<?xml version='1.0'?><!-- a --><opml/>"),
            "found XML, root element opml, of a kind that is not read"
        );
    }

    #[test]
    fn secrets_in_an_address_are_not_shown() {
        assert_eq!(
            shown("https://me:secret@status.example:8443/feed?token=secret#x"),
            "https://status.example:8443/feed"
        );
    }

    #[test]
    fn a_page_below_a_path_is_asked_there_first() {
        let base = Url::parse("https://status.example/eu?x=1").expect("a valid address");
        let found = candidates(&base, Vec::new());
        let first: Vec<&str> = found.iter().take(3).map(|(url, _)| url.as_str()).collect();
        assert_eq!(
            first,
            [
                "https://status.example/eu/api/v2/summary.json",
                "https://status.example/api/v2/summary.json",
                "https://status.example/history.atom"
            ]
        );
    }
}
