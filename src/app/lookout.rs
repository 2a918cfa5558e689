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
/// Looks that ask one host in that time, wherever they began: a look is up to 16 requests, so this many are no more than a
/// person who browses it.
const PER_HOST: usize = 12;
/// Hosts that one look may ask: redirects and the page itself may name others.
const HOSTS: usize = 8;
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
    gate: Arc<Mutex<Gate>>,
    stop: CancellationToken,
}

/// What was looked at lately, and for whom it is being done.
#[derive(Default)]
struct Gate {
    /// The oldest first.
    looks: VecDeque<(Duration, ChatId)>,
    /// The hosts that looks asked, each look once; the oldest first.
    visits: VecDeque<(Duration, String)>,
    under_way: BTreeSet<ChatId>,
}

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
        Self { http, limits, roster, clock, turns: Semaphore::new(AT_ONCE), gate: Arc::default(), stop }
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
        let now = self.clock.uptime();
        let _turn = enter(&self.gate, now, chat)?;
        let _place = self.turns.try_acquire().map_err(|_| PageFault::Busy)?;
        let http = self.visitor(now);
        let found = tokio::select! {
            () = self.stop.cancelled() => return Err(PageFault::Busy),
            found = timeout(PATIENCE, feeds::discover(url, &http, self.clock.now())) => found.map_err(|_| PageFault::Slow)?,
        };
        let found = found.map_err(fault)?;
        if found.url.as_str().len() > LONGEST_ADDRESS {
            return Err(PageFault::Nothing { tried: Vec::new() });
        }
        let page = page(url, found);
        let page = Page { page: self.roster.place(page.page.clone()), ..page };
        let (count, is_read) = self.roster.pages(&page.page.id);
        Ok(Page { is_too_much: !is_read && count >= self.limits.overall, ..page })
    }

    /// The way out for one look, which counts every host that it leads to.
    fn visitor(&self, now: Duration) -> Http {
        let (gate, asked) = (Arc::clone(&self.gate), Mutex::new(BTreeSet::new()));
        self.http.with_leave(move |url| {
            visit(&gate, &asked, now, url.host_str().unwrap_or_default()).map_err(|after| HttpError::Held { after })
        })
    }
}

/// Lets a chat in unless too much was looked at lately.
fn enter<'a>(gate: &'a Mutex<Gate>, now: Duration, chat: &'a ChatId) -> Result<Turn<'a>, PageFault> {
    let mut known = lock(gate);
    forget(&mut known.looks, now);
    let too_often = |wait| PageFault::TooOften { wait };
    room(&known.looks, now, PER_CHAT, |other| other == chat).map_err(too_often)?;
    room(&known.looks, now, OVERALL, |_| true).map_err(too_often)?;
    if !known.under_way.insert(chat.clone()) {
        return Err(PageFault::Busy);
    }
    known.looks.push_back((now, chat.clone()));
    Ok(Turn { gate, chat })
}

/// Lets a look ask a host, unless looks have asked it too often lately or this one asked too many others; else tells how long
/// to wait.
fn visit(gate: &Mutex<Gate>, asked: &Mutex<BTreeSet<String>>, now: Duration, host: &str) -> Result<(), Duration> {
    let mut asked = lock(asked);
    if asked.contains(host) {
        return Ok(());
    }
    if asked.len() >= HOSTS {
        return Err(SPAN);
    }
    let mut known = lock(gate);
    forget(&mut known.visits, now);
    room(&known.visits, now, PER_HOST, |other| other == host)?;
    known.visits.push_back((now, host.to_owned()));
    asked.insert(host.to_owned());
    Ok(())
}

fn forget<T>(past: &mut VecDeque<(Duration, T)>, now: Duration) {
    while past.front().is_some_and(|(at, _)| *at + SPAN <= now) {
        past.pop_front();
    }
}

/// Whether there is room for another like these; else how long until there is, which is when the first is forgotten.
fn room<T>(
    past: &VecDeque<(Duration, T)>,
    now: Duration,
    most: usize,
    is_like: impl Fn(&T) -> bool,
) -> Result<(), Duration> {
    let mut times = past.iter().filter(|(_, other)| is_like(other)).map(|(at, _)| *at);
    match times.next() {
        Some(first) if times.count() + 1 >= most => Err((first + SPAN).saturating_sub(now)),
        Some(_) | None => Ok(()),
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        lock(self.gate).under_way.remove(self.chat);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change is a step of its own, so a panic elsewhere leaves nothing half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn looks(gate: &Mutex<Gate>, second: u64, number: usize) -> Result<(), PageFault> {
        enter(gate, Duration::from_secs(second), &chat(number)).map(drop)
    }

    #[test]
    fn one_chat_has_so_many_looks_and_then_must_wait() {
        let gate = Mutex::default();
        for number in 0..PER_CHAT {
            assert_eq!(looks(&gate, number as u64, 1), Ok(()));
        }
        assert_eq!(looks(&gate, 20, 1), Err(PageFault::TooOften { wait: Duration::from_secs(580) }));
        assert_eq!(looks(&gate, 20, 2), Ok(()), "another chat need not");
        assert_eq!(looks(&gate, 600, 1), Ok(()));
        assert_eq!(looks(&gate, 600, 1), Err(PageFault::TooOften { wait: Duration::from_secs(1) }));
    }

    #[test]
    fn one_host_is_asked_by_so_many_looks_whoever_makes_them() {
        let (gate, mine) = (Mutex::default(), Mutex::default());
        let at = Duration::from_secs;
        for _ in 1..PER_HOST {
            assert_eq!(visit(&gate, &Mutex::default(), at(0), "victim.example"), Ok(()));
        }
        for _ in 0..9 {
            assert_eq!(visit(&gate, &mine, at(1), "victim.example"), Ok(()), "one look counts once");
        }
        assert_eq!(visit(&gate, &Mutex::default(), at(2), "victim.example"), Err(at(598)));
        assert_eq!(visit(&gate, &Mutex::default(), at(2), "other.example"), Ok(()));
        assert_eq!(visit(&gate, &Mutex::default(), at(600), "victim.example"), Ok(()));
    }

    #[test]
    fn one_look_asks_so_many_hosts_and_no_more() {
        let (gate, mine) = (Mutex::default(), Mutex::default());
        for number in 0..HOSTS {
            assert_eq!(visit(&gate, &mine, Duration::ZERO, &format!("{number}.example")), Ok(()));
        }
        assert_eq!(visit(&gate, &mine, Duration::ZERO, "more.example"), Err(SPAN));
        assert_eq!(lock(&gate).visits.len(), HOSTS);
        assert_eq!(visit(&gate, &mine, Duration::ZERO, "0.example"), Ok(()));
    }

    #[test]
    fn over_all_chats_there_are_so_many_looks_and_no_more_are_remembered() {
        let gate = Mutex::default();
        for number in 0..OVERALL {
            assert_eq!(looks(&gate, 0, number), Ok(()));
        }
        assert!(matches!(looks(&gate, 1, 9_999), Err(PageFault::TooOften { .. })));
        assert_eq!(lock(&gate).looks.len(), OVERALL);
    }

    #[test]
    fn a_chat_has_one_look_at_a_time() {
        let (gate, here) = (Mutex::default(), chat(1));
        let turn = enter(&gate, Duration::ZERO, &here).unwrap_or_else(|_| panic!("it is the first"));
        assert_eq!(looks(&gate, 0, 1), Err(PageFault::Busy));
        drop(turn);
        assert_eq!(looks(&gate, 0, 1), Ok(()));
    }
}
