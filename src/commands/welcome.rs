//! How the bot introduces itself.

use crate::{
    commands::Answer,
    domain::{Catalogue, ChatSettings},
    text::{Draft, Text, plain, press},
};

/// The service that is the example wherever it is watched.
const EXAMPLE: &str = "whatsapp";

/// What the bot says when it has come to a chat: what it is for, and the first command to type.
#[must_use]
pub fn welcome(settings: ChatSettings, catalogue: &Catalogue) -> Answer {
    let locale = settings.locale;
    let mut draft = Draft::new(locale);
    draft.title(&Text::Welcome);
    draft.paragraph(&Text::AboutPurpose);
    let example = catalogue.by_word(EXAMPLE).or_else(|| catalogue.services().next());
    let command = example.map_or_else(|| "/subscribe".to_owned(), |service| format!("/subscribe {}", service.id));
    draft.paragraph(&Text::WelcomeFirst { command: &command, help: "/help" });
    let choose = press(&plain(locale, &Text::ButtonChoose), "subscribe");
    draft.row(choose.into_iter().chain(press(&plain(locale, &Text::ButtonHelp), "help")));
    Answer::shown(draft.finish())
}
