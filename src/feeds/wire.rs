//! JSON read leniently: a field of another type than usual is passed over and never fails the whole document.

use std::{fmt, marker::PhantomData};

use chrono::{DateTime, Utc};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::{Value, error::Category};

use crate::feeds::{
    ParseError, document,
    meter::{Meter, NOT_BELIEVED},
    tidy::LONGEST_NAME,
    time,
};

/// A text, a number or a flag: ids and codes change their type between versions of one product.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Scalar {
    /// Absent, null, or no scalar at all.
    #[default]
    Nothing,
    Flag(bool),
    Whole(i64),
    Fraction(f64),
    Text(String),
}

/// An object, or nothing where something else stands.
#[derive(Debug)]
pub(super) struct Object<T>(pub(super) Option<T>);

/// A list. A missing list and one of a wrong type are different things (FORMATS §2 rule 2).
#[derive(Debug, Default)]
pub(super) enum List<T> {
    /// Absent or null.
    #[default]
    Absent,
    /// Something that is no list.
    Wrong,
    /// The list.
    Items(Vec<T>),
}

/// An object whose keys are names or ids, in the document's order.
#[derive(Debug)]
pub(super) struct Table<T>(pub(super) Vec<(String, T)>);

/// A scalar, or an object that wraps it: APIs begin to wrap their codes and times from one version to the next (Cachet).
#[derive(Debug)]
pub(super) enum Either<T> {
    /// As it was.
    Plain(Scalar),
    /// As it became.
    Wrapped(Box<T>),
}

/// The document as `T`.
pub(super) fn json<T: DeserializeOwned>(text: &str) -> Result<T, ParseError> {
    let text = document::json_text(text)?;
    whole(text, &Meter::of_rows(text))
}

/// As [`json`], of a document that something else may follow.
pub(super) fn json_at_start<T: DeserializeOwned>(text: &str) -> Result<T, ParseError> {
    let text = document::json_text(text)?;
    let meter = Meter::of_rows(text);
    meter.read(&mut serde_json::Deserializer::from_str(text)).map_err(|error| reason(&error, &meter))
}

/// The document as it is.
pub(super) fn value(text: &str) -> Result<Value, ParseError> {
    let text = document::json_text(text)?;
    whole(text, &Meter::of_maps(text))
}

fn whole<T: DeserializeOwned>(text: &str, meter: &Meter) -> Result<T, ParseError> {
    let mut source = serde_json::Deserializer::from_str(text);
    let read = meter.read(&mut source).and_then(|value| source.end().map(|()| value));
    read.map_err(|error| reason(&error, meter))
}

fn reason(error: &serde_json::Error, meter: &Meter) -> ParseError {
    if meter.is_spent() {
        return ParseError { reason: NOT_BELIEVED.to_owned() };
    }
    ParseError {
        reason: match error.classify() {
            Category::Eof => format!("truncated JSON: it ends at line {}, column {}", error.line(), error.column()),
            Category::Io | Category::Syntax | Category::Data => format!("broken JSON: {error}"),
        },
    }
}

impl Scalar {
    /// As text; empty counts as nothing.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Fraction(number) => Some(number.to_string()),
            Self::Text(text) => (!text.trim().is_empty()).then(|| text.clone()),
        }
    }

    /// As a name that is told of more than one thing: no longer than names are kept.
    pub(super) fn name(&self) -> Option<String> {
        let text = self.text()?;
        // One character more shows that it was cut.
        let end = text.char_indices().nth(LONGEST_NAME + 1).map_or(text.len(), |(end, _)| end);
        text.get(..end).map(str::to_owned)
    }

    /// As an address that others are made of; none is longer.
    pub(super) fn link(&self) -> Option<String> {
        self.text().filter(|text| text.len() <= LONGEST_LINK)
    }

    /// As a word to look up: lowercase, `_` for blanks and dashes.
    pub(super) fn word(&self) -> Option<String> {
        let text = self.text()?;
        Some(text.trim().to_lowercase().replace([' ', '-'], "_"))
    }

    /// As a whole number, also when it stands in quotes or was printed as `3.0`.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Fraction(number) => without_fraction(*number),
            Self::Text(text) => text.trim().parse().ok().or_else(|| without_fraction(text.trim().parse().ok()?)),
            Self::Nothing | Self::Flag(_) => None,
        }
    }

    /// As a time (see [`time::parse_time`]).
    pub(super) fn time(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Whole(number) => time::from_epoch(*number),
            #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates, and absurd times are none")]
            Self::Fraction(number) => time::from_epoch(*number as i64),
            Self::Text(text) => time::parse_time(text),
            Self::Nothing | Self::Flag(_) => None,
        }
    }

    /// Whether it is `true`, also as a number or in quotes.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Flag(flag) => *flag,
            Self::Whole(number) => *number != 0,
            Self::Text(text) => ["true", "1"].into_iter().any(|yes| text.trim().eq_ignore_ascii_case(yes)),
            Self::Nothing | Self::Fraction(_) => false,
        }
    }

    /// Whether it stands there and is not `true`.
    pub(super) fn is_off(&self) -> bool {
        self.is_there() && !self.is_true()
    }

    /// Whether it stands there at all.
    pub(super) fn is_there(&self) -> bool {
        *self != Self::Nothing
    }
}

/// A number without a fraction, of a size that keeps its last digit.
fn without_fraction(number: f64) -> Option<i64> {
    let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
    is_whole.then_some(number as i64)
}

impl<T> Default for Object<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for Either<T> {
    fn default() -> Self {
        Self::Plain(Scalar::Nothing)
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> List<T> {
    /// What it holds; nothing when it is absent or no list.
    pub(super) fn items(&self) -> &[T] {
        match self {
            Self::Items(items) => items,
            Self::Absent | Self::Wrong => &[],
        }
    }
}

impl<T> List<Object<T>> {
    /// The objects it holds; other entries are passed over.
    pub(super) fn objects(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.items().iter().filter_map(|object| object.0.as_ref())
    }
}

/// Accepts whatever stands there; what is given per shape is kept, the rest drained.
struct Anything<T>(PhantomData<T>);

/// A shape that is made from whatever stands in the document.
trait Accept<'de>: Default {
    fn scalar(_scalar: Scalar) -> Self {
        Self::default()
    }

    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }

    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

impl<'de, T: Accept<'de>> Visitor<'de> for Anything<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::scalar(Scalar::Nothing))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<T, E> {
        Ok(T::scalar(Scalar::Flag(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(T::scalar(Scalar::Whole(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::scalar(i64::try_from(number).map_or_else(|_| Scalar::Text(number.to_string()), Scalar::Whole)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::scalar(Scalar::Fraction(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::scalar(Scalar::Text(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<T, E> {
        Ok(T::scalar(Scalar::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::object(object)
    }
}

impl Accept<'_> for Scalar {
    fn scalar(scalar: Scalar) -> Self {
        scalar
    }
}

impl<'de, T: Deserialize<'de>> Accept<'de> for Object<T> {
    fn object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(|value| Self(Some(value)))
    }
}

/// The longest address of a page, in bytes.
const LONGEST_LINK: usize = 500;

/// The most entries of one list that are kept: more than any page has. Behind them nothing is read.
const MOST_ENTRIES: usize = 4_000;

/// What a list may hold. Of things in a row that are of no use, the first alone is kept: they take as much room as others.
pub(super) trait Row {
    fn is_void(&self) -> bool {
        false
    }
}

impl Row for Scalar {}

impl<T> Row for Object<T> {
    fn is_void(&self) -> bool {
        self.0.is_none()
    }
}

impl<T> Row for List<T> {}

impl<T> Row for Either<T> {}

/// Lets a list grow by a quarter: rows take far more room than their text, and of a list that doubles three times as much as
/// it holds is there while it grows.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 4 + 4);
    }
}

impl<'de, T: Deserialize<'de> + Row> Accept<'de> for List<T> {
    fn scalar(scalar: Scalar) -> Self {
        if scalar.is_there() { Self::Wrong } else { Self::Absent }
    }

    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut items = Vec::new();
        while items.len() < MOST_ENTRIES
            && let Some(item) = list.next_element()?
        {
            let is_void_again = T::is_void(&item) && items.last().is_some_and(T::is_void);
            if !is_void_again {
                make_room(&mut items);
                items.push(item);
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::Items(items))
    }

    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::Wrong)
    }
}

impl<'de, T: Deserialize<'de>> Accept<'de> for Table<T> {
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = object.next_entry()? {
            make_room(&mut rows);
            rows.push(row);
        }
        Ok(Self(rows))
    }
}

impl<'de, T: Deserialize<'de>> Accept<'de> for Either<T> {
    fn scalar(scalar: Scalar) -> Self {
        Self::Plain(scalar)
    }

    fn object<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(|wrapped| Self::Wrapped(Box::new(wrapped)))
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Either<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

impl<'de, T: Deserialize<'de> + Row> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Row {
        id: Scalar,
        list: List<Object<Row>>,
        table: Table<Scalar>,
    }

    fn read(text: &str) -> Row {
        json::<Object<Row>>(text).unwrap().0.unwrap()
    }

    #[test]
    fn a_field_of_another_type_is_passed_over() {
        let row = read(
            r#"{"id": {"deep": [1, {"x": null}]}, "list": [1, null, "x", [2], {"id": 7}], "table": [1], "new": {}}"#,
        );
        assert_eq!(row.id, Scalar::Nothing);
        assert_eq!(row.list.objects().map(|row| row.id.text()).collect::<Vec<_>>(), [Some("7".to_owned())]);
        assert!(row.table.0.is_empty());
    }

    #[test]
    fn an_absent_list_is_told_from_a_wrong_one() {
        assert!(matches!(read("{}").list, List::Absent));
        assert!(matches!(read(r#"{"list": null}"#).list, List::Absent));
        assert!(matches!(read(r#"{"list": "none"}"#).list, List::Wrong));
        assert!(matches!(read(r#"{"list": {}}"#).list, List::Wrong));
    }

    #[test]
    fn a_scalar_is_read_whatever_its_type() {
        assert_eq!(Scalar::Text("3".to_owned()).number(), Some(3));
        assert_eq!(Scalar::Whole(3).text(), Some("3".to_owned()));
        assert_eq!(Scalar::Text("Under-Maintenance now".to_owned()).word(), Some("under_maintenance_now".to_owned()));
        assert_eq!(Scalar::Fraction(240.0).number(), Some(240));
        assert_eq!(Scalar::Text("240.0".to_owned()).number(), Some(240));
        assert_eq!(Scalar::Fraction(0.5).number(), None);
        assert_eq!(Scalar::Text("1e300".to_owned()).number(), None);
        assert!(Scalar::Whole(1).is_true() && Scalar::Text("1".to_owned()).is_true());
        assert!(Scalar::Text("false".to_owned()).is_off() && !Scalar::Nothing.is_off());
        assert_eq!(Scalar::Text("  ".to_owned()).text(), None);
    }

    #[test]
    fn truncated_json_names_the_place() {
        let error = json::<Object<Row>>("{\"id\": 1,\n \"list\": [").unwrap_err();
        assert_eq!(error.reason, "truncated JSON: it ends at line 2, column 10");
    }
}
