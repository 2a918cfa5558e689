//! The real program, started as people start it, against status pages on this computer: only what it prints, how it ends
//! and what the pages were asked is looked at.

mod bad_feeds;
mod beside;
mod counted;
mod full_disk;
mod killed;
mod moving;
mod operator;
mod outages;
mod outbox;
mod past;
mod ready;
mod reload;
mod rescue;
mod stopping;
mod usage;
