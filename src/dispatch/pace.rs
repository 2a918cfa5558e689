//! Keeping a platform's pace, so that its limits are never run into.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use crate::{chat::Rate, domain::ChatId};

/// Chats remembered before those at rest are forgotten for the first time.
const MANY_CHATS: usize = 4_096;

/// When messages may go, overall and to each chat.
///
/// A window of the last sends is kept for each rate: in no span of its length go more than its count. Times are uptimes
/// ([`crate::clock::Clock::uptime`]), so that a clock that is set back does not silence anybody.
#[derive(Debug)]
pub struct Pace {
    overall: Lane,
    chats: HashMap<ChatId, Lane>,
    /// Chats remembered before those at rest are forgotten: twice as many as were not, so that it costs little.
    many: usize,
}

#[derive(Debug, Default)]
struct Lane {
    windows: Vec<Window>,
    held_until: Option<Duration>,
}

#[derive(Debug)]
struct Window {
    rate: Rate,
    sent: VecDeque<Duration>,
}

impl Pace {
    /// The pace of a platform; `overall` holds for all chats together.
    #[must_use]
    pub fn new(overall: Option<Rate>) -> Self {
        Self { overall: Lane::new(overall.into_iter().collect()), chats: HashMap::new(), many: MANY_CHATS }
    }

    /// The earliest time at which anything may go.
    #[must_use]
    pub fn ready(&self, now: Duration) -> Duration {
        self.overall.ready(now)
    }

    /// The earliest time at which something may go to this chat, the overall pace left aside.
    #[must_use]
    pub fn chat_ready(&self, chat: &ChatId, now: Duration) -> Duration {
        self.chats.get(chat).map_or(now, |lane| lane.ready(now))
    }

    /// Notes that a message goes to this chat now, which has these rates.
    pub fn take(&mut self, chat: &ChatId, rates: Vec<Rate>, now: Duration) {
        self.overall.take(now);
        if !rates.is_empty() || self.chats.contains_key(chat) {
            self.chats.entry(chat.clone()).or_insert_with(|| Lane::new(rates)).take(now);
        }
        if self.chats.len() > self.many {
            self.chats.retain(|_, lane| !lane.rests(now));
            self.many = (2 * self.chats.len()).max(MANY_CHATS);
        }
    }

    /// Nothing goes to this chat before `until`.
    pub fn hold_chat(&mut self, chat: &ChatId, rates: Vec<Rate>, until: Duration) {
        self.chats.entry(chat.clone()).or_insert_with(|| Lane::new(rates)).hold(until);
    }

    /// Nothing goes anywhere before `until`.
    pub fn hold(&mut self, until: Duration) {
        self.overall.hold(until);
    }
}

impl Lane {
    fn new(rates: Vec<Rate>) -> Self {
        let windows = rates.into_iter().map(|rate| Window { rate, sent: VecDeque::new() }).collect();
        Self { windows, held_until: None }
    }

    fn ready(&self, now: Duration) -> Duration {
        let windows = self.windows.iter().filter_map(Window::ready);
        windows.chain(self.held_until).fold(now, Duration::max)
    }

    fn take(&mut self, now: Duration) {
        for window in &mut self.windows {
            while window.sent.len() >= window.rate.count.max(1) as usize {
                window.sent.pop_front();
            }
            window.sent.push_back(now);
        }
    }

    fn hold(&mut self, until: Duration) {
        // A shorter wait that is named later never shortens a longer one.
        self.held_until = self.held_until.max(Some(until));
    }

    fn rests(&self, now: Duration) -> bool {
        let idle = |window: &Window| window.sent.back().is_none_or(|last| last.saturating_add(window.rate.per) <= now);
        self.held_until.is_none_or(|until| until <= now) && self.windows.iter().all(idle)
    }
}

impl Window {
    fn ready(&self) -> Option<Duration> {
        let full = self.sent.len() >= self.rate.count.max(1) as usize;
        let oldest = self.sent.front().filter(|_| full)?;
        Some(oldest.saturating_add(self.rate.per))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Platform;

    fn chat() -> ChatId {
        ChatId { platform: Platform::Telegram, address: "1".into() }
    }

    const fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    const FIVE_IN_FIVE: Rate = Rate { count: 5, per: Duration::from_secs(5) };
    const ONE_A_SECOND: Rate = Rate { count: 1, per: Duration::from_secs(1) };

    #[test]
    fn a_burst_passes_and_then_the_window_counts() {
        let mut pace = Pace::new(None);
        for _ in 0..5 {
            assert_eq!(pace.chat_ready(&chat(), at(0)), at(0));
            pace.take(&chat(), vec![FIVE_IN_FIVE], at(0));
        }
        assert_eq!(pace.chat_ready(&chat(), at(100)), at(5_000));
        assert_eq!(pace.ready(at(100)), at(100), "other chats go on");
    }

    #[test]
    fn a_wait_the_platform_names_is_never_shortened() {
        let mut pace = Pace::new(None);
        pace.hold_chat(&chat(), vec![ONE_A_SECOND], at(37_000));
        pace.hold_chat(&chat(), vec![ONE_A_SECOND], at(5_000));
        pace.take(&chat(), vec![ONE_A_SECOND], at(0));
        assert_eq!(pace.chat_ready(&chat(), at(1_000)), at(37_000));
    }

    proptest! {
        #[test]
        fn no_span_holds_more_than_the_rate_allows(gaps in prop::collection::vec(0_u64..3_000, 1..200)) {
            let mut pace = Pace::new(Some(FIVE_IN_FIVE));
            let mut now = at(0);
            let mut sent: Vec<Duration> = Vec::new();
            for gap in gaps {
                now += at(gap);
                now = pace.ready(now).max(pace.chat_ready(&chat(), now));
                pace.take(&chat(), vec![ONE_A_SECOND], now);
                sent.push(now);
            }
            for (rate, count) in [(FIVE_IN_FIVE, 5), (ONE_A_SECOND, 1)] {
                for window in sent.windows(count + 1) {
                    prop_assert!(window[count] - window[0] >= rate.per);
                }
            }
        }
    }
}
