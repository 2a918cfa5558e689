//! Statuspage's words in ours, and the rule for the headline.

use crate::{
    domain::{Component, Condition, MaintenancePhase, Phase, PostedIncident},
    feeds::{
        prose::condition_of,
        tidy::{of_leaves, worst_open},
    },
};

/// Of a page with more leaves, a few are always down; its indicator weighs that already (Cloudflare, Twilio).
const HUGE_PAGE: usize = 100;

/// The page's own word, raised to degraded when an incident that hurts is open or a leaf is not well (FORMATS §3).
pub(super) fn overall(indicator: Option<&str>, components: &[Component], incidents: &[PostedIncident]) -> Condition {
    let open = worst_open(incidents);
    let leaves = || components.iter().filter(|component| !component.is_group);
    let is_leaf_bad = leaves().any(|leaf| leaf.condition.is_bad());
    let Some(indicator) = indicator else {
        // A list of components speaks for itself; a list of incidents with none open does not speak of the present.
        let from_leaves = of_leaves(components);
        let is_huge = leaves().count() > HUGE_PAGE;
        let from_leaves = if is_huge && is_leaf_bad { Condition::Degraded } else { from_leaves };
        return open.worst(from_leaves);
    };
    let own = match indicator {
        "none" | "operational" => Condition::Operational,
        "minor" => Condition::Degraded,
        "major" => Condition::PartialOutage,
        "critical" => Condition::MajorOutage,
        "maintenance" | "under_maintenance" => Condition::Maintenance,
        other => condition_of(other),
    };
    match own {
        Condition::Degraded | Condition::PartialOutage | Condition::MajorOutage => own,
        // Maintenance does not make a bad thing good, and an unknown word does not hide one.
        Condition::Maintenance | Condition::Unknown if open.is_bad() => open,
        Condition::Operational if open.is_bad() => Condition::Degraded,
        Condition::Operational | Condition::Maintenance | Condition::Unknown => {
            if is_leaf_bad && leaves().count() <= HUGE_PAGE { Condition::Degraded } else { own }
        }
    }
}

/// How well a component is.
pub(super) fn component_condition(word: &str) -> Condition {
    match word {
        "operational" => Condition::Operational,
        "degraded_performance" | "degraded" => Condition::Degraded,
        "partial_outage" => Condition::PartialOutage,
        "major_outage" | "full_outage" => Condition::MajorOutage,
        "under_maintenance" | "maintenance" => Condition::Maintenance,
        other => condition_of(other),
    }
}

/// Where an incident stands; `None` for "update" and unknown words, which keep the former phase.
pub(super) fn phase(word: &str) -> Option<Phase> {
    match word {
        "investigating" => Some(Phase::Investigating),
        "identified" => Some(Phase::Identified),
        "monitoring" => Some(Phase::Monitoring),
        "resolved" | "completed" => Some(Phase::Resolved),
        "postmortem" => Some(Phase::Postmortem),
        _ => None,
    }
}

/// Where planned work stands.
pub(super) fn maintenance_phase(word: &str) -> Option<MaintenancePhase> {
    match word {
        "scheduled" => Some(MaintenancePhase::Scheduled),
        "in_progress" => Some(MaintenancePhase::InProgress),
        "verifying" => Some(MaintenancePhase::Verifying),
        "completed" => Some(MaintenancePhase::Completed),
        _ => None,
    }
}

/// How bad an incident is called.
pub(super) fn impact(word: &str) -> Condition {
    match word {
        "none" => Condition::Operational,
        "minor" => Condition::Degraded,
        "major" => Condition::PartialOutage,
        "critical" => Condition::MajorOutage,
        "maintenance" => Condition::Maintenance,
        other => match condition_of(other) {
            // A word that only sounds harmless must not make an incident one.
            Condition::Operational | Condition::Maintenance => Condition::Unknown,
            condition @ (Condition::Degraded
            | Condition::PartialOutage
            | Condition::MajorOutage
            | Condition::Unknown) => condition,
        },
    }
}
