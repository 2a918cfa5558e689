//! `/subscribe`: the chat hears about a service or a category.

use crate::{
    commands::{
        Answer, Refusal, Request, View,
        standing::{Knowledge, Standing},
        subscriptions,
    },
    domain::{Change, Filter, Subscription, Topic},
    text::{Draft, Text, affected},
};

/// Services of a category that are told one by one.
const MOST_LINES: usize = 10;

/// Makes or changes the subscription and says what is going on there now.
///
/// # Errors
///
/// [`Refusal::Missing`] when no topic was given.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let missing = || Refusal::Missing { spec: request.spec, option: "topic".to_owned() };
    let topic = request.topic("topic").ok_or_else(missing)?;
    let wanted = Subscription {
        chat: request.origin.chat.clone(),
        topic: topic.clone(),
        // Degraded is the mildest severity, but not the same as no filter: it leaves maintenance out.
        filter: Filter {
            severity: request.severity("severity"),
            components: request.names("components").unwrap_or_default().to_vec(),
        },
        mention: request.text("mention").map(str::to_owned),
        since: view.now,
    };
    let former = view.subscriptions.iter().find(|one| one.topic == *topic);
    let is_same = former.is_some_and(|one| one.filter == wanted.filter && one.mention == wanted.mention);

    let mut draft = Draft::new(view.settings.locale);
    let name = subscriptions::name(topic, view);
    match (former.is_some(), is_same) {
        (false, _) => draft.paragraph(&Text::Subscribed { topic: &name }),
        (true, false) => draft.paragraph(&Text::SubscriptionChanged { topic: &name }),
        (true, true) => draft.paragraph(&Text::SubscribedBefore { topic: &name }),
    }
    subscriptions::filters(&wanted, view, &mut draft);
    present(topic, view, &mut draft);
    draft.footer(&Text::SubscribedFooter { command: &format!("/unsubscribe {}", subscriptions::word(topic)) });
    let changes = if is_same { Vec::new() } else { vec![Change::Subscribe(wanted)] };
    Ok(Answer { changes, ..Answer::shown(draft.finish()) })
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
