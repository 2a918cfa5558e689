//! Messages as lines of text.

use anstyle::{AnsiColor, Style};
use chrono::{DateTime, Utc};
use rustyline::GraphemeClusterMode;

use crate::{
    domain::{Block, Condition, Locale, Mark, Message, Moment, Span, clean_line, web_link},
    text::{self, Text},
};

/// What the lines are written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Whether a person looks at it: marks are drawn as symbols, quotes get a line at their side.
    pub is_terminal: bool,
    /// Whether escape sequences for colours may be used.
    pub colour: bool,
    /// Columns to a line; `None`: lines are not broken.
    pub width: Option<u16>,
}

/// No word is longer; what is, is no word that anybody reads to its end.
const LONGEST_WORD: usize = 2_000;
/// A terminal narrower than this is drawn on as if it were so wide: single words below each other help nobody.
const NARROWEST: u16 = 20;

/// The message as lines without line breaks, none of them empty, so that an empty line can stand between messages.
///
/// `stamp` stands before the first line; `moment` puts a time into words. Nothing in the message can make the terminal
/// do anything but show text.
#[must_use]
pub(super) fn render(
    message: &Message,
    paper: &Paper,
    stamp: Option<&str>,
    moment: &dyn Fn(DateTime<Utc>, Moment) -> String,
) -> Vec<String> {
    let sheet = Sheet { paper, moment, locale: message.locale };
    let mut lines = Vec::new();
    for (place, block) in message.blocks.iter().enumerate() {
        let mut lead = Vec::new();
        if place == 0 {
            lead.extend(stamp.map(|stamp| Run::new(DIM, format!("{stamp} "))));
            lead.extend(message.mark.and_then(|mark| sheet.symbol(mark)));
        }
        sheet.block(block, message.mark, lead, &mut lines);
        if place == 0 {
            lines.extend(message.mention.iter().flat_map(|who| sheet.lines(Vec::new(), &[], &[], &[plain(who)])));
        }
    }
    lines
}

const PLAIN: Style = Style::new();
const DIM: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
const CODE: Style = AnsiColor::Cyan.on_default();
const ADDRESS: Style = Style::new().underline();

/// A run of characters in one style.
#[derive(Clone, Debug)]
struct Run {
    style: Style,
    text: String,
}

impl Run {
    const fn new(style: Style, text: String) -> Self {
        Self { style, text }
    }
}

fn plain(text: &str) -> Run {
    Run::new(PLAIN, text.to_owned())
}

/// How a message is drawn on one kind of paper.
struct Sheet<'a> {
    paper: &'a Paper,
    moment: &'a dyn Fn(DateTime<Utc>, Moment) -> String,
    locale: Locale,
}

impl Sheet<'_> {
    fn block(&self, block: &Block, mark: Option<Mark>, lead: Vec<Run>, lines: &mut Vec<String>) {
        match block {
            Block::Title(spans) => {
                let style = mark.map_or(STRONG, |mark| colour_of(mark).bold());
                lines.extend(self.lines(lead, &[], &[plain("  ")], &self.runs(spans, style)));
            }
            Block::Paragraph(spans) => {
                lines.extend(self.lines(lead, &[], &[], &self.runs(spans, PLAIN)));
            }
            Block::Field { label, value } => {
                let mut runs = self.runs(label, DIM);
                runs.push(Run::new(DIM, text::plain(self.locale, &Text::LabelSeparator)));
                runs.extend(self.runs(value, PLAIN));
                lines.extend(self.lines(lead, &[plain("  ")], &[plain("    ")], &runs));
            }
            Block::Item { mark, line } => {
                let bullet = mark.and_then(|mark| self.symbol(mark)).unwrap_or_else(|| plain("- "));
                let runs = self.runs(line, PLAIN);
                lines.extend(self.lines(lead, &[plain("  "), bullet], &[plain("    ")], &runs));
            }
            Block::Quote(text) => {
                let bar = [Run::new(DIM, if self.paper.is_terminal { "  │ " } else { "  > " }.to_owned())];
                lines.extend(self.lines(lead, &bar, &bar, &[plain(text)]));
            }
            Block::Footer(spans) => {
                lines.extend(self.lines(lead, &[plain("  ")], &[plain("  ")], &self.runs(spans, DIM)));
            }
        }
    }

    /// The spans as runs; what has no style of its own gets `style`.
    fn runs(&self, spans: &[Span], style: Style) -> Vec<Run> {
        let mut runs = Vec::with_capacity(spans.len());
        for span in spans {
            match span {
                Span::Text(text) => runs.push(Run::new(style, text.clone())),
                Span::Strong(text) => runs.push(Run::new(style.bold(), text.clone())),
                Span::Code(text) if self.paper.colour => runs.push(Run::new(CODE, text.clone())),
                Span::Code(text) => runs.push(Run::new(style, format!("`{text}`"))),
                Span::Link { label, url } => match web_link(url) {
                    None => runs.push(Run::new(style, label.clone())),
                    // The host of the address, say, or nothing: the address itself shows as much.
                    Some(url) if url.contains(label.trim()) => {
                        runs.push(Run::new(ADDRESS, url));
                    }
                    Some(url) => {
                        runs.push(Run::new(style, format!("{label} (")));
                        runs.push(Run::new(ADDRESS, url));
                        runs.push(Run::new(style, ")".to_owned()));
                    }
                },
                Span::Time { at, style: drawn } => runs.push(Run::new(style, (self.moment)(*at, *drawn))),
            }
        }
        runs
    }

    fn symbol(&self, mark: Mark) -> Option<Run> {
        self.paper.is_terminal.then(|| Run::new(colour_of(mark), format!("{} ", symbol_of(mark))))
    }

    /// The runs as lines: `lead` and `first` before the first, `next` before every other one.
    fn lines(&self, mut lead: Vec<Run>, first: &[Run], next: &[Run], runs: &[Run]) -> Vec<String> {
        let width = self.paper.width.map(|width| usize::from(width.max(NARROWEST)));
        lead.extend_from_slice(first);
        let mut lines = Vec::new();
        let mut line = Line::new(lead);
        for paragraph in paragraphs(runs) {
            if line.has_words {
                lines.push(std::mem::replace(&mut line, Line::new(next.to_vec())));
            }
            for word in paragraph {
                let columns = columns(&word);
                if line.has_words && width.is_some_and(|width| line.columns + 1 + columns > width) {
                    lines.push(std::mem::replace(&mut line, Line::new(next.to_vec())));
                }
                line.add(word, columns);
            }
        }
        if line.has_words {
            lines.push(line);
        }
        lines.into_iter().map(|line| line.written(self.paper.colour)).collect()
    }
}

/// A line that is being filled.
struct Line {
    runs: Vec<Run>,
    columns: usize,
    has_words: bool,
}

impl Line {
    fn new(indent: Vec<Run>) -> Self {
        Self { columns: columns(&indent), runs: indent, has_words: false }
    }

    fn add(&mut self, word: Vec<Run>, columns: usize) {
        for (place, run) in word.into_iter().enumerate() {
            let gap = if place == 0 && self.has_words { " " } else { "" };
            match self.runs.last_mut() {
                Some(last) if last.style == run.style => last.text.extend([gap, &run.text]),
                Some(_) | None => {
                    self.runs.push(plain(gap));
                    self.runs.push(run);
                }
            }
        }
        self.columns += columns + usize::from(self.has_words);
        self.has_words = true;
    }

    fn written(&self, colour: bool) -> String {
        let mut written = String::new();
        for Run { style, text } in &self.runs {
            if colour && *style != PLAIN {
                written.push_str(&format!("{style}{text}{style:#}"));
            } else {
                written.push_str(text);
            }
        }
        written
    }
}

/// The words of each line the text was given in; a word may change its style in the middle. Only here does text from
/// outside become output, so here everything goes that is no visible character.
fn paragraphs(runs: &[Run]) -> Vec<Vec<Vec<Run>>> {
    let mut paragraphs = vec![vec![]];
    let mut word: Vec<Run> = Vec::new();
    for run in runs {
        let mut rest = run.text.as_str();
        while !rest.is_empty() {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            let piece = clean_line(piece, LONGEST_WORD);
            if !piece.is_empty() {
                word.push(Run::new(run.style, piece));
            }
            let Some(space) = after.chars().next() else { break };
            if let (false, Some(paragraph)) = (word.is_empty(), paragraphs.last_mut()) {
                paragraph.push(std::mem::take(&mut word));
            }
            if space == '\n' {
                paragraphs.push(Vec::new());
            }
            rest = after.get(space.len_utf8()..).unwrap_or_default();
        }
    }
    if let (false, Some(paragraph)) = (word.is_empty(), paragraphs.last_mut()) {
        paragraph.push(word);
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// How many columns of a terminal these runs take.
fn columns(runs: &[Run]) -> usize {
    let mut buffer = [0; 4];
    let mut of_one =
        |character: char| usize::from(GraphemeClusterMode::WcWidth.width(character.encode_utf8(&mut buffer)));
    runs.iter().flat_map(|run| run.text.chars()).map(&mut of_one).sum()
}

/// Different in shape as well as in colour, for those who cannot tell red from green.
const fn symbol_of(mark: Mark) -> char {
    match mark {
        Mark::Condition(Condition::Operational) | Mark::Recovered => '✔',
        Mark::Condition(Condition::Degraded) => '▲',
        Mark::Condition(Condition::PartialOutage) => '◐',
        Mark::Condition(Condition::MajorOutage) => '●',
        Mark::Condition(Condition::Maintenance) => '◆',
        Mark::Condition(Condition::Unknown) => '○',
        Mark::Refused => '✖',
    }
}

const fn colour_of(mark: Mark) -> Style {
    match mark {
        Mark::Condition(Condition::Operational) | Mark::Recovered => AnsiColor::Green.on_default(),
        Mark::Condition(Condition::Degraded) | Mark::Refused => AnsiColor::Yellow.on_default(),
        Mark::Condition(Condition::PartialOutage) => AnsiColor::Magenta.on_default(),
        Mark::Condition(Condition::MajorOutage) => AnsiColor::Red.on_default(),
        Mark::Condition(Condition::Maintenance) => AnsiColor::Blue.on_default(),
        Mark::Condition(Condition::Unknown) => AnsiColor::BrightBlack.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIPE: Paper = Paper { is_terminal: false, colour: false, width: None };

    fn text(words: &str) -> Vec<Span> {
        vec![Span::Text(words.to_owned())]
    }

    fn outage() -> Message {
        Message {
            locale: Locale::En,
            mark: Some(Mark::Condition(Condition::MajorOutage)),
            mention: None,
            blocks: vec![
                Block::Title(vec![Span::Strong("WhatsApp".to_owned()), Span::Text(": major outage".to_owned())]),
                Block::Field {
                    label: text("Since"),
                    value: vec![Span::Time { at: DateTime::UNIX_EPOCH, style: Moment::Absolute }],
                },
                Block::Quote("Messages are not\n\nbeing delivered.".to_owned()),
                Block::Item { mark: Some(Mark::Condition(Condition::Degraded)), line: text("Calls: degraded") },
                Block::Paragraph(vec![
                    Span::Code("/status whatsapp".to_owned()),
                    Span::Text(", ".to_owned()),
                    Span::Link { label: "Status page".to_owned(), url: "https://status.example/x".to_owned() },
                ]),
                Block::Footer(text("Measured by this bot")),
            ],
            buttons: Vec::new(),
        }
    }

    fn drawn(message: &Message, paper: Paper) -> String {
        render(message, &paper, Some("14:05"), &|_, _| "22 Nov, 14:05".to_owned()).join("\n")
    }

    #[test]
    fn a_pipe_gets_plain_lines() {
        insta::assert_snapshot!(drawn(&outage(), PIPE), @r"
        14:05 WhatsApp: major outage
          Since: 22 Nov, 14:05
          > Messages are not
          > being delivered.
          - Calls: degraded
        `/status whatsapp`, Status page (https://status.example/x)
          Measured by this bot
        ");
    }

    #[test]
    fn a_terminal_without_colours_gets_symbols_and_no_escapes() {
        let paper = Paper { is_terminal: true, colour: false, width: Some(24) };
        let drawn = drawn(&outage(), paper);
        assert!(!drawn.contains('\u{1b}'));
        insta::assert_snapshot!(drawn, @r"
        14:05 ● WhatsApp: major
          outage
          Since: 22 Nov, 14:05
          │ Messages are not
          │ being delivered.
          ▲ Calls: degraded
        `/status whatsapp`,
        Status page
        (https://status.example/x)
          Measured by this bot
        ");
    }

    #[test]
    fn a_terminal_with_colours_shows_the_mark_in_its_colour() {
        let paper = Paper { is_terminal: true, colour: true, width: None };
        let first = drawn(&outage(), paper).lines().next().unwrap_or_default().to_owned();
        assert_eq!(
            first,
            "\u{1b}[2m14:05 \u{1b}[0m\u{1b}[31m● \u{1b}[0m\u{1b}[1m\u{1b}[31mWhatsApp: major outage\u{1b}[0m"
        );
    }

    #[test]
    fn nothing_from_outside_reaches_the_terminal_as_a_command() {
        let evil = "a\u{1b}]0;owned\u{7}b\u{9b}31m\r\u{8}c\u{202e}d";
        let message = Message {
            locale: Locale::En,
            mark: None,
            mention: Some(evil.to_owned()),
            blocks: vec![
                Block::Title(text(evil)),
                Block::Quote(evil.to_owned()),
                Block::Paragraph(vec![
                    Span::Code(evil.to_owned()),
                    Span::Link { label: evil.to_owned(), url: "https://a.example/\u{1b}[1m".to_owned() },
                    Span::Link { label: "x".to_owned(), url: "javascript:alert(1)".to_owned() },
                ]),
            ],
            buttons: Vec::new(),
        };
        for line in render(&message, &PIPE, None, &|_, _| evil.to_owned()) {
            assert!(!line.chars().any(|character| character.is_control() || character == '\u{202e}'), "{line:?}");
            assert!(!line.contains("javascript"), "{line:?}");
        }
    }

    #[test]
    fn a_label_that_the_address_shows_as_well_is_left_out() {
        let link = |label: &str| Span::Link { label: label.to_owned(), url: "https://status.example/x".to_owned() };
        let drawn = |label| {
            let message = Message { blocks: vec![Block::Paragraph(vec![link(label)])], ..Message::default() };
            render(&message, &PIPE, None, &|_, _| String::new()).concat()
        };
        assert_eq!(drawn("status.example"), "https://status.example/x");
        assert_eq!(drawn(""), "https://status.example/x");
        assert_eq!(drawn("Status page"), "Status page (https://status.example/x)");
    }

    #[test]
    fn wide_characters_count_twice() {
        let message = Message {
            blocks: vec![Block::Paragraph(text("通信障害 通信障害 通信障害"))],
            ..Message::default()
        };
        let paper = Paper { is_terminal: true, colour: false, width: Some(20) };
        assert_eq!(render(&message, &paper, None, &|_, _| String::new()), ["通信障害 通信障害", "通信障害"]);
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_empty_or_holds_a_line_break(words in ".{0,200}", width in proptest::option::of(0_u16..200)) {
            let message = Message {
                blocks: vec![Block::Quote(words.clone()), Block::Paragraph(text(&words)), Block::Footer(text(&words))],
                ..Message::default()
            };
            for line in render(&message, &Paper { width, ..PIPE }, None, &|_, _| String::new()) {
                proptest::prop_assert!(!line.trim().is_empty());
                proptest::prop_assert!(!line.chars().any(char::is_control));
            }
        }
    }
}
