//! All services that are watched, found by what people type.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use strsim::{damerau_levenshtein, jaro_winkler};

use crate::domain::{Service, ServiceId};

/// All services that are watched.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    services: BTreeMap<ServiceId, Arc<Service>>,
    /// Lowercase id, name or alias → service.
    words: BTreeMap<String, ServiceId>,
}

/// Why services cannot stand in one catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueFault {
    /// Two services share an id.
    #[error("there are two services with the id `{0}`")]
    SameId(ServiceId),
    /// Two services answer to one word.
    #[error("`{word}` names both `{first}` and `{second}`")]
    SameWord {
        /// The word.
        word: String,
        /// Who had it.
        first: ServiceId,
        /// Who wants it too.
        second: ServiceId,
    },
    /// A service names another that does not exist.
    #[error("`{service}` names `{missing}` as {relation}, which is no service")]
    Missing {
        /// Who names it.
        service: ServiceId,
        /// What is named.
        missing: ServiceId,
        /// `depends_on` or `alternatives`.
        relation: &'static str,
    },
}

impl Catalogue {
    /// The catalogue of these services, with every fault found in it; a service at fault is kept where it can be.
    #[must_use]
    pub fn new(services: impl IntoIterator<Item = Service>) -> (Self, Vec<CatalogueFault>) {
        let mut catalogue = Self::default();
        let mut faults = Vec::new();
        for service in services {
            if catalogue.services.contains_key(&service.id) {
                faults.push(CatalogueFault::SameId(service.id));
                continue;
            }
            let own_words = [service.id.as_str(), service.name.as_str()]
                .into_iter()
                .chain(service.aliases.iter().map(String::as_str));
            for word in own_words {
                let word = word.to_lowercase();
                match catalogue.words.get(&word) {
                    Some(first) if *first != service.id => {
                        faults.push(CatalogueFault::SameWord { word, first: first.clone(), second: service.id.clone() })
                    }
                    Some(_) => {}
                    None => {
                        catalogue.words.insert(word, service.id.clone());
                    }
                }
            }
            catalogue.services.insert(service.id.clone(), Arc::new(service));
        }
        for service in catalogue.services.values() {
            for (relation, named) in [("depends_on", &service.depends_on), ("alternatives", &service.alternatives)] {
                faults.extend(named.iter().filter(|id| !catalogue.services.contains_key(id)).map(|missing| {
                    CatalogueFault::Missing { service: service.id.clone(), missing: missing.clone(), relation }
                }));
            }
        }
        (catalogue, faults)
    }

    /// Every service, by id.
    pub fn services(&self) -> impl ExactSizeIterator<Item = &Arc<Service>> {
        self.services.values()
    }

    /// The service with this id.
    #[must_use]
    pub fn by_id(&self, id: &ServiceId) -> Option<&Arc<Service>> {
        self.services.get(id)
    }

    /// The service that is called exactly so (id, name or alias, without case).
    #[must_use]
    pub fn by_word(&self, word: &str) -> Option<&Arc<Service>> {
        self.services.get(self.words.get(&word.trim().to_lowercase())?)
    }

    /// Every category in use, sorted.
    #[must_use]
    pub fn categories(&self) -> Vec<&str> {
        let mut categories: Vec<&str> = self.services.values().map(|service| service.category.as_str()).collect();
        categories.sort_unstable();
        categories.dedup();
        categories
    }

    /// Services whose id, name or an alias is like what was typed, the likeliest first, at most `most`.
    #[must_use]
    pub fn near(&self, typed: &str, most: usize) -> Vec<&Arc<Service>> {
        let typed = typed.trim().to_lowercase();
        // What people type is a word or two; comparing a novel with every name would only cost time.
        if typed.is_empty() || typed.chars().count() > 64 {
            return Vec::new();
        }
        let mut likely: BTreeMap<&ServiceId, u32> = BTreeMap::new();
        for (word, id) in &self.words {
            if let Some(likeness) = likeness(&typed, word) {
                let best = likely.entry(id).or_default();
                *best = likeness.max(*best);
            }
        }
        let mut likely: Vec<(&ServiceId, u32)> = likely.into_iter().collect();
        likely.sort_by_key(|(_, likeness)| Reverse(*likeness));
        likely.into_iter().take(most).filter_map(|(id, _)| self.services.get(id)).collect()
    }
}

/// How like two lowercase words are, in thousandths; `None` when nobody would mean one by the other.
fn likeness(typed: &str, word: &str) -> Option<u32> {
    if word.starts_with(typed) || (typed.chars().count() >= 3 && word.contains(typed)) {
        return Some(990);
    }
    let slips = damerau_levenshtein(typed, word);
    let longest = typed.chars().count().max(word.chars().count());
    // One slip in four letters is a typo, more is another word.
    if slips * 4 > longest + 2 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a likeness lies between 0 and 1")]
    Some((jaro_winkler(typed, word) * 980.0) as u32)
}
