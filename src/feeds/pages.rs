//! A source that is several documents: which they are, and how they are asked for so that an unchanged page costs little.
//!
//! Bodies are not kept. While nothing changed every document is asked for with its validators; as soon as one has changed,
//! those after it are asked for as a whole, and those before it, which had not changed, once more. So what changes most
//! stands first.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use url::Url;

use crate::{
    domain::{Ask, Observation, PostedIncident, Reading, SourceId, SourceKind},
    feeds::{
        Feed, FeedError, parse,
        parse::parse_together,
        source::{
            aside, doubt, feed_error, hash_of, ids, looks_like_html, refuse_content, refuse_failure, tell_move,
            unreadable, unreadable_at,
        },
    },
    http::{Answer, Fetched, Http, Validators, Want},
};

/// One of the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    url: Url,
    /// Not every page offers it: older versions lack it, and some owners close it.
    is_optional: bool,
}

/// What is kept of one document between readings.
#[derive(Clone, Debug, Default)]
struct Seen {
    validators: Validators,
    /// Of the body; `None` as long as it was never read.
    hash: Option<u64>,
    /// It was asked for and is not offered.
    is_absent: bool,
    /// The last answer came by a permanent redirect, and this was said.
    is_move_told: bool,
}

/// What is kept between readings.
#[derive(Clone, Debug, Default)]
struct Memory {
    seen: Box<[Seen]>,
    /// Hashes of the ids of everything posted, where there is a history to look up others in.
    posted: Box<[u64]>,
}

/// A source that is several documents.
pub(super) struct Pages {
    id: SourceId,
    kind: SourceKind,
    /// As the service file has it: one of the documents, all of which stand at its host.
    url: Url,
    pages: Box<[Page]>,
    /// A feed that has the words which the documents lack.
    words: Option<Url>,
    /// A document with what is over.
    past: Option<Url>,
    parts: Arc<[String]>,
    http: Http,
    memory: Mutex<Memory>,
}

/// What asking for one document brought.
enum Asked {
    Fresh(Box<Answer>),
    NotModified,
    Absent,
}

impl Pages {
    /// The source, when its kind is several documents at such an address.
    pub(super) fn open(id: SourceId, kind: SourceKind, url: &Url, parts: &[String], http: &Http) -> Option<Self> {
        let pages: Box<[Page]> = pages(kind, url)?.into();
        let memory = Memory { seen: vec![Seen::default(); pages.len()].into(), posted: Box::default() };
        Some(Self {
            id,
            kind,
            url: url.clone(),
            words: words(kind, url),
            past: past(kind, url),
            pages,
            parts: parts.into(),
            http: http.clone(),
            memory: Mutex::new(memory),
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Each change is one assignment, so a panic elsewhere leaves it usable.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for one document, as a whole or only if it changed.
    async fn ask(&self, page: &Page, seen: &mut Seen, whole: bool) -> Result<Asked, FeedError> {
        if seen.is_absent && !whole {
            return Ok(Asked::Absent);
        }
        let answer = if whole || seen.hash.is_none() {
            Box::new(self.http.get(&page.url, Want::Document).await.map_err(feed_error)?)
        } else {
            match self.http.get_changed(&page.url, &seen.validators).await.map_err(feed_error)? {
                Fetched::NotModified => return Ok(Asked::NotModified),
                Fetched::Fresh(answer) => answer,
            }
        };
        // What was there before and is gone now is a fault, not an empty list: it must close no incident.
        if page.is_optional && seen.hash.is_none() && is_not_offered(&answer) {
            return Ok(Asked::Absent);
        }
        tell_move(&self.id, &answer, &mut seen.is_move_told);
        refuse_failure(&page.url, &answer)?;
        refuse_content(&page.url, &answer)?;
        Ok(Asked::Fresh(answer))
    }

    /// The bodies of all documents that are offered, or nothing when none changed. Notes in `seen` what they are.
    async fn gather(&self, seen: &mut [Seen], mut is_changed: bool) -> Result<Option<Vec<Answer>>, FeedError> {
        let mut answers = Vec::with_capacity(self.pages.len());
        for (page, seen) in self.pages.iter().zip(seen.iter_mut()) {
            let asked = self.ask(page, seen, is_changed).await?;
            if let Asked::Fresh(answer) = &asked {
                is_changed |= note(seen, answer);
            }
            seen.is_absent = matches!(asked, Asked::Absent);
            answers.push(asked);
        }
        if !is_changed {
            return Ok(None);
        }
        let mut bodies = Vec::with_capacity(answers.len());
        for ((page, seen), asked) in self.pages.iter().zip(seen.iter_mut()).zip(answers) {
            let asked = match asked {
                Asked::NotModified => self.ask(page, seen, true).await?,
                known @ (Asked::Fresh(_) | Asked::Absent) => known,
            };
            if let Asked::Fresh(answer) = asked {
                note(seen, &answer);
                bodies.push(*answer);
            }
        }
        Ok(Some(bodies))
    }

    async fn understand(&self, answers: Vec<Answer>) -> Result<Observation, FeedError> {
        let (kind, parts) = (self.kind, Arc::clone(&self.parts));
        if let Some(page) = answers.iter().find(|answer| looks_like_html(&answer.body)) {
            let reason = format!("an HTML page instead of {} at {}", kind.word(), page.final_url.path());
            return Err(unreadable_at(&self.url, &page.final_url, reason));
        }
        let is_elsewhere = |reached: &&Url| reached.host_str() != self.url.host_str();
        let reached = answers.iter().map(|answer| &answer.final_url).find(is_elsewhere).unwrap_or(&self.url).clone();
        let date = answers.iter().find_map(|answer| answer.date);
        let size: usize = answers.iter().map(|answer| answer.body.len()).sum();
        let read = move || {
            let bodies: Vec<(&[u8], Option<&str>)> =
                answers.iter().map(|answer| (answer.body.as_slice(), answer.charset.as_deref())).collect();
            parse_together(kind, &bodies, &parts)
        };
        let parsed = aside(size, read)
            .await
            .ok_or_else(|| unreadable("reading the documents failed inside; this is a fault of foghorn".to_owned()))?;
        let observation = parsed.map_err(|error| unreadable_at(&self.url, &reached, error.reason))?;
        doubt(&observation, date).map_or(Ok(observation), |reason| Err(unreadable_at(&self.url, &reached, reason)))
    }

    /// Adds what the feed says of incidents that are open, and of those that are open here and posted no more.
    async fn add_words(&self, observation: &mut Observation, ask: &Ask, feed: &Url) {
        let is_silent = |incident: &PostedIncident| !incident.is_closed() && incident.updates.is_empty();
        let is_posted = |id: &String| ids(observation).any(|posted| posted == id);
        let is_wanted = ask.catch_up || observation.incidents.iter().any(is_silent) || !ask.open.iter().all(is_posted);
        if !is_wanted {
            return;
        }
        match self.read_words(feed).await {
            Ok(log) => {
                for entry in log.incidents {
                    merge(observation, entry, ask);
                }
            }
            Err(error) => {
                tracing::warn!(source = %self.id, %error, "the feed of a status page cannot be read");
            }
        }
    }

    /// Adds what is over: what was missed here, and what was open here and is posted no more. Older versions have no such
    /// document, and do without.
    async fn add_past(&self, observation: &mut Observation, past: &Url) {
        let read = async {
            let answer = self.http.get(past, Want::Document).await.map_err(feed_error)?;
            refuse_failure(past, &answer)?;
            refuse_content(past, &answer)?;
            let log = parse(self.kind, &answer.body, answer.charset.as_deref(), &self.parts)
                .map_err(|error| unreadable(error.reason))?;
            doubt(&log, answer.date).map_or(Ok(log), |reason| Err(unreadable(reason)))
        };
        match read.await {
            Ok(log) => {
                let known: Vec<u64> = ids(observation).map(hash_of).collect();
                let is_new = |entry: &PostedIncident| entry.is_closed() && !known.contains(&hash_of(entry.id.as_str()));
                observation.incidents.extend(log.incidents.into_iter().filter(is_new));
                observation.incidents.sort_by_key(|incident| std::cmp::Reverse(incident.started_at));
            }
            Err(error) => {
                tracing::debug!(source = %self.id, %error, "a status page shows no history");
            }
        }
    }

    async fn read_words(&self, feed: &Url) -> Result<Observation, FeedError> {
        let answer = self.http.get(feed, Want::Document).await.map_err(feed_error)?;
        refuse_failure(feed, &answer)?;
        refuse_content(feed, &answer)?;
        let log = parse(SourceKind::Rss, &answer.body, answer.charset.as_deref(), &self.parts)
            .map_err(|error| unreadable(error.reason))?;
        doubt(&log, answer.date).map_or(Ok(log), |reason| Err(unreadable(reason)))
    }
}

#[async_trait]
impl Feed for Pages {
    async fn read(&self, ask: &Ask) -> Result<Reading, FeedError> {
        let mut memory = self.memory().clone();
        let is_missing = |id: &String| !memory.posted.contains(&hash_of(id.as_str()));
        let has_history = self.words.is_some() || self.past.is_some();
        let is_history_wanted = has_history && (ask.catch_up || ask.open.iter().any(is_missing));
        let is_new = memory.seen.iter().all(|seen| seen.hash.is_none());
        let gathered = self.gather(&mut memory.seen, ask.whole || is_new || is_history_wanted).await;
        // What was said was said, even if the documents cannot be understood.
        for (kept, seen) in self.memory().seen.iter_mut().zip(&memory.seen) {
            kept.is_move_told = seen.is_move_told;
        }
        let Some(answers) = gathered? else {
            *self.memory() = memory;
            return Ok(Reading::Unchanged);
        };
        let host = answers.first().and_then(|answer| answer.final_url.host_str()).map(str::to_owned);
        let mut observation = self.understand(answers).await?;
        observation.page.host = host;
        if has_history {
            memory.posted = ids(&observation).map(hash_of).collect();
        }
        // Only now: documents that could not be understood must be asked for again.
        *self.memory() = memory;
        if let Some(feed) = &self.words {
            self.add_words(&mut observation, ask, feed).await;
        }
        let is_posted = |id: &String| ids(&observation).any(|posted| posted == id);
        if let Some(past) = self.past.as_ref().filter(|_| ask.catch_up || !ask.open.iter().all(is_posted)) {
            self.add_past(&mut observation, past).await;
        }
        Ok(Reading::Fresh(observation))
    }
}

/// Notes what an answer is; whether it is another one than before.
fn note(seen: &mut Seen, answer: &Answer) -> bool {
    let hash = Some(hash_of(&answer.body));
    seen.validators = answer.validators.clone();
    std::mem::replace(&mut seen.hash, hash) != hash
}

/// Answers that mean "there is no such document here". Programs in a single page answer every path with themselves.
fn is_not_offered(answer: &Answer) -> bool {
    matches!(answer.status, 401 | 403 | 404 | 405 | 410)
        || ((200..=299).contains(&answer.status) && looks_like_html(&answer.body))
}

/// Puts an entry of the feed to the incident it is about: their addresses end alike.
fn merge(observation: &mut Observation, entry: PostedIncident, ask: &Ask) {
    let tail = |text: &str| text.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let names = [entry.url.as_deref().map(tail), Some(tail(&entry.id))];
    let is_named = |id: &str| names.iter().flatten().any(|name| name == id);
    if let Some(incident) = observation.incidents.iter_mut().find(|incident| is_named(&incident.id)) {
        if incident.updates.is_empty() {
            incident.updates = entry.updates;
        }
        return;
    }
    let missing = ask.open.iter().find(|id| is_named(id)).cloned();
    let id = missing.or_else(|| names.iter().flatten().next().cloned().filter(|_| ask.catch_up));
    // What is not posted any more is over or withdrawn; a feed that has not heard of it yet says nothing.
    if let Some(id) = id.filter(|_| entry.is_closed()) {
        observation.incidents.push(PostedIncident { id, ..entry });
        observation.incidents.sort_by_key(|incident| std::cmp::Reverse(incident.started_at));
    }
}

/// The documents of a page of this kind, by the address of one of them; `None` where that one is all there is.
fn pages(kind: SourceKind, url: &Url) -> Option<Vec<Page>> {
    let path = url.path().trim_end_matches('/');
    let own = || Page { url: url.clone(), is_optional: false };
    let optional = |path: String, query| Page { url: at(url, &path, query), is_optional: true };
    let required = |path: String| Page { url: at(url, &path, None), is_optional: false };
    if kind == SourceKind::Instatus {
        let (directory, name) = path.rsplit_once('/')?;
        let base = base_of_instatus(directory);
        match name {
            "summary.json" => Some(vec![own(), optional(format!("{base}/v3/components.json"), None)]),
            "components.json" => Some(vec![own(), optional(format!("{base}/summary.json"), None)]),
            _ => None,
        }
    } else if kind == SourceKind::UptimeKuma {
        let (base, rest) = path.split_once("/api/status-page/")?;
        let slug = rest.strip_prefix("heartbeat/").unwrap_or(rest);
        let is_slug = !slug.is_empty() && !slug.contains('/');
        is_slug.then(|| {
            vec![
                required(format!("{base}/api/status-page/heartbeat/{slug}")),
                required(format!("{base}/api/status-page/{slug}")),
            ]
        })
    } else if kind == SourceKind::Cachet {
        let (base, name) = path.rsplit_once('/')?;
        let components =
            || Page { url: at(url, &format!("{base}/components"), Some("per_page=100")), is_optional: false };
        let incidents = "sort=id&order=desc&per_page=100";
        matches!(name, "components" | "incidents" | "schedules").then(|| {
            vec![
                if name == "components" && url.query().is_some() { own() } else { components() },
                optional(format!("{base}/incidents"), Some(incidents)),
                optional(format!("{base}/schedules"), Some("per_page=100")),
            ]
        })
    } else if kind == SourceKind::Sorry {
        let (base, name) = path.rsplit_once('/')?;
        matches!(name, "status.json" | "status").then(|| {
            vec![own(), optional(format!("{base}/components"), None), optional(format!("{base}/notices"), None)]
        })
    } else {
        None
    }
}

/// The feed with the words that a page's own documents lack.
fn words(kind: SourceKind, url: &Url) -> Option<Url> {
    let (directory, _) = url.path().rsplit_once('/')?;
    (kind == SourceKind::Instatus).then(|| at(url, &format!("{}/history.rss", base_of_instatus(directory)), None))
}

/// The list of what is over: Uptime Kuma has one since version 2.
fn past(kind: SourceKind, url: &Url) -> Option<Url> {
    let (base, rest) = url.path().trim_end_matches('/').split_once("/api/status-page/")?;
    let slug = rest.strip_prefix("heartbeat/").unwrap_or(rest);
    let path = format!("{base}/api/status-page/{slug}/incident-history");
    (kind == SourceKind::UptimeKuma).then(|| at(url, &path, None))
}

/// Versions of the interface live side by side below the page.
fn base_of_instatus(directory: &str) -> &str {
    directory.strip_suffix("/v2").or_else(|| directory.strip_suffix("/v3")).unwrap_or(directory)
}

/// Another document of the same host.
fn at(url: &Url, path: &str, query: Option<&str>) -> Url {
    let mut url = url.clone();
    url.set_path(path);
    url.set_query(query);
    url.set_fragment(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: SourceKind, address: &str, expect: &[&str]) {
        let url = Url::parse(address).expect("a valid address");
        let found = pages(kind, &url).unwrap_or_default();
        let found: Vec<&str> = found.iter().map(|page| page.url.as_str()).collect();
        assert_eq!(found, expect, "{address}");
    }

    #[test]
    fn the_documents_of_a_page_are_found_by_one_of_them() {
        let host = "https://status.example";
        let kuma = [&format!("{host}/x/api/status-page/heartbeat/all")[..], &format!("{host}/x/api/status-page/all")];
        for address in kuma {
            check(SourceKind::UptimeKuma, address, &kuma);
        }
        for summary in ["/summary.json", "/v2/summary.json", "/v3/summary.json"] {
            let summary = format!("{host}{summary}");
            check(SourceKind::Instatus, &summary, &[&summary, "https://status.example/v3/components.json"]);
        }
        let components = format!("{host}/v2/components.json");
        check(SourceKind::Instatus, &components, &[&components, "https://status.example/summary.json"]);
        check(
            SourceKind::Cachet,
            "https://status.example/api/v1/incidents",
            &[
                "https://status.example/api/v1/components?per_page=100",
                "https://status.example/api/v1/incidents?sort=id&order=desc&per_page=100",
                "https://status.example/api/v1/schedules?per_page=100",
            ],
        );
        check(
            SourceKind::Sorry,
            "https://status.example/api/v1/status.json",
            &[
                "https://status.example/api/v1/status.json",
                "https://status.example/api/v1/components",
                "https://status.example/api/v1/notices",
            ],
        );
    }

    #[test]
    fn an_address_that_tells_no_others_is_read_alone() {
        for (kind, address) in [
            (SourceKind::Instatus, "https://status.example/"),
            (SourceKind::UptimeKuma, "https://status.example/kuma.json"),
            (SourceKind::UptimeKuma, "https://status.example/api/status-page/"),
            (SourceKind::Cachet, "https://status.example/api/v1/components/groups"),
            (SourceKind::Sorry, "https://status.example/api/v1/notices"),
            (SourceKind::Gatus, "https://status.example/api/v1/endpoints/statuses"),
        ] {
            check(kind, address, &[]);
        }
    }
}
