//! `foghorn status`: how services are, as the running bot knows it, or read now.

use std::{collections::HashMap, fmt::Write, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream};

use crate::{
    app::watch::Watched,
    chat::console::{self, Console, Paper},
    clock::Clock,
    commands::{self, About, Origin, Typed, View, Wellbeing},
    detect::{self, Rules},
    domain::{Ask, Catalogue, ChatSettings, Reading, RequestId, Service, ServiceId, Track},
};

/// Sources read at the same time.
const AT_ONCE: usize = 64;

/// A word that names no service.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no service{}", .near.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
pub struct UnknownService {
    /// What was typed.
    pub word: String,
    /// The id that is most like it.
    pub near: Option<String>,
}

/// Reads the sources of these services (none: all) and gives what `/status` would answer.
///
/// # Errors
///
/// [`UnknownService`] for a word that names none.
pub async fn status(
    catalogue: &Catalogue,
    sources: Vec<Watched>,
    wanted: &[String],
    settings: ChatSettings,
    paper: &Paper,
    clock: &dyn Clock,
) -> Result<String, UnknownService> {
    let wanted = wanted.iter().map(|word| find(catalogue, word)).collect::<Result<Vec<_>, _>>()?;
    let is_wanted = |service: &Service| wanted.is_empty() || wanted.iter().any(|one| one.id == service.id);
    let sources = sources.into_iter().filter(|watched| is_wanted(&watched.service)).collect();
    let tracks = read_all(sources, clock).await;
    let wanted = wanted.into_iter().map(AsRef::as_ref).collect();
    Ok(pages(catalogue, &|id| tracks.get(id).cloned(), wanted, settings, paper, clock.now()))
}

/// What `/status` would answer while services are like this.
///
/// # Errors
///
/// [`UnknownService`] for a word that names none.
pub fn known(
    catalogue: &Catalogue,
    tracks: &dyn Fn(&ServiceId) -> Option<Arc<Track>>,
    wanted: &[String],
    settings: ChatSettings,
    paper: &Paper,
    now: DateTime<Utc>,
) -> Result<String, UnknownService> {
    let wanted = wanted.iter().map(|word| find(catalogue, word).map(AsRef::as_ref)).collect::<Result<_, _>>()?;
    Ok(pages(catalogue, tracks, wanted, settings, paper, now))
}

fn pages(
    catalogue: &Catalogue,
    tracks: &dyn Fn(&ServiceId) -> Option<Arc<Track>>,
    wanted: Vec<&Service>,
    settings: ChatSettings,
    paper: &Paper,
    now: DateTime<Utc>,
) -> String {
    let lines: Vec<String> = if wanted.is_empty() {
        vec!["/status".to_owned()]
    } else {
        wanted.iter().map(|service| format!("/status {}", service.id)).collect()
    };
    let mut pages = String::new();
    for line in lines {
        let page = answer(catalogue, tracks, &line, settings, paper, now);
        let gap = if pages.is_empty() { "" } else { "\n" };
        // Writing to a string cannot fail.
        writeln!(pages, "{gap}{page}").unwrap_or_default();
    }
    pages
}

async fn read_all(sources: Vec<Watched>, clock: &dyn Clock) -> HashMap<ServiceId, Arc<Track>> {
    let read = |watched: Watched| async {
        let reading = watched.feed.read(&Ask::default()).await;
        (watched, reading.unwrap_or_else(|cause| Reading::Unreadable { reason: cause.to_string() }))
    };
    let mut readings = stream::iter(sources).map(read).buffer_unordered(AT_ONCE);
    let mut tracks: HashMap<ServiceId, Track> = HashMap::new();
    while let Some((Watched { service, source, .. }, reading)) = readings.next().await {
        let track = tracks.remove(&service.id).unwrap_or_else(|| Track::new(service.id.clone()));
        let stepped = detect::step(track, &service, &source, &reading, clock.now(), &Rules::default());
        tracks.insert(service.id.clone(), stepped.track);
    }
    tracks.into_iter().map(|(id, track)| (id, Arc::new(track))).collect()
}

/// What a private chat would be answered.
fn answer(
    catalogue: &Catalogue,
    tracks: &dyn Fn(&ServiceId) -> Option<Arc<Track>>,
    line: &str,
    settings: ChatSettings,
    paper: &Paper,
    now: DateTime<Utc>,
) -> String {
    let origin = Origin { id: RequestId("status".into()), chat: Console::chat(), is_private: true, may_manage: true };
    let about = About {
        version: env!("CARGO_PKG_VERSION"),
        uptime: Duration::ZERO,
        last_poll: Some(now),
        wellbeing: Wellbeing::default(),
    };
    let answer = match commands::read(origin, Typed::Line(line), catalogue) {
        Ok(request) => {
            let view = View { tracks, settings, about, ..View::bare(catalogue, now) };
            commands::run(&request, &view)
        }
        Err(refusal) => commands::refused(&refusal, settings, catalogue),
    };
    console::sheet(&answer.reply, paper, &settings, now)
}

fn find<'a>(catalogue: &'a Catalogue, word: &str) -> Result<&'a Arc<Service>, UnknownService> {
    catalogue.by_word(word).ok_or_else(|| UnknownService {
        word: word.to_owned(),
        near: catalogue.near(word, 1).first().map(|near| near.id.to_string()),
    })
}
