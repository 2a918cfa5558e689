//! Platforms that take every message, and remember no more of it than what they need to say who was left without an end.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Mutex,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use fastrand::Rng;
use foghorn::{
    chat::{Chat, ChatError, DeliveryError, Ended, Event, Limits, Parcel, Rate, Receipt},
    domain::{ChatId, IncidentId, MessageId, Platform},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// One platform.
pub struct Room {
    platform: Platform,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    messages: u64,
    /// What chats were told to have begun and not to be over, and when they were told.
    open: HashMap<(ChatId, IncidentId), DateTime<Utc>>,
    /// Who has thrown the bot out.
    gone: BTreeSet<ChatId>,
}

impl Room {
    pub fn new(platform: Platform) -> Self {
        Self { platform, known: Mutex::default() }
    }

    pub fn chat(&self, number: usize) -> ChatId {
        ChatId { platform: self.platform, address: number.to_string().into() }
    }

    /// The bot is thrown out.
    pub fn throw_out(&self, chat: &ChatId) {
        self.known.lock().unwrap().gone.insert(chat.clone());
    }

    /// Half of those who have thrown it out let it in again, sooner or later.
    pub fn let_in(&self, rng: &mut Rng) -> Option<ChatId> {
        let mut known = self.known.lock().unwrap();
        let count = known.gone.len();
        let chat = known.gone.iter().nth(rng.usize(..(count * 2).max(1)))?.clone();
        known.gone.remove(&chat);
        Some(chat)
    }

    /// Nothing has to be told there any more.
    pub fn release(&self, chat: &ChatId) {
        self.known.lock().unwrap().open.retain(|(who, _), _| who != chat);
    }

    pub fn messages(&self) -> u64 {
        self.known.lock().unwrap().messages
    }

    /// How often somebody who still listens was told of a beginning before this time, and not of its end.
    pub fn unfinished(&self, before: DateTime<Utc>) -> usize {
        let known = self.known.lock().unwrap();
        known.open.iter().filter(|((chat, _), told)| **told < before && !known.gone.contains(chat)).count()
    }

    fn take(&self, edited: Option<&MessageId>, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let mut known = self.known.lock().unwrap();
        if known.gone.contains(&parcel.to) {
            known.open.retain(|(who, _), _| *who != parcel.to);
            return Err(DeliveryError::Gone { reason: "kicked".to_owned() });
        }
        known.messages += 1;
        let message = edited.cloned().unwrap_or_else(|| MessageId(known.messages.to_string().into()));
        // What a message about many tells of each is the business of other tests.
        if parcel.notice.storm.is_none() {
            let incident = &parcel.notice.incident;
            let key = (parcel.to.clone(), incident.id.clone());
            if !incident.is_open() {
                known.open.remove(&key);
            } else {
                known.open.entry(key).or_insert(parcel.at);
            }
        }
        Ok(Receipt { message, repeats: None, rest: None })
    }
}

#[async_trait]
impl Chat for Room {
    fn platform(&self) -> Platform {
        self.platform
    }

    fn limits(&self) -> Limits {
        Limits { edits: true, concurrency: 64, overall: None }
    }

    fn rates(&self, _: &ChatId) -> Vec<Rate> {
        Vec::new()
    }

    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.take(None, parcel)
    }

    async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.take(Some(message), parcel)
    }

    async fn listen(&self, _: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        stop.cancelled().await;
        Ok(Ended::Stopped)
    }
}
