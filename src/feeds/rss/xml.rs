//! RSS and Atom by the feed library, behind a mending step for documents that are almost XML.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use feed_rs::{model::Entry, parser};

use super::pieces::pieces;
use crate::feeds::{ParseError, document, prose::plain, time::parse_time};

/// A feed, whatever its dialect.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) title: String,
    pub(super) generator: String,
    /// The page it belongs to.
    pub(super) home: Option<String>,
    pub(super) items: Vec<Item>,
}

/// One item or entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// `guid` or `id`, where there is one.
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) link: Option<String>,
    /// HTML or plain text.
    pub(super) body: String,
    pub(super) published: Option<DateTime<Utc>>,
    pub(super) categories: Vec<String>,
    /// The text of an element `status`, which is no part of RSS (Microsoft).
    pub(super) status: Option<String>,
}

/// Reads the feed with its newest items, `most` of them; a document that a strict reader refuses is mended and tried once
/// more.
pub(super) fn read(text: &str, most: usize) -> Result<Log, ParseError> {
    if !text.starts_with('<') || document::is_html(text) {
        return Err(ParseError { reason: format!("expected RSS or Atom, found {}", document::looks_like(text)) });
    }
    // The text is decoded already; a declaration would have it decoded again.
    let mut log = Log::default();
    for piece in pieces(without_declaration(text))? {
        let feed = parse(&piece).or_else(|_| parse(&mend(&piece)));
        let feed = feed.map_err(|error| ParseError { reason: format!("broken or unknown XML: {error}") })?;
        let mut items: Vec<Item> = feed.entries.into_iter().map(read_item).collect();
        add_status(&piece, &mut items);
        log.items.append(&mut items);
        if log.items.len() > most {
            log.items.sort_by_key(|item| Reverse(item.published));
            log.items.truncate(most);
        }
        // Of the feed itself the first piece tells.
        let told = |own: String, told: Option<String>| if own.is_empty() { told.unwrap_or_default() } else { own };
        log.title = told(log.title, feed.title.map(|title| plain(&title.content)));
        log.generator = told(log.generator, feed.generator.map(|generator| generator.content));
        let home = feed.links.into_iter().find(|link| link.rel.as_deref() != Some("self")).map(|link| link.href);
        log.home = log.home.or(home);
    }
    Ok(log)
}

fn parse(text: &str) -> Result<feed_rs::model::Feed, parser::ParseFeedError> {
    parser::Builder::new()
        .timestamp_parser(parse_time)
        // What has no id gets none: a made-up one would differ from reading to reading.
        .id_generator(|_, _, _| String::new())
        .build()
        .parse(text.as_bytes())
}

fn read_item(entry: Entry) -> Item {
    let content = entry.content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
    let link = entry.links.iter().find(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    Item {
        id: Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty()),
        title: entry.title.map(|title| plain(&title.content)).unwrap_or_default(),
        link: link.or(entry.links.first()).map(|link| link.href.trim().to_owned()).filter(|link| !link.is_empty()),
        body: content.or(entry.summary.map(|summary| summary.content)).unwrap_or_default(),
        published: entry.published.or(entry.updated),
        categories: entry.categories.into_iter().map(|category| plain(&category.term).trim().to_owned()).collect(),
        status: None,
    }
}

/// The library passes over elements that RSS does not have. Where each item has a `status`, or none, they are counted.
fn add_status(text: &str, items: &mut [Item]) {
    if !text.contains("<status>") {
        return;
    }
    let pieces: Vec<&str> = text.split("<item").skip(1).collect();
    if pieces.len() != items.len() {
        return;
    }
    for (item, piece) in items.iter_mut().zip(pieces) {
        let inside = piece.split_once("<status>").and_then(|(_, rest)| rest.split_once("</status>"));
        item.status = inside.map(|(status, _)| plain(status).trim().to_owned()).filter(|status| !status.is_empty());
    }
}

fn without_declaration(text: &str) -> &str {
    match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    }
}

/// Escapes bare ampersands, drops characters that XML forbids, and calls every unusual RSS version 2.0.
fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        mended.push_str(before);
        let after = from.get(1..).unwrap_or_default();
        let end = after.find(|character: char| !character.is_ascii_alphanumeric() && character != '#');
        let name = after.get(..end.unwrap_or(after.len())).unwrap_or_default();
        let is_closed = after.get(name.len()..).is_some_and(|tail| tail.starts_with(';'));
        rest = after;
        if is_closed && is_forbidden_reference(name) {
            rest = after.get(name.len() + 1..).unwrap_or_default();
        } else if is_closed && !name.is_empty() {
            mended.push('&');
        } else {
            mended.push_str("&amp;");
        }
    }
    mended.push_str(rest);
    mended.retain(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t'));
    with_known_version(mended)
}

/// A numeric reference to no character, or to one that XML forbids.
fn is_forbidden_reference(name: &str) -> bool {
    let Some(number) = name.strip_prefix('#') else { return false };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    };
    let character = code.and_then(char::from_u32);
    !character.is_some_and(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t'))
}

fn with_known_version(text: String) -> String {
    let Some(start) = text.find("<rss") else { return text };
    let Some(length) = text.get(start..).and_then(|root| root.find('>')) else { return text };
    let Some(root) = text.get(start + 4..start + length) else { return text };
    let root = match root.split_once("version") {
        Some((before, value)) => {
            let after = value.trim_start_matches(['=', ' ']).trim_start_matches(['"', '\'']);
            format!("{before}{}", after.split_once(['"', '\'']).map_or("", |(_, after)| after))
        }
        None => root.to_owned(),
    };
    let rest = text.get(start + length..).unwrap_or_default();
    format!("{}<rss version=\"2.0\" {root}{rest}", text.get(..start).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        read(text, 100).unwrap().items.into_iter().map(|item| item.title).collect()
    }

    #[test]
    fn almost_xml_is_mended() {
        for item in [
            "<title>R&D &nbsp;&copy; down</title>",
            "<title>R&D &#0;&#x1F; down</title>",
            "<title>R&D \u{1}down</title>",
            "<title type=\"text\">R&amp;D down</title>",
        ] {
            for root in [
                "<rss version=\"2.0\">",
                "<rss>",
                "<rss version='0.94' xmlns:dc='http://purl.org/dc/elements/1.1/'>",
                "<rss version=\"0.91\">",
            ] {
                let titles = titles(&format!("{root}<channel><item>{item}</item></channel></rss>"));
                assert_eq!(titles.len(), 1, "{root} {item}");
                assert!(titles.iter().all(|title| title.starts_with("R&D") && title.ends_with("down")), "{titles:?}");
            }
        }
    }

    #[test]
    fn every_dialect_is_read() {
        let rdf = "<?xml version='1.0' encoding='gb2312'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
            xmlns='http://purl.org/rss/1.0/'><channel><title>t</title></channel><item><title>one</title><link>https://a.example/1</link></item></rdf:RDF>";
        assert_eq!(titles(rdf), ["one"]);
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>two</title></entry></feed>";
        assert_eq!(titles(atom), ["two"]);
        assert_eq!(titles("<feed><entry><title>three</title></entry></feed>"), ["three"]);
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for (text, reason) in [
            ("<!DOCTYPE html><html>", "expected RSS or Atom, found an HTML page"),
            ("{}", "expected RSS or Atom, found JSON"),
        ] {
            assert_eq!(read(text, 100).unwrap_err().reason, reason);
        }
        for text in [
            "<rss version=\"2.0\"><channel><item>",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
            "<opml/>",
            "<",
            "<rss",
        ] {
            assert!(read(text, 100).unwrap_err().reason.starts_with("broken or unknown XML"), "{text}");
        }
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let text = "<!DOCTYPE rss [<!ENTITY big SYSTEM \"file:///etc/passwd\">]><rss version=\"2.0\"><channel><item><title>a&big;b</title></item></channel></rss>";
        assert_eq!(titles(text), ["a&big;b"]);
    }
}
