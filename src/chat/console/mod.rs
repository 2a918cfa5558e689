//! The terminal or pipe the program runs on, as a chat.

mod options;
mod page;
mod prompt;
mod render;
mod typed;

#[cfg(test)]
mod tests;

use std::{
    fmt, io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU16, AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

pub use options::{Complete, ConsoleOptions, Screen};
pub use render::Paper;

use self::{
    page::Page,
    prompt::Prompt,
    render::render,
    typed::{Typed, Typing},
};
use crate::{
    chat::{Chat, ChatError, DeliveryError, Ended, Event, Incoming, Input, Limits, Parcel, Rate, Receipt, message},
    domain::{ChatId, ChatSettings, Locale, Message, MessageId, Platform, RequestId},
    text,
};

/// The one chat on the console.
const ADDRESS: &str = "console";
/// What ends the console. Not a command of the bot: on other platforms nobody may end it.
const QUIT: &str = "/quit";

/// The terminal or pipe the program runs on, as a chat.
pub struct Console {
    page: Page,
    paper: Paper,
    /// The terminal's width when it was last looked at; 0: none.
    width: Arc<AtomicU16>,
    typing: Mutex<Option<Typing>>,
    hold_input: Duration,
    ready: CancellationToken,
    locale_hint: Option<Locale>,
    /// Tells this run's messages and requests from those of former runs.
    run: u64,
    requests: AtomicU64,
    alerts: AtomicU64,
}

impl fmt::Debug for Console {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Console").field("paper", &self.paper).finish_non_exhaustive()
    }
}

impl Console {
    /// A console as told by `options`.
    ///
    /// On a terminal the program's own handlers for signals must be in place before [`Chat::listen`] is called: the line
    /// editor puts its own over them while a line is typed and puts back what it found.
    ///
    /// # Errors
    ///
    /// When a thread cannot be started or the terminal cannot be used.
    pub fn new(options: ConsoleOptions) -> io::Result<Self> {
        let ConsoleOptions { screen, paper, locale_hint, hold_input } = options;
        let width = Arc::new(AtomicU16::new(paper.width.unwrap_or_default()));
        let (page, typing) = match screen {
            Screen::Terminal { history, complete } => {
                let (prompt, sink) = Prompt::open(history, complete, paper.colour, Arc::clone(&width))?;
                (Page::open(sink)?, Typing::Prompt(Box::new(prompt)))
            }
            Screen::Pipe { input, mut output } => {
                let sink = move |block: String| {
                    output.write_all(block.as_bytes())?;
                    output.flush()
                };
                (Page::open(Box::new(sink))?, Typing::Pipe(input))
            }
        };
        Ok(Self {
            page,
            paper,
            width,
            typing: Mutex::new(Some(typing)),
            hold_input,
            ready: CancellationToken::new(),
            locale_hint,
            run: fastrand::u64(..),
            requests: AtomicU64::new(0),
            alerts: AtomicU64::new(0),
        })
    }

    /// The chat that alerts to the console go to.
    #[must_use]
    pub fn chat() -> ChatId {
        ChatId { platform: Platform::Console, address: ADDRESS.into() }
    }

    /// What prints a log line above the line that is being typed, on a terminal; `None` elsewhere, where log and
    /// conversation go their own ways. It does not wait; `false` when it did not take the line.
    #[must_use]
    pub fn aside(&self) -> Option<impl Fn(&str) -> bool + Send + 'static + use<>> {
        self.paper.is_terminal.then(|| self.page.aside())
    }

    /// Alerts that were printed so far.
    #[must_use]
    pub fn alerts(&self) -> u64 {
        self.alerts.load(Ordering::Relaxed)
    }

    async fn print(
        &self,
        message: &Message,
        settings: &ChatSettings,
        at: DateTime<Utc>,
        stamp: Option<&str>,
    ) -> io::Result<()> {
        let width = Some(self.width.load(Ordering::Relaxed)).filter(|width| *width > 0);
        let paper = Paper { width, ..self.paper };
        let lines = render(message, &paper, stamp, &|when, style| text::moment(settings, when, style, at));
        let mut block = lines.join("\n");
        block.push_str("\n\n");
        self.page.print(block).await
    }

    /// Hands one line to the program and prints the answer.
    async fn ask(&self, line: String, inbox: &mpsc::Sender<Event>) -> Result<Asked, io::Error> {
        let (answer, reply) = oneshot::channel();
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let incoming = Incoming {
            id: RequestId(format!("console-{:016x}-{number}", self.run).into()),
            chat: Self::chat(),
            is_private: true,
            may_manage: true,
            locale_hint: self.locale_hint,
            input: Input::Line(line),
            answer,
        };
        if inbox.send(Event::Asked(incoming)).await.is_err() {
            return Ok(Asked::NobodyThere);
        }
        // Dropped without an answer: there is none to give.
        if let Ok(reply) = reply.await {
            self.print(&reply.message, &reply.settings, reply.at, None).await?;
        }
        Ok(Asked::Answered)
    }

    /// Takes line after line, each one answered before the next is looked at.
    async fn converse(&self, lines: &mut Typed, inbox: &mpsc::Sender<Event>) -> Result<Ended, ChatError> {
        loop {
            let line = match lines.next().await {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(Ended::Left),
                Err(cause) => return Err(failed(format!("the input cannot be read: {cause}"))),
            };
            match line.trim() {
                "" => {}
                QUIT => return Ok(Ended::Left),
                line => match self.ask(line.to_owned(), inbox).await {
                    Ok(Asked::Answered) => {}
                    Ok(Asked::NobodyThere) => return Ok(Ended::Stopped),
                    Err(cause) => return Err(failed(format!("the output cannot be written: {cause}"))),
                },
            }
            lines.answered();
        }
    }

    /// Waits until the first readings are in, or long enough.
    async fn hold(&self) {
        tokio::select! {
            () = self.ready.cancelled() => {}
            () = tokio::time::sleep(self.hold_input) => {}
        }
    }
}

/// A message as a console with this paper shows it.
#[must_use]
pub fn sheet(message: &Message, paper: &Paper, settings: &ChatSettings, at: DateTime<Utc>) -> String {
    render(message, paper, None, &|when, style| text::moment(settings, when, style, at)).join("\n")
}

enum Asked {
    Answered,
    NobodyThere,
}

const fn failed(reason: String) -> ChatError {
    ChatError { platform: Platform::Console, reason }
}

#[async_trait]
impl Chat for Console {
    fn platform(&self) -> Platform {
        Platform::Console
    }

    fn limits(&self) -> Limits {
        Limits { edits: false, concurrency: 1, overall: None }
    }

    fn rates(&self, _: &ChatId) -> Vec<Rate> {
        Vec::new()
    }

    fn ready(&self) {
        self.ready.cancel();
    }

    async fn post(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let follows = parcel.reply_to.is_some();
        let words = if follows { message::of_update } else { message::of_notice };
        let message = words(&parcel.notice, &parcel.settings, parcel.at);
        let stamp = parcel.at.with_timezone(&parcel.settings.timezone).format("%H:%M").to_string();
        self.print(&message, &parcel.settings, parcel.at, Some(&stamp)).await.map_err(|cause| {
            DeliveryError::Temporary { reason: format!("the output cannot be written: {cause}"), is_in_doubt: false }
        })?;
        let number = self.alerts.fetch_add(1, Ordering::Relaxed);
        let message = MessageId(format!("{:016x}-{number}", self.run).into());
        Ok(Receipt { message, repeats: None, rest: None })
    }

    /// What was printed stays as it is, so what it should say is printed as well.
    async fn edit(&self, _message: &MessageId, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        self.post(parcel).await
    }

    async fn listen(&self, inbox: mpsc::Sender<Event>, stop: CancellationToken) -> Result<Ended, ChatError> {
        let typing = self.typing.lock().unwrap_or_else(PoisonError::into_inner).take();
        let typing = typing.ok_or_else(|| failed("its input was already read to the end".to_owned()))?;
        if matches!(typing, Typing::Pipe(_)) {
            tokio::select! {
                () = stop.cancelled() => return Ok(Ended::Stopped),
                () = self.page.closed() => return Err(failed("the output is closed".to_owned())),
                () = self.hold() => {}
            }
        }
        let mut lines = Typed::begin(typing).map_err(|cause| failed(format!("no thread for the input: {cause}")))?;
        let ended = tokio::select! {
            biased;
            ended = self.converse(&mut lines, &inbox) => ended,
            () = stop.cancelled() => Ok(Ended::Stopped),
            () = self.page.closed() => Err(failed("the output is closed".to_owned())),
        };
        if let Some(leave) = lines.leave() {
            leave.cancel();
            // Printing wakes the line editor, which then sees that it should leave, and puts the terminal back.
            drop(self.page.print(String::new()).await);
            lines.finished().await;
        }
        ended
    }
}
