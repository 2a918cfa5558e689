//! Fakes of the world around the program.

pub mod feed_server;
