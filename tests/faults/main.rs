//! The fault program: the real bot on both platforms while they fail, hang and refuse, and while it is killed. It prints what
//! became of every alert and fails when one was lost, told twice or told in the wrong order.
//!
//! `cargo test --test faults` runs everything; with words, such as `cargo test --test faults -- flood hangs`, only the scenarios whose
//! name has one of them. Variables make it longer: `FAULT_SECONDS` (how long platforms fail, 30 unless told), `FAULT_KILLS` (200,
//! within `FAULT_KILL_SECONDS`, 240), `FAULT_CHAOS_SECONDS` (20), `FAULT_ALERTS` (200 into one chat), `FAULT_SEED` (to have a run's decisions again).
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test fails by panicking, prints what it found, and makes trouble that lasts"
)]

#[allow(dead_code, unused_imports, reason = "made for the other tests, which use all of it")]
#[path = "../it/support/mod.rs"]
mod support;

mod chaos;
mod kills;
mod platforms;
mod report;
mod scene;
mod stories;

use std::{process::ExitCode, time::Duration};

use tokio::task::JoinSet;

use self::report::Row;

/// How long, how often and by which chance there is trouble.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    pub trouble: Duration,
    pub chaos: Duration,
    pub kills: usize,
    /// After this no more kills are begun.
    pub killing: Duration,
    pub alerts: usize,
    pub seed: u64,
}

impl Measure {
    fn of_environment() -> Self {
        let number = |name: &str| {
            std::env::var(name)
                .ok()
                .map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is {text:?} and must be a number")))
        };
        Self {
            trouble: Duration::from_secs(number("FAULT_SECONDS").unwrap_or(30)),
            chaos: Duration::from_secs(number("FAULT_CHAOS_SECONDS").unwrap_or(20)),
            kills: number("FAULT_KILLS").unwrap_or(200) as usize,
            killing: Duration::from_secs(number("FAULT_KILL_SECONDS").unwrap_or(240)),
            alerts: number("FAULT_ALERTS").unwrap_or(200) as usize,
            seed: number("FAULT_SEED").unwrap_or_else(|| fastrand::u64(..1_000_000)),
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let measure = Measure::of_environment();
    println!("FAULT_SEED={}", measure.seed);
    let mut running = JoinSet::new();
    for (name, scenario) in platforms::all().into_iter().chain(kills::all()).chain(chaos::all()) {
        if words.is_empty() || words.iter().any(|word| name.contains(word.as_str())) {
            // Side by side: most of the time they wait for trouble to end.
            running.spawn(async move { (name, tokio::spawn(scenario(measure)).await) });
        }
    }
    assert!(!running.is_empty(), "no scenario's name has one of {words:?}");
    println!("{}", Row::HEAD);
    let mut broken = Vec::new();
    while let Some(ended) = running.join_next().await {
        match ended.unwrap() {
            (name, Ok(rows)) => {
                for row in rows {
                    println!("{row}");
                    broken.extend(row.broken().map(|promise| format!("{name}: {promise}")));
                }
            }
            (name, Err(_)) => broken.push(format!("{name}: it did not come to its end")),
        }
    }
    for promise in &broken {
        println!("broken: {promise}");
    }
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
