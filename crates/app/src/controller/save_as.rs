//! Writes a file that the person chooses: asks them in a dialog of the system, one at a time, and builds the contents
//! once they have answered.
//!
//! The dialog outlives a restart in the process, so what waits for it goes to the next controller.

use std::{future, path::PathBuf};

use settings::{atomic, export_policy};
use timeline::export_name;
use tokio::sync::oneshot;
use view::{Exported, from_facts::Export};

use super::Controller;
use crate::host::{Host, SaveAs};

/// The name that is proposed for the file of a policy.
const POLICY_NAME: &str = "connectpath-teams-policy.toml";

/// What is to be written, and who waits for it.
#[derive(Debug)]
struct OpenDialog {
    export: Export,
    reply: oneshot::Sender<Exported>,
    chosen: oneshot::Receiver<Option<PathBuf>>,
}

/// What the person answered: no file if they cancelled, an error if the dialog could not be opened.
#[derive(Debug)]
pub(super) struct ChosenFile {
    export: Export,
    reply: oneshot::Sender<Exported>,
    path: Result<Option<PathBuf>, oneshot::error::RecvError>,
}

/// The dialog that is open, if one is.
#[derive(Debug, Default)]
pub(super) struct SaveDialog(Option<OpenDialog>);

impl SaveDialog {
    /// Waits for the person's choice; for ever while no dialog is open.
    pub(super) async fn chosen(&mut self) -> ChosenFile {
        if let Some(asked) = &mut self.0 {
            let path = (&mut asked.chosen).await;
            if let Some(OpenDialog { export, reply, chosen: _ }) = self.0.take() {
                return ChosenFile { export, reply, path };
            }
        }
        future::pending().await
    }
}

impl<H: Host> Controller<H> {
    /// Asks the person for the file to write, unless they are being asked already.
    pub(super) fn export(&mut self, export: Export, reply: oneshot::Sender<Exported>) {
        if self.save_dialog.0.is_some() {
            drop(reply.send(Exported::Cancelled));
            return;
        }
        let name = match export {
            Export::Timeline => export_name(self.clock.now()),
            Export::Policy => POLICY_NAME.to_owned(),
        };
        let chosen = self.host.save_as(SaveAs { title: export.title(), name });
        self.save_dialog.0 = Some(OpenDialog { export, reply, chosen });
    }

    /// Writes the file with its current contents.
    pub(super) fn file_chosen(&self, ChosenFile { export, reply, path }: ChosenFile) {
        let path = match path {
            Ok(Some(path)) => path,
            Ok(None) => return drop(reply.send(Exported::Cancelled)),
            Err(_) => return drop(reply.send(Export::unopened())),
        };
        let text: Box<dyn FnOnce() -> String + Send> = match export {
            Export::Timeline => {
                let (store, statuses, now) = (self.store.clone(), self.statuses.clone(), self.clock.now());
                Box::new(move || timeline::export(&store, &statuses, now))
            }
            Export::Policy => {
                let settings = self.settings_in_question();
                Box::new(move || export_policy(&settings))
            }
        };
        tokio::task::spawn_blocking(move || {
            let result = atomic::export(&path, text().as_bytes());
            if let Err(error) = &result {
                tracing::warn!(%error, ?export, "the file could not be written");
            }
            drop(reply.send(export.written(&path, &result)));
        });
    }
}
