//! The words in which the Bot API says no.

use serde_json::{Value, json};

/// What a call is refused with.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub code: u16,
    pub description: String,
    parameters: Option<Value>,
}

/// What a call gives.
pub type Outcome = Result<Value, Refusal>;

impl Refusal {
    fn new(code: u16, name: &str, description: &str) -> Self {
        let description = if description.is_empty() { name.to_owned() } else { format!("{name}: {description}") };
        Self { code, description, parameters: None }
    }

    pub fn bad_request(description: &str) -> Self {
        Self::new(400, "Bad Request", description)
    }

    pub fn forbidden(description: &str) -> Self {
        Self::new(403, "Forbidden", description)
    }

    pub fn conflict(description: &str) -> Self {
        Self::new(409, "Conflict", description)
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized", "")
    }

    pub fn not_found() -> Self {
        Self::new(404, "Not Found", "")
    }

    /// In a test's own words.
    pub fn other(code: u16, description: &str) -> Self {
        Self { code, description: description.to_owned(), parameters: None }
    }

    /// Too fast: nothing more for so many seconds.
    pub fn flood(retry_after: u64) -> Self {
        let refusal = Self::new(429, "Too Many Requests", &format!("retry after {retry_after}"));
        Self { parameters: Some(json!({ "retry_after": retry_after })), ..refusal }
    }

    /// The group has become a supergroup.
    pub fn migrated(to: i64) -> Self {
        let refusal = Self::bad_request("group chat was upgraded to a supergroup chat");
        Self { parameters: Some(json!({ "migrate_to_chat_id": to })), ..refusal }
    }

    /// The whole answer.
    pub fn body(&self) -> Value {
        let mut body = json!({ "ok": false, "error_code": self.code, "description": self.description });
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}
