//! How a JSON document of no known format tells its state: where what stands, and what the values mean.

use crate::domain::{Condition, Phase};

/// Where a source of the kind `json` tells what. All paths are `JSONPath` (RFC 9535), checked where they were configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonRule {
    /// The overall condition; of several values the worst counts.
    pub condition: Option<String>,
    /// What values of conditions mean; they are compared without regard to case. Where there are none, the values are read
    /// as words.
    pub values: Vec<(String, Condition)>,
    /// What values of phases mean, likewise.
    pub phases: Vec<(String, Phase)>,
    /// The named parts.
    pub components: Option<JsonComponents>,
    /// What was posted.
    pub incidents: Option<JsonIncidents>,
}

/// Where components stand; `$` in the paths of its fields is one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonComponents {
    /// The list of them, or each of them.
    pub each: String,
    /// What it is called.
    pub name: String,
    /// Its id.
    pub id: Option<String>,
    /// How well it is.
    pub condition: Option<String>,
}

/// Where incidents stand; `$` in the paths of its fields is one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonIncidents {
    /// The list of them, or each of them.
    pub each: String,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// How bad it is.
    pub condition: Option<String>,
    /// Where it stands.
    pub phase: Option<String>,
    /// When it began.
    pub started_at: Option<String>,
    /// When it was over.
    pub resolved_at: Option<String>,
    /// What is said about it.
    pub body: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// The names of what it touches.
    pub components: Option<String>,
}
