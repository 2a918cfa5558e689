//! From a source to a [`Feed`] that can be read: one document, asked for again only when it changed.

use std::{
    cmp::Reverse,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use crate::{
    domain::{
        Ask, MaintenancePhase, Observation, PostedIncident, PostedMaintenance, Reading, Source, SourceId, SourceKind,
    },
    feeds::{
        Controls, Feed, FeedError, json_rule::JsonReader, pages::Pages, parse, parse::parse_json, probe::Probe,
        tidy::times,
    },
    http::{Answer, Fetched, Http, HttpError, Validators, Want},
};

/// Larger bodies are parsed on a thread of their own, so that other feeds and chats need not wait.
const PARSED_IN_PLACE: usize = 64 * 1024;

/// What is made of so many bytes: of few in place, of many on a thread of its own; `None` when that fails inside.
pub(super) async fn aside<T: Send + 'static>(size: usize, read: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    if size <= PARSED_IN_PLACE { Some(read()) } else { tokio::task::spawn_blocking(read).await.ok() }
}

/// More incidents than any service has open at once; a page that posts them is broken or plays tricks, and alerting each
/// of them would flood every chat.
const MOST_OPEN: usize = 80;

/// No status page plans further ahead than this.
const MOST_AHEAD: TimeDelta = TimeDelta::days(2 * 366);

/// The most documents of single issues that one reading asks for.
const MOST_ISSUES: usize = 5;

/// What reads this source.
#[must_use]
pub fn open(source: &Source, http: &Http, controls: &Arc<Controls>) -> Arc<dyn Feed> {
    let url = match Url::parse(&source.url) {
        Ok(url) => url,
        Err(cause) => return Arc::new(Nowhere { reason: format!("the address cannot be understood: {cause}") }),
    };
    if source.kind == SourceKind::Http {
        return Arc::new(Probe::new(http.clone(), Arc::clone(controls), url, source.probe.clone()));
    }
    if let Some(pages) = Pages::open(source.id.clone(), source.kind, &url, &source.parts, http) {
        return Arc::new(pages);
    }
    let json = match source.json.as_deref().cloned().map(JsonReader::new).transpose() {
        Ok(json) => json.map(Arc::new),
        Err(error) => return Arc::new(Nowhere { reason: error.reason }),
    };
    Arc::new(Document {
        json,
        id: source.id.clone(),
        kind: source.kind,
        url,
        parts: source.parts.clone().into(),
        http: http.clone(),
        memory: Mutex::default(),
    })
}

/// A source that cannot be asked: its address is none, or a path is wrong.
struct Nowhere {
    reason: String,
}

#[async_trait]
impl Feed for Nowhere {
    async fn read(&self, _ask: &Ask) -> Result<Reading, FeedError> {
        Err(FeedError::Unreadable { reason: self.reason.clone() })
    }
}

/// A source that is a document.
struct Document {
    id: SourceId,
    kind: SourceKind,
    url: Url,
    parts: Arc<[String]>,
    json: Option<Arc<JsonReader>>,
    http: Http,
    memory: Mutex<Memory>,
}

/// What is kept between readings. Thousands of feeds keep one: hashes, never bodies.
#[derive(Default)]
struct Memory {
    document: Known,
    /// The last answer came by a permanent redirect, and this was said.
    is_move_told: bool,
}

/// The last document that could be read.
#[derive(Clone, Default)]
struct Known {
    validators: Validators,
    /// Of the body.
    hash: Option<u64>,
    /// Of the ids of everything posted, where there is a history to look up others in.
    posted: Box<[u64]>,
}

#[async_trait]
impl Feed for Document {
    async fn read(&self, ask: &Ask) -> Result<Reading, FeedError> {
        let mut known = self.memory().document.clone();
        // History is merged into the document it belongs to, so then "nothing changed" is no answer.
        let is_history_asked = self.has_history() && (ask.catch_up || known.lacks(&ask.open));
        let is_whole_wanted = ask.whole || is_history_asked;
        let answer = if is_whole_wanted || known.hash.is_none() {
            self.http.get(&self.url, Want::Document).await.map_err(feed_error)?
        } else {
            match self.http.get_changed(&self.url, &known.validators).await.map_err(feed_error)? {
                Fetched::NotModified => return Ok(Reading::Unchanged),
                Fetched::Fresh(answer) => *answer,
            }
        };
        tell_move(&self.id, &answer, &mut self.memory().is_move_told);
        refuse_failure(&self.url, &answer)?;
        let hash = hash_of(&answer.body);
        known.validators = answer.validators.clone();
        if known.hash == Some(hash) && !is_whole_wanted {
            self.memory().document = known;
            return Ok(Reading::Unchanged);
        }
        let history_base = answer.final_url.clone();
        let mut observation = self.understand(&self.url, answer).await?;
        observation.page.host = history_base.host_str().map(str::to_owned);
        known.hash = Some(hash);
        if self.has_history() {
            known.posted = ids(&observation).map(hash_of).collect();
        }
        let is_history_wanted = self.has_history() && (ask.catch_up || known.lacks(&ask.open));
        // Only now: a document that could not be understood must be asked for again.
        self.memory().document = known;
        if is_history_wanted {
            self.add_history(&mut observation, &history_base, ask).await;
        }
        Ok(Reading::Fresh(observation))
    }
}

impl Document {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Each change is one assignment, so a panic elsewhere leaves it usable.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_history(&self) -> bool {
        self.kind == SourceKind::Cstate || !histories(self.kind).is_empty()
    }

    /// Parses an answer and refuses what no status page says. Where it comes from is said when another host than the one
    /// that was asked gave it.
    async fn understand(&self, asked: &Url, answer: Answer) -> Result<Observation, FeedError> {
        refuse_content(asked, &answer)?;
        let Answer { body, charset, date, final_url, .. } = answer;
        let (kind, parts, json) = (self.kind, Arc::clone(&self.parts), self.json.clone());
        let is_html = kind != SourceKind::Html && looks_like_html(&body);
        let size = body.len();
        let read = move || match &json {
            Some(reader) => parse_json(reader, &body, charset.as_deref(), &parts),
            None => parse(kind, &body, charset.as_deref(), &parts),
        };
        let parsed = aside(size, read)
            .await
            .ok_or_else(|| unreadable("reading the document failed inside; this is a fault of foghorn".to_owned()))?;
        let observation = parsed.map_err(|error| {
            // The commonest of all faults deserves the clearest words.
            let reason = if is_html { format!("an HTML page instead of {}", kind.word()) } else { error.reason };
            unreadable_at(asked, &final_url, reason)
        })?;
        doubt(&observation, date).map_or(Ok(observation), |reason| Err(unreadable_at(asked, &final_url, reason)))
    }

    /// Adds what the history knows and the document does not. A history that cannot be read spoils nothing.
    async fn add_history(&self, observation: &mut Observation, base: &Url, ask: &Ask) {
        if self.kind == SourceKind::Cstate {
            return self.add_issues(observation, base, ask).await;
        }
        for (place, (current, list)) in histories(self.kind).iter().enumerate() {
            let known: Vec<u64> = ids(observation).map(hash_of).collect();
            let is_done = ask.open.iter().all(|id| known.contains(&hash_of(id.as_str())));
            if is_done && (!ask.catch_up || place > 0) {
                return;
            }
            let url = sibling(base, current, list).or_else(|| sibling(&self.url, current, list));
            let Some(url) = url else { return };
            match self.read_history(&url).await {
                Ok(history) => {
                    // What goes on stands in the document itself; the history tells what was missed there and what is past.
                    let is_wanted = |id: &str, is_past: bool| {
                        !known.contains(&hash_of(id)) && (is_past || ask.open.iter().any(|open| open == id))
                    };
                    let incidents = history.incidents.into_iter();
                    observation.incidents.extend(incidents.filter(|entry| is_wanted(&entry.id, entry.is_closed())));
                    let is_done = |entry: &PostedMaintenance| entry.phase == MaintenancePhase::Completed;
                    let maintenances = history.maintenances.into_iter();
                    observation.maintenances.extend(maintenances.filter(|entry| is_wanted(&entry.id, is_done(entry))));
                    observation.incidents.sort_by_key(|incident| Reverse(incident.started_at));
                }
                // Who only wants to know the past can do without.
                Err(error) if is_done => {
                    tracing::debug!(source = %self.id, list, %error, "a status page shows no history");
                }
                Err(error) => {
                    tracing::warn!(source = %self.id, list, %error, "the history of a status page cannot be read");
                }
            }
        }
    }

    /// Adds the issues that the index does not list any more, each from its own document.
    async fn add_issues(&self, observation: &mut Observation, index: &Url, ask: &Ask) {
        let known: Vec<u64> = ids(observation).map(hash_of).collect();
        let missing = ask.open.iter().filter(|id| !known.contains(&hash_of(id.as_str())));
        for (id, url) in missing.filter_map(|id| Some((id, issue_of(index, id)?))).take(MOST_ISSUES) {
            match self.read_history(&url).await {
                Ok(issue) => observation.incidents.extend(issue.incidents.into_iter().filter(|entry| entry.id == *id)),
                Err(error) => {
                    tracing::warn!(source = %self.id, path = url.path(), %error, "an issue of a status page cannot be read");
                }
            }
        }
        observation.incidents.sort_by_key(|incident| Reverse(incident.started_at));
    }

    async fn read_history(&self, url: &Url) -> Result<Observation, FeedError> {
        let answer = self.http.get(url, Want::Document).await.map_err(feed_error)?;
        refuse_failure(url, &answer)?;
        self.understand(url, answer).await
    }
}

impl Known {
    /// Whether one of these was not in the last document.
    fn lacks(&self, open: &[String]) -> bool {
        open.iter().any(|id| !self.posted.contains(&hash_of(id.as_str())))
    }
}

/// The documents with the past of a page of this kind: beside which document they stand, and their names.
const fn histories(kind: SourceKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        // Nobody can tell from an id whether it is an incident or a maintenance; incidents are far more often missed.
        SourceKind::Statuspage | SourceKind::Incidentio => {
            &[("summary.json", "incidents.json"), ("summary.json", "scheduled-maintenances.json")]
        }
        SourceKind::Slack => &[("current", "history")],
        SourceKind::Heroku => &[("current-status", "incidents")],
        // Of one instance or product its own document tells; this list is of all of them.
        SourceKind::Salesforce => &[("incidents/active", "incidents?limit=100&offset=0")],
        SourceKind::Instatus
        | SourceKind::Betterstack
        | SourceKind::Statusio
        | SourceKind::Statuspal
        | SourceKind::Sorry
        | SourceKind::Hund
        | SourceKind::Cachet
        | SourceKind::Cstate
        | SourceKind::Upptime
        | SourceKind::UptimeKuma
        | SourceKind::Gatus
        | SourceKind::Google
        | SourceKind::Aws
        | SourceKind::AwsRss
        | SourceKind::AzureRss
        | SourceKind::AzureDevops
        | SourceKind::Microsoft
        | SourceKind::Apple
        | SourceKind::Metastatus
        | SourceKind::Firehydrant
        | SourceKind::Pagerduty
        | SourceKind::Site24x7
        | SourceKind::Alertmanager
        | SourceKind::Rss
        | SourceKind::Html
        | SourceKind::Json
        | SourceKind::Http => &[],
    }
}

/// The document that stands beside another one: `…/api/v2/summary.json` → `…/api/v2/incidents.json`.
fn sibling(document: &Url, current: &str, list: &str) -> Option<Url> {
    let directory = document.path().strip_suffix(current).filter(|directory| directory.ends_with('/'))?;
    let mut url = document.clone();
    let (name, query) = list.split_once('?').map_or((list, None), |(name, query)| (name, Some(query)));
    url.set_path(&format!("{directory}{name}"));
    if query.is_some() {
        url.set_query(query);
    }
    Some(url)
}

/// The document of a cState issue, by its permalink; always at the host of the index, whatever the link says.
fn issue_of(index: &Url, permalink: &str) -> Option<Url> {
    let link = Url::parse(permalink).ok().filter(|link| matches!(link.scheme(), "http" | "https"))?;
    let mut url = index.clone();
    url.set_path(&format!("{}/index.json", link.path().trim_end_matches('/')));
    url.set_query(None);
    Some(url)
}

pub(super) fn ids(observation: &Observation) -> impl Iterator<Item = &str> {
    let incidents = observation.incidents.iter().map(|incident| incident.id.as_str());
    incidents.chain(observation.maintenances.iter().map(|maintenance| maintenance.id.as_str()))
}

pub(super) fn hash_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Whether a body is a web page.
pub fn looks_like_html(body: &[u8]) -> bool {
    let beginning = String::from_utf8_lossy(body.get(..512).unwrap_or(body)).to_ascii_lowercase();
    let beginning = beginning.trim_start_matches('\u{FEFF}').trim_start();
    beginning.starts_with("<!doctype html") || beginning.contains("<html")
}

/// Media types that are never a status document, whatever their bytes. Others are judged by the document's shape:
/// JSON as `text/plain` and XML as `text/html` are both in the wild (FORMATS §2.1).
fn is_no_text(media_type: &str) -> bool {
    let (family, format) = media_type.split_once('/').unwrap_or((media_type, ""));
    matches!(family, "image" | "audio" | "video" | "font" | "model" | "multipart")
        || (family == "application" && matches!(format, "pdf" | "zip" | "gzip" | "x-tar" | "wasm" | "msword"))
}

/// Why a document of the right shape is not to be believed.
pub(super) fn doubt(observation: &Observation, now: Option<DateTime<Utc>>) -> Option<String> {
    let is_open = |incident: &&PostedIncident| incident.phase.is_some_and(|phase| !phase.is_closed());
    let open = observation.incidents.iter().filter(is_open).count();
    if open > MOST_OPEN {
        return Some(format!("{open} open incidents, more than {MOST_OPEN}, are not believed"));
    }
    // The server's own clock: it is the one that dated the document.
    let latest = now?.checked_add_signed(MOST_AHEAD)?;
    let absurd = times(observation).find(|time| *time > latest)?;
    Some(format!("a time in the far future ({}) is not believed", absurd.format("%Y-%m-%d")))
}

/// What is empty, or says that it is no text, is no document.
pub(super) fn refuse_content(asked: &Url, answer: &Answer) -> Result<(), FeedError> {
    let refuse = |reason| Err(unreadable_at(asked, &answer.final_url, reason));
    if answer.body.is_empty() {
        return refuse("the answer is empty".to_owned());
    }
    match answer.content_type.as_deref().filter(|media_type| is_no_text(media_type)) {
        Some(media_type) => refuse(format!("the answer is {media_type}, which is no status document")),
        None => Ok(()),
    }
}

/// Says once that the address in the service file is out of date, whatever it is that answers there.
pub(super) fn tell_move(source: &SourceId, answer: &Answer, is_told: &mut bool) {
    let was_told = std::mem::replace(is_told, answer.permanent_redirect.is_some());
    if let (Some(to), false) = (&answer.permanent_redirect, was_told) {
        let (host, path) = (to.host_str().unwrap_or_default(), to.path());
        tracing::warn!(%source, host, path, "the source has moved for good; its address should follow");
    }
}

/// Anything but a success is no document.
pub(super) fn refuse_failure(asked: &Url, answer: &Answer) -> Result<(), FeedError> {
    match (answer.status, answer.retry_after) {
        (200..=299, _) => Ok(()),
        (_, Some(after)) => Err(FeedError::Later { after }),
        (status, None) => Err(unreadable_at(asked, &answer.final_url, format!("HTTP {status}"))),
    }
}

pub(super) fn feed_error(error: HttpError) -> FeedError {
    if let HttpError::Held { after } = error {
        return FeedError::Later { after };
    }
    unreadable(error.to_string())
}

pub(super) fn unreadable(reason: String) -> FeedError {
    FeedError::Unreadable { reason }
}

/// Why an answer is no document, and which host gave it when that is not the one that was asked: then the page has moved,
/// and its absence is no outage.
pub(super) fn unreadable_at(asked: &Url, reached: &Url, reason: String) -> FeedError {
    unreadable(match reached.host_str().filter(|host| Some(*host) != asked.host_str()) {
        Some(host) => format!("{reason}; the address leads to {host}"),
        None => reason,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_stands_beside_the_summary() {
        let of =
            |address: &str| sibling(&Url::parse(address).expect("a valid address"), "summary.json", "incidents.json");
        assert_eq!(
            of("https://status.example/eu/api/v2/summary.json").map(String::from),
            Some("https://status.example/eu/api/v2/incidents.json".to_owned())
        );
        let salesforce = Url::parse("https://api.status.example/v1/incidents/active").expect("a valid address");
        assert_eq!(
            sibling(&salesforce, "incidents/active", "incidents?limit=100&offset=0").map(String::from),
            Some("https://api.status.example/v1/incidents?limit=100&offset=0".to_owned())
        );
        assert_eq!(of("https://status.example/api/v2/incidents.json"), None);
        assert_eq!(of("https://status.example/api/v2/old-summary.json"), None);
    }

    #[test]
    fn an_issue_is_asked_for_at_the_host_of_its_index() {
        let index = Url::parse("https://status.example/index.json?x").expect("a valid address");
        let of = |permalink: &str| issue_of(&index, permalink).map(String::from);
        let expect = Some("https://status.example/issues/kiln/index.json".to_owned());
        assert_eq!(of("https://status.example/issues/kiln/"), expect);
        assert_eq!(of("http://10.0.0.1:8080/issues/kiln"), expect);
        assert_eq!(of("file:///issues/kiln"), None);
        assert_eq!(of("kiln.md"), None);
    }

    #[test]
    fn a_date_next_year_is_believed_and_one_next_century_is_not() {
        let now = DateTime::from_timestamp(1_790_000_000, 0);
        let with_start = |days| Observation {
            maintenances: vec![crate::domain::PostedMaintenance {
                id: "m1".to_owned(),
                title: "Work".to_owned(),
                phase: crate::domain::MaintenancePhase::Scheduled,
                starts_at: now.map(|now| now + TimeDelta::days(days)),
                ends_at: None,
                url: None,
                components: Vec::new(),
                updates: Vec::new(),
            }],
            ..Observation::default()
        };
        assert_eq!(doubt(&with_start(365), now), None);
        assert!(doubt(&with_start(36_500), now).is_some_and(|reason| reason.contains("far future")));
        assert_eq!(doubt(&with_start(36_500), None), None);
    }
}
