//! Requests to other people's servers, bounded in number, time, size and redirects.
//!
//! Names nothing of ours. Every request of the program that is not a chat platform's own goes through [`Http::get`].

mod error;
mod guard;
mod headers;
mod hosts;
mod public;

use std::{fmt, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use reqwest::{
    Client, Response, StatusCode,
    header::{CONTENT_TYPE, DATE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER},
    redirect,
};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use url::Url;

pub use self::error::HttpError;
use self::{
    guard::Guard,
    headers::{charset_of, http_date, retry_after, text_of},
    hosts::{Host, Hosts, name_of},
};

/// Redirects followed before a request is given up (FORMATS §2.10).
pub const MOST_REDIRECTS: usize = 5;

/// The longest time a host may ask to be left alone. A feed that stayed away for longer because of one mistaken header
/// would be a feed nobody reads; a chat platform's waiting time is never cut like this.
pub const LONGEST_HOLD: Duration = Duration::from_secs(24 * 60 * 60);

/// The longest validator that is remembered; thousands of feeds keep theirs in memory.
const LONGEST_VALIDATOR: usize = 512;

/// How much the program asks of the network and of a single host.
#[derive(Clone, Debug)]
pub struct HttpLimits {
    /// Requests in flight over all hosts; at least one.
    pub concurrency: usize,
    /// Requests in flight to one host (name and port); at least one.
    pub per_host: usize,
    /// The whole of a request: connecting, redirects and body. Waiting for a turn does not count.
    pub timeout: Duration,
    /// Bytes of a body after decompression.
    pub body: usize,
    /// How long an unused connection is kept; longer than the poll interval, so that the next poll finds it.
    pub keep_idle: Duration,
    /// Hosts whose connections are kept at all, first come, first served. A kept one costs some 35 KiB (measured with
    /// 30 KB feeds), so 5,000 of them would cost three times what the whole program may; the others connect anew.
    pub kept_hosts: usize,
    /// The `User-Agent`: what the program calls itself, and who to turn to when a request is unwelcome.
    pub user_agent: String,
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self {
            concurrency: 256,
            per_host: 2,
            timeout: Duration::from_secs(10),
            body: 5 * 1024 * 1024,
            keep_idle: Duration::from_secs(90),
            kept_hosts: 128,
            user_agent: concat!("foghorn/", env!("CARGO_PKG_VERSION"), " (status monitor)").to_owned(),
        }
    }
}

/// What lets a server say that nothing changed; sent back exactly as it came, weak or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag`.
    pub etag: Option<Box<str>>,
    /// The `Last-Modified` date.
    pub last_modified: Option<Box<str>>,
}

/// How much of an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// The status and headers.
    Head,
    /// The body as far as the limit allows, whatever the status.
    Beginning,
    /// The whole body when the status is a success; one over the limit is an error.
    Document,
}

/// What asking whether something changed brought.
#[derive(Debug)]
pub enum Fetched {
    /// An answer, of whatever status.
    Fresh(Box<Answer>),
    /// Nothing changed since the answer with these validators.
    NotModified,
}

/// An answer after all redirects.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// As much of the body as was wanted, decompressed.
    pub body: Vec<u8>,
    /// The media type without parameters, lowercase.
    pub content_type: Option<String>,
    /// The character set that `Content-Type` names.
    pub charset: Option<String>,
    /// What to send along next time.
    pub validators: Validators,
    /// Where the answer came from in the end.
    pub final_url: Url,
    /// From the first byte sent until the headers were there.
    pub elapsed: Duration,
    /// Set when every redirect on the way was a permanent one.
    pub permanent_redirect: Option<Url>,
    /// How long the host wants to be left alone (429 and 503); it already is.
    pub retry_after: Option<Duration>,
    /// The time of day at the server.
    pub date: Option<DateTime<Utc>>,
}

/// The way out: one pool of connections, one set of limits. Clones share both.
#[derive(Clone, Debug)]
pub struct Http {
    shared: Arc<Shared>,
    porter: Option<Porter>,
}

/// Says before each request, and before each redirect is followed, whether it may be made.
#[derive(Clone)]
struct Porter(Arc<Ask>);

/// What a [`Porter`] is asked.
type Ask = dyn Fn(&Url) -> Result<(), HttpError> + Send + Sync;

impl fmt::Debug for Porter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Porter")
    }
}

#[derive(Debug)]
struct Shared {
    /// For hosts whose connections are kept.
    keeping: Client,
    /// For all others.
    fleeting: Client,
    limits: HttpLimits,
    /// Turns over all hosts.
    turns: Semaphore,
    hosts: Hosts,
    /// `None`: to everywhere.
    guard: Option<Guard>,
}

impl Http {
    /// Opens the way out, to everywhere: for addresses that the operator chose.
    ///
    /// # Errors
    ///
    /// [`HttpError::Setup`] when TLS cannot be set up or the user agent cannot stand in a header.
    pub fn new(limits: HttpLimits) -> Result<Self, HttpError> {
        Self::open(limits, None)
    }

    /// Opens a way out to the public internet alone: for addresses that came from people (DESIGN rule 19). It uses no
    /// proxy, which would look names up itself.
    ///
    /// # Errors
    ///
    /// As [`Http::new`].
    pub fn guarded(limits: HttpLimits) -> Result<Self, HttpError> {
        Self::behind(limits, Guard::new())
    }

    fn behind(limits: HttpLimits, guard: Guard) -> Result<Self, HttpError> {
        Self::open(limits, Some(guard))
    }

    fn open(limits: HttpLimits, guard: Option<Guard>) -> Result<Self, HttpError> {
        let client = |idle_per_host| {
            let builder = match &guard {
                None => Client::builder(),
                Some(guard) => Client::builder().no_proxy().dns_resolver(Arc::new(guard.clone())),
            };
            builder
                .user_agent(limits.user_agent.as_str())
                .use_rustls_tls()
                // Redirects are followed in `follow`: each hop keeps the limits and holds of its own host.
                .redirect(redirect::Policy::none())
                // Lets the second address of a host have its turn when the first one swallows packets.
                .connect_timeout(limits.timeout)
                .pool_max_idle_per_host(idle_per_host)
                .pool_idle_timeout(limits.keep_idle)
                .build()
                .map_err(|cause| HttpError::Setup { cause: cause.without_url() })
        };
        let (keeping, fleeting) = (client(limits.per_host.max(1))?, client(0)?);
        let turns = Semaphore::new(limits.concurrency.max(1));
        let hosts = Hosts::new(limits.per_host.max(1), limits.kept_hosts);
        Ok(Self { shared: Arc::new(Shared { keeping, fleeting, limits, turns, hosts, guard }), porter: None })
    }

    /// This way out, for those who need leave for each address that is asked, be it named or redirected to.
    #[must_use]
    pub fn with_leave(&self, ask: impl Fn(&Url) -> Result<(), HttpError> + Send + Sync + 'static) -> Self {
        Self { shared: Arc::clone(&self.shared), porter: Some(Porter(Arc::new(ask))) }
    }

    /// Asks for what is at an address.
    ///
    /// Follows up to [`MOST_REDIRECTS`] redirects, never from https to http: what came back could be anybody's word.
    ///
    /// # Errors
    ///
    /// [`HttpError::Held`] without a request while the host wants to be left alone; the others when no answer came or
    /// it broke a limit. A status of any kind is an answer.
    pub async fn get(&self, url: &Url, want: Want) -> Result<Answer, HttpError> {
        self.follow(url, None, want).await
    }

    /// Asks for a document unless it is still the one that came with these validators.
    ///
    /// # Errors
    ///
    /// As [`Http::get`].
    pub async fn get_changed(&self, url: &Url, validators: &Validators) -> Result<Fetched, HttpError> {
        let answer = self.follow(url, Some(validators), Want::Document).await?;
        let is_unchanged = answer.status == StatusCode::NOT_MODIFIED.as_u16();
        Ok(if is_unchanged { Fetched::NotModified } else { Fetched::Fresh(Box::new(answer)) })
    }

    /// Sends requests until one brings an answer that is no redirect.
    async fn follow(&self, url: &Url, validators: Option<&Validators>, want: Want) -> Result<Answer, HttpError> {
        let limits = &self.shared.limits;
        let mut url = url.clone();
        let mut spent = Duration::ZERO;
        let mut only_permanent = true;
        for hop in 0..=MOST_REDIRECTS {
            let host = self.shared.hosts.host(&url)?;
            if let Some(guard) = &self.shared.guard {
                guard.check(&url)?;
            }
            if let Some(Porter(ask)) = &self.porter {
                ask(&url)?;
            }
            // The host's turn first: a queue at one slow host must not use up everybody's turns.
            let _turn_at_host = host.turn().await?;
            let _turn = self.shared.turns.acquire().await.expect("never closed: nobody calls close");
            let started = Instant::now();
            let patience = Patience { whole: limits.timeout, end: started + limits.timeout.saturating_sub(spent) };
            let response = self.head(&host, &url, validators, patience).await?;
            spent += started.elapsed();
            if let Some(next) = next_hop(&url, &response)? {
                only_permanent &= matches!(response.status().as_u16(), 301 | 308);
                url = next;
                continue;
            }
            let mut answer = Answer {
                elapsed: spent,
                permanent_redirect: (hop > 0 && only_permanent).then(|| url.clone()),
                ..describe(&response, url)
            };
            if let Some(after) = answer.retry_after {
                host.hold(started.into_std(), after);
            }
            answer.body = read_body(response, want, limits.body, patience).await?;
            return Ok(answer);
        }
        Err(HttpError::Redirect { reason: format!("more than {MOST_REDIRECTS} redirects") })
    }

    /// Sends one request and waits for the headers.
    async fn head(
        &self,
        host: &Host,
        url: &Url,
        validators: Option<&Validators>,
        patience: Patience,
    ) -> Result<Response, HttpError> {
        let client = if host.is_kept { &self.shared.keeping } else { &self.shared.fleeting };
        let mut builder = client.get(url.clone());
        if let Some(validators) = validators {
            if let Some(etag) = &validators.etag {
                builder = builder.header(IF_NONE_MATCH, &**etag);
            }
            if let Some(last_modified) = &validators.last_modified {
                builder = builder.header(IF_MODIFIED_SINCE, &**last_modified);
            }
        }
        match timeout_at(patience.end, builder.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(cause)) => Err(HttpError::of_request(&cause, name_of(url), patience.whole)),
            Err(_) => Err(HttpError::Timeout { stage: "no answer", after: patience.whole }),
        }
    }
}

/// Until when an answer is waited for.
#[derive(Clone, Copy)]
struct Patience {
    /// The time a request has, for the message.
    whole: Duration,
    /// When it is over.
    end: Instant,
}

/// Where a response sends us; `None` when it is an answer.
fn next_hop(url: &Url, response: &Response) -> Result<Option<Url>, HttpError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = response.headers().get(LOCATION) else { return Ok(None) };
    let next = location.to_str().map_err(|_| "to an address that is no text").and_then(|text| resolve(url, text));
    next.map(Some).map_err(|reason| HttpError::Redirect { reason: format!("{} redirects {reason}", name_of(url)) })
}

/// The address that a `Location` names, or why it is not followed.
fn resolve(url: &Url, location: &str) -> Result<Url, &'static str> {
    let mut next = url.join(location).map_err(|_| "to an address that is none")?;
    next.set_fragment(None);
    match (url.scheme(), next.scheme()) {
        (_, "https") | ("http", "http") => Ok(next),
        (_, "http") => Err("from https to http, which is not followed"),
        _ => Err("to an address that is neither http nor https"),
    }
}

/// What the headers say.
fn describe(response: &Response, url: Url) -> Answer {
    let text = |name| text_of(response.headers(), name);
    let validator = |name| text(name).filter(|value| value.len() <= LONGEST_VALIDATOR).map(Box::from);
    let date = text(DATE).and_then(http_date);
    let status = response.status().as_u16();
    let content_type = text(CONTENT_TYPE);
    Answer {
        status,
        body: Vec::new(),
        content_type: content_type
            .and_then(|value| value.split(';').next())
            .map(|media_type| media_type.trim().to_ascii_lowercase())
            .filter(|media_type| !media_type.is_empty()),
        charset: content_type.and_then(charset_of),
        validators: Validators { etag: validator(ETAG), last_modified: validator(LAST_MODIFIED) },
        final_url: url,
        elapsed: Duration::ZERO,
        permanent_redirect: None,
        retry_after: matches!(status, 429 | 503)
            .then(|| text(RETRY_AFTER).and_then(|value| retry_after(value, date)))
            .flatten()
            .map(|after| after.min(LONGEST_HOLD)),
        date,
    }
}

/// Reads as much of the body as is wanted, decompressed, never more than `most` bytes.
async fn read_body(mut response: Response, want: Want, most: usize, patience: Patience) -> Result<Vec<u8>, HttpError> {
    let is_wanted = match want {
        Want::Head => false,
        Want::Beginning => true,
        Want::Document => response.status().is_success(),
    };
    if !is_wanted {
        return Ok(Vec::new());
    }
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    if announced > most && want == Want::Document {
        return Err(HttpError::TooLarge { most });
    }
    let mut body = Vec::with_capacity(announced.min(most));
    loop {
        let chunk = match timeout_at(patience.end, response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => return Ok(body),
            Ok(Err(cause)) => return Err(HttpError::of_body(&cause)),
            Err(_) => return Err(HttpError::Timeout { stage: "no complete answer", after: patience.whole }),
        };
        let room = most - body.len();
        match chunk.get(..room) {
            None => body.extend_from_slice(&chunk),
            Some(all) if all.len() == chunk.len() => body.extend_from_slice(all),
            Some(_) if want == Want::Document => return Err(HttpError::TooLarge { most }),
            Some(beginning) => {
                body.extend_from_slice(beginning);
                return Ok(body);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leads_from_https_to_http() {
        let resolved = |from: &str, location: &str| {
            resolve(&Url::parse(from).expect("a valid address"), location).map(String::from)
        };
        assert_eq!(resolved("https://a.example/x", "/y#z"), Ok("https://a.example/y".to_owned()));
        assert_eq!(resolved("http://a.example/", "https://b.example/"), Ok("https://b.example/".to_owned()));
        assert_eq!(resolved("http://a.example/", "http://b.example/"), Ok("http://b.example/".to_owned()));
        assert!(resolved("https://a.example/", "http://a.example/").is_err());
        assert!(resolved("https://a.example/", "file:///etc/passwd").is_err());
    }
}
