//! One word for the whole of a page: its own, or what follows from its parts and its open incidents (FORMATS §3).

use crate::{
    domain::{Component, Condition, PostedIncident},
    feeds::{
        prose::condition_of,
        tidy::{of_leaves, worst_open},
    },
};

/// Of a page with more leaves, a few are always down; its own word weighs that already (Cloudflare, Twilio).
const HUGE_PAGE: usize = 100;

/// The page's own word, raised to degraded when an incident that hurts is open or a leaf is not well.
pub(super) fn of_word(own: Condition, components: &[Component], incidents: &[PostedIncident]) -> Condition {
    let open = worst_open(incidents);
    let is_leaf_bad = leaves(components).any(Condition::is_bad) && !is_huge(components);
    match own {
        Condition::Degraded | Condition::PartialOutage | Condition::MajorOutage => own,
        // Maintenance does not make a bad thing good, and an unknown word does not hide one.
        Condition::Maintenance | Condition::Unknown if open.is_bad() => open,
        Condition::Operational if open.is_bad() => Condition::Degraded,
        Condition::Operational | Condition::Maintenance | Condition::Unknown => {
            if is_leaf_bad {
                Condition::Degraded
            } else {
                own
            }
        }
    }
}

/// Of a list of components that speaks for itself: the worst leaf, but for huge pages.
pub(super) fn of_list(components: &[Component]) -> Condition {
    let worst = of_leaves(components);
    if worst.is_bad() && is_huge(components) { Condition::Degraded } else { worst }
}

/// Of things that are only up or down: all down is a major outage, some down a partial one.
pub(super) fn of_measured(components: &[Component]) -> Condition {
    let is_told = |condition: &Condition| !matches!(condition, Condition::Unknown | Condition::Maintenance);
    let worst = of_list(components);
    let mut told = leaves(components).filter(is_told);
    if worst == Condition::MajorOutage && told.any(|condition| condition != Condition::MajorOutage) {
        return Condition::PartialOutage;
    }
    worst
}

/// What a word that the format does not list says. It may be a new way to say that something is bad, but never that all
/// is well: that is not for us to guess.
pub(super) fn of_new_word(word: &str) -> Condition {
    match condition_of(word) {
        Condition::Operational => Condition::Unknown,
        told @ (Condition::Degraded
        | Condition::PartialOutage
        | Condition::MajorOutage
        | Condition::Maintenance
        | Condition::Unknown) => told,
    }
}

/// How bad an incident is whose weight was told in a word: one that nobody understands must not make it a notice.
pub(super) fn impact(told: Condition) -> Condition {
    if told == Condition::Unknown { Condition::Degraded } else { told }
}

fn leaves(components: &[Component]) -> impl Iterator<Item = Condition> {
    components.iter().filter(|component| !component.is_group).map(|component| component.condition)
}

fn is_huge(components: &[Component]) -> bool {
    leaves(components).count() > HUGE_PAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(conditions: &[Condition]) -> Vec<Component> {
        let component = |(number, condition): (usize, &Condition)| Component {
            id: None,
            name: format!("part {number}"),
            group: None,
            is_group: false,
            condition: *condition,
        };
        conditions.iter().enumerate().map(component).collect()
    }

    #[test]
    fn some_down_is_partial_and_all_down_is_major() {
        use Condition::{Degraded, Maintenance, MajorOutage, Operational, PartialOutage, Unknown};
        for (parts, expect) in [
            (&[Operational, MajorOutage][..], PartialOutage),
            (&[MajorOutage, MajorOutage], MajorOutage),
            (&[MajorOutage, Unknown, Maintenance], MajorOutage),
            (&[MajorOutage, Degraded], PartialOutage),
            (&[Operational, Degraded], Degraded),
            (&[Operational, Maintenance], Operational),
            (&[Maintenance], Maintenance),
            (&[Operational, Unknown], Operational),
            (&[Unknown], Unknown),
            (&[], Unknown),
        ] {
            assert_eq!(of_measured(&page(parts)), expect, "{parts:?}");
        }
        let mut many = vec![Operational; 150];
        many.push(MajorOutage);
        assert_eq!(of_measured(&page(&many)), Degraded);
    }

    #[test]
    fn a_new_word_is_never_good_news() {
        for (word, expect) in [
            ("running", Condition::Unknown),
            ("available", Condition::Unknown),
            ("severe_outage", Condition::PartialOutage),
            ("badly_degraded", Condition::Degraded),
            ("teal", Condition::Unknown),
        ] {
            assert_eq!(of_new_word(word), expect, "{word}");
        }
        assert_eq!(impact(of_new_word("all running")), Condition::Degraded);
        assert_eq!(impact(Condition::Operational), Condition::Operational);
    }
}
