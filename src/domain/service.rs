//! Services and the sources that tell about them.

use std::{fmt, sync::Arc, time::Duration};

use crate::domain::JsonRule;

/// Stands in the place of a service's id where several services are told together.
const STORMS: &str = "~storm";
/// The same where a chat is told how things are.
const DIGESTS: &str = "~digest";

/// The id of the service that the bot is itself; no other has it.
const BOT: &str = "foghorn";
/// Its category. It is no word, so nobody can subscribe to it.
const BOT_CATEGORY: &str = "~bot";

/// A service's id, such as `whatsapp`: lowercase letters, digits and dashes, 1–32 of them, starting with a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId(Arc<str>);

impl ServiceId {
    /// The id in this text, `None` when the text is not of the form of an id.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len())
            && !text.starts_with('-')
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        fits.then(|| Self(text.into()))
    }

    /// What stands in the place of a service where several are told together. No service has this id.
    pub(super) fn of_storms() -> Self {
        Self(STORMS.into())
    }

    /// Whether it stands for several services.
    pub(super) fn is_of_storms(&self) -> bool {
        &*self.0 == STORMS
    }

    /// What stands in the place of a service where a chat is told how things are. No service has this id.
    pub(super) fn of_digests() -> Self {
        Self(DIGESTS.into())
    }

    /// Whether it stands for how things are.
    pub(super) fn is_of_digests(&self) -> bool {
        &*self.0 == DIGESTS
    }

    /// The id of the service that the bot is itself.
    #[must_use]
    pub fn of_bot() -> Self {
        Self(BOT.into())
    }

    /// Whether the bot itself is meant.
    #[must_use]
    pub fn is_of_bot(&self) -> bool {
        &*self.0 == BOT
    }

    /// The id that was stored as this text; also those that stand for several services.
    #[must_use]
    pub fn stored(text: &str) -> Option<Self> {
        Self::new(text).or_else(|| [STORMS, DIGESTS].contains(&text).then(|| Self(text.into())))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServiceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What tells one source of a service from the others: kind and address, such as `statuspage:www.githubstatus.com`.
/// It stays the same when the order of sources in a file changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(Arc<str>);

impl SourceId {
    /// The id for a source of this kind at this address (the address without scheme).
    #[must_use]
    pub fn new(kind: SourceKind, url: &str) -> Self {
        let address = url.split_once("://").map_or(url, |(_, rest)| rest);
        Self(format!("{}:{address}", kind.word()).into())
    }

    /// The id that was stored as this text.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self(text.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// For people and logs: what follows the path may be a secret, so it is left out. The whole is [`SourceId::as_str`].
impl fmt::Display for SourceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once(['?', '#']) {
            Some((address, _)) => write!(formatter, "{address}?…"),
            None => formatter.write_str(&self.0),
        }
    }
}

/// The format a source speaks, or `http`, which measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// Atlassian Statuspage v2 JSON.
    Statuspage,
    /// incident.io's Statuspage-compatible JSON.
    Incidentio,
    /// Instatus summary and components.
    Instatus,
    /// Better Stack (Better Uptime) status page in JSON:API.
    Betterstack,
    /// Status.io public status API.
    Statusio,
    /// `StatusPal` summary.
    Statuspal,
    /// Sorry™ page, components and notices.
    Sorry,
    /// Hund: its feed, or its API's list of issues.
    Hund,
    /// Cachet components, incidents and schedules.
    Cachet,
    /// cState index.
    Cstate,
    /// Upptime's summary in its repository.
    Upptime,
    /// Uptime Kuma status page and heartbeats.
    UptimeKuma,
    /// Gatus endpoint statuses.
    Gatus,
    /// Google Cloud and Workspace incident list.
    Google,
    /// AWS public current events.
    Aws,
    /// AWS's older feeds, one item for each update.
    AwsRss,
    /// Azure's feed of what is open.
    AzureRss,
    /// Azure `DevOps`' health by service and geography.
    AzureDevops,
    /// Microsoft's public posts and consumer services.
    Microsoft,
    /// Heroku's status API v4.
    Heroku,
    /// Salesforce Trust.
    Salesforce,
    /// Apple's system status.
    Apple,
    /// `FireHydrant` status pages.
    Firehydrant,
    /// `PagerDuty` status pages, read from the page itself.
    Pagerduty,
    /// Feeds of Site24x7 `StatusIQ`.
    Site24x7,
    /// Prometheus Alertmanager: webhook bodies and the list of alerts.
    Alertmanager,
    /// Slack status API v2.
    Slack,
    /// Meta's status of its business products.
    Metastatus,
    /// RSS 2.0 or Atom status history.
    Rss,
    /// A sentence on a web page, by a rule made for that page.
    Html,
    /// Any JSON document, by paths that the service file tells.
    Json,
    /// A probe: a request whose answer is measured.
    Http,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 32] = [
        Self::Statuspage,
        Self::Incidentio,
        Self::Instatus,
        Self::Betterstack,
        Self::Statusio,
        Self::Statuspal,
        Self::Sorry,
        Self::Hund,
        Self::Cachet,
        Self::Cstate,
        Self::Upptime,
        Self::UptimeKuma,
        Self::Gatus,
        Self::Google,
        Self::Aws,
        Self::AwsRss,
        Self::AzureRss,
        Self::AzureDevops,
        Self::Microsoft,
        Self::Heroku,
        Self::Salesforce,
        Self::Apple,
        Self::Firehydrant,
        Self::Pagerduty,
        Self::Site24x7,
        Self::Alertmanager,
        Self::Slack,
        Self::Metastatus,
        Self::Rss,
        Self::Html,
        Self::Json,
        Self::Http,
    ];

    /// The word in service files and in `foghorn inspect`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Statuspage => "statuspage",
            Self::Incidentio => "incidentio",
            Self::Instatus => "instatus",
            Self::Betterstack => "betterstack",
            Self::Statusio => "statusio",
            Self::Statuspal => "statuspal",
            Self::Sorry => "sorry",
            Self::Hund => "hund",
            Self::Cachet => "cachet",
            Self::Cstate => "cstate",
            Self::Upptime => "upptime",
            Self::UptimeKuma => "uptime-kuma",
            Self::Gatus => "gatus",
            Self::Google => "google",
            Self::Aws => "aws",
            Self::AwsRss => "aws-rss",
            Self::AzureRss => "azure-rss",
            Self::AzureDevops => "azure-devops",
            Self::Microsoft => "microsoft",
            Self::Heroku => "heroku",
            Self::Salesforce => "salesforce",
            Self::Apple => "apple",
            Self::Firehydrant => "firehydrant",
            Self::Pagerduty => "pagerduty",
            Self::Site24x7 => "site24x7",
            Self::Alertmanager => "alertmanager",
            Self::Slack => "slack",
            Self::Metastatus => "metastatus",
            Self::Rss => "rss",
            Self::Html => "html",
            Self::Json => "json",
            Self::Http => "http",
        }
    }

    /// The kind that [`SourceKind::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Whose word a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Tells about a neighbour of the service: shown, never opens an incident alone.
    Hint,
    /// People report it, and nobody confirms that: an aggregator of complaints, a page that users keep.
    Reported,
    /// We measured it ourselves.
    Measured,
    /// The provider says so.
    Official,
}

impl Role {
    /// Every role, the weakest first.
    pub const ALL: [Self; 4] = [Self::Hint, Self::Reported, Self::Measured, Self::Official];

    /// The word in service files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Reported => "reported",
            Self::Measured => "measured",
            Self::Official => "official",
        }
    }

    /// The role that [`Role::word`] names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// What a probe expects, and how patient it is; what people report is waited for as patiently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeRule {
    /// Answers that mean "reachable": inclusive ranges of HTTP status codes.
    /// A site that refuses programs with 403 is up, hence 200–499 unless told.
    pub reachable: Vec<(u16, u16)>,
    /// A text that the body must contain.
    pub keyword: Option<String>,
    /// A slower answer counts as degraded.
    pub slow_after: Option<Duration>,
    /// Bad tries in a row before an incident opens (DESIGN rule 5).
    pub failures: u32,
    /// Good tries in a row before it is over.
    pub successes: u32,
}

impl Default for ProbeRule {
    fn default() -> Self {
        Self { reachable: vec![(200, 499)], keyword: None, slow_after: None, failures: 3, successes: 2 }
    }
}

/// One place that tells about a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What tells it from the service's other sources.
    pub id: SourceId,
    /// How to read it.
    pub kind: SourceKind,
    /// Where it is.
    pub url: String,
    /// Whose word it is.
    pub role: Role,
    /// Only what concerns these parts of the document: names of components or ids of products. Empty: all of it.
    pub parts: Vec<String>,
    /// For [`SourceKind::Http`], and of what [`Role::Reported`] tells how often it must be said; the default for others.
    pub probe: ProbeRule,
    /// For [`SourceKind::Json`]; `None` for every other kind.
    pub json: Option<Box<JsonRule>>,
}

impl Source {
    /// Whether its condition counts only when it was said several times in a row: what is seen from outside may be a
    /// hiccup.
    #[must_use]
    pub fn is_patient(&self) -> bool {
        self.kind == SourceKind::Http || self.role == Role::Reported
    }

    /// A source of this kind at this address, all of it, in its usual role.
    #[must_use]
    pub fn new(kind: SourceKind, url: &str) -> Self {
        Self {
            id: SourceId::new(kind, url),
            kind,
            url: url.to_owned(),
            role: if kind == SourceKind::Http { Role::Measured } else { Role::Official },
            parts: Vec::new(),
            probe: ProbeRule::default(),
            json: None,
        }
    }
}

/// Something people rely on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// `whatsapp`
    pub id: ServiceId,
    /// `WhatsApp`, as the provider writes it.
    pub name: String,
    /// Other words people type for it, lowercase.
    pub aliases: Vec<String>,
    /// The id of its category: same form as a service id.
    pub category: String,
    /// The service's own front page.
    pub homepage: Option<String>,
    /// The status page for people.
    pub status_page: Option<String>,
    /// Services whose outage is a likely cause of this one's.
    pub depends_on: Vec<ServiceId>,
    /// What people run to when it is down.
    pub alternatives: Vec<ServiceId>,
    /// Where its state is read; never empty.
    pub sources: Vec<Source>,
}

impl Service {
    /// The bot itself, as it is told by this source.
    #[must_use]
    pub fn of_bot(source: Source) -> Self {
        Self {
            id: ServiceId::of_bot(),
            name: "Foghorn".to_owned(),
            aliases: Vec::new(),
            category: BOT_CATEGORY.to_owned(),
            homepage: None,
            status_page: None,
            depends_on: Vec::new(),
            alternatives: Vec::new(),
            sources: vec![source],
        }
    }
}
