//! How long to wait after a failed try.

use std::time::Duration;

use crate::{dispatch::plan::stable_hash, store::DeliveryId};

/// The first wait.
const FIRST: Duration = Duration::from_secs(1);
/// The longest wait: a platform that is back is noticed within this time.
const LONGEST: Duration = Duration::from_secs(300);

/// How long to wait after this many failed tries (1 for the first): doubling from a second to five minutes, each ± 25 %
/// so that chats that failed together do not come back together. The same for the same delivery and count.
#[must_use]
pub fn wait_after(delivery: &DeliveryId, attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    let wait = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    let seed = stable_hash(format!("{}\n{}\n{attempts}", delivery.chat, delivery.incident).as_bytes());
    // FNV's low bits vary little for texts that differ in their last byte; fold the high ones in.
    let share = u32::try_from((seed ^ (seed >> 32)) % 501).unwrap_or_default();
    wait.saturating_mul(750 + share) / 1000
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::{ChatId, IncidentId, Platform};

    fn delivery(address: &str) -> DeliveryId {
        let chat = ChatId { platform: Platform::Telegram, address: address.into() };
        DeliveryId { chat, incident: IncidentId::parse("whatsapp-1").unwrap() }
    }

    #[test]
    fn waits_grow_from_a_second_to_five_minutes() {
        for attempts in 1..100 {
            let wait = wait_after(&delivery("1"), attempts);
            assert!(wait >= Duration::from_millis(750), "{attempts}: {wait:?}");
            assert!(wait <= Duration::from_secs(375), "{attempts}: {wait:?}");
        }
        assert!(wait_after(&delivery("1"), 9) > Duration::from_secs(180));
    }

    #[test]
    fn chats_that_failed_together_come_back_apart() {
        let waits: HashSet<Duration> = (0..100).map(|chat| wait_after(&delivery(&chat.to_string()), 6)).collect();
        assert!(waits.len() > 50, "{} different waits for 100 chats", waits.len());
    }
}
