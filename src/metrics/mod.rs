//! What the program counts about itself, for those who watch over it: events, each counted where it happens.
//!
//! There is one [`Metrics`], made at the start and handed to whoever has something to count; nothing of it is global. An event
//! costs a look-up and an atomic addition, and allocates nothing once its series is there. What is a state, such as how many
//! messages wait, is not kept here: it is read when somebody asks (`app::health`).
//!
//! Every label has few values: kinds, outcomes, platforms, commands. No chat, address or text of anybody is one.

mod deliveries;

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};

pub use self::deliveries::{Delivered, Deliveries};
use crate::domain::{Platform, SourceKind, TransitionKind};

/// Before each name that is ours.
pub const PREFIX: &str = "foghorn";

/// Upper bounds for how long reading a source takes, in seconds.
const POLL_BOUNDS: [f64; 11] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
/// Upper bounds for how long news is on its way to a chat, in seconds.
const DELIVERY_BOUNDS: [f64; 15] =
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 600.0, 3_600.0];

/// No source was read well yet, see [`Metrics::last_good_poll`].
const NEVER: u64 = u64::MAX;

/// How a poll ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PollOutcome {
    /// The source was read, and what it says is stored.
    Good,
    /// The source cannot be read, or what it says is not believed.
    Unreadable,
    /// It was for nothing: nobody watches the source any more, or the program stops.
    Dropped,
}

impl PollOutcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Good, Self::Unreadable, Self::Dropped];

    /// The label's value.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Unreadable => "unreadable",
            Self::Dropped => "dropped",
        }
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandOutcome {
    /// It was carried out.
    Answered,
    /// It could not be understood or must not be carried out, and the answer says so.
    Refused,
    /// The program could not do what it should.
    Failed,
}

impl CommandOutcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Answered, Self::Refused, Self::Failed];

    /// The label's value.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PollLabels {
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct KindLabel {
    kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CommandLabels {
    command: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DeliveryLabels {
    platform: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PlatformLabel {
    platform: &'static str,
}

type Histograms = Family<PlatformLabel, Histogram, fn() -> Histogram>;

/// What the program counts about itself.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    polls: Family<PollLabels, Counter>,
    poll_duration: Histogram,
    transitions: Family<KindLabel, Counter>,
    commands: Family<CommandLabels, Counter>,
    deliveries: Family<DeliveryLabels, Counter>,
    delivery: Histograms,
    /// Milliseconds of uptime.
    last_good_poll: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix(PREFIX);
        let polls = Family::default();
        registry.register("polls", "Readings of sources, by kind of source and outcome", Family::clone(&polls));
        let poll_duration = Histogram::new(POLL_BOUNDS);
        let help = "How long reading a source took, from asking to the last byte understood";
        registry.register_with_unit("poll_duration", help, Unit::Seconds, poll_duration.clone());
        let transitions = Family::default();
        registry.register("transitions", "Changes of incidents worth telling, by kind", Family::clone(&transitions));
        let commands = Family::default();
        registry.register("commands", "What people asked for, by command and outcome", Family::clone(&commands));
        let deliveries = Family::default();
        registry.register("deliveries", "Tries to tell a chat, by platform and outcome", Family::clone(&deliveries));
        let delivery: Histograms = Family::new_with_constructor(delivery_histogram);
        let help = "From the reading that brought news to the chat that was told";
        registry.register_with_unit("delivery", help, Unit::Seconds, delivery.clone());
        // From the start on, so that the first one of each counts as a rise.
        for kind in TransitionKind::ALL {
            drop(transitions.get_or_create(&KindLabel { kind: kind.word() }));
        }
        let last_good_poll = AtomicU64::new(NEVER);
        Self { registry, polls, poll_duration, transitions, commands, deliveries, delivery, last_good_poll }
    }

    /// Sources of this kind are read from now on: their series begin at zero.
    pub fn expect_polls(&self, kind: SourceKind) {
        for outcome in PollOutcome::ALL {
            drop(self.polls.get_or_create(&PollLabels { kind: kind.word(), outcome: outcome.word() }));
        }
    }

    /// A command can be asked for from now on: its series begin at zero.
    pub fn expect_commands(&self, command: &'static str) {
        for outcome in CommandOutcome::ALL {
            drop(self.commands.get_or_create(&CommandLabels { command, outcome: outcome.word() }));
        }
    }

    /// A source was asked; `at` is the program's uptime.
    pub fn polled(&self, kind: SourceKind, outcome: PollOutcome, at: Duration) {
        self.polls.get_or_create(&PollLabels { kind: kind.word(), outcome: outcome.word() }).inc();
        if outcome == PollOutcome::Good {
            let millis = u64::try_from(at.as_millis()).unwrap_or(NEVER - 1);
            self.last_good_poll.store(millis, Ordering::Relaxed);
        }
    }

    /// Reading a source took so long, however it ended.
    pub fn read_in(&self, span: Duration) {
        self.poll_duration.observe(span.as_secs_f64());
    }

    /// At which uptime a source was last read well; `None`: none was.
    #[must_use]
    pub fn last_good_poll(&self) -> Option<Duration> {
        let millis = self.last_good_poll.load(Ordering::Relaxed);
        (millis != NEVER).then(|| Duration::from_millis(millis))
    }

    /// An incident has changed.
    pub fn transition(&self, kind: TransitionKind) {
        self.transitions.get_or_create(&KindLabel { kind: kind.word() }).inc();
    }

    /// Somebody asked for something; `command` is the name of a declared command, or a word for what is none.
    pub fn command(&self, command: &'static str, outcome: CommandOutcome) {
        self.commands.get_or_create(&CommandLabels { command, outcome: outcome.word() }).inc();
    }

    /// Where a platform's deliveries are counted.
    #[must_use]
    pub fn deliveries(&self, platform: Platform) -> Deliveries {
        let platform = platform.word();
        let counter = |outcome: Delivered| {
            self.deliveries.get_or_create_owned(&DeliveryLabels { platform, outcome: outcome.word() })
        };
        Deliveries::new(counter, self.delivery.get_or_create_owned(&PlatformLabel { platform }))
    }

    /// Writes all that was counted, as OpenMetrics text without its end.
    ///
    /// # Errors
    ///
    /// What the writer meets.
    pub fn write(&self, page: &mut String) -> fmt::Result {
        text::encode_registry(page, &self.registry)
    }
}

fn delivery_histogram() -> Histogram {
    Histogram::new(DELIVERY_BOUNDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(metrics: &Metrics) -> String {
        let mut page = String::new();
        metrics.write(&mut page).unwrap();
        page
    }

    #[test]
    fn what_happened_is_counted_under_its_name() {
        let metrics = Metrics::new();
        assert_eq!(metrics.last_good_poll(), None);
        metrics.expect_polls(SourceKind::Rss);
        assert!(page(&metrics).contains("foghorn_polls_total{kind=\"rss\",outcome=\"good\"} 0\n"));
        metrics.polled(SourceKind::Rss, PollOutcome::Unreadable, Duration::from_secs(7));
        assert_eq!(metrics.last_good_poll(), None);
        metrics.polled(SourceKind::Rss, PollOutcome::Good, Duration::from_secs(9));
        assert_eq!(metrics.last_good_poll(), Some(Duration::from_secs(9)));
        metrics.read_in(Duration::from_millis(200));
        metrics.transition(TransitionKind::Opened);
        metrics.command("status", CommandOutcome::Answered);
        let told = metrics.deliveries(Platform::Discord);
        told.told(Duration::from_millis(20));
        told.ended(Delivered::Waited);
        let page = page(&metrics);
        for line in [
            "foghorn_polls_total{kind=\"rss\",outcome=\"good\"} 1",
            "foghorn_polls_total{kind=\"rss\",outcome=\"unreadable\"} 1",
            "foghorn_poll_duration_seconds_bucket{le=\"0.1\"} 0",
            "foghorn_poll_duration_seconds_bucket{le=\"0.25\"} 1",
            "foghorn_transitions_total{kind=\"opened\"} 1",
            "foghorn_transitions_total{kind=\"resolved\"} 0",
            "foghorn_commands_total{command=\"status\",outcome=\"answered\"} 1",
            "foghorn_deliveries_total{platform=\"discord\",outcome=\"told\"} 1",
            "foghorn_deliveries_total{platform=\"discord\",outcome=\"waited\"} 1",
            "foghorn_deliveries_total{platform=\"discord\",outcome=\"dead\"} 0",
            "foghorn_delivery_seconds_count{platform=\"discord\"} 1",
        ] {
            assert!(page.lines().any(|one| one == line), "{line}\n{page}");
        }
    }
}
