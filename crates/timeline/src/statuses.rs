//! The statuses of the instance, kept so that they have names while Connect cannot be reached.
//!
//! Blocking.

use std::{
    io,
    path::{Path, PathBuf},
};

use presence::connect::AgentStatus;
use settings::json;

/// The statuses that were known last in this data folder; none if there never were any.
#[must_use]
pub fn load(data: &Path) -> Vec<AgentStatus> {
    json::read(&path(data)).unwrap_or_default()
}

/// Keeps the statuses.
///
/// # Errors
/// When the file cannot be written; the old one then stays as it was.
pub fn save(data: &Path, statuses: &[AgentStatus]) -> io::Result<()> {
    json::write(&path(data), statuses)
}

/// The file that they are kept in.
pub fn path(data: &Path) -> PathBuf {
    data.join("statuses.json")
}

#[cfg(test)]
mod tests {
    use presence::connect::{StatusArn, StatusKind};

    use super::*;

    #[test]
    fn statuses_come_back_as_they_were_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load(folder.path()), []);
        let lunch =
            AgentStatus { arn: StatusArn::new("arn:1"), name: "Lunch".into(), kind: StatusKind::Custom };
        save(folder.path(), std::slice::from_ref(&lunch)).unwrap();
        assert_eq!(load(folder.path()), [lunch]);
    }
}
