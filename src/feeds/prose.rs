//! Words people wrote: HTML becomes plain text, sentences become conditions.

use std::{borrow::Cow, collections::VecDeque};

use crate::{
    domain::{Condition, shorten},
    feeds::markup::{Token, tokens},
};

/// The longest HTML that is looked at, in characters: many times the longest text that is kept.
const LONGEST_HTML: usize = 40_000;
/// Elements that may be open at once; of more, the outermost are forgotten.
const MOST_OPEN: usize = 64;
/// Elements of HTML that occur in such texts. `<region>` in a sentence is none, so it stays.
const ELEMENTS: [&str; 66] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "base",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
];

/// A piece of HTML in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags.
    Text(&'a str),
    /// An element begins.
    Open(&'a str),
    /// An element ends.
    Close(&'a str),
}

/// Plain text that grows piece by piece: breaks and blocks become lines, list items get a bullet.
#[derive(Debug, Default)]
pub(super) struct PlainText {
    text: String,
}

impl PlainText {
    /// Adds a piece.
    pub(super) fn add(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) => self.text.push_str(text),
            Piece::Open("li") => self.text.push_str("\n• "),
            Piece::Open("br" | "tr" | "div" | "hr" | "dt" | "dd") | Piece::Close("div" | "tr") => {
                self.text.push('\n');
            }
            Piece::Open(
                "p" | "ul" | "ol" | "table" | "pre" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6",
            )
            | Piece::Close(
                "p" | "ul" | "ol" | "table" | "pre" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6",
            ) => {
                self.text.push_str("\n\n");
            }
            Piece::Open("td" | "th") => self.text.push(' '),
            Piece::Open(name) if !is_html_element(name) => {
                self.text.push('<');
                self.text.push_str(name);
                self.text.push('>');
            }
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }

    /// The text so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, ready to be cleaned.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Reads HTML piece by piece; what is in `script` and `style` is left out. Overlong HTML is cut.
pub(super) fn walk(html: &str, mut each: impl FnMut(Piece<'_>)) {
    let html: Cow<'_, str> = if html.len() > LONGEST_HTML { shorten(html, LONGEST_HTML).into() } else { html.into() };
    let mut open: VecDeque<Cow<'_, str>> = VecDeque::new();
    for token in tokens(&html) {
        match token {
            Token::Text(text) => each(Piece::Text(&text)),
            Token::Open { name, .. } if matches!(name.as_ref(), "script" | "style") => {}
            Token::Open { name, .. } => {
                each(Piece::Open(&name));
                if !is_void(&name) {
                    open.push_back(name);
                }
                if open.len() > MOST_OPEN {
                    open.pop_front();
                }
            }
            Token::Close { name } => {
                // What was never opened closes nothing.
                if let Some(place) = open.iter().rposition(|other| *other == name) {
                    open.remove(place);
                    each(Piece::Close(&name));
                }
            }
        }
    }
    while let Some(name) = open.pop_back() {
        each(Piece::Close(&name));
    }
}

/// The text without markup; for text that may hold HTML or entities, also when they were escaped twice.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let once = plain_once(text);
    let is_still_html =
        ["<p>", "<p ", "<br", "</", "&nbsp;", "&amp;", "&lt;", "&#"].into_iter().any(|mark| once.contains(mark));
    if is_still_html { plain_once(&once) } else { once }
}

/// What a sentence or an unknown word of a vendor says about how well something is; unknown when nothing tells.
pub(super) fn condition_of(words: &str) -> Condition {
    let text = words.to_lowercase().replace(['_', '-'], " ");
    let has = |stems: &[&str]| stems.iter().any(|stem| text.contains(stem));
    // Good words count only whole: "unresolved" and "unhealthy" hold them too.
    let says =
        |wanted: &[&str]| text.split(|letter: char| !letter.is_alphanumeric()).any(|word| wanted.contains(&word));
    let none =
        ["no known issue", "no issue", "no incident", "no problem", "no disruption", "no outage", "not affected"];
    let is_denied = says(&["not", "non", "no", "never", "longer"]);
    let is_over = says(&["resolved", "recovered", "restored"]) && !is_denied && !has(&["partial", "being "]);
    let is_fine = says(&["operational", "available", "healthy", "normal", "normally", "running"]);
    if has(&none) || is_over {
        Condition::Operational
    } else if says(&["down"]) || has(&["major", "full outage", "complete outage", "critical", "offline", "unreachable"])
    {
        Condition::MajorOutage
    } else if has(&["outage", "partial", "unavailable"]) {
        Condition::PartialOutage
    } else if (is_fine && is_denied)
        || has(&[
            "degrad",
            "disrupt",
            "minor",
            "some ",
            "slow",
            "delay",
            "issue",
            "error",
            "limited",
            "fail",
            "incident",
            "latenc",
            "problem",
            "trouble",
            "impact",
            "unstable",
            "bad",
            "unhealthy",
            "abnormal",
            "inoperational",
        ])
    {
        Condition::Degraded
    } else if has(&["maintenance"]) {
        Condition::Maintenance
    } else if is_fine {
        Condition::Operational
    } else {
        Condition::Unknown
    }
}

/// Markdown without its marks: headings, bold, escapes.
pub(super) fn markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let mut rest = line.trim_start_matches(['#', '\\', ' ']);
        while let Some((before, after)) = rest.split_once("**") {
            plain.push_str(before);
            rest = after;
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    plain.replace("\\#", "").replace("\\>", ">").replace("\\_", "_").replace("\\*", "*").replace("\\-", "-")
}

fn plain_once(html: &str) -> String {
    let mut text = PlainText::default();
    walk(html, |piece| text.add(piece));
    text.finish()
}

/// Elements that hold nothing and are never closed.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr" | "img" | "input" | "link" | "meta" | "wbr" | "area" | "base" | "col" | "embed" | "source"
    )
}

fn is_html_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
        || matches!(name, "time" | "title" | "tt" | "ul" | "var" | "video" | "wbr" | "tfoot")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_block;

    fn check(html: &str, expect: &str) {
        assert_eq!(clean_block(&plain(html), 2_000), expect, "{html}");
    }

    #[test]
    fn html_becomes_plain_text() {
        check("<p>We&#39;re&nbsp;looking.</p><p>More<br>soon<br />.</p>", "We're looking.\n\nMore\nsoon\n.");
        check("<ul><li>API</li><li>Login</li></ul>", "• API\n• Login");
        check("a &lt;b&gt; &amp; c", "a <b> & c");
        check("<b>Status: <i>fine", "Status: fine");
        check("<style>p{}</style><script>x()</script>text", "text");
        check("<table><tr><td>one</td><td>two</td></tr></table>", "one two");
    }

    #[test]
    fn text_escaped_twice_is_unescaped_twice() {
        check("&lt;p&gt;one &amp;amp; two&lt;/p&gt;", "one & two");
    }

    #[test]
    fn plain_text_with_angle_brackets_keeps_them() {
        check("latency < 5 ms & errors > 3", "latency < 5 ms & errors > 3");
        check("requests to <region> fail", "requests to <region> fail");
    }

    #[test]
    fn the_elements_are_sorted() {
        assert!(ELEMENTS.is_sorted());
    }

    #[test]
    fn deep_nesting_costs_little() {
        assert_eq!(plain(&"<b><i>".repeat(100_000)), "…", "what was left unread is not passed over in silence");
        assert!(plain(&"<div>x".repeat(100_000)).len() < LONGEST_HTML);
    }

    #[test]
    fn formatting_left_open_does_not_begin_again_in_each_block() {
        let open: String = (0..2_000).map(|number| format!("<b a={number}>")).collect();
        let mut pieces = 0;
        walk(&(open + &"<p>x".repeat(2_000)), |_| pieces += 1);
        assert!(pieces < 6_100, "{pieces}");
    }

    #[test]
    fn tags_that_overlap_or_were_never_opened_lose_no_text() {
        check("</b>one <b>two <i>three</b> four</i> five</div>", "one two three four five");
        check(&format!("{}x<small>y</small>z", "<li>".repeat(100)), &format!("{}• xyz", "•\n".repeat(99)));
    }

    #[test]
    fn sentences_become_conditions() {
        for (words, expect) in [
            ("No known issues", Condition::Operational),
            ("Resolved", Condition::Operational),
            ("Not resolved: some disruptions", Condition::Degraded),
            ("Major disruptions", Condition::MajorOutage),
            ("Some disruptions", Condition::Degraded),
            ("partial_failure", Condition::PartialOutage),
            ("Service unavailable", Condition::PartialOutage),
            ("It is down.", Condition::MajorOutage),
            ("download speeds", Condition::Unknown),
            ("Under maintenance", Condition::Maintenance),
            ("Available", Condition::Operational),
            ("unresolved", Condition::Unknown),
            ("unhealthy", Condition::Degraded),
            ("non_operational", Condition::Degraded),
            ("No longer available", Condition::Degraded),
            ("", Condition::Unknown),
        ] {
            assert_eq!(condition_of(words), expect, "{words}");
        }
    }
}
