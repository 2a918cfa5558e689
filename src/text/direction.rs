//! Names, commands and times of the other direction inside a sentence that is written from right to left.
//!
//! Without help, a program that draws `GitHub: انقطاع (2)` puts colon, brackets and numbers where they belong to the wrong
//! neighbour. Every inserted span is therefore isolated (Unicode's FSI … PDI), and a line that begins with one says its
//! direction first (RLM). Source: Unicode Standard Annex 9, sections 2.7 and 3.3.1.

use crate::domain::{Locale, Span};

/// First strong isolate: what follows finds its own direction …
const FSI: char = '\u{2068}';
/// … up to here.
const PDI: &str = "\u{2069}";
/// A mark that counts as a letter written from right to left.
const RLM: &str = "\u{200F}";

/// A sentence with its direction in front, where its first character does not tell.
pub(super) fn lead(locale: Locale, sentence: String) -> String {
    if locale.is_right_to_left() && sentence.starts_with(FSI) { format!("{RLM}{sentence}") } else { sentence }
}

/// What begins a list of things that are isolated each.
pub(super) fn of_list(locale: Locale) -> Option<Span> {
    locale.is_right_to_left().then(|| Span::Text(RLM.to_owned()))
}

/// Something that keeps its own direction and leaves that of its neighbours alone.
#[must_use]
pub fn isolated(locale: Locale, span: Span) -> Vec<Span> {
    if locale.is_right_to_left() {
        vec![Span::Text(FSI.to_string()), span, Span::Text(PDI.to_owned())]
    } else {
        vec![span]
    }
}
