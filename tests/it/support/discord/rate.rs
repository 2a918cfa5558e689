//! Rate limits: one window a route and channel, one over all, and what a test lays on top.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use super::{route::Route, settings::Rate};

/// Headers about a limit.
pub type Headers = Vec<(&'static str, String)>;

/// Windows that are running, all times in milliseconds of the fake's clock.
#[derive(Default)]
pub struct Rates {
    windows: HashMap<(Route, u64), Window>,
    global: Window,
    /// Until when everybody, or one route, has to wait because a test said so.
    all_wait_until: u64,
    waits_until: HashMap<(Route, u64), (u64, &'static str)>,
}

#[derive(Clone, Copy, Default)]
struct Window {
    ends: u64,
    used: u32,
}

/// One request too many.
#[derive(Debug)]
pub struct TooMany {
    /// `user`, `global` or `shared`.
    pub scope: &'static str,
    pub wait_ms: u64,
}

impl Rates {
    /// Counts one request. `None` as a rate is no limit.
    pub fn take(
        &mut self,
        place: (Route, u64),
        rate: Option<Rate>,
        global: Option<Rate>,
        now: u64,
    ) -> (Headers, Result<(), TooMany>) {
        if place.0.counts_globally() {
            if let Some(wait_ms) = self.all_wait_until.checked_sub(now).filter(|wait| *wait > 0) {
                return (Headers::new(), Err(TooMany { scope: "global", wait_ms }));
            }
            if let Some(wait_ms) = global.and_then(|rate| self.global.take(rate, now)) {
                return (Headers::new(), Err(TooMany { scope: "global", wait_ms }));
            }
        }
        if let Some((until, scope)) = self.waits_until.get(&place)
            && let Some(wait_ms) = until.checked_sub(now).filter(|wait| *wait > 0)
        {
            let window = Window { ends: *until, used: u32::MAX };
            let headers = rate.map_or_else(Headers::new, |rate| window.headers(rate, place.0, now));
            return (headers, Err(TooMany { scope, wait_ms }));
        }
        let Some(rate) = rate else { return (Headers::new(), Ok(())) };
        let window = self.windows.entry(place).or_default();
        let wait = window.take(rate, now);
        let headers = window.headers(rate, place.0, now);
        (headers, wait.map_or(Ok(()), |wait_ms| Err(TooMany { scope: "user", wait_ms })))
    }

    /// From now on everybody has to wait so long.
    pub fn all_wait(&mut self, until: u64) {
        self.all_wait_until = until;
    }

    /// From now on this route has to wait so long.
    pub fn waits(&mut self, place: (Route, u64), until: u64, scope: &'static str) {
        self.waits_until.insert(place, (until, scope));
    }
}

impl Window {
    /// Counts one; how long to wait if there is no room.
    fn take(&mut self, rate: Rate, now: u64) -> Option<u64> {
        if self.ends <= now {
            *self = Self { ends: now + millis(rate.span), used: 0 };
        }
        if self.used >= rate.limit {
            return Some(self.ends - now);
        }
        self.used += 1;
        None
    }

    fn headers(self, rate: Rate, route: Route, now: u64) -> Headers {
        let mut hash = DefaultHasher::new();
        route.hash(&mut hash);
        vec![
            ("x-ratelimit-limit", rate.limit.to_string()),
            ("x-ratelimit-remaining", rate.limit.saturating_sub(self.used).to_string()),
            ("x-ratelimit-reset", seconds(self.ends)),
            ("x-ratelimit-reset-after", seconds(self.ends - now)),
            ("x-ratelimit-bucket", format!("{:016x}{:016x}", hash.finish(), u64::MAX / 3)),
        ]
    }
}

/// Milliseconds as seconds with three digits behind the point.
pub fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}

pub fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap()
}
