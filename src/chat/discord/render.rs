//! Messages as Discord draws them: one embed, rows of buttons, and a call for a role above it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{
    limits::{
        BUTTON_URL, CUSTOM_ID, DESCRIPTION, EMBEDS, FIELD_NAME, FIELD_VALUE, FIELDS, FOOTER, LABEL, ROWS, THREAD_NAME,
        TITLE,
    },
    markup::{Reading, Writer, link_target, units},
};
use crate::{
    domain::{Act, Block, Button, ChatSettings, Condition, Mark, Message, Moment, Span, public_link, web_link},
    text::{self, Text},
};

/// Stands before the words of our buttons, so that others can be told apart.
const PRESS: &str = "f:";
/// Stands between the words of a button and the name (nonce) under which its message was sent, by which the message can
/// be told from others about the same outage when Discord has forgotten the name.
const MARK: char = '|';
/// Hexadecimal digits of such a name.
const NAME: usize = 16;
/// Values up to this length stand beside each other.
const SHORT: usize = 40;
/// Where Discord demands a text and there is none.
const NOTHING: &str = "\u{200B}";

/// A message is for the person who asked alone.
/// Source: <https://discord.com/developers/docs/resources/message#message-object-message-flags> (read 2026-08-30).
pub(super) const EPHEMERAL: u32 = 1 << 6;
/// A message makes no sound. Source: as [`EPHEMERAL`].
const SILENT: u32 = 1 << 12;

/// What a text is drawn for: how its reader wants times, and when it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    /// How the chat wants to be spoken to.
    pub(super) settings: &'a ChatSettings,
    /// Now.
    pub(super) at: DateTime<Utc>,
}

/// What belongs to a new message beside what it says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Envelope<'a> {
    /// Its name: repeated under the same name it is not sent twice.
    pub(super) nonce: Option<&'a str>,
    /// The message in the same channel it answers.
    pub(super) reply_to: Option<u64>,
    /// Whether it is to make no sound.
    pub(super) is_silent: bool,
    /// The server, whose id is also that of its role for everybody.
    pub(super) guild: Option<u64>,
}

/// The body of a new message.
pub(super) fn posted(message: &Message, reader: Reader<'_>, envelope: &Envelope<'_>) -> Value {
    let mut body = parts(message, reader, envelope.nonce);
    let role = message.mention.as_deref().and_then(role).filter(|role| Some(*role) != envelope.guild);
    if let Some(role) = role {
        set(&mut body, "content", Value::from(mention(role)));
        set(&mut body, "allowed_mentions", json!({ "parse": [], "roles": [role.to_string()], "replied_user": false }));
    }
    if let Some(nonce) = envelope.nonce {
        set(&mut body, "nonce", Value::from(nonce));
        set(&mut body, "enforce_nonce", Value::from(true));
    }
    if let Some(answered) = envelope.reply_to {
        set(&mut body, "message_reference", json!({ "message_id": answered.to_string(), "fail_if_not_exists": false }));
    }
    if envelope.is_silent {
        set(&mut body, "flags", Value::from(SILENT));
    }
    Value::Object(body)
}

/// The body that changes a message, or answers a person: nobody is called by it.
pub(super) fn drawn(message: &Message, reader: Reader<'_>) -> Value {
    Value::Object(parts(message, reader, None))
}

fn parts(message: &Message, reader: Reader<'_>, mark: Option<&str>) -> Map<String, Value> {
    let mut body = Map::new();
    set(&mut body, "embeds", Value::Array(vec![embed(message, reader)]));
    set(&mut body, "components", rows(&message.buttons, mark));
    set(&mut body, "allowed_mentions", json!({ "parse": [], "replied_user": false }));
    body
}

fn set(body: &mut Map<String, Value>, key: &str, value: Value) {
    body.insert(key.to_owned(), value);
}

/// The name of a thread or forum post about what the message tells.
pub(super) fn thread_name(message: &Message, reader: Reader<'_>) -> String {
    let mut writer = Writer::new(THREAD_NAME, Reading::Bare);
    for block in &message.blocks {
        if let Block::Title(spans) = block {
            reader.spans(&mut writer, spans);
        }
    }
    let name = writer.finish().replace('\n', " ");
    if name.trim().is_empty() { "…".to_owned() } else { name }
}

/// The words of a button of ours that was pressed.
pub(super) fn pressed(custom_id: &str) -> Option<&str> {
    parts_of(custom_id).map(|(words, _)| words)
}

/// The name under which the message of a button of ours was sent, if the button says so.
pub(super) fn marked(custom_id: &str) -> Option<&str> {
    parts_of(custom_id)?.1
}

/// What stands behind a button of ours: its words, and the name of its message.
fn parts_of(custom_id: &str) -> Option<(&str, Option<&str>)> {
    let words = custom_id.strip_prefix(PRESS)?;
    let is_name = |mark: &str| mark.len() == NAME && mark.bytes().all(|sign| sign.is_ascii_hexdigit());
    let parts = words.rsplit_once(MARK).filter(|(_, mark)| is_name(mark));
    Some(parts.map_or((words, None), |(words, mark)| (words, Some(mark))))
}

/// The role in a mention such as `<@&123>`.
fn role(mention: &str) -> Option<u64> {
    mention.strip_prefix("<@&")?.strip_suffix('>')?.parse().ok()
}

/// A role as it is called.
pub(super) fn mention(role: u64) -> String {
    format!("<@&{role}>")
}

fn embed(message: &Message, reader: Reader<'_>) -> Value {
    let mut title = Writer::new(TITLE, Reading::Headline);
    let mut footer = Writer::new(FOOTER / 2, Reading::Bare);
    if let Some(mark) = message.mark {
        title.whole(symbol(mark));
        title.whole(" ");
    }
    for block in &message.blocks {
        match block {
            Block::Title(spans) => reader.spans(&mut title, spans),
            Block::Footer(spans) => {
                footer.line();
                reader.spans(&mut footer, spans);
            }
            Block::Paragraph(_) | Block::Field { .. } | Block::Item { .. } | Block::Quote(_) => {}
        }
    }
    let (title, footer) = (title.finish(), footer.finish());
    let body = Body::in_fields(message, reader)
        .filter(|body| units(&title) + units(&footer) + body.units() <= EMBEDS)
        .unwrap_or_else(|| Body::in_lines(message, reader));
    let mut embed = Map::new();
    if let Some(mark) = message.mark {
        set(&mut embed, "color", Value::from(colour(mark)));
    }
    if !body.description.is_empty() {
        set(&mut embed, "description", Value::from(body.description));
    } else if title.is_empty() && body.fields.is_empty() {
        set(&mut embed, "description", Value::from(NOTHING));
    }
    if !title.is_empty() {
        set(&mut embed, "title", Value::from(title.replace('\n', " ")));
    }
    if !body.fields.is_empty() {
        set(&mut embed, "fields", body.fields.iter().map(Field::json).collect());
    }
    if !footer.is_empty() {
        set(&mut embed, "footer", json!({ "text": footer }));
    }
    Value::Object(embed)
}

/// What stands between headline and small print.
struct Body {
    description: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    value: String,
    is_short: bool,
}

impl Field {
    fn json(&self) -> Value {
        json!({ "name": self.name, "value": self.value, "inline": self.is_short })
    }
}

impl Body {
    /// Labels and values as fields, all that follows a value below it; `None` when something would have to be cut.
    fn in_fields(message: &Message, reader: Reader<'_>) -> Option<Self> {
        let mut description = Writer::new(DESCRIPTION, Reading::Marked);
        let mut fields: Vec<(String, Writer, bool)> = Vec::new();
        for block in &message.blocks {
            if let Block::Field { label, value } = block {
                let mut name = Writer::new(FIELD_NAME, Reading::Headline);
                reader.spans(&mut name, label);
                let mut writer = Writer::new(FIELD_VALUE, Reading::Marked);
                reader.spans(&mut writer, value);
                fields.push((name.finish(), writer, false));
            } else if let Some((_, writer, has_more)) = fields.last_mut() {
                *has_more |= reader.block(writer, block);
            } else {
                reader.block(&mut description, block);
            }
        }
        if description.is_cut() || fields.len() > FIELDS || fields.iter().any(|(_, value, _)| value.is_cut()) {
            return None;
        }
        let fields = fields.into_iter().map(|(name, value, has_more)| {
            let is_empty = value.is_empty();
            let value = if is_empty { NOTHING.to_owned() } else { value.finish() };
            let is_short = !has_more && units(&value) <= SHORT && !value.contains('\n');
            Field { name: if name.is_empty() { NOTHING.to_owned() } else { name }, value, is_short }
        });
        Some(Self { description: description.finish(), fields: fields.collect() })
    }

    /// All in lines, cut where Discord takes no more.
    fn in_lines(message: &Message, reader: Reader<'_>) -> Self {
        let mut writer = Writer::new(DESCRIPTION, Reading::Marked);
        for block in &message.blocks {
            reader.block(&mut writer, block);
        }
        Self { description: writer.finish(), fields: Vec::new() }
    }

    fn units(&self) -> usize {
        let fields = self.fields.iter().map(|field| units(&field.name) + units(&field.value));
        units(&self.description) + fields.sum::<usize>()
    }
}

impl Reader<'_> {
    /// Writes a block as lines; says whether it is one that stands in lines.
    fn block(&self, writer: &mut Writer, block: &Block) -> bool {
        match block {
            Block::Title(_) | Block::Footer(_) => return false,
            Block::Paragraph(spans) => {
                writer.line();
                self.spans(writer, spans);
            }
            Block::Field { label, value } => {
                writer.line();
                let locale = self.settings.locale;
                let separator = text::plain(locale, &Text::LabelSeparator);
                let label = text::flat(locale, label) + separator.trim_end_matches(' ');
                writer.words("**", &label, if separator.ends_with(' ') { "** " } else { "**" });
                self.spans(writer, value);
            }
            Block::Item { mark, line } => {
                writer.line();
                writer.whole(mark.map_or("•", symbol));
                writer.whole(" ");
                self.spans(writer, line);
            }
            Block::Quote(words) => {
                for line in words.lines() {
                    writer.line();
                    writer.whole("> ");
                    writer.words("", line, "");
                }
            }
        }
        true
    }

    fn spans(&self, writer: &mut Writer, spans: &[Span]) {
        for span in spans {
            match span {
                Span::Text(words) => writer.words("", words, ""),
                Span::Strong(words) if writer.is_marked() => writer.words("**", words, "**"),
                Span::Strong(words) => writer.words("", words, ""),
                Span::Code(words) => match role(words) {
                    // Shows as the role's name; only the message's own text calls anybody.
                    Some(role) if writer.is_marked() => writer.whole(&mention(role)),
                    Some(_) | None => writer.code(words),
                },
                Span::Link { label, url } => match web_link(url).filter(|_| writer.is_marked()) {
                    Some(url) => writer.words("[", label, &format!("]({})", link_target(&url))),
                    None => writer.words("", label, ""),
                },
                Span::Time { at, style } if writer.is_marked() => {
                    let letter = match style {
                        Moment::Absolute => 'f',
                        Moment::Relative => 'R',
                    };
                    writer.whole(&format!("<t:{}:{letter}>", at.timestamp()));
                }
                Span::Time { at, style } => {
                    writer.words("", &text::moment(self.settings, *at, *style, self.at), "");
                }
            }
        }
    }
}

fn rows(rows: &[Vec<Button>], mut mark: Option<&str>) -> Value {
    let mut taken: Vec<&str> = Vec::new();
    let mut drawn = Vec::new();
    for row in rows.iter().take(ROWS) {
        let mut buttons = Vec::new();
        for Button { label, act } in row.iter().take(ROWS) {
            let mut writer = Writer::new(LABEL, Reading::Bare);
            writer.words("", label, "");
            let label = writer.finish();
            if label.is_empty() {
                continue;
            }
            match act {
                Act::Open(url) => {
                    if let Some(url) = public_link(url).filter(|url| units(url) <= BUTTON_URL) {
                        buttons.push(json!({ "type": 2, "style": 5, "label": label, "url": url }));
                    }
                }
                Act::Press(words) => {
                    let mut custom_id = format!("{PRESS}{words}");
                    // Discord refuses a message with two buttons of the same id.
                    if units(&custom_id) <= CUSTOM_ID && !taken.contains(&words.as_str()) {
                        taken.push(words);
                        let has_room = units(&custom_id) + 1 + NAME <= CUSTOM_ID;
                        if let Some(mark) = mark.take_if(|_| has_room) {
                            custom_id = format!("{custom_id}{MARK}{mark}");
                        }
                        buttons.push(json!({ "type": 2, "style": 2, "label": label, "custom_id": custom_id }));
                    }
                }
            }
        }
        if !buttons.is_empty() {
            drawn.push(json!({ "type": 1, "components": buttons }));
        }
    }
    Value::Array(drawn)
}

/// Tells marks apart where colours cannot: in lists, in notifications, for those who see no colours.
const fn symbol(mark: Mark) -> &'static str {
    match mark {
        Mark::Condition(Condition::Operational) | Mark::Recovered => "✅",
        Mark::Condition(Condition::Degraded) => "🟡",
        Mark::Condition(Condition::PartialOutage) => "🟠",
        Mark::Condition(Condition::MajorOutage) => "🔴",
        Mark::Condition(Condition::Maintenance) => "🔧",
        Mark::Condition(Condition::Unknown) => "⚪",
        Mark::Refused => "⚠️",
    }
}

const fn colour(mark: Mark) -> u32 {
    match mark {
        Mark::Condition(Condition::Operational) | Mark::Recovered => 0x2E_CC71,
        Mark::Condition(Condition::Degraded) => 0xF1_C40F,
        Mark::Condition(Condition::PartialOutage) => 0xE6_7E22,
        Mark::Condition(Condition::MajorOutage) => 0xE7_4C3C,
        Mark::Condition(Condition::Maintenance) => 0x34_98DB,
        Mark::Condition(Condition::Unknown) => 0x95_A5A6,
        Mark::Refused => 0x7F_8C8D,
    }
}
