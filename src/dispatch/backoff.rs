//! How long to wait after a failed try.

use std::time::Duration;

use crate::{dispatch::plan::stable_hash, store::DeliveryId};

/// How long to wait from try to try: doubling from the first wait to the longest, each ± 25 % so that chats that failed
/// together do not come back together.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    first: Duration,
    longest: Duration,
}

/// With a platform that cannot be reached: one that is back is noticed within five minutes.
pub const UNREACHABLE: Patience = Patience { first: Duration::from_secs(1), longest: Duration::from_secs(300) };

/// With a message that may have arrived and would be there twice: sooner when the platform takes others.
pub(super) const DOUBTFUL: Patience = Patience { first: Duration::from_secs(60), longest: Duration::from_secs(300) };

/// With a chat that cannot be written to: people mend that, in their own time.
pub const BARRED: Patience = Patience { first: Duration::from_secs(60), longest: Duration::from_secs(3_600) };

impl Patience {
    /// How long to wait after this many failed tries (1 for the first). The same for the same delivery and count.
    #[must_use]
    pub fn wait_after(self, delivery: &DeliveryId, tries: u32) -> Duration {
        let wait = self.first.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(self.longest);
        let seed = stable_hash(format!("{}\n{}\n{tries}", delivery.chat, delivery.incident).as_bytes());
        // FNV's low bits vary little for texts that differ in their last byte; fold the high ones in.
        let share = u32::try_from((seed ^ (seed >> 32)) % 501).unwrap_or_default();
        wait.saturating_mul(750 + share) / 1000
    }

    /// After how many failed tries a delivery has been tried for this long, waits of ordinary length between them.
    #[must_use]
    pub fn tries_within(self, span: Duration) -> u32 {
        let waits = (0..).map(|doublings| self.first.saturating_mul(1 << doublings));
        let mut growing = waits.take_while(|wait| *wait < self.longest);
        let mut left = span;
        let few = growing.by_ref().take_while(|wait| left.checked_sub(*wait).map(|rest| left = rest).is_some()).count();
        u32::try_from(few as u128 + left.as_nanos() / self.longest.as_nanos().max(1)).unwrap_or(u32::MAX)
    }
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
            let wait = UNREACHABLE.wait_after(&delivery("1"), attempts);
            assert!(wait >= Duration::from_millis(750), "{attempts}: {wait:?}");
            assert!(wait <= Duration::from_secs(375), "{attempts}: {wait:?}");
        }
        assert!(UNREACHABLE.wait_after(&delivery("1"), 9) > Duration::from_secs(180));
    }

    #[test]
    fn a_chat_that_is_barred_is_tried_after_minutes_and_then_every_hour() {
        let waits: Vec<u64> = (1..9).map(|tries| BARRED.wait_after(&delivery("1"), tries).as_secs() / 60).collect();
        assert!((0..=1).contains(&waits[0]), "{waits:?}");
        assert!(waits[6..].iter().all(|minutes| (45..=75).contains(minutes)), "{waits:?}");
    }

    #[test]
    fn a_day_has_room_for_some_three_hundred_tries() {
        assert_eq!(UNREACHABLE.tries_within(Duration::ZERO), 0);
        assert_eq!(UNREACHABLE.tries_within(Duration::from_secs(7)), 3);
        assert_eq!(UNREACHABLE.tries_within(Duration::from_secs(511)), 9);
        assert_eq!(UNREACHABLE.tries_within(Duration::from_secs(511 + 300)), 10);
        assert_eq!(UNREACHABLE.tries_within(Duration::from_secs(86_400)), 295);
    }

    #[test]
    fn chats_that_failed_together_come_back_apart() {
        let waits: HashSet<Duration> =
            (0..100).map(|chat| UNREACHABLE.wait_after(&delivery(&chat.to_string()), 6)).collect();
        assert!(waits.len() > 50, "{} different waits for 100 chats", waits.len());
    }
}
