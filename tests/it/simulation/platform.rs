//! A simulated chat platform with every fault a real one has, that remembers what people saw.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use fastrand::Rng;
use foghorn::{
    chat::{Chat, ChatError, DeliveryError, Ended, Event, Limits, Parcel, Rate, Receipt},
    clock::Clock,
    domain::{ChatId, Form, MessageId, Notice, Platform},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::clock::ManualClock;

/// What people in a chat saw happen.
#[derive(Clone, Debug)]
pub struct Seen {
    pub chat: ChatId,
    pub notice: Notice,
    /// `None`: a new message; else which one was changed.
    pub edited: Option<MessageId>,
    pub message: MessageId,
    pub at: DateTime<Utc>,
    pub is_silent: bool,
}

/// What lies on the platform's side of the wire; it survives our restarts.
#[derive(Default)]
pub struct Room {
    pub seen: Vec<Seen>,
    /// Sends whose end we may not have learnt, by chat.
    pub uncertain: HashMap<ChatId, usize>,
    /// Alerts that somebody has deleted, by chat.
    pub deleted: HashMap<ChatId, usize>,
    /// Chats that threw us out.
    pub gone: HashSet<ChatId>,
    /// When chats took nothing: from when until when.
    pub rests: Vec<(ChatId, DateTime<Utc>, Option<DateTime<Utc>>)>,
    /// New addresses.
    pub moved: HashMap<ChatId, ChatId>,
    /// Chats that cannot be written to until then.
    pub barred: HashMap<ChatId, DateTime<Utc>>,
    by_nonce: HashMap<String, (MessageId, DateTime<Utc>)>,
    count: u32,
}

impl Room {
    /// A chat takes nothing from now on, or all from now on.
    pub fn note_rest(&mut self, chat: &ChatId, takes: bool, now: DateTime<Utc>) {
        let open = self.rests.iter_mut().find(|(resting, _, until)| resting == chat && until.is_none());
        match open {
            Some((_, _, until)) if takes => *until = Some(now),
            None if !takes => self.rests.push((chat.clone(), now, None)),
            Some(_) | None => {}
        }
    }
}

/// The chat whatever its address is now: people see the same one after it has moved.
pub fn home(chat: &ChatId) -> ChatId {
    ChatId { platform: chat.platform, address: chat.address.trim_end_matches('\'').into() }
}

/// A simulated platform.
pub struct SimulatedChat {
    pub platform: Platform,
    pub room: Arc<Mutex<Room>>,
    pub clock: Arc<ManualClock>,
    pub rng: Mutex<Rng>,
    /// Of 256 sends so many go wrong.
    pub failing: Arc<Mutex<u8>>,
}

impl SimulatedChat {
    fn knows_nonces(&self) -> bool {
        self.platform == Platform::Discord
    }

    /// The message arrives, or turns out to have arrived before.
    fn take(&self, edited: Option<&MessageId>, parcel: &Parcel) -> Receipt {
        let mut room = self.room.lock().unwrap();
        room.note_rest(&home(&parcel.to), true, self.clock.now());
        if self.knows_nonces()
            && edited.is_none()
            && let Some((message, sent_at)) = room.by_nonce.get(&parcel.nonce)
        {
            return Receipt { message: message.clone(), repeats: Some(*sent_at), rest: None };
        }
        room.count += 1;
        let message = edited.cloned().unwrap_or_else(|| MessageId(room.count.to_string().into()));
        if edited.is_none() {
            room.by_nonce.insert(parcel.nonce.clone(), (message.clone(), self.clock.now()));
        }
        room.seen.push(Seen {
            chat: home(&parcel.to),
            at: self.clock.now(),
            is_silent: parcel.is_silent,
            notice: parcel.notice.clone(),
            edited: edited.cloned(),
            message: message.clone(),
        });
        Receipt { message, repeats: None, rest: None }
    }

    async fn send(&self, edited: Option<&MessageId>, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let failing = *self.failing.lock().unwrap();
        let (goes_wrong, fault, wait, luck) = {
            let mut rng = self.rng.lock().unwrap();
            (rng.u8(..) < failing, rng.u8(..6), Duration::from_secs(rng.u64(1..50)), rng.u16(..))
        };
        let here = home(&parcel.to);
        {
            let mut room = self.room.lock().unwrap();
            if let Some(to) = room.moved.get(&parcel.to) {
                return Err(DeliveryError::Moved { to: to.clone() });
            }
            if failing > 0 && luck < 200 {
                room.gone.insert(here.clone());
            }
            if room.gone.contains(&here) {
                room.note_rest(&here, false, self.clock.now());
                return Err(DeliveryError::Gone { reason: "kicked".to_owned() });
            }
            if failing > 0 && luck > 65_000 {
                room.barred.insert(here.clone(), self.clock.now() + wait * 50);
            }
            if room.barred.get(&here).is_some_and(|until| self.clock.now() < *until) {
                room.note_rest(&here, false, self.clock.now());
                return Err(DeliveryError::Barred { reason: "missing access".to_owned() });
            }
            if failing > 0 && luck < 2_000 && edited.is_some() {
                *room.deleted.entry(here.clone()).or_default() += 1;
                return Err(DeliveryError::MessageGone);
            }
        }
        let temporary = |reason: &str| {
            Err(DeliveryError::Temporary { reason: reason.to_owned(), is_in_doubt: reason.starts_with("delivered") })
        };
        // Until the answer is settled, a restart cannot know whether the message arrived.
        *self.room.lock().unwrap().uncertain.entry(here.clone()).or_default() += 1;
        if !goes_wrong {
            let receipt = self.take(edited, parcel);
            // The moment between the platform's side and ours, in which a kill is worst.
            tokio::task::yield_now().await;
            *self.room.lock().unwrap().uncertain.entry(here.clone()).or_default() -= 1;
            return Ok(receipt);
        }
        if fault < 2 {
            *self.room.lock().unwrap().uncertain.entry(here.clone()).or_default() -= 1;
        }
        match fault {
            0 => Err(DeliveryError::RateLimited { after: wait, everywhere: wait.as_secs().is_multiple_of(5) }),
            1 => temporary("HTTP 500"),
            2 => {
                self.take(edited, parcel);
                temporary("delivered, but the answer was lost")
            }
            3 => {
                self.clock.sleep(wait).await;
                Ok(self.take(edited, parcel))
            }
            4 => {
                self.take(edited, parcel);
                self.clock.sleep(wait).await;
                temporary("delivered, then a time-out")
            }
            _ => std::future::pending().await,
        }
    }
}

#[async_trait]
impl Chat for SimulatedChat {
    fn platform(&self) -> Platform {
        self.platform
    }

    fn limits(&self) -> Limits {
        let overall = Some(Rate { count: 30, per: Duration::from_secs(1) });
        Limits { edits: self.platform != Platform::Console, concurrency: 8, overall }
    }

    fn knows_repeats(&self) -> bool {
        self.knows_nonces()
    }

    fn rates(&self, _: &ChatId) -> Vec<Rate> {
        vec![Rate { count: 5, per: Duration::from_secs(5) }]
    }

    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.send(None, parcel).await
    }

    async fn edit(&self, message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        assert_eq!(parcel.notice.form, Form::Alert, "only alerts are edited");
        self.send(Some(message), parcel).await
    }

    async fn listen(&self, _: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        stop.cancelled().await;
        Ok(Ended::Stopped)
    }
}
