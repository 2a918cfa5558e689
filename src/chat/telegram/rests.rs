//! Waits that outlast a restart: a program that is started again must not begin by writing where it was told to wait.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio::{
    sync::{Mutex, OnceCell},
    time::Instant,
};

use super::{
    floods::{Floods, Rest},
    limits,
};
use crate::chat::Memory;

/// Under which name they are remembered.
const REMEMBERED: &str = "telegram-rests";

/// What stands for all chats together in place of a chat's number.
const ALL: &str = "all";

/// The waits that are remembered.
pub(super) struct Rests {
    memory: Arc<dyn Memory>,
    /// A moment …
    began: Instant,
    /// … and the time of day then.
    time: DateTime<Utc>,
    recalled: OnceCell<()>,
    /// What was remembered last. Held while more is remembered, so that nothing older takes the place of what is newer.
    last: Mutex<String>,
}

impl Rests {
    /// What this memory holds; at `began` it was `time` by the day.
    pub(super) fn new(memory: Arc<dyn Memory>, began: Instant, time: DateTime<Utc>) -> Self {
        Self { memory, began, time, recalled: OnceCell::new(), last: Mutex::default() }
    }

    /// Where the program before this one was told to wait, this one waits. Does nothing but the first time.
    pub(super) async fn recall(&self, floods: &Floods) {
        let recalled = async {
            if let Some(words) = self.memory.recall(REMEMBERED).await {
                floods.resume(&self.read(&words));
            }
        };
        self.recalled.get_or_init(|| recalled).await;
    }

    /// Remembers where Telegram wants nothing sent for longer than it takes to start again.
    pub(super) async fn remember(&self, floods: &Floods) {
        let mut last = self.last.lock().await;
        let words = self.words(&floods.long_rests(Instant::now()));
        if *last != words {
            self.memory.remember(REMEMBERED, &words).await;
            *last = words;
        }
    }

    /// Each wait's chat and the second in which it is over for certain.
    fn words(&self, rests: &[Rest]) -> String {
        let word = |rest: &Rest| {
            let chat = rest.chat.map_or_else(|| ALL.to_owned(), |chat| chat.to_string());
            let over = (self.time + rest.until.saturating_duration_since(self.began)).timestamp() + 1;
            format!("{chat}:{over}")
        };
        rests.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    fn read(&self, words: &str) -> Vec<Rest> {
        let rest = |word: &str| {
            let (chat, over) = word.split_once(':')?;
            let chat = if chat == ALL { None } else { Some(chat.parse().ok()?) };
            let ahead = over.parse::<i64>().ok()?.checked_sub(self.time.timestamp())?;
            let ahead = u64::try_from(ahead).ok()?.min(limits::LONGEST_FLOOD);
            Some(Rest { chat, until: self.began + Duration::from_secs(ahead) })
        };
        words.split_whitespace().take(limits::RESTS).filter_map(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::telegram::{address::Address, tests::server::Notes};

    fn rests(memory: &Arc<Notes>, began: Instant, seconds: i64) -> Rests {
        Rests::new(memory.clone(), began, DateTime::from_timestamp(1_795_356_000 + seconds, 0).unwrap())
    }

    #[tokio::test]
    async fn waits_are_waited_to_their_end_by_the_next_program_and_short_ones_are_left_out() {
        let (memory, now, seconds) = (Arc::new(Notes::default()), Instant::now(), Duration::from_secs);
        let before = Floods::new(limits::OVERALL);
        before.refused(-1_005, seconds(37), now);
        before.refused(7, seconds(2), now);
        rests(&memory, now, 0).remember(&before).await;

        // Ten seconds later, as the clock on the wall says.
        let (floods, next) = (Floods::new(limits::OVERALL), rests(&memory, now, 10));
        next.recall(&floods).await;
        let left = floods.chat_wait(Address::of(-1_005), now).unwrap();
        assert!((seconds(27)..=seconds(28)).contains(&left), "{left:?}");
        assert_eq!(floods.hold(Address { chat: -1_005, thread: Some(3) }, now).map(|wait| wait.after), Some(left));
        assert_eq!(floods.chat_wait(Address::of(7), now), None);
        assert_eq!(floods.hold(Address::of(8), now), None);
        let late = Floods::new(limits::OVERALL);
        rests(&memory, now, 60).recall(&late).await;
        assert_eq!(late.chat_wait(Address::of(-1_005), now), None, "it is over");
    }

    #[tokio::test]
    async fn a_wait_for_all_chats_is_remembered_too_and_never_more_than_there_is_room_for() {
        let (memory, now) = (Arc::new(Notes::default()), Instant::now());
        let before = Floods::new(limits::OVERALL);
        (1..=10_000).for_each(|chat| {
            before.refused(-1_000_000_000_000 - chat, Duration::from_secs(60 + chat.unsigned_abs() % 7), now);
        });
        rests(&memory, now, 0).remember(&before).await;
        let words = memory.recall(REMEMBERED).await.unwrap();
        assert!(words.len() < 4_000, "the store takes no more: {}", words.len());
        assert_eq!(words.split(' ').count(), limits::RESTS);
        let floods = Floods::new(limits::OVERALL);
        rests(&memory, now, 0).recall(&floods).await;
        let wait = floods.hold(Address::of(4), now).unwrap();
        assert!(wait.everywhere && wait.after >= Duration::from_secs(60), "{wait:?}");
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_no_wait() {
        let (memory, now) = (Arc::new(Notes::default()), Instant::now());
        let far = format!("x:1 7 8: :9 9:-5 10:{} all:{}", i64::MAX, i64::MIN);
        memory.remember(REMEMBERED, &far).await;
        let floods = Floods::new(limits::OVERALL);
        rests(&memory, now, 0).recall(&floods).await;
        assert_eq!(floods.hold(Address::of(9), now), None);
        assert_eq!(floods.chat_wait(Address::of(10), now), Some(Duration::from_secs(limits::LONGEST_FLOOD)));
    }
}
