//! `/status`: what is going on now.

mod detail;
mod overview;

use crate::commands::{Answer, Refusal, Request, Value, View};

/// What is not well now among the chat's services, or how one service is.
///
/// # Errors
///
/// None: whether the service exists was found out when it was read.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let service = match request.value("service") {
        Some(Value::Service(id)) => view.catalogue.by_id(id),
        Some(
            Value::Text(_)
            | Value::Integer(_)
            | Value::Duration(_)
            | Value::Topic(_)
            | Value::Severity(_)
            | Value::Names(_)
            | Value::Incident(_),
        )
        | None => None,
    };
    Ok(Answer::shown(match service {
        Some(service) => detail::message(service, view),
        None => overview::message(request.origin.is_private, view),
    }))
}
