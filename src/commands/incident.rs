//! `/incident`: the whole story.

use crate::{
    commands::{Answer, Refusal, Request, View, menu, pages::Pages, standing::impact},
    domain::{Block, Condition, Incident, IncidentId, Locale, Mark, ServiceId, Span, Watching, shorten},
    text::{
        Draft, Text, affected, called_off, condition, host_link, maintenance_phase, open, phase, plain, press, role,
        say, title, voices,
    },
};

/// The longest quote, in characters.
const LONGEST_QUOTE: usize = 600;

/// Updates on a page.
const PAGE: usize = 10;

/// The timeline of an incident; for a service, of the one going on or else the last, and a list of those before.
///
/// # Errors
///
/// [`Refusal::UnknownIncident`] when there is no such incident, [`Refusal::Missing`] when none was named.
pub(super) fn run(request: &Request, view: &View<'_>) -> Result<Answer, Refusal> {
    let mut draft = Draft::new(view.settings.locale);
    let page = request.integer("page");
    if let Some(id) = request.incident("incident") {
        let incident = by_id(id, view).ok_or_else(|| Refusal::UnknownIncident { typed: id.to_string() })?;
        story(&incident, page, view, &mut draft);
        footer(&incident, &mut draft);
    } else if let Some(service) = request.service("incident") {
        of_service(service, page, view, &mut draft);
    } else {
        return Err(Refusal::Missing { spec: request.spec, option: "incident".to_owned() });
    }
    Ok(Answer::shown(draft.finish()))
}

/// What detection remembers is newer than what was loaded.
pub(super) fn by_id(id: &IncidentId, view: &View<'_>) -> Option<Incident> {
    let tracked = (view.tracks)(&id.service).and_then(|track| track.incident(id).cloned());
    tracked.or_else(|| view.history.iter().find(|incident| incident.id == *id).cloned())
}

/// What the chat calls the incident's service: a page that it watches may have a name that only this chat knows.
pub(super) fn service_name<'a>(incident: &'a Incident, view: &'a View<'_>) -> &'a str {
    let own = view.catalogue.own().find(|page| page.id == incident.id.service);
    own.map_or(&incident.service_name, |page| &page.name)
}

fn of_service(service: &ServiceId, page: Option<usize>, view: &View<'_>, draft: &mut Draft) {
    let track = (view.tracks)(service);
    let open = track.as_ref().and_then(|track| track.open_incidents().next().cloned());
    // Maintenance that is ahead must not hide the last outage.
    let last_outage = || view.history.iter().find(|incident| incident.planned.is_none()).cloned();
    let Some(shown) = open.or_else(last_outage).or_else(|| view.history.first().cloned()) else {
        let name = view.catalogue.by_id(service).map_or(service.as_str(), |service| service.name.as_str());
        draft.paragraph(&Text::NoIncidents { service: name });
        return;
    };
    story(&shown, page, view, draft);
    let others: Vec<&Incident> = view.history.iter().filter(|other| other.id != shown.id).collect();
    if !others.is_empty() {
        draft.paragraph(&Text::OtherIncidents);
    }
    for other in others {
        let title = title(view.settings.locale, other);
        let command = format!("/incident {}", other.id);
        let mark = Some(Mark::Condition(if other.planned.is_some() { Condition::Maintenance } else { other.peak }));
        draft.item(mark, &Text::OtherIncident { start: other.started_at, title: &title, command: &command });
    }
    footer(&shown, draft);
}

/// Without a `page` the newest updates are shown: who asks wants to know how it stands.
fn story(incident: &Incident, page: Option<usize>, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    draft.mark(mark(incident));
    draft.title(&Text::StoryTitle { service: service_name(incident, view), title: &title(locale, incident) });
    if !incident.is_lost() {
        draft.field(&Text::LabelState, state(locale, incident));
    }
    times(incident, view, draft);
    for (label, names) in [(Text::LabelAffected, &incident.components), (Text::LabelRegions, &incident.regions)] {
        if !names.is_empty() {
            draft.field(&label, affected(locale, names));
        }
    }
    if incident.is_open() && incident.is_flapping {
        draft.paragraph(&Text::Flapping);
    }
    // What was read of it when it was long over was noticed by nobody here.
    let was_seen = incident.resolved_at.is_none_or(|end| incident.seen_at <= end);
    if was_seen && incident.seen_at > incident.started_at && incident.planned.is_none() {
        draft.field(&Text::LabelNoticed, say(locale, &Text::At { at: incident.seen_at }));
    }
    let shown = Pages::new(page.unwrap_or(usize::MAX), incident.updates.len(), PAGE);
    for update in incident.updates.iter().skip(shown.from).take(PAGE) {
        if let Some(watching) = update.watching() {
            match watching {
                Watching::Back => draft.paragraph(&Text::WatchBack { at: update.at }),
                Watching::Left => draft.paragraph(&Text::WatchLeft { at: update.at }),
                Watching::PageGone => draft.paragraph(&Text::PageGone { at: update.at }),
            }
            continue;
        }
        let role = &role(locale, update.role);
        if incident.planned.is_some() {
            draft.paragraph(&Text::LastNote { at: update.at, role });
        } else {
            draft.paragraph(&Text::LastUpdate { at: update.at, phase: &phase(locale, update.phase), role });
        }
        if !update.body.is_empty() {
            draft.push(Block::Quote(shorten(&update.body, LONGEST_QUOTE)));
        }
    }
    buttons(incident, shown, locale, draft);
    let Pages { page, pages, .. } = shown;
    if page > 1 {
        let earlier = format!("/incident {} page:{}", incident.id, page - 1);
        draft.paragraph(&Text::PageEarlier { page, pages, earlier: &earlier });
    } else if pages > 1 {
        let next = format!("/incident {} page:2", incident.id);
        draft.paragraph(&Text::PageNext { page, pages, next: &next });
    }
    if incident.updates.is_empty() {
        draft.paragraph(&Text::NoUpdates { role: incident.voices().word() });
    }
    if let Some(url) = &incident.url {
        draft.field(&Text::LabelStatusPage, vec![host_link(url)]);
    }
}

/// Older and newer updates; the status page, and silence while it lasts.
fn buttons(incident: &Incident, shown: Pages, locale: Locale, draft: &mut Draft) {
    let words = |page: usize| format!("incident {} {page}", incident.id);
    draft.row(menu::turning(locale, shown, &Text::ButtonOlder, &Text::ButtonNewer, &words));
    let page = incident.url.as_ref().and_then(|url| open(&plain(locale, &Text::ButtonStatusPage), url));
    let mute = press(&plain(locale, &Text::ButtonMute), format!("mute {}", incident.id));
    draft.row(page.into_iter().chain(mute.filter(|_| incident.is_open())));
}

fn footer(incident: &Incident, draft: &mut Draft) {
    let role = &voices(draft.locale(), incident.voices());
    draft.footer(&Text::StoryFooter { id: &incident.id.to_string(), role });
}

fn mark(incident: &Incident) -> Mark {
    match (incident.is_open(), &incident.planned) {
        (false, _) if incident.is_lost() => Mark::Condition(Condition::Unknown),
        (false, _) => Mark::Recovered,
        (true, Some(_)) => Mark::Condition(Condition::Maintenance),
        (true, None) => Mark::Condition(impact(incident)),
    }
}

fn state(locale: Locale, incident: &Incident) -> Vec<Span> {
    match &incident.planned {
        Some(_) if called_off(incident) => say(locale, &Text::CalledOff),
        Some(planned) => vec![Span::Text(maintenance_phase(locale, planned.phase))],
        None => {
            let phase = phase(locale, incident.phase);
            if !incident.peak.is_bad() {
                vec![Span::Text(phase)]
            } else if incident.is_open() && incident.impact == incident.peak {
                vec![Span::Text(format!("{}; {phase}", condition(locale, incident.impact)))]
            } else {
                say(locale, &Text::PhaseAndPeak { phase: &phase, peak: incident.peak })
            }
        }
    }
}

fn times(incident: &Incident, view: &View<'_>, draft: &mut Draft) {
    let locale = view.settings.locale;
    if let Some(planned) = &incident.planned {
        match (planned.starts_at, planned.ends_at) {
            (Some(start), Some(end)) => {
                draft.field(&Text::LabelPlanned, say(locale, &Text::PlannedPeriod { start, end }));
            }
            (Some(at), None) => draft.field(&Text::LabelPlanned, say(locale, &Text::PlannedFrom { at })),
            (None, Some(at)) => draft.field(&Text::LabelPlanned, say(locale, &Text::PlannedUntil { at })),
            (None, None) => {}
        }
        return;
    }
    let start = incident.started_at;
    match incident.resolved_at {
        Some(_) if incident.is_lost() => draft.field(&Text::LabelSince, say(locale, &Text::At { at: start })),
        Some(end) => {
            let length = (end - start).to_std().unwrap_or_default();
            draft.field(&Text::LabelWhen, say(locale, &Text::Period { start, end, length }));
        }
        None => {
            let length = (view.now - start).to_std().unwrap_or_default();
            draft.field(&Text::LabelSince, say(locale, &Text::SinceFor { at: start, length }));
        }
    }
}
