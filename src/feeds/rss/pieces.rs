//! A feed cut into pieces of a few items each, which are documents again: the feed library makes far more of an item than
//! it weighs, so it never has many at once. What no feed has is refused here, before the library would choke on it.

use std::borrow::Cow;

use crate::feeds::{ParseError, meter::NOT_BELIEVED};

/// The most items of one piece.
const ITEMS: usize = 50;
/// The most attributes of one element: the library compares each with all before it.
const MOST_ATTRIBUTES: usize = 200;
/// The most elements between the beginnings of two items, and one more for each so many bytes.
const MOST_ELEMENTS: usize = 1_000;
const BYTES_OF_ELEMENT: usize = 100;
/// The most elements around an item, and their longest beginnings together in bytes, where there are many items.
const DEEPEST: usize = 4;
const LONGEST_FRAME: usize = 8_000;

/// Reads a feed as documents of a few items each, in their order; one with few items is one piece.
///
/// # Errors
///
/// [`ParseError`] when it holds what would take far more memory, or time, than it weighs.
pub(super) fn pieces(text: &str) -> Result<impl Iterator<Item = Cow<'_, str>>, ParseError> {
    let mut scan = Scan { text, ..Scan::default() };
    scan.run()?;
    let Scan { starts, open, .. } = scan;
    let frame: usize = open.iter().map(|tag| tag.len()).sum();
    if starts.len() > 1 && (open.is_empty() || open.len() > DEEPEST || frame > LONGEST_FRAME) {
        return Err(ParseError { reason: NOT_BELIEVED.to_owned() });
    }
    let closing: String = open.iter().rev().map(|tag| format!("</{}>", name_of(tag))).collect();
    let opening = open.concat();
    let count = starts.len().max(1);
    Ok((0..count).map(move |number| {
        let from = if number == 0 { 0 } else { starts.get(number).copied().unwrap_or_default() };
        let to = starts.get(number + 1).copied().unwrap_or(text.len());
        let piece = text.get(from..to).unwrap_or_default();
        match (number == 0, number + 1 == count) {
            (true, true) => Cow::Borrowed(piece),
            (true, false) => Cow::Owned([piece, &closing].concat()),
            (false, true) => Cow::Owned([&opening, piece].concat()),
            (false, false) => Cow::Owned([&opening, piece, &closing].concat()),
        }
    }))
}

/// A walk over the tags of a document.
#[derive(Default)]
struct Scan<'a> {
    text: &'a str,
    /// Where every fiftieth item begins.
    starts: Vec<usize>,
    items: usize,
    /// The tags that are open where the first item begins.
    open: Vec<&'a str>,
    is_in_item: bool,
    /// Since the last item began: where that was, and how many elements came.
    since: usize,
    elements: usize,
}

impl<'a> Scan<'a> {
    fn run(&mut self) -> Result<(), ParseError> {
        let mut at = 0;
        while let Some(found) = self.text.get(at..).and_then(|rest| rest.find('<')) {
            let start = at + found;
            let rest = self.text.get(start..).unwrap_or_default();
            let end = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"), ("</", ">")];
            let other = end.into_iter().find(|(begin, _)| rest.starts_with(begin));
            let length = match other {
                // What is never closed the reader complains of.
                Some((_, end)) => rest.find(end).map_or(rest.len(), |length| length + end.len()),
                None => tag_length(rest)?,
            };
            let tag = rest.get(..length).unwrap_or_default();
            match other {
                None => self.open(start, tag)?,
                Some(("</", _)) => self.close(tag),
                Some(_) => {}
            }
            at = start + length;
        }
        self.check(self.text.len())
    }

    fn open(&mut self, start: usize, tag: &'a str) -> Result<(), ParseError> {
        self.elements += 1;
        let is_empty = tag.ends_with("/>");
        if is_item(name_of(tag)) && !self.is_in_item {
            self.check(start)?;
            (self.since, self.elements) = (start, 0);
            if self.items.is_multiple_of(ITEMS) {
                self.starts.push(start);
            }
            self.items += 1;
            self.is_in_item = !is_empty;
        } else if self.items == 0 && !is_empty && self.open.len() <= MOST_ELEMENTS {
            self.open.push(tag);
        }
        Ok(())
    }

    fn close(&mut self, tag: &str) {
        let name = name_of(tag);
        if is_item(name) {
            self.is_in_item = false;
        } else if self.items == 0
            && let Some(place) = self.open.iter().rposition(|open| name_of(open) == name)
        {
            self.open.truncate(place);
        }
    }

    /// Refuses what has far more elements than text.
    fn check(&self, end: usize) -> Result<(), ParseError> {
        if self.elements > MOST_ELEMENTS + end.saturating_sub(self.since) / BYTES_OF_ELEMENT {
            return Err(ParseError { reason: NOT_BELIEVED.to_owned() });
        }
        Ok(())
    }
}

/// How long the tag is that a text begins with. A `>` in quotes does not end it.
fn tag_length(rest: &str) -> Result<usize, ParseError> {
    let mut quote = None;
    let mut attributes = 0;
    for (index, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Ok(index + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => attributes += 1,
            (Some(open), close) if open == close => quote = None,
            (None | Some(_), _) => {}
        }
        if attributes > MOST_ATTRIBUTES {
            return Err(ParseError { reason: NOT_BELIEVED.to_owned() });
        }
    }
    Ok(rest.len())
}

/// The name in `<name …>`, `<name/>` and `</name >`.
fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '/' | '>')).next().unwrap_or_default()
}

fn is_item(name: &str) -> bool {
    matches!(name.rsplit(':').next(), Some("item" | "entry"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        pieces(text).unwrap().map(Cow::into_owned).collect()
    }

    #[test]
    fn a_short_feed_is_one_piece() {
        for text in ["", "<rss>", "<rss><channel><item>1</item><item/></channel></rss>", "no feed", "<", "<a", "<item>"]
        {
            assert_eq!(cut(text), [text]);
        }
    }

    #[test]
    fn a_long_one_is_cut_between_items() {
        let item = |number: usize| {
            format!("<item><title>{number} <![CDATA[<item>]]></title><!-- <item> --><link a='>'/></item>\n")
        };
        let items: String = (0..120).map(item).collect();
        let text = format!(
            "<rss version=\"2.0\"><channel><title>t</title><image><url/></image>{items}<ttl>5</ttl></channel></rss>"
        );
        let pieces = cut(&text);
        assert_eq!(pieces.len(), 3);
        let first: String = (0..50).map(item).collect();
        assert_eq!(
            pieces[0],
            format!("<rss version=\"2.0\"><channel><title>t</title><image><url/></image>{first}</channel></rss>")
        );
        let last: String = (100..120).map(item).collect();
        assert_eq!(pieces[2], format!("<rss version=\"2.0\"><channel>{last}<ttl>5</ttl></channel></rss>"));
    }

    #[test]
    fn what_no_feed_has_is_refused() {
        let attributes: String = (0..300).map(|number| format!(" a{number}=''")).collect();
        let within = |inside: &str| format!("<rss><channel><item>{inside}</item></channel></rss>");
        for text in [
            format!("<rss{attributes}><channel/></rss>"),
            within(&"<category/>".repeat(2_000)),
            format!("<feed>{}</feed>", "<link/>".repeat(2_000)),
            format!("<rss><channel><a><b><c><item/></c></b></a>{}</channel></rss>", "<item/>".repeat(60)),
            format!("<rss a='{}'><channel>{}</channel></rss>", "x".repeat(9_000), "<item/>".repeat(60)),
        ] {
            assert!(pieces(&text).is_err());
        }
        assert_eq!(cut(&within(&"<category>Some service or region</category>".repeat(900))).len(), 1);
    }
}
