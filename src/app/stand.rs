//! Telling platforms how the watched services stand, for those that show it beside the bot's name.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{app::tracks::Tracks, chat::SharedChat, clock::Clock};

/// Changes within this time are told together.
const TOGETHER: Duration = Duration::from_secs(1);

/// Tells every platform how the services stand, now and whenever that changes, until told to stop. `changed` is woken
/// when it may have.
pub async fn tell(
    tracks: Arc<Tracks>,
    chats: Vec<SharedChat>,
    changed: Arc<Notify>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) {
    let mut told = None;
    loop {
        let standing = tracks.standing();
        if told != Some(standing) {
            chats.iter().for_each(|chat| chat.stand(standing));
            told = Some(standing);
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = async { changed.notified().await; clock.sleep(TOGETHER).await } => {}
        }
    }
}
