//! What a digest says: how things are, and what has happened since the last one.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::storm::{BESIDES, LONGEST_NAME, LONGEST_TITLE, ROOM, weight, what_line};
use crate::{
    domain::{ChatSettings, Condition, Digest, Incident, Locale, Mark, Message, Notice, Part, shorten},
    text::{Draft, Text, plain, press, title},
};

/// Room that is left for what comes after a list, so that a long one does not hide it.
const KEPT_FREE: usize = 600;

/// How things are for a chat. Where there is nothing to tell, it says so in a line.
pub(super) fn of_digest(notice: &Notice, digest: &Digest, settings: &ChatSettings, now: DateTime<Utc>) -> Message {
    let mut draft = Draft::new(settings.locale);
    let since = digest.since;
    if digest.is_empty() {
        draft.mark(Mark::Recovered);
        draft.paragraph(&Text::DigestWell { since });
        return draft.finish();
    }
    let is_well = digest.open.all == 0;
    draft.mark(if is_well { Mark::Recovered } else { Mark::Condition(at_least_degraded(notice.incident.impact)) });
    draft.title(&Text::DigestTitle { count: digest.open.all });
    let mut room = ROOM;
    let mut list = |part: &Part, left: usize, draft: &mut Draft, line: Line| {
        list(part, &mut room, left, draft, &|draft, incident| line(incident, settings.locale, now, draft));
    };
    list(&digest.open, 3 * KEPT_FREE, &mut draft, outage);
    if digest.over.all > 0 {
        draft.paragraph(&Text::DigestOver { count: digest.over.all, since });
        list(&digest.over, 2 * KEPT_FREE, &mut draft, ended);
    } else {
        draft.paragraph(&Text::DigestNothing { since });
    }
    if digest.running.all > 0 {
        draft.paragraph(&Text::DigestRunning);
        list(&digest.running, KEPT_FREE, &mut draft, running);
    }
    if digest.ahead.all > 0 {
        draft.paragraph(&Text::DigestAhead);
        list(&digest.ahead, 0, &mut draft, ahead);
    }
    draft.footer(&Text::DigestFooter { command: "/settings digest" });
    if !is_well {
        draft.row(press(&plain(settings.locale, &Text::ButtonNotWell), "status"));
    }
    draft.finish()
}

/// Writes the line of one incident.
type Line = fn(&Incident, Locale, DateTime<Utc>, &mut Draft);

/// As many of these as there is room for, and how many more there are.
fn list(part: &Part, room: &mut usize, left: usize, draft: &mut Draft, line: &dyn Fn(&mut Draft, &Incident)) {
    let mut more = part.all;
    for incident in part.listed.iter().map(Arc::as_ref) {
        let title = incident.title.as_deref().map_or(LONGEST_NAME, |title| weight(&shorten(title, LONGEST_TITLE)));
        let weight = weight(&shorten(&incident.service_name, LONGEST_NAME)) + title + 2 * BESIDES;
        if weight + left > *room {
            break;
        }
        *room -= weight;
        more = more.saturating_sub(1);
        line(draft, incident);
    }
    if more > 0 {
        draft.paragraph(&Text::StormMore { count: more });
    }
}

fn outage(incident: &Incident, locale: Locale, now: DateTime<Utc>, draft: &mut Draft) {
    let (service, what) = (name(incident), what_line(locale, incident, incident.impact));
    let mark = Mark::Condition(at_least_degraded(incident.impact));
    let since = incident.started_at.min(now);
    draft.item(Some(mark), &Text::StormLine { service: &service, what: &what, since });
}

fn ended(incident: &Incident, locale: Locale, now: DateTime<Utc>, draft: &mut Draft) {
    let (service, what) = (name(incident), what_line(locale, incident, incident.peak));
    if incident.is_lost() {
        let (mark, since) = (Mark::Condition(Condition::Unknown), incident.started_at.min(now));
        return draft.item(Some(mark), &Text::StormLineLost { service: &service, what: &what, since });
    }
    let length = (incident.resolved_at.unwrap_or(now) - incident.started_at).to_std().unwrap_or_default();
    draft.item(Some(Mark::Recovered), &Text::StormLineOver { service: &service, what: &what, length });
}

fn running(incident: &Incident, locale: Locale, _: DateTime<Utc>, draft: &mut Draft) {
    let (service, title) = (name(incident), shorten(&title(locale, incident), LONGEST_TITLE));
    let (service, title) = (service.as_str(), title.as_str());
    let text = match incident.planned.as_ref().and_then(|planned| planned.ends_at) {
        Some(end) => Text::DigestWorkUntil { service, title, end },
        None => Text::DigestWorkRunning { service, title },
    };
    draft.item(Some(Mark::Condition(Condition::Maintenance)), &text);
}

fn ahead(incident: &Incident, locale: Locale, _: DateTime<Utc>, draft: &mut Draft) {
    let (service, title) = (name(incident), shorten(&title(locale, incident), LONGEST_TITLE));
    let (service, title) = (service.as_str(), title.as_str());
    let times = incident.planned.as_ref().map(|planned| (planned.starts_at, planned.ends_at));
    let text = match times {
        Some((Some(start), Some(end))) => Text::DigestWork { service, title, start, end },
        Some((Some(start), None)) => Text::DigestWorkFrom { service, title, start },
        Some((None, _)) | None => Text::DigestWorkRunning { service, title },
    };
    draft.item(Some(Mark::Condition(Condition::Maintenance)), &text);
}

fn name(incident: &Incident) -> String {
    shorten(&incident.service_name, LONGEST_NAME)
}

fn at_least_degraded(impact: Condition) -> Condition {
    if impact.is_bad() { impact } else { Condition::Degraded }
}
