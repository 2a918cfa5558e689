//! Logs: readable lines or JSON on standard error.

use std::{
    env, fmt,
    io::{self, IsTerminal, Write},
    sync::{Arc, Mutex, PoisonError},
};

use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Libraries that tell more than an operator wants to read; they speak up only where a filter names them.
/// Some also log whole addresses at `debug`, and an address may carry a token.
const QUIET: &str = "h2=warn,hyper=warn,hyper_util=warn,reqwest=warn,rustls=warn,rustyline=warn,\
                     selectors=warn,serenity=error,sled=warn,tungstenite=warn";

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Why logging could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not one.
    #[error("`{filter}` is no log filter; expected one such as `info` or `info,foghorn::feeds=debug`")]
    Filter {
        /// What was given.
        filter: String,
        /// What is wrong with it.
        #[source]
        source: tracing_subscriber::filter::ParseError,
    },
    /// It has been set up before.
    #[error("logging is set up already")]
    Already(#[source] tracing::subscriber::SetGlobalDefaultError),
}

/// Takes a log line, with its line break; `false` when it cannot.
type Sink = Box<dyn Fn(&str) -> bool + Send>;

/// Where log lines go: to standard error, unless they are diverted.
#[derive(Clone, Default)]
pub struct Outlet(Arc<Mutex<Option<Sink>>>);

impl Outlet {
    /// From now on lines go to `sink`, where standard error is the terminal that somebody types on. It must not wait;
    /// what it does not take still goes to standard error.
    pub fn divert(&self, sink: impl Fn(&str) -> bool + Send + 'static) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(sink));
    }
}

impl fmt::Debug for Outlet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Outlet").finish_non_exhaustive()
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sink = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*sink {
            Some(take) if take(&String::from_utf8_lossy(bytes)) => Ok(bytes.len()),
            Some(_) | None => io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sends what the program logs to standard error, or where the outlet diverts it. `RUST_LOG`, when set, wins over `filter`.
///
/// # Errors
///
/// [`TelemetryError`] when the filter is no filter, or on a second call.
pub fn init(filter: &str, format: Format, ansi: bool) -> Result<Outlet, TelemetryError> {
    let from_environment = env::var("RUST_LOG").ok().filter(|filter| !filter.trim().is_empty());
    let filter = from_environment.as_deref().unwrap_or(filter);
    let outlet = Outlet::default();
    let writer = outlet.clone();
    let subscriber = subscriber(filter, format, ansi, move || writer.clone())?;
    tracing::subscriber::set_global_default(subscriber).map_err(TelemetryError::Already)?;
    Ok(outlet)
}

/// Whether lines on standard error may be coloured: it is a terminal and `NO_COLOR` is not set.
/// Source: <https://no-color.org> (read 2026-08-30): set and not empty means no colour.
#[must_use]
pub fn colours_standard_error() -> bool {
    io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn subscriber<W>(
    filter: &str,
    format: Format,
    ansi: bool,
    writer: W,
) -> Result<Box<dyn Subscriber + Send + Sync>, TelemetryError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    // Later directives win, so a filter that names a quiet library wakes it.
    let filter = EnvFilter::builder()
        .parse(format!("{QUIET},{filter}"))
        .map_err(|source| TelemetryError::Filter { filter: filter.to_owned(), source })?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(ansi).with_writer(writer);
    Ok(match format {
        Format::Text => Box::new(lines.finish()),
        Format::Json => Box::new(lines.json().flatten_event(true).finish()),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: &str, format: Format, log: impl FnOnce()) -> String {
        let page = Page::default();
        let writer = page.clone();
        let subscriber = subscriber(filter, format, false, move || writer.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, log);
        let bytes = page.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn json_lines_hold_the_message_and_its_fields() {
        let line = logged("info", Format::Json, || tracing::warn!(service = "fiverr", "the feed cannot be read"));
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["message"], "the feed cannot be read");
        assert_eq!(value["service"], "fiverr");
        assert_eq!(value["level"], "WARN");
    }

    #[test]
    fn a_diverted_outlet_hands_over_whole_lines() {
        let (told, lines) = std::sync::mpsc::channel();
        let outlet = Outlet::default();
        let writer = outlet.clone();
        let subscriber = subscriber("info", Format::Text, false, move || writer.clone()).unwrap();
        outlet.divert(move |line| told.send(line.to_owned()).is_ok());
        tracing::subscriber::with_default(subscriber, || tracing::warn!(service = "fiverr", "the feed cannot be read"));
        let line = lines.try_recv().unwrap();
        assert!(line.ends_with("the feed cannot be read service=\"fiverr\"\n"), "{line}");
        assert!(lines.try_recv().is_err());
    }

    #[test]
    fn libraries_are_quiet_until_they_are_named() {
        let log = || {
            tracing::debug!(target: "hyper::client", "pooling");
            tracing::debug!(target: "foghorn::feeds", "read");
        };
        let lines = logged("debug", Format::Text, log);
        assert!(lines.contains("read") && !lines.contains("pooling"), "{lines}");
        let lines = logged("info,hyper=debug", Format::Text, log);
        assert!(lines.contains("pooling") && !lines.contains("read"), "{lines}");
    }

    #[test]
    fn lines_without_colour_have_no_escape_sequences_and_keep_those_of_others_out() {
        let lines = logged("info", Format::Text, || tracing::info!("title \u{1b}[31mred"));
        assert!(lines.contains("red") && !lines.contains('\u{1b}'), "{lines:?}");
    }

    #[test]
    fn what_is_no_filter_is_refused_with_an_example() {
        let error = subscriber("info,=", Format::Text, false, io::stderr).err().unwrap().to_string();
        assert!(error.contains("`info,=` is no log filter") && error.contains("such as `info`"), "{error}");
    }
}
