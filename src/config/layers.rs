//! Settings in layers: the built-in file, the operator's file, environment variables. The upper one wins, key by key.

use std::{collections::BTreeMap, fmt::Display, time::Duration};

use crate::config::{
    document::{Entry, Table, Value},
    fault::{Fault, Place, suggestion},
};

/// What environment variables that set a key begin with.
const PREFIX: &str = "FOGHORN_";

/// Names that Kubernetes gives every container when a service called `foghorn` exists; they are not meant for us.
/// Source: <https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables> (read 2026-08-30).
const FROM_KUBERNETES: [&str; 3] = ["FOGHORN_SERVICE_HOST", "FOGHORN_SERVICE_PORT", "FOGHORN_PORT"];

/// The layers, and what was found wrong while reading them.
pub(super) struct Layers {
    built_in: Table,
    file: Option<Table>,
    /// `poll.interval` → what its variable holds.
    variables: BTreeMap<String, Entry>,
    faults: Vec<Fault>,
}

impl Layers {
    /// The layers of these files and variables; what names no key of the built-in file is a fault.
    pub(super) fn new(built_in: Table, file: Option<Table>, environment: &[(String, String)]) -> Self {
        let mut layers = Self { built_in, file, variables: BTreeMap::new(), faults: Vec::new() };
        let known = layers.known();
        layers.take_variables(&known, environment);
        layers.refuse_unknown(&known);
        layers
    }

    /// The faults found so far.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// Adds a fault at a key's place.
    pub(super) fn fault(&mut self, key: &str, message: impl Display) {
        let place = self.chosen(key).place.clone();
        self.fault_at(&place, key, message);
    }

    /// Adds a fault at the place of one value of a key's list.
    pub(super) fn fault_at(&mut self, place: &Place, key: &str, message: impl Display) {
        self.faults.push(Fault::new(place, format!("`{key}`: {message}")));
    }

    /// Whether the operator set this key, be it to its default.
    pub(super) fn is_set(&self, key: &str) -> bool {
        self.variables.contains_key(key) || find(self.file.as_ref(), key).is_some()
    }

    /// What `parse` makes of a key's value. When it makes nothing of it, that is a fault and the default counts.
    pub(super) fn read<T>(&mut self, key: &str, expected: &str, parse: impl Fn(&Value) -> Option<T>) -> T {
        let value = &self.chosen(key).value;
        if let Some(read) = parse(value) {
            return read;
        }
        let found = value.describe();
        self.fault(key, format!("expected {expected}, found {found}"));
        self.default_of(key, parse)
    }

    /// As [`Layers::read`] for keys beside a token: what was found is not repeated, for it may be one put there by mistake.
    pub(super) fn read_discreetly<T>(&mut self, key: &str, expected: &str, parse: impl Fn(&Value) -> Option<T>) -> T {
        if let Some(read) = parse(&self.chosen(key).value) {
            return read;
        }
        self.fault(key, format!("expected {expected}"));
        self.default_of(key, parse)
    }

    /// A text, empty or not.
    pub(super) fn text(&mut self, key: &str) -> String {
        self.read(key, "a text in quotes", |value| value.text().map(str::to_owned))
    }

    /// A switch.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        self.read(key, "`true` or `false`", |value| match value {
            Value::Flag(flag) => Some(*flag),
            Value::Raw(text) => text.parse().ok(),
            Value::Text(_) | Value::Integer(_) | Value::List(_) | Value::Table(_) | Value::Other(_) => None,
        })
    }

    /// A whole number between these two.
    pub(super) fn count(&mut self, key: &str, least: u32, most: u32) -> u32 {
        self.read(key, &format!("a whole number from {least} to {most}"), |value| {
            whole_number(value).filter(|count| (least..=most).contains(count))
        })
    }

    /// A span of time between these two.
    pub(super) fn span(&mut self, key: &str, example: &str, least: Duration, most: Duration) -> Duration {
        let [shortest, longest] = [least, most].map(|span| humantime::format_duration(span).to_string());
        let expected = format!("a span of time from {shortest} to {longest}, such as \"{example}\"");
        self.read(key, &expected, |value| value.text().and_then(span_of).filter(|span| (least..=most).contains(span)))
    }

    /// A list of texts, each with its place.
    pub(super) fn texts(&mut self, key: &str) -> Vec<(Place, String)> {
        let place = self.chosen(key).place.clone();
        self.read(key, "a list of texts, such as [\"one\", \"two\"]", |value| texts_of(value, &place))
    }

    /// The entries called `service` in the operator's file.
    pub(super) fn service_entry(&self) -> Option<&Entry> {
        self.file.as_ref()?.entry("service")
    }

    fn default_of<T>(&self, key: &str, parse: impl Fn(&Value) -> Option<T>) -> T {
        find(Some(&self.built_in), key)
            .and_then(|entry| parse(&entry.value))
            .expect("the built-in file has a good value for every key, as a test shows")
    }

    fn chosen(&self, key: &str) -> &Entry {
        self.variables
            .get(key)
            .or_else(|| find(self.file.as_ref(), key))
            .or_else(|| find(Some(&self.built_in), key))
            .expect("every key that is read stands in the built-in file, as a test shows")
    }

    /// Every key there is, as `section.key`.
    pub(super) fn known(&self) -> Vec<String> {
        sections(&self.built_in)
            .flat_map(|(section, table)| table.entries.iter().map(move |entry| format!("{section}.{}", entry.key)))
            .collect()
    }

    fn take_variables(&mut self, known: &[String], environment: &[(String, String)]) {
        let names: BTreeMap<String, &String> = known.iter().map(|key| (variable_of(key), key)).collect();
        for (name, text) in environment {
            if !name.starts_with(PREFIX) || name == super::FILE_VARIABLE || is_from_kubernetes(name) {
                continue;
            }
            let place = Place::Variable(name.as_str().into());
            match names.get(name) {
                Some(key) => {
                    let entry = Entry { key: (*key).clone(), place, value: Value::Raw(text.clone()) };
                    self.variables.insert((*key).clone(), entry);
                }
                None => {
                    let candidates = names.keys().map(String::as_str).chain([super::FILE_VARIABLE]);
                    let message = format!("there is no such setting{}", suggestion(name, candidates));
                    self.faults.push(Fault::new(&place, message));
                }
            }
        }
    }

    fn refuse_unknown(&mut self, known: &[String]) {
        let Some(file) = &self.file else { return };
        let section_names: Vec<&str> = sections(&self.built_in).map(|(name, _)| name).chain(["service"]).collect();
        for entry in &file.entries {
            let key = entry.key.as_str();
            let is_section = section_names.contains(&key);
            let message = match &entry.value {
                _ if key == "service" => continue,
                Value::Table(table) if is_section => {
                    for inner in &table.entries {
                        let key = format!("{key}.{}", inner.key);
                        if !known.contains(&key) {
                            let near = suggestion(&key, known.iter().map(String::as_str));
                            self.faults.push(Fault::new(&inner.place, format!("unknown key `{key}`{near}")));
                        }
                    }
                    continue;
                }
                Value::Table(_) => format!("unknown section `{key}`{}", suggestion(key, section_names.iter().copied())),
                Value::Text(_)
                | Value::Raw(_)
                | Value::Integer(_)
                | Value::Flag(_)
                | Value::List(_)
                | Value::Other(_) => {
                    if is_section {
                        format!("`{key}` is a section: write [{key}] and its keys below")
                    } else {
                        format!("unknown key `{key}`{}", suggestion(key, known.iter().map(String::as_str)))
                    }
                }
            };
            self.faults.push(Fault::new(&entry.place, message));
        }
    }
}

/// The span of time that a text such as `1h 30m` names.
pub(super) fn span_of(text: &str) -> Option<Duration> {
    humantime::parse_duration(text).ok()
}

/// The number when it is whole, not negative and of 32 bits.
pub(super) fn whole_number(value: &Value) -> Option<u32> {
    match value {
        Value::Integer(number) => u32::try_from(*number).ok(),
        Value::Raw(text) => text.trim().parse().ok(),
        Value::Text(_) | Value::Flag(_) | Value::List(_) | Value::Table(_) | Value::Other(_) => None,
    }
}

/// The texts of a list, each with its place; what a variable holds stands at the variable's.
pub(super) fn texts_of(value: &Value, place: &Place) -> Option<Vec<(Place, String)>> {
    match value {
        Value::List(items) => {
            items.iter().map(|(place, item)| item.text().map(|text| (place.clone(), text.to_owned()))).collect()
        }
        Value::Raw(text) => {
            let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
            Some(words.map(|word| (place.clone(), word.to_owned())).collect())
        }
        Value::Text(_) | Value::Integer(_) | Value::Flag(_) | Value::Table(_) | Value::Other(_) => None,
    }
}

/// `poll.interval` → `FOGHORN_POLL__INTERVAL`.
fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.replacen('.', "__", 1).to_uppercase())
}

fn is_from_kubernetes(name: &str) -> bool {
    FROM_KUBERNETES.iter().any(|theirs| {
        name.strip_prefix(theirs)
            .is_some_and(|rest| rest.is_empty() || (rest.starts_with('_') && !rest.starts_with("__")))
    })
}

fn sections(table: &Table) -> impl Iterator<Item = (&str, &Table)> {
    table.entries.iter().filter_map(|entry| Some((entry.key.as_str(), table.table(&entry.key)?)))
}

fn find<'t>(table: Option<&'t Table>, key: &str) -> Option<&'t Entry> {
    let (section, key) = key.split_once('.')?;
    table?.table(section)?.entry(key)
}
