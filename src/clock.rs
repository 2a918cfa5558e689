//! Time, so that a test or the demo can hold the hands.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Where the program takes the time from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The time of day: what is stored, compared with feeds and shown.
    fn now(&self) -> DateTime<Utc>;

    /// Time since the program started; never jumps. Intervals are kept by it.
    fn uptime(&self) -> Duration;

    /// Waits until [`Clock::uptime`] has grown by this much.
    async fn sleep(&self, span: Duration);
}

/// The computer's own clock.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// A clock whose uptime begins now.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "a default that reads the clock would surprise")]
    pub fn new() -> Self {
        Self { started: Instant::now() }
    }
}

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the computer's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    async fn sleep(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}
