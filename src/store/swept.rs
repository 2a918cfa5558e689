//! Going through a store to remove what nobody needs any more.

/// How far that has come. It means nothing to anybody but the store that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SweepPlace {
    /// Among the histories of services.
    Services(Vec<u8>),
    /// Among what chats were told.
    Alerts(Vec<u8>),
    /// Among the dead letters.
    Letters(Vec<u8>),
}

/// What came of one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many incidents, alerts or letters were removed.
    pub removed: usize,
    /// Where to go on; `None`: that was all.
    pub next: Option<SweepPlace>,
}

impl Swept {
    pub(super) const fn to(next: SweepPlace, removed: usize) -> Self {
        Self { removed, next: Some(next) }
    }
}
