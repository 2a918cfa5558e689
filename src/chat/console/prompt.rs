//! The line editor on a terminal.

use std::{
    borrow::Cow,
    io,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use rustyline::{
    ColorMode, CompletionType, Config, Context, Editor, ExternalPrinter, Helper, completion::Completer,
    completion::Pair, config::Configurer, error::ReadlineError, highlight::Highlighter, hint::Hinter,
    history::DefaultHistory, validate::Validator,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Complete, QUIT, page::Sink, typed::Heard};

const PROMPT: &str = "foghorn> ";
/// Lines kept in the history file.
const REMEMBERED: usize = 1_000;
/// Completions that are listed without asking; there is no bigger catalogue to page through.
const LISTED: usize = 500;

/// The line editor on a terminal.
pub(super) struct Prompt {
    editor: Editor<Aid, DefaultHistory>,
    history: Option<PathBuf>,
    width: Arc<AtomicU16>,
}

impl Prompt {
    /// An editor on the process's terminal, and what prints above the line that is being typed.
    pub(super) fn open(
        history: Option<PathBuf>,
        complete: Complete,
        colour: bool,
        width: Arc<AtomicU16>,
    ) -> io::Result<(Self, Sink)> {
        let config = Config::builder()
            .max_history_size(REMEMBERED)
            .and_then(|config| config.history_ignore_dups(true))
            .map_err(as_io)?
            .history_ignore_space(true)
            .auto_add_history(true)
            // While a choice between completions is open nothing else can be printed, so there is none: all are listed.
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            .completion_prompt_limit(LISTED)
            // Also without colours: the highlighter is what makes the editor leave.
            .color_mode(ColorMode::Enabled)
            .build();
        let mut editor = Editor::with_config(config).map_err(as_io)?;
        // It would be left half done when the editor is made to leave.
        editor.enable_synchronized_output(false);
        editor.set_helper(Some(Aid { complete, colour, leave: CancellationToken::new() }));
        if let Some(path) = &history
            && path.exists()
            && let Err(cause) = editor.load_history(path)
        {
            tracing::warn!(path = %path.display(), "the console's history cannot be read: {cause}");
        }
        let mut printer = editor.create_external_printer().map_err(as_io)?;
        let mut prompt = Self { editor, history, width };
        prompt.measure_width();
        Ok((prompt, Box::new(move |block| printer.print(block).map_err(as_io))))
    }

    /// Makes [`Prompt::run`] end at the next thing that is printed.
    pub(super) fn leave(&self) -> CancellationToken {
        self.editor.helper().map(|aid| aid.leave.clone()).unwrap_or_default()
    }

    /// Asks for line after line until the person leaves or `leave` is cancelled; returns with the terminal as it was.
    pub(super) fn run(mut self, heard: &mpsc::Sender<Heard>, may_go_on: &std::sync::mpsc::Receiver<()>) {
        loop {
            self.measure_width();
            // The editor has no other way out than a key. Unwinding runs the guard by which it puts the terminal back.
            let typed = match catch_unwind(AssertUnwindSafe(|| self.editor.readline(PROMPT))) {
                Ok(typed) => typed,
                Err(payload) if payload.is::<Leaving>() => return,
                Err(payload) => resume_unwind(payload),
            };
            let (line, is_last) = match typed {
                Ok(line) => (Ok(line), false),
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => return,
                Err(cause) => (Err(as_io(cause)), true),
            };
            if line.is_ok() {
                self.remember();
            }
            if heard.blocking_send(line).is_err() || is_last || may_go_on.recv().is_err() {
                return;
            }
        }
    }

    fn measure_width(&mut self) {
        if let Some((columns, _)) = self.editor.dimensions() {
            self.width.store(columns, Ordering::Relaxed);
        }
    }

    /// Keeps the last line for the next time. Line by line, so that a killed program forgets nothing.
    fn remember(&mut self) {
        if let Some(path) = &self.history
            && let Err(cause) = self.editor.append_history(path)
        {
            tracing::warn!(path = %path.display(), "the console's history is not kept: {cause}");
            self.history = None;
        }
    }
}

fn as_io(cause: ReadlineError) -> io::Error {
    if let ReadlineError::Io(cause) = cause { cause } else { io::Error::other(cause) }
}

/// What is thrown through the editor to make it leave.
struct Leaving;

/// What the editor asks while a line is typed.
struct Aid {
    complete: Complete,
    colour: bool,
    leave: CancellationToken,
}

impl Aid {
    /// What could stand at the cursor, `/quit` included.
    fn choices(&self, line: &str, cursor: usize) -> (usize, Vec<Pair>) {
        let (start, completions) = (self.complete)(line, cursor);
        let mut choices: Vec<Pair> = completions
            .into_iter()
            .map(|completion| Pair { display: completion.label, replacement: completion.insert })
            .collect();
        if line.get(..cursor).is_some_and(|typed| QUIT.starts_with(typed)) {
            choices
                .push(Pair { display: QUIT.to_owned(), replacement: QUIT.get(start..).unwrap_or_default().to_owned() });
        }
        (start, choices)
    }

    /// The rest of the only thing that could stand at the cursor.
    fn rest(&self, line: &str, cursor: usize) -> Option<String> {
        // Without colours a hint would look as if it had been typed.
        if !self.colour || cursor < line.len() || line.trim().is_empty() {
            return None;
        }
        let (start, choices) = self.choices(line, cursor);
        let typed = line.get(start..)?;
        match choices.as_slice() {
            [only] if !typed.is_empty() => only.replacement.strip_prefix(typed).map(str::to_owned),
            _ => None,
        }
    }
}

impl Helper for Aid {}

impl Validator for Aid {}

impl Completer for Aid {
    type Candidate = Pair;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(self.choices(line, cursor))
    }
}

impl Hinter for Aid {
    type Hint = String;

    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<String> {
        self.rest(line, cursor)
    }
}

impl Highlighter for Aid {
    /// Called whenever the prompt is painted, which it is after each thing that is printed above it.
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.leave.is_cancelled() {
            resume_unwind(Box::new(Leaving));
        }
        let style = anstyle::Style::new().bold();
        if self.colour { format!("{style}{prompt}{style:#}").into() } else { prompt.into() }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        let style = anstyle::Style::new().dimmed();
        format!("{style}{hint}{style:#}").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commands::{View, complete},
        domain::Catalogue,
    };

    fn aid(colour: bool) -> Aid {
        let catalogue = Catalogue::default();
        let complete: Complete =
            Arc::new(move |line, cursor| complete(line, cursor, &View::bare(&catalogue, chrono::DateTime::UNIX_EPOCH)));
        Aid { complete, colour, leave: CancellationToken::new() }
    }

    fn inserted(line: &str) -> Vec<String> {
        aid(true)
            .choices(line, line.len())
            .1
            .into_iter()
            .map(|choice| choice.replacement.trim_end().to_owned())
            .collect()
    }

    #[test]
    fn commands_are_completed_and_quit_is_one_of_them_here() {
        assert_eq!(inserted("/subscribe"), ["/subscribe"]);
        assert_eq!(inserted("/qu"), [QUIT]);
        assert!(inserted("/").contains(&QUIT.to_owned()) && inserted("/").len() > 5);
        assert!(!inserted("/help ").contains(&QUIT.to_owned()));
    }

    #[test]
    fn a_hint_is_the_rest_of_the_only_choice_and_needs_colours() {
        assert_eq!(aid(true).rest("/qu", 3).as_deref(), Some("it"));
        assert_eq!(aid(true).rest("/s", 2), None);
        assert_eq!(aid(true).rest("/qu", 2), None);
        assert_eq!(aid(true).rest("", 0), None);
        assert_eq!(aid(false).rest("/qu", 3), None);
    }

    #[test]
    fn painting_the_prompt_is_the_way_out_once_it_is_time_to_leave() {
        let aid = aid(false);
        assert_eq!(aid.highlight_prompt(PROMPT, true), PROMPT);
        aid.leave.cancel();
        let left = catch_unwind(AssertUnwindSafe(|| aid.highlight_prompt(PROMPT, true).into_owned()));
        assert!(left.unwrap_err().is::<Leaving>());
    }
}
