//! `/status` without a service.

use std::{cmp::Reverse, sync::Arc};

use crate::{
    commands::{
        View, menu,
        standing::{Knowledge, Standing},
    },
    domain::{Condition, Mark, Message, Service},
    text::{Draft, Text, affected, press},
};

/// Lines of services that are not well; what is beyond is counted.
const MOST_LINES: usize = 20;

/// So many services do not become unreadable together by chance.
const ENOUGH_TO_TELL: usize = 3;

/// Services that are not well and have a button.
const MOST_BUTTONS: usize = 9;

/// The services that a question without a service is about, and whether these are all there are.
pub(in crate::commands) fn services_of_chat<'a>(is_private: bool, view: &'a View<'_>) -> (Vec<&'a Arc<Service>>, bool) {
    let subscribed = view.subscribed_services();
    let is_about_all = is_private || subscribed.is_empty();
    (if is_about_all { view.catalogue.services().collect() } else { subscribed }, is_about_all)
}

/// What is not well now, that the rest is, and what nobody knows.
pub(super) fn message(is_private: bool, view: &View<'_>) -> Message {
    let locale = view.settings.locale;
    let (services, is_about_all) = services_of_chat(is_private, view);
    let sorted = Sorted::new(services.iter().map(|service| service.as_ref()), view);

    let mut draft = Draft::new(locale);
    let worst = sorted.not_well.first().map_or(Condition::Operational, |(_, standing)| standing.condition);
    let bad = sorted.not_well.iter().filter(|(_, standing)| standing.condition.is_bad()).count();
    match (bad, sorted.not_well.len(), sorted.well) {
        (0, 0, 0) if sorted.untold.is_empty() => {
            draft.mark(Mark::Condition(Condition::Unknown));
            draft.title(&Text::OverviewUnknown);
        }
        (0, 0, 0) => {
            draft.mark(Mark::Condition(Condition::Unknown));
            draft.title(&Text::OverviewQuiet);
        }
        (0, 0, count) => {
            draft.mark(Mark::Condition(Condition::Operational));
            draft.title(&Text::OverviewWell { count });
        }
        (0, count, _) => {
            draft.mark(Mark::Condition(Condition::Maintenance));
            draft.title(&Text::OverviewMaintenance { count });
        }
        (count, _, _) => {
            draft.mark(Mark::Condition(worst));
            draft.title(&Text::OverviewNotWell { count });
        }
    }
    if is_about_all && !is_private {
        draft.paragraph(&Text::OverviewAllServices { count: services.len(), command: "/subscribe" });
    }
    for (service, standing) in sorted.not_well.iter().take(MOST_LINES) {
        standing.line(service, &mut draft);
    }
    if let Some(more) = sorted.not_well.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        draft.paragraph(&Text::OverviewMore { count: more });
    }
    if !sorted.not_well.is_empty() && sorted.well > 0 {
        draft.paragraph(&Text::OverviewRest { count: sorted.well });
    }
    if !sorted.unreadable.is_empty() {
        draft.paragraph(&Text::OverviewUnreadable { services: &affected(locale, &sorted.unreadable) });
    }
    if sorted.unreadable.len() == services.len() && services.len() >= ENOUGH_TO_TELL {
        draft.paragraph(&Text::OverviewOwnNetwork);
    }
    if !sorted.never.is_empty() {
        draft.paragraph(&Text::OverviewNever { services: &affected(locale, &sorted.never) });
    }
    if !sorted.untold.is_empty() {
        draft.paragraph(&Text::OverviewUntold { services: &affected(locale, &sorted.untold) });
    }
    if let Some((service, _)) = sorted.not_well.first() {
        draft.footer(&Text::OverviewFooter { command: &format!("/status {}", service.id) });
    }
    let button = |(service, _): &(&Service, Standing)| press(&service.name, format!("status {}", service.id));
    menu::rows(sorted.not_well.iter().take(MOST_BUTTONS).filter_map(button).collect(), 3, &mut draft);
    draft.finish()
}

/// Services by what is known of them.
#[derive(Default)]
struct Sorted<'a> {
    not_well: Vec<(&'a Service, Standing)>,
    well: usize,
    unreadable: Vec<String>,
    never: Vec<String>,
    untold: Vec<String>,
}

impl<'a> Sorted<'a> {
    fn new(services: impl Iterator<Item = &'a Service>, view: &View<'_>) -> Self {
        let mut sorted = Self::default();
        for service in services {
            let standing = Standing::of(service, view);
            match standing.knowledge {
                Knowledge::Unreadable(_) => sorted.unreadable.push(service.name.clone()),
                Knowledge::Never => sorted.never.push(service.name.clone()),
                Knowledge::Fresh => {}
            }
            match standing.condition {
                Condition::Degraded | Condition::PartialOutage | Condition::MajorOutage | Condition::Maintenance => {
                    sorted.not_well.push((service, standing));
                }
                Condition::Operational if standing.knowledge == Knowledge::Fresh => sorted.well += 1,
                Condition::Unknown if standing.knowledge == Knowledge::Fresh => {
                    sorted.untold.push(service.name.clone());
                }
                Condition::Operational | Condition::Unknown => {}
            }
        }
        sorted.not_well.sort_by_key(|(_, standing)| Reverse(standing.condition.severity()));
        sorted
    }
}
