//! Publishing what stands in announcement channels to those who follow them. The alert is in its channel already, so this
//! holds nothing up: it waits for the channel's own limit, and is tried again when Discord is in trouble.

use std::sync::Arc;

use futures_util::{StreamExt, stream::FuturesUnordered};
use tokio::time::{Instant, sleep};
use tracing::debug;

use super::{
    Core,
    errors::RestError,
    known::ChannelKind,
    limits::{PUBLICATIONS_AT_ONCE, PUBLISH_TRIES, PUBLISH_WITHIN},
    place::Spot,
    route::Route,
    session::pause,
};

/// It is published already.
const PUBLISHED: u32 = 40_033;

/// A message that may be one to publish.
#[derive(Clone, Copy, Debug)]
pub(super) struct Publication {
    /// The server it is in.
    pub(super) guild: u64,
    /// Where it is.
    pub(super) spot: Spot,
}

impl Core {
    /// Has a message published if its channel is one for announcements, some time.
    pub(super) fn publish(&self, publication: Publication) {
        if self.known().kind(Some(publication.guild), publication.spot.channel) == Some(ChannelKind::Ordinary) {
            return;
        }
        if self.publish.try_send(publication).is_err() {
            debug!(channel = publication.spot.channel, "too much is to be published; a message is not");
        }
    }
}

/// Publishes what is asked for, for as long as it runs.
pub(super) async fn publish_all(core: Arc<Core>) {
    let mut asked = core.publications.lock().await;
    let mut under_way = FuturesUnordered::new();
    loop {
        tokio::select! {
            Some(publication) = asked.recv(), if under_way.len() < PUBLICATIONS_AT_ONCE => {
                under_way.push(publish(&core, publication));
            }
            Some(()) = under_way.next() => {}
            else => return,
        }
    }
}

async fn publish(core: &Core, publication: Publication) {
    let channel = publication.spot.channel;
    let (began, mut tries) = (Instant::now(), 0);
    loop {
        let wait = match attempt(core, publication).await {
            Ok(()) => return,
            Err(RestError::Limited { after, .. }) => after,
            Err(error) if error.is_passing() && tries < PUBLISH_TRIES => {
                tries += 1;
                pause(tries)
            }
            Err(error) => return debug!(channel, %error, "a message is not published"),
        };
        if began.elapsed() + wait > PUBLISH_WITHIN {
            return debug!(channel, wait_s = wait.as_secs(), "a message is not published: its channel has been busy");
        }
        sleep(wait).await;
    }
}

async fn attempt(core: &Core, Publication { guild, spot }: Publication) -> Result<(), RestError> {
    match core.kind(Some(guild), spot.channel).await? {
        ChannelKind::Ordinary | ChannelKind::Forum => return Ok(()),
        ChannelKind::Announcement => {}
    }
    match core.rest.call(&Route::Publish(spot.channel, spot.message), None).await {
        // An earlier try went through, and only its answer was lost.
        Err(error) if error.code() == PUBLISHED => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}
