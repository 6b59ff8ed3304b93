//! What is remembered of a call that was dialled and is over. Values only.

use std::time::Duration;

use super::{
    LINGER,
    live::Ended,
    stage::{CallStage, Callee, CurrentCall},
};
use jiff::Timestamp;

/// A call that was dialled and is over. A call whose dial was not answered may continue; then it is over twice, with
/// the same moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DialOver {
    /// Who was called, and on which number.
    pub(crate) callee: Callee,
    /// When it was dialled.
    pub(crate) at: Timestamp,
    /// How long it was connected, as far as it is known; none if it never was.
    pub(crate) connected: Option<Duration>,
}

impl DialOver {
    /// `was` is the call while it was live, `is` what has become of it; none if nothing is shown of it any more.
    pub(super) fn of(was: &CurrentCall, is: Option<&CurrentCall>) -> Option<Self> {
        let CallStage::Live(live) = &was.stage else { return None };
        let connected = match is.map(|is| &is.stage) {
            Some(CallStage::Ended(Ended { connected, .. })) => *connected,
            // The session was lost, and how it continued is not known.
            Some(CallStage::Asking { .. } | CallStage::Live(_)) | None => {
                let lost = live.lost.map(|until| until.checked_sub(LINGER).unwrap_or(until));
                lost.zip(live.connected()).map(|(lost, since)| length(since, lost))
            }
        };
        Some(Self { callee: was.callee.clone(), at: live.dial.at, connected })
    }
}

fn length(since: Timestamp, until: Timestamp) -> Duration {
    Duration::try_from(until.duration_since(since)).unwrap_or(Duration::ZERO)
}
