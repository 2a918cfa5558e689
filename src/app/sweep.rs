//! Removing what nobody needs any more from the store, once a day.

use std::{error::Error, sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::{
    clock::Clock,
    detect::Rules,
    store::{Store, StoreError},
};

/// From the start to the first time: a start has enough to do.
const FIRST: Duration = Duration::from_secs(600);

/// From the end of one to the next.
const EVERY: Duration = Duration::from_secs(86_400);

/// Between two steps, so that nobody waits for the store because of this.
const PAUSE: Duration = Duration::from_millis(50);

/// Goes through the store every day until `stop`. `rules` say how long incidents are kept.
pub async fn run(store: Arc<dyn Store>, clock: Arc<dyn Clock>, rules: Rules, stop: CancellationToken) {
    let mut wait = FIRST;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = clock.sleep(wait) => {}
        }
        wait = EVERY;
        tokio::select! {
            () = stop.cancelled() => return,
            swept = once(store.as_ref(), clock.as_ref(), &rules, PAUSE) => match swept {
                Ok(0) => {}
                Ok(removed) => info!(removed, "what is old and of no use any more was removed from the store"),
                Err(cause) => error!(cause = &cause as &dyn Error, "the store cannot be cleared of what is old; trying again tomorrow"),
            }
        }
    }
}

/// Goes through the store once, and says how many rows went.
///
/// # Errors
///
/// [`StoreError`] when the store cannot be read or written.
pub async fn once(store: &dyn Store, clock: &dyn Clock, rules: &Rules, pause: Duration) -> Result<usize, StoreError> {
    let (mut place, mut removed) = (None, 0);
    loop {
        let now = clock.now();
        let swept = store.sweep(place, now, rules.history_from(now)).await?;
        removed += swept.removed;
        if swept.next.is_none() {
            return Ok(removed);
        }
        place = swept.next;
        if !pause.is_zero() {
            clock.sleep(pause).await;
        }
    }
}
