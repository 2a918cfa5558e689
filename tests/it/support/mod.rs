//! Fakes of the world around the program.

pub mod clock;
pub mod discord;
pub mod feed_server;
pub mod long_ago;
pub mod page;
pub mod program;
pub mod scrape;
pub mod telegram;
