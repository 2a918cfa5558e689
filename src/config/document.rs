//! A TOML document in which every key and value knows its place.

use std::sync::Arc;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::fault::{Fault, Place};

/// A table, its keys in the order of the file.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Where its header stands.
    pub(super) place: Place,
    /// What stands in it.
    pub(super) entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) place: Place,
    /// What is set.
    pub(super) value: Value,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A string of a file.
    Text(String),
    /// What an environment variable holds: text, number, switch or list, as the key wants it.
    Raw(String),
    /// An integer of at most 64 bits.
    Integer(i64),
    /// `true` or `false`.
    Flag(bool),
    /// An array, each value with its place.
    List(Vec<(Place, Value)>),
    /// A table.
    Table(Table),
    /// What no key wants; named for the message.
    Other(&'static str),
}

impl Value {
    /// The text, for keys that want one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Raw(text) => Some(text),
            Self::Integer(_) | Self::Flag(_) | Self::List(_) | Self::Table(_) | Self::Other(_) => None,
        }
    }

    /// What was found, for a message; without what may be somebody's password.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Text(text) | Self::Raw(text) if text.is_empty() => "nothing".to_owned(),
            Self::Text(text) | Self::Raw(text) if text.contains('@') => "a text with `@`".to_owned(),
            Self::Text(text) | Self::Raw(text) => format!("`{}`", crate::domain::clean_line(text, 60)),
            Self::Integer(number) => format!("the number {number}"),
            Self::Flag(flag) => format!("`{flag}` without quotes"),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
            Self::Other(what) => (*what).to_owned(),
        }
    }
}

impl Table {
    /// The entry with this key.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Drops what stands on this line or below it, and every list: it may have been meant to end above.
    fn keep_above(&mut self, line: usize) {
        self.entries.retain_mut(|entry| {
            if let Value::Table(table) = &mut entry.value {
                table.keep_above(line);
            }
            let is_list = matches!(entry.value, Value::List(_));
            !is_list && matches!(&entry.place, Place::Line { line: of, .. } if *of < line)
        });
    }

    /// The table under this key, when there is one.
    pub(super) fn table(&self, key: &str) -> Option<&Self> {
        match &self.entry(key)?.value {
            Value::Table(table) => Some(table),
            Value::Text(_) | Value::Raw(_) | Value::Integer(_) | Value::Flag(_) | Value::List(_) | Value::Other(_) => {
                None
            }
        }
    }
}

/// A document with faults against TOML's grammar.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    /// Every fault, as far as it can be told apart from the first one.
    pub(super) faults: Vec<Fault>,
    /// What stands above the first fault: what is wrong there can be told as well.
    pub(super) above: Table,
}

/// Parses a TOML document.
///
/// # Errors
///
/// [`Broken`] when it is none.
pub(super) fn parse(file: &str, text: &str) -> Result<Table, Box<Broken>> {
    let lines = Lines { file: file.into(), text };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut table = lines.table(&table);
    let offsets = errors.iter().map(|error| error.span().map_or(0, |span| span.start));
    let Some(first) = offsets.min() else { return Ok(table) };
    let faults = errors.iter().map(|error| {
        let place = lines.place(error.span().map_or(0, |span| span.start));
        let column = if let Place::Line { column, .. } = &place { *column } else { 1 };
        // `message` alone: the error's own text quotes the line, which may hold what must not be shown.
        Fault::new(&place, format!("not valid TOML at column {column}: {}", error.message()))
    });
    let faults = faults.collect();
    if let Place::Line { line, .. } = lines.place(first) {
        table.keep_above(line);
    }
    Err(Box::new(Broken { faults, above: table }))
}

/// Turns offsets into places.
struct Lines<'t> {
    file: Arc<str>,
    text: &'t str,
}

impl Lines<'_> {
    fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |position| position + 1);
        Place::Line {
            file: Arc::clone(&self.file),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }

    fn table(&self, table: &Spanned<DeTable<'_>>) -> Table {
        self.table_at(self.place(table.span().start), table.get_ref())
    }

    fn table_at(&self, place: Place, table: &DeTable<'_>) -> Table {
        let mut keys: Vec<_> = table.iter().collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        let entries = keys.into_iter().map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            place: self.place(key.span().start),
            value: self.value(value),
        });
        Table { place, entries: entries.collect() }
    }

    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Value::Integer(number),
                Err(_) => Value::Other("a number that is too large"),
            },
            DeValue::Float(_) => Value::Other("a fraction"),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(_) => Value::Other("a date"),
            DeValue::Array(list) => {
                Value::List(list.iter().map(|item| (self.place(item.span().start), self.value(item))).collect())
            }
            DeValue::Table(table) => Value::Table(self.table_at(self.place(value.span().start), table)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(place: &Place) -> usize {
        match place {
            Place::Line { line, .. } => *line,
            Place::File(_) | Place::Variable(_) => 0,
        }
    }

    #[test]
    fn keys_and_tables_know_their_lines() {
        let table = parse("a.toml", "# first\n[poll]\ninterval = \"1s\"\n\n[[service]]\nid = \"a\"\n").unwrap();
        let poll = table.table("poll").unwrap();
        assert_eq!(line(&poll.place), 2);
        assert_eq!(poll.entry("interval").map(|entry| line(&entry.place)), Some(3));
        let Some(Value::List(services)) = table.entry("service").map(|entry| &entry.value) else { panic!("a list") };
        assert_eq!(line(&services[0].0), 5);
    }

    #[test]
    fn a_fault_against_the_grammar_has_its_line_and_shows_no_value() {
        let faults = parse("a.toml", "[discord]\ntoken = \"s3cret\nx = 1\ny = \n").unwrap_err().faults;
        assert!(faults.iter().any(|fault| line(&fault.place) == 2), "{faults:?}");
        assert!(faults.iter().any(|fault| line(&fault.place) == 4), "{faults:?}");
        assert!(!format!("{faults:?}").contains("s3cret"), "{faults:?}");
    }
}
