//! A task that ends when its handle is dropped.

use tokio::task::AbortHandle;

/// Aborts the task when it is dropped.
#[derive(Debug)]
pub(crate) struct AbortOnDrop(AbortHandle);

impl AbortOnDrop {
    /// Starts a task that ends when the returned value is dropped.
    pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(work).abort_handle())
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_task_ends_with_its_handle() {
        let (alive, ended) = oneshot::channel::<()>();
        let task = AbortOnDrop::spawn(async move {
            std::future::pending::<()>().await;
            drop(alive);
        });
        drop(task);
        assert!(ended.await.is_err());
    }
}
