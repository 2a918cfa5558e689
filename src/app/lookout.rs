//! Looking at an address that somebody typed: what kind of status page is there, within limits that make it no tool to
//! trouble others with.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Semaphore, time::timeout};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::{
    app::roster::Roster,
    clock::Clock,
    commands::{Page, PageFault, Unreachable},
    domain::{ChatId, Observation, WatchLimits, WatchedPage, clean_line},
    feeds::{self, DiscoverError, Found, Outcome},
    http::{Http, HttpError},
};

/// How long one look may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Looks under way over all chats.
const AT_ONCE: usize = 8;
/// The time over which looks are counted.
const SPAN: Duration = Duration::from_secs(600);
/// Looks for one chat in that time: somebody who mistypes a few addresses is not held up.
const PER_CHAT: usize = 10;
/// Looks at one host in that time: a look is up to 16 requests, so this many are no more than a person who browses it.
const PER_HOST: usize = 12;
/// Looks in that time over all chats.
const OVERALL: usize = 200;
/// The longest name of a page.
const LONGEST_NAME: usize = 60;
/// The longest address of a document that is kept, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// Looks at addresses that people typed.
pub struct Lookout {
    http: Http,
    limits: WatchLimits,
    roster: Arc<Roster>,
    clock: Arc<dyn Clock>,
    turns: Semaphore,
    gate: Mutex<Gate>,
    stop: CancellationToken,
}

/// What was looked at lately, and for whom it is being done.
#[derive(Default)]
struct Gate {
    /// The oldest first.
    looks: VecDeque<Look>,
    under_way: BTreeSet<ChatId>,
}

/// A look: when by the clock's uptime, for whom, and at which host.
type Look = (Duration, ChatId, String);

/// A chat's turn to have something looked at; ends with it.
struct Turn<'a> {
    gate: &'a Mutex<Gate>,
    chat: &'a ChatId,
}

impl Lookout {
    /// A lookout by this way out. Looks are given up at `stop`.
    #[must_use]
    pub fn new(
        http: Http,
        limits: WatchLimits,
        roster: Arc<Roster>,
        clock: Arc<dyn Clock>,
        stop: CancellationToken,
    ) -> Self {
        Self { http, limits, roster, clock, turns: Semaphore::new(AT_ONCE), gate: Mutex::default(), stop }
    }

    /// How much may be watched.
    #[must_use]
    pub const fn limits(&self) -> WatchLimits {
        self.limits
    }

    /// What is at an address.
    ///
    /// # Errors
    ///
    /// [`PageFault`] when nothing there can be watched, or not now.
    pub async fn look(&self, chat: &ChatId, url: &Url) -> Result<Page, PageFault> {
        let host = url.host_str().unwrap_or_default();
        let _turn = enter(&self.gate, self.clock.uptime(), chat, host)?;
        let _place = self.turns.try_acquire().map_err(|_| PageFault::Busy)?;
        let found = tokio::select! {
            () = self.stop.cancelled() => return Err(PageFault::Busy),
            found = timeout(PATIENCE, feeds::discover(url, &self.http)) => found.map_err(|_| PageFault::Slow)?,
        };
        let found = found.map_err(fault)?;
        if found.url.as_str().len() > LONGEST_ADDRESS {
            return Err(PageFault::Nothing { tried: Vec::new() });
        }
        let page = page(url, found);
        let (count, is_read) = self.roster.pages(&page.page.id);
        Ok(Page { is_too_much: !is_read && count >= self.limits.overall, ..page })
    }
}

/// Lets a chat in unless too much was looked at lately.
fn enter<'a>(gate: &'a Mutex<Gate>, now: Duration, chat: &'a ChatId, host: &str) -> Result<Turn<'a>, PageFault> {
    let mut known = lock(gate);
    while known.looks.front().is_some_and(|(at, _, _)| *at + SPAN <= now) {
        known.looks.pop_front();
    }
    let room = |most: usize, is_like: &dyn Fn(&Look) -> bool| {
        let mut times = known.looks.iter().filter(|look| is_like(look)).map(|(at, _, _)| *at);
        match times.next() {
            // When the first of them is forgotten there is room for another.
            Some(first) if times.count() + 1 >= most => {
                Err(PageFault::TooOften { wait: (first + SPAN).saturating_sub(now) })
            }
            Some(_) | None => Ok(()),
        }
    };
    room(PER_CHAT, &|(_, other, _)| other == chat)?;
    room(PER_HOST, &|(_, _, other)| other == host)?;
    room(OVERALL, &|_| true)?;
    if !known.under_way.insert(chat.clone()) {
        return Err(PageFault::Busy);
    }
    known.looks.push_back((now, chat.clone(), host.to_owned()));
    Ok(Turn { gate, chat })
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        lock(self.gate).under_way.remove(self.chat);
    }
}

fn lock(gate: &Mutex<Gate>) -> MutexGuard<'_, Gate> {
    // Each change is a step of its own, so a panic elsewhere leaves nothing half done.
    gate.lock().unwrap_or_else(PoisonError::into_inner)
}

fn page(asked: &Url, found: Found) -> Page {
    let address = |url: &Url| feeds::shown(url);
    let host = asked.host_str().unwrap_or_default().to_owned();
    let name = found.title.as_deref().map(|title| clean_line(title, LONGEST_NAME)).filter(|name| !name.is_empty());
    let Observation { condition, incidents, .. } = &found.observation;
    let open = incidents.iter().filter(|incident| !incident.is_closed()).map(|incident| incident.title.clone());
    Page {
        condition: *condition,
        open: open.collect(),
        is_too_much: false,
        document: address(&found.url),
        moved_to: found.moved_to.clone(),
        page: WatchedPage::new(found.kind, found.url.as_str(), &address(asked), &name.unwrap_or(host)),
    }
}

fn fault(cause: DiscoverError) -> PageFault {
    match cause {
        DiscoverError::Request { cause, .. } => unreachable(&cause),
        DiscoverError::Nothing { found: Outcome::Status(status), tried, .. } if tried.is_empty() => {
            PageFault::Unreachable(Unreachable::Status(status))
        }
        DiscoverError::Nothing { tried, .. } => {
            PageFault::Nothing { tried: tried.into_iter().map(|(place, _)| place).collect() }
        }
    }
}

fn unreachable(cause: &HttpError) -> PageFault {
    let because = PageFault::Unreachable;
    match cause {
        // The host may be another one than the one that was typed: a redirect led there.
        HttpError::NotPublic { host } => PageFault::NotPublic { host: host.clone() },
        HttpError::Port { host } => PageFault::Port { host: host.clone() },
        HttpError::Held { after } => PageFault::TooOften { wait: *after },
        HttpError::Timeout { .. } => PageFault::Slow,
        HttpError::Dns { .. } => because(Unreachable::Unknown),
        HttpError::Refused { .. } => because(Unreachable::Refused),
        HttpError::Tls { .. } => because(Unreachable::Tls),
        // The address itself was in order, so this is where it led.
        HttpError::Address { .. } | HttpError::Redirect { .. } => because(Unreachable::Redirects),
        HttpError::TooLarge { .. } => because(Unreachable::TooLarge),
        HttpError::Connection { .. } | HttpError::Broken { .. } | HttpError::Setup { .. } => {
            because(Unreachable::Connection)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Platform;

    fn chat(number: usize) -> ChatId {
        ChatId { platform: Platform::Telegram, address: number.to_string().into() }
    }

    fn looks(gate: &Mutex<Gate>, second: u64, number: usize, host: &str) -> Result<(), PageFault> {
        enter(gate, Duration::from_secs(second), &chat(number), host).map(drop)
    }

    #[test]
    fn one_chat_has_so_many_looks_and_then_must_wait() {
        let gate = Mutex::default();
        for number in 0..PER_CHAT {
            assert_eq!(looks(&gate, number as u64, 1, &format!("{number}.example")), Ok(()));
        }
        assert_eq!(looks(&gate, 20, 1, "x.example"), Err(PageFault::TooOften { wait: Duration::from_secs(580) }));
        assert_eq!(looks(&gate, 20, 2, "x.example"), Ok(()), "another chat need not");
        assert_eq!(looks(&gate, 600, 1, "x.example"), Ok(()));
        assert_eq!(looks(&gate, 600, 1, "x.example"), Err(PageFault::TooOften { wait: Duration::from_secs(1) }));
    }

    #[test]
    fn one_host_is_looked_at_so_often_whoever_asks() {
        let gate = Mutex::default();
        for number in 0..PER_HOST {
            assert_eq!(looks(&gate, 0, number, "victim.example"), Ok(()));
        }
        assert!(matches!(looks(&gate, 1, 99, "victim.example"), Err(PageFault::TooOften { .. })));
        assert_eq!(looks(&gate, 1, 99, "other.example"), Ok(()));
    }

    #[test]
    fn over_all_chats_there_are_so_many_looks_and_no_more_are_remembered() {
        let gate = Mutex::default();
        for number in 0..OVERALL {
            assert_eq!(looks(&gate, 0, number, &format!("{number}.example")), Ok(()));
        }
        assert!(matches!(looks(&gate, 1, 9_999, "more.example"), Err(PageFault::TooOften { .. })));
        assert_eq!(lock(&gate).looks.len(), OVERALL);
    }

    #[test]
    fn a_chat_has_one_look_at_a_time() {
        let (gate, here) = (Mutex::default(), chat(1));
        let turn = enter(&gate, Duration::ZERO, &here, "one.example").unwrap_or_else(|_| panic!("it is the first"));
        assert_eq!(looks(&gate, 0, 1, "two.example"), Err(PageFault::Busy));
        drop(turn);
        assert_eq!(looks(&gate, 0, 1, "two.example"), Ok(()));
    }
}
