//! What one source says at one moment, in our words, whatever its format.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::domain::{Condition, MaintenancePhase, Phase};

/// What one source says at one moment.
///
/// Texts in it are already plain: no markup, no control characters, bounded in length (see `clean_line`, `clean_block`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observation {
    /// The service's name as the source writes it.
    pub service: Option<String>,
    /// The overall condition.
    pub condition: Condition,
    /// Named parts, group rows included.
    pub components: Vec<Component>,
    /// Open incidents and whatever history the document carries, newest first by start.
    pub incidents: Vec<PostedIncident>,
    /// Planned, running and finished work.
    pub maintenances: Vec<PostedMaintenance>,
    /// How long the answer took, for probes.
    pub latency_ms: Option<u32>,
    /// What a probe or a prose page says in short, such as `HTTP 503`; for operators and `/status`.
    pub remark: Option<String>,
    /// Which page said it; nothing in it for probes.
    pub page: PageId,
}

/// What tells one page from another that answers at the same address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageId {
    /// The provider's id of the page, where the format has one.
    pub id: Option<String>,
    /// The host that answered in the end, after all redirects.
    pub host: Option<String>,
}

impl PageId {
    /// Whether this cannot be the page that the other is. Ids decide where both have one: a page may change its host.
    /// Without them the owner of the host does, as far as its name tells.
    #[must_use]
    pub fn differs(&self, other: &Self) -> bool {
        match (&self.id, &other.id) {
            (Some(one), Some(two)) => one != two,
            (Some(_) | None, None) | (None, Some(_)) => match (&self.host, &other.host) {
                (Some(one), Some(two)) => owner(one) != owner(two),
                (Some(_) | None, None) | (None, Some(_)) => false,
            },
        }
    }

    /// Takes over what a later document of the same page tells.
    pub fn learn(&mut self, later: &Self) {
        for (known, told) in [(&mut self.id, &later.id), (&mut self.host, &later.host)] {
            if told.is_some() {
                known.clone_from(told);
            }
        }
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host.as_deref().unwrap_or("an unknown host");
        match &self.id {
            Some(id) => write!(formatter, "{id} at {host}"),
            None => formatter.write_str(host),
        }
    }
}

/// Names below which everybody has a page of their own: those who make or carry status pages. The labels below them tell
/// one owner from another. Whoever is missing here costs little: pages there are told apart by their ids alone.
const SHARED: [&str; 22] = [
    "azurewebsites.net",
    "betteruptime.com",
    "cachethq.io",
    "fly.dev",
    "freshstatus.io",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "hund.io",
    "instatus.com",
    "netlify.app",
    "onrender.com",
    "pages.dev",
    "sorryapp.com",
    "statuscast.com",
    "status.io",
    "status.page",
    "statuspage.io",
    "statuspal.eu",
    "statuspal.io",
    "vercel.app",
    "web.app",
];

/// The end of a host's name that one owner has, roughly: two labels, three below a second level such as `co.uk`, and one
/// more than a name that many share.
fn owner(host: &str) -> &str {
    if let Some(own) = SHARED.iter().find_map(|shared| host.strip_suffix(*shared)?.strip_suffix('.')) {
        let start = own.rfind('.').map_or(0, |dot| dot + 1);
        return host.get(start..).unwrap_or(host);
    }
    let is_address = host.ends_with(']') || host.ends_with(|last: char| last.is_ascii_digit());
    let mut dots = host.rmatch_indices('.').map(|(index, _)| index);
    let (last, second, third) = (dots.next(), dots.next(), dots.next());
    let (Some(last), Some(second)) = (last, second) else { return host };
    let is_second_level = host.len() - last <= 3 && last - second <= 4;
    let start = if is_second_level { third.map_or(0, |third| third + 1) } else { second + 1 };
    if is_address { host } else { host.get(start..).unwrap_or(host) }
}

/// A named part of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// The provider's id, where it gives one.
    pub id: Option<String>,
    /// The provider's name for it.
    pub name: String,
    /// The name of the group it stands in.
    pub group: Option<String>,
    /// A row that only repeats its children: listed, never counted.
    pub is_group: bool,
    /// How well it is.
    pub condition: Condition,
}

/// An incident as a source posts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedIncident {
    /// The provider's id for it, stable over edits.
    pub id: String,
    /// The provider's title.
    pub title: String,
    /// How bad the provider calls it; `None` where neither the document nor the format tells.
    pub impact: Option<Condition>,
    /// Where it stands; `None` where nothing tells.
    pub phase: Option<Phase>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was over; never set while it is open.
    pub resolved_at: Option<DateTime<Utc>>,
    /// The page that tells about it, http or https.
    pub url: Option<String>,
    /// Names of the components it touches now.
    pub components: Vec<String>,
    /// Regions it touches.
    pub regions: Vec<String>,
    /// What has been said about it, oldest first.
    pub updates: Vec<PostedUpdate>,
}

impl PostedIncident {
    /// Whether the provider calls it over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        match self.phase {
            Some(phase) => phase.is_closed(),
            None => self.resolved_at.is_some(),
        }
    }
}

/// One thing said about an incident or maintenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedUpdate {
    /// The provider's id, where it gives one.
    pub id: Option<String>,
    /// The phase it announced; `None` keeps the former one.
    pub phase: Option<Phase>,
    /// When people could read it.
    pub at: Option<DateTime<Utc>>,
    /// What it says, plain text; `None` or empty where only the phase was told.
    pub body: Option<String>,
}

/// Planned work as a source posts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedMaintenance {
    /// The provider's id for it.
    pub id: String,
    /// The provider's title.
    pub title: String,
    /// Where it stands.
    pub phase: MaintenancePhase,
    /// When it is planned to begin.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it is planned to end.
    pub ends_at: Option<DateTime<Utc>>,
    /// The page that tells about it, http or https.
    pub url: Option<String>,
    /// Names of the components it touches.
    pub components: Vec<String>,
    /// What has been said about it, oldest first; phases of updates are left out.
    pub updates: Vec<PostedUpdate>,
}

/// What reading a source once gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The source was read.
    Fresh(Observation),
    /// The source says that nothing changed since it was last read (HTTP 304, or the same bytes).
    Unchanged,
    /// It could not be read, or what it answered is no status document; the reason is for operators.
    Unreadable {
        /// What was wrong, in a few words.
        reason: String,
    },
}

/// What detection would like to know when a source is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The provider's ids of incidents and maintenances still open here: when the current document lacks one,
    /// the feed looks it up in its history.
    pub open: Vec<String>,
    /// The source has not been read for a while: look into the history even when nothing is missing.
    pub catch_up: bool,
    /// The last document was not taken in: read it again even when it has not changed.
    pub whole: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_tells_a_page_and_without_one_the_owner_of_the_host() {
        let page = |id: &str, host: &str| PageId {
            id: Some(id.to_owned()).filter(|id| !id.is_empty()),
            host: Some(host.to_owned()).filter(|host| !host.is_empty()),
        };
        for (one, two, expect) in [
            (page("a", "status.old.example"), page("a", "status.new.example"), false),
            (page("a", "status.old.example"), page("b", "status.old.example"), true),
            (page("a", "status.old.example"), page("", "www.old.example"), false),
            (page("a", "status.old.example"), page("", "status.new.example"), true),
            (page("", "status.acme.co.uk"), page("", "status.other.co.uk"), true),
            (page("", "status.acme.co.uk"), page("", "www.acme.co.uk"), false),
            (page("", "acme.co.uk"), page("", "www.acme.co.uk"), false),
            (page("", "acme.instatus.com"), page("", "other.instatus.com"), true),
            (page("", "acme.github.io"), page("", "other.github.io"), true),
            (page("", "acme.statuspage.io"), page("", "other.statuspage.io"), true),
            (page("", "acme.betteruptime.com"), page("", "other.betteruptime.com"), true),
            (page("", "acme.statuspage.io"), page("", "statuspage.io"), true),
            (page("", "status.acme.pages.dev"), page("", "acme.pages.dev"), false),
            (page("", "www.notinstatus.com"), page("", "status.notinstatus.com"), false),
            (page("a", "acme.instatus.com"), page("a", "other.instatus.com"), false),
            (page("", "127.0.0.1"), page("", "10.0.0.1"), true),
            (page("", "localhost"), page("", "localhost"), false),
            (page("", ""), page("", "status.new.example"), false),
            (page("a", "x.example"), page("", ""), false),
        ] {
            assert_eq!(one.differs(&two), expect, "{one:?} {two:?}");
            assert_eq!(two.differs(&one), expect, "{two:?} {one:?}");
        }
    }
}
