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

/// After how many failed tries a delivery has been tried for this long, waits of ordinary length between them.
#[must_use]
pub fn tries_within(span: Duration) -> u32 {
    let mut waits = (0..).map(|doublings| FIRST.saturating_mul(1 << doublings)).take_while(|wait| *wait < LONGEST);
    let mut left = span;
    let growing = waits.by_ref().take_while(|wait| left.checked_sub(*wait).map(|rest| left = rest).is_some()).count();
    u32::try_from(growing as u128 + left.as_nanos() / LONGEST.as_nanos()).unwrap_or(u32::MAX)
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
    fn a_day_has_room_for_some_three_hundred_tries() {
        assert_eq!(tries_within(Duration::ZERO), 0);
        assert_eq!(tries_within(Duration::from_secs(7)), 3);
        assert_eq!(tries_within(Duration::from_secs(511)), 9);
        assert_eq!(tries_within(Duration::from_secs(511 + 300)), 10);
        assert_eq!(tries_within(Duration::from_secs(86_400)), 295);
    }

    #[test]
    fn chats_that_failed_together_come_back_apart() {
        let waits: HashSet<Duration> = (0..100).map(|chat| wait_after(&delivery(&chat.to_string()), 6)).collect();
        assert!(waits.len() > 50, "{} different waits for 100 chats", waits.len());
    }
}
