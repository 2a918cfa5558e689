//! What was there before the program was started.

use chrono::{DateTime, TimeDelta, Utc};
use foghorn::{
    clock::{Clock, SystemClock},
    domain::{Change, ChatId, ChatSettings, Filter, Mute, Muted, RequestId, Schedule, ServiceId, Subscription, Topic},
    store::{SledStore, Store},
};

use super::program::Home;

/// These chats have subscribed to a service, each for itself.
pub async fn subscribed(home: &Home, service: &str, chats: impl IntoIterator<Item = ChatId>) {
    let since = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
    let topic = Topic::Service(ServiceId::new(service).unwrap());
    let wish = |chat| Subscription { chat, topic: topic.clone(), filter: Filter::default(), mention: None, since };
    let changes: Vec<Change> = chats.into_iter().map(|chat| Change::Subscribe(wish(chat))).collect();
    let store = SledStore::open(&home.directory().join("data")).unwrap();
    for (number, some) in changes.chunks(100).enumerate() {
        let request = RequestId(format!("long ago {service} {number}").into());
        store.apply(&request, some.to_vec(), since).await.unwrap();
    }
    store.close().await.unwrap();
}

/// A chat chose so many days ago to be told every day how things are, and no program has run since.
pub async fn chose_digest(home: &Home, chat: &ChatId, days: i64) {
    let settings = ChatSettings { digest: Some(Schedule::parse("0 9 * * *").unwrap()), ..ChatSettings::default() };
    let choice = |settings| Change::Settings { chat: chat.clone(), settings };
    let changes = vec![choice(ChatSettings::default()), choice(settings)];
    apply(home, changes, SystemClock::new().now() - TimeDelta::days(days)).await;
}

/// A chat muted everything, and that has ended since.
pub async fn muted(home: &Home, chat: &ChatId) {
    let now = SystemClock::new().now();
    let mute = Mute { muted: Muted::All, until: Some(now - TimeDelta::hours(1)) };
    apply(home, vec![Change::Mute { chat: chat.clone(), mute }], now - TimeDelta::hours(3)).await;
}

async fn apply(home: &Home, changes: Vec<Change>, at: DateTime<Utc>) {
    let store = SledStore::open(&home.directory().join("data")).unwrap();
    store.apply(&RequestId(format!("long ago {at}").into()), changes, at).await.unwrap();
    store.close().await.unwrap();
}
