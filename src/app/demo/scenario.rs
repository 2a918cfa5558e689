//! The stories that are replayed, as written in `scenarios/`.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, de::Error};

use crate::domain::{Condition, MaintenancePhase, Phase, Role, ServiceId, SourceKind};

/// The stories in the order in which they are told.
const FILES: [(&str, &str); 4] = [
    ("whatsapp.toml", include_str!("scenarios/whatsapp.toml")),
    ("tiktok.toml", include_str!("scenarios/tiktok.toml")),
    ("spotify.toml", include_str!("scenarios/spotify.toml")),
    ("fiverr.toml", include_str!("scenarios/fiverr.toml")),
];

/// One service's story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    /// When it begins, on the calendar of the demo.
    pub(super) start: DateTime<Utc>,
    pub(super) service: Cast,
    /// Ascending; those before the start tell what was there already.
    #[serde(rename = "step")]
    pub(super) steps: Vec<Step>,
}

/// The service a story is about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cast {
    #[serde(deserialize_with = "service_id")]
    pub(super) id: ServiceId,
    pub(super) name: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    pub(super) category: String,
    pub(super) homepage: String,
    pub(super) components: Vec<String>,
    pub(super) sources: Vec<Told>,
}

/// A place on the simulated site that tells about the service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    #[serde(deserialize_with = "source_kind")]
    pub(super) kind: SourceKind,
    /// For RSS: which of the service's feeds.
    #[serde(default)]
    pub(super) feed: Feed,
    /// `None`: what the kind is by nature.
    #[serde(default, deserialize_with = "role")]
    pub(super) role: Option<Role>,
    /// For the front page: whether late answers are told as well as failed ones.
    #[serde(default, rename = "slow")]
    pub(super) is_slow_told: bool,
}

/// Who posts an incident.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Feed {
    /// The company.
    #[default]
    History,
    /// People among themselves.
    Forum,
}

/// What changes at one moment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// How long after the start.
    #[serde(deserialize_with = "offset")]
    pub(super) at: TimeDelta,
    /// How the service's front page answers from now on.
    pub(super) site: Option<FrontPage>,
    /// Components by name that are in another condition from now on.
    #[serde(default, deserialize_with = "conditions")]
    pub(super) conditions: BTreeMap<String, Condition>,
    #[serde(default, rename = "incident")]
    pub(super) incidents: Vec<Post>,
    #[serde(default, rename = "maintenance")]
    pub(super) maintenances: Vec<PlannedPost>,
}

/// How a service's front page answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FrontPage {
    /// At once.
    #[default]
    Up,
    /// Late.
    Slow,
    /// With an error.
    Down,
}

/// Something said about an incident, which its first post opens. What is left out stays as it was.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Post {
    #[serde(default)]
    pub(super) feed: Feed,
    pub(super) id: String,
    pub(super) title: Option<String>,
    #[serde(default, deserialize_with = "impact")]
    pub(super) impact: Option<Condition>,
    #[serde(deserialize_with = "phase")]
    pub(super) phase: Phase,
    pub(super) text: String,
    pub(super) components: Option<Vec<String>>,
}

/// Something said about planned work, which its first post announces. What is left out stays as it was.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlannedPost {
    pub(super) id: String,
    pub(super) title: Option<String>,
    #[serde(deserialize_with = "maintenance_phase")]
    pub(super) phase: MaintenancePhase,
    /// When it is to begin, after the story's start.
    #[serde(default, deserialize_with = "some_offset")]
    pub(super) from: Option<TimeDelta>,
    /// When it is to end, after the story's start.
    #[serde(default, deserialize_with = "some_offset")]
    pub(super) until: Option<TimeDelta>,
    pub(super) text: String,
    pub(super) components: Option<Vec<String>>,
}

impl Scenario {
    /// Every story, in the order in which they are told.
    ///
    /// # Errors
    ///
    /// The file at fault with what is wrong in it.
    pub(super) fn all() -> Result<Vec<Self>, (&'static str, toml::de::Error)> {
        FILES.into_iter().map(|(file, text)| toml::from_str(text).map_err(|fault| (file, fault))).collect()
    }

    /// The moments of the story at which something changes before the eyes of the audience.
    pub(super) fn moments(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.steps.iter().filter(|step| step.at >= TimeDelta::zero()).map(|step| self.start + step.at)
    }
}

fn word<'de, D: Deserializer<'de>, T>(from: D, read: impl Fn(&str) -> Option<T>) -> Result<T, D::Error> {
    let word = String::deserialize(from)?;
    read(&word).ok_or_else(|| D::Error::custom(format!("`{word}` is no word that is known here")))
}

fn service_id<'de, D: Deserializer<'de>>(from: D) -> Result<ServiceId, D::Error> {
    word(from, ServiceId::new)
}

fn source_kind<'de, D: Deserializer<'de>>(from: D) -> Result<SourceKind, D::Error> {
    word(from, SourceKind::from_word)
}

fn role<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Role>, D::Error> {
    word(from, Role::from_word).map(Some)
}

fn phase<'de, D: Deserializer<'de>>(from: D) -> Result<Phase, D::Error> {
    word(from, Phase::from_word)
}

fn maintenance_phase<'de, D: Deserializer<'de>>(from: D) -> Result<MaintenancePhase, D::Error> {
    word(from, MaintenancePhase::from_word)
}

fn impact<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Condition>, D::Error> {
    word(from, Condition::from_word).map(Some)
}

fn conditions<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Condition>, D::Error> {
    let words: BTreeMap<String, String> = BTreeMap::deserialize(from)?;
    let read = |(name, word): (String, String)| {
        let condition = Condition::from_word(&word);
        condition
            .map(|condition| (name, condition))
            .ok_or_else(|| D::Error::custom(format!("`{word}` is no condition")))
    };
    words.into_iter().map(read).collect()
}

/// `2h 30m`; `-9d` lies before the start.
fn offset<'de, D: Deserializer<'de>>(from: D) -> Result<TimeDelta, D::Error> {
    word(from, |text| {
        let (text, is_before) = text.strip_prefix('-').map_or((text, false), |rest| (rest, true));
        let span: Duration = humantime::parse_duration(text).ok()?;
        let span = TimeDelta::from_std(span).ok()?;
        Some(if is_before { -span } else { span })
    })
}

fn some_offset<'de, D: Deserializer<'de>>(from: D) -> Result<Option<TimeDelta>, D::Error> {
    offset(from).map(Some)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_story_ends_with_all_well_again() {
        for scenario in Scenario::all().unwrap() {
            let name = &scenario.service.name;
            let mut front_page = FrontPage::Up;
            let mut conditions: BTreeMap<&str, Condition> = BTreeMap::new();
            let mut open: BTreeSet<&str> = BTreeSet::new();
            for step in &scenario.steps {
                front_page = step.site.unwrap_or(front_page);
                conditions.extend(step.conditions.iter().map(|(part, condition)| (part.as_str(), *condition)));
                for post in &step.incidents {
                    if post.phase.is_closed() {
                        open.remove(post.id.as_str())
                    } else {
                        open.insert(&post.id)
                    };
                }
                for post in &step.maintenances {
                    let is_over = post.phase == MaintenancePhase::Completed;
                    if is_over {
                        open.remove(post.id.as_str())
                    } else {
                        open.insert(&post.id)
                    };
                }
            }
            assert_eq!(front_page, FrontPage::Up, "{name}");
            assert!(conditions.values().all(|condition| *condition == Condition::Operational), "{name}");
            assert!(open.is_empty(), "{name}: {open:?}");
        }
    }

    #[test]
    fn every_step_follows_the_one_before_and_changes_something() {
        for scenario in Scenario::all().unwrap() {
            let name = &scenario.service.name;
            assert!(scenario.steps.is_sorted_by(|before, after| before.at < after.at), "{name}");
            for step in &scenario.steps {
                let changes = step.site.is_some() || !step.conditions.is_empty();
                assert!(changes || !step.incidents.is_empty() || !step.maintenances.is_empty(), "{name}: {}", step.at);
            }
        }
    }

    #[test]
    fn every_post_has_words_and_every_first_one_a_title() {
        for scenario in Scenario::all().unwrap() {
            let parts: BTreeSet<&String> = scenario.service.components.iter().collect();
            // RSS has no word for how bad an incident is.
            let is_weighed = scenario.service.sources.iter().any(|told| told.kind == SourceKind::Statuspage);
            let mut known: BTreeSet<&str> = BTreeSet::new();
            for step in &scenario.steps {
                let named = step.conditions.keys();
                for post in &step.incidents {
                    assert!(!post.text.trim().is_empty(), "{}", post.id);
                    assert!(
                        known.contains(post.id.as_str())
                            || (post.title.is_some() && post.impact.is_some() == is_weighed)
                    );
                    known.insert(&post.id);
                }
                for post in &step.maintenances {
                    assert!(!post.text.trim().is_empty(), "{}", post.id);
                    assert!(known.contains(post.id.as_str()) || (post.title.is_some() && post.from < post.until));
                    known.insert(&post.id);
                }
                let posts = step.incidents.iter().flat_map(|post| post.components.iter().flatten());
                let planned = step.maintenances.iter().flat_map(|post| post.components.iter().flatten());
                let strangers: Vec<_> =
                    named.chain(posts).chain(planned).filter(|part| !parts.contains(part)).collect();
                assert!(strangers.is_empty(), "{}: {strangers:?}", scenario.service.name);
            }
        }
    }

    #[test]
    fn the_stories_are_told_one_after_the_other() {
        let moments: Vec<_> =
            Scenario::all().unwrap().iter().flat_map(|scenario| scenario.moments().collect::<Vec<_>>()).collect();
        assert!(moments.is_sorted_by(|before, after| before < after));
        assert!((25..=30).contains(&moments.len()), "{}", moments.len());
    }

    #[test]
    fn words_that_are_unknown_are_refused() {
        let text = include_str!("scenarios/whatsapp.toml");
        for (word, wrong) in [("\"major_outage\"", "\"broken\""), ("site =", "sight ="), ("\"48m\"", "\"soon\"")] {
            assert!(text.contains(word));
            assert!(toml::from_str::<Scenario>(&text.replace(word, wrong)).is_err(), "{wrong}");
        }
    }
}
