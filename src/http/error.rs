//! Why a request brought no answer.

use std::{error::Error, io, time::Duration};

use super::guard::NotPublic;

/// Why a request brought no answer. No text of it carries more of an address than host and port.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The client could not be built.
    #[error("cannot set up the HTTP client")]
    Setup {
        /// What failed.
        #[source]
        cause: reqwest::Error,
    },
    /// The address cannot be asked.
    #[error("the address {reason}")]
    Address {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The host asked to be left alone; no request was made.
    #[error("the host asks to wait {} s more", after.as_secs())]
    Held {
        /// How much longer.
        after: Duration,
    },
    /// The host's name leads nowhere.
    #[error("no address is known for {host}")]
    Dns {
        /// Host and port.
        host: String,
    },
    /// It is an address within a network of somebody's own, and only the public internet may be asked.
    #[error("{host} is not on the public internet")]
    NotPublic {
        /// Host and port.
        host: String,
    },
    /// A port that is no web server's.
    #[error("the port of {host} is not asked: only 80, 443 and those from 1024 are")]
    Port {
        /// Host and port.
        host: String,
    },
    /// Nobody listens there.
    #[error("connection refused by {host}")]
    Refused {
        /// Host and port.
        host: String,
    },
    /// The host could not prove who it is, or speaks no TLS that we do.
    #[error("TLS with {host} failed: {reason}")]
    Tls {
        /// Host and port.
        host: String,
        /// What rustls says.
        reason: String,
    },
    /// It took too long.
    #[error("{stage} within {}", seconds(*after))]
    Timeout {
        /// What was missing when the time was over.
        stage: &'static str,
        /// The time it had.
        after: Duration,
    },
    /// Redirects that lead nowhere or where we do not follow.
    #[error("{reason}")]
    Redirect {
        /// Which.
        reason: String,
    },
    /// The body is larger than a status document can be.
    #[error("the body is larger than {} KiB", most / 1024)]
    TooLarge {
        /// The limit in bytes.
        most: usize,
    },
    /// The connection failed in another way.
    #[error("the connection to {host} failed: {reason}")]
    Connection {
        /// Host and port.
        host: String,
        /// What was the innermost cause.
        reason: String,
    },
    /// The body broke off or cannot be decompressed.
    #[error("the body {what}: {reason}")]
    Broken {
        /// What happened to it.
        what: &'static str,
        /// The innermost cause.
        reason: String,
    },
}

impl HttpError {
    /// What a failed request to a host means.
    ///
    /// The cause itself is not kept: reqwest puts the whole address into its texts, and addresses may carry secrets.
    pub(super) fn of_request(cause: &reqwest::Error, host: String, patience: Duration) -> Self {
        if cause.is_timeout() {
            return Self::Timeout { stage: "no connection", after: patience };
        }
        for inner in causes(cause) {
            // hyper-util's name for a failed look-up; its type is private.
            if inner.to_string().starts_with("dns error") {
                let is_barred = causes(cause).any(|inner| inner.is::<NotPublic>());
                return if is_barred { Self::NotPublic { host } } else { Self::Dns { host } };
            }
            let Some(io) = inner.downcast_ref::<io::Error>().map(unwrapped) else { continue };
            // rustls' errors come wrapped as invalid data, a handshake that broke off as an unexpected end.
            let is_tls = io.kind() == io::ErrorKind::InvalidData
                || (io.kind() == io::ErrorKind::UnexpectedEof && io.to_string().contains("tls"));
            if io.kind() == io::ErrorKind::ConnectionRefused {
                return Self::Refused { host };
            }
            if io.kind() == io::ErrorKind::TimedOut {
                return Self::Timeout { stage: "no connection", after: patience };
            }
            if is_tls && cause.is_connect() {
                return Self::Tls { host, reason: io.to_string() };
            }
        }
        Self::Connection { host, reason: innermost(cause) }
    }

    /// What a failure while the body was read means.
    pub(super) fn of_body(cause: &reqwest::Error) -> Self {
        // reqwest blames the decoder for whatever goes wrong below it; hyper, whose error type it hides, tells.
        let broke_off = causes(cause).any(|inner| inner.to_string().starts_with("error reading a body"));
        let what = if broke_off { "broke off" } else { "cannot be decompressed" };
        Self::Broken { what, reason: innermost(cause) }
    }
}

/// The causes of an error, the outermost first, the error itself left out.
fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |inner: &&'a (dyn Error + 'static)| (*inner).source())
}

/// The I/O error inside others: hyper-rustls wraps once more, and `source` skips what is wrapped.
fn unwrapped(error: &io::Error) -> &io::Error {
    let mut error = error;
    while let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<io::Error>()) {
        error = inner;
    }
    error
}

fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| "no reason given".to_owned(), ToString::to_string)
}

fn seconds(span: Duration) -> String {
    if span.subsec_millis() == 0 { format!("{} s", span.as_secs()) } else { format!("{} ms", span.as_millis()) }
}
