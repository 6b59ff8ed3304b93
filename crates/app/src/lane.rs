//! The lane: what must happen in order. Provenance is on disk before the write it announces leaves the
//! machine; timeline rows keep the order of the decisions.
//!
//! One task; it decides nothing and reports every write exactly once.

use std::{io, path::PathBuf, sync::Arc};

use graph::{Graph, GraphError};
use presence::{connect::AgentStatus, engine::Write, identity::ObjectId, timeline::Entry};
use secrecy::SecretString;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use crate::{
    files::{Files, Kept},
    setup::{self, Draft},
    statuses,
    timeline::Store,
};

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Job {
    /// Keep this.
    Save(Box<Kept>),
    /// Write this to Graph, as this person.
    Write { write: Write, token: SecretString, own: ObjectId },
    /// Add this to the timeline.
    Record(Box<Entry>),
    /// Keep the names of the statuses.
    Statuses(Vec<AgentStatus>),
    /// Keep the draft of the wizard, or forget it.
    Draft(Option<Box<Draft>>),
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

/// What the lane tells.
#[derive(Debug)]
pub(crate) enum Done {
    /// How a write to this person's Teams ended; exactly one for each.
    Wrote { own: ObjectId, result: Result<(), WriteProblem> },
    /// A decision can be read in the timeline.
    Recorded,
}

/// Where the lane works.
#[derive(Debug)]
pub(crate) struct Places {
    /// None while nothing is set up.
    pub(crate) graph: Option<Graph>,
    /// Provenance.
    pub(crate) files: Files,
    /// The timeline.
    pub(crate) store: Store,
    /// The folder of the rest.
    pub(crate) data: PathBuf,
}

/// Starts the lane; `report` gets what it did.
pub(crate) fn start(
    places: Places,
    report: impl Fn(Done) + Send + Sync + 'static,
) -> mpsc::UnboundedSender<Job> {
    let (sender, jobs) = mpsc::unbounded_channel();
    tokio::spawn(run(Arc::new(places), jobs, report));
    sender
}

async fn run(
    places: Arc<Places>,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    report: impl Fn(Done) + Send + Sync,
) {
    let mut unsaved: Option<WriteProblem> = None;
    let mut loses_rows = false;
    while let Some(job) = jobs.recv().await {
        match job {
            Job::Save(kept) => {
                let saved = blocking(&places, move |places| places.files.save_provenance(&kept)).await;
                let file = places.files.provenance();
                unsaved = saved.err().map(|reason| WriteProblem::Disk { file, reason });
            }
            Job::Write { write, token, own } => {
                let result = match (unsaved.take(), &places.graph) {
                    (Some(problem), _) => Err(problem),
                    (None, Some(graph)) => {
                        graph.write(&token, &own, &write).await.map_err(WriteProblem::from)
                    }
                    (None, None) => Err(WriteProblem::Graph(GraphError::NotFound)),
                };
                report(Done::Wrote { own, result });
            }
            Job::Record(entry) => {
                let decided = matches!(*entry, Entry::Decision(_));
                let kept = blocking(&places, move |places| places.store.append(&entry)).await;
                if decided && kept.is_ok() {
                    report(Done::Recorded);
                }
                // Told once: a disk that stays full would fill the log too.
                match (kept, loses_rows) {
                    (Err(error), false) => {
                        loses_rows = true;
                        tracing::warn!(%error, "the timeline cannot be kept; rows are lost until it can");
                    }
                    (Ok(()), true) => {
                        loses_rows = false;
                        tracing::info!("the timeline is kept again");
                    }
                    (Err(_), true) | (Ok(()), false) => {}
                }
            }
            Job::Statuses(known) => {
                if let Err(error) =
                    blocking(&places, move |places| statuses::save(&places.data, &known)).await
                {
                    tracing::warn!(%error, "the names of the statuses could not be kept");
                }
            }
            Job::Draft(draft) => {
                let keep = move |places: &Places| setup::keep(&places.data, draft.as_deref());
                if let Err(error) = blocking(&places, keep).await {
                    tracing::warn!(%error, "the wizard's draft could not be kept");
                }
            }
            Job::Flush(done) => drop(done.send(())),
        }
    }
}

async fn blocking(
    places: &Arc<Places>,
    work: impl FnOnce(&Places) -> io::Result<()> + Send + 'static,
) -> io::Result<()> {
    let places = Arc::clone(places);
    match tokio::task::spawn_blocking(move || work(&places)).await {
        Ok(result) => result,
        Err(stopped) => Err(io::Error::other(stopped)),
    }
}
