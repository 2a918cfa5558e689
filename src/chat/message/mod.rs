//! What a notice says, before a platform draws it.

mod digest;
mod storm;

use chrono::{DateTime, Utc};

use crate::{
    domain::{
        Block, ChatSettings, Condition, Form, Incident, Locale, MaintenancePhase, Mark, Message, Notice, Planned, Span,
        TransitionKind, shorten,
    },
    text::{self, Draft, Text, affected, called_off, host_link, open as open_button, phase, plain, press, role, say},
};

/// The longest quote, in characters.
const LONGEST_QUOTE: usize = 600;

/// The message of a notice, in the words of the chat.
///
/// An alert tells the incident as it stands: while it is open what is known, once it is over from when to when it
/// was. A recovery or a return that time has overtaken tells what is true now.
#[must_use]
pub fn of_notice(notice: &Notice, settings: &ChatSettings, now: DateTime<Utc>) -> Message {
    if let Some(digest) = &notice.digest {
        return digest::of_digest(notice, digest, settings, now);
    }
    if let Some(storm) = &notice.storm {
        return storm::of_storm(notice, storm, settings, now);
    }
    let incident = &*notice.incident;
    let mut draft = Draft::new(settings.locale);
    match &incident.planned {
        _ if incident.is_lost() => lost(incident, settings.locale, &mut draft),
        Some(planned) => maintenance(incident, planned, settings.locale, &mut draft),
        None if incident.is_open() => {
            if notice.form == Form::Alert {
                draft.mention(notice.mention.clone());
            }
            open(incident, notice.form, settings.locale, now, &mut draft);
        }
        None => over(incident, notice.form, settings.locale, now, &mut draft),
    }
    buttons(incident, settings.locale, &mut draft);
    draft.finish()
}

/// Where to read on, and silence while it lasts.
fn buttons(incident: &Incident, locale: Locale, draft: &mut Draft) {
    let page = incident.url.as_ref().and_then(|url| open_button(&plain(locale, &Text::ButtonStatusPage), url));
    let timeline = press(&plain(locale, &Text::ButtonTimeline), format!("incident {}", incident.id));
    let mute = press(&plain(locale, &Text::ButtonMute), format!("mute {}", incident.id));
    draft.row(page.into_iter().chain(timeline).chain(mute.filter(|_| incident.is_open())));
}

/// The message of a notice that follows the alert where the alert itself cannot be edited.
///
/// It tells the same, and its headline says that this is no outage of its own. Of many outages it tells those about which
/// something is new.
#[must_use]
pub fn of_update(notice: &Notice, settings: &ChatSettings, now: DateTime<Utc>) -> Message {
    if let Some(storm) = notice.storm.as_ref().filter(|_| notice.form == Form::Alert) {
        return storm::of_change(notice, storm, settings, now);
    }
    if notice.digest.is_some() {
        return of_notice(notice, settings, now);
    }
    let mut message = of_notice(notice, settings, now);
    let incident = &*notice.incident;
    // The headlines of maintenance, a recovery, a return and what is lost say themselves what has changed.
    if notice.form != Form::Alert || incident.planned.is_some() || incident.is_lost() {
        return message;
    }
    let title = say(settings.locale, &news_title(incident));
    for block in &mut message.blocks {
        if let Block::Title(spans) = block {
            spans.clone_from(&title);
        }
    }
    message
}

/// The headline of news about an incident that was told before.
fn news_title(incident: &Incident) -> Text<'_> {
    let kind = if incident.last_kind == TransitionKind::Escalated { "worse" } else { "news" };
    let condition = if incident.is_open() { incident.impact.word() } else { "resolved" };
    Text::UpdateTitle { service: &incident.service_name, kind, condition }
}

fn open(incident: &Incident, form: Form, locale: Locale, now: DateTime<Utc>, draft: &mut Draft) {
    let (service, condition) = (incident.service_name.as_str(), incident.impact.word());
    draft.mark(Mark::Condition(if incident.impact.is_bad() { incident.impact } else { Condition::Degraded }));
    match form {
        Form::Alert | Form::Recovery => draft.title(&Text::AlertTitle { service, condition }),
        Form::Return => draft.title(&Text::ReturnTitle { service, condition }),
        Form::Update => draft.title(&news_title(incident)),
    }
    draft.push(Block::Paragraph(vec![Span::Strong(text::title(locale, incident))]));
    if incident.is_flapping {
        draft.paragraph(&Text::Flapping);
    }
    left(incident, draft);
    let phase = phase(locale, incident.phase);
    let state = if incident.peak.worst(incident.impact) == incident.impact {
        vec![Span::Text(phase)]
    } else {
        say(locale, &Text::PhaseAndPeak { phase: &phase, peak: incident.peak })
    };
    draft.field(&Text::LabelState, state);
    // An update stands below the alert, which tells what is touched.
    if form != Form::Update {
        touched(incident, locale, draft);
    }
    // A beginning that lies ahead is a clock that goes wrong somewhere; now is then the best that can be said.
    draft.field(&Text::LabelSince, say(locale, &Text::At { at: incident.started_at.min(now) }));
    if form == Form::Return
        && let Some(again) = incident.reopened_at.last()
    {
        draft.field(&Text::LabelAgain, say(locale, &Text::At { at: *again }));
    }
    last_words(incident, locale, draft);
    sources(incident, draft);
}

fn over(incident: &Incident, form: Form, locale: Locale, now: DateTime<Utc>, draft: &mut Draft) {
    let role = incident.role().word();
    draft.mark(Mark::Recovered);
    draft.title(&Text::ResolvedTitle { service: &incident.service_name, role });
    draft.push(Block::Paragraph(vec![Span::Strong(text::title(locale, incident))]));
    let (start, end) = (incident.started_at, incident.resolved_at.unwrap_or(now));
    let length = (end - start).to_std().unwrap_or_default();
    match form {
        Form::Alert => {
            draft.paragraph(&Text::WasDown { condition: incident.peak.word(), start, end, length });
            touched(incident, locale, draft);
        }
        Form::Recovery | Form::Return | Form::Update => {
            draft.field(&Text::LabelDuration, say(locale, &Text::Lasted { length }));
            draft.field(&Text::LabelWhen, say(locale, &Text::PlannedPeriod { start, end }));
        }
    }
    last_words(incident, locale, draft);
    sources(incident, draft);
}

/// What nobody tells of any more: neither over nor going on, and without a duration.
fn lost(incident: &Incident, locale: Locale, draft: &mut Draft) {
    draft.mark(Mark::Condition(Condition::Unknown));
    draft.title(&Text::LostTitle { service: &incident.service_name });
    draft.push(Block::Paragraph(vec![Span::Strong(text::title(locale, incident))]));
    if let Some(at) = incident.lost_at() {
        draft.paragraph(&Text::PageGone { at });
    }
    match &incident.planned {
        Some(planned) => planned_times(planned, locale, draft),
        None => draft.field(&Text::LabelSince, say(locale, &Text::At { at: incident.started_at })),
    }
    touched(incident, locale, draft);
    match &incident.planned {
        Some(_) => last_note(incident, locale, draft),
        None => last_words(incident, locale, draft),
    }
    sources(incident, draft);
}

fn maintenance(incident: &Incident, planned: &Planned, locale: Locale, draft: &mut Draft) {
    draft.mark(if incident.is_open() { Mark::Condition(Condition::Maintenance) } else { Mark::Recovered });
    let state = match (incident.is_open(), planned.phase) {
        (false, _) if called_off(incident) => "called_off",
        (false, _) => "over",
        (true, MaintenancePhase::InProgress) => "running",
        (true, MaintenancePhase::Verifying | MaintenancePhase::Completed) => "verifying",
        (true, MaintenancePhase::Scheduled) if incident.last_kind == TransitionKind::Moved => "moved",
        (true, MaintenancePhase::Scheduled) => "announced",
    };
    draft.title(&Text::MaintenanceTitle { service: &incident.service_name, state });
    draft.push(Block::Paragraph(vec![Span::Strong(text::title(locale, incident))]));
    planned_times(planned, locale, draft);
    if let Some(at) = incident.resolved_at {
        draft.field(&Text::LabelEnded, say(locale, &Text::At { at }));
    }
    left(incident, draft);
    touched(incident, locale, draft);
    last_note(incident, locale, draft);
    sources(incident, draft);
}

fn planned_times(planned: &Planned, locale: Locale, draft: &mut Draft) {
    match (planned.starts_at, planned.ends_at) {
        (Some(start), Some(end)) => draft.field(&Text::LabelPlanned, say(locale, &Text::PlannedPeriod { start, end })),
        (Some(at), None) => draft.field(&Text::LabelPlanned, say(locale, &Text::PlannedFrom { at })),
        (None, Some(at)) => draft.field(&Text::LabelPlanned, say(locale, &Text::PlannedUntil { at })),
        (None, None) => {}
    }
}

/// The last words about planned work, whose phases are no outage's.
fn last_note(incident: &Incident, locale: Locale, draft: &mut Draft) {
    if let Some(last) = incident.last_words() {
        draft.field(
            &Text::LabelLastUpdate,
            say(locale, &Text::LastNote { at: last.at, role: &role(locale, last.role) }),
        );
        draft.push(Block::Quote(shorten(&last.body, LONGEST_QUOTE)));
    }
}

/// That nobody here knows how it goes on, where that is so.
fn left(incident: &Incident, draft: &mut Draft) {
    if let Some(at) = incident.left_at().filter(|_| incident.is_open()) {
        draft.paragraph(&Text::WatchLeft { at });
    }
}

fn touched(incident: &Incident, locale: Locale, draft: &mut Draft) {
    if !incident.components.is_empty() {
        draft.field(&Text::LabelAffected, affected(locale, &incident.components));
    }
    if !incident.regions.is_empty() {
        draft.field(&Text::LabelRegions, affected(locale, &incident.regions));
    }
}

fn last_words(incident: &Incident, locale: Locale, draft: &mut Draft) {
    if let Some(last) = incident.last_words() {
        let text = Text::LastUpdate { at: last.at, phase: &phase(locale, last.phase), role: &role(locale, last.role) };
        draft.field(&Text::LabelLastUpdate, say(locale, &text));
        draft.push(Block::Quote(shorten(&last.body, LONGEST_QUOTE)));
    }
}

/// Where to look, who says so, and what to type for the whole story.
fn sources(incident: &Incident, draft: &mut Draft) {
    if let Some(url) = &incident.url {
        draft.field(&Text::LabelStatusPage, vec![host_link(url)]);
    }
    let role = incident.voices().word();
    draft.footer(&Text::AlertFooter { role, command: &format!("/incident {}", incident.id) });
}

#[cfg(test)]
mod tests;
