//! Beside a running bot: the program's other commands ask it over a Unix socket in the store's directory, because only one
//! process can have the store open.
//!
//! Both sides speak lines of JSON. The bot greets with its version; then each ask has one answer, until the asker leaves.
//! `wire` has the lines, `serve` the bot's side, `client` the other.

mod client;
mod serve;
mod wire;

use std::{
    io,
    path::{Path, PathBuf},
};

pub use client::{Client, connect};
pub use serve::{Control, serve};

/// The socket's name in the store's directory.
const SOCKET: &str = "control.sock";

/// Where a bot over the store in this directory is asked.
fn socket_of(store: &Path) -> PathBuf {
    store.join(SOCKET)
}

/// Why a running bot did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The system lets only the bot's own user talk to it.
    #[error(
        "the bot that runs over the store at {store} may not be asked by this user; do this as the user it runs as"
    )]
    Denied {
        /// Where.
        store: String,
    },
    /// Somebody has the socket, and it leads nowhere.
    #[error("the bot that runs over the store at {store} does not answer; if that goes on, start it anew")]
    Silent {
        /// Where.
        store: String,
        /// How that is known.
        #[source]
        cause: io::Error,
    },
    /// The bot speaks otherwise.
    #[error(
        "the bot that runs is foghorn {theirs}, this is foghorn {ours}, and what they say to each other has changed; use the program that runs, or start the bot anew with this one"
    )]
    OtherVersion {
        /// The bot's version.
        theirs: String,
        /// This program's.
        ours: &'static str,
    },
    /// It ended, or hangs.
    #[error("the bot stopped or went silent before this was done; what it has done until then stays done")]
    Broken(#[source] io::Error),
    /// It cannot do it, and this is why.
    #[error("the bot cannot do this: {0}")]
    Failed(String),
}
