//! Microsoft's posts for the public (`status.cloud.microsoft/api/posts/…`) and its list of consumer services.
//!
//! Survived: one object or a list of them (one a product), a post that is there even when all is well (without title and
//! id), one that tells of an end, times of the year 1 for "none", and HTML in messages.

use serde::Deserialize;

use crate::{
    domain::{Component, Condition, Observation, Phase, PostedIncident, PostedUpdate},
    feeds::{
        ParseError, document,
        headline::of_measured,
        prose::{condition_of, plain},
        tidy::{MOST_PARTS, MOST_STORIES, mark, worst_open},
        wire::{List, Object, Scalar, json},
    },
};

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Post {
    id: Scalar,
    title: Scalar,
    message: Scalar,
    status: Scalar,
    authored_date_time: Scalar,
    last_updated_time: Scalar,
    service_display_name: Scalar,
    service_workload_name: Scalar,
    services: List<Object<Service>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Service {
    id: Scalar,
    name: Scalar,
    is_up: Scalar,
}

/// Reads `api/posts/<product>`, or `api/servicestatus/index`.
pub(super) fn parse(text: &str) -> Result<Observation, ParseError> {
    let List::Items(posts) = (if document::json_text(text)?.starts_with('[') {
        json::<List<Object<Post>>>(text)?
    } else {
        List::Items(vec![json::<Object<Post>>(text)?])
    }) else {
        return Err(ParseError { reason: "expected a list of posts".to_owned() });
    };
    let posts: Vec<&Post> = posts.iter().filter_map(|post| post.0.as_ref()).collect();
    if let Some(list) = posts.iter().find(|post| matches!(post.services, List::Items(_))) {
        return Ok(read_services(&list.services));
    }
    let is_post = |post: &&Post| post.status.is_there() && (post.message.is_there() || post.title.is_there());
    if !posts.iter().any(is_post) {
        return Err(ParseError { reason: "expected posts with `Status` and `Message`".to_owned() });
    }
    let incidents: Vec<PostedIncident> = posts.iter().filter_map(|post| post.incident()).take(MOST_STORIES).collect();
    let told = posts.iter().map(|post| post.condition()).fold(Condition::Unknown, Condition::worst);
    let has_unknown = posts.iter().any(|post| post.condition() == Condition::Unknown);
    let condition = if told == Condition::Operational && has_unknown { Condition::Unknown } else { told };
    let condition = condition.worst(worst_open(&incidents));
    let components = posts.iter().filter_map(|post| post.component()).take(MOST_PARTS).collect();
    Ok(Observation { condition, components, incidents, ..Observation::default() })
}

fn read_services(services: &List<Object<Service>>) -> Observation {
    let components: Vec<Component> = services
        .objects()
        .filter_map(|service| {
            Some(Component {
                id: service.id.text(),
                name: service.name.text().or_else(|| service.id.text())?,
                group: None,
                is_group: false,
                condition: match (service.is_up.is_there(), service.is_up.is_true()) {
                    (false, _) => Condition::Unknown,
                    (true, true) => Condition::Operational,
                    (true, false) => Condition::MajorOutage,
                },
            })
        })
        .take(MOST_PARTS)
        .collect();
    Observation { condition: of_measured(&components), components, ..Observation::default() }
}

impl Post {
    fn condition(&self) -> Condition {
        self.status.text().map_or(Condition::Unknown, |status| condition_of(&status))
    }

    /// The product that it is about, where it names one.
    fn component(&self) -> Option<Component> {
        Some(Component {
            id: self.service_workload_name.text(),
            name: self.service_display_name.text()?,
            group: None,
            is_group: false,
            condition: self.condition(),
        })
    }

    /// Whether it tells of something that is over: what never was is only available.
    fn is_over(&self) -> bool {
        let word = self.status.word().unwrap_or_default();
        let tells_an_end = ["restored", "resolved", "recovered", "mitigated"].into_iter().any(|end| word.contains(end));
        tells_an_end && self.condition() == Condition::Operational && self.title.text().is_some()
    }

    /// What is wrong, or was; `None` when the post only says that nothing is, or nothing that can be understood.
    fn incident(&self) -> Option<PostedIncident> {
        let is_over = self.is_over();
        let impact = Some(self.condition()).filter(|condition| condition.is_bad());
        if impact.is_none() && !is_over {
            return None;
        }
        let body = self.message.text().map(|message| plain(&message));
        let at = self.last_updated_time.time();
        let phase = if is_over { Phase::Resolved } else { Phase::Investigating };
        let started_at = self.authored_date_time.time().or(at.filter(|_| !is_over));
        let title = self.title.text().map(|title| plain(&title)).unwrap_or_default();
        let named = self.id.text().or_else(|| self.title.text());
        let id = named.or_else(|| Some(mark(body.as_deref()?)))?;
        let said = mark(body.as_deref().unwrap_or_default());
        Some(PostedIncident {
            id,
            title,
            impact,
            phase: Some(phase),
            started_at,
            resolved_at: at.filter(|_| is_over),
            url: None,
            components: self.service_display_name.text().into_iter().collect(),
            regions: Vec::new(),
            updates: vec![PostedUpdate { id: Some(said), phase: is_over.then_some(phase), at, body }],
        })
    }
}
