//! What is shown, understood and sent, each tested apart; the whole against a Bot API stands in `tests/it`.

mod rendering;
pub(super) mod server;
mod talking;
mod updates;
