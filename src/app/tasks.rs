//! The program's long-running tasks: none may end by itself.

use std::future::Future;

use tokio::task::JoinSet;
use tracing::error;

/// The program's long-running tasks.
#[derive(Debug, Default)]
pub struct Tasks {
    set: JoinSet<&'static str>,
}

/// A task that ended although it should not have.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the task `{task}` ended by itself")]
pub struct TaskDied {
    /// Which.
    pub task: &'static str,
}

impl Tasks {
    /// Starts a task.
    pub fn start(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        self.set.spawn(async move {
            task.await;
            name
        });
    }

    /// Waits for the first task to end.
    pub async fn first_end(&mut self) -> TaskDied {
        match self.set.join_next().await {
            Some(Ok(task)) => TaskDied { task },
            Some(Err(failure)) => {
                error!(%failure, "a task panicked");
                TaskDied { task: "unknown" }
            }
            None => std::future::pending().await,
        }
    }

    /// Waits until every task has ended.
    pub async fn all_ended(&mut self) {
        while self.set.join_next().await.is_some() {}
    }
}
