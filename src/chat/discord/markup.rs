//! Discord's markup: outside text made inert, everything cut to size without breaking what was marked up.

use crate::domain::clean_line;

/// No word is longer; what is, is no word that anybody reads to its end.
const LONGEST_WORD: usize = 4_096;

/// A character that is nothing to see and keeps `@everyone` from being one.
const NOTHING: char = '\u{200B}';

/// UTF-16 units of a text.
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// How a text is read where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// With all markup.
    Marked,
    /// Bold as a whole: the little markup that is read there is of no use, but outside text could contain it.
    Headline,
    /// As it is.
    Bare,
}

/// A text of bounded length being written.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    text: String,
    left: usize,
    reading: Reading,
    /// Whether something was left out.
    is_cut: bool,
}

impl Writer {
    /// An empty text of at most `most` units.
    pub(super) const fn new(most: usize, reading: Reading) -> Self {
        Self { text: String::new(), left: most, reading, is_cut: false }
    }

    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether something was left out for want of room.
    pub(super) const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether markup is read here.
    pub(super) fn is_marked(&self) -> bool {
        self.reading == Reading::Marked
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text.trim_end().to_owned()
    }

    /// Begins a new line, unless there is nothing before it.
    pub(super) fn line(&mut self) {
        if !self.text.is_empty() {
            self.whole("\n");
        }
    }

    /// Writes markup of our own, all of it or nothing.
    pub(super) fn whole(&mut self, markup: &str) {
        self.wrapped("", &[markup.to_owned()], "");
    }

    /// Writes words, with markup around them that is closed wherever they are cut.
    pub(super) fn words(&mut self, open: &str, words: &str, close: &str) {
        let begins_line =
            self.text.is_empty() || self.text.ends_with('\n') || self.text.ends_with("\n> ") || self.text == "> ";
        let atoms = match self.reading {
            Reading::Marked | Reading::Headline => atoms(&visible(words), begins_line),
            Reading::Bare => visible(words).chars().map(String::from).collect(),
        };
        if !atoms.is_empty() {
            self.wrapped(open, &atoms, close);
        }
    }

    /// Writes something to type.
    pub(super) fn code(&mut self, words: &str) {
        let words = visible(words);
        if words.trim().is_empty() {
            return;
        }
        match self.reading {
            // Within code nothing is markup but its end.
            Reading::Marked => {
                let atoms: Vec<String> = words
                    .char_indices()
                    .map(|(place, character)| match character {
                        '`' => "ˋ".to_owned(),
                        '@' if calls_all(words.get(place + 1..).unwrap_or_default()) => format!("@{NOTHING}"),
                        character => character.to_string(),
                    })
                    .collect();
                self.wrapped("`", &atoms, "`");
            }
            Reading::Headline | Reading::Bare => self.words("", &words, ""),
        }
    }

    fn wrapped(&mut self, open: &str, atoms: &[String], close: &str) {
        if self.is_cut {
            return;
        }
        let around = units(open) + units(close);
        let all: usize = atoms.iter().map(|atom| units(atom)).sum();
        if around + all <= self.left {
            self.left -= around + all;
            self.text.push_str(open);
            self.text.extend(atoms.iter().map(String::as_str));
            self.text.push_str(close);
            return;
        }
        self.is_cut = true;
        // Room for the ellipsis, which stands within what is around.
        let Some(mut left) = self.left.checked_sub(around + 1) else {
            self.ellipsis_at_end();
            return;
        };
        self.text.push_str(open);
        for atom in atoms {
            let Some(rest) = left.checked_sub(units(atom)) else { break };
            left = rest;
            self.text.push_str(atom);
        }
        self.text.push('…');
        self.text.push_str(close);
        self.left = left;
    }

    /// Says that something is missing although there is hardly any room to say so.
    fn ellipsis_at_end(&mut self) {
        if self.left > 0 {
            self.text.push('…');
            self.left -= 1;
        }
    }
}

/// The text without what cannot be seen; line breaks and blanks stay, other white space becomes blanks.
fn visible(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if !word.is_empty() {
            clean.push_str(&clean_line(word, LONGEST_WORD));
        }
        let Some(space) = after.chars().next() else { break };
        match space {
            '\n' => clean.push('\n'),
            '\r' => {}
            _ => clean.push(' '),
        }
        rest = after.get(space.len_utf8()..).unwrap_or_default();
    }
    clean
}

/// The text in pieces that must not be torn apart, each made inert.
fn atoms(text: &str, begins_line: bool) -> Vec<String> {
    let mut atoms = Vec::with_capacity(text.len());
    let mut begins_line = begins_line;
    let mut is_numbered = false;
    let mut before = ' ';
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if !before.is_alphanumeric()
            && let Some(address) = address_at(rest)
        {
            atoms.push(address.to_owned());
            rest = rest.get(address.len()..).unwrap_or_default();
            (before, begins_line, is_numbered) = ('/', false, false);
            continue;
        }
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        let is_markup = match character {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' => true,
            '#' | '-' | '+' => begins_line,
            '.' | ')' => is_numbered,
            _ => false,
        };
        atoms.push(match character {
            _ if is_markup => format!("\\{character}"),
            '@' if calls_all(after) => format!("@{NOTHING}"),
            character => character.to_string(),
        });
        is_numbered = character.is_ascii_digit() && (begins_line || is_numbered);
        begins_line = character == '\n' || (begins_line && character == ' ');
        before = character;
        rest = after;
    }
    atoms
}

/// Whether what follows an `@` makes it a call for everybody.
fn calls_all(after: &str) -> bool {
    ["everyone", "here"]
        .iter()
        .any(|word| after.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

/// The web address this text begins with, when Discord takes all of it for one and reads no markup in it.
fn address_at(text: &str) -> Option<&str> {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    let address = text.get(..text.find(char::is_whitespace).unwrap_or(text.len())).filter(|_| is_address)?;
    let is_safe = |character: char| character.is_ascii_alphanumeric() || "-._:/?#!$&'()+,;=%@".contains(character);
    let calls = || address.match_indices('@').any(|(at, _)| calls_all(address.get(at + 1..).unwrap_or_default()));
    (address.len() > "https://".len() && address.chars().all(is_safe) && !calls()).then_some(address)
}

/// An address as it can stand in a masked link.
pub(super) fn link_target(url: &str) -> String {
    let mut target = String::with_capacity(url.len());
    for character in url.chars() {
        match character {
            '(' => target.push_str("%28"),
            ')' => target.push_str("%29"),
            '<' => target.push_str("%3C"),
            '>' => target.push_str("%3E"),
            '\\' => target.push_str("%5C"),
            '*' => target.push_str("%2A"),
            '`' => target.push_str("%60"),
            '|' => target.push_str("%7C"),
            '"' => target.push_str("%22"),
            character => target.push(character),
        }
    }
    target
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, most: usize) -> String {
        let mut writer = Writer::new(most, Reading::Marked);
        writer.words("", text, "");
        writer.finish()
    }

    #[test]
    fn markup_and_mentions_from_outside_are_inert() {
        assert_eq!(marked("**bold** _it_ ~~no~~ ||x||", 200), r"\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|x\|\|");
        assert_eq!(marked("<@&123> <@1> <#2> <t:0:R> </a:1>", 200), r"\<@&123\> \<@1\> \<#2\> \<t:0:R\> \</a:1\>");
        assert_eq!(marked("@everyone and @Here", 200), "@\u{200B}everyone and @\u{200B}Here");
        assert_eq!(marked("# a\n- b\n1. c\n> d\n-# e", 200), "\\# a\n\\- b\n1\\. c\n\\> d\n\\-# e");
        assert_eq!(marked("[here](https://evil.example)", 200), r"\[here\](https://evil.example)");
        assert_eq!(marked("a - b #1, 2.5 s", 200), "a - b #1, 2.5 s");
    }

    #[test]
    fn a_plain_address_stays_one() {
        assert_eq!(marked("see https://a.example/x_y_z?b=1 now", 200), "see https://a.example/x_y_z?b=1 now");
        assert_eq!(marked("https://a.example/**x**", 200), r"https://a.example/\*\*x\*\*");
    }

    #[test]
    fn what_cannot_be_seen_is_gone() {
        assert_eq!(marked("Pay\u{202E}lap\u{7} is\u{200B} down\r\nnow", 200), "Paylap is down\nnow");
    }

    #[test]
    fn a_cut_tears_nothing_apart_and_closes_what_is_open() {
        let mut writer = Writer::new(10, Reading::Marked);
        writer.words("**", "ab*cdefgh", "**");
        assert_eq!(writer.clone().finish(), r"**ab\*c…**");
        assert!(writer.is_cut());
        writer.words("", "more", "");
        assert_eq!(writer.finish(), r"**ab\*c…**");
        assert_eq!(marked("ab😀😀", 5), "ab😀…");
    }

    /// The text without what a backslash makes plain.
    fn bare(text: &str) -> String {
        let mut bare = String::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            if character == '\\' {
                characters.next();
                bare.push('\u{1}');
            } else {
                bare.push(character);
            }
        }
        bare
    }

    proptest! {
        #[test]
        fn whatever_comes_in_stays_within_its_room_and_inert(
            text in "([*_~`|<>@#\\[\\]()\\-+0-9.\\\\ \na-z😀]|@everyone|https://a.example/x_y|<@&1>){0,60}",
            most in 0_usize..120,
        ) {
            let written = marked(&text, most);
            prop_assert!(units(&written) <= most, "{written:?}");
            let bare = bare(&written);
            prop_assert!(!bare.contains(['*', '~', '`', '|', '<', '>', '[', ']']), "{written:?}");
            prop_assert!(!bare.contains("@everyone") && !bare.contains("@here"), "{written:?}");
            for line in bare.lines() {
                prop_assert!(!line.trim_start().starts_with(['#', '-', '+']), "{written:?}");
            }
            for word in bare.split_whitespace().filter(|word| word.contains('_')) {
                prop_assert!(word.contains("https://"), "{written:?}");
            }
        }
    }
}
