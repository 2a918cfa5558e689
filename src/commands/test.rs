//! `/test`: a sample outage and its recovery, so that rights and looks can be checked.

use crate::{
    commands::{Answer, Refusal, Request, View},
    text::{Draft, Text},
};

/// Says what follows; the sample itself is shown by whoever delivers alerts.
///
/// # Errors
///
/// None.
pub(super) fn run(_request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let mut draft = Draft::new(view.settings.locale);
    draft.paragraph(&Text::SampleFollows);
    Ok(Answer { shows_sample: true, ..Answer::shown(draft.finish()) })
}
