//! What was there before the program was started.

use chrono::DateTime;
use foghorn::{
    domain::{Change, ChatId, Filter, RequestId, ServiceId, Subscription, Topic},
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
