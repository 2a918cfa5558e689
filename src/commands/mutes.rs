//! What is muted in a chat: words for it, and what still holds.

use crate::{
    commands::{View, incident, unsubscribe::ALL_WORDS},
    domain::{Button, Catalogue, IncidentId, Mute, Muted},
    text::{Draft, Text, plain, press, title},
};

/// Mutes that a list offers to end.
const MOST_BUTTONS: usize = 6;

/// What a word says is to be muted, `None` when it names nothing of the kind.
pub(super) fn read(word: &str, catalogue: &Catalogue) -> Option<Muted> {
    let word = word.trim().to_lowercase();
    if ALL_WORDS.contains(&word.as_str()) {
        return Some(Muted::All);
    }
    let service = catalogue.by_word(&word).map(|service| Muted::Service(service.id.clone()));
    service.or_else(|| IncidentId::parse(&word).map(Muted::Incident))
}

/// The word to type for it.
pub(super) fn word(muted: &Muted) -> String {
    match muted {
        Muted::All => "all".to_owned(),
        Muted::Service(service) => service.to_string(),
        Muted::Incident(incident) => incident.to_string(),
    }
}

/// What people call it.
pub(super) fn name(muted: &Muted, view: &View<'_>) -> String {
    let locale = view.settings.locale;
    match muted {
        Muted::All => plain(locale, &Text::Everything),
        Muted::Service(id) => view.catalogue.by_id(id).map_or_else(|| id.to_string(), |service| service.name.clone()),
        Muted::Incident(id) => incident::by_id(id, view).map_or_else(
            || id.to_string(),
            |incident| {
                let title = title(locale, &incident);
                let service = incident::service_name(&incident, view);
                plain(locale, &Text::MutedIncident { service, title: &title })
            },
        ),
    }
}

/// The chat's mutes that still hold, as they are kept.
pub(super) fn active<'a>(view: &'a View<'_>) -> impl Iterator<Item = &'a Mute> {
    let is_over = |muted: &Muted| match muted {
        Muted::All | Muted::Service(_) => false,
        Muted::Incident(id) => {
            let track = (view.tracks)(&id.service);
            track.is_some_and(|track| track.incident(id).is_some_and(|incident| !incident.is_open()))
        }
    };
    view.mutes.iter().filter(move |mute| mute.until.is_none_or(|until| view.now < until) && !is_over(&mute.muted))
}

/// A sentence that says how long it is muted.
pub(super) fn say(mute: &Mute, view: &View<'_>, draft: &mut Draft) {
    let name = name(&mute.muted, view);
    match mute.until {
        Some(until) => draft.paragraph(&Text::MutedUntil { muted: &name, until }),
        None => draft.paragraph(&Text::MutedOpen { muted: &name, kind: kind(&mute.muted) }),
    }
}

/// A button for each of the first mutes that ends it.
pub(super) fn buttons(view: &View<'_>) -> Vec<Button> {
    let button = |mute: &Mute| {
        let label = plain(view.settings.locale, &Text::ButtonUnmuteThis { muted: &name(&mute.muted, view) });
        press(&label, format!("unmute {}", word(&mute.muted)))
    };
    active(view).filter_map(button).take(MOST_BUTTONS).collect()
}

/// The mutes as a list; nothing when there is none.
pub(super) fn list(view: &View<'_>, draft: &mut Draft) {
    for (place, mute) in active(view).enumerate() {
        if place == 0 {
            draft.paragraph(&Text::MutesHeading);
        }
        let name = name(&mute.muted, view);
        match mute.until {
            Some(until) => draft.item(None, &Text::MuteLine { muted: &name, until }),
            None => draft.item(None, &Text::MuteLineOpen { muted: &name, kind: kind(&mute.muted) }),
        }
    }
}

const fn kind(muted: &Muted) -> &'static str {
    match muted {
        Muted::All | Muted::Service(_) => "other",
        Muted::Incident(_) => "incident",
    }
}
