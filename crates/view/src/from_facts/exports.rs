//! A file that a person asks for, in words: the title of its dialog, and what came of it.

use std::{io, path::Path};

use crate::{
    model::Exported,
    words::{fill, say},
};

/// What can be written where a person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Every decision.
    Timeline,
    /// The settings, for other computers.
    Policy,
}

impl Export {
    /// The title of the dialog that asks where.
    #[must_use]
    pub fn title(self) -> String {
        say(match self {
            Self::Timeline => "timelinePage.export",
            Self::Policy => "setupPage.export",
        })
    }

    /// What came of writing it to this file.
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
                let reason = error.kind().to_string();
                let values = [("file", file.as_str()), ("reason", &reason)];
                Exported::Failed { sentence: fill("export.failed", &values) }
            }
        }
    }

    /// Nobody could be asked where.
    #[must_use]
    pub fn unopened() -> Exported {
        Exported::Failed { sentence: say("export.unopened") }
    }
}
