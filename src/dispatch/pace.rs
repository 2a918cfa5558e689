//! Keeping a platform's pace, so that its limits are never run into.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use crate::{chat::Rate, domain::ChatId};

/// Chats remembered before those at rest are forgotten for the first time.
const MANY_CHATS: usize = 4_096;
/// The last answers, by which it is seen how much they differ.
const LAST_ANSWERS: usize = 64;
/// Answers of which only the swiftest is remembered. One such block must be whole before anything is believed: a computer
/// that halts for a moment makes many answers slow, but hardly ever all of so many.
const BLOCK: u32 = 256;
/// Blocks that are remembered: more than a minute at Telegram's pace, hours at that of an ordinary day.
const BLOCKS: usize = 8;
/// What is kept back of what answers tell, for clocks that tick coarsely.
const TICK: Duration = Duration::from_millis(1);

/// When messages may go, overall and to each chat.
///
/// A platform counts messages as they arrive, in windows: in no span of a rate's length more than its count. When one
/// arrived is not known, only that it was before its answer was here. So a message that has no answer yet takes a place
/// in each window, and one that was answered frees it a span after the latest time at which it may have arrived: that of
/// its answer, less the time that answers take at least (`Swiftness`), which the next message needs as well. A bucket
/// that refills would let nearly twice the rate through in one span; counting from the start of sends would let more
/// through whenever one is slow on its way and the next is not.
///
/// Times are uptimes ([`crate::clock::Clock::uptime`]), so that a clock that is set back does not silence anybody.
#[derive(Debug)]
pub struct Pace {
    overall: Lane,
    chats: HashMap<ChatId, Lane>,
    swiftness: Swiftness,
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
    /// How many are on their way.
    under_way: usize,
    /// When the last ones arrived at the latest, in order.
    arrived: VecDeque<Duration>,
}

/// How long the platform takes to answer.
#[derive(Debug, Default)]
struct Swiftness {
    last: VecDeque<Duration>,
    /// The swiftest of each whole block.
    blocks: VecDeque<Duration>,
    /// The swiftest of the block that is being filled, and how many answers it has.
    block: Option<(Duration, u32)>,
    least: Duration,
}

impl Pace {
    /// The pace of a platform; `overall` holds for all chats together.
    #[must_use]
    pub fn new(overall: Option<Rate>) -> Self {
        Self {
            overall: Lane::new(overall.into_iter().collect()),
            chats: HashMap::new(),
            swiftness: Swiftness::default(),
            many: MANY_CHATS,
        }
    }

    /// As after a stop: what went just before it nobody knows, so the overall rate counts as used up now.
    ///
    /// That costs at most the rate's span, a second on the platforms there are, and covers the chats' own rates of that
    /// span as well. Longer ones are not covered, such as Telegram's twenty a minute to a group: a minute of silence after
    /// each start would be worse than the one refusal that a group near its limit then gives, whose waiting time is kept;
    /// and what went to each chat in the last minute is not worth a write for each message.
    #[must_use]
    pub fn just_used(mut self, now: Duration) -> Self {
        for window in &mut self.overall.windows {
            window.arrived = vec![now; window.count()].into();
        }
        self
    }

    /// The earliest time at which anything may go, if nothing is answered before.
    #[must_use]
    pub fn ready(&self, now: Duration) -> Duration {
        self.overall.ready(now)
    }

    /// The earliest time at which something may go to this chat, the overall pace left aside.
    #[must_use]
    pub fn chat_ready(&self, chat: &ChatId, now: Duration) -> Duration {
        self.chats.get(chat).map_or(now, |lane| lane.ready(now))
    }

    /// Notes that a message goes to this chat now, which has these rates. It counts until one of [`Pace::answered`] and
    /// [`Pace::unsent`] says how that went, and after that for a while.
    pub fn take(&mut self, chat: &ChatId, rates: Vec<Rate>, now: Duration) {
        self.overall.take();
        if !rates.is_empty() || self.chats.contains_key(chat) {
            self.chats.entry(chat.clone()).or_insert_with(|| Lane::new(rates)).take();
        }
        if self.chats.len() > self.many {
            self.chats.retain(|_, lane| !lane.rests(now));
            self.many = (2 * self.chats.len()).max(MANY_CHATS);
        }
    }

    /// Notes that a message to this chat was answered at this time. `took`: how long the platform needed for that; `None`
    /// when it was not the platform that ended it.
    pub fn answered(&mut self, chat: &ChatId, at: Duration, took: Option<Duration>) {
        // What answers told so far counts, not this one: a new swiftest is no measure of what was sent before it.
        let arrived = took.map_or(at, |took| at.saturating_sub(self.swiftness.least.min(took)));
        self.end(chat, Some(arrived));
        if let Some(took) = took {
            self.swiftness.note(took);
        }
    }

    /// Notes that nothing was sent to this chat after all.
    pub fn unsent(&mut self, chat: &ChatId) {
        self.end(chat, None);
    }

    /// Notes that a message which is none of ours went to this chat at this time.
    pub fn besides(&mut self, chat: &ChatId, rates: Vec<Rate>, at: Duration) {
        self.take(chat, rates, at);
        self.end(chat, Some(at));
    }

    /// Nothing goes to this chat before `until`.
    pub fn hold_chat(&mut self, chat: &ChatId, rates: Vec<Rate>, until: Duration) {
        self.chats.entry(chat.clone()).or_insert_with(|| Lane::new(rates)).hold(until);
    }

    /// Nothing goes anywhere before `until`.
    pub fn hold(&mut self, until: Duration) {
        self.overall.hold(until);
    }

    fn end(&mut self, chat: &ChatId, arrived: Option<Duration>) {
        self.overall.end(arrived);
        if let Some(lane) = self.chats.get_mut(chat) {
            lane.end(arrived);
        }
    }
}

impl Lane {
    fn new(rates: Vec<Rate>) -> Self {
        let windows = rates.into_iter().map(|rate| Window { rate, under_way: 0, arrived: VecDeque::new() }).collect();
        Self { windows, held_until: None }
    }

    fn ready(&self, now: Duration) -> Duration {
        let windows = self.windows.iter().filter_map(|window| window.ready(now));
        windows.chain(self.held_until).fold(now, Duration::max)
    }

    fn take(&mut self) {
        self.windows.iter_mut().for_each(|window| window.under_way += 1);
    }

    fn end(&mut self, arrived: Option<Duration>) {
        self.windows.iter_mut().for_each(|window| window.end(arrived));
    }

    fn hold(&mut self, until: Duration) {
        // A shorter wait that is named later never shortens a longer one.
        self.held_until = self.held_until.max(Some(until));
    }

    fn rests(&self, now: Duration) -> bool {
        self.held_until.is_none_or(|until| until <= now) && self.windows.iter().all(|window| window.rests(now))
    }
}

impl Window {
    fn count(&self) -> usize {
        self.rate.count.max(1) as usize
    }

    /// `None`: at once.
    fn ready(&self, now: Duration) -> Option<Duration> {
        let free = self.count().saturating_sub(self.under_way);
        if free == 0 {
            // Were one answered now, its place would be free after a span.
            return Some(now.saturating_add(self.rate.per));
        }
        let last_that_counts = self.arrived.len().checked_sub(free)?;
        Some(self.arrived.get(last_that_counts)?.saturating_add(self.rate.per))
    }

    fn end(&mut self, arrived: Option<Duration>) {
        self.under_way = self.under_way.saturating_sub(1);
        let Some(at) = arrived else { return };
        let place = self.arrived.partition_point(|earlier| *earlier <= at);
        self.arrived.insert(place, at);
        if self.arrived.len() > self.count() {
            self.arrived.pop_front();
        }
    }

    fn rests(&self, now: Duration) -> bool {
        let is_idle = self.arrived.back().is_none_or(|last| last.saturating_add(self.rate.per) <= now);
        self.under_way == 0 && is_idle
    }
}

impl Swiftness {
    /// Learns from an answer.
    ///
    /// What counts is the swiftest of very many answers: were it that of the last few, a moment in which all is slow would
    /// be taken for the platform's distance, and what follows would come too early. The more the last ones differ, the less
    /// the swiftest says of the next way there and the last way back, so half of what they usually take beyond it is kept
    /// back.
    fn note(&mut self, took: Duration) {
        if self.last.len() >= LAST_ANSWERS {
            self.last.pop_front();
        }
        self.last.push_back(took);
        let (swiftest, answers) = self.block.map_or((took, 1), |(swiftest, answers)| (swiftest.min(took), answers + 1));
        self.block = Some((swiftest, answers)).filter(|_| answers < BLOCK);
        if self.block.is_none() {
            self.blocks.push_back(swiftest);
            while self.blocks.len() > BLOCKS {
                self.blocks.pop_front();
            }
        }
        let mut sorted: Vec<Duration> = self.last.iter().copied().collect();
        sorted.sort_unstable();
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(took);
        self.least = match self.blocks.iter().min() {
            Some(least) => {
                let least = (*least).min(swiftest);
                least.saturating_sub(usual.saturating_sub(least) / 2).saturating_sub(TICK)
            }
            None => Duration::ZERO,
        };
    }
}

#[cfg(test)]
mod tests {
    use std::{cmp::Reverse, collections::BinaryHeap};

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

    /// Sends a message that is answered at once.
    fn send(pace: &mut Pace, rate: Rate, now: Duration) {
        pace.take(&chat(), vec![rate], now);
        pace.answered(&chat(), now, Some(Duration::ZERO));
    }

    #[test]
    fn a_burst_passes_and_then_the_window_counts() {
        let mut pace = Pace::new(None);
        for _ in 0..5 {
            assert_eq!(pace.chat_ready(&chat(), at(0)), at(0));
            send(&mut pace, FIVE_IN_FIVE, at(0));
        }
        assert_eq!(pace.chat_ready(&chat(), at(100)), at(5_000));
        assert_eq!(pace.ready(at(100)), at(100), "other chats go on");
    }

    #[test]
    fn a_wait_the_platform_names_is_never_shortened() {
        let mut pace = Pace::new(None);
        pace.hold_chat(&chat(), vec![ONE_A_SECOND], at(37_000));
        pace.hold_chat(&chat(), vec![ONE_A_SECOND], at(5_000));
        send(&mut pace, ONE_A_SECOND, at(0));
        assert_eq!(pace.chat_ready(&chat(), at(1_000)), at(37_000));
    }

    #[test]
    fn what_has_no_answer_yet_may_still_arrive() {
        let mut pace = Pace::new(Some(ONE_A_SECOND));
        pace.take(&chat(), Vec::new(), at(0));
        assert_eq!(pace.ready(at(7_000)), at(8_000));
        pace.answered(&chat(), at(7_000), None);
        assert_eq!(pace.ready(at(7_500)), at(8_000));
        pace.take(&chat(), Vec::new(), at(8_000));
        pace.unsent(&chat());
        assert_eq!(pace.ready(at(8_000)), at(8_000), "what was not sent does not count");
    }

    #[test]
    fn messages_that_others_sent_count_overall_and_for_their_chat() {
        let mut pace = Pace::new(Some(FIVE_IN_FIVE));
        for _ in 0..5 {
            pace.besides(&chat(), vec![ONE_A_SECOND], at(0));
        }
        assert_eq!(pace.chat_ready(&chat(), at(10)), at(1_000));
        assert_eq!(pace.ready(at(10)), at(5_000));
    }

    #[test]
    fn after_a_stop_nothing_goes_until_what_may_have_gone_before_it_counts_no_more() {
        let mut pace = Pace::new(Some(FIVE_IN_FIVE)).just_used(at(700));
        assert_eq!((pace.ready(at(700)), pace.ready(at(5_600))), (at(5_700), at(5_700)));
        assert_eq!(pace.ready(at(5_700)), at(5_700));
        send(&mut pace, ONE_A_SECOND, at(5_700));
        assert_eq!(pace.ready(at(5_700)), at(5_700), "the whole rate is there again");
        assert_eq!(Pace::new(None).just_used(at(700)).ready(at(700)), at(700), "where there is no rate nothing waits");
    }

    #[test]
    fn what_went_besides_counts_from_when_it_went() {
        let mut pace = Pace::new(None);
        (0..5).for_each(|second| pace.besides(&chat(), vec![FIVE_IN_FIVE], at(second * 1_000)));
        assert_eq!(pace.chat_ready(&chat(), at(4_500)), at(5_000));
    }

    /// A network between an outbox with always something to send and a platform that counts what arrives.
    #[derive(Clone, Copy, Default)]
    struct Network {
        /// What a message and an answer need at least, and at most beyond that.
        one_way: u64,
        jitter: u64,
        /// In each span so long its last third is slow by `slowness`, in milliseconds; 0: never.
        spell: u64,
        slowness: u64,
    }

    impl Network {
        /// Sends for a minute to many chats; gives the share of the permitted rate that was reached once the network was
        /// known, and the number of messages that came too fast at any time.
        fn minute(&self, rate: Rate, concurrency: usize, seed: u64) -> (f64, usize) {
            let mut luck = fastrand::Rng::with_seed(seed);
            let (mut pace, mut now, mut arrivals) = (Pace::new(Some(rate)), at(0), Vec::new());
            let mut answers: BinaryHeap<Reverse<(Duration, Duration)>> = BinaryHeap::new();
            let mut way = |now: Duration| {
                let spell = u128::from(self.spell);
                let is_slow = spell > 0 && now.as_millis() % spell > spell * 2 / 3;
                let slow = if is_slow { self.slowness } else { 0 };
                at(self.one_way + slow) + Duration::from_micros(luck.u64(0..=self.jitter * 1_000))
            };
            while now < at(60_000) {
                if let Some(Reverse((back, started))) =
                    answers.peek().copied().filter(|Reverse((back, _))| *back <= now)
                {
                    answers.pop();
                    pace.answered(&chat(), back, Some(back - started));
                } else if answers.len() < concurrency && pace.ready(now) <= now {
                    pace.take(&chat(), Vec::new(), now);
                    let arrival = now + way(now);
                    arrivals.push(arrival);
                    answers.push(Reverse((arrival + way(arrival), now)));
                } else {
                    let next = answers.peek().map_or(at(60_000), |Reverse((back, _))| *back);
                    let free = if answers.len() < concurrency { pace.ready(now) } else { next };
                    now = next.min(free).max(now + Duration::from_micros(1));
                }
            }
            arrivals.sort_unstable();
            let count = rate.count as usize;
            let too_fast = arrivals.windows(count + 1).filter(|span| span[count] - span[0] < rate.per).count();
            let permitted = 45.0 / rate.per.as_secs_f64() * f64::from(rate.count);
            let late = arrivals.iter().filter(|arrival| (at(15_000)..at(60_000)).contains(*arrival)).count();
            (late as f64 / permitted, too_fast)
        }
    }

    #[test]
    fn nearly_all_of_the_rate_is_used_and_nothing_comes_too_fast_however_the_network_wavers() {
        let thirty = Rate { count: 30, per: Duration::from_secs(1) };
        for (one_way, jitter) in [(0, 0), (0, 2), (0, 15), (1, 5), (20, 5), (40, 10), (100, 10), (150, 0)] {
            for seed in 0..8 {
                let network = Network { one_way, jitter, ..Network::default() };
                let (share, too_fast) = network.minute(thirty, 64, seed);
                assert_eq!(too_fast, 0, "{one_way} ms and up to {jitter} ms more each way, seed {seed}");
                assert!(share >= 0.97, "{share} of the rate with {one_way} ms and up to {jitter} ms more each way");
            }
        }
    }

    #[test]
    fn a_network_that_wavers_much_costs_pace_and_not_refusals() {
        let thirty = Rate { count: 30, per: Duration::from_secs(1) };
        for seed in 0..8 {
            let network = Network { one_way: 5, jitter: 200, ..Network::default() };
            let (share, too_fast) = network.minute(thirty, 64, seed);
            assert_eq!(too_fast, 0, "seed {seed}");
            assert!(share >= 0.7, "{share}");
        }
    }

    #[test]
    fn what_is_swift_after_a_slow_spell_comes_no_earlier_than_it_may() {
        let thirty = Rate { count: 30, per: Duration::from_secs(1) };
        for (spell, slowness) in [(900, 100), (3_000, 80), (3_000, 400), (10_000, 300), (20_000, 700)] {
            for seed in 0..8 {
                let network = Network { one_way: 1, jitter: 2, spell, slowness };
                let (_, too_fast) = network.minute(thirty, 64, seed);
                assert_eq!(too_fast, 0, "slow by {slowness} ms in each {spell} ms, seed {seed}");
            }
        }
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
                send(&mut pace, ONE_A_SECOND, now);
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
