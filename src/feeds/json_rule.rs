//! Any JSON document, read by the paths that its source configures.
//!
//! Survived: paths that lead nowhere (what they would tell is unknown, never fine), values of any scalar type, values that
//! nobody has explained, rows of another shape, and several values where one was meant (the worst counts).

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::{
    domain::{
        Component, Condition, JsonComponents, JsonIncidents, JsonRule, Observation, Phase, PostedIncident, PostedUpdate,
    },
    feeds::{
        ParseError,
        headline::{of_list, of_new_word, of_word},
        prose::{condition_of, plain},
        tidy::{mark, worst_open},
        time,
        wire::value,
    },
};

/// The most rows of one list that are looked at.
const MOST_ROWS: usize = 1_000;

/// The paths of one source, ready to be followed.
#[derive(Debug)]
pub struct JsonReader {
    rule: JsonRule,
    condition: Option<JsonPath>,
    components: Option<ComponentPaths>,
    incidents: Option<IncidentPaths>,
}

#[derive(Debug)]
struct ComponentPaths {
    each: JsonPath,
    name: JsonPath,
    id: Option<JsonPath>,
    condition: Option<JsonPath>,
}

#[derive(Debug)]
struct IncidentPaths {
    each: JsonPath,
    id: JsonPath,
    title: Option<JsonPath>,
    condition: Option<JsonPath>,
    phase: Option<JsonPath>,
    started_at: Option<JsonPath>,
    resolved_at: Option<JsonPath>,
    body: Option<JsonPath>,
    url: Option<JsonPath>,
    components: Option<JsonPath>,
}

impl JsonReader {
    /// Makes ready the paths of a rule.
    ///
    /// # Errors
    ///
    /// [`ParseError`] when one is no `JSONPath`.
    pub fn new(rule: JsonRule) -> Result<Self, ParseError> {
        Ok(Self {
            condition: maybe(rule.condition.as_ref())?,
            components: rule.components.as_ref().map(ComponentPaths::new).transpose()?,
            incidents: rule.incidents.as_ref().map(IncidentPaths::new).transpose()?,
            rule,
        })
    }

    /// Whether the document lists every part of the service.
    pub(super) fn lists_parts(&self) -> bool {
        self.components.is_some()
    }

    /// Reads a document.
    pub(super) fn read(&self, text: &str) -> Result<Observation, ParseError> {
        let root = value(text)?;
        let own = self.condition.as_ref().map(|path| self.condition_at(&root, path));
        let component_rows = self.components.as_ref().and_then(|paths| rows(&root, &paths.each));
        let components: Vec<Component> = match (&self.components, &component_rows) {
            (Some(paths), Some(rows)) => rows.iter().filter_map(|row| self.component(row, paths)).collect(),
            (Some(_), None) | (None, _) => Vec::new(),
        };
        let incident_rows = self.incidents.as_ref().and_then(|paths| rows(&root, &paths.each));
        let incidents: Vec<PostedIncident> = match (&self.incidents, &incident_rows) {
            (Some(paths), Some(rows)) => rows.iter().filter_map(|row| self.incident(row, paths)).collect(),
            (Some(_), None) | (None, _) => Vec::new(),
        };
        let lost = [
            (self.condition.as_ref(), own.is_some_and(|own| own.is_none())),
            (self.components.as_ref().map(|paths| &paths.each), component_rows.is_none()),
            (self.incidents.as_ref().map(|paths| &paths.each), incident_rows.is_none()),
        ];
        let lost = lost.into_iter().find_map(|(path, is_lost)| path.filter(|_| is_lost));
        if own.flatten().is_none() && component_rows.is_none() && incident_rows.is_none() {
            let path = lost.map_or_else(String::new, ToString::to_string);
            return Err(ParseError { reason: format!("nothing stands at {path}") });
        }
        let open = worst_open(&incidents);
        let parts = of_list(&components);
        let condition = match own {
            Some(own) => of_word(own.unwrap_or_default(), &components, &incidents),
            // Where no word tells of the whole, the worst of what is known does; an empty list of incidents means that
            // none is open, as long as the components, if there are any, say nothing else.
            None if open.is_bad() || parts.is_bad() => open.worst(parts),
            None if self.components.is_some() => parts,
            None => Condition::Operational,
        };
        let remark = lost.map(|path| format!("nothing stands at {path}"));
        Ok(Observation { condition, components, incidents, remark, ..Observation::default() })
    }

    /// The worst of what stands at a path, `None` when nothing does. A value that cannot be understood hides all but what
    /// is bad.
    fn condition_at(&self, root: &Value, path: &JsonPath) -> Option<Condition> {
        let found: Vec<Condition> = path
            .query(root)
            .iter()
            .take(MOST_ROWS)
            .filter_map(|value| text(value))
            .map(|word| self.weigh(&word))
            .collect();
        let worst = found.iter().copied().reduce(Condition::worst)?;
        Some(if !worst.is_bad() && found.contains(&Condition::Unknown) { Condition::Unknown } else { worst })
    }

    fn weigh(&self, word: &str) -> Condition {
        let word = word.trim();
        if self.rule.values.is_empty() {
            return condition_of(word);
        }
        let told = self.rule.values.iter().find(|(value, _)| value.eq_ignore_ascii_case(word));
        told.map_or_else(
            // What was not said to be fine is not fine.
            || of_new_word(word),
            |(_, condition)| *condition,
        )
    }

    fn component(&self, row: &Value, paths: &ComponentPaths) -> Option<Component> {
        Some(Component {
            id: at(row, paths.id.as_ref()),
            name: at(row, Some(&paths.name))?,
            group: None,
            is_group: false,
            condition: paths.condition.as_ref().and_then(|path| self.condition_at(row, path)).unwrap_or_default(),
        })
    }

    fn incident(&self, row: &Value, paths: &IncidentPaths) -> Option<PostedIncident> {
        let when = |path: Option<&JsonPath>| at(row, path).and_then(|text| time::parse_time(&text));
        let resolved_at = when(paths.resolved_at.as_ref());
        let phase = match at(row, paths.phase.as_ref()) {
            Some(word) => self.phase(&word).or_else(|| resolved_at.map(|_| Phase::Resolved)),
            None => resolved_at.map(|_| Phase::Resolved),
        };
        let phase = phase.unwrap_or(Phase::Investigating);
        let started_at = when(paths.started_at.as_ref());
        let body = at(row, paths.body.as_ref()).map(|body| plain(&body));
        let impact = paths.condition.as_ref().and_then(|path| self.condition_at(row, path));
        let update = body.map(|body| PostedUpdate {
            id: Some(mark(&body)),
            phase: Some(phase),
            at: resolved_at.filter(|_| phase.is_closed()).or(started_at),
            body: Some(body),
        });
        let touched = paths.components.as_ref().map(|path| path.query(row));
        Some(PostedIncident {
            id: at(row, Some(&paths.id))?,
            title: at(row, paths.title.as_ref()).map(|title| plain(&title)).unwrap_or_default(),
            impact: impact.filter(|impact| *impact != Condition::Unknown),
            phase: Some(phase),
            started_at,
            resolved_at: resolved_at.filter(|_| phase.is_closed()),
            url: at(row, paths.url.as_ref()),
            components: touched
                .into_iter()
                .flat_map(|found| found.iter().filter_map(|value| text(value)).collect::<Vec<_>>())
                .collect(),
            regions: Vec::new(),
            updates: update.into_iter().collect(),
        })
    }

    /// Where an incident stands; a word that nobody has explained keeps it open.
    fn phase(&self, word: &str) -> Option<Phase> {
        let word = word.trim();
        let told = self.rule.phases.iter().find(|(value, _)| value.eq_ignore_ascii_case(word));
        told.map(|(_, phase)| *phase).or_else(|| Phase::from_word(&word.to_lowercase()))
    }
}

impl ComponentPaths {
    fn new(rule: &JsonComponents) -> Result<Self, ParseError> {
        let JsonComponents { each, name, id, condition } = rule;
        Ok(Self {
            each: path(each)?,
            name: path(name)?,
            id: maybe(id.as_ref())?,
            condition: maybe(condition.as_ref())?,
        })
    }
}

impl IncidentPaths {
    fn new(rule: &JsonIncidents) -> Result<Self, ParseError> {
        let JsonIncidents { each, id, title, condition, phase, started_at, resolved_at, body, url, components } = rule;
        Ok(Self {
            each: path(each)?,
            id: path(id)?,
            title: maybe(title.as_ref())?,
            condition: maybe(condition.as_ref())?,
            phase: maybe(phase.as_ref())?,
            started_at: maybe(started_at.as_ref())?,
            resolved_at: maybe(resolved_at.as_ref())?,
            body: maybe(body.as_ref())?,
            url: maybe(url.as_ref())?,
            components: maybe(components.as_ref())?,
        })
    }
}

fn path(text: &str) -> Result<JsonPath, ParseError> {
    JsonPath::parse(text).map_err(|error| ParseError { reason: format!("{text} is no JSONPath: {error}") })
}

fn maybe(text: Option<&String>) -> Result<Option<JsonPath>, ParseError> {
    text.map(|text| path(text)).transpose()
}

/// The rows at a path: what stands in the one list there, or everything the path leads to. `None` when it leads nowhere:
/// an empty list is something else than none.
fn rows<'v>(root: &'v Value, path: &JsonPath) -> Option<Vec<&'v Value>> {
    let found = path.query(root).all();
    match found.as_slice() {
        [] => None,
        [Value::Array(rows)] => Some(rows.iter().take(MOST_ROWS).collect()),
        [Value::Null] => None,
        _ => Some(found.into_iter().take(MOST_ROWS).collect()),
    }
}

/// The first scalar at a path, as text.
fn at(row: &Value, path: Option<&JsonPath>) -> Option<String> {
    path?.query(row).iter().find_map(|value| text(value))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(condition: Option<&str>, components: bool, incidents: bool) -> JsonRule {
        JsonRule {
            condition: condition.map(str::to_owned),
            values: vec![("green".to_owned(), Condition::Operational), ("1".to_owned(), Condition::MajorOutage)],
            phases: vec![("fixed".to_owned(), Phase::Resolved)],
            components: components.then(|| JsonComponents {
                each: "$.parts".to_owned(),
                name: "$.name".to_owned(),
                id: None,
                condition: Some("$.light".to_owned()),
            }),
            incidents: incidents.then(|| JsonIncidents {
                each: "$.events".to_owned(),
                id: "$.id".to_owned(),
                title: Some("$.headline".to_owned()),
                condition: Some("$.light".to_owned()),
                phase: Some("$.state".to_owned()),
                started_at: Some("$.times.from".to_owned()),
                resolved_at: Some("$.times.until".to_owned()),
                body: Some("$.text".to_owned()),
                url: Some("$.link".to_owned()),
                components: Some("$.touches[*].name".to_owned()),
            }),
        }
    }

    fn read(rule: JsonRule, text: &str) -> Result<Observation, ParseError> {
        JsonReader::new(rule).unwrap().read(text)
    }

    #[test]
    fn values_mean_what_the_rule_says_and_others_are_never_fine() {
        for (value, expect) in [
            ("\"green\"", Condition::Operational),
            ("\" GREEN \"", Condition::Operational),
            ("1", Condition::MajorOutage),
            ("\"operational\"", Condition::Unknown),
            ("\"partial outage\"", Condition::PartialOutage),
            ("\"mauve\"", Condition::Unknown),
            ("true", Condition::Unknown),
        ] {
            let observation = read(rule(Some("$.state"), false, false), &format!("{{\"state\": {value}}}")).unwrap();
            assert_eq!(observation.condition, expect, "{value}");
        }
        let without = JsonRule { values: Vec::new(), ..rule(Some("$.state"), false, false) };
        assert_eq!(read(without, r#"{"state": "operational"}"#).unwrap().condition, Condition::Operational);
    }

    #[test]
    fn of_several_values_the_worst_counts_and_one_that_is_not_understood_spoils_all_that_is_well() {
        let of = |states: &str| {
            let text = format!(r#"{{"parts": {states}}}"#);
            read(rule(Some("$.parts[*].s"), false, false), &text).unwrap().condition
        };
        assert_eq!(of(r#"[{"s": "green"}, {"s": 1}]"#), Condition::MajorOutage);
        assert_eq!(of(r#"[{"s": "green"}, {"s": "mauve"}]"#), Condition::Unknown);
        assert_eq!(of(r#"[{"s": "mauve"}, {"s": 1}]"#), Condition::MajorOutage);
    }

    #[test]
    fn a_path_that_leads_nowhere_is_said_and_never_fine() {
        let error = read(rule(Some("$.state"), false, false), r#"{"status": "green"}"#).unwrap_err();
        assert_eq!(error.reason, "nothing stands at $.state");
        let error = read(rule(None, false, true), r#"{"events": null}"#).unwrap_err();
        assert_eq!(error.reason, "nothing stands at $.events");
        let half = read(rule(Some("$.state"), false, true), r#"{"events": []}"#).unwrap();
        assert_eq!((half.condition, half.remark.as_deref()), (Condition::Unknown, Some("nothing stands at $.state")));
        assert_eq!(read(rule(None, false, true), r#"{"events": []}"#).unwrap().condition, Condition::Operational);
        assert_eq!(read(rule(None, true, false), r#"{"parts": []}"#).unwrap().condition, Condition::Unknown);
        assert!(read(rule(Some("$.state"), false, false), "<html></html>").is_err());
        assert!(read(rule(Some("$.state"), false, false), "{\"state\": ").is_err());
    }

    #[test]
    fn components_and_incidents_are_read_row_by_row() {
        let text = r#"{"parts": [{"name": "Gate", "light": "green"}, {"light": "green"}, 7, {"name": "Bell", "light": "x"}],
            "events": [
              {"id": 4, "headline": "Gate jams &amp; squeaks", "light": 1, "state": "oiling", "times": {"from": "2026-05-01 10:00", "until": null}, "text": "<p>We oil.</p>", "link": "https://hutch.example/4", "touches": [{"name": "Gate"}]},
              {"id": 3, "light": "dim", "state": "fixed", "times": {"from": 1777629600, "until": 1777633200}},
              {"headline": "no id"}, null]}"#;
        let observation = read(rule(None, true, true), text).unwrap();
        assert_eq!(observation.condition, Condition::MajorOutage);
        let names: Vec<(&str, Condition)> =
            observation.components.iter().map(|part| (part.name.as_str(), part.condition)).collect();
        assert_eq!(names, [("Gate", Condition::Operational), ("Bell", Condition::Unknown)]);
        let [open, over] = observation.incidents.as_slice() else {
            panic!("two incidents: {:?}", observation.incidents)
        };
        assert_eq!((open.id.as_str(), open.title.as_str()), ("4", "Gate jams & squeaks"));
        assert_eq!((open.phase, open.impact), (Some(Phase::Investigating), Some(Condition::MajorOutage)));
        assert_eq!(open.components, ["Gate"]);
        assert_eq!(open.started_at, time::parse_time("2026-05-01T10:00:00Z"));
        assert_eq!((over.phase, over.impact), (Some(Phase::Resolved), None));
        assert!(over.resolved_at.is_some());
    }
}
