//! What is counted of one platform's deliveries.

use std::time::Duration;

use prometheus_client::metrics::{counter::Counter, histogram::Histogram};

use super::delivery_histogram;

/// How a try to tell a chat ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// The chat was told.
    Told,
    /// It was too fast, and is tried again when the platform lets it.
    Waited,
    /// It failed, and is tried again.
    Failed,
    /// The chat cannot be written to, and is tried again later.
    Barred,
    /// The message to edit was removed by somebody.
    MessageGone,
    /// The chat is gone.
    ChatGone,
    /// The chat has another address now.
    ChatMoved,
    /// It was given up.
    Dead,
}

impl Delivered {
    /// Every outcome.
    pub const ALL: [Self; 8] = [
        Self::Told,
        Self::Waited,
        Self::Failed,
        Self::Barred,
        Self::MessageGone,
        Self::ChatGone,
        Self::ChatMoved,
        Self::Dead,
    ];

    /// The label's value.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Waited => "waited",
            Self::Failed => "failed",
            Self::Barred => "barred",
            Self::MessageGone => "message_gone",
            Self::ChatGone => "chat_gone",
            Self::ChatMoved => "chat_moved",
            Self::Dead => "dead",
        }
    }
}

/// Where one platform's deliveries are counted. Its clones are the same.
#[derive(Clone, Debug)]
pub struct Deliveries {
    told: Counter,
    waited: Counter,
    failed: Counter,
    barred: Counter,
    message_gone: Counter,
    chat_gone: Counter,
    chat_moved: Counter,
    dead: Counter,
    delay: Histogram,
}

/// Counts what nobody looks at.
impl Default for Deliveries {
    fn default() -> Self {
        Self::new(|_| Counter::default(), delivery_histogram())
    }
}

impl Deliveries {
    pub(super) fn new(counter: impl Fn(Delivered) -> Counter, delay: Histogram) -> Self {
        Self {
            told: counter(Delivered::Told),
            waited: counter(Delivered::Waited),
            failed: counter(Delivered::Failed),
            barred: counter(Delivered::Barred),
            message_gone: counter(Delivered::MessageGone),
            chat_gone: counter(Delivered::ChatGone),
            chat_moved: counter(Delivered::ChatMoved),
            dead: counter(Delivered::Dead),
            delay,
        }
    }

    /// A chat was told, so long after the news was read.
    pub fn told(&self, delay: Duration) {
        self.told.inc();
        self.delay.observe(delay.as_secs_f64());
    }

    /// A try ended.
    pub fn ended(&self, outcome: Delivered) {
        match outcome {
            Delivered::Told => &self.told,
            Delivered::Waited => &self.waited,
            Delivered::Failed => &self.failed,
            Delivered::Barred => &self.barred,
            Delivered::MessageGone => &self.message_gone,
            Delivered::ChatGone => &self.chat_gone,
            Delivered::ChatMoved => &self.chat_moved,
            Delivered::Dead => &self.dead,
        }
        .inc();
    }
}
