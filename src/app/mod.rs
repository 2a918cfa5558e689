//! The wiring: what each command of the program does.

pub mod arguments;
pub mod check;
pub mod demo;
pub mod inspect;
