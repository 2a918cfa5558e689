//! Discord: the fake by itself, and the real program in it.

mod asking;
mod beside_telegram;
mod choosing;
mod cutting;
mod digests;
mod fake;
mod hostile;
mod leaving;
mod looks;
mod places;
mod reported;
mod rights;
pub mod stage;
mod starting;
mod stories;
mod storms;
mod together;
