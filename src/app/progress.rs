//! How far work has come that takes a while, as a bar on the terminal. Where standard error is none, nothing is shown.

use std::{
    fs::File,
    io::{self, Read},
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{
    domain::{Ask, Reading},
    feeds::{Feed, FeedError},
};

/// What is done sooner needs no bar.
const SOON: Duration = Duration::from_secs(1);

/// A bar. Its clones are the same; it is taken away with the last of them.
#[derive(Clone)]
pub struct Progress(Arc<Shown>);

struct Shown {
    bar: ProgressBar,
    began: Instant,
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Progress {
    /// For so many steps; `what` says what is done.
    #[must_use]
    pub fn of_steps(what: &'static str, steps: usize) -> Self {
        Self::begin(what, u64::try_from(steps).unwrap_or(u64::MAX), "{msg} {wide_bar} {pos} of {len}")
    }

    /// For so many bytes.
    #[must_use]
    pub fn of_bytes(what: &'static str, bytes: u64) -> Self {
        Self::begin(what, bytes, "{msg} {wide_bar} {bytes} of {total_bytes}")
    }

    fn begin(what: &'static str, length: u64, template: &str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden()).with_message(what);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(Arc::new(Shown { bar, began: Instant::now() }))
    }

    /// So much more is done.
    pub fn advance(&self, by: u64) {
        let Shown { bar, began } = &*self.0;
        if bar.is_hidden() && began.elapsed() >= SOON {
            // Stays hidden where that is no terminal.
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.inc(by);
    }

    /// The feed, whose first reading is a step.
    #[must_use]
    pub fn watching(&self, feed: Arc<dyn Feed>) -> Arc<dyn Feed> {
        Arc::new(Watched { feed, progress: self.clone() })
    }
}

/// A feed whose readings are steps.
struct Watched {
    feed: Arc<dyn Feed>,
    progress: Progress,
}

#[async_trait]
impl Feed for Watched {
    async fn read(&self, ask: &Ask) -> Result<Reading, FeedError> {
        let reading = self.feed.read(ask).await;
        self.progress.advance(1);
        reading
    }
}

/// A file of which is shown how much has been read.
pub struct ReadFile {
    file: File,
    progress: Progress,
}

impl ReadFile {
    /// The file from its beginning.
    ///
    /// # Errors
    ///
    /// When nobody can say how long it is.
    pub fn new(what: &'static str, file: File) -> io::Result<Self> {
        let progress = Progress::of_bytes(what, file.metadata()?.len());
        Ok(Self { file, progress })
    }
}

impl Read for ReadFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.progress.advance(u64::try_from(count).unwrap_or_default());
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_is_read_is_counted_and_comes_through_as_it_is() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[b'x'; 100_000]).unwrap();
        io::Seek::rewind(&mut file).unwrap();
        let mut shown = ReadFile::new("reading", file).unwrap();
        let mut read = Vec::new();
        shown.read_to_end(&mut read).unwrap();
        assert_eq!(read, [b'x'; 100_000]);
        let bar = &shown.progress.0.bar;
        assert_eq!((bar.position(), bar.length()), (100_000, Some(100_000)));
    }
}
