//! The promises, checked against all that people saw.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    domain::{ChatId, Condition, Filter, Form, Incident, Listed, Notice, Platform, ServiceId, Topic},
    store::Backlog,
};

use super::{
    Universe, people,
    platform::{Room, Seen},
    world::{Manner, PAST_TITLE, Provider},
};

pub(super) fn all(universe: &Universe, backlog: Backlog) -> Vec<String> {
    let mut faults = Vec::new();
    if backlog != Backlog::default() {
        faults.push(format!("not all was settled: {backlog:?}"));
    }
    for (platform, room) in &universe.rooms {
        let room = room.lock().unwrap();
        let mut stories: BTreeMap<(String, String), Vec<&Seen>> = BTreeMap::new();
        let all_seen = apart(&room.seen);
        for seen in all_seen.iter().filter(|seen| !people::is_theirs(&seen.chat)) {
            let key = (seen.chat.to_string(), seen.notice.incident.id.to_string());
            stories.entry(key).or_default().push(seen);
        }
        for ((chat, incident), story) in &stories {
            if room.gone.contains(&story[0].chat) {
                continue;
            }
            // The messages of a chat that moved stay behind, as if somebody had deleted them.
            let has_moved = room.moved.keys().any(|chat| *chat == story[0].chat);
            let deleted = room.deleted.get(&story[0].chat).copied().unwrap_or_default() + usize::from(has_moved);
            let doubtful = room.uncertain.iter().find(|(id, _)| id.to_string() == *chat).map_or(0, |(_, count)| *count);
            let rested = room.rests.iter().any(|(resting, _, _)| *resting == story[0].chat);
            let luck = Luck { doubtful, deleted, rested };
            let mut found = story_faults(universe, *platform, story, &luck);
            found.iter_mut().for_each(|fault| *fault = format!("{chat}, {incident}: {fault}\n{}", retell(story)));
            faults.append(&mut found);
        }
        faults.extend(untold(universe, *platform, &room, &all_seen));
        faults.extend(invented(universe, &all_seen));
        faults.extend(universe.people.complaints(&room, &|service| category_of(universe, service).unwrap_or_default()));
    }
    faults
}

/// All that people saw, and after each message that tells outages together what it says of each of them.
fn apart(seen: &[Seen]) -> Vec<Seen> {
    let listed = |seen: &Seen| {
        let storm = seen.notice.storm.clone();
        let of = |listed: &Listed| {
            let incident = listed.incident.clone();
            Seen { notice: Notice { incident, ..seen.notice.clone() }, ..seen.clone() }
        };
        storm.into_iter().flat_map(|storm| storm.listed.iter().map(of).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    seen.iter().flat_map(|seen| std::iter::once(seen.clone()).chain(listed(seen))).collect()
}

/// Whether a message tells the incident among others.
fn is_listed(seen: &Seen) -> bool {
    seen.notice.storm.is_some() && !seen.notice.incident.id.is_storm()
}

/// What is wrong with a message that tells outages together.
fn untrue(seen: &Seen) -> Vec<String> {
    let Some(storm) = seen.notice.storm.as_ref().filter(|_| !is_listed(seen)) else { return Vec::new() };
    let listed = |is_open: bool| storm.listed.iter().filter(|listed| listed.incident.is_open() == is_open).count();
    let is_true = (storm.open, storm.over) == (listed(true), listed(false))
        && seen.notice.incident.is_open() == (storm.open > 0)
        && storm.open + storm.over > 0;
    let fault = format!("it says that {} go on and {} are over, and lists others", storm.open, storm.over);
    if is_true { Vec::new() } else { vec![fault] }
}

/// What a chat had to do with, that makes a difference to what it may see.
struct Luck {
    /// Messages of which nobody knows whether they arrived.
    doubtful: usize,
    /// Alerts that somebody has deleted, or that stayed behind.
    deleted: usize,
    /// Whether the chat took nothing for a while.
    rested: bool,
}

/// What is wrong with one incident as one chat saw it.
fn story_faults(universe: &Universe, platform: Platform, story: &[&Seen], luck: &Luck) -> Vec<String> {
    let Luck { doubtful, deleted, rested } = *luck;
    let mut faults = Vec::new();
    let newest = &story.last().unwrap().notice.incident;
    faults.extend(story.iter().flat_map(|seen| untrue(seen)));
    let is_storm = newest.id.is_storm();
    let is_in_storm = story.iter().any(|seen| is_listed(seen));
    if !is_storm
        && filter_of(universe, story)
            .is_none_or(|filter| !story.iter().any(|seen| filter.admits(&seen.notice.incident)))
    {
        faults.push("nobody asked for it".to_owned());
    }
    if newest.is_open() {
        faults.push("its end was not told".to_owned());
    }
    for pair in story.windows(2) {
        if pair[1].notice.incident.revision < pair[0].notice.incident.revision {
            faults.push("an older state was told after a newer one".to_owned());
        }
    }
    let posts: Vec<&&Seen> = story.iter().filter(|seen| seen.edited.is_none() || is_listed(seen)).collect();
    // Without edits every update is a message, so only beginnings and ends can be counted there.
    let has_edits = platform != Platform::Console;
    let mut doubles = 0;
    let mut repeated_updates = 0;
    let mut is_open = None;
    for (index, post) in posts.iter().enumerate() {
        let now_open = post.notice.incident.is_open();
        if is_listed(post) {
            is_open = Some(now_open);
            continue;
        }
        let is_news = index > 0 && posts[index - 1].notice.incident.chapter < post.notice.incident.chapter;
        let is_right = match (post.notice.form, is_open) {
            (Form::Alert, None) => true,
            // Where there are no edits, what came back and ended while the chat could not be reached is told as well.
            (Form::Alert, Some(was_open)) => !has_edits && was_open == now_open && (now_open || is_news),
            // Who may have missed the turn before is told of this one all the same; so is who was told of it by a message
            // whose answer was lost twice, of which only is known that it told of a turn before this one, or of this one.
            (Form::Recovery, Some(was_open)) => !now_open && (was_open || doubtful > 0),
            (Form::Return, Some(was_open)) => now_open && (!was_open || doubtful > 0),
            (Form::Update, Some(was_open)) => was_open && now_open,
            // A chat that rested since is told the end of what it may have been told and was not.
            (Form::Recovery | Form::Return, None) => rested && doubtful > 0,
            (Form::Update, None) => false,
        };
        let is_told = |earlier: &&Seen| {
            let told = &earlier.notice.incident;
            told.revision == post.notice.incident.revision && told.chapter == post.notice.incident.chapter
        };
        if post.notice.form == Form::Update && posts[..index].iter().any(|earlier| is_told(earlier)) {
            repeated_updates += 1;
        }
        let repeats = index > 0 && posts[index - 1].notice.form == post.notice.form;
        // A first message that is sent again may by then tell more than the one that was lost.
        let catches_up = post.notice.form == Form::Alert && is_open.is_some();
        if !is_right && (repeats || catches_up) {
            doubles += 1;
        } else if !is_right {
            faults.push(format!("message {} does not fit what was told before", index + 1));
        }
        is_open = Some(now_open);
    }
    // Of a message whose answer was lost twice nobody knows which revision it told.
    if repeated_updates > doubtful {
        faults.push(format!("{repeated_updates} updates are told twice, at most {doubtful} were in doubt"));
    }
    // An alert that was deleted, or stayed behind, is posted anew.
    // Names are remembered for a while, and not as long as a chat may rest.
    let allowed = deleted + if platform == Platform::Discord && !rested { 0 } else { doubtful };
    if doubles > allowed {
        faults.push(format!(
            "{doubles} messages are told twice, at most {allowed} were in doubt, deleted or left behind"
        ));
    }
    // What was told among others and then by itself has no alert that was posted first.
    if has_edits && !is_in_storm {
        let alert = posts.first().map(|post| post.message.clone());
        let shown =
            story.iter().rev().find(|seen| Some(&seen.message) == alert.as_ref() && doubles == 0 && deleted == 0);
        if shown.is_some_and(|shown| shown.notice.incident.is_open()) {
            faults.push("the alert still says that it goes on".to_owned());
        }
    }
    faults
}

fn category_of(universe: &Universe, service: &ServiceId) -> Option<String> {
    universe.providers.iter().find_map(|provider| {
        let provider = provider.lock().unwrap();
        (provider.service.id == *service).then(|| provider.service.category.clone())
    })
}

/// The filter that counts for a story's chat and service.
fn filter_of<'a>(universe: &'a Universe, story: &[&Seen]) -> Option<&'a Filter> {
    let chat = &story[0].chat;
    let incident = &story[0].notice.incident;
    let category = category_of(universe, &incident.id.service)?;
    let of = |topic: &Topic| {
        universe.subscriptions.iter().find(|wish| wish.chat == *chat && wish.topic == *topic).map(|wish| &wish.filter)
    };
    of(&Topic::Service(incident.id.service.clone())).or_else(|| of(&Topic::Category(category)))
}

/// Incidents that were posted and readable, and that a chat with a subscription without a filter never heard of.
fn untold(universe: &Universe, platform: Platform, room: &Room, all_seen: &[Seen]) -> Vec<String> {
    let mut faults = Vec::new();
    for provider in &universe.providers {
        let provider = provider.lock().unwrap();
        for wish in universe.subscriptions.iter().filter(|wish| wish.chat.platform == platform) {
            let is_gone = room.gone.contains(&wish.chat);
            if is_gone || !wish.topic.covers(&provider.service) || wish.filter != Filter::default() {
                continue;
            }
            let overruled = universe.subscriptions.iter().any(|other| {
                other.chat == wish.chat
                    && other.topic == Topic::Service(provider.service.id.clone())
                    && other.filter != Filter::default()
            });
            if overruled {
                continue;
            }
            let titles = |incident: &Incident| incident.title.clone().unwrap_or_default();
            for (posted, ended) in worth_telling(&provider) {
                if has_rested(room, &wish.chat, ended) {
                    continue;
                }
                let name = posted.split(" (").next().unwrap();
                let is_told = all_seen.iter().any(|seen| {
                    seen.chat == wish.chat && titles(&seen.notice.incident).split(" (").next().unwrap() == name
                });
                if !is_told {
                    faults.push(format!("{}: never heard of \"{name}\"", wish.chat));
                }
            }
        }
    }
    faults
}

/// Incidents that were told although a provider who posts everything had posted nothing of the kind.
fn invented(universe: &Universe, seen: &[Seen]) -> Vec<String> {
    let posts_all = |seen: &&Seen| {
        universe.providers.iter().any(|provider| {
            let provider = provider.lock().unwrap();
            provider.service.id == seen.notice.incident.id.service
                && matches!(provider.manner, Manner::Current | Manner::Log)
        })
    };
    let past = seen
        .iter()
        .filter(|seen| seen.notice.incident.title.as_ref().is_some_and(|title| title.starts_with(PAST_TITLE)));
    let past = past.map(|seen| format!("{}: {} was over before anybody looked", seen.chat, seen.notice.incident.id));
    let untitled = seen.iter().filter(posts_all).filter(|seen| seen.notice.incident.title.is_none());
    untitled.map(|seen| format!("{}: {} was never posted", seen.chat, seen.notice.incident.id)).chain(past).collect()
}

/// Whether a chat took nothing when something ended: what it had not been told by then is history for it. How long an end
/// takes to be noticed is left to luck.
fn has_rested(room: &Room, chat: &ChatId, ended: DateTime<Utc>) -> bool {
    let late = TimeDelta::hours(1);
    room.rests.iter().any(|(resting, from, until)| {
        resting == chat && *from <= ended + late && until.is_none_or(|until| ended <= until + late)
    })
}

/// Titles of incidents that lasted and that the feed showed to somebody, and when they ended.
fn worth_telling(provider: &Provider) -> Vec<(String, DateTime<Utc>)> {
    let lasted = provider.incidents.iter().filter(|incident| incident.resolved_at > incident.started_at);
    let shown = lasted.filter(|incident| provider.seen.contains(&incident.id));
    shown
        .filter(|incident| incident.impact != Some(Condition::Operational))
        .map(|incident| (incident.title.clone(), incident.resolved_at.unwrap_or(DateTime::<Utc>::MAX_UTC)))
        .collect()
}

fn retell(story: &[&Seen]) -> String {
    let line = |seen: &&Seen| {
        let incident = &seen.notice.incident;
        let how = if seen.edited.is_some() { "edit" } else { "post" };
        format!(
            "    {how} {:?} of message {}: revision {}, chapter {}, {:?}",
            seen.notice.form, seen.message.0, incident.revision, incident.chapter, incident.last_kind
        )
    };
    story.iter().map(line).collect::<Vec<_>>().join("\n")
}
