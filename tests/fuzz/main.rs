//! Hostile input: a target for every format, for JSON by paths, and for what people type.
//!
//! Each target breaks its corpus (this project's fixtures, and what hostile minds make of them) in random ways, for as many
//! rounds as `FUZZ_ROUNDS` says (`FUZZ_ROUNDS=100000 cargo test --test fuzz`). A failure names its target and round, and
//! `FUZZ_ROUND=17` runs just that one. The rounds are the same each time unless `FUZZ_SEED` is another number: `.ci/run` takes
//! one at random and prints it. Whatever the bytes are: nothing panics, everything that comes out is bounded, and reading,
//! or finding out the kind, holds at most ten times the bytes and one megabyte at once, in every format.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs,
    unreachable_pub,
    reason = "tests fail by panicking"
)]

mod bad;
mod commands;
mod corpus;
mod dense;
mod documents;
mod formats;
mod mutate;
mod promises;
mod scale;

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use fastrand::Rng;

/// Rounds of one target in an everyday run: one or two seconds.
const ROUNDS: u64 = 150;

/// Runs a target's rounds, each with luck of its own.
fn fuzz(target: &str, mut round: impl FnMut(&mut Rng)) {
    let base = from_environment("FUZZ_SEED").unwrap_or(0).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for number in rounds() {
        let seed = target.bytes().fold(number ^ base, |seed, byte| seed.rotate_left(5) ^ u64::from(byte));
        let mut rng = Rng::with_seed(seed);
        let ended = catch_unwind(AssertUnwindSafe(|| round(&mut rng)));
        let seed = from_environment("FUZZ_SEED").map(|seed| format!("FUZZ_SEED={seed} ")).unwrap_or_default();
        assert!(ended.is_ok(), "{target} failed in round {number}, see above; replay with {seed}FUZZ_ROUND={number}");
    }
}

fn rounds() -> Range<u64> {
    match from_environment("FUZZ_ROUND") {
        Some(round) => round..round + 1,
        None => 0..from_environment("FUZZ_ROUNDS").unwrap_or(ROUNDS),
    }
}

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}
