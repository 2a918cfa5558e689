//! Discord: the fake by itself.

mod fake;
