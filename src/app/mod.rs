//! (to come)

pub mod arguments;
