//! From bytes to text: encodings, byte order marks, and what is wrong with a body that is no document.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::feeds::ParseError;

/// An XML declaration stands within this many bytes.
const DECLARATION_WITHIN: usize = 200;

/// The body as text, without byte order mark and leading blank lines.
///
/// The encoding is that of the byte order mark, else of `charset` (from Content-Type), else of the XML declaration, else
/// UTF-8. Bytes that are no characters become `U+FFFD`.
pub(super) fn decode<'a>(body: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, str>, ParseError> {
    let encoding = charset.and_then(labelled).or_else(|| declared(body));
    let encoding = match encoding {
        // A label without byte order: the first character of every document here is ASCII, so the zero tells.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => by_zeroes(body).unwrap_or(encoding),
        Some(encoding) => encoding,
        None => by_zeroes(body).unwrap_or(UTF_8),
    };
    let (text, _, _) = encoding.decode(body);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start()),
        Cow::Owned(text) if text.starts_with(char::is_whitespace) => Cow::Owned(text.trim_start().to_owned()),
        Cow::Owned(text) => Cow::Owned(text),
    };
    if text.is_empty() { Err(ParseError { reason: "the body is empty".to_owned() }) } else { Ok(text) }
}

/// The text when it may be JSON.
pub(super) fn json_text(text: &str) -> Result<&str, ParseError> {
    if text.starts_with(['{', '[']) {
        Ok(text)
    } else {
        Err(ParseError { reason: format!("expected JSON, found {}", looks_like(text)) })
    }
}

/// What a text is that is not what was expected, in words for an operator.
pub(super) fn looks_like(text: &str) -> &'static str {
    if is_html(text) {
        "an HTML page"
    } else if text.starts_with('<') {
        "XML"
    } else if text.starts_with(['{', '[']) {
        "JSON"
    } else {
        "plain text"
    }
}

/// Whether the text is a web page.
pub(super) fn is_html(text: &str) -> bool {
    let mut rest = text;
    // Comments and processing instructions may precede the first element.
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else {
            break;
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    ["<!doctype html", "<html", "<head", "<body", "<title", "<div", "<script"]
        .into_iter()
        .any(|start| rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

fn labelled(charset: &str) -> Option<&'static Encoding> {
    Encoding::for_label(charset.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The encoding that an XML declaration names.
fn declared(body: &[u8]) -> Option<&'static Encoding> {
    let head = body.get(..DECLARATION_WITHIN).unwrap_or(body).trim_ascii_start();
    if !head.starts_with(b"<?xml") {
        return None;
    }
    let head = String::from_utf8_lossy(head);
    let (declaration, _) = head.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let encoding = labelled(value.split(value.chars().next()?).nth(1)?)?;
    // The declaration was read as ASCII, so the document cannot be UTF-16 whatever it says.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn by_zeroes(body: &[u8]) -> Option<&'static Encoding> {
    match body {
        [0, second, ..] if *second != 0 => Some(UTF_16BE),
        [first, 0, ..] if *first != 0 => Some(UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], charset: Option<&str>, expect: &str) {
        assert_eq!(decode(body, charset).unwrap(), expect);
    }

    fn utf16be(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    #[test]
    fn the_encoding_is_found() {
        check("{\"ü\":1}".as_bytes(), None, "{\"ü\":1}");
        check(b"\xEF\xBB\xBF\n\n{}", Some("iso-8859-1"), "{}");
        check(b"[\"\xFC\"]", Some("\"ISO-8859-1\""), "[\"ü\"]");
        check(
            b"\n <?xml version='1.0' encoding='windows-1251'?><a>\xE4\xE0</a>",
            None,
            "<?xml version='1.0' encoding='windows-1251'?><a>да</a>",
        );
        check(
            b"<?xml version=\"1.0\" encoding=\"gb2312\"?>\xD6\xD0",
            None,
            "<?xml version=\"1.0\" encoding=\"gb2312\"?>中",
        );
        check(b"[\"\xFF\"]", Some("no-such-charset"), "[\"\u{FFFD}\"]");
    }

    #[test]
    fn utf16_is_read_in_both_byte_orders_with_and_without_a_mark() {
        let big = utf16be("[\"é\"]");
        let little: Vec<u8> = "[\"é\"]".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for charset in [None, Some("utf-16"), Some("utf-8")] {
            check(&[&[0xFE, 0xFF], big.as_slice()].concat(), charset, "[\"é\"]");
            check(&[&[0xFF, 0xFE], little.as_slice()].concat(), charset, "[\"é\"]");
        }
        for charset in [None, Some("utf-16"), Some("utf-16be")] {
            check(&big, charset, "[\"é\"]");
            check(&little, charset, "[\"é\"]");
        }
    }

    #[test]
    fn what_is_no_document_is_named() {
        assert_eq!(decode(b" \n", None).unwrap_err().reason, "the body is empty");
        for (text, found) in [
            ("<!DOCTYPE html><p>", "an HTML page"),
            ("<!-- moved -->\n<HTML>", "an HTML page"),
            ("<rss>", "XML"),
            ("OK", "plain text"),
        ] {
            assert_eq!(json_text(text).unwrap_err().reason, format!("expected JSON, found {found}"));
        }
    }
}
