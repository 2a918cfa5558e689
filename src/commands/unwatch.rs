//! `/unwatch`: the reverse of `/watch`.

use crate::{
    commands::{
        Answer, Refusal, Request, View,
        menu::{self, Choices},
        parse, unsubscribe,
    },
    domain::{Service, Topic},
    text::{Draft, Text},
};

/// Ends a watch, and says what remains; without a word, asks which.
///
/// # Errors
///
/// [`Refusal::NotWatched`] when the chat watches no such page, [`Refusal::Outdated`] for a button that is not understood any
/// more.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    match request.menu().as_deref() {
        None => match request.text("page") {
            Some(typed) => end(typed, request, view),
            None => Ok(ask(1, request, view)),
        },
        Some([]) => Ok(ask(1, request, view)),
        Some(["page", page @ ..]) => Ok(ask(menu::page(page), request, view)),
        Some(["end", id]) => end(id, request, view),
        Some(_) => Err(Refusal::Outdated { command: "/unwatch".to_owned() }),
    }
}

/// Which page?
fn ask(page: usize, request: &Request, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    if view.catalogue.own().len() == 0 {
        let mut draft = Draft::new(locale);
        draft.paragraph(&Text::NothingWatched { command: "/watch" });
        return Answer::aside(draft.finish());
    }
    let mut draft = menu::question(locale, &Text::AskUnwatch, request.spec);
    let choice = |page: &Service| (page.name.clone(), format!("unwatch ~end {}", page.id));
    Choices {
        choices: view.catalogue.own().map(|page| choice(page)).collect(),
        per_row: 2,
        page,
        turn: &|page| format!("unwatch ~page {page}"),
        back: None,
        beside: None,
    }
    .put(locale, &mut draft);
    Answer::shown(draft.finish())
}

fn end(typed: &str, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let word = typed.trim().to_lowercase();
    let is_called_so =
        |page: &&Service| page.id.as_str() == word || page.name.to_lowercase() == word || page.aliases.contains(&word);
    let by_address =
        || view.catalogue.by_address(typed).map(AsRef::as_ref).filter(|found: &&Service| found.is_watched_page());
    let found = view.catalogue.own().map(AsRef::as_ref).find(is_called_so).or_else(by_address);
    match found {
        Some(page) => Ok(unsubscribe::end_one(Topic::Service(page.id.clone()), request, view)),
        None => Err(Refusal::NotWatched {
            typed: parse::repeat(typed),
            known: view.catalogue.by_word(typed).map(|service| service.id.clone()),
            watched: view.catalogue.own().map(|page| page.name.clone()).collect(),
        }),
    }
}
