//! `/mute`: silence about a service, an incident or everything for a while.

use std::time::Duration;

use crate::{
    commands::{
        Answer, Length, Refusal, Request, View, incident, length,
        menu::{self, Choices},
        mutes,
    },
    domain::{Change, Incident, Mute, Muted},
    text::{self, Draft, Text, plain, press},
};

/// How long a service or everything is muted unless told otherwise. An incident is muted until it is over.
const DEFAULT: Duration = Duration::from_hours(24);

/// The lengths that the menu offers.
pub(super) const OFFERED: [Duration; 4] =
    [Duration::from_hours(1), Duration::from_hours(8), Duration::from_hours(24), Duration::from_hours(72)];

/// Open incidents that the menu offers.
const MOST_INCIDENTS: usize = 5;

/// Mutes, and says until when and what still comes; without a word, asks what and how long.
///
/// # Errors
///
/// [`Refusal::UnknownIncident`] and [`Refusal::AlreadyOver`] for an incident that cannot be muted,
/// [`Refusal::Outdated`] for a button that is not understood any more.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let known = |word: &str| mutes::read(word, view.catalogue).ok_or_else(outdated);
    match request.menu().as_deref() {
        None => match request.muted("what") {
            Some(muted) => make(request, muted.clone(), request.length("duration"), view),
            None => Ok(ask_what(request, 1, view)),
        },
        Some([]) => Ok(ask_what(request, 1, view)),
        Some(["page", page @ ..]) => Ok(ask_what(request, menu::page(page), view)),
        Some(["for", word]) => Ok(ask_length(request, &known(word)?, view)),
        Some(["set", word, length @ ..]) => {
            let length = match length {
                [] => None,
                words => Some(length::parse(&words.join(" ")).ok_or_else(outdated)?),
            };
            make(request, known(word)?, length, view)
        }
        Some(_) => Err(outdated()),
    }
}

fn outdated() -> Refusal {
    Refusal::Outdated { command: "/mute".to_owned() }
}

fn make(request: &Request, muted: Muted, length: Option<Length>, view: &View<'_>) -> Result<Answer, Refusal> {
    let length = match &muted {
        Muted::All | Muted::Service(_) => Some(length.unwrap_or(Length::For(DEFAULT))),
        Muted::Incident(id) => {
            let unknown = || Refusal::UnknownIncident { typed: id.to_string() };
            if !incident::by_id(id, view).ok_or_else(unknown)?.is_open() {
                return Err(Refusal::AlreadyOver { incident: id.clone() });
            }
            length
        }
    };
    let mute = Mute { until: length.map(|length| length.end(view.now, view.settings.timezone)), muted };
    let locale = view.settings.locale;
    let mut draft = Draft::new(locale);
    mutes::say(&mute, view, &mut draft);
    draft.paragraph(&Text::MutedRecovery);
    let words = format!("unmute {}", mutes::word(&mute.muted));
    draft.footer(&Text::MutedFooter { command: &format!("/{words}") });
    draft.row(press(&plain(locale, &Text::ButtonUnmute), words));
    let changes = vec![Change::Mute { chat: request.origin.chat.clone(), mute }];
    Ok(Answer { changes, ..Answer::shown(draft.finish()) })
}

/// Everything, what is going on at the chat's services, and these services.
fn ask_what(request: &Request, page: usize, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let mut draft = menu::question(locale, &Text::AskMute, request.spec);
    let services = view.subscribed_services();
    let open: Vec<Incident> = services
        .iter()
        .filter_map(|service| view.track(service))
        .flat_map(|track| track.open_incidents().cloned().collect::<Vec<_>>())
        .filter(|incident| !incident.is_notice())
        .take(MOST_INCIDENTS)
        .collect();
    let incidents = open.into_iter().map(|incident| Muted::Incident(incident.id));
    let services = services.into_iter().map(|service| Muted::Service(service.id.clone()));
    let choices = std::iter::once(Muted::All).chain(incidents).chain(services);
    let choices = choices.map(|muted| {
        let words = format!("mute ~for {}", mutes::word(&muted));
        (mutes::name(&muted, view), words)
    });
    Choices {
        choices: choices.collect(),
        per_row: 2,
        page,
        turn: &|page| format!("mute ~page {page}"),
        back: None,
        beside: None,
    }
    .put(locale, &mut draft);
    Answer::shown(draft.finish())
}

fn ask_length(request: &Request, muted: &Muted, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let mut draft = menu::question(locale, &Text::AskLength { muted: &mutes::name(muted, view) }, request.spec);
    let set = format!("mute ~set {}", mutes::word(muted));
    let mut choices: Vec<(String, String)> = OFFERED
        .into_iter()
        .map(|length| (text::duration(locale, length), format!("{set} {}", length::word(length))))
        .collect();
    match muted {
        Muted::Incident(_) => choices.insert(0, (plain(locale, &Text::ButtonUntilOver), set)),
        Muted::All | Muted::Service(_) => {}
    }
    Choices { choices, per_row: 2, page: 1, turn: &|_| String::new(), back: Some("mute ~".to_owned()), beside: None }
        .put(locale, &mut draft);
    Answer::shown(draft.finish())
}
