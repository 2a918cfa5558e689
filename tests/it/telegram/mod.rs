//! The real program on Telegram: against a Bot API of our own and status pages on this computer, seen as people see it.

mod alerts;
mod buttons;
mod choosing;
mod conversation;
mod delivery;
mod digests;
mod flooding;
mod groups;
mod looks;
mod receiving;
mod reported;
mod together;

use std::{process::Command, time::Duration};

use crate::support::{
    feed_server::FeedServer,
    page::StatusPage,
    program::{Ended, Home, Program},
    telegram::{Limits, Telegram},
};

/// A Telegram on which a few messages may follow each other quickly, as on the real one; the longer limits hold.
async fn telegram() -> Telegram {
    let telegram = Telegram::start().await;
    telegram.limit(limits().with_burst(4));
    telegram
}

/// Telegram's limits. On a computer that is busy with other tests messages come late, and those behind them seem early.
fn limits() -> Limits {
    Limits { leeway: Duration::from_millis(300), ..Limits::of_telegram() }
}

/// The program as a bot on this Telegram.
fn bot(home: &Home, telegram: &Telegram) -> Program {
    Program::start(command(home, telegram))
}

fn command(home: &Home, telegram: &Telegram) -> Command {
    let mut command = home.command(&[]);
    command.env("TELEGRAM_BOT_TOKEN", telegram.token()).env("FOGHORN_TELEGRAM__API_URL", telegram.url());
    command
}

/// A home that watches one page.
fn watching(page: &StatusPage<'_>, name: &str) -> Home {
    Home::new(&page.service(name))
}

/// Ends the bot; nothing it did may have been too fast, and nobody may read its token anywhere.
fn ends_well(program: Program, telegram: &Telegram) -> Ended {
    let ended = program.stop("TERM");
    assert_eq!(ended.code(), Some(0), "{}", ended.stderr);
    keeps_secret(&ended, telegram);
    assert_eq!(telegram.floods(), (0, 0), "{}", ended.stderr);
    ended
}

/// Neither the token nor the part of it that must stay secret was written anywhere.
fn keeps_secret(ended: &Ended, telegram: &Telegram) {
    let token = telegram.token();
    let (_, secret) = token.split_once(':').unwrap();
    for said in [&ended.stdout, &ended.stderr] {
        assert!(!said.contains(secret), "the token was written:\n{said}");
    }
}

/// Waits until what the page shows has been read so often that whatever follows from it is on its way.
async fn until_settled(page: &StatusPage<'_>) {
    page.until_read_often().await;
}

/// A server with one page, for tests that need no more.
async fn pages() -> FeedServer {
    FeedServer::start().await
}
