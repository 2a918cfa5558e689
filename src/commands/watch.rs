//! `/watch`: the chat watches a status page that the catalogue does not have.

use crate::commands::{Answer, Refusal, Request, View, page};

/// Finds out what is at the address, watches it for this chat, and subscribes the chat to it.
///
/// # Errors
///
/// [`Refusal`] when there is nothing to watch, or the chat may not watch it.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let missing = || Refusal::Missing { spec: request.spec, option: "url".to_owned() };
    page::take(request.page("url").ok_or_else(missing)?, request, view)
}
