//! What reading JSON may take in memory: a deserializer that counts the room of everything that is kept.
//!
//! A row of a list takes as much room as its type has fields, however little stands in it, so a document of nothing but tiny
//! rows would take many times its bytes. Such a document is refused as soon as the count shows it; no status page is one.
//! What is passed over (unknown keys) costs nothing.

use std::{cell::Cell, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

/// The room of what is read may be so many times the document's characters …
const TIMES: usize = 3;

/// … and so much, in bytes, for what is short.
const AT_LEAST: usize = 128 * 1024;

/// Counts the room that is left.
#[derive(Debug)]
pub(super) struct Meter {
    left: Cell<usize>,
    is_spent: Cell<bool>,
    /// What an object takes beside its own type: a map of keys is more than the place where it begins.
    each_object: usize,
}

impl Meter {
    /// For shapes that are described: objects become rows of a known size.
    pub(super) fn of_rows(text: &str) -> Self {
        Self::new(allowed(text, TIMES), 0)
    }

    /// For documents that are kept as they are, each object as a map: those take most, so they may.
    pub(super) fn of_maps(text: &str) -> Self {
        Self::new(allowed(text, 2 * TIMES), MAP)
    }

    fn new(bytes: usize, each_object: usize) -> Self {
        Self { left: Cell::new(bytes), is_spent: Cell::new(false), each_object }
    }

    /// Reads a value and counts what it takes.
    pub(super) fn read<'de, D: Deserializer<'de>, T: Deserialize<'de>>(&self, source: D) -> Result<T, D::Error> {
        T::deserialize(Metered { inner: source, meter: self })
    }

    /// Whether reading was broken off because the room did not suffice.
    pub(super) fn is_spent(&self) -> bool {
        self.is_spent.get()
    }

    fn take<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.is_spent.set(true);
                Err(E::custom(NOT_BELIEVED))
            }
        }
    }
}

/// Why a document is refused that takes more.
pub(super) const NOT_BELIEVED: &str = "a document of nothing but tiny rows is not believed";

/// The room of a map with a few keys: a leaf of the standard library's tree has eleven places for them.
const MAP: usize = 640;

/// Characters and not bytes: what is no text grows when it is decoded, and shall not pay for that.
fn allowed(text: &str, times: usize) -> usize {
    AT_LEAST + times * text.chars().count()
}

/// A deserializer, a visitor, a list, an object or a seed whose values are counted.
struct Metered<'m, T> {
    inner: T,
    meter: &'m Meter,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Metered<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_any(Metered { inner: visitor, meter: self.meter })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_option(Metered { inner: visitor, meter: self.meter })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_ignored_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Metered<'_, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(formatter)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<V::Value, E> {
        self.inner.visit_bool(flag)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<V::Value, E> {
        self.inner.visit_i64(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<V::Value, E> {
        self.inner.visit_u64(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<V::Value, E> {
        self.inner.visit_f64(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        self.inner.visit_str(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.inner.visit_borrowed_str(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        self.inner.visit_string(text)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Metered { inner: source, meter: self.meter })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Metered { inner: list, meter: self.meter })
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<V::Value, A::Error> {
        self.meter.take(size_of::<V::Value>() + self.meter.each_object)?;
        self.inner.visit_map(Metered { inner: object, meter: self.meter })
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let left = self.meter.left.get();
        let element = self.inner.next_element_seed(Metered { inner: seed, meter: self.meter })?;
        // An object has counted itself.
        if element.is_some() && self.meter.left.get() == left {
            self.meter.take(size_of::<S::Value>())?;
        }
        Ok(element)
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Metered<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let key = self.inner.next_key_seed(seed)?;
        // A key that is known by its number is a field of a row; one that is kept as text is a row by itself.
        if key.is_some() && size_of::<S::Value>() >= size_of::<String>() {
            self.meter.take(2 * size_of::<S::Value>())?;
        }
        Ok(key)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(Metered { inner: seed, meter: self.meter })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Metered<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Metered { inner: source, meter: self.meter })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_str};

    use super::*;

    fn read<T: for<'de> Deserialize<'de>>(meter: &Meter, text: &str) -> Result<T, serde_json::Error> {
        meter.read(&mut serde_json::Deserializer::from_str(text))
    }

    #[test]
    fn what_is_counted_is_read_as_ever() {
        let text = r#"{"a": [1, -2, 3.5, "x", "é\n", null, true, [], {}], "b": {"c": [[{"d": null}]]}}"#;
        assert_eq!(read::<Value>(&Meter::of_maps(text), text).unwrap(), from_str::<Value>(text).unwrap());
        assert_eq!(read::<Option<Vec<u8>>>(&Meter::of_rows("[]"), "[1, 2]").unwrap(), Some(vec![1, 2]));
        assert_eq!(read::<Option<u8>>(&Meter::of_rows(""), "null").unwrap(), None);
    }

    #[test]
    fn tiny_rows_are_refused_when_there_are_too_many() {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Wide {
            _texts: [Option<String>; 16],
        }
        let rows = |count: usize| format!("[{}]", vec!["{}"; count].join(","));
        assert_eq!(read::<Vec<Wide>>(&Meter::of_rows(""), &rows(300)).unwrap().len(), 300);
        let many = rows(60_000);
        let error = read::<Vec<Wide>>(&Meter::of_rows(&many), &many).map(|rows| rows.len()).unwrap_err();
        assert!(error.to_string().contains("tiny rows"), "{error}");
        assert!(read::<Value>(&Meter::of_maps(&many), &many).is_err());
        // What nobody keeps costs nothing.
        let passed_over = read::<serde::de::IgnoredAny>(&Meter::of_rows(&many), &many);
        assert!(passed_over.is_ok());
    }
}
