//! Who says so.

use crate::domain::Role;

/// All of those whose word something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    is_official: bool,
    is_measured: bool,
    is_reported: bool,
}

impl Voices {
    /// Nobody but this one.
    #[must_use]
    pub const fn of(role: Role) -> Self {
        Self {
            is_official: matches!(role, Role::Official),
            is_measured: matches!(role, Role::Measured),
            is_reported: matches!(role, Role::Reported),
        }
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self {
            is_official: self.is_official || others.is_official,
            is_measured: self.is_measured || others.is_measured,
            is_reported: self.is_reported || others.is_reported,
        }
    }

    /// Only the one whose word counts most.
    #[must_use]
    pub const fn foremost(self) -> Self {
        match self {
            Self { is_official: true, .. } => Self::of(Role::Official),
            Self { is_measured: true, .. } => Self::of(Role::Measured),
            Self { .. } => self,
        }
    }

    /// What they are called together, for texts to choose by. Hints are heard only where nobody else speaks.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match (self.is_official, self.is_measured, self.is_reported) {
            (false, false, false) => Role::Hint.word(),
            (true, false, false) => Role::Official.word(),
            (false, true, false) => Role::Measured.word(),
            (false, false, true) => Role::Reported.word(),
            (true, true, false) => "official_measured",
            (true, false, true) => "official_reported",
            (false, true, true) => "measured_reported",
            (true, true, true) => "all",
        }
    }
}

impl FromIterator<Role> for Voices {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().map(Self::of).fold(Self::default(), Self::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_called_by_all_who_speak() {
        use Role::{Hint, Measured, Official, Reported};
        for role in Role::ALL {
            assert_eq!(Voices::of(role).word(), role.word());
        }
        let word = |roles: &[Role]| roles.iter().copied().collect::<Voices>().word();
        assert_eq!(word(&[]), "hint");
        assert_eq!(word(&[Reported, Hint]), "reported");
        assert_eq!(word(&[Measured, Official, Measured]), "official_measured");
        assert_eq!(word(&[Reported, Measured]), "measured_reported");
        assert_eq!(word(&[Official, Reported]), "official_reported");
        assert_eq!(word(&[Reported, Official, Measured]), "all");
    }

    #[test]
    fn the_foremost_voice_is_the_strongest() {
        for strongest in Role::ALL {
            let all = Role::ALL.into_iter().filter(|role| *role <= strongest);
            assert_eq!(all.collect::<Voices>().foremost(), Voices::of(strongest));
        }
    }
}
