//! What a request says, whichever of the forms that the Bot API takes it came in.

use serde_json::{Map, Value};
use url::form_urlencoded;

use super::refusal::Refusal;

/// The parameters of one call.
#[derive(Clone, Debug, Default)]
pub struct Parameters(Map<String, Value>);

impl Parameters {
    /// From the query of the address and the body.
    pub fn read(query: &str, content_type: &str, body: &[u8]) -> Result<Self, Refusal> {
        let mut all = of_pairs(query.as_bytes());
        all.extend(match content_type.split(';').next().unwrap_or_default().trim() {
            "application/json" if body.is_empty() => Map::new(),
            "application/json" => {
                serde_json::from_slice(body).map_err(|_| Refusal::bad_request("can't parse JSON object"))?
            }
            "application/x-www-form-urlencoded" => of_pairs(body),
            "multipart/form-data" => of_form(content_type, body)?,
            _ => Map::new(),
        });
        all.retain(|_, value| !value.is_null());
        Ok(Self(all))
    }

    /// A text; a number or a flag in JSON counts as its text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    pub fn integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.text(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        let number = text.trim().parse();
        number.map(Some).map_err(|_| Refusal::bad_request(&format!("invalid {name} specified")))
    }

    pub fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| matches!(text.to_lowercase().as_str(), "true" | "yes" | "1"))
    }

    /// An object or a list; outside JSON bodies they come as JSON in a text.
    pub fn object(&self, name: &str) -> Result<Option<Value>, Refusal> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| Refusal::bad_request(&format!("can't parse {name} JSON object"))),
            Some(value) => Ok(Some(value.clone())),
        }
    }
}

impl From<Map<String, Value>> for Parameters {
    fn from(all: Map<String, Value>) -> Self {
        Self(all)
    }
}

fn of_pairs(text: &[u8]) -> Map<String, Value> {
    form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect()
}

/// The text fields of a form; a file is nothing that this server stores.
fn of_form(content_type: &str, body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let wrong = || Refusal::bad_request("can't parse multipart/form-data");
    let (_, boundary) = content_type.split_once("boundary=").ok_or_else(wrong)?;
    let boundary = format!("--{}", boundary.split(';').next().unwrap_or_default().trim_matches('"'));
    let body = std::str::from_utf8(body).map_err(|_| wrong())?;
    let mut fields = Map::new();
    for part in body.split(&boundary).skip(1).filter(|part| !part.starts_with("--")) {
        let (head, value) = part.split_once("\r\n\r\n").ok_or_else(wrong)?;
        let (_, name) = head.split_once("name=\"").ok_or_else(wrong)?;
        let name = name.split('"').next().unwrap_or_default();
        let value = value.strip_suffix("\r\n").unwrap_or(value);
        fields.insert(name.to_owned(), Value::String(value.to_owned()));
    }
    Ok(fields)
}
