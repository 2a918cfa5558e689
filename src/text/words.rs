//! Single words for the domain's own terms.

use crate::{
    domain::{Condition, Locale, MaintenancePhase, Mark, Phase, Role, Voices},
    text::{Text, plain},
};

/// A condition: "major outage".
#[must_use]
pub fn condition(locale: Locale, condition: Condition) -> String {
    plain(locale, &Text::ConditionWord { condition: condition.word() })
}

/// Where an incident stands: "investigating".
#[must_use]
pub fn phase(locale: Locale, phase: Phase) -> String {
    plain(locale, &Text::PhaseWord { phase: phase.word() })
}

/// Where planned work stands: "in progress".
#[must_use]
pub fn maintenance_phase(locale: Locale, phase: MaintenancePhase) -> String {
    plain(locale, &Text::MaintenancePhaseWord { phase: phase.word() })
}

/// Whose word something is: "official", "measured", "reported by people", "hint".
#[must_use]
pub fn role(locale: Locale, role: Role) -> String {
    voices(locale, Voices::of(role))
}

/// All of those whose word something is: "official and measured".
#[must_use]
pub fn voices(locale: Locale, voices: Voices) -> String {
    plain(locale, &Text::RoleWord { role: voices.word() })
}

/// A mark, for platforms that draw it as a word.
#[must_use]
pub fn mark(locale: Locale, mark: Mark) -> String {
    match mark {
        Mark::Condition(state) => condition(locale, state),
        Mark::Recovered => plain(locale, &Text::Recovered),
        Mark::Refused => plain(locale, &Text::Refused),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_term_has_a_word_of_its_own() {
        for locale in Locale::ALL {
            let conditions: BTreeSet<String> = Condition::ALL.into_iter().map(|term| condition(locale, term)).collect();
            let phases: BTreeSet<String> = Phase::ALL.into_iter().map(|term| phase(locale, term)).collect();
            let works: BTreeSet<String> =
                MaintenancePhase::ALL.into_iter().map(|term| maintenance_phase(locale, term)).collect();
            let roles: BTreeSet<String> = Role::ALL.into_iter().map(|term| role(locale, term)).collect();
            assert_eq!((conditions.len(), phases.len(), works.len(), roles.len()), (6, 5, 4, 4));
        }
    }

    #[test]
    fn what_a_probe_says_is_called_measured() {
        assert_eq!(role(Locale::En, Role::Measured), "measured");
        assert_eq!(role(Locale::De, Role::Measured), "gemessen");
    }

    #[test]
    fn all_who_say_so_are_named() {
        let word = |locale, roles: &[Role]| voices(locale, roles.iter().copied().collect());
        let all = [Role::Reported, Role::Measured, Role::Official];
        assert_eq!(word(Locale::En, &all), "official, measured and reported by people");
        assert_eq!(word(Locale::En, &all[1..]), "official and measured");
        assert_eq!(word(Locale::De, &all[..2]), "gemessen und von Betroffenen gemeldet");
        assert_eq!(word(Locale::De, &[Role::Official, Role::Reported]), "offiziell und von Betroffenen gemeldet");
    }
}
