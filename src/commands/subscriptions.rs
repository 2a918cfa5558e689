//! `/subscriptions`: what the chat hears about.

use crate::{
    commands::{Answer, Refusal, Request, View, components::Known, menu, mutes, pages::Pages, settings},
    domain::{Sources, Subscription, Topic},
    text::{Draft, Text, affected, plain, say},
};

/// Subscriptions on a page.
const PAGE: usize = 20;

/// Every subscription with its filters, in pages; what is muted, and how the chat is spoken to.
///
/// # Errors
///
/// None.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let locale = view.settings.locale;
    let mut draft = Draft::new(locale);
    let shown = Pages::new(request.integer("page").unwrap_or(1), view.subscriptions.len(), PAGE);
    if view.subscriptions.is_empty() {
        draft.paragraph(&Text::NoSubscriptions { example: "/subscribe whatsapp", command: "/services" });
    } else {
        draft.title(&Text::Subscriptions { count: view.subscriptions.len() });
        for subscription in view.subscriptions.iter().skip(shown.from).take(PAGE) {
            line(subscription, view, &mut draft);
        }
    }
    let words = |page: usize| format!("subscriptions page:{page}");
    if shown.page == 1 {
        mutes::list(view, &mut draft);
        menu::rows(mutes::buttons(view), 2, &mut draft);
        settings::lines(&view.settings, view.now, &mut draft);
    }
    menu::pages_footer(shown, &words, &mut draft);
    draft.row(menu::turning(locale, shown, &Text::ButtonPrevious, &Text::ButtonNext, &words));
    Ok(Answer::aside(draft.finish()))
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
    gone(subscription, view, draft);
}

/// The components that were chosen and that nobody lists there now: a chat that hears of nothing else would be deaf.
pub(super) fn gone(subscription: &Subscription, view: &View<'_>, draft: &mut Draft) {
    let gone = Known::of(&subscription.topic, view).missing(&subscription.filter.components);
    if !gone.is_empty() {
        let (topic, list) = (name(&subscription.topic, view), affected(view.settings.locale, &gone));
        draft.paragraph(&Text::ComponentsGone { topic: &topic, list: &list });
    }
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
    if !subscription.filter.regions.is_empty() {
        draft.field(&Text::LabelOnlyRegions, affected(locale, &subscription.filter.regions));
    }
    if let Some(is_told) = subscription.filter.maintenance {
        let state = if is_told { "on" } else { "off" };
        draft.field(&Text::LabelMaintenance, say(locale, &Text::SwitchWord { state }));
    }
    match subscription.filter.sources {
        Sources::All => {}
        sources @ Sources::Official => {
            draft.field(&Text::LabelHeard, say(locale, &Text::FilterSources { sources: sources.word() }));
        }
    }
    if let Some(mention) = &subscription.mention {
        draft.field(&Text::LabelMention, say(locale, &Text::FilterMention { mention }));
    }
}
