//! The documents of the simulated status site: Statuspage's JSON, RSS, and a page for people.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::{
    scenario::Feed,
    scene::{Said, Scene, Staged, StagedWork},
};
use crate::domain::{Condition, MaintenancePhase};

/// `api/v2/summary.json`: what is so now, without what is over.
pub(super) fn summary(scene: &Scene<'_>, page: &str) -> String {
    let (indicator, description) = headline(scene.condition());
    let open = scene.incidents.iter().filter(|staged| !staged.phase.is_closed());
    let ahead = scene.maintenances.iter().filter(|staged| staged.phase != MaintenancePhase::Completed);
    let names = scene.components.iter().map(|(name, _)| *name);
    json!({
        "page": head(scene, page),
        "status": { "indicator": indicator, "description": description },
        "components": names.map(|name| component(scene, name)).collect::<Vec<_>>(),
        "incidents": open.map(|staged| incident(scene, staged, page)).collect::<Vec<_>>(),
        "scheduled_maintenances": ahead.map(|staged| maintenance(scene, staged, page)).collect::<Vec<_>>(),
    })
    .to_string()
}

/// `api/v2/incidents.json`: all incidents, over or not.
pub(super) fn incidents(scene: &Scene<'_>, page: &str) -> String {
    let incidents: Vec<_> = scene.incidents.iter().map(|staged| incident(scene, staged, page)).collect();
    json!({ "page": head(scene, page), "incidents": incidents }).to_string()
}

/// `api/v2/scheduled-maintenances.json`: all planned work, over or not.
pub(super) fn maintenances(scene: &Scene<'_>, page: &str) -> String {
    let maintenances: Vec<_> = scene.maintenances.iter().map(|staged| maintenance(scene, staged, page)).collect();
    json!({ "page": head(scene, page), "scheduled_maintenances": maintenances }).to_string()
}

/// A feed in the form of Statuspage's `history.rss`: an item for each incident, with all that was said, newest first.
pub(super) fn rss(scene: &Scene<'_>, feed: Feed, page: &str) -> String {
    let name = escaped(&scene.scenario.service.name);
    let title = match feed {
        Feed::History => format!("{name} Status - Incident History"),
        Feed::Forum => format!("{name} people among themselves"),
    };
    let mut items = String::new();
    let mut newest = None;
    for staged in scene.incidents.iter().filter(|staged| staged.feed == feed) {
        let mut body = String::new();
        for said in staged.posts.iter().rev() {
            let label = capitalised(said.phase.word());
            let at = said.at.format("%b <var data-var='date'>%e</var>, <var data-var='time'>%H:%M</var> UTC");
            let text = escaped(said.text);
            body.push_str(&format!("<p><small>{at}</small><br><strong>{label}</strong> - {text}</p>"));
        }
        let at = staged.posts.last().map_or(scene.changed_at, |said| said.at);
        newest = newest.max(Some(at));
        items.push_str(&format!(
            "<item><title>{}</title><description>{}</description><pubDate>{}</pubDate><link>{page}</link><guid isPermaLink=\"false\">{}</guid></item>",
            escaped(staged.title),
            escaped(&body),
            at.to_rfc2822(),
            escaped(staged.id),
        ));
    }
    let built = newest.unwrap_or(scene.scenario.start).to_rfc2822();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>{title}</title><link>{page}</link><description>{title}</description><lastBuildDate>{built}</lastBuildDate>{items}</channel></rss>\n"
    )
}

/// The page for people that messages link to.
pub(super) fn page(scene: &Scene<'_>) -> String {
    let mut page = format!("{} (simulated by foghorn demo)\n", scene.scenario.service.name);
    for (name, condition) in &scene.components {
        page.push_str(&format!("{name}: {}\n", condition.word()));
    }
    let mut tell = |title: &str, phase: &str, at: DateTime<Utc>, text: &str| {
        page.push_str(&format!("\n{} {title}: {phase}\n{text}\n", at.format("%Y-%m-%d %H:%M UTC")));
    };
    for staged in &scene.incidents {
        staged.posts.iter().rev().for_each(|said| tell(staged.title, said.phase.word(), said.at, said.text));
    }
    for staged in &scene.maintenances {
        staged.posts.iter().rev().for_each(|said| tell(staged.title, said.phase.word(), said.at, said.text));
    }
    page
}

fn head(scene: &Scene<'_>, page: &str) -> Value {
    let service = &scene.scenario.service;
    json!({
        "id": service.id.as_str(), "name": service.name, "url": page, "time_zone": "Etc/UTC",
        "updated_at": time(scene.changed_at),
    })
}

fn component(scene: &Scene<'_>, name: &str) -> Value {
    let place = scene.components.iter().position(|(known, _)| *known == name);
    let condition = scene.components.iter().find(|(known, _)| *known == name).map(|(_, condition)| *condition);
    let service = scene.scenario.service.id.as_str();
    json!({
        "id": format!("{service}-{}", place.unwrap_or_default()), "name": name, "page_id": service,
        "status": component_word(condition.unwrap_or_default()), "position": place, "description": null,
        "group": false, "group_id": null, "showcase": true, "only_show_if_degraded": false, "start_date": null,
        "created_at": time(scene.scenario.start), "updated_at": time(scene.changed_at),
    })
}

fn incident(scene: &Scene<'_>, staged: &Staged<'_>, page: &str) -> Value {
    let end = staged.posts.iter().find(|said| said.phase.is_closed()).map(|said| time(said.at));
    let mut incident = posted(scene, staged.id, staged.title, page, staged.components, &staged.posts);
    merge(
        &mut incident,
        json!({
            "status": staged.phase.word(), "impact": headline(staged.impact).0, "resolved_at": end,
            "incident_updates": updates(staged.id, &staged.posts, |phase| phase.word()),
        }),
    );
    incident
}

fn maintenance(scene: &Scene<'_>, staged: &StagedWork<'_>, page: &str) -> Value {
    let end = staged.posts.iter().find(|said| said.phase == MaintenancePhase::Completed).map(|said| time(said.at));
    let mut maintenance = posted(scene, staged.id, staged.title, page, staged.components, &staged.posts);
    merge(
        &mut maintenance,
        json!({
            "status": staged.phase.word(), "impact": "maintenance", "resolved_at": end,
            "scheduled_for": time(staged.from), "scheduled_until": time(staged.until),
            "incident_updates": updates(staged.id, &staged.posts, |phase| phase.word()),
        }),
    );
    maintenance
}

/// What incidents and planned work have in common.
fn posted<P>(scene: &Scene<'_>, id: &str, title: &str, page: &str, parts: &[String], posts: &[Said<'_, P>]) -> Value {
    let first = posts.first().map(|said| time(said.at));
    json!({
        "id": id, "name": title, "page_id": scene.scenario.service.id.as_str(), "shortlink": page,
        "created_at": first, "started_at": first, "updated_at": posts.last().map(|said| time(said.at)),
        "monitoring_at": null, "components": parts.iter().map(|name| component(scene, name)).collect::<Vec<_>>(),
    })
}

/// What was said, newest first.
fn updates<P: Copy>(id: &str, posts: &[Said<'_, P>], word: impl Fn(P) -> &'static str) -> Vec<Value> {
    let update = |(number, said): (usize, &Said<'_, P>)| {
        json!({
            "id": format!("{id}-{number}"), "incident_id": id, "status": word(said.phase), "body": said.text,
            "created_at": time(said.at), "updated_at": time(said.at), "display_at": time(said.at),
            "affected_components": null, "deliver_notifications": true, "custom_tweet": null, "tweet_id": null,
        })
    };
    posts.iter().enumerate().rev().map(update).collect()
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// Statuspage's indicator, which is also its word for an incident's impact, and its sentence.
const fn headline(condition: Condition) -> (&'static str, &'static str) {
    match condition {
        Condition::Operational | Condition::Unknown => ("none", "All Systems Operational"),
        Condition::Degraded => ("minor", "Partially Degraded Service"),
        Condition::PartialOutage => ("major", "Partial System Outage"),
        Condition::MajorOutage => ("critical", "Major Service Outage"),
        Condition::Maintenance => ("maintenance", "Service Under Maintenance"),
    }
}

/// Statuspage's word for a component's condition.
const fn component_word(condition: Condition) -> &'static str {
    match condition {
        Condition::Operational | Condition::Unknown => "operational",
        Condition::Degraded => "degraded_performance",
        Condition::PartialOutage => "partial_outage",
        Condition::MajorOutage => "major_outage",
        Condition::Maintenance => "under_maintenance",
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
    format!("{}{rest}", first.to_uppercase())
}
