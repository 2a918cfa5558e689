//! Who may come in to ask for a page: bounded in number and in time, whatever they send.

use std::{collections::VecDeque, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::debug;

/// Connections at the same time. When one more comes, the oldest makes room: who asks for a page needs a moment, who has been
/// there for longest wants something else.
const MOST: usize = 64;
/// How long a connection may take, for one page.
const LIMIT: Duration = Duration::from_secs(10);
/// Bytes kept of what a connection sends; hyper takes no less.
const BUFFER: usize = 8 * 1024;
/// How long nobody is let in after that failed, such as when there are too many open files.
const REST: Duration = Duration::from_millis(200);

/// Lets in who comes, for ever. Ends all conversations when dropped.
pub(super) async fn open(listener: &TcpListener, pages: &Router) {
    let mut inside: JoinSet<()> = JoinSet::new();
    let mut doors: VecDeque<CancellationToken> = VecDeque::new();
    loop {
        tokio::select! {
            Some(_) = inside.join_next() => doors.retain(|door| !door.is_cancelled()),
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    if doors.len() >= MOST && let Some(oldest) = doors.pop_front() {
                        oldest.cancel();
                    }
                    let door = CancellationToken::new();
                    doors.push_back(door.clone());
                    inside.spawn(converse(stream, pages.clone(), door));
                }
                Err(cause) => {
                    debug!(%cause, "nobody can be let in to the health page");
                    sleep(REST).await;
                }
            },
        }
    }
}

/// Answers one request.
async fn converse(stream: TcpStream, pages: Router, door: CancellationToken) {
    // Closed when this ends, however it does.
    let _closed = door.clone().drop_guard();
    let mut builder = http1::Builder::new();
    builder.keep_alive(false).max_buf_size(BUFFER);
    let conversation = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(pages));
    tokio::select! {
        // Whoever came may leave or talk nonsense; nothing depends on it.
        ended = timeout(LIMIT, conversation) => drop(ended),
        () = door.cancelled() => {}
    }
}
