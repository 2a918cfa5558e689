//! What a story shows at one moment.

use chrono::{DateTime, Utc};

use super::scenario::{Feed, FrontPage, Scenario};
use crate::domain::{Condition, MaintenancePhase, Phase};

/// What a story shows at one moment.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) front_page: FrontPage,
    pub(super) components: Vec<(&'a str, Condition)>,
    /// Newest first.
    pub(super) incidents: Vec<Staged<'a>>,
    /// Newest first.
    pub(super) maintenances: Vec<StagedWork<'a>>,
    /// When something last changed.
    pub(super) changed_at: DateTime<Utc>,
}

/// An incident as it stands on the stage.
#[derive(Debug)]
pub(super) struct Staged<'a> {
    pub(super) feed: Feed,
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) impact: Condition,
    pub(super) phase: Phase,
    pub(super) components: &'a [String],
    /// Oldest first.
    pub(super) posts: Vec<Said<'a, Phase>>,
}

/// Planned work as it stands on the stage.
#[derive(Debug)]
pub(super) struct StagedWork<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) phase: MaintenancePhase,
    pub(super) from: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
    pub(super) components: &'a [String],
    /// Oldest first.
    pub(super) posts: Vec<Said<'a, MaintenancePhase>>,
}

/// One thing said.
#[derive(Debug)]
pub(super) struct Said<'a, P> {
    pub(super) at: DateTime<Utc>,
    pub(super) phase: P,
    pub(super) text: &'a str,
}

impl<'a> Scene<'a> {
    /// What `scenario` shows at `now`.
    pub(super) fn at(scenario: &'a Scenario, now: DateTime<Utc>) -> Self {
        let components = scenario.service.components.iter();
        let mut scene = Self {
            scenario,
            front_page: FrontPage::Up,
            components: components.map(|name| (name.as_str(), Condition::Operational)).collect(),
            incidents: Vec::new(),
            maintenances: Vec::new(),
            changed_at: scenario.start,
        };
        for step in scenario.steps.iter().take_while(|step| scenario.start + step.at <= now) {
            scene.changed_at = scenario.start + step.at;
            scene.front_page = step.site.unwrap_or(scene.front_page);
            for (name, condition) in &mut scene.components {
                *condition = step.conditions.get(*name).copied().unwrap_or(*condition);
            }
            for post in &step.incidents {
                scene.say(post);
            }
            for post in &step.maintenances {
                scene.plan(post);
            }
        }
        scene
    }

    fn say(&mut self, post: &'a super::scenario::Post) {
        let place = self.incidents.iter().position(|staged| staged.id == post.id).unwrap_or_else(|| {
            let first = Staged {
                feed: post.feed,
                id: &post.id,
                title: "",
                impact: Condition::Operational,
                phase: post.phase,
                components: &[],
                posts: Vec::new(),
            };
            self.incidents.insert(0, first);
            0
        });
        let Some(staged) = self.incidents.get_mut(place) else { return };
        staged.title = post.title.as_deref().unwrap_or(staged.title);
        staged.impact = post.impact.unwrap_or(staged.impact);
        staged.components = post.components.as_deref().unwrap_or(staged.components);
        staged.phase = post.phase;
        staged.posts.push(Said { at: self.changed_at, phase: post.phase, text: &post.text });
    }

    fn plan(&mut self, post: &'a super::scenario::PlannedPost) {
        let start = self.scenario.start;
        let place = self.maintenances.iter().position(|staged| staged.id == post.id).unwrap_or_else(|| {
            let first = StagedWork {
                id: &post.id,
                title: "",
                phase: post.phase,
                from: self.changed_at,
                until: self.changed_at,
                components: &[],
                posts: Vec::new(),
            };
            self.maintenances.insert(0, first);
            0
        });
        let Some(staged) = self.maintenances.get_mut(place) else { return };
        staged.title = post.title.as_deref().unwrap_or(staged.title);
        staged.from = post.from.map_or(staged.from, |from| start + from);
        staged.until = post.until.map_or(staged.until, |until| start + until);
        staged.components = post.components.as_deref().unwrap_or(staged.components);
        staged.phase = post.phase;
        staged.posts.push(Said { at: self.changed_at, phase: post.phase, text: &post.text });
    }

    /// How the company calls the whole.
    pub(super) fn condition(&self) -> Condition {
        let open = self.incidents.iter().filter(|staged| staged.feed == Feed::History && !staged.phase.is_closed());
        let parts = self.components.iter().map(|(_, condition)| *condition);
        parts.chain(open.map(|staged| staged.impact)).fold(Condition::Operational, Condition::worst)
    }
}
