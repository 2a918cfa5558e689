//! Requests to the Bot API.
//!
//! teloxide's [`Bot`] makes those where it matters little how they fail. Messages and updates go through [`Api::call`], with
//! teloxide's payloads and types: its own client sleeps for ten seconds inside a call when the server fails, and drops the
//! error's number. No error carries the address, which carries the token.

use std::{error::Error, time::Duration};

use reqwest::{Client, redirect};
use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use teloxide::{ApiError, Bot, RequestError, payloads::GetMe, requests::Payload};
use tokio::sync::Notify;
use url::Url;

use super::limits;
use crate::chat::link::LinkState;

/// The number of the error that says that the token is not taken.
const UNAUTHORIZED: u16 = 401;
/// The number of the error that says that it was asked too fast.
const TOO_MANY: u16 = 429;

/// The way to the Bot API.
pub(super) struct Api {
    bot: Bot,
    client: Client,
    /// Told when Telegram does not take the token.
    rejected: Notify,
    /// How the way to Telegram is.
    pub(super) link: LinkState,
}

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// Telegram says no.
    #[error("{description}")]
    Refused {
        /// The error's number, as of HTTP.
        code: u16,
        /// What Telegram says.
        description: String,
        /// Seconds to wait.
        retry_after: Option<u64>,
        /// Where the chat is now.
        moved_to: Option<i64>,
    },
    /// No answer, or none of the Bot API's.
    #[error("{reason}")]
    Lost {
        /// What happened, without the address.
        reason: String,
        /// Whether the request may have been carried out all the same.
        is_in_doubt: bool,
    },
}

#[derive(Deserialize)]
struct Envelope<T> {
    ok: bool,
    result: Option<T>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

impl Api {
    /// The way to the Bot API at this address.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be set up.
    pub(super) fn new(token: &str, api_url: &Url) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .connect_timeout(limits::CONNECT)
            .timeout(limits::POLL_PATIENCE)
            .redirect(redirect::Policy::none())
            .tcp_nodelay(true)
            .build()
            .map_err(reqwest::Error::without_url)?;
        let mut base = api_url.clone();
        if let Ok(mut segments) = base.path_segments_mut() {
            segments.pop_if_empty();
        }
        let bot = Bot::with_client(token, client.clone()).set_api_url(base);
        Ok(Self { bot, client, rejected: Notify::new(), link: LinkState::default() })
    }

    /// Where the Bot API is, without anything secret.
    pub(super) fn host(&self) -> String {
        let url = self.bot.api_url();
        let host = url.host_str().unwrap_or_default();
        url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// teloxide's client for the same bot.
    pub(super) const fn bot(&self) -> &Bot {
        &self.bot
    }

    /// Sends one of teloxide's payloads and reads as much of the answer as `T` wants.
    pub(super) async fn call<P: Payload + Serialize, T: DeserializeOwned>(
        &self,
        payload: &P,
        patience: Duration,
    ) -> Result<T, Failure> {
        self.ask(P::NAME, payload, patience).await
    }

    /// Sends a request of any kind.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        method: &str,
        body: &impl Serialize,
        patience: Duration,
    ) -> Result<T, Failure> {
        let body = serde_json::to_vec(body)
            .map_err(|cause| Failure::Lost { reason: format!("no JSON: {cause}"), is_in_doubt: false })?;
        let mut url = self.bot.api_url();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push(&format!("bot{}", self.bot.token())).push(method);
        }
        let request = self.client.post(url).header("content-type", "application/json").timeout(patience).body(body);
        let mut response = request.send().await.map_err(lost)?;
        let status = response.status();
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if answer.len() + chunk.len() > limits::ANSWER {
                return Err(Failure::Lost { reason: "the answer is too long".to_owned(), is_in_doubt: true });
            }
            answer.extend_from_slice(&chunk);
        }
        let no_answer = || Failure::Lost {
            reason: format!("HTTP {}, and no answer of the Bot API", status.as_u16()),
            // A gateway that says 404 or 403 by itself has carried nothing out, and says nothing about the chat.
            is_in_doubt: status.is_success() || status.is_server_error(),
        };
        let Ok(envelope) = serde_json::from_slice::<Envelope<T>>(&answer) else { return Err(no_answer()) };
        match envelope {
            Envelope { ok: true, result: Some(result), .. } => Ok(result),
            Envelope { ok: true, result: None, .. } => Err(no_answer()),
            Envelope { ok: false, error_code, description, parameters, .. } => {
                let code = error_code.unwrap_or(status.as_u16());
                if code == UNAUTHORIZED {
                    self.rejected.notify_one();
                }
                if code == TOO_MANY {
                    self.link.limited();
                }
                Err(Failure::Refused {
                    code,
                    description: description.unwrap_or_else(|| format!("HTTP {}", status.as_u16())),
                    retry_after: parameters
                        .as_ref()
                        .and_then(|parameters| parameters.retry_after)
                        .map(|seconds| seconds.min(limits::LONGEST_FLOOD)),
                    moved_to: parameters.and_then(|parameters| parameters.migrate_to_chat_id),
                })
            }
        }
    }

    /// Waits until the token is revoked: Telegram did not take it for some request, and says the same when it is asked
    /// who the bot is.
    pub(super) async fn revoked(&self) -> Failure {
        loop {
            self.rejected.notified().await;
            let me: Result<IgnoredAny, Failure> = self.call(&GetMe::new(), limits::PATIENCE).await;
            if let Err(failure) = me
                && failure.is_bad_token()
            {
                return failure;
            }
        }
    }
}

impl Failure {
    /// Whether Telegram does not take the token: a malformed one has no place in its addresses at all.
    pub(super) fn is_bad_token(&self) -> bool {
        matches!(self, Self::Refused { code: 401 | 404, .. })
    }

    /// Whether somebody else receives the bot's updates.
    pub(super) fn is_conflict(&self) -> bool {
        matches!(self, Self::Refused { code: 409, .. })
    }

    /// How long Telegram asks to wait.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => retry_after.map(Duration::from_secs),
            Self::Lost { .. } => None,
        }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        let refused = |code, description: String, retry_after, moved_to| Self::Refused {
            code,
            description,
            retry_after,
            moved_to,
        };
        match error {
            RequestError::Api(cause) => {
                let words = cause.to_string();
                let begins = |prefix: &str| words.starts_with(prefix) || words.contains(&format!("\"{prefix}"));
                // teloxide drops the number; the words begin with its name.
                let numbers = [("Unauthorized", 401), ("Forbidden", 403), ("Not Found", 404), ("Conflict", 409)];
                let named = numbers.into_iter().find_map(|(name, code)| begins(name).then_some(code));
                let code = if cause == ApiError::InvalidToken { 401 } else { named.unwrap_or(400) };
                refused(code, words, None, None)
            }
            RequestError::MigrateToChatId(chat) => refused(400, "the group has moved".to_owned(), None, Some(chat.0)),
            RequestError::RetryAfter(wait) => {
                refused(429, "too many requests".to_owned(), Some(u64::from(wait.seconds())), None)
            }
            RequestError::Network(cause) => Self::Lost { reason: innermost(&cause), is_in_doubt: !cause.is_connect() },
            RequestError::InvalidJson { .. } => {
                Self::Lost { reason: "no answer of the Bot API".to_owned(), is_in_doubt: true }
            }
            RequestError::Io(cause) => Self::Lost { reason: cause.to_string(), is_in_doubt: true },
        }
    }
}

fn lost(cause: reqwest::Error) -> Failure {
    let is_in_doubt = !cause.is_connect() && !cause.is_builder();
    let reason = if cause.is_timeout() { "no answer in time".to_owned() } else { innermost(&cause.without_url()) };
    Failure::Lost { reason, is_in_doubt }
}

/// The innermost cause: what reqwest says around it names the address.
fn innermost(error: &reqwest::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    causes.last().map_or_else(|| "the request failed".to_owned(), ToString::to_string)
}
