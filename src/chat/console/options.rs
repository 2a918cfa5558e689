//! What a console is made of.

use std::{
    env, fmt,
    io::{self, IsTerminal, Read, Write},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use super::Paper;
use crate::{commands::Completion, domain::Locale};

/// What could stand at the cursor (a place in the line, in bytes), and from where on it takes the place of what is there.
pub type Complete = Arc<dyn Fn(&str, usize) -> (usize, Vec<Completion>) + Send + Sync>;

/// How long piped input waits for the first readings.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a console is made of.
#[derive(Debug)]
pub struct ConsoleOptions {
    /// Where lines come from and go to.
    pub screen: Screen,
    /// How they are drawn; on a terminal its width is looked up again and again.
    pub paper: Paper,
    /// The language the person reads, as far as it is known.
    pub locale_hint: Option<Locale>,
    /// How long piped input is left alone unless [`crate::chat::Chat::ready`] is called before.
    pub hold_input: Duration,
}

/// Where lines come from and go to.
pub enum Screen {
    /// The terminal of the process, with an editor for the line that is typed.
    Terminal {
        /// Where typed lines are kept for the next time; `None`: nowhere.
        history: Option<PathBuf>,
        /// What could stand at the cursor.
        complete: Complete,
    },
    /// Plain lines in, plain lines out.
    Pipe {
        /// Lines in.
        input: Box<dyn Read + Send>,
        /// Lines out.
        output: Box<dyn Write + Send>,
    },
}

impl fmt::Debug for Screen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Terminal { .. } => "Terminal",
            Self::Pipe { .. } => "Pipe",
        })
    }
}

impl ConsoleOptions {
    /// The process's own standard input and output: with a line editor when both are a terminal that can be steered,
    /// else plain. Colours only on a terminal, and not when `NO_COLOR` is set (<https://no-color.org>).
    #[must_use]
    pub fn of_process(history: Option<PathBuf>, complete: Complete) -> Self {
        let paper = Self::paper_of_process();
        let screen = if paper.is_terminal && can_steer() && io::stdin().is_terminal() {
            Screen::Terminal { history, complete }
        } else {
            Screen::Pipe { input: Box::new(io::stdin()), output: Box::new(io::stdout()) }
        };
        Self { screen, paper, locale_hint: locale_of_process(), hold_input: PATIENCE }
    }

    /// What the process's standard output is drawn on.
    #[must_use]
    pub fn paper_of_process() -> Paper {
        let is_plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_terminal = io::stdout().is_terminal();
        Paper { is_terminal, colour: is_terminal && can_steer() && !is_plain, width: None }
    }
}

/// Whether the terminal understands escape sequences.
fn can_steer() -> bool {
    env::var_os("TERM").is_some_and(|kind| !kind.is_empty() && kind != "dumb")
}

/// The language of the process's messages, by the order of precedence that POSIX sets for these variables.
fn locale_of_process() -> Option<Locale> {
    let tag = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|tag| !tag.is_empty()))?;
    Locale::from_tag(&tag)
}
