//! Lists inside a sentence.

use crate::{
    domain::{Locale, Span},
    text::{Text, direction, isolated, plain, say},
};

/// What stands before the last of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// "a, b and c"
    And,
    /// "a, b or c"
    Or,
}

/// Several things as one run of text: "a, b and c".
#[must_use]
pub fn join(locale: Locale, joint: Joint, parts: &[Span]) -> Vec<Span> {
    let Some((last, before)) = parts.split_last() else { return Vec::new() };
    if before.is_empty() {
        return isolated(locale, last.clone());
    }
    let (first, last) = (separated(locale, before), std::slice::from_ref(last));
    match joint {
        Joint::And => say(locale, &Text::ListAnd { first: &first, last }),
        Joint::Or => say(locale, &Text::ListOr { first: &first, last }),
    }
}

/// The first `most` of several names and how many more there are: "a, b and 3 more". A single further name is shown
/// itself: it takes no more room than "and 1 more".
#[must_use]
pub fn bounded(locale: Locale, names: &[String], most: usize) -> Vec<Span> {
    let most = if names.len() == most + 1 { names.len() } else { most };
    let shown: Vec<Span> = names.iter().take(most).cloned().map(Span::Text).collect();
    match names.len().saturating_sub(shown.len()) {
        0 => join(locale, Joint::And, &shown),
        more => say(locale, &Text::ListMore { list: &separated(locale, &shown), count: more }),
    }
}

/// Several things, one after the other: "a, b, c".
#[must_use]
pub fn separated(locale: Locale, parts: &[Span]) -> Vec<Span> {
    let separator = plain(locale, &Text::ListSeparator);
    let mut list = Vec::with_capacity(parts.len() * 2);
    list.extend(direction::of_list(locale));
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            list.push(Span::Text(separator.clone()));
        }
        list.extend(isolated(locale, part.clone()));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::flat;

    fn names(count: usize) -> Vec<String> {
        ["Login", "API", "Search", "Uploads", "Mail", "Calls", "Maps"]
            .into_iter()
            .take(count)
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_long_list_says_how_many_more_there_are() {
        let check = |locale, count, expect| assert_eq!(flat(locale, &bounded(locale, &names(count), 5)), expect);
        check(Locale::En, 0, "");
        check(Locale::En, 1, "Login");
        check(Locale::En, 2, "Login and API");
        check(Locale::En, 5, "Login, API, Search, Uploads and Mail");
        check(Locale::En, 6, "Login, API, Search, Uploads, Mail and Calls");
        check(Locale::En, 7, "Login, API, Search, Uploads, Mail and 2 more");
        check(Locale::De, 7, "Login, API, Search, Uploads, Mail und 2 weitere");
    }
}
