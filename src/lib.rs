//! Foghorn, a chat-ops outage bot: feeds in, alerts and answers out.
//!
//! In reading order:
//!
//! - [`domain`]: the words of the program, plain data.
//! - [`text`]: every text a person reads, by language.
//! - [`detect`]: the state machine, readings in, transitions out.
//! - [`commands`]: what people type, request and snapshot in, reply and changes out.
//! - [`feeds`]: reading status feeds and measuring sites.
//! - [`store`]: what must survive a stop: tracks, incidents, subscriptions, the outbox.
//! - [`chat`]: the platforms people read on.
//! - [`dispatch`]: from a stored transition to a message in every chat that wants it.
//! - [`config`]: settings and the catalogue of services.
//! - [`app`]: the wiring.
//! - [`clock`], [`http`], [`metrics`], [`telemetry`]: time, requests, counts and logs, the edges that several of them share.

pub mod app;
pub mod chat;
pub mod clock;
pub mod commands;
pub mod config;
pub mod detect;
pub mod dispatch;
pub mod domain;
pub mod feeds;
pub mod http;
pub mod metrics;
pub mod store;
pub mod telemetry;
pub mod text;
