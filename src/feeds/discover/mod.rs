//! From the address of a status page to the document that tells its state, with few requests (FORMATS §4).
//!
//! What was asked for may be the document itself; else the page's host, what it names in its head and whose scripts it
//! loads tell where to look first, then come the places where the formats put their documents. A host that answers every
//! path with the same page is soon left alone.

mod places;
mod report;

use chrono::{DateTime, Utc};
use url::Url;

use self::places::{Place, places};
pub use self::report::{DiscoverError, Outcome, describe, shown};
use crate::{
    domain::{Ask, Observation, Reading, Source, SourceKind},
    feeds::{
        Feed, find_kind, looks_like_html,
        pages::Pages,
        parse,
        source::{aside, clock_of, doubt},
    },
    http::{Answer, Http, Want},
};

/// The most requests one search may cost, redirects not counted.
const MOST_REQUESTS: usize = 16;

/// The most documents that a page is put together from, and the feed with their words; see `pages`.
const DOCUMENTS: usize = 4;

/// So many places that answer with the page itself show that every path does.
const SAME_PAGES: usize = 2;

/// The longest title of a page that is kept, in bytes.
const LONGEST_TITLE: usize = 300;

/// What was found at an address.
#[derive(Clone, Debug)]
pub struct Found {
    /// The format of the document.
    pub kind: SourceKind,
    /// Where the document is.
    pub url: Url,
    /// What the page calls itself: the service's name in the document, else the title of the page.
    pub title: Option<String>,
    /// What the document says now.
    pub observation: Observation,
    /// The other host that the address led to, when it led to one.
    pub moved_to: Option<String>,
}

impl Found {
    /// The source to read from now on.
    #[must_use]
    pub fn source(&self) -> Source {
        Source::new(self.kind, self.url.as_str())
    }
}

/// Finds the document of the status page at an address, or that the address is one; `now` is the time of day here.
///
/// # Errors
///
/// [`DiscoverError`] when there is none that can be read; it says what was tried.
pub async fn discover(url: &Url, http: &Http, now: DateTime<Utc>) -> Result<Found, DiscoverError> {
    discover_kind(url, None, http, now).await
}

/// As [`discover`], but only for documents of one kind, which is taken on trust.
///
/// # Errors
///
/// As [`discover`].
pub async fn discover_kind(
    url: &Url,
    kind: Option<SourceKind>,
    http: &Http,
    now: DateTime<Utc>,
) -> Result<Found, DiscoverError> {
    let mut search = Search { kind, http, now, requests: 0, tried: Vec::new() };
    let answer = search.get(url).await.map_err(|cause| DiscoverError::Request { address: shown(url), cause })?;
    let is_html = looks_like_html(&answer.body);
    let is_success = (200..300).contains(&answer.status);
    let (page, answer) = aside(answer.body.len(), move || (Page::of(&answer, kind), answer))
        .await
        .ok_or_else(|| DiscoverError::Nothing { address: shown(url), found: failed_inside(), tried: Vec::new() })?;
    let moved_to = led_to(url, &page.url);
    let found = match search.understand(answer, url, None).await {
        Ok(found) => return Ok(found.titled(page.title)),
        Err(outcome) => outcome,
    };
    // Another status than these speaks for the whole host, and another document is what was meant: asking on would only
    // annoy.
    if !(is_html && is_success || page.status == 404) {
        return Err(DiscoverError::Nothing { address: shown(url), found, tried: Vec::new() });
    }
    match search.look_around(&page).await {
        Some(found) => Ok(Found { moved_to: moved_to.or(found.moved_to.clone()), ..found }.titled(page.title)),
        None => Err(DiscoverError::Nothing { address: shown(url), found, tried: search.tried }),
    }
}

/// The page at the address itself.
struct Page {
    status: u16,
    url: Url,
    body: String,
    title: Option<String>,
    /// Where to look on from it.
    places: Vec<Place>,
}

impl Page {
    fn of(answer: &Answer, kind: Option<SourceKind>) -> Self {
        let body = if looks_like_html(&answer.body) {
            String::from_utf8_lossy(&answer.body).into_owned()
        } else {
            String::new()
        };
        let (title, places) = (title_of(&body), places(&answer.final_url, &body, kind));
        Self { status: answer.status, url: answer.final_url.clone(), title, places, body }
    }
}

/// A search under way.
struct Search<'a> {
    kind: Option<SourceKind>,
    http: &'a Http,
    now: DateTime<Utc>,
    requests: usize,
    tried: Vec<(String, Outcome)>,
}

impl Search<'_> {
    async fn get(&mut self, url: &Url) -> Result<Answer, crate::http::HttpError> {
        self.requests += 1;
        self.http.get(url, Want::Document).await
    }

    /// Asks at the places where documents usually are, the likeliest first.
    async fn look_around(&mut self, page: &Page) -> Option<Found> {
        let mut same_pages = 0;
        for Place { url, kind } in page.places.clone() {
            if self.requests >= MOST_REQUESTS || (same_pages >= SAME_PAGES && url.host() == page.url.host()) {
                continue;
            }
            let outcome = match self.get(&url).await {
                Err(cause) => Outcome::Failed(cause.to_string()),
                Ok(answer) => {
                    if !page.body.is_empty() && answer.body == page.body.as_bytes() {
                        same_pages += 1;
                    }
                    let speaks_for_host = matches!(answer.status, 429 | 500..);
                    match self.understand(answer, &url, kind).await {
                        Ok(found) => return Some(found),
                        Err(outcome) if speaks_for_host => {
                            self.tried.push((shown(&url), outcome));
                            return None;
                        }
                        Err(outcome) => outcome,
                    }
                }
            };
            self.tried.push((shown(&url), outcome));
        }
        None
    }

    /// What an answer says. Of a kind that is several documents it is what all of them say, which is what will be read
    /// from then on; one of them alone may not even tell how the service is.
    async fn understand(
        &mut self,
        answer: Answer,
        place: &Url,
        of_place: Option<SourceKind>,
    ) -> Result<Found, Outcome> {
        let moved_to = led_to(place, &answer.final_url);
        let (kind, now) = (self.kind, self.now);
        let understood = aside(answer.body.len(), move || understand_alone(answer, kind, of_place, now)).await;
        let found = Found { moved_to, ..understood.ok_or_else(failed_inside)?? };
        let source = found.source();
        let Some(pages) = Pages::open(source.id, found.kind, &found.url, &[], self.http) else { return Ok(found) };
        if self.requests + DOCUMENTS > MOST_REQUESTS {
            return Ok(found);
        }
        self.requests += DOCUMENTS;
        let unread = |reason| Outcome::Unread { kind: found.kind, reason };
        match pages.read(&Ask { now: Some(now), ..Ask::default() }).await {
            Ok(Reading::Fresh(observation)) => {
                let title = observation.service.clone().or(found.title);
                Ok(Found { observation, title, ..found })
            }
            Ok(Reading::Unchanged) => Ok(found),
            Ok(Reading::Unreadable { reason }) => Err(unread(reason)),
            Err(error) => Err(unread(error.to_string())),
        }
    }
}

/// What a document says, once its kind is known: the one asked for, the one its words tell, or the one of its place. What
/// would not be believed when it is read again is none.
fn understand_alone(
    answer: Answer,
    asked_for: Option<SourceKind>,
    of_place: Option<SourceKind>,
    now: DateTime<Utc>,
) -> Result<Found, Outcome> {
    if !(200..300).contains(&answer.status) {
        return Err(Outcome::Status(answer.status));
    }
    let charset = answer.charset.as_deref();
    let kind = asked_for.or_else(|| find_kind(&answer.body, charset)).or(of_place);
    let kind = kind.ok_or_else(|| Outcome::Unknown(describe(&answer.body)))?;
    let unread = |reason| Outcome::Unread { kind, reason };
    let observation = parse(kind, &answer.body, charset, &[]).map_err(|error| unread(error.reason))?;
    if let Some(reason) = doubt(&observation, clock_of(answer.date, Some(now))) {
        return Err(unread(reason));
    }
    Ok(Found { kind, title: observation.service.clone(), url: answer.final_url, observation, moved_to: None })
}

fn failed_inside() -> Outcome {
    Outcome::Failed("reading it failed inside; this is a fault of foghorn".to_owned())
}

/// The other host that an address led to, when it led to one.
fn led_to(asked: &Url, answered: &Url) -> Option<String> {
    answered.host_str().filter(|to| Some(*to) != asked.host_str()).map(str::to_owned)
}

impl Found {
    fn titled(mut self, title: Option<String>) -> Self {
        self.title = self.title.or(title);
        self
    }
}

/// The text of a page's `title`.
fn title_of(page: &str) -> Option<String> {
    let start = page.find("<title")?;
    let (_, rest) = page.get(start..)?.split_once('>')?;
    let (title, _) = rest.split_once("</title")?;
    let title = crate::feeds::prose::plain(title.get(..LONGEST_TITLE).unwrap_or(title));
    Some(crate::domain::clean_line(&title, 120)).filter(|title| !title.is_empty())
}
