//! `/maintenance`: what is planned and what is going on.

use std::sync::Arc;

use crate::{
    commands::{Answer, Refusal, Request, View, standing::is_running, status, works},
    domain::{Condition, Incident, Mark},
    text::{Draft, Text, open, plain},
};

/// Works that are told; what is beyond is counted.
const MOST_LINES: usize = 20;

/// Planned and running work at one service, or at the chat's services: what goes on first, then what comes next.
///
/// # Errors
///
/// None: whether the service exists was found out when it was read.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let locale = view.settings.locale;
    let service = request.service("service").and_then(|id| view.catalogue.by_id(id));
    let (services, is_about_all) = match service {
        Some(service) => (vec![service], false),
        None => status::services_of_chat(request.origin.is_private, view),
    };
    let mut works: Vec<Incident> = services
        .iter()
        .filter_map(|service| (view.tracks)(&service.id))
        .flat_map(|track: Arc<_>| track.open_maintenances().cloned().collect::<Vec<_>>())
        .collect();
    works.sort_by_key(|work| {
        let start = work.planned.as_ref().and_then(|planned| planned.starts_at);
        (!is_running(work), start.is_none(), start)
    });
    let mut draft = Draft::new(locale);
    match (works.len(), service) {
        (0, Some(service)) => draft.paragraph(&Text::NoMaintenanceAt { service: &service.name }),
        (0, None) => draft.paragraph(&Text::NoMaintenance),
        (count, _) => {
            draft.mark(Mark::Condition(Condition::Maintenance));
            draft.title(&Text::Maintenances { count });
        }
    }
    if is_about_all && !request.origin.is_private {
        draft.paragraph(&Text::OverviewAllServices { count: services.len(), command: "/subscribe" });
    }
    for work in works.iter().take(MOST_LINES) {
        let line = works::line(locale, work);
        let command = format!("/incident {}", work.id);
        let text = Text::MaintenanceLine { service: &work.service_name, work: &line, command: &command };
        draft.item(Some(Mark::Condition(Condition::Maintenance)), &text);
    }
    if let Some(more) = works.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        draft.paragraph(&Text::OverviewMore { count: more });
    }
    let page = service.and_then(|service| service.status_page.as_ref());
    draft.row(page.and_then(|url| open(&plain(locale, &Text::ButtonStatusPage), url)));
    Ok(Answer::shown(draft.finish()))
}
