//! The outline of a JSON document: enough of it to tell its format, and never more than fits into little room.
//!
//! Of long lists the first rows are kept, of deep ones fewer, of long texts the beginning. The whole is read all the same: a
//! document that breaks off has no outline.

use std::{cell::Cell, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

/// The most values that are kept in all.
const MOST_VALUES: u32 = 8_000;
/// The most keys of one object.
const MOST_KEYS: usize = 100;
/// The most rows of a list, by how deep it lies; deeper lists are kept without rows.
const MOST_ROWS: [usize; 3] = [100, 100, 4];
/// Objects that lie deeper are kept without keys.
const DEEPEST: usize = 5;
/// The longest text, and key, in bytes. Ids, addresses and words of a state are shorter.
const LONGEST: usize = 300;

/// The outline of a document; `None` when it is no JSON.
pub(super) fn sketch(text: &str) -> Option<Value> {
    let left = Cell::new(MOST_VALUES);
    let mut source = serde_json::Deserializer::from_str(text);
    let value = Outline { depth: 0, left: &left }.deserialize(&mut source).ok()?;
    source.end().is_ok().then_some(value)
}

/// Draws a value that lies so deep.
#[derive(Clone, Copy)]
struct Outline<'l> {
    depth: usize,
    left: &'l Cell<u32>,
}

impl Outline<'_> {
    fn below(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// Whether one value more may be kept.
    fn has_room(self) -> bool {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }
}

impl<'de> DeserializeSeed<'de> for Outline<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Outline<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(beginning(text).to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let most = MOST_ROWS.get(self.depth).copied().unwrap_or(0);
        let mut rows = Vec::new();
        while rows.len() < most && self.has_room() {
            match list.next_element_seed(self.below())? {
                Some(row) => rows.push(row),
                None => return Ok(Value::Array(rows)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(rows))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while fields.len() < MOST_KEYS && self.depth <= DEEPEST && self.has_room() {
            match object.next_key::<String>()? {
                Some(key) => {
                    let value = object.next_value_seed(self.below())?;
                    fields.insert(beginning(&key).to_owned(), value);
                }
                None => return Ok(Value::Object(fields)),
            }
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Object(fields))
    }
}

fn beginning(text: &str) -> &str {
    (0..=LONGEST.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_document_is_drawn_whole() {
        let text = r#"[{"a": 1, "b": [-2, 3.5, {"c": {"d": null}}], "e": {"f": {"g": "x"}}}]"#;
        assert_eq!(sketch(text), serde_json::from_str(text).ok());
        assert_eq!(sketch("7"), Some(Value::from(7)));
        assert_eq!(sketch("[1, 2"), None);
        assert_eq!(sketch("{} {}"), None);
    }

    #[test]
    fn a_long_one_keeps_its_shape() {
        let row = format!(r#"{{"id": "{}", "parts": [{}]}}"#, "x".repeat(1_000), vec!["{\"deep\": [0]}"; 50].join(","));
        let text = format!(r#"{{"rows": [{}], "last": 1}}"#, vec![row; 300].join(","));
        let drawn = sketch(&text).unwrap();
        assert_eq!(drawn["rows"].as_array().unwrap().len(), 100);
        assert_eq!(drawn["rows"][99]["id"].as_str().unwrap().len(), LONGEST);
        assert_eq!(drawn["last"], 1);
        assert!(drawn.to_string().len() < text.len() / 10);
    }

    #[test]
    fn however_much_there_is_little_is_kept() {
        let many = vec!["{\"a\":0}"; 90].join(",");
        let text =
            format!("{{{}}}", (0..5_000).map(|key| format!("\"k{key}\":[{many}]")).collect::<Vec<_>>().join(","));
        fn count(value: &Value) -> usize {
            match value {
                Value::Array(rows) => 1 + rows.iter().map(count).sum::<usize>(),
                Value::Object(fields) => 1 + fields.values().map(count).sum::<usize>(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
            }
        }
        assert!(count(&sketch(&text).unwrap()) <= 8_001);
    }
}
