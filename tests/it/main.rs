//! The program from outside: real HTTP against servers on this computer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::wildcard_enum_match_arm,
    missing_docs,
    unreachable_pub,
    reason = "tests fail by panicking, and their names say what they are"
)]

mod agenda;
mod discord;
mod events;
mod feed_pages;
mod feeds;
mod inspect;
mod outbox;
mod probe;
mod program;
mod simulation;
mod support;
mod telegram;
mod watching;
