//! Chats whose channel may have gone while nobody listened: Discord tells of what is there, and not of threads that were put
//! away, so it is asked about each.

use std::{sync::Arc, time::Duration};

use tokio::{sync::mpsc, time::sleep};
use tracing::{info, warn};

use super::{
    Core,
    errors::{RestError, UNKNOWN_CHANNEL},
    interaction::id_at,
    route::Route,
    session::{ASKED_AGAIN, leave, pause},
};
use crate::chat::Event;

/// Between two of these questions: nobody is in a hurry, and alerts share the pace.
const BETWEEN: Duration = Duration::from_millis(100);

/// A channel or thread that was subscribed and not told of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missing {
    pub(super) guild: u64,
    pub(super) channel: u64,
}

/// Ends the subscriptions of those that are gone, one after the other, for as long as it runs.
pub(super) async fn end_missing(core: Arc<Core>, inbox: mpsc::Sender<Event>, mut doubtful: mpsc::Receiver<Missing>) {
    while let Some(Missing { guild, channel }) = doubtful.recv().await {
        // Some that are there are out of sight, and each of those is a refusal.
        if core.rest.hold_of_barred().is_some() {
            warn!("Discord refused too much lately; chats that may be gone are looked for after the next start");
            return;
        }
        if is_gone(&core, channel).await {
            info!(guild, channel, "a channel on Discord has gone while the bot was not connected");
            leave(&inbox, format!("{guild}/{channel}")).await;
        }
        sleep(BETWEEN).await;
    }
}

/// Whether there is no such channel any more. Discord says so itself, or it is not so.
async fn is_gone(core: &Core, channel: u64) -> bool {
    for tries in 0..ASKED_AGAIN {
        match core.rest.call(&Route::Channel(channel), None).await {
            Ok(answer) => {
                if let Some(parent) = id_at(&answer.body, "/parent_id") {
                    core.known().thread_in(channel, parent);
                }
                return false;
            }
            Err(RestError::Limited { after, .. }) => sleep(after).await,
            Err(error) if error.is_passing() => sleep(pause(tries)).await,
            Err(error) => return error.code() == UNKNOWN_CHANNEL,
        }
    }
    warn!(channel, "whether a channel is still there cannot be found out; the next start tries again");
    false
}
