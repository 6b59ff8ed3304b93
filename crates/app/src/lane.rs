//! The lane does what must happen in order. Provenance is on disk before the write or order that it announces leaves
//! the machine; timeline rows keep the order of the decisions.
//!
//! One task, and one more for the write to Graph that is under way: nothing waits for a slow answer. It decides nothing
//! and reports every write and every order exactly once.

use std::{collections::BTreeMap, io, path::PathBuf, sync::Arc};

use graph::{Graph, GraphError, MessageWrite};
use people::PersonId;
use presence::{
    aws::UserId, connect::AgentStatus, engine::Write, identity::ObjectId, timeline::TimelineEntry,
};
use secrecy::SecretString;
use thiserror::Error;
use timeline::{TimelineStore, statuses};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use view::facts::DiskFailure;
use wizard::Draft;

use crate::{
    files::Files,
    machine::{
        ccp::Confirmed, gate::SentWith, login::Authorization, message::KeptMessages, orders::StatusOrder,
    },
    stored_provenance::StoredProvenance,
};

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Job {
    /// Keep this provenance.
    Save(Box<StoredProvenance>),
    /// Write this to Graph, as this person.
    Write { write: Write, token: SecretString, own: ObjectId, sent: SentWith },
    /// Keep the texts that may be ours, then write the status message, as this person.
    WriteMessage {
        write: MessageWrite,
        kept: KeptMessages,
        token: SecretString,
        own: ObjectId,
        sent: SentWith,
    },
    /// Keep the texts of ours that may be in the status message.
    Messages(KeptMessages),
    /// Report this order to Connect once its provenance is on disk.
    Order(StatusOrder),
    /// Add this to the timeline.
    Record(Box<TimelineEntry>),
    /// Keep the names of the statuses.
    Statuses(Vec<AgentStatus>),
    /// Keep the two names that the person confirmed.
    Confirmed(Confirmed),
    /// Keep the favourites.
    Favourites(Vec<PersonId>),
    /// Keep which users of Connect the agent joined with which people of the directory.
    Joins(BTreeMap<UserId, ObjectId>),
    /// Keep whether people are listed by department.
    Grouped(bool),
    /// Keep the draft of the wizard, or forget it.
    Draft(Option<Box<Draft>>),
    /// Keep what is known of the authorization of this name.
    Authorization { account: String, authorization: Box<Authorization> },
    /// Report when every job before this one is done.
    Flush(oneshot::Sender<()>),
}

/// Why a write did not arrive.
#[derive(Debug, Error)]
pub(crate) enum WriteProblem {
    /// Graph did not accept it.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// It was held back, because its provenance could not be kept on disk.
    #[error(transparent)]
    Disk(#[from] DiskFailure),
}

/// What the lane reports.
#[derive(Debug)]
pub(crate) enum LaneReport {
    /// How a write that was sent with this ended; exactly one for each.
    Wrote { sent: SentWith, result: Result<(), WriteProblem> },
    /// How a write of the status message ended; exactly one for each.
    WroteMessage { sent: SentWith, result: Result<(), WriteProblem> },
    /// Whether the provenance of this order is on disk; exactly one for each.
    Announced { order: StatusOrder, result: Result<(), DiskFailure> },
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
    pub(crate) store: TimelineStore,
    /// The data folder, for the other files.
    pub(crate) data: PathBuf,
}

/// Starts the lane; `report` gets what it did.
pub(crate) fn start(
    places: Places,
    report: impl Fn(LaneReport) + Send + Sync + 'static,
) -> mpsc::UnboundedSender<Job> {
    let (sender, jobs) = mpsc::unbounded_channel();
    tokio::spawn(run(Arc::new(places), jobs, Arc::new(report)));
    sender
}

async fn run(
    places: Arc<Places>,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    report: Arc<impl Fn(LaneReport) + Send + Sync + 'static>,
) {
    let mut unsaved: Option<Box<StoredProvenance>> = None;
    let mut under_way: Option<JoinHandle<()>> = None;
    let mut message_under_way: Option<JoinHandle<()>> = None;
    let mut loses_rows = false;
    while let Some(job) = jobs.recv().await {
        match job {
            Job::Save(kept) => {
                unsaved = Some(kept);
                // A job that needs it on disk tries again, and reports a failure.
                drop(save(&places, &mut unsaved).await);
            }
            Job::Write { write, token, own, sent } => {
                wait_for(&mut under_way).await;
                let saved = save(&places, &mut unsaved).await;
                let (places, report) = (Arc::clone(&places), Arc::clone(&report));
                under_way = Some(tokio::spawn(async move {
                    let result = match (saved, &places.graph) {
                        (Err(failure), _) => Err(failure.into()),
                        (Ok(()), Some(graph)) => {
                            graph.write(&token, &own, &write).await.map_err(WriteProblem::from)
                        }
                        (Ok(()), None) => {
                            Err(WriteProblem::Graph(GraphError::NotFound { retry_after: None }))
                        }
                    };
                    report(LaneReport::Wrote { sent, result });
                }));
            }
            Job::WriteMessage { write, kept, token, own, sent } => {
                wait_for(&mut message_under_way).await;
                let saved = save_messages(&places, kept).await;
                let (places, report) = (Arc::clone(&places), Arc::clone(&report));
                message_under_way = Some(tokio::spawn(async move {
                    let result = match (saved, &places.graph) {
                        (Err(failure), _) => Err(failure.into()),
                        (Ok(()), Some(graph)) => {
                            graph.write_message(&token, &own, &write).await.map_err(WriteProblem::from)
                        }
                        (Ok(()), None) => {
                            Err(WriteProblem::Graph(GraphError::NotFound { retry_after: None }))
                        }
                    };
                    report(LaneReport::WroteMessage { sent, result });
                }));
            }
            Job::Messages(kept) => {
                // Superfluous messages in the file do no harm.
                if let Err(problem) = save_messages(&places, kept).await {
                    tracing::warn!(%problem, "what may be in the status message could not be written to disk");
                }
            }
            Job::Order(order) => {
                let result = save(&places, &mut unsaved).await;
                report(LaneReport::Announced { order, result });
            }
            Job::Record(entry) => {
                let decided = matches!(*entry, TimelineEntry::Decision(_));
                let kept = blocking(&places, move |places| places.store.append(&entry)).await;
                if decided && kept.is_ok() {
                    report(LaneReport::Recorded);
                }
                // Logged once: a disk that stays full would fill the log too.
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
            Job::Confirmed(pair) => {
                if let Err(error) = blocking(&places, move |places| places.files.save_confirmed(&pair)).await
                {
                    tracing::warn!(%error, "the confirmation could not be kept; it lasts until quit");
                }
            }
            Job::Favourites(people) => {
                if let Err(error) =
                    blocking(&places, move |places| places.files.save_favourites(&people)).await
                {
                    tracing::warn!(%error, "the favourites could not be kept; they last until quit");
                }
            }
            Job::Joins(joins) => {
                if let Err(error) = blocking(&places, move |places| places.files.save_joins(&joins)).await {
                    tracing::warn!(%error, "the joined rows could not be kept; they last until quit");
                }
            }
            Job::Grouped(grouped) => {
                if let Err(error) = blocking(&places, move |places| places.files.save_grouped(grouped)).await
                {
                    tracing::warn!(%error, "how people are listed could not be kept; it lasts until quit");
                }
            }
            Job::Draft(draft) => {
                let keep = move |places: &Places| wizard::keep(&places.data, draft.as_deref());
                if let Err(error) = blocking(&places, keep).await {
                    tracing::warn!(%error, "the wizard's draft could not be kept");
                }
            }
            Job::Authorization { account, authorization } => {
                let keep = move |places: &Places| places.files.save_authorization(&account, &authorization);
                if let Err(error) = blocking(&places, keep).await {
                    tracing::warn!(%error, "the period of Teams Login could not be kept; it lasts until quit");
                }
            }
            Job::Flush(done) => {
                drop(save(&places, &mut unsaved).await);
                wait_for(&mut under_way).await;
                wait_for(&mut message_under_way).await;
                let _nobody_waits = done.send(());
            }
        }
    }
}

/// Keeps the provenance that is not on disk, if there is any.
async fn save(places: &Arc<Places>, unsaved: &mut Option<Box<StoredProvenance>>) -> Result<(), DiskFailure> {
    let Some(kept) = unsaved.clone() else { return Ok(()) };
    match blocking(places, move |places| places.files.save_provenance(&kept)).await {
        Ok(()) => {
            *unsaved = None;
            Ok(())
        }
        Err(error) => Err(DiskFailure { file: places.files.provenance(), kind: error.kind() }),
    }
}

async fn save_messages(places: &Arc<Places>, kept: KeptMessages) -> Result<(), DiskFailure> {
    let saved = blocking(places, move |places| places.files.save_messages(&kept)).await;
    saved.map_err(|error| DiskFailure { file: places.files.messages(), kind: error.kind() })
}

/// Waits until the write under way is answered.
async fn wait_for(under_way: &mut Option<JoinHandle<()>>) {
    if let Some(write) = under_way.take()
        && let Err(stopped) = write.await
    {
        tracing::error!(%stopped, "a write to Graph ended without an answer");
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

#[cfg(test)]
mod tests;
