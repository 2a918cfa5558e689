//! A platform without limits that takes whatever comes, after as long as it is told to.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use foghorn::{
    chat::{Chat, ChatError, DeliveryError, Ended, Event, Limits, Parcel, Rate, Receipt},
    domain::{Change, ChatId, Filter, MessageId, Platform, RequestId, ServiceId, Subscription, Topic},
    store::Store,
};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::feeds;

/// The platform.
pub struct Sink {
    answers_after: Duration,
    /// Which service's message came when.
    pub came: Mutex<Vec<(ServiceId, Instant)>>,
    pub count: watch::Sender<usize>,
    /// What people ask, handed over when the program listens.
    pub events: Mutex<Option<mpsc::Sender<Event>>>,
    pub listens: watch::Sender<bool>,
}

impl Sink {
    pub fn new(answers_after: Duration) -> Arc<Self> {
        Arc::new(Self {
            answers_after,
            came: Mutex::default(),
            count: watch::channel(0).0,
            events: Mutex::default(),
            listens: watch::channel(false).0,
        })
    }

    /// Waits until so many messages have come.
    pub async fn until(&self, count: usize) {
        self.count.subscribe().wait_for(|now| *now >= count).await.unwrap();
    }

    async fn take(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let came = Instant::now();
        let number = {
            let mut all = self.came.lock().unwrap();
            all.push((parcel.notice.incident.id.service.clone(), came));
            all.len()
        };
        if !self.answers_after.is_zero() {
            tokio::time::sleep(self.answers_after).await;
        }
        self.count.send_modify(|count| *count += 1);
        Ok(Receipt { message: MessageId(number.to_string().into()), repeats: None, rest: None })
    }
}

#[async_trait]
impl Chat for Sink {
    fn platform(&self) -> Platform {
        Platform::Discord
    }

    fn limits(&self) -> Limits {
        Limits { edits: true, concurrency: 512, overall: None }
    }

    fn rates(&self, _: &ChatId) -> Vec<Rate> {
        Vec::new()
    }

    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.take(parcel).await
    }

    async fn edit(&self, _: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.take(parcel).await
    }

    async fn listen(&self, inbox: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        *self.events.lock().unwrap() = Some(inbox);
        self.listens.send_replace(true);
        stop.cancelled().await;
        *self.events.lock().unwrap() = None;
        Ok(Ended::Stopped)
    }
}

/// A chat on that platform.
pub fn chat(number: usize) -> ChatId {
    ChatId { platform: Platform::Discord, address: format!("{:018}/{number:018}", number / 20).into() }
}

/// Subscribes chats, the first of which has this number, to a service.
pub async fn subscribe(store: &dyn Store, service: &str, first: usize, count: usize) {
    for start in (first..first + count).step_by(500) {
        let changes = (start..(start + 500).min(first + count)).map(|number| {
            Change::Subscribe(Subscription {
                chat: chat(number),
                topic: Topic::Service(ServiceId::new(service).unwrap()),
                filter: Filter::default(),
                mention: None,
                since: feeds::long_ago(),
            })
        });
        let request = RequestId(format!("{service} {start}").into());
        store.apply(&request, changes.collect(), feeds::long_ago()).await.unwrap();
    }
}
