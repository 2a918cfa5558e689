//! Publishing what stands in announcement channels to those who follow them. The alert is in its channel already, so this
//! holds nothing up: it waits for the channel's own limit, and is tried again when Discord is in trouble.
//!
//! What waits is remembered before the message counts as sent, and forgotten when it is published or never will be: a stop
//! loses none of it. What goes out twice because of that Discord knows.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream::FuturesUnordered};
use tokio::{
    sync::Mutex as Turns,
    time::{Instant, sleep},
};
use tracing::{debug, info};

use super::{
    Core,
    errors::RestError,
    known::ChannelKind,
    limits::{PUBLICATION_LISTS, PUBLICATIONS_AT_ONCE, PUBLICATIONS_LISTED, PUBLISH_TRIES, PUBLISH_WITHIN},
    place::Spot,
    route::Route,
    session::pause,
};
use crate::chat::Memory;

/// It is published already.
const PUBLISHED: u32 = 40_033;

/// Discord's ids begin with the milliseconds since the first of January 2015.
/// Source: <https://discord.com/developers/docs/reference#snowflakes> (read 2026-08-30).
const EPOCH_MS: u64 = 1_420_070_400_000;

/// A message that may be one to publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Publication {
    /// The server it is in.
    pub(super) guild: u64,
    /// Where it is.
    pub(super) spot: Spot,
}

impl Publication {
    /// How it is remembered.
    fn words(self) -> String {
        format!("{}/{}/{}", self.guild, self.spot.channel, self.spot.message)
    }

    fn read(words: &str) -> Option<Self> {
        let mut ids = words.split('/').map(|id| id.parse().ok());
        let (guild, channel, message) = (ids.next()??, ids.next()??, ids.next()??);
        Some(Self { guild, spot: Spot { channel, message } })
    }

    /// How long ago it was sent; `now` is the time at Discord.
    fn age(self, now: DateTime<Utc>) -> Duration {
        let sent = i64::try_from((self.spot.message >> 22) + EPOCH_MS).unwrap_or(i64::MAX);
        Duration::from_millis(u64::try_from(now.timestamp_millis().saturating_sub(sent)).unwrap_or_default())
    }
}

/// What is to be published, as it is remembered: in short lists, for a value of the store's is a short one.
#[derive(Default)]
pub(super) struct Kept {
    lists: [Turns<Option<Vec<Publication>>>; PUBLICATION_LISTS],
}

impl Kept {
    /// Remembers one, if there is room. It is there when this returns.
    async fn keep(&self, memory: &dyn Memory, publication: Publication) {
        self.change(memory, publication, |list| {
            let is_new = !list.contains(&publication) && list.len() < PUBLICATIONS_LISTED;
            if is_new {
                list.push(publication);
            }
            is_new
        })
        .await;
    }

    /// Forgets one.
    async fn forget(&self, memory: &dyn Memory, publication: Publication) {
        self.change(memory, publication, |list| {
            let before = list.len();
            list.retain(|kept| *kept != publication);
            list.len() < before
        })
        .await;
    }

    /// All that is remembered.
    async fn all(&self, memory: &dyn Memory) -> Vec<Publication> {
        let mut all = Vec::new();
        for (number, list) in self.lists.iter().enumerate() {
            let mut list = list.lock().await;
            all.extend_from_slice(loaded(&mut list, memory, number).await);
        }
        all
    }

    async fn change(
        &self,
        memory: &dyn Memory,
        publication: Publication,
        change: impl FnOnce(&mut Vec<Publication>) -> bool,
    ) {
        let number = usize::try_from(publication.spot.channel >> 22).unwrap_or_default() % PUBLICATION_LISTS;
        let Some(list) = self.lists.get(number) else { return };
        // Held until it is written, so that what is written last is what is true.
        let mut list = list.lock().await;
        let list = loaded(&mut list, memory, number).await;
        if change(list) {
            let words: Vec<String> = list.iter().map(|kept| kept.words()).collect();
            memory.remember(&name(number), &words.join(" ")).await;
        }
    }
}

/// Under which name a list is remembered.
fn name(number: usize) -> String {
    format!("discord-publications-{number}")
}

async fn loaded<'l>(
    list: &'l mut Option<Vec<Publication>>,
    memory: &dyn Memory,
    number: usize,
) -> &'l mut Vec<Publication> {
    if list.is_none() {
        let words = memory.recall(&name(number)).await.unwrap_or_default();
        *list = Some(words.split(' ').filter_map(Publication::read).take(PUBLICATIONS_LISTED).collect());
    }
    list.get_or_insert_default()
}

impl Core {
    /// Has a message published if its channel is one for announcements, some time.
    pub(super) async fn publish(&self, publication: Publication) {
        let kind = self.known().kind(Some(publication.guild), publication.spot.channel);
        match kind {
            Some(ChannelKind::Ordinary) => return,
            Some(ChannelKind::Announcement) => self.kept.keep(self.memory.as_ref(), publication).await,
            // Who publishes it looks what it is.
            Some(ChannelKind::Forum) | None => {}
        }
        if self.publish.try_send(publication).is_err() {
            debug!(channel = publication.spot.channel, "too much is to be published; a message is not, for now");
        }
    }
}

/// Publishes what is asked for, and what was left when the program last stopped, for as long as it runs.
pub(super) async fn publish_all(core: Arc<Core>) {
    let mut asked = core.publications.lock().await;
    let mut under_way = FuturesUnordered::new();
    let mut taken = HashSet::new();
    for channel in left_over(&core).await {
        taken.extend(channel.iter().map(|(publication, _)| publication.spot.message));
        under_way.push(publish_each(&core, channel));
    }
    loop {
        tokio::select! {
            Some(publication) = asked.recv(), if under_way.len() < PUBLICATIONS_AT_ONCE => {
                if taken.insert(publication.spot.message) {
                    under_way.push(publish_each(&core, vec![(publication, PUBLISH_WITHIN)]));
                }
            }
            Some(done) = under_way.next() => {
                for message in done {
                    taken.remove(&message);
                }
            }
            else => return,
        }
    }
}

/// What was remembered and is still news, with how long it will be, channel by channel.
async fn left_over(core: &Core) -> Vec<Vec<(Publication, Duration)>> {
    let kept = core.kept.all(core.memory.as_ref()).await;
    if kept.is_empty() {
        return Vec::new();
    }
    let Some(now) = time_at_discord(core).await else { return Vec::new() };
    let mut channels: BTreeMap<u64, Vec<(Publication, Duration)>> = BTreeMap::new();
    for publication in kept {
        match PUBLISH_WITHIN.checked_sub(publication.age(now)) {
            Some(left) => channels.entry(publication.spot.channel).or_default().push((publication, left)),
            None => core.kept.forget(core.memory.as_ref(), publication).await,
        }
    }
    let count: usize = channels.values().map(Vec::len).sum();
    info!(count, "messages that were to be published when the program stopped are published now");
    channels.into_values().collect()
}

/// Asks until Discord answers; `None` when it never will.
async fn time_at_discord(core: &Core) -> Option<DateTime<Utc>> {
    let mut tries = 0;
    loop {
        let wait = match core.rest.call(&Route::Gateway, None).await {
            Ok(answer) if answer.date.is_some() => return answer.date,
            Err(RestError::Limited { after, .. }) => after,
            Err(RestError::TokenRefused) => return None,
            Ok(_) | Err(RestError::Refused { .. } | RestError::Unreachable { .. }) => pause(tries),
        };
        tries = tries.saturating_add(1);
        sleep(wait).await;
    }
}

/// Publishes one after the other, as long as each of them is news; gives their ids.
async fn publish_each(core: &Core, all: Vec<(Publication, Duration)>) -> Vec<u64> {
    let began = Instant::now();
    let mut done = Vec::with_capacity(all.len());
    for (publication, within) in all {
        publish(core, publication, within.saturating_sub(began.elapsed())).await;
        core.kept.forget(core.memory.as_ref(), publication).await;
        done.push(publication.spot.message);
    }
    done
}

async fn publish(core: &Core, publication: Publication, within: Duration) {
    let channel = publication.spot.channel;
    let (began, mut tries) = (Instant::now(), 0);
    loop {
        let wait = match attempt(core, publication).await {
            Ok(()) => return,
            Err(RestError::Limited { after, .. }) => after,
            Err(error) if error.is_passing() && tries < PUBLISH_TRIES => {
                tries += 1;
                pause(tries)
            }
            Err(error) => return debug!(channel, %error, "a message is not published"),
        };
        if began.elapsed() + wait > within {
            return debug!(channel, wait_s = wait.as_secs(), "a message is not published: its channel has been busy");
        }
        sleep(wait).await;
    }
}

async fn attempt(core: &Core, publication: Publication) -> Result<(), RestError> {
    let Publication { guild, spot } = publication;
    match core.kind(Some(guild), spot.channel).await? {
        ChannelKind::Ordinary | ChannelKind::Forum => return Ok(()),
        ChannelKind::Announcement => core.kept.keep(core.memory.as_ref(), publication).await,
    }
    match core.rest.call(&Route::Publish(spot.channel, spot.message), None).await {
        // An earlier try went through, and only its answer was lost.
        Err(error) if error.code() == PUBLISHED => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, sync::Mutex};

    use async_trait::async_trait;

    use super::*;

    #[derive(Default)]
    struct Notes {
        all: Mutex<HashMap<String, String>>,
    }

    #[async_trait]
    impl Memory for Notes {
        async fn recall(&self, name: &str) -> Option<String> {
            self.all.lock().unwrap().get(name).cloned()
        }

        async fn remember(&self, name: &str, words: &str) {
            assert!(words.len() < 4_000, "the store keeps short values");
            self.all.lock().unwrap().insert(name.to_owned(), words.to_owned());
        }
    }

    fn publication(channel: u64, message: u64) -> Publication {
        Publication { guild: u64::MAX, spot: Spot { channel, message: u64::MAX - message } }
    }

    #[tokio::test]
    async fn what_is_to_be_published_is_found_again_until_it_is() {
        let notes = Notes::default();
        let (one, two) = (publication(1 << 22, 1), publication(2 << 22, 2));
        let before = Kept::default();
        before.keep(&notes, one).await;
        before.keep(&notes, two).await;
        before.keep(&notes, two).await;
        let after = Kept::default();
        assert_eq!(after.all(&notes).await, [one, two]);
        after.forget(&notes, one).await;
        // Before anybody looked what is there.
        let last = Kept::default();
        last.keep(&notes, publication(2 << 22, 3)).await;
        assert_eq!(last.all(&notes).await, [two, publication(2 << 22, 3)]);
    }

    #[tokio::test]
    async fn a_list_is_never_longer_than_it_may_be() {
        let (notes, kept) = (Notes::default(), Kept::default());
        for message in 0..2 * PUBLICATIONS_LISTED as u64 {
            kept.keep(&notes, publication(u64::MAX, message)).await;
        }
        assert_eq!(Kept::default().all(&notes).await.len(), PUBLICATIONS_LISTED);
    }

    #[test]
    fn words_that_are_none_of_ours_are_no_publication() {
        for words in ["", "1/2", "1/2/x", "//", "1 2 3"] {
            assert_eq!(Publication::read(words), None, "{words}");
        }
    }

    #[test]
    fn a_messages_age_is_in_its_id() {
        // Source: the example of the page about snowflakes.
        let old = Publication { guild: 1, spot: Spot { channel: 2, message: 175_928_847_299_117_063 } };
        let now = "2016-04-30T11:18:35.796Z".parse().unwrap();
        assert_eq!(old.age(now), Duration::from_secs(10));
        assert_eq!(publication(1, 1).age(now), Duration::ZERO, "a clock that goes wrong makes nothing old");
    }
}
