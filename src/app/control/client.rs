//! The other side: a command that asks the bot that has the store open.

use std::{io, path::Path, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use tokio::{
    io::BufReader,
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};

use super::{
    ControlError, socket_of,
    wire::{
        Ask, Greeting, ImportedWords, LONGEST_ANSWER, LONGEST_GREETING, LettersWords, PROTOCOL, PageWords, PaperWords,
        Reply, SettingsWords, WantedWords, send, understand,
    },
};
use crate::{
    app::{
        arguments::{OutboxTask, OutputFormat},
        health::Question,
        moving::{Imported, Keeper, Line, MovingError, write},
        outbox::{Done, Gathered, Wanted},
    },
    chat::console::Paper,
    domain::ChatSettings,
    store::Kept,
};

/// How long a bot may take to greet: it may be busy with others.
const GREETING_LIMIT: Duration = Duration::from_secs(30);
/// How long it may take for an answer: it may have much to look through, and much else to do.
const ANSWER_LIMIT: Duration = Duration::from_secs(300);

/// A conversation with a running bot.
pub struct Client {
    answers: BufReader<OwnedReadHalf>,
    asks: OwnedWriteHalf,
}

/// Begins a conversation with the bot that runs over the store in this directory; `None`: none can be found.
///
/// # Errors
///
/// [`ControlError`] when there is one, and it cannot be talked to.
pub async fn connect(store: &Path) -> Result<Option<Client>, ControlError> {
    let shown = || store.display().to_string();
    let silent = |cause: io::Error| ControlError::Silent { store: shown(), cause };
    let stream = match timeout(GREETING_LIMIT, UnixStream::connect(socket_of(store))).await.map_err(io::Error::from) {
        Ok(Ok(stream)) => stream,
        Ok(Err(cause)) if is_absence(&cause) => return Ok(None),
        Ok(Err(cause)) if cause.kind() == io::ErrorKind::PermissionDenied => {
            return Err(ControlError::Denied { store: shown() });
        }
        Ok(Err(cause)) | Err(cause) => return Err(silent(cause)),
    };
    let (answers, asks) = stream.into_split();
    let mut client = Client { answers: BufReader::new(answers), asks };
    let greeting = understand(&mut client.answers, LONGEST_GREETING, GREETING_LIMIT).await;
    let Greeting { foghorn, protocol } = greeting.map_err(silent)?;
    if protocol != PROTOCOL {
        let theirs = crate::domain::clean_line(&foghorn, 40);
        return Err(ControlError::OtherVersion { theirs, ours: env!("CARGO_PKG_VERSION") });
    }
    Ok(Some(client))
}

/// Whether nobody listens there: there is no socket, it was left by a bot that was killed, or its path is too long for one.
fn is_absence(cause: &io::Error) -> bool {
    [
        io::ErrorKind::NotFound,
        io::ErrorKind::NotADirectory,
        io::ErrorKind::ConnectionRefused,
        io::ErrorKind::InvalidInput,
    ]
    .contains(&cause.kind())
}

impl Client {
    /// Does with the outbox what is to be done, see [`crate::app::outbox::outbox`].
    ///
    /// # Errors
    ///
    /// [`ControlError`].
    pub async fn outbox(
        &mut self,
        task: Option<OutboxTask>,
        format: OutputFormat,
        now: DateTime<Utc>,
    ) -> Result<Done, ControlError> {
        let json = format == OutputFormat::Json;
        let ask = match task {
            None => Ask::Count { json },
            Some(OutboxTask::List { pending, retrying, dead, platform, most }) => {
                let wanted = Wanted { pending, retrying, dead, platform };
                let mut gathered = Gathered::of(most);
                while let Some(most) = gathered.wants() {
                    gathered.take(self.ask(&Ask::List { wanted: WantedWords::of(&wanted), most }).await?);
                }
                return Ok(Done::well(gathered.listed().shown(format, now)));
            }
            Some(OutboxTask::Retry(letters)) => Ask::Retry { letters: LettersWords::of(letters), json },
            Some(OutboxTask::Drop(letters)) => Ask::Drop { letters: LettersWords::of(letters), json },
        };
        self.ask(&ask).await.map(PageWords::read)
    }

    /// What the bot knows of these services (none: all), as `/status` would answer; the inner error: one is unknown.
    ///
    /// # Errors
    ///
    /// [`ControlError`].
    pub async fn status(
        &mut self,
        services: &[String],
        settings: &ChatSettings,
        paper: &Paper,
    ) -> Result<Result<String, String>, ControlError> {
        let (services, settings, paper) = (services.to_vec(), SettingsWords::of(settings), PaperWords::of(paper));
        self.ask(&Ask::Status { services, settings, paper }).await
    }

    /// Whether the bot turns, or does what it is for; what is wrong, if anything is.
    ///
    /// # Errors
    ///
    /// [`ControlError`].
    pub async fn health(&mut self, question: Question) -> Result<Option<String>, ControlError> {
        let ask = match question {
            Question::Turns => Ask::Turns {},
            Question::Ready => Ask::Ready {},
        };
        self.ask(&ask).await
    }

    async fn ask<T: DeserializeOwned>(&mut self, ask: &Ask) -> Result<T, ControlError> {
        send(&mut self.asks, ask, ANSWER_LIMIT).await.map_err(ControlError::Broken)?;
        match understand(&mut self.answers, LONGEST_ANSWER, ANSWER_LIMIT).await.map_err(ControlError::Broken)? {
            Reply::Done(answer) => Ok(answer),
            Reply::Failed(reason) => Err(ControlError::Failed(reason)),
        }
    }
}

#[async_trait]
impl Keeper for Client {
    async fn next_lines(&mut self) -> Result<Vec<Line>, MovingError> {
        Ok(self.ask(&Ask::Export {}).await?)
    }

    async fn take_in(&mut self, told: Vec<(usize, Kept)>) -> Result<Imported, MovingError> {
        let lines = told.iter().map(|(number, kept)| (*number, write(kept))).collect();
        Ok(self.ask(&Ask::Import { lines }).await.map(ImportedWords::read)?)
    }
}
