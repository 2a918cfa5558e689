//! Receiving updates by asking for them (long polling).
//!
//! Asking for updates from a number on confirms all before it, so that number is the first one whose effects are not stored
//! yet. What comes again meanwhile is known by its number.

use std::{sync::Arc, time::Duration};

use teloxide::{payloads::GetUpdates, types::AllowedUpdate};
use tokio::time::{Instant, sleep};
use tracing::{info, warn};

use super::{api::Failure, limits, reception::Reception, update::Raw};

/// The kinds of updates that are asked for. Telegram remembers the list, so it is always sent.
pub(super) const KINDS: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::ChannelPost,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::MyChatMember,
];

/// Receives until told to stop.
///
/// # Errors
///
/// [`Failure`] when Telegram does not take the token any more. All else is tried again.
pub(super) async fn run(reception: &Arc<Reception>) -> Result<(), Failure> {
    let mut troubles = Troubles::default();
    let mut last_heard = Instant::now();
    loop {
        let asked = Instant::now();
        let batch = tokio::select! {
            biased;
            () = reception.stop.cancelled() => break,
            batch = fetch(reception, limits::POLL) => batch,
        };
        let pause = match batch {
            Ok(updates) => {
                let link = &reception.sender.api.link;
                if troubles.end() {
                    link.came_back()
                } else {
                    link.stands(true)
                }
                if !updates.is_empty() {
                    last_heard = Instant::now();
                } else if last_heard.elapsed() >= limits::UPDATES_KEPT && reception.progress.is_idle() {
                    reception.progress.forget();
                }
                let news = updates.iter().filter(|Raw(update)| reception.take(update)).count();
                // New ones are mostly done at once, and then may be confirmed at once; what takes longer keeps nobody from
                // being heard. What was there already is not asked for without end.
                if news > 0 { Pause::Done } else { Pause::For(limits::POLL_PAUSE.saturating_sub(asked.elapsed())) }
            }
            Err(failure) if failure.is_bad_token() => return Err(failure),
            Err(failure) => {
                reception.sender.api.link.stands(false);
                Pause::For(troubles.pause(&failure))
            }
        };
        tokio::select! {
            () = reception.stop.cancelled() => break,
            () = pause.over(reception) => {}
        }
    }
    reception.finish().await;
    farewell(reception).await;
    Ok(())
}

enum Pause {
    /// Until all updates are done, or a moment has passed.
    Done,
    For(Duration),
}

impl Pause {
    async fn over(self, reception: &Reception) {
        match self {
            Self::Done => tokio::select! {
                () = reception.progress.idle() => {}
                () = sleep(limits::POLL_PAUSE) => {}
            },
            Self::For(span) => sleep(span).await,
        }
    }
}

async fn fetch(reception: &Reception, wait: Duration) -> Result<Vec<Raw>, Failure> {
    let mut request = GetUpdates::new();
    request.offset = reception.progress.offset();
    request.limit = Some(limits::UPDATES);
    request.timeout = u32::try_from(wait.as_secs()).ok();
    request.allowed_updates = Some(KINDS.to_vec());
    reception.sender.api.call(&request, limits::POLL_PATIENCE).await
}

/// Confirms what was handled since the last request, so that it does not come again after the next start.
async fn farewell(reception: &Reception) {
    if reception.progress.offset().is_none() {
        return;
    }
    let asked = tokio::time::timeout(limits::FAREWELL, fetch(reception, Duration::ZERO)).await;
    if !matches!(asked, Ok(Ok(_))) {
        info!(platform = "telegram", "the last updates could not be confirmed; they come again after the next start");
    }
}

/// Failures in a row: told when they begin, now and then while they last, and when they end.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    count: u32,
}

impl Troubles {
    /// How long to wait after one more.
    pub(super) fn pause(&mut self, failure: &Failure) -> Duration {
        self.count = self.count.saturating_add(1);
        if self.count.is_power_of_two() {
            let told = failure.to_string();
            if failure.is_conflict() {
                warn!(
                    platform = "telegram",
                    told, "somebody else receives this bot's messages: stop the other program, or remove its webhook"
                );
            } else {
                warn!(platform = "telegram", told, failures = self.count, "receiving fails and is tried again");
            }
        }
        let doubled = limits::FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(self.count - 1));
        let pause = doubled.min(limits::LONGEST_PAUSE);
        // Several programs that lost the same server shall not come back at the same moment.
        let pause = pause.mul_f64(0.75 + fastrand::f64() / 2.0);
        failure.retry_after().map_or(pause, |asked| asked.max(pause))
    }

    /// It works; says whether it did not before.
    pub(super) fn end(&mut self) -> bool {
        if self.count > 0 {
            info!(platform = "telegram", failures = self.count, "receiving works again");
        }
        std::mem::take(&mut self.count) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost() -> Failure {
        Failure::Lost { reason: "as a test".to_owned(), is_in_doubt: false }
    }

    #[test]
    fn pauses_grow_and_are_never_shorter_than_telegram_asks() {
        let mut troubles = Troubles::default();
        let pauses: Vec<_> = (0..10).map(|_| troubles.pause(&lost())).collect();
        assert!(pauses[0] >= Duration::from_millis(750) && pauses[0] <= Duration::from_millis(1_250));
        assert!(pauses[9] >= Duration::from_secs(22) && pauses[9] <= Duration::from_secs(38));
        troubles.end();
        let slow = Failure::Refused { code: 429, description: String::new(), retry_after: Some(97), moved_to: None };
        assert_eq!(troubles.pause(&slow), Duration::from_secs(97));
    }
}
