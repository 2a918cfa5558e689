//! One service, as a service file or a `[[service]]` in the configuration describes it.

use std::str::FromStr;

use crate::{
    config::{
        document::{Entry, Table, Value},
        fault::{Fault, Place, suggestion},
        json_rule,
        layers::{texts_of, whole_number},
        reading::{span_in, web_address},
    },
    domain::{ProbeRule, Role, Service, ServiceId, Source, SourceKind, clean_line},
};

const SERVICE_KEYS: [&str; 9] =
    ["id", "name", "aliases", "category", "homepage", "status_page", "depends_on", "alternatives", "source"];
const SOURCE_KEYS: [&str; 14] = [
    "kind",
    "url",
    "role",
    "parts",
    "reachable",
    "keyword",
    "slow_after",
    "failures",
    "successes",
    "condition",
    "values",
    "phases",
    "components",
    "incidents",
];
/// Keys that only a probe has.
const PROBE_KEYS: [&str; 3] = ["reachable", "keyword", "slow_after"];
/// Keys of those who must be found several times in a row.
const PATIENT_KEYS: [&str; 2] = ["failures", "successes"];

/// The category of a service that names none.
const DEFAULT_CATEGORY: &str = "other";

/// What people type for everything (`/unsubscribe all`), hence no name for anything.
const RESERVED: &str = "all";

/// A service with the places of the words that others may object to.
#[derive(Clone, Debug)]
pub(super) struct Described {
    /// The service.
    pub(super) service: Service,
    /// Where it begins.
    pub(super) place: Place,
    /// Every word of it and where it stands.
    words: Vec<(Place, String)>,
}

impl Described {
    /// Where a word stands (an alias, a service it names, its category), or where the service begins.
    pub(super) fn place_of(&self, word: &str) -> &Place {
        let found = self.words.iter().find(|(_, text)| text.to_lowercase() == word);
        found.map_or(&self.place, |(place, _)| place)
    }
}

/// How strict a service is looked at and how its keys are called in messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// What stands before a key in messages: `service.` in the configuration, nothing in a service file.
    pub(super) prefix: &'static str,
    /// Whether all its addresses must be https.
    pub(super) https_only: bool,
}

impl Rules {
    /// A web address as it stands there, if it may.
    fn address(self, text: &str) -> Option<String> {
        web_address(text).filter(|url| !self.https_only || url.scheme() == "https").map(|_| text.to_owned())
    }
}

/// The service that this table describes; `None` when a fault leaves none.
pub(super) fn read(table: &Table, rules: Rules, faults: &mut Vec<Fault>) -> Option<Described> {
    let mut fields = Fields { table, prefix: rules.prefix.to_owned(), words: Vec::new(), faults };
    fields.refuse_unknown(&SERVICE_KEYS);
    let id_form = "an id of 1 to 32 lowercase letters, digits and dashes, such as \"whatsapp\"";
    let id = fields.required("id", id_form, |text| ServiceId::new(text).filter(|_| text != RESERVED));
    let name = fields.required("name", "a name of 1 to 60 characters in one line", |text| {
        (!text.is_empty() && clean_line(text, 60) == text && text.to_lowercase() != RESERVED).then(|| text.to_owned())
    });
    let aliases = fields.words("aliases", "a word people type, of at most 60 characters", |text| {
        let alias = clean_line(text, 61).to_lowercase();
        (!alias.is_empty() && alias.chars().count() <= 60 && alias != RESERVED).then_some(alias)
    });
    let category = fields.optional("category", "a category's id, such as \"messaging\"", |text| {
        ServiceId::new(text).filter(|_| text != RESERVED).map(|id| id.as_str().to_owned())
    });
    let page_form = if rules.https_only {
        "an https address, such as \"https://www.example.org/\""
    } else {
        "a web address, such as \"https://www.example.org/\""
    };
    let homepage = fields.optional("homepage", page_form, |text| rules.address(text));
    let status_page = fields.optional("status_page", page_form, |text| rules.address(text));
    let depends_on = fields.words("depends_on", "a service's id", ServiceId::new);
    let alternatives = fields.words("alternatives", "a service's id", ServiceId::new);
    let words = fields.words;
    let sources = sources(table, rules, faults)?;
    let service = Service {
        id: id?,
        name: name?,
        aliases,
        category: category.unwrap_or_else(|| DEFAULT_CATEGORY.to_owned()),
        homepage,
        status_page,
        depends_on,
        alternatives,
        sources,
    };
    Some(Described { service, place: table.place.clone(), words })
}

fn sources(table: &Table, rules: Rules, faults: &mut Vec<Fault>) -> Option<Vec<Source>> {
    let Rules { prefix, .. } = rules;
    let Some(entry) = table.entry("source") else {
        faults.push(Fault::new(&table.place, format!("no source: expected at least one [[{prefix}source]]")));
        return None;
    };
    let Some(tables) = tables_of(entry) else {
        faults.push(Fault::new(&entry.place, format!("`{prefix}source`: expected [[{prefix}source]]")));
        return None;
    };
    let mut sources: Vec<Source> = Vec::new();
    for table in &tables {
        let prefix = format!("{prefix}source.");
        let Some(source) = source(Fields { table, prefix, words: Vec::new(), faults }, rules) else { continue };
        if sources.iter().any(|other| other.id == source.id) {
            let message =
                "another source of this service has the same kind and address: write one, with the parts of both";
            faults.push(Fault::new(&table.place, message));
        }
        sources.push(source);
    }
    // When one is lost to a fault, that has been said; an empty list has not.
    if tables.is_empty() {
        faults.push(Fault::new(&entry.place, format!("no source: expected at least one [[{prefix}source]]")));
    }
    Some(sources).filter(|sources| !sources.is_empty())
}

fn source(mut fields: Fields<'_, '_>, rules: Rules) -> Option<Source> {
    fields.refuse_unknown(&SOURCE_KEYS);
    let kinds = SourceKind::ALL.map(SourceKind::word).join(", ");
    let kind = fields.required("kind", &format!("one of {kinds}"), SourceKind::from_word);
    let form = if rules.https_only {
        "an https address without a user's name, such as \"https://status.example.org/\""
    } else {
        "a web address without a user's name, such as \"https://status.example.org/\""
    };
    let url = fields.required("url", form, |text| rules.address(text));
    let roles = Role::ALL.map(Role::word).join(", ");
    let role = fields.optional("role", &format!("one of {roles}"), Role::from_word);
    let parts = fields.words("parts", "the name of a component or the id of a product", |text| {
        (!text.trim().is_empty()).then(|| text.to_owned())
    });
    let probe = probe(&mut fields);
    let json = json_rule::read(&mut fields, kind);
    let (kind, url) = (kind?, url?);
    if kind == SourceKind::Json && json.is_none() {
        return None;
    }
    if kind == SourceKind::Http {
        if matches!(role, Some(Role::Official | Role::Reported)) {
            fields.fault(
                "role",
                "a probe is what we see, not what the provider or people say: expected \"measured\" or \"hint\"",
            );
        }
        fields.only_for(&["parts"], "a status feed");
    } else {
        fields.only_for(&PROBE_KEYS, "kind \"http\"");
        if role != Some(Role::Reported) {
            fields.only_for(&PATIENT_KEYS, "kind \"http\" or role \"reported\"");
        }
    }
    let usual = Source::new(kind, &url);
    Some(Source { role: role.unwrap_or(usual.role), parts, probe, json: json.map(Box::new), ..usual })
}

fn probe(fields: &mut Fields<'_, '_>) -> ProbeRule {
    let usual = ProbeRule::default();
    let range_form = "HTTP status codes, such as \"200-299\" or \"401\"";
    let reachable = fields.words("reachable", range_form, status_range);
    let is_empty_list = |entry: &Entry| matches!(&entry.value, Value::List(items) if items.is_empty());
    if fields.table.entry("reachable").is_some_and(is_empty_list) {
        fields.fault("reachable", format!("expected a list of {range_form}"));
    }
    let times_form = "a whole number from 1 to 100";
    let mut times = |key| fields.value(key, times_form, |value| whole_number(value).filter(|n| (1..=100).contains(n)));
    let (failures, successes) = (times("failures"), times("successes"));
    ProbeRule {
        reachable: if reachable.is_empty() { usual.reachable } else { reachable },
        keyword: fields
            .optional("keyword", "a text that is not empty", |text| (!text.is_empty()).then(|| text.to_owned())),
        slow_after: fields.value("slow_after", "a span of time, such as \"5s\"", |value| {
            span_in(value).filter(|span| !span.is_zero())
        }),
        failures: failures.unwrap_or(usual.failures),
        successes: successes.unwrap_or(usual.successes),
    }
}

/// `200-499` or `401` as an inclusive range of status codes.
fn status_range(text: &str) -> Option<(u16, u16)> {
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    let code = |text: &str| u16::from_str(text.trim()).ok().filter(|code| (100..=599).contains(code));
    let (low, high) = (code(low)?, code(high)?);
    (low <= high).then_some((low, high))
}

/// The tables of an array of tables, `None` when it is anything else.
pub(super) fn tables_of(entry: &Entry) -> Option<Vec<&Table>> {
    let Value::List(items) = &entry.value else { return None };
    items.iter().map(|(_, item)| if let Value::Table(table) = item { Some(table) } else { None }).collect()
}

/// Reads the keys of one table and notes what is wrong with them.
pub(super) struct Fields<'t, 'f> {
    pub(super) table: &'t Table,
    pub(super) prefix: String,
    pub(super) words: Vec<(Place, String)>,
    pub(super) faults: &'f mut Vec<Fault>,
}

impl Fields<'_, '_> {
    pub(super) fn refuse_unknown(&mut self, known: &[&str]) {
        let prefix = &self.prefix;
        let full: Vec<String> = known.iter().map(|key| format!("{prefix}{key}")).collect();
        for entry in self.table.entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let key = format!("{prefix}{}", entry.key);
            let near = suggestion(&key, full.iter().map(String::as_str));
            self.faults.push(Fault::new(&entry.place, format!("unknown key `{key}`{near}")));
        }
    }

    /// What `parse` makes of a value; `None` when the key is absent, or at fault, which is noted.
    fn value<T>(&mut self, key: &str, expected: &str, parse: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let entry = self.table.entry(key)?;
        let read = parse(&entry.value);
        if read.is_none() {
            self.fault(key, format!("expected {expected}, found {}", entry.value.describe()));
        } else if let Some(text) = entry.value.text() {
            self.words.push((entry.place.clone(), text.to_owned()));
        }
        read
    }

    /// As [`Fields::value`] for texts.
    pub(super) fn optional<T>(&mut self, key: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.value(key, expected, |value| value.text().and_then(&parse))
    }

    /// As [`Fields::optional`]; that the key is absent is a fault as well.
    fn required<T>(&mut self, key: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        if self.table.entry(key).is_none() {
            let message = format!("`{}{key}` is missing: expected {expected}", self.prefix);
            self.faults.push(Fault::new(&self.table.place, message));
        }
        self.optional(key, expected, parse)
    }

    /// The good ones in a list of texts; each bad one is a fault at its own place.
    fn words<T>(&mut self, key: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let Some(entry) = self.table.entry(key) else { return Vec::new() };
        let Some(texts) = texts_of(&entry.value, &entry.place) else {
            self.fault(key, format!("expected a list of texts, found {}", entry.value.describe()));
            return Vec::new();
        };
        let mut read = Vec::with_capacity(texts.len());
        for (place, text) in texts {
            match parse(&text) {
                Some(word) => {
                    read.push(word);
                    self.words.push((place, text));
                }
                None => {
                    let found = Value::Text(text).describe();
                    let message = format!("`{}{key}`: expected {expected}, found {found}", self.prefix);
                    self.faults.push(Fault::new(&place, message));
                }
            }
        }
        read
    }

    /// Notes keys that mean nothing here.
    pub(super) fn only_for(&mut self, keys: &[&str], whom: &str) {
        for key in keys {
            if self.table.entry(key).is_some() {
                self.fault(key, format!("only {whom} has this key"));
            }
        }
    }

    pub(super) fn fault(&mut self, key: &str, message: impl std::fmt::Display) {
        let place = self.table.entry(key).map_or(&self.table.place, |entry| &entry.place);
        self.faults.push(Fault::new(place, format!("`{}{key}`: {message}", self.prefix)));
    }
}
