//! Meta's status of its products for businesses and developers.
//!
//! Survived: numbers of services that count from 1 in each product, times that are null, and the state of a service as
//! a sentence, which is matched by its words. Seen at Meta's page, July 2026. Products are listed as groups; the
//! consumer apps are not on the page at all.

use serde::Deserialize;

use crate::{
    domain::{Component, Condition, Observation},
    feeds::{
        ParseError,
        prose::condition_of,
        tidy::{MOST_PARTS, of_leaves},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Product {
    id: Scalar,
    name: Scalar,
    services: List<Object<Service>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Service {
    name: Scalar,
    status: Scalar,
}

/// Reads `orgs.json`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let products = json::<List<Object<Product>>>(text)?;
    let is_product = |product: &Product| product.name.is_there() && matches!(product.services, List::Items(_));
    if !products.objects().any(is_product) {
        return Err(ParseError { reason: "expected a list of products with `services`".to_owned() });
    }
    let mut components = Vec::new();
    for product in products.objects() {
        let Some(name) = product.name.name() else { continue };
        let start = components.len();
        let mut worst = Condition::Unknown;
        for service in product.services.objects().take(MOST_PARTS.saturating_sub(start)) {
            let Some(service_name) = service.name.text() else { continue };
            let condition = service.status.text().map_or(Condition::Unknown, |words| condition_of(&words));
            worst = worst.worst(condition);
            components.push(Component {
                // Their numbers count from 1 in each product.
                id: None,
                name: service_name,
                group: Some(name.clone()),
                is_group: false,
                condition,
            });
        }
        let row = Component {
            id: product.id.text(),
            name,
            group: None,
            is_group: components.len() > start,
            condition: worst,
        };
        components.insert(start, row);
    }
    let condition = of_leaves(&components);
    Ok(Observation { condition, components, ..Observation::default() })
}
