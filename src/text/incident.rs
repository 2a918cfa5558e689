//! What an incident is called and what it touches, the same wherever it is told.

use crate::{
    domain::{Incident, Locale, Role, Span},
    text::{Text, bounded, plain},
};

/// Names of a list that are shown before "and 3 more".
const MOST_NAMES: usize = 5;

/// What the incident is called: the provider's title or, where nobody has posted one, what was noticed and by whom, all of them.
#[must_use]
pub fn title(locale: Locale, incident: &Incident) -> String {
    if let Some(title) = &incident.title {
        return title.clone();
    }
    // An incident that is over is called by what it was.
    let condition = if incident.is_open() { incident.impact } else { incident.peak };
    let voices = incident.voices().word();
    match incident.role() {
        Role::Official => plain(locale, &Text::OfficialTitle { voices, condition }),
        Role::Measured | Role::Hint => plain(locale, &Text::MeasuredTitle { condition: condition.word(), voices }),
        Role::Reported => plain(locale, &Text::PeopleTitle { condition }),
    }
}

/// Components or regions as a run of text, the first few by name.
#[must_use]
pub fn affected(locale: Locale, names: &[String]) -> Vec<Span> {
    bounded(locale, names, MOST_NAMES)
}

/// Whether planned work ended before it was to begin.
#[must_use]
pub fn called_off(incident: &Incident) -> bool {
    let begin = incident.planned.as_ref().and_then(|planned| planned.starts_at);
    matches!((begin, incident.resolved_at), (Some(begin), Some(end)) if end < begin)
}

/// The host of an address, for people: without scheme, path and `www.`.
#[must_use]
pub fn host(url: &str) -> &str {
    let address = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = address.split(['/', '?', '#']).next().unwrap_or(address);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// A link that shows the host of its address.
#[must_use]
pub fn host_link(url: &str) -> Span {
    Span::Link { label: host(url).to_owned(), url: url.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_by_its_host() {
        assert_eq!(host("https://www.githubstatus.com/incidents/1?x#y"), "githubstatus.com");
        assert_eq!(host("https://www.real.example@evil.example/"), "evil.example");
        assert_eq!(host("status.example"), "status.example");
        assert_eq!(host(""), "");
    }
}
