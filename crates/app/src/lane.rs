//! The lane: what must happen in order. Provenance is on disk before the write it announces leaves the
//! machine; timeline rows keep the order of the decisions.
//!
//! One task; it decides nothing and reports every write exactly once.

use std::{io, path::PathBuf};

use graph::{Graph, GraphError};
use presence::{engine::Write, identity::ObjectId, provenance::Provenance, timeline::Row};
use secrecy::SecretString;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use crate::files;

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Job {
    /// Keep this.
    Save(Box<Provenance>),
    /// Write this to Graph, as this person.
    Write { write: Write, token: SecretString, own: ObjectId },
    /// Add this row to the timeline.
    Record(Row),
    /// Say when everything before is done.
    Flush(oneshot::Sender<()>),
}

/// Why a write did not arrive.
#[derive(Debug, Error)]
pub(crate) enum WriteProblem {
    /// Graph did not take it.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// It was held back, because what it would leave in Teams could not be remembered.
    #[error("{file} cannot be written: {reason}", file = file.display())]
    Disk {
        /// The file.
        file: PathBuf,
        /// The system's words.
        reason: io::Error,
    },
}

/// Starts the lane; `report` gets the outcome of each write.
pub(crate) fn start(
    graph: Option<Graph>,
    files: files::Files,
    report: impl Fn(Result<(), WriteProblem>) + Send + Sync + 'static,
) -> mpsc::UnboundedSender<Job> {
    let (sender, jobs) = mpsc::unbounded_channel();
    tokio::spawn(run(graph, files, jobs, report));
    sender
}

async fn run(
    graph: Option<Graph>,
    files: files::Files,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    report: impl Fn(Result<(), WriteProblem>) + Send + Sync,
) {
    let mut unsaved: Option<WriteProblem> = None;
    while let Some(job) = jobs.recv().await {
        match job {
            Job::Save(provenance) => {
                let kept = blocking(&files, move |files| files.save_provenance(&provenance)).await;
                unsaved = kept.err().map(|reason| WriteProblem::Disk { file: files.provenance(), reason });
            }
            Job::Write { write, token, own } => report(match (unsaved.take(), &graph) {
                (Some(problem), _) => Err(problem),
                (None, Some(graph)) => graph.write(&token, &own, &write).await.map_err(WriteProblem::from),
                (None, None) => Err(WriteProblem::Graph(GraphError::NotFound)),
            }),
            Job::Record(row) => {
                if let Err(error) = blocking(&files, move |files| files.append_timeline(&row)).await {
                    tracing::warn!(%error, "the timeline could not be kept");
                }
            }
            Job::Flush(done) => drop(done.send(())),
        }
    }
}

async fn blocking(
    files: &files::Files,
    work: impl FnOnce(&files::Files) -> io::Result<()> + Send + 'static,
) -> io::Result<()> {
    let files = files.clone();
    match tokio::task::spawn_blocking(move || work(&files)).await {
        Ok(result) => result,
        Err(stopped) => Err(io::Error::other(stopped)),
    }
}
