//! Lines as they are typed, read by a thread of their own, since reading a terminal or a pipe cannot be called off.

use std::{
    io::{self, BufRead, BufReader, Read},
    thread,
    time::Duration,
};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::prompt::Prompt;

/// A longer line is cut: the longest that Discord's and Telegram's people can type is about so long.
/// Source: <https://core.telegram.org/bots/api#message> (4096 characters).
pub(super) const LONGEST_LINE: usize = 4_000;
/// How long the line editor may take to put the terminal back.
const FAREWELL: Duration = Duration::from_secs(1);

/// Where lines come from.
pub(super) enum Typing {
    /// A line editor on a terminal.
    Prompt(Box<Prompt>),
    /// A pipe or file.
    Pipe(Box<dyn Read + Send>),
}

/// What a reading thread has to say; a thread that ends without a word has reached the end of its input.
pub(super) type Heard = io::Result<String>;

/// Lines as they are typed. Dropping it ends the reading as soon as the next line is read.
pub(super) struct Typed {
    lines: mpsc::Receiver<Heard>,
    /// Tells the line editor that the answer is printed and it may ask for the next line.
    answered: Option<std::sync::mpsc::SyncSender<()>>,
    leave: Option<CancellationToken>,
}

impl Typed {
    /// Begins to read.
    pub(super) fn begin(typing: Typing) -> io::Result<Self> {
        // One line at a time: whoever pipes a million lines in waits for the answers like everybody else.
        let (heard, lines) = mpsc::channel(1);
        let reader = thread::Builder::new().name("console-input".to_owned());
        match typing {
            Typing::Pipe(input) => {
                reader.spawn(move || read_lines(BufReader::new(input), &heard))?;
                Ok(Self { lines, answered: None, leave: None })
            }
            Typing::Prompt(prompt) => {
                let (answered, may_go_on) = std::sync::mpsc::sync_channel(1);
                let leave = prompt.leave();
                reader.spawn(move || prompt.run(&heard, &may_go_on))?;
                Ok(Self { lines, answered: Some(answered), leave: Some(leave) })
            }
        }
    }

    /// The next line; `None` at the end.
    pub(super) async fn next(&mut self) -> io::Result<Option<String>> {
        self.lines.recv().await.transpose()
    }

    /// Says that the last line was answered.
    pub(super) fn answered(&self) {
        if let Some(answered) = &self.answered
            && answered.try_send(()).is_err()
        {
            // The next line will not come then, which ends the conversation.
            tracing::debug!("the line editor is gone");
        }
    }

    /// What makes the line editor leave, where there is one.
    pub(super) const fn leave(&self) -> Option<&CancellationToken> {
        self.leave.as_ref()
    }

    /// Waits until the line editor has left, but not for ever: it cannot be called off while it asks whether to show
    /// a long list of completions.
    pub(super) async fn finished(mut self) {
        drop(self.answered.take());
        self.lines.close();
        let left = async { while self.lines.recv().await.is_some() {} };
        drop(tokio::time::timeout(FAREWELL, left).await);
    }
}

/// Reads lines until the end of the input or until nobody wants them.
fn read_lines(mut input: impl BufRead, heard: &mpsc::Sender<Heard>) {
    while let Some(line) = next_line(&mut input).transpose() {
        let is_broken = line.is_err();
        if heard.blocking_send(line).is_err() || is_broken {
            return;
        }
    }
}

/// One line without its end, cut where it is too long; `None` at the end of the input.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let most = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
    if input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() == LONGEST_LINE && !line.ends_with(b"\n") {
        let skipped = input.skip_until(b'\n')?;
        if skipped > 1 {
            tracing::warn!("a line of {} bytes was cut to {LONGEST_LINE}", LONGEST_LINE + skipped);
            // Half a character is none.
            let half = line.utf8_chunks().last().map_or(0, |chunk| chunk.invalid().len());
            line.truncate(line.len() - half);
        }
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned()))
}
