//! `/unsubscribe`: the reverse of `/subscribe`.

use crate::{
    commands::{
        Answer, Refusal, Request, View,
        menu::{self, Choices},
        parse,
        spec::Kind,
        subscriptions,
    },
    domain::{Change, Muted, Span, Subscription, Topic},
    text::{Draft, Joint, Text, join},
};

/// The words that mean every subscription.
pub(super) const ALL_WORDS: [&str; 3] = ["all", "alle", "alles"];

/// Ends one subscription or all, and says what remains; without a word, asks which.
///
/// # Errors
///
/// [`Refusal::NotSubscribed`] when the chat has no such subscription, [`Refusal::UnknownService`] when there is nothing
/// of that name at all, [`Refusal::Outdated`] for a button that is not understood any more.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    match request.menu().as_deref() {
        None => match request.text("topic") {
            Some(typed) => end(typed, request, view),
            None => Ok(ask(1, request, view)),
        },
        Some([]) => Ok(ask(1, request, view)),
        Some(["page", page @ ..]) => Ok(ask(menu::page(page), request, view)),
        Some(["end", word]) => end(word, request, view),
        Some(_) => Err(Refusal::Outdated { command: "/unsubscribe".to_owned() }),
    }
}

/// Which subscription?
fn ask(page: usize, request: &Request, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    if view.subscriptions.is_empty() {
        let mut draft = Draft::new(locale);
        draft.paragraph(&Text::NothingToUnsubscribe);
        return Answer::aside(draft.finish());
    }
    let mut draft = menu::question(locale, &Text::AskUnsubscribe, request.spec);
    let choice = |one: &Subscription| {
        (subscriptions::name(&one.topic, view), format!("unsubscribe ~end {}", subscriptions::word(&one.topic)))
    };
    Choices {
        choices: view.subscriptions.iter().map(choice).collect(),
        per_row: 2,
        page,
        turn: &|page| format!("unsubscribe ~page {page}"),
        back: None,
        beside: None,
    }
    .put(locale, &mut draft);
    Answer::shown(draft.finish())
}

fn end(typed: &str, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let chat = request.origin.chat.clone();
    let mut draft = Draft::new(view.settings.locale);
    if ALL_WORDS.contains(&typed.to_lowercase().as_str()) {
        let count = view.subscriptions.len();
        if count == 0 {
            draft.paragraph(&Text::NothingToUnsubscribe);
            return Ok(Answer::shown(draft.finish()));
        }
        draft.paragraph(&Text::UnsubscribedAll { count });
        return Ok(Answer { changes: vec![Change::UnsubscribeAll { chat }], ..Answer::shown(draft.finish()) });
    }
    Ok(end_one(subscribed(typed, view)?, request, view))
}

/// Ends a subscription that there is; when it is to a page that the chat watches, the watch ends with it.
pub(super) fn end_one(topic: Topic, request: &Request, view: &View<'_>) -> Answer {
    let chat = request.origin.chat.clone();
    let mut draft = Draft::new(view.settings.locale);
    let mut changes = Vec::new();
    let name = subscriptions::name(&topic, view);
    match &topic {
        Topic::Service(id) if view.catalogue.by_id(id).is_some_and(|service| service.is_watched_page()) => {
            draft.paragraph(&Text::Unwatched { page: &name });
            let muted = Muted::Service(id.clone());
            if view.mutes.iter().any(|mute| mute.muted == muted) {
                // Nobody could name it any more to end that.
                changes.push(Change::Unmute { chat: chat.clone(), muted });
            }
        }
        Topic::Service(_) | Topic::Category(_) => draft.paragraph(&Text::Unsubscribed { topic: &name }),
    }
    let remaining: Vec<&Topic> =
        view.subscriptions.iter().map(|one| &one.topic).filter(|other| **other != topic).collect();
    remain(&topic, &remaining, view, &mut draft);
    changes.push(Change::Unsubscribe { chat, topic });
    Answer { changes, ..Answer::shown(draft.finish()) }
}

/// The chat's subscription that was meant. A service that left the catalogue can still be named by its id.
fn subscribed(typed: &str, view: &View<'_>) -> Result<Topic, Refusal> {
    let wanted = typed.to_lowercase();
    let service = view.catalogue.by_word(typed).or_else(|| view.catalogue.by_address(typed));
    let is_meant = |topic: &Topic| {
        subscriptions::word(topic) == wanted
            || matches!((topic, service), (Topic::Service(id), Some(service)) if *id == service.id)
    };
    if let Some(one) = view.subscriptions.iter().find(|one| is_meant(&one.topic)) {
        return Ok(one.topic.clone());
    }
    let is_category = view.catalogue.categories().contains(&wanted.as_str());
    match service {
        Some(service) => Err(Refusal::NotSubscribed {
            typed: service.name.clone(),
            category: view
                .subscriptions
                .iter()
                .find(|one| one.topic.covers(service))
                .map(|one| subscriptions::word(&one.topic).to_owned()),
        }),
        None if is_category => Err(Refusal::NotSubscribed { typed: wanted, category: None }),
        None => Err(parse::unknown_service(typed, Kind::Topic, view.catalogue)),
    }
}

/// What the chat still hears about; a service may still come in through its category.
fn remain(ended: &Topic, remaining: &[&Topic], view: &View<'_>, draft: &mut Draft) {
    if let Topic::Service(id) = ended
        && let Some(service) = view.catalogue.by_id(id)
        && let Some(category) = remaining.iter().find(|topic| topic.covers(service))
    {
        let category = subscriptions::word(category);
        draft.paragraph(&Text::CoveredByCategory { category, command: &format!("/unsubscribe {category}") });
    }
    if remaining.is_empty() {
        draft.paragraph(&Text::NothingRemains);
        return;
    }
    let names: Vec<Span> = remaining.iter().map(|topic| Span::Strong(subscriptions::name(topic, view))).collect();
    let list = join(view.settings.locale, Joint::And, &names);
    draft.paragraph(&Text::Remains { count: remaining.len(), list: &list });
}
