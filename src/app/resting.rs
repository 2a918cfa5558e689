//! Chats that have rested for too long: what is kept of them is removed.

use std::{error::Error, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tracing::{error, info};

use crate::{
    app::roster::Roster,
    clock::Clock,
    domain::LONGEST_SUSPENSION,
    store::{Store, StoreError},
};

/// How often it is looked for them.
const EVERY: Duration = Duration::from_secs(3_600);

/// Ends chats that have rested for too long, now and every hour. Never ends by itself.
pub async fn end_old(store: Arc<dyn Store>, clock: Arc<dyn Clock>, roster: Arc<Roster>) {
    let mut has_failed = false;
    loop {
        match end_once(store.as_ref(), clock.now()).await {
            Ok(0) => has_failed = false,
            Ok(_) => {
                has_failed = false;
                roster.stir();
            }
            Err(cause) if !has_failed => {
                has_failed = true;
                error!(cause = &cause as &dyn Error, "chats that rest for too long cannot be looked for; trying on");
            }
            Err(_) => {}
        }
        clock.sleep(EVERY).await;
    }
}

/// Ends chats that have rested for too long, and says how many there were.
///
/// # Errors
///
/// [`StoreError`] when the store cannot be read or written.
pub async fn end_once(store: &dyn Store, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let Some(since) = now.checked_sub_signed(LONGEST_SUSPENSION) else { return Ok(0) };
    let mut count = 0;
    loop {
        let ended = store.end_suspended(since).await?;
        if ended.is_empty() {
            return Ok(count);
        }
        count += ended.len();
        for one in ended {
            let (subscriptions, since, reason) = (one.subscriptions, one.suspension.since, one.suspension.reason);
            info!(chat = %one.chat, subscriptions, %since, reason, "a chat has rested for 30 days; what was kept of it is removed");
        }
    }
}
