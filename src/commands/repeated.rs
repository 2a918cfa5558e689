//! The answer to a request that was carried out before and could not be answered then.

use crate::{
    commands::{Answer, Request, View, subscriptions},
    domain::Message,
    text::{Draft, Text},
};

/// An answer that is true for who asked once and is answered by the second try: that it is done, and how things stand now.
/// What the command itself says then, that all is so already or that there is nothing to end, would only be about the
/// repetition. `run` is what it said.
#[must_use]
pub fn repeated(run: Answer, request: &Request, view: &View<'_>) -> Answer {
    let mut draft = Draft::new(view.settings.locale);
    draft.paragraph(&Text::DoneBefore);
    let Message { mut blocks, .. } = draft.finish();
    let Ok(Answer { reply: standing, .. }) = subscriptions::run(request, view) else { return run };
    blocks.extend(standing.blocks);
    let reply = Message { blocks, ..standing };
    Answer { reply, changes: Vec::new(), shows_sample: false, is_refusal: false, ..run }
}
