//! Requests to Discord's REST API: paced by what its headers say, bounded in time and size, silent about addresses.
//!
//! serenity's own client either sleeps on a rate limit out of our sight or drops the waiting time, so everything but the
//! gateway goes through here.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use reqwest::{
    Client, Method, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, RETRY_AFTER},
    redirect,
};
use serde::Deserialize;
use serde_json::Value;
use tokio::{
    sync::{Mutex as Turns, OnceCell},
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{
    Token,
    buckets::{Buckets, Lane, Told, Wait},
    errors::{RestError, TOO_MANY_OLD_EDITS, plain},
    limits::{CONNECT_WITHIN, LONGEST_QUEUE, MOST_BODY, REQUEST_WITHIN, SHORT_WAIT, UNTOLD_WAIT},
    route::Route,
    unwelcome::REMEMBERED,
};
use crate::chat::{Memory, link::LinkState};

/// Who we say we are, in the form Discord demands.
/// Source: <https://discord.com/developers/docs/reference#user-agent> (read 2026-08-30).
const USER_AGENT: &str = concat!("DiscordBot (https://crates.io/crates/foghorn, ", env!("CARGO_PKG_VERSION"), ")");

/// The way to Discord's REST API.
#[derive(Debug)]
pub(super) struct Rest {
    client: Client,
    base: String,
    /// The `Authorization` header, marked as not to be shown.
    authorization: HeaderValue,
    buckets: Mutex<Buckets>,
    /// Held by who is next when all routes together are at their pace; the others stand behind in order.
    turns: Turns<()>,
    /// Cancelled when Discord refuses the token: nothing more is asked then.
    refused: CancellationToken,
    notes: Notes,
    /// How the way to Discord is.
    pub(super) link: Arc<LinkState>,
}

/// What is remembered of answers too many of which ban the address.
pub(super) struct Notes {
    memory: Arc<dyn Memory>,
    /// A time of day, and when that was.
    time: (DateTime<Utc>, Instant),
    /// Set once it was recalled.
    recalled: OnceCell<()>,
    /// Held while something is written, so that what is written last is what is true.
    turns: Turns<()>,
}

impl Notes {
    /// In this memory; `now` is the time of day.
    pub(super) fn new(memory: &Arc<dyn Memory>, now: DateTime<Utc>) -> Self {
        let time = (now, Instant::now());
        Self { memory: Arc::clone(memory), time, recalled: OnceCell::new(), turns: Turns::default() }
    }

    fn now(&self) -> DateTime<Utc> {
        let (time, then) = self.time;
        time + then.elapsed()
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Notes").field("time", &self.time).finish_non_exhaustive()
    }
}

/// What Discord answered to a request that went well.
#[derive(Debug)]
pub(super) struct Answer {
    /// The body; null when it was none or could not be read: what was asked for was done in any case.
    pub(super) body: Value,
    /// The time of day at Discord, in whole seconds.
    pub(super) date: Option<DateTime<Utc>>,
    /// From the first byte sent until the headers were there.
    pub(super) elapsed: Duration,
    /// How long the bucket is empty; `None`: it is not.
    pub(super) rest: Option<Duration>,
}

/// The body of a refusal, of which each part may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    message: String,
    code: u32,
    retry_after: Option<f64>,
    global: bool,
}

impl Refusal {
    /// Whether it says something else than how long to wait: a code, and no wait, or one that is not about waiting.
    fn is_verdict(&self, headers: &HeaderMap) -> bool {
        let names_wait = self.retry_after.is_some() || headers.contains_key(RETRY_AFTER);
        self.code == TOO_MANY_OLD_EDITS || (self.code != 0 && !self.global && !names_wait)
    }
}

/// A place in a bucket, given back when the request ends, however it does.
struct Place<'a> {
    buckets: &'a Mutex<Buckets>,
    lane: Option<Lane>,
    told: Option<Told>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(lane) = self.lane {
            lock(self.buckets).told(lane, self.told.take(), Instant::now());
        }
    }
}

impl Rest {
    /// A way to the API at this address with this token, for so many requests in a second.
    ///
    /// # Errors
    ///
    /// In words, when TLS cannot be set up or the token cannot stand in a header.
    pub(super) fn new(api_url: &Url, token: &Token, per_second: u32, notes: Notes) -> Result<Self, String> {
        let mut authorization = HeaderValue::from_str(&format!("Bot {}", token.reveal()))
            .map_err(|_| "the token has characters that no token has".to_owned())?;
        authorization.set_sensitive(true);
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .use_rustls_tls()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_WITHIN)
            .timeout(REQUEST_WITHIN)
            .build()
            .map_err(|cause| format!("the HTTP client cannot be set up: {}", cause.without_url()))?;
        Ok(Self {
            client,
            base: format!("{}/api/v10", api_url.as_str().trim_end_matches('/')),
            authorization,
            buckets: Mutex::new(Buckets::new(per_second)),
            turns: Turns::default(),
            refused: CancellationToken::new(),
            notes,
            link: Arc::default(),
        })
    }

    /// Resolves when Discord has refused the token.
    pub(super) async fn token_refused(&self) {
        self.refused.cancelled().await;
    }

    /// Sends one request. A bucket that is empty for a moment is waited for; nothing is sent twice.
    ///
    /// # Errors
    ///
    /// [`RestError`] when it was not carried out, or nobody knows.
    pub(super) async fn call(&self, route: &Route<'_>, body: Option<&Value>) -> Result<Answer, RestError> {
        let mut place = self.place(route).await?;
        let started = Instant::now();
        let mut request = self.client.request(route.method(), format!("{}{}", self.base, route.path()));
        if route.is_ours() {
            request = request.header(AUTHORIZATION, self.authorization.clone());
        }
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        } else if route.method() != Method::GET {
            // Says its length, which is none; some servers insist.
            request = request.body(Vec::new());
        }
        let response = request.send().await.map_err(|cause| unreachable(&cause))?;
        let elapsed = started.elapsed();
        let headers = response.headers();
        place.told = told(headers);
        let date = header(headers, DATE.as_str()).and_then(|date| DateTime::parse_from_rfc2822(date).ok());
        let rest = place.told.as_ref().filter(|told| told.remaining == 0).map(|told| told.reset_after);
        if response.status().is_success() {
            // It was carried out. What cannot be read of the answer changes nothing about that.
            let body = read(response).await.unwrap_or_default();
            let body = serde_json::from_slice(&body).unwrap_or_default();
            return Ok(Answer { body, date: date.map(|date| date.to_utc()), elapsed, rest });
        }
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            // What the body says of the wait counts for more.
            place.told = None;
            self.link.limited();
        }
        Err(self.refusal(route, response).await)
    }

    /// A place in the route's bucket and in the pace of all, once there is one.
    async fn place(&self, route: &Route<'_>) -> Result<Place<'_>, RestError> {
        self.notes.recalled.get_or_init(|| self.recall()).await;
        let Some(lane) = route.lane() else {
            let banned = lock(&self.buckets).nearly_banned(Instant::now());
            return match banned {
                Some(after) => Err(RestError::Limited { after, everywhere: true }),
                None => Ok(Place { buckets: &self.buckets, lane: None, told: None }),
            };
        };
        let (mut waited, began, mut turn) = (Duration::ZERO, Instant::now(), None);
        loop {
            if self.refused.is_cancelled() {
                return Err(RestError::TokenRefused);
            }
            let taken = lock(&self.buckets).take(lane, Instant::now());
            let (after, everywhere) = match taken {
                Ok(()) => return Ok(Place { buckets: &self.buckets, lane: Some(lane), told: None }),
                Err(Wait::Turn(wait)) => {
                    let left = LONGEST_QUEUE.saturating_sub(began.elapsed());
                    if left.is_zero() {
                        return Err(RestError::Limited { after: wait, everywhere: true });
                    }
                    if turn.is_some() {
                        sleep(wait.min(left)).await;
                    } else {
                        turn = timeout(left, self.turns.lock()).await.ok();
                    }
                    continue;
                }
                Err(Wait::Bucket(wait)) => (wait, false),
                Err(Wait::All(wait)) => (wait, true),
            };
            // Who waits for something else lets the others pass.
            turn = None;
            if waited + after > SHORT_WAIT {
                return Err(RestError::Limited { after, everywhere });
            }
            sleep(after).await;
            waited += after;
        }
    }

    /// How long nothing may go where it was refused before: so much was refused lately that all must soon be held.
    pub(super) fn hold_of_barred(&self) -> Option<Duration> {
        lock(&self.buckets).hold_of_barred(Instant::now())
    }

    /// What the program before this one counted counts on.
    async fn recall(&self) {
        let Some(words) = self.notes.memory.recall(REMEMBERED).await else { return };
        lock(&self.buckets).unwelcome().recall(&words, Instant::now(), self.notes.now());
    }

    /// Counts an answer too many of which ban the address.
    async fn unwelcome(&self) {
        if !lock(&self.buckets).unwelcome().count(Instant::now()) {
            return;
        }
        let _turn = self.notes.turns.lock().await;
        let words = lock(&self.buckets).unwelcome().words(Instant::now(), self.notes.now());
        self.notes.memory.remember(REMEMBERED, &words).await;
    }

    /// What a status that is no success means.
    async fn refusal(&self, route: &Route<'_>, response: Response) -> RestError {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let scope = header(&headers, "x-ratelimit-scope").unwrap_or_default();
        // Of ways to answer people, which anybody may try, Discord takes it amiss as well when they lead nowhere.
        let is_unwelcome =
            matches!(status, 401 | 403) || (status == 429 && scope != "shared") || (status == 404 && !route.is_ours());
        if is_unwelcome {
            self.unwelcome().await;
        }
        let body = read(response).await.unwrap_or_default();
        let refusal = serde_json::from_slice::<Refusal>(&body);
        match (status, refusal) {
            // A verdict of its own, and not on how fast we are.
            (429, Ok(refusal)) if refusal.is_verdict(&headers) => {
                let Refusal { message, code, .. } = refusal;
                RestError::Refused { status, code, message: plain(&message) }
            }
            (429, refusal) => self.limited(route, &headers, scope, refusal.ok()),
            (401, _) if route.is_ours() => {
                self.refused.cancel();
                RestError::TokenRefused
            }
            (_, Ok(Refusal { message, code, .. })) => RestError::Refused { status, code, message: plain(&message) },
            // Not Discord's API but something before it, such as its shield against floods.
            (403, Err(_)) => {
                RestError::Unreachable { reason: "something before Discord answers 403".to_owned(), is_in_doubt: false }
            }
            (_, Err(_)) => RestError::Refused { status, code: 0, message: "no reason given".to_owned() },
        }
    }

    fn limited(&self, route: &Route<'_>, headers: &HeaderMap, scope: &str, refusal: Option<Refusal>) -> RestError {
        let named = |text: &str| text.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let from_header = header(headers, RETRY_AFTER.as_str()).and_then(named);
        let in_body = refusal.as_ref().and_then(|refusal| Duration::try_from_secs_f64(refusal.retry_after?).ok());
        let after = from_header.max(in_body).unwrap_or(UNTOLD_WAIT);
        // Without Discord's own body it is the shield before it that speaks, and it means the whole address.
        let everywhere = refusal.is_none_or(|refusal| refusal.global)
            || scope == "global"
            || header(headers, "x-ratelimit-global").is_some();
        let now = Instant::now();
        let mut buckets = lock(&self.buckets);
        match route.lane() {
            Some(lane) if !everywhere => {
                buckets.refused(lane, header(headers, "x-ratelimit-bucket").map(Arc::from), after, now);
            }
            Some(_) => buckets.hold(after, now),
            None => {}
        }
        RestError::Limited { after, everywhere }
    }
}

/// What the headers say of the request's bucket; `None` when they say nothing.
fn told(headers: &HeaderMap) -> Option<Told> {
    let number = |name| header(headers, name)?.parse::<u32>().ok();
    let reset_after: f64 = header(headers, "x-ratelimit-reset-after")?.parse().ok()?;
    Some(Told {
        bucket: header(headers, "x-ratelimit-bucket").map(Arc::from),
        limit: number("x-ratelimit-limit")?,
        remaining: number("x-ratelimit-remaining")?,
        reset_after: Duration::try_from_secs_f64(reset_after).ok()?,
    })
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The body as far as it is not too large; `None` when it broke off.
async fn read(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= MOST_BODY => body.extend_from_slice(&chunk),
            Ok(None) => return Some(body),
            Ok(Some(_)) | Err(_) => return None,
        }
    }
}

/// What it means that no answer came. reqwest's own words are not used: they hold the whole address, and addresses hold
/// secrets.
fn unreachable(cause: &reqwest::Error) -> RestError {
    let is_before_sending = cause.is_connect() || cause.is_builder();
    let reason = match (cause.is_connect(), cause.is_timeout()) {
        (true, _) => "no connection to Discord".to_owned(),
        (false, true) => format!("no answer from Discord within {} s", REQUEST_WITHIN.as_secs()),
        (false, false) => "the connection to Discord broke off".to_owned(),
    };
    RestError::Unreachable { reason, is_in_doubt: !is_before_sending }
}

/// What the lock holds; each change is complete in itself, so a panic elsewhere leaves nothing half done.
fn lock(buckets: &Mutex<Buckets>) -> MutexGuard<'_, Buckets> {
    buckets.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::{Router, extract::State, http::HeaderMap as Headers, response::IntoResponse};
    use serde_json::json;
    use tokio::{net::TcpListener, task::JoinSet};

    use super::*;
    use crate::chat::discord::desk::Forgetful;

    const TOKEN: &str = "MTA1.secret.token";

    /// A server that gives one answer to everything, and counts.
    #[derive(Clone)]
    struct Desk {
        asked: Arc<AtomicUsize>,
        answer: fn(&Headers) -> axum::response::Response,
    }

    fn rest(url: &str) -> Rest {
        rest_with(url, &(Arc::new(Forgetful) as Arc<dyn Memory>), 0)
    }

    /// As of a program that was started so many seconds after the first.
    fn rest_with(url: &str, memory: &Arc<dyn Memory>, second: i64) -> Rest {
        let now = DateTime::from_timestamp(1_795_356_000 + second, 0).unwrap();
        Rest::new(&url.parse().unwrap(), &Token::new(TOKEN), 50, Notes::new(memory, now)).unwrap()
    }

    /// A way to a server with this answer; the server lives as long as the set.
    async fn way_to(answer: fn(&Headers) -> axum::response::Response) -> (Rest, Arc<AtomicUsize>, JoinSet<()>) {
        let desk = Desk { asked: Arc::default(), answer };
        let asked = Arc::clone(&desk.asked);
        let router = Router::new()
            .fallback(async |State(desk): State<Desk>, headers: Headers| {
                desk.asked.fetch_add(1, Ordering::Relaxed);
                (desk.answer)(&headers)
            })
            .with_state(desk);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.unwrap() });
        (rest(&url), asked, server)
    }

    const POST: Route<'_> = Route::Post(2);

    #[tokio::test]
    async fn a_message_that_was_taken_counts_as_taken_whatever_the_answer_looks_like() {
        let (rest, _, _server) = way_to(|_| (axum::http::StatusCode::OK, "<html>").into_response()).await;
        assert_eq!(rest.call(&POST, Some(&json!({}))).await.unwrap().body, Value::Null);
    }

    #[tokio::test]
    async fn a_refusal_for_the_rate_holds_its_channel_and_asks_no_more() {
        let (rest, asked, _server) = way_to(|_| {
            let body = json!({ "message": "slow", "retry_after": 37.5, "global": false }).to_string();
            let headers = [("retry-after", "38"), ("x-ratelimit-bucket", "b"), ("x-ratelimit-scope", "user")];
            (axum::http::StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()
        })
        .await;
        let limited = |outcome: Result<Answer, RestError>| match outcome {
            Err(RestError::Limited { after, everywhere }) => (after.as_secs(), everywhere),
            other => panic!("{other:?}"),
        };
        assert_eq!(limited(rest.call(&POST, Some(&json!({}))).await), (38, false));
        assert_eq!(limited(rest.call(&POST, Some(&json!({}))).await), (37, false));
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        assert_eq!(limited(rest.call(&Route::Post(3), Some(&json!({}))).await), (38, false));
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_refused_token_stops_everything_but_answers_to_people() {
        let (rest, asked, _server) = way_to(|headers| {
            if headers.contains_key("authorization") {
                (axum::http::StatusCode::UNAUTHORIZED, json!({ "message": "401", "code": 0 }).to_string())
                    .into_response()
            } else {
                axum::http::StatusCode::NO_CONTENT.into_response()
            }
        })
        .await;
        assert_eq!(rest.call(&POST, Some(&json!({}))).await.unwrap_err(), RestError::TokenRefused);
        assert_eq!(rest.call(&Route::Me, None).await.unwrap_err(), RestError::TokenRefused);
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        rest.token_refused().await;
        assert!(rest.call(&Route::Callback(1, "key"), Some(&json!({}))).await.is_ok());
    }

    #[tokio::test]
    async fn too_many_edits_of_an_old_message_are_a_verdict_although_they_come_as_a_limit() {
        for body in [
            json!({ "message": "Maximum number of edits", "code": 30_046 }),
            json!({ "message": "Maximum number of edits", "code": 30_046, "retry_after": 3.5 }),
            json!({ "message": "Write rate limit", "code": 20_029 }),
        ] {
            static BODY: Mutex<String> = Mutex::new(String::new());
            *BODY.lock().unwrap() = body.to_string();
            let (rest, _, _server) =
                way_to(|_| (axum::http::StatusCode::TOO_MANY_REQUESTS, BODY.lock().unwrap().clone()).into_response())
                    .await;
            let error = rest.call(&Route::Message(2, 3), Some(&json!({}))).await.unwrap_err();
            let code = u32::try_from(body["code"].as_u64().unwrap()).unwrap();
            assert!(matches!(&error, RestError::Refused { status: 429, .. }) && error.code() == code, "{error:?}");
        }
    }

    #[tokio::test]
    async fn slow_mode_holds_its_channel_as_long_as_it_says() {
        let (rest, asked, _server) = way_to(|_| {
            let body = json!({ "message": "slow mode", "code": 20_016, "retry_after": 60.0 }).to_string();
            (axum::http::StatusCode::TOO_MANY_REQUESTS, body).into_response()
        })
        .await;
        for _ in 0..2 {
            let error = rest.call(&POST, Some(&json!({}))).await.unwrap_err();
            let RestError::Limited { after, everywhere: false } = error else { panic!("{error:?}") };
            assert!(after > Duration::from_secs(58), "{after:?}");
        }
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn what_is_unwelcome_on_any_route_stops_every_route_long_before_a_ban() {
        let (rest, asked, _server) = way_to(|headers| {
            let body = json!({ "message": "no", "code": 50_001 }).to_string();
            let status = if headers.contains_key("authorization") { 403 } else { 404 };
            (axum::http::StatusCode::from_u16(status).unwrap(), body).into_response()
        })
        .await;
        *lock(&rest.buckets) = Buckets::new(u32::MAX);
        for number in 0..3_000 {
            rest.call(&Route::Post(number), Some(&json!({}))).await.unwrap_err();
            assert_eq!(rest.hold_of_barred().is_some(), number >= 999, "{number}");
        }
        assert_eq!(asked.load(Ordering::Relaxed), 2_500, "a quarter of what leads to a ban");
        for number in 0..3_000_u64 {
            let route = match number % 3 {
                0 => Route::Callback(number, "key"),
                1 => Route::Original(number, "key"),
                _ => Route::FollowUp(number, "key"),
            };
            rest.call(&route, Some(&json!({}))).await.unwrap_err();
        }
        assert_eq!(asked.load(Ordering::Relaxed), 4_000, "people are answered for longer, and that ends as well");
    }

    /// A memory of one thing.
    #[derive(Default)]
    struct Note {
        words: Mutex<Option<String>>,
        written: AtomicUsize,
    }

    #[async_trait::async_trait]
    impl Memory for Note {
        async fn recall(&self, _: &str) -> Option<String> {
            self.words.lock().unwrap().clone()
        }

        async fn remember(&self, _: &str, words: &str) {
            self.written.fetch_add(1, Ordering::Relaxed);
            *self.words.lock().unwrap() = Some(words.to_owned());
        }
    }

    #[tokio::test]
    async fn what_is_unwelcome_stops_the_programs_that_are_started_after_as_well() {
        let (first, asked, _server) = way_to(|_| {
            let body = json!({ "message": "no", "code": 50_001 }).to_string();
            (axum::http::StatusCode::FORBIDDEN, body).into_response()
        })
        .await;
        let url = first.base.trim_end_matches("/api/v10");
        let note = Arc::new(Note::default());
        let memory: Arc<dyn Memory> = note.clone();
        for start in 0..12_i64 {
            let rest = rest_with(url, &memory, start * 10);
            // So that its pace is none; what was remembered is recalled at the first request.
            *lock(&rest.buckets) = Buckets::new(u32::MAX);
            for number in 0..250 {
                rest.call(&Route::Post(number), Some(&json!({}))).await.unwrap_err();
            }
        }
        assert_eq!(asked.load(Ordering::Relaxed), 2_500, "a quarter of what leads to a ban");
        assert!(note.written.load(Ordering::Relaxed) <= 500, "not one for each");
        let next = rest_with(url, &memory, 120).call(&POST, None).await.unwrap_err();
        assert!(matches!(next, RestError::Limited { everywhere: true, .. }), "{next:?}");
        let late = rest_with(url, &memory, 3_600).call(&POST, None).await.unwrap_err();
        assert!(matches!(late, RestError::Refused { status: 403, .. }), "{late:?}");
    }

    #[tokio::test]
    async fn errors_and_logs_carry_no_token_and_no_address() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let rest = rest(&url);
        let error = rest.call(&Route::Callback(1, "key-of-a-person"), Some(&json!({}))).await.unwrap_err();
        assert!(matches!(error, RestError::Unreachable { is_in_doubt: false, .. }), "{error:?}");
        let shown = format!("{error} {error:?} {rest:?}");
        assert!(!shown.contains("secret") && !shown.contains("key-of-a-person"), "{shown}");
    }

    #[tokio::test]
    async fn what_stands_before_discord_and_answers_in_its_stead_is_no_verdict_on_the_chat() {
        let (rest, _, _server) = way_to(|_| (axum::http::StatusCode::FORBIDDEN, "<html>").into_response()).await;
        let error = rest.call(&POST, Some(&json!({}))).await.unwrap_err();
        assert!(matches!(error, RestError::Unreachable { is_in_doubt: false, .. }), "{error:?}");
    }
}
