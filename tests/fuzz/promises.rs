//! What holds for everything that is read, whatever the bytes were.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, Utc};
use foghorn::domain::{Observation, PostedUpdate};

/// Checks what the rest of the program relies on.
pub fn check(observation: &Observation) {
    assert!(observation.components.len() <= 1_000);
    for component in &observation.components {
        line(&component.name, 120);
        assert!(!component.name.is_empty());
        component.group.iter().for_each(|name| line(name, 120));
        component.id.iter().for_each(|id| line(id, 200));
    }
    assert!(observation.incidents.len() <= 100);
    assert!(observation.incidents.len() == unique(observation.incidents.iter().map(|incident| &incident.id)));
    for incident in &observation.incidents {
        line(&incident.id, 200);
        line(&incident.title, 200);
        assert!(!incident.id.is_empty() && !incident.title.is_empty());
        assert!(incident.is_closed() || incident.resolved_at.is_none());
        link(incident.url.as_ref());
        names(&incident.components);
        names(&incident.regions);
        updates(&incident.updates);
        [incident.started_at, incident.resolved_at].into_iter().flatten().for_each(time);
    }
    assert!(observation.maintenances.len() <= 200);
    assert!(observation.maintenances.len() == unique(observation.maintenances.iter().map(|work| &work.id)));
    for work in &observation.maintenances {
        line(&work.id, 200);
        line(&work.title, 200);
        link(work.url.as_ref());
        names(&work.components);
        updates(&work.updates);
        [work.starts_at, work.ends_at].into_iter().flatten().for_each(time);
    }
    observation.service.iter().for_each(|name| line(name, 120));
    observation.remark.iter().for_each(|remark| line(remark, 200));
    observation.page.id.iter().for_each(|id| line(id, 200));
}

fn unique<'a>(ids: impl Iterator<Item = &'a String>) -> usize {
    ids.collect::<HashSet<_>>().len()
}

fn updates(updates: &[PostedUpdate]) {
    assert!(updates.len() <= 100);
    for update in updates {
        update.at.into_iter().for_each(time);
        update.id.iter().for_each(|id| line(id, 200));
        if let Some(body) = &update.body {
            assert!(!body.is_empty() && body.chars().count() <= 2_000);
            body.lines().for_each(|text| line(text, 2_000));
        }
    }
    let times: Vec<_> = updates.iter().filter_map(|update| update.at).collect();
    assert!(times.is_sorted(), "oldest first");
}

fn names(names: &[String]) {
    assert!(names.len() <= 200);
    names.iter().for_each(|name| line(name, 120));
}

fn link(url: Option<&String>) {
    assert!(url.is_none_or(|url| url.starts_with("https://") || url.starts_with("http://")), "{url:?}");
}

fn time(time: DateTime<Utc>) {
    assert!(time.year() <= 2_200, "{time}");
}

fn line(text: &str, most: usize) {
    assert!(text.chars().count() <= most, "{text}");
    let is_plain = |character: char| {
        !character.is_control() && !matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    assert!(text.chars().all(is_plain), "{text:?}");
}
