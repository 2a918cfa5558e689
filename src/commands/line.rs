//! A typed line cut into words.

/// The longest line that is looked at, in bytes; what stands behind it is left out. Discord's and Telegram's longest
/// messages are shorter (4,096 characters).
const LONGEST: usize = 20_000;

/// A word of a line; quotes hold words together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word without its quotes.
    pub(super) text: String,
    /// Where it begins in the line, in bytes.
    pub(super) start: usize,
    /// How much of `text`, in bytes, stands before the first quote.
    pub(super) bare: usize,
}

impl Word {
    /// Name and value of a word such as `severity:major` or `page=2`.
    pub(super) fn named(&self) -> Option<(&str, &str)> {
        let (name, value) = self.text.split_once([':', '='])?;
        (name.len() < self.bare && !name.is_empty()).then_some((name, value))
    }
}

/// The words of a line. A quote that is never closed reaches to the end.
pub(super) fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut is_quoted = false;
    for (position, character) in line.char_indices().take_while(|(position, _)| *position < LONGEST) {
        if character.is_whitespace() && !is_quoted {
            words.extend(word.take());
            continue;
        }
        let begun = word.get_or_insert_with(|| Word { text: String::new(), start: position, bare: usize::MAX });
        if matches!(character, '"' | '“' | '”' | '„' | '«' | '»') {
            is_quoted = !is_quoted;
            begun.bare = begun.bare.min(begun.text.len());
        } else {
            begun.text.push(character);
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        words(line).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(texts(r#"/status "google workspace"  now"#), ["/status", "google workspace", "now"]);
        assert_eq!(texts("components:„Actions, API Requests“ x"), ["components:Actions, API Requests", "x"]);
        assert_eq!(texts("\"never closed x"), ["never closed x"]);
        assert_eq!(texts("  \t "), Vec::<String>::new());
    }

    #[test]
    fn a_name_stands_before_the_first_quote() {
        let named = |line: &str| words(line)[0].named().map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(named("mention=@ops"), Some(("mention".to_owned(), "@ops".to_owned())));
        assert_eq!(named("components:\"a: b\""), Some(("components".to_owned(), "a: b".to_owned())));
        assert_eq!(named("\"a: b\""), None);
        assert_eq!(named(":x"), None);
        assert_eq!(named("x"), None);
    }
}
