//! Azure `DevOps`' health: services by geographies, with one word for the whole.
//!
//! Survived: geographies that repeat their names in every service, hence services as groups. There are no incidents in
//! this document; an advisory is a notice and leaves things operational. Seen at Azure `DevOps`' own page, July 2026.

use serde::Deserialize;

use crate::{
    domain::{Component, Condition, Observation},
    feeds::{
        ParseError,
        headline::{of_new_word, of_word},
        tidy::MOST_PARTS,
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    status: Object<Row>,
    services: List<Object<Row>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    name: Scalar,
    health: Scalar,
    message: Scalar,
    geographies: List<Object<Row>>,
}

/// Reads `_apis/status/health`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let document = json::<Object<Document>>(text)?.0.unwrap_or_default();
    let Some(status) = document.status.0.filter(|status| status.health.is_there()) else {
        return Err(ParseError { reason: "expected `status.health` and `services`".to_owned() });
    };
    let mut components = Vec::new();
    for service in document.services.objects() {
        let Some(name) = service.id.name().or_else(|| service.name.name()) else { continue };
        let start = components.len();
        let mut worst = service.condition();
        for geography in service.geographies.objects().take(MOST_PARTS.saturating_sub(start)) {
            let Some(place) = geography.name.text().or_else(|| geography.id.text()) else { continue };
            let condition = geography.condition();
            worst = worst.worst(condition);
            // The id of a geography is the same in every service.
            let group = Some(name.clone());
            components.push(Component { id: None, name: place, group, is_group: false, condition });
        }
        let is_group = components.len() > start;
        let row = Component { id: service.id.text(), name, group: None, is_group, condition: worst };
        components.insert(start, row);
    }
    let condition = of_word(status.condition(), &components, &[]);
    let remark = status.message.text().filter(|_| condition != Condition::Operational);
    Ok(Observation {
        service: Some("Azure DevOps".to_owned()),
        condition,
        components,
        remark,
        ..Observation::default()
    })
}

impl Row {
    fn condition(&self) -> Condition {
        match self.health.word().as_deref() {
            Some("healthy" | "advisory") => Condition::Operational,
            Some("degraded") => Condition::Degraded,
            Some("unhealthy") => Condition::MajorOutage,
            Some(other) => of_new_word(other),
            None => Condition::Unknown,
        }
    }
}
