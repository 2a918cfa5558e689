//! What is printed, one block after the other, by a thread of its own: a reader who does not read (`foghorn | less`)
//! keeps only that thread waiting.

use std::{io, thread};

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// Blocks that wait to be printed: an alert and an answer, and the log lines of a start at which no source can be read.
/// When it is full, who prints waits.
const WAITING: usize = 512;

/// Puts one block of lines where it is read.
pub(super) type Sink = Box<dyn FnMut(String) -> io::Result<()> + Send>;

struct Job {
    block: String,
    printed: oneshot::Sender<io::Result<()>>,
}

/// What is printed.
#[derive(Debug)]
pub(super) struct Page {
    jobs: mpsc::Sender<Job>,
    closed: CancellationToken,
}

impl Page {
    /// A page that prints by this sink.
    pub(super) fn open(mut sink: Sink) -> io::Result<Self> {
        let (jobs, mut waiting) = mpsc::channel::<Job>(WAITING);
        let closed = CancellationToken::new();
        let on_failure = closed.clone();
        thread::Builder::new().name("console-page".to_owned()).spawn(move || {
            while let Some(job) = waiting.blocking_recv() {
                let outcome = sink(job.block);
                if outcome.is_err() {
                    on_failure.cancel();
                }
                // Who asked may have stopped waiting; the block is printed all the same.
                drop(job.printed.send(outcome));
            }
        })?;
        Ok(Self { jobs, closed })
    }

    /// Prints one block and waits until it is out.
    pub(super) async fn print(&self, block: String) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        if self.closed.is_cancelled() {
            return Err(gone());
        }
        let (printed, outcome) = oneshot::channel();
        self.jobs.send(Job { block, printed }).await.map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())?
    }

    /// What prints a line without waiting for it: `false` when too many wait already, or nothing can be printed.
    pub(super) fn aside(&self) -> impl Fn(&str) -> bool + Send + 'static + use<> {
        let jobs = self.jobs.downgrade();
        move |line| {
            // Nobody asks how it went.
            let (printed, _) = oneshot::channel();
            jobs.upgrade().is_some_and(|jobs| jobs.try_send(Job { block: line.to_owned(), printed }).is_ok())
        }
    }

    /// Resolves when nothing can be printed any more.
    pub(super) async fn closed(&self) {
        self.closed.cancelled().await;
    }
}
