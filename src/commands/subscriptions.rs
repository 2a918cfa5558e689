//! `/subscriptions`: what the chat hears about.

use crate::{
    commands::{Answer, Refusal, Request, View},
    domain::{Subscription, Topic},
    text::{Draft, Text, affected, plain, say},
};

/// Every subscription with its filters, and how the chat is spoken to.
///
/// # Errors
///
/// None.
pub(super) fn run(_request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let mut draft = Draft::new(view.settings.locale);
    if view.subscriptions.is_empty() {
        draft.paragraph(&Text::NoSubscriptions { example: "/subscribe whatsapp", command: "/services" });
    } else {
        draft.title(&Text::Subscriptions { count: view.subscriptions.len() });
        for subscription in view.subscriptions {
            line(subscription, view, &mut draft);
        }
    }
    draft.footer(&Text::SettingsLine { zone: view.settings.timezone.name() });
    Ok(Answer::shown(draft.finish()))
}

/// What people call a topic: the service's name, or the category.
pub(super) fn name(topic: &Topic, view: &View<'_>) -> String {
    match topic {
        Topic::Service(id) => view.catalogue.by_id(id).map_or_else(|| id.to_string(), |service| service.name.clone()),
        Topic::Category(category) => plain(view.settings.locale, &Text::CategoryName { category }),
    }
}

/// The word to type for a topic.
pub(super) fn word(topic: &Topic) -> &str {
    match topic {
        Topic::Service(id) => id.as_str(),
        Topic::Category(category) => category,
    }
}

/// A line about one subscription, and lines about its filters.
pub(super) fn line(subscription: &Subscription, view: &View<'_>, draft: &mut Draft) {
    let topic = name(&subscription.topic, view);
    match &subscription.topic {
        Topic::Service(id) if view.catalogue.by_id(id).is_none() => {
            draft.item(None, &Text::SubscriptionUnwatched { topic: &topic });
        }
        Topic::Service(_) => draft.item(None, &Text::SubscriptionLine { topic: &topic }),
        Topic::Category(category) => {
            let count = view.catalogue.services().filter(|service| service.category == *category).count();
            draft.item(None, &Text::SubscriptionCategory { topic: &topic, count });
        }
    }
    filters(subscription, view, draft);
}

/// What of its topic a subscription wants to hear, and who is called.
pub(super) fn filters(subscription: &Subscription, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    if let Some(severity) = subscription.filter.severity {
        let words = say(locale, &Text::FilterSeverity { severity: severity.condition().word() });
        draft.field(&Text::LabelSeverity, words);
    }
    if !subscription.filter.components.is_empty() {
        draft.field(&Text::LabelComponents, affected(locale, &subscription.filter.components));
    }
    if let Some(mention) = &subscription.mention {
        draft.field(&Text::LabelMention, say(locale, &Text::FilterMention { mention }));
    }
}
