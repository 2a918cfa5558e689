//! Messages as Telegram draws them: text, entities counted in UTF-16 units, and a keyboard. Pure.
//!
//! No parse mode is used, so nothing has to be escaped. But Telegram finds mentions, hashtags, cashtags, commands, addresses
//! and e-mails in plain text by itself, also beside entities and inside a quote. A word joiner (U+2060), which shows as
//! nothing, behind the sign that makes them keeps text from outside from calling people or posing as a link. Inside code
//! and links nothing is looked for, so their words stay as they are and can be copied.

use chrono::{DateTime, Utc};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, MessageEntityKind};
use url::Url;

use super::limits;
use crate::{
    commands,
    domain::{Act, Block, Button, Condition, Locale, Mark, Message, Moment, Platform, Span, shorten, web_link},
    text::{self, Text},
};

/// A message as Telegram draws it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The text; at most [`limits::TEXT`] UTF-16 units.
    pub(super) text: String,
    /// What stands out in it.
    pub(super) entities: Vec<MessageEntity>,
    /// The buttons; `None`: there are none.
    pub(super) keyboard: Option<InlineKeyboardMarkup>,
}

/// What a time is in words.
pub(super) type InWords<'a> = &'a dyn Fn(DateTime<Utc>, Moment) -> String;

/// Shows as nothing and belongs to no mention, tag, command or address.
const WORD_JOINER: char = '\u{2060}';

/// What the text of a quote is cut to, one after the other, until the message fits; in characters.
const QUOTES: [usize; 6] = [usize::MAX, 1_500, 700, 300, 120, 40];

/// A quote of more characters can be folded up.
const LONG_QUOTE: usize = 400;

/// The message with its entities and buttons.
#[must_use]
pub(super) fn draw(message: &Message, moment: InWords<'_>) -> Drawn {
    let mut drawn = Drawn::default();
    for quote in QUOTES {
        let mut canvas = Canvas::new(quote, moment);
        canvas.message(message);
        drawn = canvas.finish();
        if units(&drawn.text) <= limits::TEXT {
            break;
        }
    }
    cut(&mut drawn, limits::TEXT);
    drawn.keyboard = keyboard(&message.buttons);
    drawn
}

/// The message's words alone, in at most `most` characters, for places that show no entities and no buttons.
#[must_use]
pub(super) fn plain(message: &Message, most: usize, moment: InWords<'_>) -> String {
    let mut canvas = Canvas::new(usize::MAX, moment);
    canvas.message(&Message { mention: None, ..message.clone() });
    let text: String = canvas.finish().text.chars().filter(|character| *character != WORD_JOINER).collect();
    shorten(&text.replace("\n\n", "\n"), most)
}

/// The words alone of something drawn: still nothing in them calls anybody, and nothing is left that could be refused.
#[must_use]
pub(super) fn bare(drawn: &Drawn) -> Drawn {
    let mut canvas = Canvas::new(usize::MAX, &|_, _| String::new());
    canvas.outside(&drawn.text);
    let mut bare = canvas.finish();
    cut(&mut bare, limits::TEXT);
    bare
}

/// The words of a message's headline, and those below it up to `most` characters.
#[must_use]
pub(super) fn heading(message: &Message, most: usize, moment: InWords<'_>) -> (String, String) {
    let whole = plain(message, usize::MAX, moment);
    let (first, rest) = whole.split_once('\n').unwrap_or((&whole, ""));
    (shorten(first, most), shorten(&rest.split_whitespace().collect::<Vec<_>>().join(" "), most))
}

/// How many UTF-16 units a text has.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A text being put together.
struct Canvas<'a> {
    text: String,
    /// The length of `text` in UTF-16 units.
    length: usize,
    entities: Vec<MessageEntity>,
    /// The last character, when it came from outside and could make something of what follows, and the one before it.
    sign: Option<(Option<char>, char)>,
    quote: usize,
    moment: InWords<'a>,
}

impl<'a> Canvas<'a> {
    const fn new(quote: usize, moment: InWords<'a>) -> Self {
        Self { text: String::new(), length: 0, entities: Vec::new(), sign: None, quote, moment }
    }

    fn message(&mut self, message: &Message) {
        for (place, block) in message.blocks.iter().enumerate() {
            let is_title = matches!(block, Block::Title(_));
            self.line(if matches!(block, Block::Footer(_)) { 2 } else { 1 });
            if place == 0
                && let Some(mark) = message.mark
            {
                self.push(symbol(mark));
                self.push(" ");
            }
            self.block(block, message.locale);
            if place == 0
                && let Some(mention) = &message.mention
            {
                self.line(1);
                self.mention(mention);
            }
            if is_title && message.blocks.len() > 1 {
                self.line(2);
            }
        }
    }

    fn block(&mut self, block: &Block, locale: Locale) {
        match block {
            Block::Title(spans) => self.styled_spans(&MessageEntityKind::Bold, spans),
            Block::Paragraph(spans) => self.spans(spans),
            Block::Field { label, value } => {
                self.styled_spans(&MessageEntityKind::Italic, label);
                self.push(&text::plain(locale, &Text::LabelSeparator));
                self.spans(value);
            }
            Block::Item { mark, line } => {
                self.push(mark.map_or("•", symbol));
                self.push(" ");
                self.spans(line);
            }
            Block::Quote(words) => {
                let words = shorten(words.trim(), self.quote);
                let is_long = words.chars().nth(LONG_QUOTE).is_some();
                let kind =
                    if is_long { MessageEntityKind::ExpandableBlockquote } else { MessageEntityKind::Blockquote };
                self.styled(kind, |canvas| canvas.outside(&words));
            }
            Block::Footer(spans) => self.styled_spans(&MessageEntityKind::Italic, spans),
        }
    }

    /// The spans in this style but for code, which Telegram takes within no other style.
    fn styled_spans(&mut self, kind: &MessageEntityKind, spans: &[Span]) {
        for run in spans.chunk_by(|one, next| is_code(one) == is_code(next)) {
            if run.first().is_some_and(is_code) {
                self.spans(run);
            } else {
                self.styled(kind.clone(), |canvas| canvas.spans(run));
            }
        }
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            match span {
                Span::Text(words) => self.outside(words),
                Span::Strong(words) => self.styled(MessageEntityKind::Bold, |canvas| canvas.outside(words)),
                Span::Code(words) => self.code(words),
                Span::Link { label, url } => match page(url) {
                    Some(url) => self.verbatim(MessageEntityKind::TextLink { url }, label),
                    None => self.outside(label),
                },
                Span::Time { at, style } => self.push(&(self.moment)(*at, *style)),
            }
        }
    }

    /// Something that can be typed. A command that is whole is left to Telegram, which sends it when it is tapped; what
    /// has more words is code, which is copied when it is tapped.
    fn code(&mut self, words: &str) {
        let is_command = words.strip_prefix('/').and_then(commands::spec);
        if is_command.is_some_and(|spec| spec.platforms.contains(&Platform::Telegram)) {
            self.push(words);
        } else {
            self.verbatim(MessageEntityKind::Code, words);
        }
    }

    /// Who is called: names as Telegram knows them, and nothing else that would call anybody.
    fn mention(&mut self, mention: &str) {
        for (place, word) in mention.split_whitespace().enumerate() {
            if place > 0 {
                self.push(" ");
            }
            if is_name(word) { self.push(word) } else { self.outside(word) }
        }
    }

    /// Words inside an entity in which Telegram looks for nothing; without it when there are too many entities.
    fn verbatim(&mut self, kind: MessageEntityKind, words: &str) {
        if self.entities.len() < limits::ENTITIES {
            self.styled(kind, |canvas| words.chars().filter_map(visible).for_each(|character| canvas.add(character)));
        } else {
            self.outside(words);
        }
    }

    /// Words that may come from anywhere: they stay words.
    fn outside(&mut self, words: &str) {
        for character in words.chars().filter_map(visible) {
            let before = self.text.chars().next_back();
            self.add(character);
            self.sign = is_sign(character).then_some((before, character));
        }
    }

    /// What `write` adds, in this style. Spaces and line ends at its borders are not styled, for Telegram refuses an
    /// entity of nothing else.
    fn styled(&mut self, kind: MessageEntityKind, write: impl FnOnce(&mut Self)) {
        let (place, offset, start) = (self.entities.len(), self.length, self.text.len());
        write(self);
        let written = self.text.get(start..).unwrap_or_default();
        let lead = units(written) - units(written.trim_start());
        let length = units(written.trim());
        let is_plain = |entity: &MessageEntity| entity.kind != kind;
        if length > 0 && self.entities.len() < limits::ENTITIES {
            // What is bold within something bold is bold anyway.
            let inner: Vec<_> = self.entities.split_off(place).into_iter().filter(is_plain).collect();
            self.entities.push(MessageEntity::new(kind, offset + lead, length));
            self.entities.extend(inner);
        }
    }

    /// Begins a new line, with an empty one before it when `breaks` is 2; at the beginning of the text it does nothing.
    fn line(&mut self, breaks: usize) {
        let there = self.text.len() - self.text.trim_end_matches('\n').len();
        if !self.text.is_empty() {
            (there..breaks).for_each(|_| self.add('\n'));
        }
    }

    fn push(&mut self, words: &str) {
        words.chars().for_each(|character| self.add(character));
    }

    fn add(&mut self, character: char) {
        // Telegram strips what a text begins with, and the entities' places must be those it counts.
        if self.text.is_empty() && character.is_whitespace() {
            return;
        }
        if let Some((before, sign)) = self.sign.take()
            && would_link(before, sign, character)
        {
            self.add(WORD_JOINER);
        }
        self.text.push(character);
        self.length += character.len_utf16();
    }

    fn finish(self) -> Drawn {
        let Self { mut text, mut entities, .. } = self;
        text.truncate(text.trim_end().len());
        clip(&mut entities, units(&text));
        Drawn { text, entities, keyboard: None }
    }
}

/// Cuts the end off a text that is too long, and off what stands out in it.
fn cut(drawn: &mut Drawn, most: usize) {
    if units(&drawn.text) <= most {
        return;
    }
    let mut room = most - 1;
    let mut short = String::with_capacity(drawn.text.len());
    for character in drawn.text.chars() {
        let Some(left) = room.checked_sub(character.len_utf16()) else { break };
        room = left;
        short.push(character);
    }
    short.truncate(short.trim_end().len());
    clip(&mut drawn.entities, units(&short));
    short.push('…');
    drawn.text = short;
}

/// Leaves only what lies within a text of this length.
fn clip(entities: &mut Vec<MessageEntity>, length: usize) {
    entities.retain(|entity| entity.offset < length);
    for entity in entities {
        entity.length = entity.length.min(length - entity.offset);
    }
}

fn keyboard(rows: &[Vec<Button>]) -> Option<InlineKeyboardMarkup> {
    let button = |button: &Button| {
        let label = shorten(button.label.trim(), limits::LABEL);
        match &button.act {
            _ if label.is_empty() => None,
            Act::Open(url) => page(url).map(|url| InlineKeyboardButton::url(label, url)),
            Act::Press(words) if (1..=limits::PRESS).contains(&words.len()) => {
                Some(InlineKeyboardButton::callback(label, words.clone()))
            }
            Act::Press(_) => None,
        }
    };
    let rows: Vec<Vec<InlineKeyboardButton>> = rows
        .iter()
        .map(|row| row.iter().filter_map(button).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

const fn is_code(span: &Span) -> bool {
    matches!(span, Span::Code(_))
}

/// The address when it is one of the web that Telegram takes: not one of a host without a dot, as in a house's own network.
fn page(address: &str) -> Option<Url> {
    let url = Url::parse(&web_link(address)?).ok()?;
    let is_taken = url.host_str().is_some_and(|host| host.contains('.') || host.starts_with('['));
    is_taken.then_some(url)
}

/// Whether these words are the name of somebody on Telegram.
/// Source: <https://core.telegram.org/method/account.checkUsername> (read 2026-08-30).
fn is_name(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| {
        (4..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// Whether Telegram may make something of this sign and what follows it.
const fn is_sign(character: char) -> bool {
    matches!(character, '@' | '#' | '$' | '/' | '.' | '＠' | '＃' | ':')
}

/// Whether a sign between these two would begin or hold together a mention, tag, command or address.
fn would_link(before: Option<char>, sign: char, next: char) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    match sign {
        // A domain needs letters behind its last dot, and something before it.
        '.' => next.is_alphabetic() && before.is_some_and(|before| !before.is_whitespace()),
        // `tg://`, `https://`
        ':' => next == '/',
        // No command begins in the middle of a word.
        '/' => next == '/' || (is_word(next) && !before.is_some_and(char::is_alphanumeric)),
        _ => is_word(next),
    }
}

/// The character as it may stand in a message; `None` for what would only do harm.
fn visible(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        other => (!other.is_control()).then_some(other),
    }
}

/// Telegram has no colours, so a mark is a coloured sign; the words beside it say the same.
const fn symbol(mark: Mark) -> &'static str {
    match mark {
        Mark::Condition(Condition::Operational) | Mark::Recovered => "🟢",
        Mark::Condition(Condition::Degraded) => "🟡",
        Mark::Condition(Condition::PartialOutage) => "🟠",
        Mark::Condition(Condition::MajorOutage) => "🔴",
        Mark::Condition(Condition::Maintenance) => "🔵",
        Mark::Condition(Condition::Unknown) => "⚪",
        Mark::Refused => "🚫",
    }
}
