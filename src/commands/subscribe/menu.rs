//! Subscribing step by step: category, service, then how much of it.

use crate::{
    commands::{
        Answer, Kind, Refusal, Request, View,
        components::{Known, digest},
        menu::{self, Choices},
        parse::{self, MOST_NAMES},
        subscribe, subscriptions,
    },
    domain::{Change, Filter, Locale, Severity, Sources, Subscription, Topic, is_same_part},
    text::{Text, affected, plain, press},
};

/// The step that a button of the menu leads to.
///
/// # Errors
///
/// [`Refusal::UnknownService`] for a service or category that is no more, [`Refusal::Outdated`] for a component that is
/// no more or a button that is not understood any more, [`Refusal::TooManyComponents`].
pub(super) fn run(words: &[&str], request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    match words {
        [] => Ok(ask_category(1, request, view)),
        ["page", page @ ..] => Ok(ask_category(menu::page(page), request, view)),
        ["in", category, page @ ..] => ask_service(category, menu::page(page), request, view),
        ["how", word] => Ok(ask_severity(&topic(word, view)?, request, view)),
        ["at", word, severity] => {
            let wanted = present(&topic(word, view)?, request, view);
            let severity = match *severity {
                "all" => None,
                word => Some(parse::severity(word).ok_or_else(outdated)?),
            };
            let filter = Filter { severity, ..wanted.filter };
            Ok(subscribe::make(Subscription { filter, ..wanted }, &[], view))
        }
        ["parts", word, page @ ..] => {
            let wanted = present(&topic(word, view)?, request, view);
            Ok(ask_components(&wanted, menu::page(page), request, view))
        }
        ["part", word, digest] => choose_component(&topic(word, view)?, digest, request, view),
        ["places", word, page @ ..] => {
            let wanted = present(&topic(word, view)?, request, view);
            Ok(ask_regions(&wanted, menu::page(page), request, view))
        }
        ["place", word, digest] => choose_region(&topic(word, view)?, digest, request, view),
        ["works", word] => {
            let wanted = present(&topic(word, view)?, request, view);
            let is_told = wanted.filter.maintenance.unwrap_or(wanted.filter.severity.is_none());
            // What it would be anyway is not kept, so that it goes on following the severity.
            let maintenance = Some(!is_told).filter(|told| *told != wanted.filter.severity.is_none());
            let filter = Filter { maintenance, ..wanted.filter };
            Ok(subscribe::make(Subscription { filter, ..wanted }, &[], view))
        }
        ["official", word] => {
            let wanted = present(&topic(word, view)?, request, view);
            let sources = match wanted.filter.sources {
                Sources::All => Sources::Official,
                Sources::Official => Sources::All,
            };
            let filter = Filter { sources, ..wanted.filter };
            Ok(subscribe::make(Subscription { filter, ..wanted }, &[], view))
        }
        ["done", word] => Ok(subscribe::make(present(&topic(word, view)?, request, view), &[], view)),
        _ => Err(outdated()),
    }
}

fn outdated() -> Refusal {
    Refusal::Outdated { command: "/subscribe".to_owned() }
}

fn topic(word: &str, view: &View<'_>) -> Result<Topic, Refusal> {
    if let Some(service) = view.catalogue.by_word(word) {
        return Ok(Topic::Service(service.id.clone()));
    }
    let is_category = view.catalogue.categories().contains(&word);
    let category = is_category.then(|| Topic::Category(word.to_owned()));
    category.ok_or_else(|| parse::unknown_service(word, Kind::Topic, view.catalogue))
}

/// The chat's subscription to this topic as it is, else one to all of it: a menu changes one thing at a time.
fn present(topic: &Topic, request: &Request, view: &View<'_>) -> Subscription {
    let former = view.subscriptions.iter().find(|one| one.topic == *topic).cloned();
    former.unwrap_or_else(|| subscribe::whole(request, topic, view))
}

/// Which category?
pub(super) fn ask_category(page: usize, request: &Request, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let mut draft = menu::question(locale, &Text::AskCategory, request.spec);
    let choice = |category: &str| {
        let count = view.catalogue.services().filter(|service| service.category == category).count();
        (plain(locale, &Text::ButtonCategory { category, count }), format!("subscribe ~in {category}"))
    };
    Choices {
        choices: view.catalogue.categories().into_iter().map(choice).collect(),
        per_row: 3,
        page,
        turn: &|page| format!("subscribe ~page {page}"),
        back: None,
        beside: None,
    }
    .put(locale, &mut draft);
    Answer::shown(draft.finish())
}

/// Which service of it, or all?
fn ask_service(category: &str, page: usize, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let locale = view.settings.locale;
    let is_known = view.catalogue.categories().contains(&category);
    if !is_known {
        return Err(parse::unknown_service(category, Kind::Topic, view.catalogue));
    }
    let mut draft = menu::question(locale, &Text::AskService { category }, request.spec);
    let services = view.catalogue.services().filter(|service| service.category == category);
    let all = (plain(locale, &Text::ButtonAllOf { category }), format!("subscribe ~how {category}"));
    let services = services.map(|service| {
        let is_chosen = view.subscriptions.iter().any(|one| one.topic == Topic::Service(service.id.clone()));
        (menu::marked(locale, service.name.clone(), is_chosen), format!("subscribe ~how {}", service.id))
    });
    Choices {
        choices: std::iter::once(all).chain(services).collect(),
        per_row: 3,
        page,
        turn: &|page| format!("subscribe ~in {category} {page}"),
        back: Some("subscribe ~".to_owned()),
        beside: None,
    }
    .put(locale, &mut draft);
    Ok(Answer::shown(draft.finish()))
}

/// How much of it?
fn ask_severity(topic: &Topic, request: &Request, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let (name, word) = (subscriptions::name(topic, view), subscriptions::word(topic));
    let mut draft = menu::question(locale, &Text::AskSeverity { topic: &name }, request.spec);
    let former = view.subscriptions.iter().find(|one| one.topic == *topic);
    let choice = |severity: Option<Severity>| {
        let label = match severity {
            None => plain(locale, &Text::ButtonAnySeverity),
            Some(severity) => severity_name(locale, severity),
        };
        let is_chosen = former.is_some_and(|one| one.filter.severity == severity);
        let severity = severity.map_or("all", short_word);
        (menu::marked(locale, label, is_chosen), format!("subscribe ~at {word} {severity}"))
    };
    let severities = std::iter::once(None).chain(Severity::ALL.into_iter().map(Some));
    let mut choices: Vec<(String, String)> = severities.map(choice).collect();
    if let Some(former) = former {
        let Filter { severity, maintenance, sources, .. } = &former.filter;
        let works =
            menu::marked(locale, plain(locale, &Text::ButtonMaintenance), maintenance.unwrap_or(severity.is_none()));
        choices.push((works, format!("subscribe ~works {word}")));
        let official = plain(locale, &Text::ButtonOfficial);
        let official = menu::marked(locale, official, *sources == Sources::Official);
        choices.push((official, format!("subscribe ~official {word}")));
    }
    if !Known::regions_of(topic, view).names.is_empty() {
        choices.push((plain(locale, &Text::ButtonRegions), format!("subscribe ~places {word}")));
    }
    let back = match topic {
        Topic::Service(id) => {
            if !Known::of(topic, view).names.is_empty() {
                choices.push((plain(locale, &Text::ButtonComponents), format!("subscribe ~parts {word}")));
            }
            // A page that the chat watches stands in no category.
            let service = view.catalogue.by_id(id).filter(|service| !service.is_watched_page());
            service.map(|service| format!("subscribe ~in {}", service.category))
        }
        Topic::Category(category) => Some(format!("subscribe ~in {category}")),
    };
    Choices { choices, per_row: 2, page: 1, turn: &|_| String::new(), back, beside: None }.put(locale, &mut draft);
    Answer::shown(draft.finish())
}

/// The word for a severity that leaves room for the longest id beside it.
const fn short_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Degraded => "degraded",
        Severity::PartialOutage => "partial",
        Severity::MajorOutage => "major",
    }
}

fn severity_name(locale: Locale, severity: Severity) -> String {
    plain(locale, &Text::FilterSeverity { severity: severity.word() })
}

/// Which components? `wanted` is the subscription as it is now.
fn ask_components(wanted: &Subscription, page: usize, request: &Request, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let topic = &wanted.topic;
    let (name, word) = (subscriptions::name(topic, view), subscriptions::word(topic));
    let mut draft = menu::question(locale, &Text::AskComponents { topic: &name }, request.spec);
    if !wanted.filter.components.is_empty() {
        draft.field(&Text::LabelComponents, affected(locale, &wanted.filter.components));
    }
    let choice = |component: &String| {
        let label = menu::marked(locale, component.clone(), is_chosen(wanted, component));
        (label, format!("subscribe ~part {word} {}", digest(component)))
    };
    Choices {
        choices: Known::of(topic, view).names.iter().map(choice).collect(),
        per_row: 2,
        page,
        turn: &|page| format!("subscribe ~parts {word} {page}"),
        back: Some(format!("subscribe ~how {word}")),
        beside: press(&plain(locale, &Text::ButtonDone), format!("subscribe ~done {word}")),
    }
    .put(locale, &mut draft);
    Answer::shown(draft.finish())
}

fn is_chosen(wanted: &Subscription, component: &str) -> bool {
    wanted.filter.components.iter().any(|chosen| is_same_part(chosen, component))
}

/// Which regions? `wanted` is the subscription as it is now.
fn ask_regions(wanted: &Subscription, page: usize, request: &Request, view: &View<'_>) -> Answer {
    let locale = view.settings.locale;
    let topic = &wanted.topic;
    let (name, word) = (subscriptions::name(topic, view), subscriptions::word(topic));
    let mut draft = menu::question(locale, &Text::AskRegions { topic: &name }, request.spec);
    if !wanted.filter.regions.is_empty() {
        draft.field(&Text::LabelOnlyRegions, affected(locale, &wanted.filter.regions));
    }
    let choice = |region: &String| {
        let label = menu::marked(locale, region.clone(), is_chosen_region(wanted, region));
        (label, format!("subscribe ~place {word} {}", digest(region)))
    };
    Choices {
        choices: Known::regions_of(topic, view).names.iter().map(choice).collect(),
        per_row: 2,
        page,
        turn: &|page| format!("subscribe ~places {word} {page}"),
        back: Some(format!("subscribe ~how {word}")),
        beside: press(&plain(locale, &Text::ButtonDone), format!("subscribe ~done {word}")),
    }
    .put(locale, &mut draft);
    Answer::shown(draft.finish())
}

fn is_chosen_region(wanted: &Subscription, region: &str) -> bool {
    let region = region.to_lowercase();
    wanted.filter.regions.iter().any(|chosen| chosen.to_lowercase() == region)
}

/// Adds a region to the subscription, or takes it out again.
fn choose_region(topic: &Topic, digest: &str, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let known = Known::regions_of(topic, view);
    let region = known.meant(digest).ok_or_else(outdated)?;
    let mut wanted = present(topic, request, view);
    if is_chosen_region(&wanted, region) {
        let taken = region.to_lowercase();
        wanted.filter.regions.retain(|chosen| chosen.to_lowercase() != taken);
    } else if wanted.filter.regions.len() >= MOST_NAMES {
        return Err(Refusal::TooManyComponents { most: MOST_NAMES });
    } else {
        wanted.filter.regions.push(region.clone());
    }
    let place = known.names.iter().position(|name| name == region).unwrap_or_default();
    let page = place / menu::size(2) + 1;
    let reply = ask_regions(&wanted, page, request, view).reply;
    Ok(Answer { changes: vec![Change::Subscribe(wanted)], ..Answer::shown(reply) })
}

/// Adds a component to the subscription, or takes it out again.
fn choose_component(topic: &Topic, digest: &str, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let known = Known::of(topic, view);
    let component = known.meant(digest).ok_or_else(outdated)?;
    let mut wanted = present(topic, request, view);
    if is_chosen(&wanted, component) {
        wanted.filter.components.retain(|chosen| !is_same_part(chosen, component));
    } else if wanted.filter.components.len() >= MOST_NAMES {
        return Err(Refusal::TooManyComponents { most: MOST_NAMES });
    } else {
        wanted.filter.components.push(component.clone());
    }
    let place = known.names.iter().position(|name| name == component).unwrap_or_default();
    let page = place / menu::size(2) + 1;
    let reply = ask_components(&wanted, page, request, view).reply;
    Ok(Answer { changes: vec![Change::Subscribe(wanted)], ..Answer::shown(reply) })
}
