//! A clock that is moved by hand.

use std::{sync::Mutex, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use foghorn::clock::Clock;
use tokio::sync::watch;

/// A clock that stands still until it is moved.
pub struct ManualClock {
    uptime: watch::Sender<Duration>,
    set_back: Mutex<TimeDelta>,
}

impl ManualClock {
    /// A clock at the start of 2026-06-01.
    pub fn new() -> Self {
        Self { uptime: watch::channel(Duration::ZERO).0, set_back: Mutex::default() }
    }

    /// Moves the hands.
    pub fn advance(&self, span: Duration) {
        self.uptime.send_modify(|uptime| *uptime += span);
    }

    /// Somebody corrects the time of day.
    pub fn set_back(&self, span: Duration) {
        *self.set_back.lock().unwrap() += TimeDelta::from_std(span).unwrap();
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_272_000, 0).unwrap() + TimeDelta::from_std(*self.uptime.borrow()).unwrap()
            - *self.set_back.lock().unwrap()
    }

    fn uptime(&self) -> Duration {
        *self.uptime.borrow()
    }

    async fn sleep(&self, span: Duration) {
        let until = self.uptime() + span;
        self.uptime.subscribe().wait_for(|uptime| *uptime >= until).await.map(drop).unwrap();
    }
}
