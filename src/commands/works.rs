//! Planned work in one line.

use crate::{
    commands::standing::is_running,
    domain::{Incident, Locale, Span},
    text::{Text, say, title},
};

/// What is to be done and when.
pub(super) fn line(locale: Locale, work: &Incident) -> Vec<Span> {
    let title = title(locale, work);
    let times = work.planned.as_ref().map(|planned| (planned.starts_at, planned.ends_at));
    match (is_running(work), times) {
        (true, Some((_, Some(end)))) => say(locale, &Text::WorkUntil { title: &title, end }),
        (true, _) => say(locale, &Text::WorkRunning { title: &title }),
        (false, Some((Some(start), Some(end)))) => say(locale, &Text::WorkAhead { title: &title, start, end }),
        (false, Some((Some(start), None))) => say(locale, &Text::WorkFrom { title: &title, start }),
        (false, _) => say(locale, &Text::WorkPlanned { title: &title }),
    }
}
