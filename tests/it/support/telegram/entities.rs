//! Marked-up text: what a bot may send, and how people see it.
//!
//! Offsets and lengths are in UTF-16 units. Where the real server mends silently what it is sent (it drops a link that leads
//! nowhere, it splits what overlaps), this one refuses: a bot that needs mending does not say what it means.

use serde_json::{Value, json};
use url::Url;

use super::refusal::Refusal;

/// The longest text of a message, in UTF-16 units.
pub const LONGEST_TEXT: usize = 4096;
/// Entities beyond these are not shown.
const MOST_ENTITIES: usize = 100;

/// A stretch of text with a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    pub kind: String,
    pub offset: usize,
    pub length: usize,
    pub url: Option<String>,
    language: Option<String>,
}

impl Entity {
    pub fn new(kind: &str, offset: usize, length: usize) -> Self {
        Self { kind: kind.to_owned(), offset, length, url: None, language: None }
    }

    pub fn json(&self) -> Value {
        let mut entity = json!({ "type": self.kind, "offset": self.offset, "length": self.length });
        if let Some(url) = &self.url {
            entity["url"] = json!(url);
        }
        if let Some(language) = &self.language {
            entity["language"] = json!(language);
        }
        entity
    }

    fn end(&self) -> usize {
        self.offset + self.length
    }

    fn meets(&self, other: &Self) -> bool {
        self.offset < other.end() && other.offset < self.end()
    }

    fn contains(&self, other: &Self) -> bool {
        self.offset <= other.offset && other.end() <= self.end()
    }

    fn is_code(&self) -> bool {
        matches!(self.kind.as_str(), "code" | "pre")
    }

    fn is_quote(&self) -> bool {
        matches!(self.kind.as_str(), "blockquote" | "expandable_blockquote")
    }

    /// Whether it is only a way of writing, which may be part of anything but code.
    fn is_style(&self) -> bool {
        matches!(self.kind.as_str(), "bold" | "italic" | "underline" | "strikethrough" | "spoiler")
    }
}

/// The text as people will see it, with what was marked and what the server finds by itself.
pub fn accept(text: &str, entities: Option<&Value>) -> Result<(String, Vec<Entity>), Refusal> {
    let none = Vec::new();
    let sent = entities.map_or(Some(&none), Value::as_array);
    let sent = sent.ok_or_else(|| Refusal::bad_request("can't parse entities: expected an Array"))?;
    if sent.len() > MOST_ENTITIES {
        return Err(Refusal::bad_request("ENTITIES_TOO_LONG"));
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut marked = sent.iter().map(|entity| read(entity, &units)).collect::<Result<Vec<_>, _>>()?;
    marked.sort_by_key(|entity| (entity.offset, usize::MAX - entity.length));
    for (index, outer) in marked.iter().enumerate() {
        marked[index + 1..].iter().try_for_each(|inner| together(outer, inner))?;
    }
    let (text, mut marked) = trimmed(text, marked);
    if text.is_empty() {
        return Err(Refusal::bad_request("text must be non-empty"));
    }
    if length(&text) > LONGEST_TEXT {
        return Err(Refusal::bad_request("message is too long"));
    }
    let found = found(&text, &marked);
    marked.extend(found);
    marked.sort_by_key(|entity| (entity.offset, usize::MAX - entity.length));
    Ok((text, marked))
}

/// UTF-16 units.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn read(entity: &Value, units: &[u16]) -> Result<Entity, Refusal> {
    const KINDS: &[&str] = &[
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
    ];
    let wrong = |reason: &str| Refusal::bad_request(&format!("can't parse MessageEntity: {reason}"));
    let number = |name: &str| entity[name].as_i64().ok_or_else(|| wrong(&format!("can't find field \"{name}\"")));
    let kind = entity["type"].as_str().ok_or_else(|| wrong("can't find field \"type\""))?;
    if !KINDS.contains(&kind) {
        return Err(wrong(&format!("unsupported type {kind} specified")));
    }
    let (offset, length) = (number("offset")?, number("length")?);
    let place = |number: i64| usize::try_from(number).map_err(|_| Refusal::bad_request("ENTITY_BOUNDS_INVALID"));
    let (offset, length) = (place(offset)?, place(length)?);
    let end = offset + length;
    let says = |what: &str| Refusal::bad_request(&format!("entity beginning at UTF-16 offset {offset} {what}"));
    if length == 0 {
        return Err(says("is empty"));
    }
    if end > units.len() {
        return Err(says(&format!("ends after the end of the text at UTF-16 offset {end}")));
    }
    let splits = |at: usize| units.get(at).is_some_and(|unit| (0xDC00..0xE000).contains(unit));
    if splits(offset) {
        return Err(says("begins in a middle of a UTF-16 symbol"));
    }
    if splits(end) {
        return Err(says(&format!("ends in a middle of a UTF-16 symbol at UTF-16 offset {end}")));
    }
    let url = entity["url"].as_str().map(str::to_owned);
    if kind == "text_link" && !url.as_deref().is_some_and(is_good_link) {
        return Err(Refusal::bad_request(&format!("entity URL '{}' is invalid", url.unwrap_or_default())));
    }
    let language = entity["language"].as_str().map(str::to_owned);
    Ok(Entity { kind: kind.to_owned(), offset, length, url, language })
}

/// Whether Telegram makes a link of it.
pub fn is_good_link(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| match url.scheme() {
        "http" | "https" => url.host_str().is_some_and(|host| host.contains('.') || host.starts_with('[')),
        "tg" | "ton" => true,
        _ => false,
    })
}

/// What the documentation says of nesting: <https://core.telegram.org/bots/api#formatting-options>.
fn together(outer: &Entity, inner: &Entity) -> Result<(), Refusal> {
    if !outer.meets(inner) {
        return Ok(());
    }
    let refuse = |why: &str| {
        let (outer, inner) = (&outer.kind, &inner.kind);
        Err(Refusal::bad_request(&format!("can't parse entities: {outer} and {inner} {why}")))
    };
    if !outer.contains(inner) && !inner.contains(outer) {
        return refuse("overlap");
    }
    let is_around = |one: &Entity, other: &Entity| one.is_quote() && !other.is_quote() && one.contains(other);
    if is_around(outer, inner) || is_around(inner, outer) {
        return Ok(());
    }
    if outer.is_code() || inner.is_code() {
        return refuse("can't be nested");
    }
    if outer.kind == inner.kind {
        return refuse("are the same twice");
    }
    if outer.is_style() || inner.is_style() { Ok(()) } else { refuse("can't be nested") }
}

/// The text without what the server strips at its ends; the entities moved with it.
fn trimmed(text: &str, entities: Vec<Entity>) -> (String, Vec<Entity>) {
    let without_start = text.trim_start();
    let cut = length(text) - length(without_start);
    let text = without_start.trim_end();
    let end = length(text);
    let moved = entities.into_iter().filter_map(|entity| {
        let (from, to) = (entity.offset.saturating_sub(cut), entity.end().saturating_sub(cut).min(end));
        (from < to).then(|| Entity { offset: from, length: to - from, ..entity })
    });
    let moved = moved.collect();
    (text.to_owned(), moved)
}

/// What the server itself finds in a text: addresses, mentions, hashtags and commands that can be pressed.
fn found(text: &str, marked: &[Entity]) -> Vec<Entity> {
    let mut all = addresses(text);
    let characters: Vec<char> = text.chars().collect();
    let mut offset = 0;
    for (index, character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = &characters[index + 1..];
        if let Some((kind, length)) = pressable(*character, before, after) {
            let entity = Entity::new(kind, offset, length);
            if !all.iter().any(|address| address.meets(&entity)) {
                all.push(entity);
            }
        }
        offset += character.len_utf16();
    }
    let is_free = |entity: &Entity, taken: &Entity| !entity.meets(taken) || taken.is_style() || taken.is_quote();
    all.retain(|entity| marked.iter().all(|taken| is_free(entity, taken)));
    all
}

/// What begins with this sign, and how long it is: as the library behind the real server has it (`TDLib`,
/// `MessageEntity.cpp`).
fn pressable(sign: char, before: Option<char>, after: &[char]) -> Option<(&'static str, usize)> {
    let is_word = |character: &char| character.is_alphanumeric() || *character == '_';
    let is_plain = |character: &&char| character.is_ascii_alphanumeric() || **character == '_';
    if before.as_ref().is_some_and(is_word) {
        return None;
    }
    let plain = after.iter().take_while(is_plain).count();
    let next = after.get(plain).copied();
    match sign {
        '@' if (2..=32).contains(&plain) => Some(("mention", 1 + plain)),
        '/' if (1..=64).contains(&plain) && !matches!(before, Some('/' | '<' | '>')) => {
            let bot = after[plain..].iter().skip(1).take_while(is_plain).count();
            let named = if next == Some('@') && bot >= 3 { 1 + bot } else { 0 };
            (!matches!(next, Some('/' | '<' | '>'))).then_some(("bot_command", 1 + plain + named))
        }
        '#' => {
            let tag: Vec<&char> = after.iter().take_while(|character| is_word(character)).collect();
            let length = tag.iter().map(|character| character.len_utf16()).sum::<usize>();
            tag.iter().any(|character| character.is_alphabetic()).then_some(("hashtag", 1 + length))
        }
        _ => None,
    }
}

/// Addresses of pages and of mailboxes.
fn addresses(text: &str) -> Vec<Entity> {
    let is_part = |character: char| character.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character);
    let mut all = Vec::new();
    let mut offset = 0;
    for run in text.split_inclusive(|character: char| !is_part(character)) {
        let run_length = length(run);
        let bare = run.trim_start_matches(['(', '[', '\'']);
        let start = run_length - length(bare);
        let bare = bare.trim_end_matches(|character: char| !character.is_alphanumeric() && character != '/');
        if let Some(kind) = kind_of_address(bare) {
            all.push(Entity::new(kind, offset + start, length(bare)));
        }
        offset += run_length;
    }
    all
}

fn kind_of_address(word: &str) -> Option<&'static str> {
    const ENDINGS: &[&str] = &["com", "org", "net", "io", "de", "me", "app", "dev"];
    if word.starts_with("http://") || word.starts_with("https://") {
        return is_good_link(word).then_some("url");
    }
    let (mailbox, host) = word.split_once('@').map_or((None, word), |(mailbox, host)| (Some(mailbox), host));
    let host = host.split(['/', '?', ':']).next().unwrap_or_default();
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = !name.is_empty() && ENDINGS.contains(&ending.to_lowercase().as_str());
    match mailbox {
        Some("") => None,
        Some(_) => is_host.then_some("email"),
        None => is_host.then_some("url"),
    }
}

/// The stretch of text that an entity covers.
pub fn covered(text: &str, entity: &Entity) -> String {
    let units: Vec<u16> = text.encode_utf16().skip(entity.offset).take(entity.length).collect();
    String::from_utf16_lossy(&units)
}

/// The text as people see it, with signs for what they see as letters of another kind.
pub fn drawn(text: &str, entities: &[Entity]) -> String {
    let mut drawn = String::new();
    let mut offset = 0;
    let is_drawn = |entity: &&Entity| !sign(entity).0.is_empty() || entity.kind == "text_link" || entity.is_quote();
    let shown: Vec<&Entity> = entities.iter().filter(is_drawn).collect();
    let mut is_quoted = false;
    for character in text.chars() {
        // What opened last closes first.
        for entity in shown.iter().rev().filter(|entity| entity.end() == offset) {
            drawn.push_str(&sign(entity).1);
            is_quoted &= !entity.is_quote();
        }
        for entity in shown.iter().filter(|entity| entity.offset == offset) {
            is_quoted |= entity.is_quote();
            drawn.push_str(&sign(entity).0);
        }
        drawn.push(character);
        if is_quoted
            && character == '\n'
            && shown.iter().all(|entity| !(entity.is_quote() && entity.end() == offset + 1))
        {
            drawn.push_str("> ");
        }
        offset += character.len_utf16();
    }
    for entity in shown.iter().rev().filter(|entity| entity.end() == offset) {
        drawn.push_str(&sign(entity).1);
    }
    drawn
}

fn sign(entity: &Entity) -> (String, String) {
    let both = |sign: &str| (sign.to_owned(), sign.to_owned());
    match entity.kind.as_str() {
        "bold" => both("**"),
        "italic" => both("_"),
        "underline" => both("__"),
        "strikethrough" => both("~~"),
        "spoiler" => both("||"),
        "code" => both("`"),
        "pre" => both("```"),
        "blockquote" | "expandable_blockquote" => ("> ".to_owned(), String::new()),
        "text_link" => ("[".to_owned(), format!("]({})", entity.url.as_deref().unwrap_or_default())),
        _ => (String::new(), String::new()),
    }
}
