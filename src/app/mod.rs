//! (to come)

pub mod arguments;
pub mod check;
