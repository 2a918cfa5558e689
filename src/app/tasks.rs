//! The program's long-running tasks: none may end by itself.

use std::{collections::HashMap, future::Future};

use tokio::task::{Id, JoinSet};
use tracing::error;

/// The program's long-running tasks.
#[derive(Debug, Default)]
pub struct Tasks {
    set: JoinSet<()>,
    names: HashMap<Id, &'static str>,
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
        let handle = self.set.spawn(task);
        self.names.insert(handle.id(), name);
    }

    /// Waits for the first task to end; for ever when there is none.
    pub async fn first_end(&mut self) -> TaskDied {
        let Some(ended) = self.set.join_next_with_id().await else { return std::future::pending().await };
        let id = match &ended {
            Ok((id, ())) => *id,
            Err(failure) => failure.id(),
        };
        let task = self.names.remove(&id).unwrap_or("unknown");
        if let Err(failure) = ended {
            error!(task, %failure, "a task panicked");
        }
        TaskDied { task }
    }

    /// Waits until every task has ended.
    pub async fn all_ended(&mut self) {
        while self.set.join_next().await.is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_task_that_ends_or_panics_is_named() {
        let mut tasks = Tasks::default();
        tasks.start("patient", std::future::pending());
        tasks.start("hasty", async {});
        assert_eq!(tasks.first_end().await, TaskDied { task: "hasty" });
        tasks.start("clumsy", async { panic!("as a test") });
        assert_eq!(tasks.first_end().await, TaskDied { task: "clumsy" });
    }
}
