//! The lines that a bot and those who ask it exchange, and how they are sent and read.

use std::{collections::BTreeMap, io, time::Duration};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

use crate::{
    app::{
        arguments::{Letters, OutputFormat},
        moving::{Imported, KINDS, LONGEST_LINE, Line},
        outbox::{Done, ListedDelivery, Wanted},
    },
    chat::console::Paper,
    domain::{ChatSettings, Locale, Platform},
};

/// The version of all that follows. Whoever changes what a line means raises it.
pub(super) const PROTOCOL: u32 = 1;

/// The longest greeting, ask and answer, in bytes. An ask has lines of an import together that are as long as one may be,
/// and one more.
pub(super) const LONGEST_GREETING: u64 = 1024;
pub(super) const LONGEST_ASK: u64 = 4 * LONGEST_LINE;
pub(super) const LONGEST_ANSWER: u64 = 256 * LONGEST_LINE;

/// What the bot says first. All versions have these two.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Greeting {
    pub(super) foghorn: String,
    pub(super) protocol: u32,
}

/// What the bot is asked.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Ask {
    /// How much is not delivered?
    Count { json: bool },
    /// What is not delivered? The next ones, from the first on.
    List { wanted: WantedWords, most: usize },
    /// Deliver dead letters after all.
    Retry { letters: LettersWords, json: bool },
    /// Forget dead letters.
    Drop { letters: LettersWords, json: bool },
    /// What is kept? The next lines, from the first on.
    Export {},
    /// Take in these lines of these numbers.
    Import { lines: Vec<(usize, Line)> },
    /// How are these services?
    Status { services: Vec<String>, settings: SettingsWords, paper: PaperWords },
    /// Does it do what it is for?
    Ready {},
    /// Does it turn?
    Turns {},
}

/// What comes of an ask: an answer of the kind that it has, or why there is none.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply<T> {
    Done(T),
    Failed(String),
}

/// The bot's answers; who has asked knows which of them comes.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Answer {
    /// To [`Ask::Count`], [`Ask::Retry`] and [`Ask::Drop`].
    Outbox(PageWords),
    /// To [`Ask::List`]. None: those were all.
    List(Vec<ListedDelivery>),
    /// To [`Ask::Export`]. None: those were all.
    Export(Vec<Line>),
    /// To [`Ask::Import`].
    Import(ImportedWords),
    /// To [`Ask::Status`]: the page, or which service there is not.
    Status(Result<String, String>),
    /// To [`Ask::Ready`] and [`Ask::Turns`]: what is wrong, if anything is.
    Health(Option<String>),
}

/// What is to be printed.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct PageWords {
    text: String,
    is_whole: bool,
}

impl PageWords {
    pub(super) fn of(done: Done) -> Self {
        let Done { page, is_whole } = done;
        Self { text: page, is_whole }
    }

    pub(super) fn read(self) -> Done {
        let Self { text, is_whole } = self;
        Done { page: text, is_whole }
    }
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct WantedWords {
    pending: bool,
    retrying: bool,
    dead: bool,
    platform: Option<String>,
}

impl WantedWords {
    pub(super) fn of(wanted: &Wanted) -> Self {
        let Wanted { pending, retrying, dead, platform } = *wanted;
        Self { pending, retrying, dead, platform: platform.map(word_of) }
    }

    pub(super) fn read(self) -> Result<Wanted, String> {
        let Self { pending, retrying, dead, platform } = self;
        Ok(Wanted { pending, retrying, dead, platform: platform.as_deref().map(platform_of).transpose()? })
    }
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct LettersWords {
    ids: Vec<u64>,
    all: bool,
    platform: Option<String>,
}

impl LettersWords {
    pub(super) fn of(letters: Letters) -> Self {
        let Letters { ids, all, platform } = letters;
        Self { ids, all, platform: platform.map(word_of) }
    }

    pub(super) fn read(self) -> Result<Letters, String> {
        let Self { ids, all, platform } = self;
        Ok(Letters { ids, all, platform: platform.as_deref().map(platform_of).transpose()? })
    }
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct SettingsWords {
    locale: String,
    timezone: String,
}

impl SettingsWords {
    pub(super) fn of(settings: &ChatSettings) -> Self {
        Self { locale: settings.locale.tag().to_owned(), timezone: settings.timezone.name().to_owned() }
    }

    pub(super) fn read(&self) -> Result<ChatSettings, String> {
        let Self { locale, timezone } = self;
        Ok(ChatSettings {
            locale: Locale::from_tag(locale).ok_or_else(|| format!("`{locale}` is no language"))?,
            timezone: timezone.parse().map_err(|_| format!("`{timezone}` is no time zone"))?,
            ..ChatSettings::default()
        })
    }
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct PaperWords {
    is_terminal: bool,
    colour: bool,
    width: Option<u16>,
}

impl PaperWords {
    pub(super) const fn of(paper: &Paper) -> Self {
        let Paper { is_terminal, colour, width } = *paper;
        Self { is_terminal, colour, width }
    }

    pub(super) const fn read(&self) -> Paper {
        let Self { is_terminal, colour, width } = *self;
        Paper { is_terminal, colour, width }
    }
}

#[derive(Debug, Deserialize, Serialize)]
pub(super) struct ImportedWords {
    new: BTreeMap<String, usize>,
    known: usize,
    skipped: usize,
    reasons: Vec<(usize, String)>,
}

impl ImportedWords {
    pub(super) fn of(imported: Imported) -> Self {
        let Imported { new, known, skipped, reasons, is_cut: _ } = imported;
        let new = new.into_iter().map(|(kind, count)| (kind.to_owned(), count)).collect();
        Self { new, known, skipped, reasons }
    }

    pub(super) fn read(self) -> Imported {
        let Self { new, known, skipped, reasons } = self;
        let count = |kind: &&str| new.get(*kind).copied().unwrap_or_default();
        let new = KINDS.into_iter().map(|kind| (kind, count(&kind))).collect();
        Imported { new, known, skipped, reasons, is_cut: false }
    }
}

pub(super) fn format_of(json: bool) -> OutputFormat {
    if json { OutputFormat::Json } else { OutputFormat::Text }
}

fn word_of(platform: Platform) -> String {
    platform.word().to_owned()
}

fn platform_of(word: &str) -> Result<Platform, String> {
    Platform::from_word(word).ok_or_else(|| format!("`{word}` is no platform"))
}

/// Sends a line.
pub(super) async fn send(to: &mut (impl AsyncWrite + Unpin), line: &impl Serialize, limit: Duration) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    timeout(limit, to.write_all(&bytes)).await?
}

/// Reads the next line, without its end; `None`: the other side has left.
pub(super) async fn receive(
    from: &mut (impl AsyncBufRead + Unpin),
    longest: u64,
    limit: Duration,
) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    timeout(limit, from.take(longest).read_until(b'\n', &mut line)).await??;
    match line.pop() {
        Some(b'\n') => Ok(Some(line)),
        None => Ok(None),
        Some(_) if line.len() as u64 + 1 >= longest => {
            Err(io::Error::new(io::ErrorKind::InvalidData, "a line is too long"))
        }
        Some(_) => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Reads the next line and what it says.
pub(super) async fn understand<T: DeserializeOwned>(
    from: &mut (impl AsyncBufRead + Unpin),
    longest: u64,
    limit: Duration,
) -> io::Result<T> {
    let line = receive(from, longest, limit).await?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(serde_json::from_slice(&line)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn lines_are_read_one_by_one_and_what_is_no_whole_line_or_too_long_is_refused() {
        let mut bytes = &b"one\n\ntwo\nthr"[..];
        let mut next = async || receive(&mut bytes, 10, LIMIT).await;
        assert_eq!(next().await.unwrap().unwrap(), b"one");
        assert_eq!(next().await.unwrap().unwrap(), b"");
        assert_eq!(next().await.unwrap().unwrap(), b"two");
        assert_eq!(next().await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(next().await.unwrap(), None);
        let mut long = &[b'x'; 100][..];
        assert_eq!(receive(&mut long, 10, LIMIT).await.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn what_was_imported_is_told_as_it_was() {
        let mut imported = Imported::default();
        imported.new.insert("watch", 2);
        imported.known = 3;
        imported.skip(7, "the mute is over");
        let read = ImportedWords::of(imported.clone()).read();
        assert_eq!(read.to_string(), imported.to_string());
    }
}
