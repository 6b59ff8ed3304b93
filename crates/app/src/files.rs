//! The controller's small files in the data folder: provenance, favourites, who was confirmed, and how long an
//! authorization lasts.
//!
//! Blocking; called from the lane or at start only. A file that cannot be read is kept and named, never
//! overwritten by guesswork.

use std::{
    io,
    path::{Path, PathBuf},
};

use presence::identity::ObjectId;
use settings::json;

use crate::{kept::Kept, machine::login::Authorization};

/// The files of one data folder.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    folder: PathBuf,
}

impl Files {
    /// The files in `folder`, which is made when the first one is written.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    /// What we wrote to Teams and still stands.
    pub(crate) fn provenance(&self) -> PathBuf {
        self.folder.join("provenance.json")
    }

    fn authorization(&self) -> PathBuf {
        self.folder.join("authorization.json")
    }

    fn favourites(&self) -> PathBuf {
        self.folder.join("favourites.json")
    }

    fn confirmed(&self) -> PathBuf {
        self.folder.join("confirmed.json")
    }

    /// Reads provenance; none where there is no file. A torn or foreign file counts as none: what it
    /// described lapses in Teams by its expiry.
    pub(crate) fn load_provenance(&self) -> Kept {
        json::read(&self.provenance()).unwrap_or_default()
    }

    /// Keeps provenance.
    pub(crate) fn save_provenance(&self, kept: &Kept) -> io::Result<()> {
        json::write(&self.provenance(), kept)
    }

    /// What is known of the authorization named `account`.
    pub(crate) fn load_authorization(&self, account: &str) -> Authorization {
        let kept: Option<(String, Authorization)> = json::read(&self.authorization());
        kept.filter(|(of, _)| of == account).map(|(_, kept)| kept).unwrap_or_default()
    }

    /// Keeps it.
    pub(crate) fn save_authorization(&self, account: &str, authorization: &Authorization) -> io::Result<()> {
        json::write(&self.authorization(), &(account, authorization))
    }

    /// Whom the agent marked.
    pub(crate) fn load_favourites(&self) -> Vec<ObjectId> {
        json::read(&self.favourites()).unwrap_or_default()
    }

    /// Keeps them.
    pub(crate) fn save_favourites(&self, people: &[ObjectId]) -> io::Result<()> {
        json::write(&self.favourites(), people)
    }

    /// The pair of Teams and Connect names that the agent confirmed to be one person.
    pub(crate) fn load_confirmed(&self) -> Option<(String, String)> {
        json::read(&self.confirmed())
    }

    /// Keeps that pair.
    pub(crate) fn save_confirmed(&self, pair: &(String, String)) -> io::Result<()> {
        json::write(&self.confirmed(), pair)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::Timestamp;
    use presence::teams::{Availability, TeamsState};

    use super::*;

    #[test]
    fn a_torn_provenance_file_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path());
        assert_eq!(files.load_provenance(), Kept::default());
        fs::write(files.provenance(), b"{\"session\":").unwrap();
        assert_eq!(files.load_provenance(), Kept::default());
    }

    #[test]
    fn provenance_comes_back_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(&folder.path().join("not yet there"));
        let mut kept = Kept::default();
        kept.begin(&ObjectId::new("a"), Timestamp::UNIX_EPOCH);
        kept.provenance.replaced = Some(TeamsState::plain(Availability::Busy));
        files.save_provenance(&kept).unwrap();
        assert_eq!(files.load_provenance(), kept);
    }
}
