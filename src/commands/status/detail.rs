//! `/status` with a service.

use crate::{
    commands::{
        View,
        standing::{Knowledge, Standing, impact},
        subscriptions, works,
    },
    domain::{Block, Condition, Incident, Mark, Message, Role, Service, Source, Span, Topic, shorten},
    text::{
        Draft, Joint, Text, affected, condition, host, host_link, join, open, phase, plain, press, role, say, title,
        voices,
    },
};

/// Open incidents that are told in full; the others are counted.
const MOST_INCIDENTS: usize = 3;

/// Planned works that are named.
const MOST_WORKS: usize = 3;

/// The longest quote, in characters.
const LONGEST_QUOTE: usize = 600;

/// All that is known about one service now.
pub(super) fn message(service: &Service, view: &View<'_>) -> Message {
    let standing = Standing::of(service, view);
    let mut draft = Draft::new(view.settings.locale);
    draft.mark(Mark::Condition(standing.now()));
    headline(service, &standing, &mut draft);
    incidents(service, &standing, view, &mut draft);
    components(service, &standing, view, &mut draft);
    let of_it = Topic::Service(service.id.clone());
    for subscription in view.subscriptions.iter().filter(|one| one.topic == of_it) {
        subscriptions::gone(subscription, view, &mut draft);
    }
    planned(&standing, view, &mut draft);
    neighbours(service, &standing, view, &mut draft);
    sources(service, &standing, &mut draft);
    if let Some(url) = &service.status_page {
        draft.field(&Text::LabelStatusPage, vec![host_link(url)]);
    }
    if !view.subscriptions.iter().any(|one| one.topic.covers(service)) {
        draft.footer(&Text::DetailSubscribe { command: &format!("/subscribe {}", service.id) });
    }
    buttons(service, &standing, view, &mut draft);
    draft.finish()
}

/// The status page, subscribing, and the timelines of the incidents that are told.
fn buttons(service: &Service, standing: &Standing, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    let page = service.status_page.as_ref().and_then(|url| open(&plain(locale, &Text::ButtonStatusPage), url));
    let is_subscribed = view.subscriptions.iter().any(|one| one.topic.covers(service));
    let subscribe = press(&plain(locale, &Text::ButtonSubscribe), format!("subscribe {}", service.id));
    draft.row(page.into_iter().chain(subscribe.filter(|_| !is_subscribed)));
    let told: Vec<String> = standing
        .track
        .iter()
        .flat_map(|track| track.open_incidents().take(MOST_INCIDENTS))
        .map(|incident| incident.id.to_string())
        .collect();
    let is_only = told.len() == 1;
    draft.row(told.iter().filter_map(|incident| {
        let label = if is_only { Text::ButtonTimeline } else { Text::ButtonTimelineOf { incident } };
        press(&plain(locale, &label), format!("incident {incident}"))
    }));
}

fn headline(service: &Service, standing: &Standing, draft: &mut Draft) {
    let name = service.name.as_str();
    match (standing.condition, standing.knowledge) {
        (Condition::Unknown, Knowledge::Never) => draft.title(&Text::DetailNever { service: name }),
        (Condition::Unknown, Knowledge::Unreadable(_)) => draft.title(&Text::DetailUnreadable { service: name }),
        (Condition::Unknown, Knowledge::Fresh) => draft.title(&Text::DetailUntold { service: name }),
        (Condition::Operational, Knowledge::Unreadable(Some(ago))) => {
            draft.title(&Text::LineStale { service: name, condition: Condition::Operational, ago });
            return;
        }
        (known, _) => draft.title(&Text::DetailTitle { service: name, condition: known }),
    }
    if standing.condition.is_bad() && standing.foremost().is_none() {
        draft.paragraph(&Text::DetailSaidBy { role: standing.voices.word() });
    }
    if let (Knowledge::Unreadable(Some(last)), true) = (standing.knowledge, standing.condition != Condition::Unknown) {
        draft.paragraph(&Text::DetailStale { ago: last });
    }
}

fn incidents(service: &Service, standing: &Standing, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    let Some(track) = &standing.track else { return };
    for incident in track.open_incidents().take(MOST_INCIDENTS) {
        let mark = Some(Mark::Condition(impact(incident)));
        match &incident.title {
            Some(title) => {
                let role = &voices(locale, incident.voices());
                draft.item(mark, &Text::DetailIncident { title, role });
            }
            // A name that we made says itself whose word it is.
            None => draft.push(Block::Item { mark, line: vec![Span::Strong(title(locale, incident))] }),
        }
        let length = (view.now - incident.started_at).to_std().unwrap_or_default();
        draft.field(&Text::LabelSince, say(locale, &Text::SinceFor { at: incident.started_at, length }));
        named_list(&Text::LabelAffected, &incident.components, view, draft);
        named_list(&Text::LabelRegions, &incident.regions, view, draft);
        words(incident, view, draft);
        draft.field(&Text::LabelTimeline, vec![Span::Code(format!("/incident {}", incident.id))]);
    }
    if let Some(more) = track.open_incidents().count().checked_sub(MOST_INCIDENTS).filter(|more| *more > 0) {
        let command = format!("/incident {}", service.id);
        draft.paragraph(&Text::DetailMoreIncidents { count: more, command: &command });
    }
}

fn words(incident: &Incident, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    let Some(last) =
        incident.last_words().or_else(|| incident.updates.iter().rfind(|update| update.watching().is_none()))
    else {
        return;
    };
    let text = Text::LastUpdate { at: last.at, phase: &phase(locale, last.phase), role: &role(locale, last.role) };
    draft.field(&Text::LabelLastUpdate, say(locale, &text));
    if !last.body.is_empty() {
        draft.push(Block::Quote(shorten(&last.body, LONGEST_QUOTE)));
    }
}

fn named_list(label: &Text<'_>, names: &[String], view: &View<'_>, draft: &mut Draft) {
    if !names.is_empty() {
        draft.field(label, affected(view.settings.locale, names));
    }
}

fn components(service: &Service, standing: &Standing, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    let names: Vec<String> = service
        .sources
        .iter()
        .filter(|source| source.role != Role::Hint)
        .filter_map(|source| standing.source(source))
        .flat_map(|state| &state.not_well)
        .map(|(name, state)| plain(locale, &Text::WithCondition { name, condition: *state }))
        .collect();
    named_list(&Text::LabelNotWell, &names, view, draft);
}

fn planned(standing: &Standing, view: &View<'_>, draft: &mut Draft) {
    let Some(track) = &standing.track else { return };
    for work in track.open_maintenances().take(MOST_WORKS) {
        let line = works::line(view.settings.locale, work);
        draft.push(Block::Item { mark: Some(Mark::Condition(Condition::Maintenance)), line });
    }
}

/// Likely causes elsewhere and what else people can use, while the service is not well; and what neighbours say.
fn neighbours(service: &Service, standing: &Standing, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    if standing.condition.is_bad() {
        for cause in service.depends_on.iter().filter_map(|id| view.catalogue.by_id(id)) {
            let there = Standing::of(cause, view);
            if there.condition.is_bad() {
                let command = format!("/status {}", cause.id);
                draft.paragraph(&Text::LikelyCause {
                    service: &cause.name,
                    condition: there.condition,
                    command: &command,
                });
            }
        }
        let others: Vec<Span> = service
            .alternatives
            .iter()
            .filter_map(|id| view.catalogue.by_id(id))
            .filter(|other| !Standing::of(other, view).condition.is_bad())
            .map(|other| Span::Strong(other.name.clone()))
            .collect();
        if !others.is_empty() {
            draft.paragraph(&Text::Alternatives { services: &join(locale, Joint::Or, &others) });
        }
    }
    for source in service.sources.iter().filter(|source| source.role == Role::Hint) {
        let Some(state) = standing.source(source).filter(|state| state.condition.is_bad()) else { continue };
        let remark = state.remark.clone().unwrap_or_else(|| condition(locale, state.condition));
        draft.paragraph(&Text::Hint { service: &service.name, host: host(&source.url), remark: &remark });
    }
}

fn sources(service: &Service, standing: &Standing, draft: &mut Draft) {
    draft.paragraph(&Text::SourcesHeading);
    for source in &service.sources {
        source_line(source, standing, draft);
    }
}

fn source_line(source: &Source, standing: &Standing, draft: &mut Draft) {
    let (role, host) = (&role(draft.locale(), source.role), host(&source.url));
    let Some(state) = standing.source(source) else {
        draft.item(None, &Text::SourceNever { role, host });
        return;
    };
    let condition = state.condition;
    if let Some(moved) = &state.moved {
        let to = moved.to.host.as_deref().unwrap_or(host);
        draft.item(None, &Text::SourceMoved { role, host, to });
        return;
    }
    match (&state.unreadable, state.last_good) {
        (None, None) => draft.item(None, &Text::SourceNever { role, host }),
        (None, Some(ago)) => match state.latency_ms.and_then(|latency| usize::try_from(latency).ok()) {
            Some(latency) => draft.item(None, &Text::SourceMeasured { role, host, condition, latency, ago }),
            None => draft.item(None, &Text::SourceWell { role, host, condition, ago }),
        },
        // Why it cannot be read is the operator's to know: `foghorn check` and the log say it.
        (Some(_), None) => draft.item(None, &Text::SourceUnreadable { role, host }),
        (Some(_), Some(ago)) => draft.item(None, &Text::SourceStale { role, host, condition, ago }),
    }
    let bare = |name: &str| name.strip_prefix("www.").unwrap_or(name).to_owned();
    let without_port = host.split_once(':').map_or(host, |(name, _)| name);
    if let Some(to) = state.page.host.as_deref().filter(|to| !to.starts_with('[') && bare(to) != without_port) {
        draft.item(None, &Text::SourceLeadsTo { host, to });
    }
}
