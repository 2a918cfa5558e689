//! What chats asked to be done at a time: it is waited for the next one of all, and nothing is looked at before.

use std::{error::Error, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::{debug, error};

use crate::{
    clock::Clock,
    store::{Store, StoreError},
};

/// Appointments kept at once, so that nobody else waits long for the store when many chats have chosen the same time.
const AT_ONCE: usize = 64;

/// The longest wait before the time of day is looked at again: it may have been set, and a computer may have slept.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How long the store is left alone after it failed.
const STORE_REST: Duration = Duration::from_secs(30);

/// Keeps the appointments of chats until `stop`. `changed` says that there may be an earlier one; `wake` are woken when
/// something is to be delivered.
pub async fn run(
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    changed: Arc<Notify>,
    wake: Vec<Arc<Notify>>,
    stop: CancellationToken,
) {
    let mut has_failed = false;
    loop {
        let wait = match keep_due(store.as_ref(), clock.now(), &wake).await {
            Ok(next) => {
                has_failed = false;
                next.map(|next| (next - clock.now()).to_std().unwrap_or_default().min(LONGEST_WAIT))
            }
            Err(cause) => {
                if !has_failed {
                    error!(cause = &cause as &dyn Error, "digests and ends of mutes cannot be looked for; trying on");
                }
                has_failed = true;
                Some(STORE_REST)
            }
        };
        let rest = async {
            match wait {
                Some(wait) => clock.sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = changed.notified() => {}
            () = rest => {}
        }
    }
}

/// Keeps all appointments that are due, and says when the next one is.
async fn keep_due(
    store: &dyn Store,
    now: DateTime<Utc>,
    wake: &[Arc<Notify>],
) -> Result<Option<DateTime<Utc>>, StoreError> {
    loop {
        let appointments = store.keep_appointments(now, AT_ONCE).await?;
        if appointments.kept > 0 {
            debug!(count = appointments.kept, "digests and ends of mutes were due");
            wake.iter().for_each(|wake| wake.notify_one());
        }
        if appointments.next.is_none_or(|next| next > now) {
            return Ok(appointments.next);
        }
    }
}
