//! The wiring: what each command of the program does, from parts to tasks.

pub mod answer;
pub mod arguments;
pub mod check;
pub mod cli;
pub mod control;
pub mod demo;
pub mod health;
pub mod inspect;
pub mod lookout;
pub mod manual;
pub mod memory;
pub mod moving;
pub mod outbox;
pub mod platforms;
pub mod progress;
pub mod recent;
pub mod reload;
pub mod rescue;
pub mod resting;
pub mod roster;
pub mod run;
mod sample;
pub mod stand;
pub mod status;
pub mod tasks;
pub mod tracks;
pub mod watch;
