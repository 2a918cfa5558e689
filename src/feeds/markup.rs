//! HTML taken apart into tags and text, in reading order.
//!
//! No tree is made of it. HTML has whatever formatting was left open begin again in each later block, so that a tree of
//! a few thousand tags may have millions of nodes; here nothing is read twice, whatever the tags are.

use std::borrow::Cow;

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text between tags, its character references resolved.
    Text(Cow<'a, str>),
    /// A tag that opens an element, named in lower case. What is in `script` and `style` is no token.
    Open { name: Cow<'a, str>, attributes: Attributes<'a> },
    /// A tag that closes an element, named in lower case.
    Close { name: Cow<'a, str> },
}

/// The attributes of a tag, as they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

/// The tokens of a document, or of a piece of one.
pub(super) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { rest: html }
}

/// See [`tokens`].
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (text, rest) = self.rest.split_at_checked(markup_in(self.rest))?;
            if !text.is_empty() {
                self.rest = rest;
                return Some(Token::Text(resolved(text, false)));
            }
            let markup = rest.strip_prefix('<')?;
            // What breaks off within its markup ends there.
            self.rest = "";
            if let Some(comment) = markup.strip_prefix("!--") {
                self.rest = after_comment(comment)?;
            } else if markup.starts_with(is_letter) {
                let (name, attributes, rest) = tag(markup)?;
                self.rest = if matches!(name.as_ref(), "script" | "style") { closing(rest, &name)? } else { rest };
                return Some(Token::Open { name, attributes });
            } else if let Some(markup) = markup.strip_prefix('/').filter(|markup| markup.starts_with(is_letter)) {
                let (name, _, rest) = tag(markup)?;
                self.rest = rest;
                return Some(Token::Close { name });
            } else {
                // A document type, a processing instruction, or none of anything.
                (_, self.rest) = markup.split_once('>')?;
            }
        }
    }
}

impl<'a> Attributes<'a> {
    /// The value of the first attribute of this name.
    pub(super) fn get(self, wanted: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.0;
        loop {
            rest = rest.trim_start_matches(|letter: char| is_space(letter) || letter == '/');
            if rest.is_empty() {
                return None;
            }
            // An equals sign at the beginning belongs to the name.
            let end = rest.char_indices().skip(1).find(|(_, letter)| is_space(*letter) || matches!(letter, '=' | '/'));
            let (name, after) = rest.split_at_checked(end.map_or(rest.len(), |(place, _)| place))?;
            let mut value = "";
            rest = after;
            if let Some(after) = after.trim_start_matches(is_space).strip_prefix('=') {
                let after = after.trim_start_matches(is_space);
                let quote = after.chars().next().filter(|first| matches!(first, '"' | '\''));
                (value, rest) = match quote {
                    Some(quote) => after.get(1..)?.split_once(quote)?,
                    None => after.split_at_checked(after.find(is_space).unwrap_or(after.len()))?,
                };
            }
            if name.eq_ignore_ascii_case(wanted) {
                return Some(resolved(value, true));
            }
        }
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
}

fn is_space(letter: char) -> bool {
    letter.is_ascii_whitespace()
}

/// Where markup begins: a `<` alone is text.
fn markup_in(text: &str) -> usize {
    let is_markup = |rest: &str| match rest.strip_prefix('/') {
        Some(rest) => !rest.is_empty(),
        None => rest.starts_with(|next: char| is_letter(next) || matches!(next, '!' | '?')),
    };
    let mut places = text.match_indices('<').map(|(place, _)| place);
    places.find(|place| text.get(place + 1..).is_some_and(is_markup)).unwrap_or(text.len())
}

/// What follows a comment, given what follows its beginning.
fn after_comment(comment: &str) -> Option<&str> {
    let is_empty = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
    is_empty.or_else(|| comment.split_once("-->").map(|(_, rest)| rest))
}

/// A tag's name and attributes and what follows it, given what follows its beginning.
fn tag(markup: &str) -> Option<(Cow<'_, str>, Attributes<'_>, &str)> {
    let end = markup.find(|letter: char| is_space(letter) || matches!(letter, '/' | '>'))?;
    let (name, rest) = markup.split_at_checked(end)?;
    let (attributes, rest) = rest.split_at_checked(end_of_tag(rest)?)?;
    let name = if name.contains(|letter: char| letter.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    };
    Some((name, Attributes(attributes), rest.get(1..)?))
}

/// Where the `>` is that is in no quotes; those stand after an equals sign.
fn end_of_tag(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut may_quote = false;
    attributes.bytes().position(|byte| {
        match (quote, byte) {
            (Some(open), _) => quote = quote.filter(|_| open != byte),
            (None, b'>') => return true,
            (None, b'"' | b'\'') if may_quote => quote = Some(byte),
            (None, _) => may_quote = byte == b'=' || (may_quote && byte.is_ascii_whitespace()),
        }
        if quote.is_some() {
            may_quote = false;
        }
        false
    })
}

/// The text from the tag on that closes an element which holds no markup.
fn closing<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let is_name = |place: usize| {
        text.get(place + 2..place + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    let mut places = text.match_indices("</").map(|(place, _)| place);
    places.find(|place| is_name(*place)).and_then(|place| text.get(place..))
}

/// Text with the letters in place of the references to them. In addresses `&copy=` is no letter, so there `strict`: a
/// name must end with a semicolon.
fn resolved(text: &str, strict: bool) -> Cow<'_, str> {
    let Some((before, mut rest)) = text.split_once('&') else { return text.into() };
    let mut resolved = String::with_capacity(text.len());
    resolved.push_str(before);
    loop {
        match reference(rest, strict) {
            Some((letters, length)) => {
                resolved.extend(letters.into_iter().flatten());
                rest = rest.get(length..).unwrap_or_default();
            }
            None => resolved.push('&'),
        }
        let Some((before, after)) = rest.split_once('&') else { break };
        resolved.push_str(before);
        rest = after;
    }
    resolved.push_str(rest);
    resolved.into()
}

/// The letters that are meant, and how long the reference is without its `&`.
fn reference(text: &str, strict: bool) -> Option<([Option<char>; 2], usize)> {
    if let Some(digits) = text.strip_prefix('#') {
        let (digits, radix) = digits.strip_prefix(['x', 'X']).map_or((digits, 10), |digits| (digits, 16));
        let end = digits.find(|letter: char| !letter.is_digit(radix)).unwrap_or(digits.len());
        let (number, rest) = digits.split_at_checked(end).filter(|(number, _)| !number.is_empty())?;
        let letter = letter(u32::from_str_radix(number, radix).unwrap_or(u32::MAX));
        return Some(([Some(letter), None], text.len() - rest.strip_prefix(';').unwrap_or(rest).len()));
    }
    let mut found = None;
    // The table has the beginnings of all names as well, without letters. The longest name counts.
    for end in text.char_indices().map(|(place, letter)| place + letter.len_utf8()) {
        let name = text.get(..end)?;
        let Some((first, second)) = NAMED_ENTITIES.get(name) else { break };
        if *first != 0 && (!strict || name.ends_with(';')) {
            let second = char::from_u32(*second).filter(|second| *second != '\0');
            found = Some(([char::from_u32(*first), second], end));
        }
    }
    found
}

/// The letter of a number, as HTML has it: some numbers are those of Windows-1252.
fn letter(number: u32) -> char {
    let of_windows = number.checked_sub(0x80).and_then(|place| usize::try_from(place).ok());
    let of_windows = of_windows.and_then(|place| C1_REPLACEMENTS.get(place).copied().flatten());
    of_windows
        .or_else(|| char::from_u32(number).filter(|letter| *letter != '\0'))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &str) {
        let written = tokens(html).map(|token| match token {
            Token::Text(text) => format!("“{text}”"),
            Token::Open { name, .. } => format!("+{name}"),
            Token::Close { name } => format!("-{name}"),
        });
        assert_eq!(written.collect::<Vec<_>>().join(" "), expect, "{html}");
    }

    #[test]
    fn tags_and_text_come_in_reading_order() {
        check("<P class='a>b'>one<BR/>two</p >", "+p “one” +br “two” -p");
        check("a<!-- <b> -->b<!-->c<!---->d<!doctype html>e<?x y?>f</>g</ x>h", "“a” “b” “c” “d” “e” “f” “g” “h”");
        check("<script>if (a < b) '<p>'</SCRIPT ><style>p{}</style>x", "+script -script +style -style “x”");
        check("<a href=x'y>z</a><a title = \"it's > that\">w", "+a “z” -a +a “w”");
    }

    #[test]
    fn what_is_no_markup_is_text() {
        check("1 < 2 <3 <- 4<", "“1 < 2 <3 <- 4<”");
        check("a </", "“a </”");
    }

    #[test]
    fn what_breaks_off_in_its_markup_ends_there() {
        for rest in ["<b", "<b class='x", "<!-- x", "<!x", "</b", "<script>x"] {
            let whole = format!("text{rest}");
            let texts = tokens(&whole).filter(|token| matches!(token, Token::Text(_)));
            assert_eq!(texts.collect::<Vec<_>>(), [Token::Text("text".into())], "{rest}");
        }
    }

    #[test]
    fn references_become_letters() {
        for (text, expect) in [
            ("a&amp;b&ltc&nbsp;&notit;&notin;", "a&b<c\u{a0}¬it;∉"),
            ("&#65;&#x41;&#X41 &#150;&#0;&#x110000;&#xD800;&#99999999999;", "AAA –\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&&bogus;&;&#;&#x;& &acE;", "&&bogus;&;&#;&#x;& ∾\u{333}"),
        ] {
            assert_eq!(resolved(text, false), expect, "{text}");
        }
        assert_eq!(resolved("?a=1&copy=2&amp;b", true), "?a=1&copy=2&b");
    }

    #[test]
    fn an_attribute_is_found_however_it_is_written() {
        let of = |tag: &str, name: &str| match tokens(tag).next() {
            Some(Token::Open { attributes, .. }) => attributes.get(name).map(Cow::into_owned),
            _ => None,
        };
        let tag = "<link REL = 'alternate  x' async href=/a?b/c&amp;d/type=\"\" title=\"a>'b\" href=no>";
        assert_eq!(of(tag, "rel").as_deref(), Some("alternate  x"));
        assert_eq!(of(tag, "href").as_deref(), Some("/a?b/c&d/type=\"\""));
        assert_eq!(of(tag, "title").as_deref(), Some("a>'b"));
        assert_eq!(of(tag, "async").as_deref(), Some(""));
        assert_eq!(of(tag, "type"), None);
        assert_eq!(of("<link/href=x>", "href").as_deref(), Some("x"));
    }
}
