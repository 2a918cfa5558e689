//! People of a simulated world who change their minds: they subscribe and unsubscribe, change filters and settings, mute
//! and unmute, throw the bot out of a place and invite it again.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use foghorn::{
    domain::{
        Change, ChatId, ChatSettings, Filter, Form, Mute, Muted, Platform, RequestId, ServiceId, Severity, Sound,
        Subscription, Topic, Updates,
    },
    store::{Applied, MemoryStore, Store},
};

use super::platform::{Room, Seen};

/// The place of their chats.
const PLACE: &str = "hall";
/// What was claimed before a mute may be sent so long after it.
const UNDER_WAY: TimeDelta = TimeDelta::minutes(10);

/// A time in which a chat wanted to hear nothing new.
struct Silence {
    chat: ChatId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// People who change their minds, two chats on each platform.
#[derive(Default)]
pub struct People {
    /// What they ever wanted to hear about.
    wished: HashSet<(ChatId, Topic)>,
    silences: Vec<Silence>,
    requests: u32,
}

/// Whether a chat is one of theirs.
pub fn is_theirs(chat: &ChatId) -> bool {
    chat.address.starts_with(PLACE)
}

impl People {
    /// One of them may do something.
    pub async fn act(&mut self, rng: &mut Rng, store: &MemoryStore, now: DateTime<Utc>) {
        if rng.u8(..) > 60 {
            return;
        }
        let platform = rng.choice(Platform::ALL).unwrap();
        let chat = ChatId { platform, address: format!("{PLACE}/{}", rng.u8(1..=2)).into() };
        let change = match rng.u8(0..16) {
            0..6 => {
                let severity = rng.choice([None, Some(Severity::Degraded), Some(Severity::MajorOutage)]).unwrap();
                let filter = Filter { severity, ..Filter::default() };
                let topic = a_topic(rng);
                self.wished.insert((chat.clone(), topic.clone()));
                Change::Subscribe(Subscription { chat, topic, filter, mention: None, since: now })
            }
            6..8 => Change::Unsubscribe { chat, topic: a_topic(rng) },
            8 => Change::UnsubscribeAll { chat },
            9..11 => {
                let (updates, sound) = (rng.choice(Updates::ALL).unwrap(), rng.choice(Sound::ALL).unwrap());
                let settings = ChatSettings { updates, sound, ..ChatSettings::default() };
                Change::Settings { chat, settings }
            }
            11..14 => {
                self.speak(&chat, now);
                let until = now + TimeDelta::minutes(rng.i64(20..120));
                self.silences.push(Silence { chat: chat.clone(), from: now, until });
                Change::Mute { chat, mute: Mute { muted: Muted::All, until: Some(until) } }
            }
            14 => {
                self.speak(&chat, now);
                Change::Unmute { chat, muted: Muted::All }
            }
            _ => {
                for number in 1..=2 {
                    self.speak(&ChatId { platform, address: format!("{PLACE}/{number}").into() }, now);
                }
                Change::Leave { platform, place: PLACE.into() }
            }
        };
        self.requests += 1;
        let request = RequestId(format!("people {}", self.requests).into());
        while store.apply(&request, vec![change.clone()], now).await.unwrap() == Applied::Partly {}
    }

    /// The chat's silence is over.
    fn speak(&mut self, chat: &ChatId, now: DateTime<Utc>) {
        for silence in self.silences.iter_mut().filter(|silence| silence.chat == *chat) {
            silence.until = silence.until.min(now);
        }
    }

    /// What they may complain of.
    pub fn complaints(&self, room: &Room, categories: &dyn Fn(&ServiceId) -> String) -> Vec<String> {
        let mut complaints = Vec::new();
        for seen in room.seen.iter().filter(|seen| is_theirs(&seen.chat)) {
            let incident = &seen.notice.incident;
            let told = match &seen.notice.storm {
                Some(storm) => storm.listed.iter().map(|listed| listed.incident.id.clone()).collect(),
                None => vec![incident.id.clone()],
            };
            for id in told {
                let category = Topic::Category(categories(&id.service));
                let asked = [Topic::Service(id.service.clone()), category];
                if !asked.into_iter().any(|topic| self.wished.contains(&(seen.chat.clone(), topic))) {
                    complaints.push(format!("{}: {id} was never asked for", seen.chat));
                }
            }
            if self.is_noise(room, seen) {
                let form = seen.notice.form;
                complaints.push(format!("{}: {form:?} of {} within a mute", seen.chat, incident.id));
            }
        }
        complaints
    }

    /// Whether a message came within a mute that should not have, or not with a sound.
    fn is_noise(&self, room: &Room, seen: &Seen) -> bool {
        let incident = &seen.notice.incident;
        // An alert that is not the first is an edit where there are none, or one that was deleted.
        let is_first = || {
            let told = |one: &&Seen| one.chat == seen.chat && one.notice.incident.id == incident.id;
            room.seen.iter().find(told).is_some_and(|first| std::ptr::eq(first, seen))
        };
        self.silences.iter().filter(|silence| silence.chat == seen.chat && seen.at < silence.until).any(|silence| {
            let is_within = silence.from + UNDER_WAY <= seen.at;
            match (seen.notice.form, &seen.edited) {
                (_, Some(_)) => false,
                (Form::Recovery | Form::Return, None) => is_within && !seen.is_silent,
                // What began before the mute may have been on its way.
                (Form::Alert, None) => silence.from <= incident.seen_at && is_first(),
                (Form::Update, None) => is_within,
            }
        })
    }
}

fn a_topic(rng: &mut Rng) -> Topic {
    match rng.u8(0..4) {
        0 => Topic::Category("chat".to_owned()),
        1 => Topic::Service(ServiceId::new("alpha").unwrap()),
        2 => Topic::Service(ServiceId::new("charlie").unwrap()),
        _ => Topic::Service(ServiceId::new("delta").unwrap()),
    }
}
