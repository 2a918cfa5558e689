//! How fast a bot may send, and what happens to one that does not keep to it.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

/// So many in any span so long.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub count: usize,
    pub span: Duration,
}

/// How fast a bot may send.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// All chats together.
    pub overall: Option<Window>,
    /// From one message in a chat to the next.
    pub per_chat: Option<Duration>,
    /// So many more than that, for each chat, that was sent less before.
    pub burst: u32,
    /// New messages in each group; edits there have as many places of their own.
    pub per_group: Option<Window>,
    /// A request may be early by so much: it was on time when it left.
    pub leeway: Duration,
}

impl Limits {
    /// As the FAQ for bots says: <https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>.
    pub fn of_telegram() -> Self {
        let second = Duration::from_secs(1);
        Self {
            overall: Some(Window { count: 30, span: second }),
            per_chat: Some(second),
            burst: 0,
            per_group: Some(Window { count: 20, span: 60 * second }),
            leeway: Duration::from_millis(50),
        }
    }

    pub fn none() -> Self {
        Self { overall: None, per_chat: None, burst: 0, per_group: None, leeway: Duration::ZERO }
    }

    /// A chat may be sent so many more at once, if it rests the longer some time later.
    pub fn with_burst(self, more: u32) -> Self {
        Self { burst: more, ..self }
    }
}

/// What is sent where.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub chat: i64,
    pub is_group: bool,
    pub is_edit: bool,
    /// Paid for, and so not held to the limit for all chats together.
    pub is_paid: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Overall,
    Chat(i64),
    Group { chat: i64, is_edit: bool },
}

/// What a bot has sent, by where it counts.
#[derive(Debug)]
pub struct Flood {
    pub limits: Limits,
    sent: HashMap<Place, VecDeque<Instant>>,
    /// When a chat will have rested for all it was sent.
    rested: HashMap<i64, Instant>,
    closed: HashMap<Place, (Instant, Instant)>,
    /// Requests refused.
    pub refused: usize,
    /// Of them those that came although a waiting time had been named and was not over.
    pub impatient: usize,
    /// Messages paid for.
    pub paid: usize,
}

/// What was on its way already when a refusal was given is not impatience.
const ON_ITS_WAY: Duration = Duration::from_millis(300);

impl Flood {
    pub fn new(limits: Limits) -> Self {
        let (sent, rested, closed) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { limits, sent, rested, closed, refused: 0, impatient: 0, paid: 0 }
    }

    /// Counts one that is sent now.
    ///
    /// # Errors
    ///
    /// The seconds to wait, when it is one too many.
    pub fn admit(&mut self, load: Load, now: Instant) -> Result<(), u64> {
        let windows = self.windows(load);
        let places: Vec<Place> = windows.iter().map(|(place, _)| *place).chain([Place::Chat(load.chat)]).collect();
        let leeway = self.limits.leeway;
        for place in &places {
            if let Some((since, until)) = self.closed.get(place).copied().filter(|(_, until)| now + leeway < *until) {
                self.refused += 1;
                self.impatient += usize::from(now > since + ON_ITS_WAY);
                return Err(seconds(until - now));
            }
        }
        for (place, window) in &windows {
            let past = self.sent.entry(*place).or_default();
            while past.front().is_some_and(|first| now + leeway >= *first + window.span) {
                past.pop_front();
            }
            if past.len() >= window.count {
                let free = past[0] + window.span;
                return Err(self.refuse(*place, free, now));
            }
        }
        if let Some(span) = self.limits.per_chat {
            let rested = self.rested.get(&load.chat).copied().unwrap_or(now).max(now);
            let free = rested.checked_sub(span * self.limits.burst).unwrap_or(now);
            if free > now + leeway {
                return Err(self.refuse(Place::Chat(load.chat), free, now));
            }
            self.rested.insert(load.chat, rested + span);
        }
        for (place, _) in windows {
            self.sent.entry(place).or_default().push_back(now);
        }
        self.paid += usize::from(load.is_paid);
        Ok(())
    }

    fn refuse(&mut self, place: Place, free: Instant, now: Instant) -> u64 {
        let wait = seconds(free.saturating_duration_since(now));
        self.closed.insert(place, (now, now + Duration::from_secs(wait)));
        self.refused += 1;
        wait
    }

    fn windows(&self, load: Load) -> Vec<(Place, Window)> {
        let Limits { overall, per_group, .. } = self.limits;
        let group = Place::Group { chat: load.chat, is_edit: load.is_edit };
        let held = [
            overall.filter(|_| !load.is_paid).map(|window| (Place::Overall, window)),
            per_group.filter(|_| load.is_group).map(|window| (group, window)),
        ];
        held.into_iter().flatten().collect()
    }
}

fn seconds(span: Duration) -> u64 {
    (span.as_secs() + u64::from(span.subsec_nanos() > 0)).max(1)
}
