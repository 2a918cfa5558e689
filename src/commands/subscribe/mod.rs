//! `/subscribe`: the chat hears about a service or a category.

mod menu;

use crate::{
    commands::{
        Answer, Refusal, Request, View,
        components::Known,
        page,
        standing::{Knowledge, Standing},
        subscriptions,
    },
    domain::{Change, Filter, Span, Subscription, Topic},
    text::{Draft, Joint, Text, affected, join},
};

/// Services of a category that are told one by one.
const MOST_LINES: usize = 10;

/// Components that are offered in place of one that nobody knows.
const MOST_NEAR: usize = 3;

/// Makes or changes the subscription and says what is going on there now; without a topic, asks which.
///
/// # Errors
///
/// [`Refusal::UnknownComponents`] when none of the components is known there though they were read, and what
/// [`menu::run`] refuses.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    if let Some(words) = request.menu() {
        return menu::run(&words, request, view);
    }
    if let Some(url) = request.page("topic") {
        return page::take(url, request, view);
    }
    match request.topic("topic") {
        Some(topic) => to(topic, request, view),
        None => Ok(menu::ask_category(1, request, view)),
    }
}

/// Subscribes to a topic, as much of it as the request says.
pub(super) fn to(topic: &Topic, request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let typed = request.names("components").unwrap_or_default();
    let known = Known::of(topic, view);
    let resolved = known.resolve(typed);
    if known.is_complete && !typed.is_empty() && resolved.strange.len() == typed.len() {
        return Err(no_such_components(topic, typed, &known, view));
    }
    let mut wanted = wanted(request, topic, view);
    wanted.filter.components = resolved.names;
    // Before anything was read, nothing can be called strange.
    let strange = if known.names.is_empty() { Vec::new() } else { resolved.strange };
    Ok(make(wanted, &strange, view))
}

/// The subscription that the request says, components as they were typed.
pub(super) fn wanted(request: &Request, topic: &Topic, view: &View<'_>) -> Subscription {
    Subscription {
        // Degraded is the mildest severity, but not the same as no filter: it leaves maintenance out.
        filter: Filter {
            severity: request.severity("severity"),
            components: request.names("components").unwrap_or_default().to_vec(),
        },
        mention: request.text("mention").map(str::to_owned),
        ..whole(request, topic, view)
    }
}

/// The subscription to all of a topic, unless there is one already, which stays as it is; and what is going on there now.
pub(super) fn plainly(request: &Request, topic: &Topic, view: &View<'_>) -> Answer {
    let former = view.subscriptions.iter().find(|one| one.topic == *topic).cloned();
    make(former.unwrap_or_else(|| whole(request, topic, view)), &[], view)
}

fn whole(request: &Request, topic: &Topic, view: &View<'_>) -> Subscription {
    Subscription {
        chat: request.origin.chat.clone(),
        topic: topic.clone(),
        filter: Filter::default(),
        mention: None,
        since: view.now,
    }
}

fn no_such_components(topic: &Topic, typed: &[String], known: &Known, view: &View<'_>) -> Refusal {
    let mut near: Vec<String> = typed.iter().flat_map(|name| known.near(name, MOST_NEAR)).collect();
    let is_near = !near.is_empty();
    near.dedup();
    near.truncate(MOST_NEAR);
    Refusal::UnknownComponents {
        topic: subscriptions::name(topic, view),
        typed: typed.join(", "),
        near: if is_near { near } else { known.names.clone() },
        is_near,
    }
}

/// Makes or changes the subscription. `strange` are components that nobody knows there now: they are kept, for a
/// provider may name them some day, and said.
fn make(wanted: Subscription, strange: &[String], view: &View<'_>) -> Answer {
    let topic = &wanted.topic;
    let former = view.subscriptions.iter().find(|one| one.topic == *topic);
    let is_same = former.is_some_and(|one| one.filter == wanted.filter && one.mention == wanted.mention);

    let locale = view.settings.locale;
    let mut draft = Draft::new(locale);
    let name = subscriptions::name(topic, view);
    match (former.is_some(), is_same) {
        (false, _) => draft.paragraph(&Text::Subscribed { topic: &name }),
        (true, false) => draft.paragraph(&Text::SubscriptionChanged { topic: &name }),
        (true, true) => draft.paragraph(&Text::SubscribedBefore { topic: &name }),
    }
    subscriptions::filters(&wanted, view, &mut draft);
    if !strange.is_empty() {
        draft.paragraph(&Text::StrangeComponents { topic: &name, list: &affected(locale, strange) });
        let known = Known::of(topic, view);
        let near = strange.iter().flat_map(|name| known.near(name, 1)).map(Span::Strong).take(MOST_NEAR);
        let near = join(locale, Joint::Or, &near.collect::<Vec<_>>());
        if !near.is_empty() {
            draft.paragraph(&Text::DidYouMean { near: &near });
        }
    }
    present(topic, view, &mut draft);
    draft.footer(&Text::SubscribedFooter { command: &format!("/unsubscribe {}", subscriptions::word(topic)) });
    let changes = if is_same { Vec::new() } else { vec![Change::Subscribe(wanted)] };
    Answer { changes, ..Answer::shown(draft.finish()) }
}

/// What is going on there now: the baseline is shown here and not pushed as news (DESIGN rule 7).
fn present(topic: &Topic, view: &View<'_>, draft: &mut Draft) {
    let services: Vec<_> = view.catalogue.services().filter(|service| topic.covers(service)).collect();
    match topic {
        Topic::Service(_) => {
            for service in services {
                Standing::of(service, view).line(service, draft);
            }
        }
        Topic::Category(_) => {
            let names: Vec<String> = services.iter().map(|service| service.name.clone()).collect();
            let list = affected(view.settings.locale, &names);
            draft.paragraph(&Text::CategoryServices { count: names.len(), services: &list });
            let (mut is_known, mut unreadable, mut never) = (false, Vec::new(), Vec::new());
            let not_well: Vec<_> = services
                .into_iter()
                .map(|service| (service, Standing::of(service, view)))
                .inspect(|(service, standing)| match standing.knowledge {
                    Knowledge::Fresh => is_known = true,
                    Knowledge::Unreadable(_) => unreadable.push(service.name.clone()),
                    Knowledge::Never => never.push(service.name.clone()),
                })
                .filter(|(_, standing)| standing.condition.is_bad())
                .collect();
            if not_well.is_empty() && is_known {
                draft.paragraph(&Text::CategoryQuiet);
            }
            for (service, standing) in not_well.iter().take(MOST_LINES) {
                standing.line(service, draft);
            }
            if let Some(more) = not_well.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
                draft.paragraph(&Text::OverviewMore { count: more });
            }
            if !unreadable.is_empty() {
                draft.paragraph(&Text::OverviewUnreadable { services: &affected(view.settings.locale, &unreadable) });
            }
            if !never.is_empty() {
                draft.paragraph(&Text::OverviewNever { services: &affected(view.settings.locale, &never) });
            }
        }
    }
}
