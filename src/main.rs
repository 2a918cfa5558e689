//! The `foghorn` program.

fn main() {}
