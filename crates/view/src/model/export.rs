//! What came of a file that a person asked for.

use serde::Serialize;
use ts_rs::TS;

/// How an export ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum Exported {
    /// The file is there.
    Saved {
        /// "Saved as … ."
        sentence: String,
    },
    /// It is not.
    Failed {
        /// What did not succeed, and why.
        sentence: String,
    },
    /// The person named no file, or is still asked for one.
    Cancelled,
}
