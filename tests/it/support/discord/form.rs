//! Reading of a request's fields, noting everything that is wrong with them and where.

use std::{cell::RefCell, ops::RangeInclusive};

use serde_json::{Map, Value};

use super::{limits, refusal::Refusal};

/// What was found wrong so far: where, Discord's code, its words.
#[derive(Default)]
pub struct Faults(RefCell<Vec<(String, &'static str, String)>>);

impl Faults {
    pub fn add(&self, path: &str, code: &'static str, message: impl Into<String>) {
        self.0.borrow_mut().push((path.to_owned(), code, message.into()));
    }

    pub fn into_result(self) -> Result<(), Refusal> {
        let faults = self.0.into_inner();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::form(&faults)) }
    }
}

/// An object in a request, and where it stands.
pub struct Form<'v> {
    fields: &'v Map<String, Value>,
    path: String,
    faults: &'v Faults,
}

impl<'v> Form<'v> {
    /// `None` if it is no object.
    pub fn new(value: &'v Value, path: &str, faults: &'v Faults) -> Option<Self> {
        if let Value::Object(fields) = value {
            return Some(Self { fields, path: path.to_owned(), faults });
        }
        faults.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        None
    }

    pub fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub fn fault(&self, key: &str, code: &'static str, message: impl Into<String>) {
        self.faults.add(&self.path(key), code, message);
    }

    /// Other fields than these are refused. Discord ignores them, and whoever sends one has misspelt something.
    pub fn only(&self, known: &[&str]) {
        for key in self.fields.keys().filter(|key| !known.contains(&key.as_str())) {
            self.fault(key, "UNKNOWN_FIELD", "There is no such field");
        }
    }

    /// `None` if absent or null.
    pub fn value(&self, key: &str) -> Option<&'v Value> {
        self.fields.get(key).filter(|value| !value.is_null())
    }

    /// Whether the field is there at all, be it null.
    pub fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    pub fn require(&self, key: &str) {
        if self.value(key).is_none() {
            self.fault(key, "BASE_TYPE_REQUIRED", "This field is required");
        }
    }

    pub fn text(&self, key: &str, bounds: RangeInclusive<usize>) -> Option<&'v str> {
        let value = self.value(key)?;
        let Some(text) = value.as_str() else {
            self.fault(key, "STRING_TYPE_CONVERT", format!("Could not interpret \"{value}\" as string."));
            return None;
        };
        self.check_length(key, length(text), &bounds);
        Some(text)
    }

    pub fn required_text(&self, key: &str, bounds: RangeInclusive<usize>) -> Option<&'v str> {
        self.require(key);
        self.text(key, bounds)
    }

    fn check_length(&self, key: &str, length: usize, bounds: &RangeInclusive<usize>) {
        let (least, most) = (*bounds.start(), *bounds.end());
        if bounds.contains(&length) {
        } else if least == 0 {
            self.fault(key, "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
        } else {
            self.fault(key, "BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length."));
        }
    }

    pub fn integer(&self, key: &str, bounds: RangeInclusive<i64>) -> Option<i64> {
        let value = self.value(key)?;
        let Some(number) = value.as_i64() else {
            self.fault(key, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int."));
            return None;
        };
        if number > *bounds.end() {
            let most = bounds.end();
            self.fault(key, "NUMBER_TYPE_MAX", format!("int value should be less than or equal to {most}."));
        } else if number < *bounds.start() {
            let least = bounds.start();
            self.fault(key, "NUMBER_TYPE_MIN", format!("int value should be greater than or equal to {least}."));
        }
        Some(number)
    }

    pub fn one_of(&self, key: &str, values: &[i64]) -> Option<i64> {
        let number = self.integer(key, i64::MIN..=i64::MAX)?;
        if !values.contains(&number) {
            self.fault(key, "BASE_TYPE_CHOICES", format!("Value must be one of {values:?}."));
        }
        Some(number)
    }

    pub fn boolean(&self, key: &str) -> Option<bool> {
        let value = self.value(key)?;
        if value.as_bool().is_none() {
            self.fault(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
        value.as_bool()
    }

    pub fn snowflake(&self, key: &str) -> Option<u64> {
        let value = self.value(key)?;
        let id = snowflake(value);
        if id.is_none() {
            self.fault(key, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not snowflake."));
        }
        id
    }

    pub fn snowflakes(&self, key: &str, most: usize) -> Vec<u64> {
        let read = |(index, value): (usize, &Value)| {
            let id = snowflake(value);
            if id.is_none() {
                let message = format!("Value \"{value}\" is not snowflake.");
                self.fault(&format!("{key}.{index}"), "NUMBER_TYPE_COERCE", message);
            }
            id
        };
        self.list(key, 0..=most).iter().enumerate().filter_map(read).collect()
    }

    pub fn url(&self, key: &str, most: usize) -> Option<&'v str> {
        let text = self.text(key, 0..=most)?;
        match url::Url::parse(text) {
            // As observed: no host without a dot, such as localhost, whatever the scheme.
            Ok(address) if !is_public(&address) && address.has_host() => {
                self.fault(key, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            }
            Ok(address) if ["http", "https"].contains(&address.scheme()) && address.has_host() => {}
            Ok(address) => {
                let message = format!(
                    "Scheme \"{}\" is not supported. Scheme must be one of ('http', 'https').",
                    address.scheme()
                );
                self.fault(key, "URL_TYPE_INVALID_SCHEME", message);
            }
            Err(_) => self.fault(key, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
        }
        Some(text)
    }

    pub fn list(&self, key: &str, bounds: RangeInclusive<usize>) -> &'v [Value] {
        let Some(value) = self.value(key) else { return &[] };
        let Some(list) = value.as_array() else {
            self.fault(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return &[];
        };
        self.check_length(key, list.len(), &bounds);
        list
    }

    /// The objects of a list, each at its place.
    pub fn forms(&self, key: &str, bounds: RangeInclusive<usize>) -> Vec<Self> {
        let path = self.path(key);
        let list = self.list(key, bounds).iter().enumerate();
        list.filter_map(|(index, value)| Form::new(value, &format!("{path}.{index}"), self.faults)).collect()
    }

    pub fn form(&self, key: &str) -> Option<Self> {
        Form::new(self.value(key)?, &self.path(key), self.faults)
    }

    /// The keys and values of an object whose keys are free.
    pub fn entries(&self) -> impl Iterator<Item = (&'v str, &'v Value)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value))
    }
}

/// Whether an address is one of a host that could be in the web.
fn is_public(address: &url::Url) -> bool {
    address.host_str().is_some_and(|host| host.contains('.') || host.starts_with('['))
}

/// Length as limits count it.
pub fn length(text: &str) -> usize {
    text.trim().encode_utf16().count()
}

fn snowflake(value: &Value) -> Option<u64> {
    value.as_str().map_or_else(|| value.as_u64(), |text| text.parse().ok()).filter(|id| *id > 0)
}

/// Whether names and descriptions may be given in this locale.
pub fn is_locale(locale: &str) -> bool {
    limits::LOCALES.contains(&locale)
}
