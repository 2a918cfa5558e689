//! What the bodies of requests may look like.

pub mod command;
mod component;
mod embed;
pub mod message;
