//! `/start`: how a conversation with a bot begins on Telegram.

use crate::{
    commands::{Answer, Refusal, Request, View, spec, subscribe, welcome},
    domain::Message,
};

/// The welcome; with a service or category, which a link to the bot brings along, what `/subscribe` does. Whoever follows the
/// link again keeps the subscription as it is, with its filters.
///
/// # Errors
///
/// [`Refusal::NotManager`] when a subscription is wanted by somebody who may not make it.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let Some(topic) = request.topic("topic") else {
        return Ok(welcome(view.settings, view.catalogue));
    };
    match spec("subscribe") {
        Some(spec) if !request.origin.may_manage => Err(Refusal::NotManager { spec }),
        Some(_) | None => {
            let subscribed = subscribe::plainly(request, topic, view);
            let greeting = welcome(view.settings, view.catalogue).reply;
            Ok(Answer { reply: greeted(greeting, subscribed.reply), ..subscribed })
        }
    }
}

/// What was done, below the first line of the greeting.
fn greeted(greeting: Message, done: Message) -> Message {
    let title = greeting.blocks.into_iter().take(1);
    Message { blocks: title.chain(done.blocks).collect(), ..done }
}
