//! What the page of doctor shows: the checks as they come, and the report to copy.
//!
//! Every type here is exported to `ui/src/bindings/`, as those of [`super`] are.

use serde::Serialize;
use ts_rs::TS;

use crate::doctor::Check;

/// The page. It grows while the checks run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DoctorPage {
    /// True while checks are missing.
    pub running: bool,
    /// How many there will be.
    pub total: u32,
    /// Those that are known, in their order; the others follow.
    pub checks: Vec<Check>,
    /// "2 failed, 1 warning, 12 good, 3 not checked."; empty before the first one.
    pub summary: String,
    /// The whole report as text, to be copied.
    pub report: String,
}
