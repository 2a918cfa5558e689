//! RSS and Atom status histories. A feed is a log, not a state: items are folded into stories, and the newest word of each
//! story counts.
//!
//! Survived: bodies that hold a whole history (Statuspage), a label `Status:` (incident.io, Flashduty), the state in the
//! title (Status.io, AWS), pairs "went down" / "recovered" (Better Stack), one item per update (AWS and hand-made feeds),
//! equal titles that are no one story (`DeepSeek`), an `Update` posted after `Resolved` (GitHub), guids that are all the
//! same, and blog posts that tell no state at all.
//!
//! Four vendors mean something else by an item; their dialects have a file each and are understood under the kind `rss` as
//! well: `aws`, `azure`, `microsoft` and `site24x7`.

mod aws;
mod azure;
mod ends;
mod history;
mod microsoft;
mod pieces;
mod site24x7;
mod story;
mod words;
mod xml;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use self::{
    story::{Reading, Said, Story},
    words::Word,
    xml::{Item, Log},
};
use crate::{
    domain::{Condition, Observation, Phase, PostedIncident},
    feeds::{
        ParseError,
        prose::{condition_of, plain},
        tidy::{Order, oldest_first_by, worst_open},
    },
};

/// The most components that one of Site24x7's feeds may list.
const MOST_COMPONENTS: usize = 1_000;
/// The newest items of every other feed that are looked at (FORMATS §28).
const MOST_ITEMS: usize = 100;

/// So long behind the newest state word that is told, what tells none is no news.
const OLD_POST: TimeDelta = TimeDelta::days(1);

/// What an item of a feed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Something that was written about an incident.
    General,
    /// One update of AWS's.
    Aws,
    /// One open incident of Azure's.
    Azure,
    /// One component at Site24x7.
    Site24x7,
}

/// Reads a feed of this dialect; a general one is whatever it turns out to be.
pub(super) fn parse(text: &str, wanted: Dialect) -> Result<Observation, ParseError> {
    let lists_components = is_site24x7(text);
    let log = xml::read(text, if lists_components { MOST_COMPONENTS } else { MOST_ITEMS })?;
    let found = dialect(&log, lists_components);
    match (wanted, found) {
        (Dialect::General | Dialect::Aws, Dialect::Aws) => Ok(read(&log, true)),
        (Dialect::General | Dialect::Azure, Dialect::Azure) => Ok(azure::read(log)),
        (Dialect::General | Dialect::Site24x7, Dialect::Site24x7) => site24x7::read(log),
        (Dialect::General, Dialect::General) if microsoft::is_microsoft(&log) => Ok(microsoft::read(log)),
        (Dialect::General, Dialect::General) => Ok(read(&log, false)),
        (Dialect::Aws, _) => Err(other("AWS")),
        (Dialect::Azure, _) => Err(other("Azure")),
        (Dialect::Site24x7, _) => Err(other("Site24x7")),
    }
}

/// Whether a text says that what it is about is over.
pub(super) fn tells_an_end(text: &str) -> bool {
    matches!(words::leading(text), Some(Word::Closed(_))) || ends::closes(text)
}

fn other(vendor: &str) -> ParseError {
    ParseError { reason: format!("expected {vendor}'s feed, found another one") }
}

/// The dialect of a document, by what stands in its head.
pub(super) fn find_dialect(text: &str) -> Dialect {
    match xml::read(text, 1) {
        Ok(log) => dialect(&log, is_site24x7(text)),
        Err(_) => Dialect::General,
    }
}

fn dialect(log: &Log, lists_components: bool) -> Dialect {
    if lists_components {
        Dialect::Site24x7
    } else if aws::is_aws(log) {
        Dialect::Aws
    } else if azure::is_azure(log) {
        Dialect::Azure
    } else {
        Dialect::General
    }
}

fn is_site24x7(text: &str) -> bool {
    let root = text.find("<rss").and_then(|start| text.get(start..)?.split('>').next());
    root.is_some_and(|root| root.contains(site24x7::NAMESPACE))
}

/// Folds what was written into stories.
fn read(log: &Log, is_aws: bool) -> Observation {
    let stories = fold(log, is_aws);
    let mut incidents = Vec::new();
    let mut maintenances = Vec::new();
    for story in stories {
        if story.is_planned() {
            maintenances.push(story.maintenance());
        } else {
            incidents.push(story.incident());
        }
    }
    // What tells no state and lies far behind something that does is an old post. Nobody can say what the others are.
    let newest_told = incidents.iter().filter(|incident| incident.phase.is_some()).filter_map(newest).max();
    let is_old = |incident: &PostedIncident| {
        newest(incident).zip(newest_told).is_some_and(|(posted, told)| told - posted > OLD_POST)
    };
    incidents.retain(|incident| incident.phase.is_some() || !is_old(incident));

    let is_told = |incident: &&PostedIncident| incident.phase.is_some();
    let told: Vec<PostedIncident> = incidents.iter().filter(is_told).cloned().collect();
    let open = worst_open(&told);
    let condition = if open.is_bad() {
        open
    } else if incidents.len() > told.len() || (log.items.is_empty() && !is_aws && !log.is_fine_when_empty()) {
        Condition::Unknown
    } else {
        Condition::Operational
    };
    let service = if is_aws { Some("AWS".to_owned()) } else { log.service() };
    Observation { service, condition, incidents, maintenances, ..Observation::default() }
}

fn newest(incident: &PostedIncident) -> Option<DateTime<Utc>> {
    incident.updates.iter().filter_map(|update| update.at).max().or(incident.started_at)
}

impl Log {
    /// Meta's feeds hold nothing while all is well (FORMATS §16).
    fn is_fine_when_empty(&self) -> bool {
        self.home.as_deref().is_some_and(|home| home.contains("//metastatus.com"))
    }

    /// "GitHub Status - Incident History" is GitHub's.
    fn service(&self) -> Option<String> {
        let title = self.title.trim();
        let title =
            title.strip_suffix("Incident History").or_else(|| title.strip_suffix("Incident history")).unwrap_or(title);
        let title = title.trim_end_matches([' ', '-', '–', '|', ':']);
        let title = title.strip_suffix(" Status").or_else(|| title.strip_suffix(" status")).unwrap_or(title);
        Some(title.trim().to_owned()).filter(|title| !title.is_empty())
    }

    /// What the items of one story share, and whether one story may follow another under it.
    fn key(&self, item: &Item, has_useful_ids: bool, is_aws: bool, always_tells: bool) -> (String, bool) {
        let id = item.id.as_deref().filter(|_| has_useful_ids);
        if is_aws && let Some(place) = id.and_then(aws::place) {
            return (place.to_owned(), true);
        }
        let is_pair = ["went down", "recovered"].into_iter().any(|end| item.title.trim_end().ends_with(end));
        if is_pair && let Some((incident, _)) = id.and_then(|id| id.rsplit_once('#')) {
            return (incident.to_owned(), false);
        }
        if always_tells && let Some(id) = id {
            return (id.to_owned(), false);
        }
        let page = item.link.as_deref().filter(|link| self.is_page_of_story(link));
        if let Some(page) = page {
            let bare = page.split_once('#').filter(|(_, place)| !is_route(place));
            return (bare.map_or(page, |(bare, _)| bare).to_owned(), false);
        }
        (words::without_state(&item.title).to_lowercase(), true)
    }

    /// A link to more than the front page.
    fn is_page_of_story(&self, link: &str) -> bool {
        if link.split_once('#').is_some_and(|(_, place)| is_route(place)) {
            return true;
        }
        let bare = |link: &str| link.trim_end_matches('/').to_owned();
        let path = link.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let path = path.split('#').next().unwrap_or_default();
        let is_home =
            self.home.as_deref().is_some_and(|home| bare(home) == bare(link.split('#').next().unwrap_or(link)));
        !path.is_empty() && !is_home
    }
}

/// Pages of one document keep the story's address behind `#`: `https://status.example/#incident/a1` (Okta).
fn is_route(place: &str) -> bool {
    place.trim_matches(['/', '!']).contains('/')
}

/// Folds the items into stories.
fn fold(log: &Log, is_aws: bool) -> Vec<Story> {
    let ids: HashSet<&str> = log.items.iter().filter_map(|item| item.id.as_deref()).collect();
    let has_useful_ids = ids.len() > 1 || log.items.len() == 1;
    // Oldest first, so that the newest word comes last.
    let mut items: Vec<&Item> = log.items.iter().rev().collect();
    items.sort_by_key(|item| item.published);
    let mut stories: Vec<Story> = Vec::new();
    let mut latest: HashMap<String, usize> = HashMap::new();
    for item in items {
        let reading = read_item(item, is_aws);
        let (key, may_repeat) = log.key(item, has_useful_ids, is_aws, reading.always_tells);
        let former = latest.get(&key).and_then(|index| stories.get_mut(*index));
        match former {
            Some(story) if !(may_repeat && story.is_over()) => story.add(item, reading),
            Some(_) | None => {
                let id = if may_repeat {
                    let day = item.published.map_or_else(String::new, |at| at.format(" %Y-%m-%d").to_string());
                    item.id.clone().filter(|_| has_useful_ids).unwrap_or_else(|| format!("{key}{day}"))
                } else {
                    key.clone()
                };
                latest.insert(key, stories.len());
                stories.push(Story::new(id, item, reading));
            }
        }
    }
    stories
}

fn read_item(item: &Item, is_aws: bool) -> Reading {
    if let Some(history) = history::read(&item.body, item.published) {
        let said = history.said.into_iter().map(|said| Said::new(said.word, said.at, said.body)).collect();
        let mut said = oldest_first_by(said, Order::NewestFirst, |said: &Said| said.update.at);
        number(&mut said);
        let (components, regions) = (Vec::new(), Vec::new());
        return Reading { said, impact: None, components, regions, window: history.window, always_tells: true };
    }
    let body = plain(&item.body);
    let labelled = words::labelled(&body);
    // That something more is told says nothing of the state: the text may.
    let telling = |word: Option<Word>| word.filter(|word| *word != Word::Update);
    let told = labelled.or_else(|| words::in_title(&item.title));
    let in_body = words::in_body(&item.body, &body);
    let word = telling(told)
        .or_else(|| telling(in_body))
        .or_else(|| ends::closes(&body).then_some(Word::Closed(Phase::Resolved)))
        .or(told)
        .or(in_body)
        .or_else(|| words::goes_on(&body).map(Word::Open))
        // A part of it is over: that is told of something that goes on.
        .or_else(|| ends::closes_a_part(&body).then_some(Word::Update));
    let (word, impact) = if is_aws { aws::weigh(&item.title, word) } else { (word, None) };
    let scope = item.id.as_deref().filter(|_| is_aws).map(aws::scope);
    let (components, worst) = if labelled.is_some() { affected(&body) } else { (Vec::new(), Condition::Unknown) };
    let body = if labelled.is_some() { without_labels(&body).to_owned() } else { body };
    let (components, regions) = scope.unwrap_or((components, Vec::new()));
    Reading {
        said: vec![Said::new(word, item.published, body).marked()],
        impact: impact.or(worst.is_bad().then_some(worst)),
        components,
        regions,
        window: None,
        always_tells: labelled.is_some(),
    }
}

/// Gives the updates of a body ids that stay when more follow: the minute, and a count within it.
fn number(said: &mut [Said]) {
    let mut last = None;
    let mut count = 0;
    for said in said {
        count = if said.update.at == last { count + 1 } else { 1 };
        last = said.update.at;
        let minute = last.map_or_else(String::new, |at| at.format("%Y%m%dT%H%M").to_string());
        said.update.id = Some(format!("{minute}-{count}"));
    }
}

/// What is told between the label `Status: …` and the list of components.
fn without_labels(body: &str) -> &str {
    let text = body.trim_start().split_once('\n').map_or("", |(_, text)| text);
    let end = text.to_ascii_lowercase().find("\naffected components").unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim()
}

/// `Affected components`, as a list with each one's state (incident.io) or in a line (Flashduty), and the worst state told.
fn affected(body: &str) -> (Vec<String>, Condition) {
    let mut names = Vec::new();
    let mut worst = Condition::Unknown;
    let start = body.to_ascii_lowercase().find("affected components");
    let Some(rest) = start.and_then(|start| body.get(start + "affected components".len()..)) else {
        return (names, worst);
    };
    let (line, list) = rest.split_once('\n').unwrap_or((rest, ""));
    names.extend(
        line.trim_start_matches(':').split(", ").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
    );
    for entry in list.lines().filter_map(|line| line.trim().strip_prefix('•')) {
        let entry = entry.trim();
        match entry.strip_suffix(')').and_then(|entry| entry.rsplit_once('(')) {
            Some((name, state)) => {
                names.push(name.trim().to_owned());
                worst = worst.worst(condition_of(state));
            }
            None => names.push(entry.to_owned()),
        }
    }
    (names, worst)
}
