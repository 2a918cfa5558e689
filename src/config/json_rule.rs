//! The keys of a source of the kind `json`: where its document tells what, and what the values mean.

use serde_json_path::JsonPath;

use crate::{
    config::{
        document::{Table, Value},
        fault::Fault,
        service_file::Fields,
    },
    domain::{Condition, JsonComponents, JsonIncidents, JsonRule, Phase, SourceKind},
};

/// Keys that only such a source has.
pub(super) const KEYS: [&str; 5] = ["condition", "values", "phases", "components", "incidents"];

const COMPONENT_KEYS: [&str; 4] = ["each", "name", "id", "condition"];
const INCIDENT_KEYS: [&str; 10] =
    ["each", "id", "title", "condition", "phase", "started_at", "resolved_at", "body", "url", "components"];

/// The rule that these keys describe; `None` for another kind, or when a fault leaves none.
pub(super) fn read(fields: &mut Fields<'_, '_>, kind: Option<SourceKind>) -> Option<JsonRule> {
    if kind != Some(SourceKind::Json) {
        if kind.is_some() {
            fields.only_for(&KEYS, "kind \"json\"");
        }
        return None;
    }
    let conditions = Condition::ALL.map(Condition::word).join(", ");
    let phases = Phase::ALL.map(Phase::word).join(", ");
    let is_told = ["condition", "components", "incidents"].into_iter().any(|key| fields.table.entry(key).is_some());
    if !is_told {
        fields.fault("condition", "is missing: a json source needs `condition`, `components` or `incidents`");
    }
    let values = meanings(fields, "values", &conditions, Condition::from_word);
    let meant = meanings(fields, "phases", &phases, Phase::from_word);
    let condition = path(fields, "condition");
    let components = section(fields, "components", &COMPONENT_KEYS, |fields| {
        let (each, name) = (required_path(fields, "each"), required_path(fields, "name"));
        let (id, condition) = (path(fields, "id"), path(fields, "condition"));
        Some(JsonComponents { each: each?, name: name?, id, condition })
    });
    let incidents = section(fields, "incidents", &INCIDENT_KEYS, |fields| {
        let (each, id) = (required_path(fields, "each"), required_path(fields, "id"));
        Some(JsonIncidents {
            title: path(fields, "title"),
            condition: path(fields, "condition"),
            phase: path(fields, "phase"),
            started_at: path(fields, "started_at"),
            resolved_at: path(fields, "resolved_at"),
            body: path(fields, "body"),
            url: path(fields, "url"),
            components: path(fields, "components"),
            each: each?,
            id: id?,
        })
    });
    is_told.then_some(JsonRule { condition, values, phases: meant, components, incidents })
}

/// A `JSONPath`; what is wrong with it is told with its place in it.
fn path(fields: &mut Fields<'_, '_>, key: &str) -> Option<String> {
    let expected = "a JSONPath, such as \"$.status.level\"";
    let text = fields.optional(key, expected, |text| text.starts_with('$').then(|| text.to_owned()))?;
    if let Err(error) = JsonPath::parse(&text) {
        fields.fault(key, format!("expected {expected}, found `{text}`, which is wrong {error}"));
        return None;
    }
    Some(text)
}

fn required_path(fields: &mut Fields<'_, '_>, key: &str) -> Option<String> {
    if fields.table.entry(key).is_none() {
        fields.fault(key, "is missing: expected a JSONPath, such as \"$.name\"");
    }
    path(fields, key)
}

/// A table of values with the word that each means.
fn meanings<T>(
    fields: &mut Fields<'_, '_>,
    key: &str,
    words: &str,
    from_word: impl Fn(&str) -> Option<T>,
) -> Vec<(String, T)> {
    let Some(entry) = fields.table.entry(key) else { return Vec::new() };
    let Value::Table(table) = &entry.value else {
        let message =
            format!("expected a table such as {{ green = \"operational\" }}, found {}", entry.value.describe());
        fields.fault(key, message);
        return Vec::new();
    };
    let mut read = Vec::with_capacity(table.entries.len());
    for entry in &table.entries {
        match entry.value.text().and_then(&from_word) {
            Some(meaning) => read.push((entry.key.clone(), meaning)),
            None => {
                let found = entry.value.describe();
                let message = format!("`{}{key}.{}`: expected one of {words}, found {found}", fields.prefix, entry.key);
                fields.faults.push(Fault::new(&entry.place, message));
            }
        }
    }
    read
}

/// A table of paths.
fn section<T>(
    fields: &mut Fields<'_, '_>,
    key: &str,
    known: &[&str],
    read: impl Fn(&mut Fields<'_, '_>) -> Option<T>,
) -> Option<T> {
    let entry = fields.table.entry(key)?;
    let Value::Table(table) = &entry.value else {
        fields.fault(key, format!("expected a table of paths, found {}", entry.value.describe()));
        return None;
    };
    let table: &Table = table;
    let prefix = format!("{}{key}.", fields.prefix);
    let mut inner = Fields { table, prefix, words: Vec::new(), faults: &mut *fields.faults };
    inner.refuse_unknown(known);
    read(&mut inner)
}
