//! `/help`: what can be typed.

use crate::{
    commands::{Answer, Permission, Refusal, Request, Spec, View, spec, specs},
    text::{Draft, Text},
};

/// All commands of the platform, or one of them with its options.
///
/// # Errors
///
/// None: whether the command exists was found out when it was read.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let locale = view.settings.locale;
    let mut draft = Draft::new(locale);
    if let Some(wanted) = request.text("command").and_then(spec) {
        draft.title(&Text::HelpTitleOf { usage: &usage(wanted) });
        draft.paragraph(&Text::HelpSummary { summary: wanted.summary.say(locale) });
        for option in &wanted.options {
            let (name, summary) = (option.name.as_str(), option.summary.say(locale));
            if option.is_required {
                draft.item(None, &Text::HelpOption { name, summary });
            } else {
                draft.item(None, &Text::HelpOptionalOption { name, summary });
            }
        }
        draft.paragraph(&Text::HelpExample { example: &wanted.example });
        if wanted.permission == Permission::Manage {
            draft.footer(&Text::HelpManagers);
        }
    } else {
        draft.title(&Text::HelpTitle);
        for spec in specs().iter().filter(|spec| spec.platforms.contains(&request.origin.chat.platform)) {
            draft.item(None, &Text::HelpCommand { usage: &usage(spec), summary: spec.summary.say(locale) });
        }
        draft.footer(&Text::HelpFooter { example: &request.spec.example });
    }
    Ok(Answer::aside(draft.finish()))
}

/// How a command is typed: `/subscribe <topic> [severity] [components] [regions:…] [mention]`.
pub(super) fn usage(spec: &Spec) -> String {
    let mut form = format!("/{}", spec.name);
    for option in &spec.options {
        let (open, close) = if option.is_required { ('<', '>') } else { ('[', ']') };
        form.push(' ');
        form.push(open);
        form.push_str(&option.name);
        if option.kind.needs_name() {
            form.push_str(":…");
        }
        form.push(close);
    }
    form
}
