//! `foghorn inspect`: one status page, feed or site, read once and printed as foghorn understands it.

mod page;
mod wire;

use std::path::Path;

use chrono::{DateTime, Utc};
use tokio::io::AsyncReadExt;
use url::Url;

use crate::{
    domain::{Ask, Observation, Reading, Source, SourceKind},
    feeds::{self, Controls, DiscoverError, describe, find_kind, parse},
    http::Http,
};

/// A file is read as far as a body would be.
const LARGEST_FILE: u64 = 5 * 1024 * 1024;

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
    /// Nothing at the address, nor around it, is a status document.
    #[error("{cause}{}", advice(cause))]
    Page {
        /// What was tried.
        cause: DiscoverError,
    },
    /// There was a document, and it was of no use.
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

/// What to do when no document was found; an address that brought no answer speaks for itself.
fn advice(cause: &DiscoverError) -> String {
    match cause {
        DiscoverError::Request { cause, .. } => format!(": {cause}"),
        DiscoverError::Nothing { .. } => {
            "; it is no status page that foghorn knows: give the address of its feed, or --kind".to_owned()
        }
    }
}

/// What was seen, and where.
struct Seen {
    kind: SourceKind,
    observation: Observation,
    /// Where the document is, when it is another address than the one given.
    found_at: Option<String>,
    /// The host the address led to, when it is another one.
    moved_to: Option<String>,
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
    let seen = match (is_address, kind) {
        (true, Some(SourceKind::Http)) => here(SourceKind::Http, probe(target, http).await?),
        (true, _) => read_address(target, kind, http, now).await?,
        (false, Some(SourceKind::Http)) => {
            return Err(no_feed(target, "a file cannot be probed".to_owned(), "give an address or another --kind"));
        }
        (false, _) => understand(target, kind, &read_file(target).await?)?,
    };
    Ok(match format {
        Format::Text => page::render(&seen, now),
        Format::Json => wire::render(seen.kind, &seen.observation, now),
    })
}

const fn here(kind: SourceKind, observation: Observation) -> Seen {
    Seen { kind, observation, found_at: None, moved_to: None }
}

/// Measures a site once; our own network is the operator's concern here.
async fn probe(target: &str, http: &Http) -> Result<Observation, InspectError> {
    let source = Source::new(SourceKind::Http, target);
    let feed = feeds::open(&source, http, &Controls::new(http, Vec::new()));
    let refuse = |reason| no_feed(target, reason, "try again later, or check the address");
    match feed.read(&Ask::default()).await {
        Ok(Reading::Fresh(observation)) => Ok(observation),
        Ok(Reading::Unchanged) => Ok(Observation::default()),
        Ok(Reading::Unreadable { reason }) => Err(refuse(reason)),
        Err(error) => Err(refuse(error.to_string())),
    }
}

async fn read_file(path: &str) -> Result<Vec<u8>, InspectError> {
    let fault = |cause| InspectError::File { path: path.to_owned(), cause };
    let file = tokio::fs::File::open(Path::new(path)).await.map_err(fault)?;
    let mut body = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut body).await.map_err(fault)?;
    if body.len() as u64 > LARGEST_FILE {
        let found = format!("larger than {} MiB", LARGEST_FILE / 1024 / 1024);
        return Err(no_feed(path, found, "no status document is that large"));
    }
    Ok(body)
}

/// The document at an address, or else the one that a status page at this address keeps for programs.
async fn read_address(
    target: &str,
    kind: Option<SourceKind>,
    http: &Http,
    now: DateTime<Utc>,
) -> Result<Seen, InspectError> {
    let without_secrets = || target.split(['?', '#']).next().unwrap_or_default().to_owned();
    let url = Url::parse(target).map_err(|cause| InspectError::Address { target: without_secrets(), cause })?;
    let found = feeds::discover_kind(&url, kind, http, now).await.map_err(|cause| InspectError::Page { cause })?;
    let found_at = (found.url != url).then(|| feeds::shown(&found.url));
    let mut observation = found.observation;
    observation.service = found.title;
    Ok(Seen { kind: found.kind, observation, found_at, moved_to: found.moved_to })
}

/// What a document says, once its kind is known.
fn understand(target: &str, kind: Option<SourceKind>, body: &[u8]) -> Result<Seen, InspectError> {
    let kind = kind.or_else(|| find_kind(body, None)).ok_or_else(|| {
        let advice = "it is no status document that foghorn knows; give the address of the feed, or --kind";
        no_feed(target, format!("found {}", describe(body)), advice)
    })?;
    let observation = parse(kind, body, None, &[])
        .map_err(|error| no_feed(target, format!("not {}: {}", kind.word(), error.reason), "try another --kind"))?;
    Ok(here(kind, observation))
}

fn no_feed(target: &str, found: String, advice: &'static str) -> InspectError {
    InspectError::NoFeed { target: target.to_owned(), found, advice }
}
