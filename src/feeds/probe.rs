//! Measuring a site: one request, and a verdict that does not blame others for our own network.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use futures_util::{StreamExt, stream::FuturesUnordered};
use url::{Host, Url};

use crate::{
    domain::{Ask, Condition, Observation, ProbeRule, Reading},
    feeds::{Feed, FeedError},
    http::{Answer, Http, HttpError, Want},
};

/// How long one look at the control targets speaks for all probes.
const CONTROLS_HOLD_FOR: Duration = Duration::from_secs(10);

/// Sites that are practically never down all at once: when none of them answers, it is our own network (DESIGN rule 5).
///
/// Shared by all probes, asked only when one of them fails.
#[derive(Debug)]
pub struct Controls {
    http: Http,
    targets: Vec<Url>,
    /// When they were asked last and whether one answered. Locked while they are asked, so they are asked once.
    last: tokio::sync::Mutex<Option<(Instant, bool)>>,
}

impl Controls {
    /// Control targets at these addresses; none: the network is taken to be fine.
    #[must_use]
    pub fn new(http: &Http, targets: Vec<Url>) -> Arc<Self> {
        Arc::new(Self { http: http.clone(), targets, last: tokio::sync::Mutex::default() })
    }

    /// Whether our own network works: any answer of any target, whatever its status, says so.
    async fn is_network_fine(&self) -> bool {
        if self.targets.is_empty() {
            return true;
        }
        let mut last = self.last.lock().await;
        if let Some((asked, is_fine)) = *last
            && asked.elapsed() < CONTROLS_HOLD_FOR
        {
            return is_fine;
        }
        let mut answers: FuturesUnordered<_> = self.targets.iter().map(|url| self.http.get(url, Want::Head)).collect();
        let mut is_fine = false;
        while let Some(answer) = answers.next().await {
            if answer.is_ok() {
                is_fine = true;
                break;
            }
        }
        *last = Some((Instant::now(), is_fine));
        is_fine
    }
}

/// A site that is measured.
pub(super) struct Probe {
    http: Http,
    controls: Arc<Controls>,
    url: Url,
    rule: ProbeRule,
    /// The verdict on an answer that also asked us to wait: the site's own word until then.
    told_to_wait: Mutex<Option<Observation>>,
}

impl Probe {
    pub(super) fn new(http: Http, controls: Arc<Controls>, url: Url, rule: ProbeRule) -> Self {
        Self { http, controls, url, rule, told_to_wait: Mutex::default() }
    }

    fn remember(&self, told_to_wait: Option<Observation>) {
        *self.told_to_wait.lock().unwrap_or_else(PoisonError::into_inner) = told_to_wait;
    }

    fn remembered(&self) -> Option<Observation> {
        self.told_to_wait.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Feed for Probe {
    /// One try. A bad one is told as a major outage: how many of them make an incident is detection's question.
    async fn read(&self, _ask: &Ask) -> Result<Reading, FeedError> {
        let want = if self.rule.keyword.is_some() { Want::Beginning } else { Want::Head };
        let verdict = match self.http.get(&self.url, want).await {
            Ok(answer) => {
                let verdict = judge(&self.rule, &answer);
                self.remember(answer.retry_after.map(|_| verdict.clone()).filter(is_failure));
                verdict
            }
            // A site that is down and says until when is still down: no request is needed to know.
            Err(HttpError::Held { after }) => {
                return self.remembered().map(Reading::Fresh).ok_or(FeedError::Later { after });
            }
            Err(error @ HttpError::Address { .. }) => return Err(FeedError::Unreadable { reason: error.to_string() }),
            Err(error) => failure(error.to_string(), None),
        };
        if is_failure(&verdict) && !is_this_computer(&self.url) && !self.controls.is_network_fine().await {
            return Err(FeedError::Unreadable { reason: "own network: no control target answers".to_owned() });
        }
        Ok(Reading::Fresh(verdict))
    }
}

/// What an answer says about the site.
fn judge(rule: &ProbeRule, answer: &Answer) -> Observation {
    let latency_ms = u32::try_from(answer.elapsed.as_millis()).unwrap_or(u32::MAX);
    let status = answer.status;
    if !rule.reachable.iter().any(|&(least, most)| (least..=most).contains(&status)) {
        return failure(format!("HTTP {status}"), Some(latency_ms));
    }
    if let Some(keyword) = &rule.keyword
        && !holds(answer, keyword)
    {
        return failure("keyword not found".to_owned(), Some(latency_ms));
    }
    let is_slow = rule.slow_after.is_some_and(|patience| answer.elapsed > patience);
    let remark = if is_slow {
        Some(format!("answered after {latency_ms} ms"))
    } else {
        (!(200..300).contains(&status)).then(|| format!("HTTP {status}"))
    };
    let condition = if is_slow { Condition::Degraded } else { Condition::Operational };
    Observation { condition, latency_ms: Some(latency_ms), remark, ..Observation::default() }
}

/// Whether the page contains the keyword, in whatever character set it is written.
fn holds(answer: &Answer, keyword: &str) -> bool {
    let charset = answer.charset.as_deref().and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let (text, _, _) = charset.unwrap_or(encoding_rs::UTF_8).decode(&answer.body);
    text.contains(keyword)
}

fn failure(remark: String, latency_ms: Option<u32>) -> Observation {
    Observation { condition: Condition::MajorOutage, latency_ms, remark: Some(remark), ..Observation::default() }
}

fn is_failure(observation: &Observation) -> bool {
    observation.condition == Condition::MajorOutage
}

/// Whether the address is this computer's own: no network lies between.
fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_this_computer() {
        for (address, expected) in [
            ("http://localhost:1/", true),
            ("http://127.3.2.1/", true),
            ("http://[::1]:80/", true),
            ("http://10.0.0.1/", false),
            ("http://localhost.example/", false),
        ] {
            assert_eq!(is_this_computer(&Url::parse(address).expect("a valid address")), expected, "{address}");
        }
    }
}
