//! The page that says the process turns, and the question to it.

use std::net::SocketAddr;

use axum::{Router, routing::get};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};
use url::Url;

use crate::http::{Http, Want};

/// Serves `/healthz` on this address until told to stop. An address that cannot be used is logged: alerts matter more.
pub async fn serve(listen: SocketAddr, stop: CancellationToken) {
    let listener = match TcpListener::bind(listen).await {
        Ok(listener) => listener,
        Err(cause) => {
            error!(%listen, %cause, "the health page cannot be served; set another `http.listen`, or \"\" to turn it off");
            return stop.cancelled().await;
        }
    };
    info!(%listen, "the health page is served");
    let pages = Router::new().route("/healthz", get(|| async { "ok\n" }));
    let ended = axum::serve(listener, pages).with_graceful_shutdown(stop.clone().cancelled_owned()).await;
    if let Err(cause) = ended {
        error!(%listen, %cause, "the health page ended");
        stop.cancelled().await;
    }
}

/// Asks the page of a program that serves it on this address.
///
/// # Errors
///
/// What was wrong, in words for an operator.
pub async fn ask(http: &Http, listen: SocketAddr) -> Result<(), String> {
    let url = Url::parse(&page(listen)).map_err(|cause| cause.to_string())?;
    match http.get(&url, Want::Head).await {
        Ok(answer) if answer.status == 200 => Ok(()),
        Ok(answer) => Err(format!("HTTP {}", answer.status)),
        Err(cause) => Err(cause.to_string()),
    }
}

/// The address at which [`serve`] is asked: the unspecified address stands for every one of this machine.
#[must_use]
pub fn page(listen: SocketAddr) -> String {
    let host = match listen {
        SocketAddr::V4(address) if address.ip().is_unspecified() => "127.0.0.1".to_owned(),
        SocketAddr::V6(address) if address.ip().is_unspecified() => "[::1]".to_owned(),
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    };
    format!("http://{host}:{}/healthz", listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_asked_at_one_of_this_machine() {
        let asked = |listen: &str| page(listen.parse().unwrap());
        assert_eq!(asked("127.0.0.1:9464"), "http://127.0.0.1:9464/healthz");
        assert_eq!(asked("0.0.0.0:80"), "http://127.0.0.1:80/healthz");
        assert_eq!(asked("[::]:80"), "http://[::1]:80/healthz");
    }
}
