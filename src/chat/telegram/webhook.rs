//! Receiving updates by letting Telegram post them (webhook).

use std::{io, net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, Method, StatusCode, Uri},
};
use teloxide::{payloads::SetWebhookSetters, requests::Requester};
use tokio::{
    net::TcpListener,
    time::{sleep, timeout},
};
use tracing::{info, warn};
use url::Url;

use super::{
    WebhookOptions,
    api::Failure,
    limits,
    polling::{KINDS, Troubles},
    reception::Reception,
    update::Raw,
};

/// The header that carries the secret.
/// Source: <https://core.telegram.org/bots/api#setwebhook> (read 2026-08-30).
const SECRET: &str = "x-telegram-bot-api-secret-token";

/// Why nothing can be received by webhook.
#[derive(Debug, thiserror::Error)]
pub(super) enum WebhookError {
    /// The address to listen on cannot be used.
    #[error("it cannot listen on {listen} for the webhook: {cause}")]
    Listen {
        /// Which.
        listen: SocketAddr,
        /// Why.
        cause: io::Error,
    },
    /// Telegram says no to the webhook, or to the token.
    #[error("{0}")]
    Telegram(Failure),
}

struct Gate {
    reception: Arc<Reception>,
    path: String,
    secret: String,
}

/// Registers the webhook and receives until told to stop. It stays registered: what is posted meanwhile, Telegram repeats.
///
/// # Errors
///
/// [`WebhookError`] when the address cannot be listened on or Telegram refuses the webhook.
pub(super) async fn run(reception: &Arc<Reception>, options: &WebhookOptions) -> Result<(), WebhookError> {
    let listen = options.listen;
    let listener = TcpListener::bind(listen).await.map_err(|cause| WebhookError::Listen { listen, cause })?;
    let gate =
        Gate { reception: Arc::clone(reception), path: options.url.path().to_owned(), secret: options.secret.clone() };
    let router =
        Router::new().fallback(posted).layer(DefaultBodyLimit::max(limits::POSTED_UPDATE)).with_state(Arc::new(gate));
    let stop = reception.stop.clone();
    let serve = async {
        // Only a listener that is broken for good ends it, and that has been bound above.
        axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned()).await
    };
    let register = register(reception, &options.url, &options.secret);
    let serve = std::pin::pin!(serve);
    let mut serve = serve;
    tokio::select! {
        served = &mut serve => return served.map_err(|cause| WebhookError::Listen { listen, cause }),
        registered = register => registered.map_err(WebhookError::Telegram)?,
    }
    tokio::select! {
        served = &mut serve => served.map_err(|cause| WebhookError::Listen { listen, cause })?,
        () = stop.cancelled() => drop(timeout(limits::FAREWELL, serve).await),
    }
    reception.finish().await;
    Ok(())
}

async fn register(reception: &Reception, url: &Url, secret: &str) -> Result<(), Failure> {
    let mut troubles = Troubles::default();
    loop {
        let request = reception.sender.api.bot().set_webhook(url.clone());
        let failure = match request.secret_token(secret).allowed_updates(KINDS).await {
            Ok(_) => {
                troubles.end();
                reception.sender.api.link.stands(true);
                info!(platform = "telegram", host = url.host_str(), "the webhook is registered");
                return Ok(());
            }
            Err(error) => Failure::from(error),
        };
        // An address that Telegram does not take will not be taken later either.
        if failure.is_bad_token() || matches!(failure, Failure::Refused { code: 400 | 403, .. }) {
            return Err(failure);
        }
        sleep(troubles.pause(&failure)).await;
    }
}

/// Takes what is posted. The answer is the confirmation: 200 once the update's effects are stored, and only then.
async fn posted(
    State(gate): State<Arc<Gate>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    if uri.path() != gate.path {
        return StatusCode::NOT_FOUND;
    }
    if method != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED;
    }
    let secret = headers.get(SECRET).map_or(&[][..], |value| value.as_bytes());
    if !is_same(secret, gate.secret.as_bytes()) {
        warn!(platform = "telegram", "something without the right secret was posted to the webhook");
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(Raw(update)) = serde_json::from_slice(&body) else {
        warn!(platform = "telegram", "something that is no update was posted to the webhook");
        return StatusCode::BAD_REQUEST;
    };
    gate.reception.take(&update);
    if gate.reception.progress.settled(update.id.0).await { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}

/// Compares without telling by its time how much of it was right.
fn is_same(given: &[u8], secret: &[u8]) -> bool {
    let differences = given.iter().zip(secret).fold(0_u8, |found, (one, other)| found | (one ^ other));
    given.len() == secret.len() && std::hint::black_box(differences) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        assert!(is_same(b"s3cret", b"s3cret"));
        for wrong in [&b""[..], b"s3cre", b"s3cret!", b"S3cret"] {
            assert!(!is_same(wrong, b"s3cret"));
        }
    }
}
