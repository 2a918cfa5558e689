//! How well something is.

/// How well a service or component is.
///
/// The first four are ordered (see [`Condition::severity`]); `maintenance` and `unknown` stand beside the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Condition {
    /// All is well.
    Operational,
    /// Slow or unreliable, but there.
    Degraded,
    /// Some of it, or some people, cannot use it.
    PartialOutage,
    /// Down.
    MajorOutage,
    /// Planned work is going on.
    Maintenance,
    /// Nobody has told, or what was told could not be read.
    #[default]
    Unknown,
}

/// How bad a bad condition is; the ordered part of [`Condition`] without `operational`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// [`Condition::Degraded`]
    Degraded,
    /// [`Condition::PartialOutage`]
    PartialOutage,
    /// [`Condition::MajorOutage`]
    MajorOutage,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Self; 6] =
        [Self::Operational, Self::Degraded, Self::PartialOutage, Self::MajorOutage, Self::Maintenance, Self::Unknown];

    /// The word of the outside contract, such as `partial_outage`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::Degraded => "degraded",
            Self::PartialOutage => "partial_outage",
            Self::MajorOutage => "major_outage",
            Self::Maintenance => "maintenance",
            Self::Unknown => "unknown",
        }
    }

    /// The condition that [`Condition::word`] names, `None` for any other text.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.word() == word)
    }

    /// How bad it is; `None` when it is not bad: well, under maintenance or unknown.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Degraded => Some(Severity::Degraded),
            Self::PartialOutage => Some(Severity::PartialOutage),
            Self::MajorOutage => Some(Severity::MajorOutage),
            Self::Operational | Self::Maintenance | Self::Unknown => None,
        }
    }

    /// Degraded or worse.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        self.severity().is_some()
    }

    /// The worse of two. Bad beats everything, then maintenance, then operational; unknown only wins over itself.
    #[must_use]
    pub fn worst(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Operational => 1,
            Self::Maintenance => 2,
            Self::Degraded => 3,
            Self::PartialOutage => 4,
            Self::MajorOutage => 5,
        }
    }
}

impl Severity {
    /// Every severity, mildest first.
    pub const ALL: [Self; 3] = [Self::Degraded, Self::PartialOutage, Self::MajorOutage];

    /// The condition of this severity.
    #[must_use]
    pub const fn condition(self) -> Condition {
        match self {
            Self::Degraded => Condition::Degraded,
            Self::PartialOutage => Condition::PartialOutage,
            Self::MajorOutage => Condition::MajorOutage,
        }
    }

    /// The word people type and files hold: `degraded`, `partial_outage`, `major_outage`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.condition().word()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for condition in Condition::ALL {
            assert_eq!(Condition::from_word(condition.word()), Some(condition));
        }
        assert_eq!(Condition::from_word("fine"), None);
    }

    #[test]
    fn maintenance_and_unknown_hide_no_outage() {
        assert_eq!(Condition::Maintenance.worst(Condition::Degraded), Condition::Degraded);
        assert_eq!(Condition::PartialOutage.worst(Condition::Maintenance), Condition::PartialOutage);
        assert_eq!(Condition::Unknown.worst(Condition::Operational), Condition::Operational);
    }
}
