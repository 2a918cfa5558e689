//! Reading status feeds and measuring sites.

mod alertmanager;
mod apple;
mod aws;
mod azure_devops;
mod betterstack;
mod cachet;
mod cstate;
mod discover;
mod document;
mod firehydrant;
mod gatus;
mod google;
mod headline;
mod heroku;
mod html;
mod hund;
mod incidentio;
mod instatus;
mod json_rule;
mod kind;
mod markup;
mod metastatus;
mod meter;
mod microsoft;
mod owed;
mod pagerduty;
mod pages;
mod parse;
mod probe;
mod prose;
mod rss;
mod salesforce;
mod sketch;
mod slack;
mod sorry;
mod source;
mod statusio;
mod statuspage;
mod statuspal;
mod tidy;
mod time;
mod upptime;
mod uptime_kuma;
mod wire;

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::{Ask, Reading};

pub use self::{
    discover::{DiscoverError, Found, Outcome, describe, discover, discover_kind, shown},
    json_rule::JsonReader,
    kind::find_kind,
    parse::{parse, parse_json, parse_together},
    probe::Controls,
    source::{looks_like_html, open},
};

/// One source, read again and again.
#[async_trait]
pub trait Feed: Send + Sync {
    /// Reads the source once: one request, a second one into the history only where `ask` gives a reason.
    ///
    /// Keeps validators between calls, so an unchanged document costs little.
    ///
    /// # Errors
    ///
    /// [`FeedError`] when the source cannot be read now; that says nothing about the service.
    async fn read(&self, ask: &Ask) -> Result<Reading, FeedError>;
}

/// Why a source could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The host asked to be left alone for a while (429 or 503 with `Retry-After`).
    #[error("the host asks to wait {} s", after.as_secs())]
    Later {
        /// How long, at least.
        after: Duration,
    },
    /// The request, or what came back, was no use; the text says what was wrong.
    #[error("{reason}")]
    Unreadable {
        /// What was wrong, in a few words, without secrets.
        reason: String,
    },
}

/// Why a document is no status document of the kind it was read as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ParseError {
    /// What was expected and what was found, in a few words for an operator.
    pub reason: String,
}
