#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "tests fail by panicking"
)]
//! One suite for both backends of the store, and what only the one on disk has to show.

#[path = "store/agenda.rs"]
mod agenda;
#[path = "store/bench.rs"]
mod bench;
#[path = "store/chats.rs"]
mod chats;
#[path = "store/damage.rs"]
mod damage;
#[path = "store/disk.rs"]
mod disk;
#[path = "store/kill.rs"]
mod kill;
#[path = "store/letters.rs"]
mod letters;
#[path = "store/mend.rs"]
mod mend;
#[path = "store/outbox.rs"]
mod outbox;
#[path = "store/random.rs"]
mod random;
#[path = "store/records.rs"]
mod records;
#[path = "store/storms.rs"]
mod storms;
#[path = "store/suspend.rs"]
mod suspend;
#[path = "store/sweep.rs"]
mod sweep;
#[path = "store/watches.rs"]
mod watches;
#[path = "store/wishes.rs"]
mod wishes;
