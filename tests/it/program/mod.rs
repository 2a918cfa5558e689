//! The real program, started as people start it, against status pages on this computer: only what it prints, how it ends
//! and what the pages were asked is looked at.

mod bad_feeds;
mod killed;
mod outages;
mod past;
mod stopping;
mod usage;
