//! A clock that is moved by hand.

use std::{sync::Mutex, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use foghorn::clock::Clock;
use tokio::sync::Notify;

/// A clock that stands still until it is moved.
pub struct ManualClock {
    uptime: Mutex<Duration>,
    /// Wakes who waits in the order in which they began to; a watch channel would wake them in any order, and what
    /// people see would then depend on luck.
    moved: Notify,
    set_back: Mutex<TimeDelta>,
}

impl ManualClock {
    /// A clock at the start of 2026-06-01.
    pub fn new() -> Self {
        Self { uptime: Mutex::default(), moved: Notify::new(), set_back: Mutex::default() }
    }

    /// Moves the hands.
    pub fn advance(&self, span: Duration) {
        *self.uptime.lock().unwrap() += span;
        self.moved.notify_waiters();
    }

    /// Somebody corrects the time of day.
    pub fn set_back(&self, span: Duration) {
        *self.set_back.lock().unwrap() += TimeDelta::from_std(span).unwrap();
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_272_000, 0).unwrap() + TimeDelta::from_std(self.uptime()).unwrap()
            - *self.set_back.lock().unwrap()
    }

    fn uptime(&self) -> Duration {
        *self.uptime.lock().unwrap()
    }

    async fn sleep(&self, span: Duration) {
        let until = self.uptime() + span;
        loop {
            // Made before the look at the clock, so that a move in between is not missed.
            let moved = self.moved.notified();
            if self.uptime() >= until {
                return;
            }
            moved.await;
        }
    }
}
