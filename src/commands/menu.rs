//! Choosing step by step: questions with buttons, where something is missing or several things can be meant.
//!
//! A button of a menu holds the command and, behind a tilde, what of the menu was chosen: `subscribe ~in messaging 2`.
//! Nothing has to be remembered for it, so it still works after a restart.

use crate::{
    commands::{Spec, help, pages::Pages},
    domain::{Button, Locale},
    text::{Draft, Text, plain, press},
};

/// Rows of choices; one more row turns pages and goes back.
const ROWS: usize = 4;

/// Choices on a page.
pub(super) const fn size(per_row: usize) -> usize {
    ROWS * per_row
}

/// Things to choose from, with what a press on each hands back.
pub(super) struct Choices<'a> {
    /// Label and words of each.
    pub(super) choices: Vec<(String, String)>,
    /// How many stand side by side.
    pub(super) per_row: usize,
    /// The page that is shown, from 1.
    pub(super) page: usize,
    /// The words that show a page.
    pub(super) turn: &'a dyn Fn(usize) -> String,
    /// The words that go one step back.
    pub(super) back: Option<String>,
    /// A button more, beside the one that goes back.
    pub(super) beside: Option<Button>,
}

impl Choices<'_> {
    /// Puts the page of buttons below the message.
    pub(super) fn put(self, locale: Locale, draft: &mut Draft) {
        let size = size(self.per_row);
        let shown = Pages::new(self.page, self.choices.len(), size);
        let Pages { page, pages, from } = shown;
        let visible: Vec<Button> =
            self.choices.iter().skip(from).take(size).filter_map(|(label, words)| press(label, words)).collect();
        rows(visible, self.per_row, draft);
        if pages > 1 {
            draft.footer(&Text::ChoicesPage { page, pages });
        }
        let mut last = Vec::new();
        last.extend(self.back.and_then(|words| press(&plain(locale, &Text::ButtonBack), words)));
        last.extend(turning(locale, shown, &Text::ButtonPrevious, &Text::ButtonNext, self.turn));
        last.extend(self.beside);
        draft.row(last);
    }
}

/// The buttons that turn a list's pages; none when there is but one.
pub(super) fn turning(
    locale: Locale,
    shown: Pages,
    before: &Text<'_>,
    after: &Text<'_>,
    words: &dyn Fn(usize) -> String,
) -> Vec<Button> {
    let mut buttons = Vec::new();
    if shown.page > 1 {
        buttons.extend(press(&plain(locale, before), words(shown.page - 1)));
    }
    if shown.page < shown.pages {
        buttons.extend(press(&plain(locale, after), words(shown.page + 1)));
    }
    buttons
}

/// Which page this is, and what is typed for the next.
pub(super) fn pages_footer(shown: Pages, words: &dyn Fn(usize) -> String, draft: &mut Draft) {
    let Pages { page, pages, .. } = shown;
    if page < pages {
        let next = format!("/{}", words(page + 1));
        draft.footer(&Text::PageNext { page, pages, next: &next });
    } else if pages > 1 {
        draft.footer(&Text::PageLast { page, pages });
    }
}

/// Buttons in rows of so many.
pub(super) fn rows(buttons: Vec<Button>, per_row: usize, draft: &mut Draft) {
    let mut buttons = buttons.into_iter().peekable();
    while buttons.peek().is_some() {
        draft.row(buttons.by_ref().take(per_row));
    }
}

/// A question, and how the answer is typed where buttons are not shown.
pub(super) fn question(locale: Locale, text: &Text<'_>, spec: &Spec) -> Draft {
    let mut draft = Draft::new(locale);
    draft.paragraph(text);
    draft.paragraph(&Text::Usage { usage: &help::usage(spec), example: &spec.example });
    draft
}

/// What is chosen now is marked.
pub(super) fn marked(locale: Locale, label: String, is_chosen: bool) -> String {
    if is_chosen { plain(locale, &Text::ButtonChosen { label: &label }) } else { label }
}

/// The number of a page; what is none is the first.
pub(super) fn page(words: &[&str]) -> usize {
    words.first().and_then(|word| word.parse().ok()).unwrap_or(1)
}
