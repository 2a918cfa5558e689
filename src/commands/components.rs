//! Components and regions by name: which are known, which was meant, and a short word for each that a button can hold.

use std::cmp::Reverse;

use strsim::{damerau_levenshtein, jaro_winkler};

use crate::{
    commands::View,
    domain::{Service, Topic, is_same_part},
};

/// The longest name of a component, in characters; feeds cut what is longer.
pub(super) const LONGEST_NAME: usize = 120;

/// The components of a topic, or its regions, as its sources wrote them last.
pub(super) struct Known {
    /// Their names.
    pub(super) names: Vec<String>,
    /// Whether these are all: those of every service were read.
    pub(super) is_complete: bool,
}

/// What was typed, held against what is known.
pub(super) struct Resolved {
    /// Each name once, as it is written where it is known, else as it was typed.
    pub(super) names: Vec<String>,
    /// Those that nobody knows.
    pub(super) strange: Vec<String>,
}

impl Known {
    /// What is known of the components of a service, or of all services of a category.
    pub(super) fn of(topic: &Topic, view: &View<'_>) -> Self {
        Self::of_services(view.catalogue.services().filter(|service| topic.covers(service)).map(AsRef::as_ref), view)
    }

    /// What is known of the regions of a service, or of all services of a category. Feeds name those where something is wrong
    /// or was, so these are never all.
    pub(super) fn regions_of(topic: &Topic, view: &View<'_>) -> Self {
        let mut names: Vec<String> = Vec::new();
        for service in view.catalogue.services().filter(|service| topic.covers(service)) {
            let track = (view.tracks)(&service.id);
            let told = track.iter().flat_map(|track| &track.incidents).flat_map(|incident| &incident.regions);
            for name in (view.regions)(&service.id).iter().chain(told) {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
        }
        names.sort_by_key(|name| name.to_lowercase());
        Self { names, is_complete: false }
    }

    fn of_services<'a>(services: impl Iterator<Item = &'a Service>, view: &View<'_>) -> Self {
        let mut known = Self { names: Vec::new(), is_complete: true };
        for service in services {
            let names = (view.components)(&service.id);
            known.is_complete &= !names.is_empty();
            for name in names.iter() {
                if !known.names.contains(name) {
                    known.names.push(name.clone());
                }
            }
        }
        known
    }

    /// The known name that is meant: the name itself without case, its [`digest`], or the only one that is the same but for
    /// how it is written.
    pub(super) fn meant(&self, typed: &str) -> Option<&String> {
        let wanted = typed.to_lowercase();
        let is_digest = wanted.starts_with('#');
        let is_meant = |name: &&String| name.to_lowercase() == wanted || (is_digest && digest(name) == wanted);
        self.names.iter().find(is_meant).or_else(|| {
            let mut alike = self.names.iter().filter(|name| is_same_part(name, typed));
            alike.next().filter(|_| alike.next().is_none())
        })
    }

    /// Holds what was typed against what is known.
    pub(super) fn resolve(&self, typed: &[String]) -> Resolved {
        let mut resolved = Resolved { names: Vec::new(), strange: Vec::new() };
        for name in typed {
            let meant = self.meant(name);
            if meant.is_none() {
                resolved.strange.push(name.clone());
            }
            let name = meant.unwrap_or(name);
            if !resolved.names.contains(name) {
                resolved.names.push(name.clone());
            }
        }
        resolved
    }

    /// Those of the chosen names that none of the known ones is, where all are known.
    pub(super) fn missing(&self, chosen: &[String]) -> Vec<String> {
        let is_known = |name: &String| self.names.iter().any(|known| is_same_part(known, name));
        chosen.iter().filter(|name| self.is_complete && !self.names.is_empty() && !is_known(name)).cloned().collect()
    }

    /// Known names that are like what was typed, the likeliest first.
    pub(super) fn near(&self, typed: &str, most: usize) -> Vec<String> {
        let typed = typed.to_lowercase();
        // What people type is a word or two; comparing a novel with every name would only cost time.
        if typed.is_empty() || typed.chars().count() > 64 {
            return Vec::new();
        }
        let mut near: Vec<(u32, &String)> =
            self.names.iter().filter_map(|name| Some((likeness(&typed, &name.to_lowercase())?, name))).collect();
        near.sort_by_key(|(likeness, _)| Reverse(*likeness));
        near.into_iter().take(most).map(|(_, name)| name.clone()).collect()
    }
}

/// How like two lowercase names are, in thousandths; `None` when nobody would mean one by the other.
fn likeness(typed: &str, name: &str) -> Option<u32> {
    if name.contains(typed) || typed.contains(name) {
        return Some(990);
    }
    let longest = typed.chars().count().max(name.chars().count());
    if damerau_levenshtein(typed, name) * 4 > longest + 2 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a likeness lies between 0 and 1")]
    Some((jaro_winkler(typed, name) * 980.0) as u32)
}

/// A short word for a component that is the same in every run and on every machine: FNV-1a of its lowercase name.
pub(super) fn digest(name: &str) -> String {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    format!("#{:08x}", name.to_lowercase().bytes().fold(0x811c_9dc5, mix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str]) -> Known {
        Known { names: names.iter().map(|name| (*name).to_owned()).collect(), is_complete: true }
    }

    #[test]
    fn a_component_is_meant_by_its_name_or_its_digest() {
        let known = known(&["Actions", "API Requests"]);
        assert_eq!(known.meant("api requests").unwrap(), "API Requests");
        assert_eq!(known.meant(&digest("API REQUESTS")).unwrap(), "API Requests");
        assert_eq!(known.meant("api"), None);
        assert_eq!(known.meant("#00000000"), None);
        assert_eq!(digest("Login"), "#c97f2f32", "a button of a former version holds it");
    }

    #[test]
    fn near_names_are_found() {
        let known = known(&["Actions", "API Requests", "Pages"]);
        assert_eq!(known.near("acitons", 3), ["Actions"]);
        assert_eq!(known.near("api", 3), ["API Requests"]);
        assert_eq!(known.near("qqqqqqq", 3), Vec::<String>::new());
    }
}
