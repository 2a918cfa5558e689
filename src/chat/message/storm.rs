//! What a notice says that tells many outages together.

use chrono::{DateTime, Utc};

use crate::{
    domain::{
        ChatSettings, Condition, Form, Incident, Listed, Locale, Mark, Message, Notice, Role, Storm, Voices, shorten,
    },
    text::{Draft, Text, condition, plain, press, say, voices},
};

/// The longest name of a service in the list, and the longest title, in characters.
pub(super) const LONGEST_NAME: usize = 40;
pub(super) const LONGEST_TITLE: usize = 80;

/// Room for the list: the platform that takes the shortest messages takes 4,096 characters, headline and all. What the
/// platforms add to a line (a mark, a time drawn by code) counts as [`BESIDES`], and what they may have to escape counts
/// twice.
pub(super) const ROOM: usize = 3_300;
pub(super) const BESIDES: usize = 40;

/// The storm as it stands: how many go on, and which. Once all are over, how long it was.
pub(super) fn of_storm(notice: &Notice, storm: &Storm, settings: &ChatSettings, now: DateTime<Utc>) -> Message {
    let mut draft = Draft::new(settings.locale);
    headline(notice, storm, &mut draft);
    match notice.incident.is_open() {
        true => {
            if notice.form == Form::Alert {
                draft.mention(notice.mention.clone());
            }
            draft.paragraph(&Text::StormIntro { occasion: storm.occasion.word() });
            ended(storm, &mut draft);
        }
        // How long it was nobody knows where the end of one is not known.
        false if storm.lost() > 0 => ended(storm, &mut draft),
        false => duration(&notice.incident, settings.locale, now, &mut draft),
    }
    // A recovery stands below the alert, which lists them.
    if notice.form == Form::Alert || notice.incident.is_open() {
        let listed: Vec<&Listed> = storm.listed.iter().collect();
        list(&listed, storm.open.saturating_add(storm.over), settings.locale, now, &mut draft);
    }
    draft.footer(&Text::StormFooter { command: "/status" });
    draft.row(press(&plain(settings.locale, &Text::ButtonNotWell), "status"));
    draft.finish()
}

/// What has changed of a storm, for where its alert cannot be edited.
pub(super) fn of_change(notice: &Notice, storm: &Storm, settings: &ChatSettings, now: DateTime<Utc>) -> Message {
    let mut draft = Draft::new(settings.locale);
    headline(notice, storm, &mut draft);
    if notice.incident.is_open() || storm.lost() > 0 {
        ended(storm, &mut draft);
    }
    let news: Vec<&Listed> = storm.listed.iter().filter(|listed| listed.is_news).collect();
    list(&news, news.len(), settings.locale, now, &mut draft);
    draft.finish()
}

fn headline(notice: &Notice, storm: &Storm, draft: &mut Draft) {
    match notice.incident.is_open() {
        true => {
            draft.mark(Mark::Condition(notice.incident.impact));
            draft.title(&Text::StormTitle { count: storm.open, occasion: storm.occasion.word() });
        }
        false if storm.lost() > 0 => {
            draft.mark(Mark::Condition(Condition::Unknown));
            draft.title(&Text::StormLostTitle);
        }
        false => {
            draft.mark(Mark::Recovered);
            draft.title(&Text::StormOverTitle { count: storm.over });
        }
    }
}

/// How many do not go on, and why.
fn ended(storm: &Storm, draft: &mut Draft) {
    let lost = storm.lost();
    let over = storm.over.saturating_sub(lost);
    if over > 0 {
        draft.paragraph(&Text::StormEnded { count: over });
    }
    if lost > 0 {
        draft.paragraph(&Text::StormLost { count: lost });
    }
}

fn duration(incident: &Incident, locale: Locale, now: DateTime<Utc>, draft: &mut Draft) {
    let (start, end) = (incident.started_at, incident.resolved_at.unwrap_or(now));
    let length = (end - start).to_std().unwrap_or_default();
    draft.field(&Text::LabelDuration, say(locale, &Text::Lasted { length }));
    draft.field(&Text::LabelWhen, say(locale, &Text::PlannedPeriod { start, end }));
}

/// As many of them as there is room for, and how many more there are.
fn list(listed: &[&Listed], all: usize, locale: Locale, now: DateTime<Utc>, draft: &mut Draft) {
    let (mut room, mut more) = (ROOM, all);
    for Listed { incident, .. } in listed {
        let is_open = incident.is_open();
        let service = shorten(&incident.service_name, LONGEST_NAME);
        let state = if is_open { incident.impact } else { incident.peak };
        let what = what_line(locale, incident, state);
        let weight = weight(&service) + weight(&what) + BESIDES;
        if weight > room {
            break;
        }
        room -= weight;
        more = more.saturating_sub(1);
        if is_open {
            let mark = Mark::Condition(if state.is_bad() { state } else { Condition::Degraded });
            let since = incident.started_at.min(now);
            draft.item(Some(mark), &Text::StormLine { service: &service, what: &what, since });
        } else if incident.is_lost() {
            let (mark, since) = (Mark::Condition(Condition::Unknown), incident.started_at.min(now));
            draft.item(Some(mark), &Text::StormLineLost { service: &service, what: &what, since });
        } else {
            let end = incident.resolved_at.unwrap_or(now);
            let length = (end - incident.started_at).to_std().unwrap_or_default();
            draft.item(Some(Mark::Recovered), &Text::StormLineOver { service: &service, what: &what, length });
        }
    }
    if more > 0 {
        draft.paragraph(&Text::StormMore { count: more });
    }
}

/// What there is, in a few words; who says so where that is not the provider.
pub(super) fn what_line(locale: Locale, incident: &Incident, state: Condition) -> String {
    let what = match &incident.title {
        Some(title) => shorten(title, LONGEST_TITLE),
        None => condition(locale, state),
    };
    let by = incident.voices();
    if by == Voices::of(Role::Official) { what } else { format!("{what}, {}", voices(locale, by)) }
}

/// The characters of a text as the platform counts them that counts most: in UTF-16, after escaping.
pub(super) fn weight(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii_punctuation() { 2 } else { character.len_utf16() }).sum()
}
