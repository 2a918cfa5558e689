//! What the program costs, beside what it may cost: the budgets of the design, measured on this computer.
//!
//! `cargo bench --bench budgets` runs all and prints `docs/PERFORMANCE.md`; with words, such as `cargo bench --bench budgets -- memory`,
//! only the rows whose name has one of them. Platforms and feeds are fakes on this computer, so what is measured is the
//! program. A busy computer makes every figure worse.
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
    reason = "a benchmark fails by panicking and prints what it found"
)]

#[allow(dead_code, unused_imports, unreachable_pub, reason = "made for the tests, which use all of it")]
#[path = "../../tests/it/support/mod.rs"]
mod support;

mod answers;
mod fan_out;
mod feeds;
mod limits;
mod platform;
mod polls;
mod program;
mod starts;
mod table;

use self::table::Table;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    // The feeds are served by a process of their own, so that the time they take is not counted as the program's.
    if words.first().is_some_and(|word| word == feeds::SERVE) {
        return feeds::serve();
    }
    // `cargo test --all-targets` builds this to see that it still can be, and figures of such a build say nothing.
    if !std::env::args().any(|word| word == "--bench") {
        return println!("budgets are measured by `cargo bench --bench budgets`");
    }
    let mut table = Table::new(words);
    fan_out::measure(&mut table);
    polls::measure(&mut table);
    answers::measure(&mut table);
    starts::measure(&mut table);
    program::measure(&mut table);
    limits::measure(&mut table);
    table.end();
}
