//! `/status`: what is going on now.

mod detail;
mod overview;

use crate::commands::{Answer, Refusal, Request, View};

pub(super) use overview::services_of_chat;

/// What is not well now among the chat's services, or how one service is.
///
/// # Errors
///
/// None: whether the service exists was found out when it was read.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let service = request.service("service").and_then(|id| view.catalogue.by_id(id));
    Ok(Answer::shown(match service {
        Some(service) => detail::message(service, view),
        None => overview::message(request.origin.is_private, view),
    }))
}
