//! What chats have said that they want, row by row, for moving it elsewhere.

use crate::store::{
    Kept, KeptPlace, StoreError,
    keyed::Draft,
    keys::{self, Range},
    operations::watches,
    record::{MuteRecord, SettingsRecord, SubscriptionRecord, decode},
};

/// What one row says.
pub(in crate::store) type Reader = fn(&Draft<'_>, &[u8], &[u8]) -> Result<Vec<Kept>, StoreError>;

/// Where rows stand that chats have said something by, in order of their keys, and how they are read.
pub(in crate::store) fn shelves() -> [(Range, Reader); 4] {
    [
        (keys::all_settings(), settings),
        (keys::all_mutes(), mutes),
        (keys::all_watches(), watch),
        (keys::all_subscriptions(), subscription),
    ]
}

/// See [`crate::store::Store::kept`].
pub(super) fn page(
    draft: &Draft<'_>,
    after: Option<&KeptPlace>,
    most: usize,
) -> Result<(Vec<Kept>, Option<KeptPlace>), StoreError> {
    let after = after.map_or(&[][..], |place| place.0.as_slice());
    let (mut kept, mut rows, mut last) = (Vec::new(), 0, None);
    for (range, read) in shelves() {
        let Some(rest) = range.rest(after) else { continue };
        for (key, bytes) in draft.scan(&rest, most.saturating_sub(rows))? {
            kept.extend(read(draft, &key, &bytes)?);
            rows += 1;
            last = Some(KeptPlace(key));
        }
    }
    Ok((kept, last.filter(|_| rows >= most)))
}

fn settings(_: &Draft<'_>, key: &[u8], bytes: &[u8]) -> Result<Vec<Kept>, StoreError> {
    let settings = decode::<SettingsRecord>(key, bytes)?.into_settings();
    Ok(vec![Kept::Settings { chat: keys::chat_of(key)?, settings }])
}

fn mutes(_: &Draft<'_>, key: &[u8], bytes: &[u8]) -> Result<Vec<Kept>, StoreError> {
    let chat = keys::chat_of(key)?;
    let mutes: Vec<MuteRecord> = decode(key, bytes)?;
    Ok(mutes.into_iter().map(|mute| Kept::Mute { chat: chat.clone(), mute: mute.into_mute() }).collect())
}

fn watch(draft: &Draft<'_>, key: &[u8], _: &[u8]) -> Result<Vec<Kept>, StoreError> {
    let chat = keys::chat_of(key)?;
    let watch = watches::one(draft, &chat, &keys::watch_page(key)?)?;
    Ok(watch.map(|watch| Kept::Watch { chat, watch }).into_iter().collect())
}

fn subscription(_: &Draft<'_>, key: &[u8], bytes: &[u8]) -> Result<Vec<Kept>, StoreError> {
    let (topic, chat) = keys::subscription_of(key)?;
    let record: SubscriptionRecord = decode(key, bytes)?;
    Ok(vec![Kept::Subscription(record.into_subscription(chat, topic))])
}
