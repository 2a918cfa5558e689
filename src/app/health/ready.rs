//! Whether the program does what it is for: the store answers, every platform is connected, sources are read.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::timeout;

use super::{Health, STORE_LIMIT};

/// Without a good reading in so many intervals, something is wrong.
const INTERVALS: u32 = 3;

/// What was looked at, and what is wrong with it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Readiness {
    ready: bool,
    checks: Vec<Check>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Check {
    name: String,
    ok: bool,
    /// `null` when all is well.
    fault: Option<String>,
}

impl Check {
    fn new(name: &str, fault: Option<String>) -> Self {
        Self { name: name.to_owned(), ok: fault.is_none(), fault }
    }
}

impl Readiness {
    /// Looks.
    pub(super) async fn of(health: &Health) -> Self {
        let store = match timeout(STORE_LIMIT, health.store.backlog()).await {
            Ok(Ok(_)) => None,
            Ok(Err(cause)) => Some(cause.to_string()),
            Err(_) => Some(format!("no answer within {} s", STORE_LIMIT.as_secs())),
        };
        let mut checks = vec![Check::new("store", store)];
        for platform in &health.options.unusable {
            checks.push(Check::new(platform.word(), Some("it cannot be used; the log says why".to_owned())));
        }
        for chat in &health.chats {
            let fault = (!chat.link().is_up).then(|| "not connected".to_owned());
            checks.push(Check::new(chat.platform().word(), fault));
        }
        checks.push(Check::new("polls", polls(health)));
        Self { ready: checks.iter().all(|check| check.ok), checks }
    }

    pub(super) const fn is_ready(&self) -> bool {
        self.ready
    }

    /// What is wrong, in words.
    pub(super) fn faults(&self) -> String {
        let fault = |check: &Check| Some(format!("{}: {}", check.name, check.fault.as_ref()?));
        self.checks.iter().filter_map(fault).collect::<Vec<_>>().join("; ")
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("names and sentences are JSON") + "\n"
    }
}

/// What is wrong with reading sources. A reading may take as long as it may before it counts as late.
fn polls(health: &Health) -> Option<String> {
    if health.roster.sources().borrow().is_empty() {
        return None;
    }
    let patience = health.poll.interval.saturating_mul(INTERVALS).saturating_add(health.options.timeout);
    let now = health.clock.uptime();
    match health.metrics.last_good_poll() {
        Some(last) if now.saturating_sub(last) <= patience => None,
        Some(last) => Some(format!("no source was read well for {}", whole_seconds(now.saturating_sub(last)))),
        None => Some("no source was read well since the start".to_owned()),
    }
}

fn whole_seconds(span: Duration) -> humantime::FormattedDuration {
    humantime::format_duration(Duration::from_secs(span.as_secs()))
}

/// What a page of ours says is wrong, in words; `None` when it is none.
pub(super) fn faults(body: &[u8]) -> Option<String> {
    serde_json::from_slice::<Readiness>(body).ok().map(|readiness| readiness.faults())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_in_words() {
        let checks = vec![
            Check::new("store", None),
            Check::new("discord", Some("not connected".to_owned())),
            Check::new("polls", Some("no source was read well since the start".to_owned())),
        ];
        let page = Readiness { ready: false, checks }.json();
        let told = "discord: not connected; polls: no source was read well since the start";
        assert_eq!(faults(page.as_bytes()).as_deref(), Some(told));
        assert_eq!(faults(b"<html>"), None);
    }
}
