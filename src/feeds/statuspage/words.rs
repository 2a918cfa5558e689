//! Statuspage's words in ours, and the rule for the headline.

use crate::{
    domain::{Component, Condition, MaintenancePhase, Phase, PostedIncident},
    feeds::{headline, prose::condition_of, tidy::worst_open},
};

/// The page's own word as far as that tells all; without one, what its lists say.
pub(super) fn overall(indicator: Option<&str>, components: &[Component], incidents: &[PostedIncident]) -> Condition {
    let Some(indicator) = indicator else {
        // A list of components speaks for itself; a list of incidents with none open does not speak of the present.
        return worst_open(incidents).worst(headline::of_list(components));
    };
    let own = match indicator {
        "none" | "operational" => Condition::Operational,
        "minor" => Condition::Degraded,
        "major" => Condition::PartialOutage,
        "critical" => Condition::MajorOutage,
        "maintenance" | "under_maintenance" => Condition::Maintenance,
        other => headline::of_new_word(other),
    };
    headline::of_word(own, components, incidents)
}

/// How well a component is.
pub(super) fn component_condition(word: &str) -> Condition {
    match word {
        "operational" => Condition::Operational,
        "degraded_performance" | "degraded" => Condition::Degraded,
        "partial_outage" => Condition::PartialOutage,
        "major_outage" | "full_outage" => Condition::MajorOutage,
        "under_maintenance" | "maintenance" => Condition::Maintenance,
        other => headline::of_new_word(other),
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

/// Where planned work stands by a word that only planned work has.
pub(super) fn planned_phase(word: &str) -> Option<MaintenancePhase> {
    match word {
        "scheduled" => Some(MaintenancePhase::Scheduled),
        "in_progress" => Some(MaintenancePhase::InProgress),
        "verifying" => Some(MaintenancePhase::Verifying),
        "completed" => Some(MaintenancePhase::Completed),
        _ => None,
    }
}

/// Where planned work stands, also when it is told in the words of incidents; `None` for words that keep the former phase.
pub(super) fn maintenance_phase(word: &str) -> Option<MaintenancePhase> {
    planned_phase(word).or_else(|| match phase(word)? {
        Phase::Investigating | Phase::Identified => Some(MaintenancePhase::InProgress),
        Phase::Monitoring => Some(MaintenancePhase::Verifying),
        Phase::Resolved | Phase::Postmortem => Some(MaintenancePhase::Completed),
    })
}

/// The indicator that belongs to one of Statuspage's own sentences, for answers that leave the indicator out.
pub(super) fn indicator_of(description: &str) -> Option<String> {
    let indicator = match description.trim().to_lowercase().as_str() {
        "all systems operational" => "none",
        "partially degraded service" | "minor service outage" => "minor",
        "partial system outage" => "major",
        "major service outage" | "major system outage" => "critical",
        "service under maintenance" => "maintenance",
        _ => return None,
    };
    Some(indicator.to_owned())
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
