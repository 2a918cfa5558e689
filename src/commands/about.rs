//! `/about`: the program itself.

use crate::{
    commands::{Answer, Refusal, Request, View, Wellbeing},
    text::{Draft, Text},
};

/// Version, uptime, how much is watched and when it was last read, and what is wrong with the program itself.
///
/// # Errors
///
/// None.
pub(super) fn run(_request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let about = &view.about;
    let sources = view.catalogue.services().map(|service| service.sources.len()).sum();
    let mut draft = Draft::new(view.settings.locale);
    draft.title(&Text::AboutTitle { version: about.version });
    draft.paragraph(&Text::AboutPurpose);
    draft.paragraph(&Text::AboutServices { count: view.catalogue.services().count() });
    draft.paragraph(&Text::AboutSources { count: sources });
    draft.paragraph(&Text::AboutUptime { length: about.uptime });
    match about.last_poll {
        Some(at) => draft.paragraph(&Text::AboutLastPoll { ago: at }),
        None => draft.paragraph(&Text::AboutNoPoll),
    }
    let Wellbeing { unreadable, given_up, unusable } = about.wellbeing;
    if unusable > 0 {
        draft.paragraph(&Text::AboutUnusable { count: unusable });
    }
    if unreadable > 0 {
        draft.paragraph(&Text::AboutUnreadable { count: unreadable });
    }
    if given_up > 0 {
        draft.paragraph(&Text::AboutGivenUp { count: given_up });
    }
    if about.wellbeing == Wellbeing::default() && about.last_poll.is_some() {
        draft.paragraph(&Text::AboutWell);
    }
    draft.footer(&Text::AboutHelp { command: "/help" });
    Ok(Answer::aside(draft.finish()))
}
