//! A file that a person asks for, in words: the title of its dialog, and whether it was written.

use std::{io, path::Path};

use super::disk::disk_reason;
use crate::{
    model::Exported,
    words::{fill, say},
};

/// What a person can have written to a file that they choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Every decision.
    Timeline,
    /// The settings, for other computers.
    Policy,
}

impl Export {
    /// The title of the dialog that asks for the file.
    #[must_use]
    pub fn title(self) -> String {
        say(match self {
            Self::Timeline => "timelinePage.export",
            Self::Policy => "setupPage.export",
        })
    }

    /// Whether it was written to this file.
    #[must_use]
    pub fn written(self, file: &Path, result: &io::Result<()>) -> Exported {
        let file = file.display().to_string();
        match result {
            Ok(()) => {
                let saved = match self {
                    Self::Timeline => "export.timeline",
                    Self::Policy => "export.policy",
                };
                Exported::Saved { sentence: fill(saved, &[("file", &file)]) }
            }
            Err(error) => {
                let reason = disk_reason(error.kind());
                let values = [("file", file.as_str()), ("reason", &reason)];
                Exported::Failed { sentence: fill("export.failed", &values) }
            }
        }
    }

    /// The dialog could not be opened.
    #[must_use]
    pub fn unopened() -> Exported {
        Exported::Failed { sentence: say("export.unopened") }
    }
}
