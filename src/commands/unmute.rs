//! `/unmute`: the reverse of `/mute`.

use crate::{
    commands::{
        Answer, Refusal, Request, View,
        menu::{self, Choices},
        mutes,
    },
    domain::{Change, Muted},
    text::{Draft, Text},
};

/// Ends a mute or all; a service's name ends those of its incidents too. Without a word it ends the only mute there
/// is, or asks which.
///
/// # Errors
///
/// [`Refusal::NotMuted`] when it is not muted here, [`Refusal::Outdated`] for a button that is not understood any more.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let active: Vec<&Muted> = mutes::active(view).map(|mute| &mute.muted).collect();
    match (request.menu().as_deref(), request.text("what"), active.as_slice()) {
        (None | Some([] | ["page", ..]), None, []) => {
            let mut draft = Draft::new(view.settings.locale);
            draft.paragraph(&Text::NothingMuted);
            Ok(Answer::aside(draft.finish()))
        }
        (None, None, [only]) => Ok(end(request, &[only], view)),
        (None | Some([]), None, _) => Ok(ask(request, &active, 1, view)),
        (Some(["page", page @ ..]), ..) => Ok(ask(request, &active, menu::page(page), view)),
        (None, Some(typed), _) => end_named(typed, request, &active, view),
        (Some(["end", typed]), ..) => end_named(typed, request, &active, view),
        (Some(_), ..) => Err(Refusal::Outdated { command: "/unmute".to_owned() }),
    }
}

fn end_named(typed: &str, request: &Request, active: &[&Muted], view: &View<'_>) -> Result<Answer, Refusal> {
    let meant = meant(typed, active, view);
    if meant.is_empty() {
        return Err(Refusal::NotMuted { typed: typed_name(typed, view) });
    }
    Ok(end(request, &meant, view))
}

/// The mutes that a word means.
fn meant<'a>(typed: &str, active: &[&'a Muted], view: &View<'_>) -> Vec<&'a Muted> {
    let wanted = mutes::read(typed, view.catalogue);
    let typed = typed.trim().to_lowercase();
    let is_meant = |muted: &Muted| match (&wanted, muted) {
        (Some(Muted::All), _) => true,
        (Some(Muted::Service(service)), Muted::Incident(incident)) => *service == incident.service,
        // A service that has left the catalogue can still be named by its id.
        (Some(wanted), muted) => wanted == muted || mutes::word(muted) == typed,
        (None, muted) => mutes::word(muted) == typed,
    };
    active.iter().copied().filter(|muted| is_meant(muted)).collect()
}

fn typed_name(typed: &str, view: &View<'_>) -> String {
    mutes::read(typed, view.catalogue).map_or_else(|| typed.to_owned(), |muted| mutes::name(&muted, view))
}

fn end(request: &Request, ended: &[&Muted], view: &View<'_>) -> Answer {
    let mut draft = Draft::new(view.settings.locale);
    let chat = &request.origin.chat;
    let ends_all = ended.contains(&&Muted::All);
    let remains_all = mutes::active(view).any(|mute| mute.muted == Muted::All) && !ends_all;
    let all = Muted::All;
    // Ending the mute of everything ends every other as well.
    let ended = if ends_all { vec![&all] } else { ended.to_vec() };
    for muted in &ended {
        draft.paragraph(&Text::Unmuted { muted: &mutes::name(muted, view) });
    }
    if remains_all {
        draft.paragraph(&Text::StillMuted { command: "/unmute all" });
    }
    let changes = ended.into_iter().map(|muted| Change::Unmute { chat: chat.clone(), muted: muted.clone() }).collect();
    Answer { changes, ..Answer::shown(draft.finish()) }
}

fn ask(request: &Request, active: &[&Muted], page: usize, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let mut draft = menu::question(locale, &Text::AskUnmute, request.spec);
    mutes::list(view, &mut draft);
    let choice = |muted: &&Muted| (mutes::name(muted, view), format!("unmute ~end {}", mutes::word(muted)));
    Choices {
        choices: active.iter().map(choice).collect(),
        per_row: 2,
        page,
        turn: &|page| format!("unmute ~page {page}"),
        back: None,
        beside: None,
    }
    .put(locale, &mut draft);
    Answer::shown(draft.finish())
}
