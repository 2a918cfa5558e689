//! The store on disk, over sled 0.34.
//!
//! sled's calls block, so one thread owns the database and does what it is asked in order. Writes are committed in
//! groups: what waits is done, on top of what is stored; the changes of all become one atomic batch, which is flushed;
//! then all are answered. A row that many operations change, such as the counters, is so written once. sled's own `flush`
//! starts writing but does not wait for the disk (`sync_file_range` on Linux), so the file is synced after it.
//!
//! When a group cannot be written (a full disk), all of it is refused and forgotten, and so is what comes after it, until
//! the database could be opened anew: sled itself never tries again.
//!
//! What is stored goes to a second file as well, `copy`, from which all of it is restored when the first one is damaged.

mod aside;
mod check;
mod copies;
mod copy;
mod disk;
mod files;
mod notes;
mod restore;
mod salvage;
mod stamp;

use std::{
    error::Error,
    iter, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};

use crate::{
    domain::{
        Change, ChatId, ChatSettings, Incident, IncidentId, Mute, Platform, RequestId, ServiceId, StormRule,
        Subscription, Suspension, Track, Watch, WatchedPage,
    },
    store::{
        Applied, Appointments, Backlog, Claim, Commit, DeliveryId, Depth, Ended, Kept, KeptPlace, Outcome, PageEnd,
        Revived, Settled, Store, StoreError, SweepPlace, Swept, Undelivered, UndeliveredPlace, operations::Operations,
    },
};
pub use aside::Aside;
use disk::{Disk, FlushError};
use files::{PanicError, is_damage, unusable, words_of};
pub use restore::Restored;
pub use salvage::{Salvaged, salvage};

/// Operations that may wait; whoever asks for more waits to ask.
const QUEUE: usize = 1_024;

/// How long nothing is tried after the database could not be opened anew.
const BROKEN_REST: Duration = Duration::from_secs(1);

/// Operations that are flushed together at most, so that the first does not wait long for the last.
const GROUP: usize = 128;

/// A store in a directory of its own.
pub struct SledStore {
    /// `Some` until it is dropped, like the thread.
    jobs: Option<mpsc::Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    returned: Returned,
}

/// Claims that never reached who asked for them; the thread takes them back.
type Returned = Arc<Mutex<Vec<(DeliveryId, u64)>>>;

/// Claims on their way to who asked for them. When that one has given up waiting, or the flush has failed, nobody would
/// settle them: they are returned.
struct Handover {
    claims: Vec<Claim>,
    returned: Returned,
}

impl Handover {
    fn open(mut self) -> Vec<Claim> {
        mem::take(&mut self.claims)
    }
}

impl Drop for Handover {
    fn drop(&mut self) {
        let ids = self.claims.drain(..).map(|claim| (claim.id, claim.number));
        self.returned.lock().unwrap_or_else(PoisonError::into_inner).extend(ids);
    }
}

/// What the thread is asked to do.
enum Job {
    /// Answers when it is done.
    Read(Box<Read>),
    /// Its answer is given when the group is flushed.
    Write(Box<Write>),
    /// The last: nothing is done after it.
    Close(oneshot::Sender<Result<(), StoreError>>),
}

type Read = dyn FnOnce(&mut Operations<Disk>) + Send;
/// Is given why nothing can be written now, where that is so.
type Write = dyn FnOnce(Result<&mut Operations<Disk>, FlushError>) -> Answer + Send;

/// Tells who asked, given how the flush went.
type Answer = Box<dyn FnOnce(Result<(), FlushError>) + Send>;

impl SledStore {
    /// Opens the store in this directory and creates what is missing.
    ///
    /// # Errors
    ///
    /// [`StoreError::InUse`], [`StoreError::Newer`], [`StoreError::Ruined`] or [`StoreError::Unusable`].
    pub fn open(path: &Path) -> Result<Arc<Self>, StoreError> {
        Self::open_with(path, StormRule::OFF)
    }

    /// As [`SledStore::open`], with a rule by which many outages at once are told.
    ///
    /// # Errors
    ///
    /// As [`SledStore::open`].
    pub fn open_with(path: &Path, storms: StormRule) -> Result<Arc<Self>, StoreError> {
        let disk = Disk::open(path)?;
        let shown = || path.display().to_string();
        let mut operations = guard(|| Operations::open(disk, &shown())).map_err(|error| match error {
            StoreError::Io(cause) if is_damage(cause.as_ref()) => StoreError::Ruined { path: shown(), cause },
            StoreError::Io(cause) => StoreError::Unusable { path: shown(), cause },
            StoreError::Damaged { .. } => StoreError::Ruined { path: shown(), cause: Box::new(error) },
            StoreError::InUse { .. }
            | StoreError::Newer { .. }
            | StoreError::Unusable { .. }
            | StoreError::Ruined { .. }
            | StoreError::Closed => error,
        })?;
        operations.set_storms(storms);
        operations.backend().stamp().map_err(|failed| unusable(path, failed))?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let returned = Returned::default();
        let writer = thread::Builder::new()
            .name("store".to_owned())
            .spawn({
                let returned = Arc::clone(&returned);
                move || work(operations, queue, &returned)
            })
            .map_err(|cause| unusable(path, cause))?;
        Ok(Arc::new(Self { jobs: Some(jobs), writer: Some(writer), returned }))
    }

    /// Whether a store was opened in this directory before.
    #[must_use]
    pub fn exists(path: &Path) -> bool {
        path.join("db").exists()
    }

    async fn ask<T>(&self, job: Job, answer: oneshot::Receiver<Result<T, StoreError>>) -> Result<T, StoreError> {
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    async fn read<T: Send + 'static>(
        &self,
        operation: impl FnOnce(&mut Operations<Disk>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Job::Read(Box::new(move |operations| {
            // Whoever asked may have given up waiting; a read leaves nothing behind.
            drop(answer.send(guard(|| operation(operations))));
        }));
        self.ask(job, answered).await
    }

    async fn write<T: Send + 'static>(
        &self,
        operation: impl FnOnce(&mut Operations<Disk>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Job::Write(Box::new(move |operations| {
            let done = match operations {
                Ok(operations) => guard(|| operation(operations)),
                Err(failed) => Err(StoreError::Io(Box::new(failed))),
            };
            Box::new(move |flushed| {
                let flushed = flushed.map_err(|failed| StoreError::Io(Box::new(failed)));
                // Whoever asked may have given up waiting; what was written stays written.
                drop(answer.send(done.and_then(|done| flushed.map(|()| done))));
            })
        }));
        self.ask(job, answered).await
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        // Without a sender the thread ends after what is queued; the directory is free when it has ended.
        drop(self.jobs.take());
        if let Some(Err(panic)) = self.writer.take().map(JoinHandle::join) {
            tracing::error!(panic = words_of(panic.as_ref()), "the store's thread panicked");
        }
    }
}

/// Does what is asked until the store is closed or nobody can ask any more.
fn work(mut operations: Operations<Disk>, mut queue: mpsc::Receiver<Job>, returned: &Returned) {
    let (mut closing, mut trouble) = (None, Trouble::default());
    while closing.is_none()
        && let Some(first) = next_job(&mut operations, &mut queue)
    {
        trouble.end(&mut operations);
        if trouble.is_over() {
            take_back(&mut operations, returned);
        }
        let mut answers = Vec::new();
        let group = iter::once(first).chain(iter::from_fn(|| queue.try_recv().ok()));
        for job in group.take(GROUP) {
            match job {
                Job::Read(read) => read(&mut operations),
                Job::Write(write) => answers.push(write(trouble.allow(&mut operations))),
                Job::Close(answer) => {
                    closing = Some(answer);
                    break;
                }
            }
            // What comes next is answered from the database as it is made anew.
            if operations.backend().wants_rebuild() {
                break;
            }
        }
        let flushed = operations.backend().flush();
        if let Err(failed) = &flushed {
            trouble.begin(failed);
        }
        for answer in answers {
            answer(flushed.clone());
        }
        trouble.heal(&mut operations);
        trouble.shrink(&mut operations);
        if operations.backend().has_work() {
            operations.backend().work();
        }
    }
    trouble.end(&mut operations);
    let flushed = trouble.allow(&mut operations).and_then(|operations| operations.backend().close());
    drop(operations);
    match closing {
        Some(answer) => {
            queue.close();
            // Whoever closed it may have given up waiting; it is closed all the same.
            drop(answer.send(flushed.map_err(|failed| StoreError::Io(Box::new(failed)))));
        }
        None => {
            if let Err(failed) = flushed {
                tracing::error!(error = &failed as &dyn Error, "the store was not flushed at its end");
            }
        }
    }
}

/// The next thing that is asked. While nobody asks, what is left to be copied is.
fn next_job(operations: &mut Operations<Disk>, queue: &mut mpsc::Receiver<Job>) -> Option<Job> {
    while operations.backend().has_work() {
        match queue.try_recv() {
            Ok(job) => return Some(job),
            Err(mpsc::error::TryRecvError::Empty) => operations.backend().work(),
            Err(mpsc::error::TryRecvError::Disconnected) => return None,
        }
    }
    queue.blocking_recv()
}

/// That nothing can be written, and why.
#[derive(Default)]
struct Trouble {
    cause: Option<FlushError>,
    tried: Option<Instant>,
}

impl Trouble {
    fn is_over(&self) -> bool {
        self.cause.is_none()
    }

    /// From now on nothing is written.
    fn begin(&mut self, failed: &FlushError) {
        if self.is_over() {
            tracing::error!(
                cause = failed as &dyn Error,
                "the store cannot be written; nothing new is accepted until it can, what was accepted is safe"
            );
        }
        self.cause = Some(failed.clone());
    }

    /// Tries to begin anew where the last group that was written has ended.
    fn end(&mut self, operations: &mut Operations<Disk>) {
        let rests = self.tried.is_some_and(|tried| tried.elapsed() < BROKEN_REST);
        if self.is_over() || rests {
            return;
        }
        self.tried = Some(Instant::now());
        match operations.backend().reopen().and_then(|()| guard(|| operations.count())) {
            Ok(()) => {
                tracing::info!("the store can be written again");
                *self = Self::default();
            }
            Err(error) => self.cause = Some(FlushError::new(error)),
        }
    }

    /// Makes the database anew when a part of it turned out to be damaged.
    fn heal(&mut self, operations: &mut Operations<Disk>) {
        if !operations.backend().wants_rebuild() {
            return;
        }
        match operations.backend().rebuild().and_then(|()| guard(|| operations.count())) {
            Ok(()) => *self = Self::default(),
            Err(error) => self.begin(&FlushError::new(error)),
        }
    }

    /// Makes the database anew when it has grown far beyond what lives in it.
    fn shrink(&mut self, operations: &mut Operations<Disk>) {
        if self.is_over()
            && operations.backend().wants_remake()
            && let Err(error) = operations.backend().remake()
        {
            self.begin(&FlushError::new(error));
        }
    }

    /// The operations, where they may change anything.
    fn allow<'o>(&self, operations: &'o mut Operations<Disk>) -> Result<&'o mut Operations<Disk>, FlushError> {
        match &self.cause {
            None => Ok(operations),
            Some(cause) => Err(cause.clone()),
        }
    }
}

/// Runs an operation; a panic in it is that operation's failure, not the thread's end.
fn guard<T>(operation: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(operation))
        .unwrap_or_else(|payload| Err(StoreError::Io(Box::new(PanicError(words_of(payload.as_ref()))))))
}

/// Takes back claims that nobody will settle: the next claim gets them.
fn take_back(operations: &mut Operations<Disk>, returned: &Returned) {
    let ids = mem::take(&mut *returned.lock().unwrap_or_else(PoisonError::into_inner));
    for (id, number) in ids {
        if let Err(error) = guard(|| operations.release(&id, number)) {
            tracing::error!(error = &error as &dyn Error, "a delivery waits for the next start");
        }
    }
}

#[async_trait]
impl Store for SledStore {
    async fn tracks(&self) -> Result<Vec<Track>, StoreError> {
        self.read(Operations::tracks).await
    }

    async fn track(&self, service: &ServiceId) -> Result<Option<Track>, StoreError> {
        let service = service.clone();
        self.read(move |operations| operations.track(&service)).await
    }

    async fn pages(&self) -> Result<Vec<(WatchedPage, bool)>, StoreError> {
        self.read(Operations::pages).await
    }

    async fn watches(&self, chat: &ChatId) -> Result<Vec<Watch>, StoreError> {
        let chat = chat.clone();
        self.read(move |operations| operations.watches(&chat)).await
    }

    async fn end_page(&self, id: &ServiceId) -> Result<PageEnd, StoreError> {
        let id = id.clone();
        self.write(move |operations| operations.end_page(&id)).await
    }

    async fn commit(&self, commit: Commit) -> Result<(), StoreError> {
        self.write(move |operations| operations.commit(&commit)).await
    }

    async fn incident(&self, id: &IncidentId) -> Result<Option<Incident>, StoreError> {
        let id = id.clone();
        self.read(move |operations| operations.incident(&id)).await
    }

    async fn history(&self, service: &ServiceId, most: usize) -> Result<Vec<Incident>, StoreError> {
        let service = service.clone();
        self.read(move |operations| operations.history(&service, most)).await
    }

    async fn subscriptions(&self, chat: &ChatId) -> Result<Vec<Subscription>, StoreError> {
        let chat = chat.clone();
        self.read(move |operations| operations.subscriptions(&chat)).await
    }

    async fn subscribers(
        &self,
        platform: Platform,
        after: Option<ChatId>,
        most: usize,
    ) -> Result<Vec<(ChatId, Option<ChatSettings>)>, StoreError> {
        self.read(move |operations| operations.subscribers(platform, after.as_ref(), most)).await
    }

    async fn settings(&self, chat: &ChatId) -> Result<Option<ChatSettings>, StoreError> {
        let chat = chat.clone();
        self.read(move |operations| operations.settings(&chat)).await
    }

    async fn mutes(&self, chat: &ChatId, now: DateTime<Utc>) -> Result<Vec<Mute>, StoreError> {
        let chat = chat.clone();
        self.read(move |operations| operations.mutes(&chat, now)).await
    }

    async fn memo(&self, name: &str) -> Result<Option<String>, StoreError> {
        let name = name.to_owned();
        self.read(move |operations| operations.memo(&name)).await
    }

    async fn set_memo(&self, name: &str, words: &str) -> Result<(), StoreError> {
        let (name, words) = (name.to_owned(), words.to_owned());
        self.write(move |operations| operations.set_memo(&name, &words)).await
    }

    async fn apply(
        &self,
        request: &RequestId,
        changes: Vec<Change>,
        now: DateTime<Utc>,
    ) -> Result<Applied, StoreError> {
        let request = request.clone();
        self.write(move |operations| operations.apply(&request, &changes, now)).await
    }

    async fn has_applied(&self, request: &RequestId) -> Result<bool, StoreError> {
        let request = request.clone();
        self.read(move |operations| operations.has_applied(&request)).await
    }

    async fn claim(&self, platform: Platform, now: DateTime<Utc>, most: usize) -> Result<Vec<Claim>, StoreError> {
        let returned = Arc::clone(&self.returned);
        let claim = move |operations: &mut Operations<Disk>| {
            operations.claim(platform, now, most).map(|claims| Handover { claims, returned })
        };
        self.write(claim).await.map(Handover::open)
    }

    async fn renew(&self, claim: &Claim, now: DateTime<Utc>) -> Result<Option<Claim>, StoreError> {
        let (delivery, number) = (claim.id.clone(), claim.number);
        // Whoever asks holds the claim, also when the answer does not come: it is not returned.
        self.write(move |operations| operations.renew(&delivery, number, now)).await
    }

    async fn settle(&self, claim: &Claim, outcome: Outcome, now: DateTime<Utc>) -> Result<Settled, StoreError> {
        let (delivery, number) = (claim.id.clone(), claim.number);
        self.write(move |operations| operations.settle(&delivery, number, &outcome, now)).await
    }

    async fn hasten(&self, deliveries: Vec<DeliveryId>, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |operations| operations.hasten(&deliveries, now)).await
    }

    async fn keep_appointments(&self, now: DateTime<Utc>, most: usize) -> Result<Appointments, StoreError> {
        self.write(move |operations| operations.keep_appointments(now, most)).await
    }

    async fn next_due(&self, platform: Platform, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(move |operations| operations.next_due(platform, now)).await
    }

    async fn backlog(&self) -> Result<Backlog, StoreError> {
        self.read(|operations| Ok(operations.backlog())).await
    }

    async fn depths(&self) -> Result<Vec<Depth>, StoreError> {
        match self.read(Operations::depths).await? {
            Some(depths) => Ok(depths),
            None => self.write(Operations::count_depths).await,
        }
    }

    async fn fan_outs(&self, platform: Platform) -> Result<Vec<(IncidentId, DateTime<Utc>)>, StoreError> {
        self.read(move |operations| operations.fan_outs(platform)).await
    }

    async fn undelivered(&self, after: Option<UndeliveredPlace>, most: usize) -> Result<Vec<Undelivered>, StoreError> {
        self.read(move |operations| operations.undelivered(after.as_ref(), most)).await
    }

    async fn revive(&self, letters: Vec<u64>, now: DateTime<Utc>) -> Result<Revived, StoreError> {
        self.write(move |operations| operations.revive(&letters, now)).await
    }

    async fn discard(&self, letters: Vec<u64>) -> Result<usize, StoreError> {
        self.write(move |operations| operations.discard(&letters)).await
    }

    async fn suspension(&self, chat: &ChatId) -> Result<Option<Suspension>, StoreError> {
        let chat = chat.clone();
        self.read(move |operations| operations.suspension(&chat)).await
    }

    async fn suspended(&self, platform: Platform, place: &str) -> Result<Vec<ChatId>, StoreError> {
        let place = place.to_owned();
        self.read(move |operations| operations.suspended(platform, &place)).await
    }

    async fn suspensions(&self, after: Option<ChatId>, most: usize) -> Result<Vec<(ChatId, Suspension)>, StoreError> {
        self.read(move |operations| operations.suspensions(after.as_ref(), most)).await
    }

    async fn end_suspended(&self, since: DateTime<Utc>) -> Result<Vec<Ended>, StoreError> {
        self.write(move |operations| operations.end_suspended(since)).await
    }

    async fn kept(&self, after: Option<KeptPlace>, most: usize) -> Result<(Vec<Kept>, Option<KeptPlace>), StoreError> {
        self.read(move |operations| operations.kept(after.as_ref(), most)).await
    }

    async fn sweep(
        &self,
        place: Option<SweepPlace>,
        now: DateTime<Utc>,
        history_from: DateTime<Utc>,
    ) -> Result<Swept, StoreError> {
        self.write(move |operations| operations.sweep(place.as_ref(), now, history_from)).await
    }

    async fn close(&self) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        self.ask(Job::Close(answer), answered).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_in_one_operation_fails_that_one_and_no_other() {
        let directory = tempfile::TempDir::new().unwrap();
        let store = SledStore::open(directory.path()).unwrap();
        let panicked: Result<(), _> = store.write(|_| panic!("a fault of ours")).await;
        let StoreError::Io(cause) = panicked.unwrap_err() else { panic!("another error") };
        assert_eq!(cause.to_string(), "the operation panicked: a fault of ours");
        assert_eq!(store.tracks().await.unwrap(), []);
    }
}
