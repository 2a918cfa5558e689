//! Work side by side, in order within a lane: what concerns one chat follows each other, chats do not wait for each other.

use std::{
    collections::{HashMap, VecDeque},
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures_util::{FutureExt, future::BoxFuture};
use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{timeout, timeout_at},
};
use tracing::error;

/// A piece of work.
pub(super) type Job = BoxFuture<'static, ()>;

/// Work side by side, in order within a lane.
pub(super) struct Lanes {
    shared: Arc<Shared>,
    tasks: Mutex<JoinSet<()>>,
}

struct Shared {
    /// The work that waits in each lane; a lane that is here has a task.
    waiting: Mutex<HashMap<i64, VecDeque<Job>>>,
    turns: Semaphore,
    most_waiting: usize,
    longest: Duration,
}

impl Lanes {
    /// Lanes of which so many go on at once. In one, `most_waiting` pieces may wait, and none may take longer than `longest`.
    pub(super) fn new(at_once: usize, most_waiting: usize, longest: Duration) -> Self {
        let shared = Shared { waiting: Mutex::default(), turns: Semaphore::new(at_once), most_waiting, longest };
        Self { shared: Arc::new(shared), tasks: Mutex::default() }
    }

    /// Adds work to a lane; `false` when too much waits there already, and it is dropped.
    pub(super) fn add(&self, lane: i64, job: Job) -> bool {
        let mut waiting = self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = waiting.get_mut(&lane) {
            let is_room = queue.len() < self.shared.most_waiting;
            if is_room {
                queue.push_back(job);
            }
            return is_room;
        }
        waiting.insert(lane, VecDeque::from([job]));
        drop(waiting);
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(Arc::clone(&self.shared).work(lane));
        true
    }

    /// Waits until all work is done, at most so long; what is not done then is dropped.
    pub(super) async fn finish(&self, patience: Duration) {
        let end = tokio::time::Instant::now() + patience;
        loop {
            // Work may add work, so the tasks are looked at again until there are none.
            let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
            if tasks.is_empty() {
                return;
            }
            let all = async { while tasks.join_next().await.is_some() {} };
            if timeout_at(end, all).await.is_err() {
                return;
            }
        }
    }
}

impl Shared {
    async fn work(self: Arc<Self>, lane: i64) {
        while let Some(job) = self.next(lane) {
            // Nobody closes the semaphore.
            let _turn = self.turns.acquire().await;
            match timeout(self.longest, AssertUnwindSafe(job).catch_unwind()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => error!(platform = "telegram", "handling an update or a reply panicked"),
                Err(_) => error!(
                    platform = "telegram",
                    "handling an update or a reply took more than {} s and was given up",
                    self.longest.as_secs()
                ),
            }
        }
    }

    /// The next work of a lane; a lane without any is gone.
    fn next(&self, lane: i64) -> Option<Job> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let job = waiting.get_mut(&lane)?.pop_front();
        if job.is_none() {
            waiting.remove(&lane);
        }
        job
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::{mpsc, oneshot};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn one_lane_keeps_its_order_while_another_goes_on() {
        let lanes = Lanes::new(8, 8, LONG);
        let (told, mut heard) = mpsc::channel(8);
        let (go, wait) = oneshot::channel::<()>();
        let tell = |number: u32| {
            let told = told.clone();
            async move { told.send(number).await.unwrap() }
        };
        let (first, second, other) = (tell(1), tell(2), tell(10));
        lanes.add(
            1,
            Box::pin(async move {
                wait.await.unwrap();
                first.await;
            }),
        );
        lanes.add(1, Box::pin(second));
        lanes.add(2, Box::pin(other));
        assert_eq!(heard.recv().await, Some(10), "the other lane does not wait");
        go.send(()).unwrap();
        assert_eq!((heard.recv().await, heard.recv().await), (Some(1), Some(2)));
        lanes.finish(LONG).await;
    }

    #[tokio::test]
    async fn a_panic_or_a_hang_ends_one_piece_of_work_only() {
        let lanes = Lanes::new(8, 8, Duration::from_millis(1));
        let (told, mut heard) = mpsc::channel(8);
        lanes.add(1, Box::pin(async { panic!("as a test") }));
        lanes.add(1, Box::pin(std::future::pending()));
        lanes.add(1, Box::pin(async move { told.send(3).await.unwrap() }));
        assert_eq!(heard.recv().await, Some(3));
        lanes.finish(LONG).await;
    }

    #[tokio::test]
    async fn what_is_too_much_for_a_lane_is_dropped_and_the_lane_is_free_again_later() {
        let lanes = Lanes::new(8, 2, LONG);
        let (go, wait) = oneshot::channel::<()>();
        assert!(lanes.add(1, Box::pin(async move { wait.await.unwrap() })));
        tokio::task::yield_now().await;
        assert!(lanes.add(1, Box::pin(async {})));
        assert!(lanes.add(1, Box::pin(async {})));
        assert!(!lanes.add(1, Box::pin(async {})));
        assert!(lanes.add(2, Box::pin(async {})));
        go.send(()).unwrap();
        lanes.finish(LONG).await;
        assert!(lanes.add(1, Box::pin(async {})));
        lanes.finish(LONG).await;
    }
}
