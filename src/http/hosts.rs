//! What is owed to each host: few requests at a time, none while it wants to be left alone.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use super::HttpError;

/// Hosts remembered before the idle ones are forgotten: twice as many as the largest catalogue we plan for.
const MOST_HOSTS: usize = 10_000;

/// All hosts that were asked for something lately.
#[derive(Debug)]
pub(super) struct Hosts {
    per_host: usize,
    most_kept: usize,
    known: Mutex<HashMap<String, Arc<Host>>>,
}

/// One host.
#[derive(Debug)]
pub(super) struct Host {
    /// Its connections are kept for the next request.
    pub(super) is_kept: bool,
    turns: Semaphore,
    held_until: Mutex<Option<Instant>>,
}

impl Hosts {
    pub(super) fn new(per_host: usize, most_kept: usize) -> Self {
        Self { per_host, most_kept, known: Mutex::default() }
    }

    /// The host that an address names.
    pub(super) fn host(&self, url: &Url) -> Result<Arc<Host>, HttpError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(HttpError::Address { reason: "is neither http nor https" });
        }
        Ok(self.named(name_of(url)))
    }

    fn named(&self, name: String) -> Arc<Host> {
        let mut known = lock(&self.known);
        if let Some(host) = known.get(&name) {
            return Arc::clone(host);
        }
        if known.len() >= MOST_HOSTS {
            let now = Instant::now();
            known.retain(|_, host| Arc::strong_count(host) > 1 || host.held(now).is_some());
        }
        let is_kept = known.len() < self.most_kept;
        let host = Arc::new(Host { is_kept, turns: Semaphore::new(self.per_host), held_until: Mutex::default() });
        known.insert(name, Arc::clone(&host));
        host
    }
}

impl Host {
    /// Waits for a turn at this host.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, HttpError> {
        self.refuse_while_held()?;
        let turn = self.turns.acquire().await.expect("never closed: nobody calls close");
        // The one before us may have been asked to stay away.
        self.refuse_while_held()?;
        Ok(turn)
    }

    fn refuse_while_held(&self) -> Result<(), HttpError> {
        self.held(Instant::now()).map_or(Ok(()), |after| Err(HttpError::Held { after }))
    }

    /// Leaves the host alone for this long, and never shorter than it asked before.
    pub(super) fn hold(&self, now: Instant, after: Duration) {
        let mut held_until = lock(&self.held_until);
        *held_until = (*held_until).max(now.checked_add(after));
    }

    /// How much longer the host is to be left alone.
    fn held(&self, now: Instant) -> Option<Duration> {
        lock(&self.held_until).and_then(|until| until.checked_duration_since(now)).filter(|left| !left.is_zero())
    }
}

/// Host and port of an address: all of it that may stand in a message.
pub(super) fn name_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// What the lock holds; each change is one assignment, so a panic elsewhere leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_host_is_left_alone_as_long_as_it_asked_and_no_longer() {
        let hosts = Hosts::new(2, 256);
        let host = hosts.named("status.example".to_owned());
        let now = Instant::now();
        host.hold(now, Duration::from_secs(37));
        host.hold(now, Duration::from_secs(5));
        assert_eq!(host.held(now), Some(Duration::from_secs(37)));
        assert_eq!(host.held(now + Duration::from_secs(36)), Some(Duration::from_secs(1)));
        assert_eq!(host.held(now + Duration::from_secs(37)), None);
    }

    #[test]
    fn idle_hosts_are_forgotten_and_held_ones_are_not() {
        let hosts = Hosts::new(2, 256);
        hosts.named("held.example".to_owned()).hold(Instant::now(), Duration::from_secs(3600));
        for number in 0..MOST_HOSTS + 10 {
            hosts.named(format!("{number}.example"));
        }
        let known = lock(&hosts.known);
        assert!(known.len() <= MOST_HOSTS);
        assert!(known.contains_key("held.example"));
    }

    #[test]
    fn the_name_of_a_host_carries_no_secrets() {
        let url = Url::parse("https://user:secret@status.example:8443/path?token=secret").expect("a valid address");
        assert_eq!(name_of(&url), "status.example:8443");
    }
}
