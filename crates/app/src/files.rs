//! The controller's small files in the data folder: provenance, status messages, favourites, joined people, the
//! drawer's grouping, the confirmed pair of names, and how long an authorization lasts.
//!
//! Blocking; called from the lane or at start only. A file that cannot be read is renamed and kept, never
//! overwritten with a guess.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use people::PersonId;
use presence::{aws::UserId, identity::ObjectId};
use serde::{Deserialize, Serialize};
use settings::json;

use crate::{
    machine::{login::Authorization, message::KeptMessages, team::StoredTeam},
    stored_provenance::StoredProvenance,
};

/// How the drawer lists people.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Drawer {
    #[serde(default)]
    grouped: bool,
}

/// The files of one data folder.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    folder: PathBuf,
}

impl Files {
    /// The files in `folder`, which is created when the first one is written.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    /// What we wrote to Teams and what of it may still be shown there.
    pub(crate) fn provenance(&self) -> PathBuf {
        self.folder.join("provenance.json")
    }

    /// Texts of ours that may be in the status message of Teams.
    pub(crate) fn messages(&self) -> PathBuf {
        self.folder.join("status-message.json")
    }

    fn authorization(&self) -> PathBuf {
        self.folder.join("authorization.json")
    }

    fn favourites(&self) -> PathBuf {
        self.folder.join("favourites.json")
    }

    fn joins(&self) -> PathBuf {
        self.folder.join("joins.json")
    }

    fn drawer(&self) -> PathBuf {
        self.folder.join("drawer.json")
    }

    fn confirmed(&self) -> PathBuf {
        self.folder.join("confirmed.json")
    }

    /// Reads provenance; none if there is no file. A torn or foreign file counts as none: what it
    /// described lapses in Teams by its expiry.
    pub(crate) fn load_provenance(&self) -> StoredProvenance {
        json::read(&self.provenance()).unwrap_or_default()
    }

    /// Keeps provenance.
    pub(crate) fn save_provenance(&self, kept: &StoredProvenance) -> io::Result<()> {
        json::write(&self.provenance(), kept)
    }

    /// Texts of ours that may be in the status message; none if the file cannot be read: a message ends by itself.
    pub(crate) fn load_messages(&self) -> KeptMessages {
        json::read(&self.messages()).unwrap_or_default()
    }

    /// Keeps them.
    pub(crate) fn save_messages(&self, kept: &KeptMessages) -> io::Result<()> {
        json::write(&self.messages(), kept)
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

    /// The favourites and joins that the agent chose, and how people are listed. What cannot be read is left out.
    pub(crate) fn load_team(&self) -> StoredTeam {
        let favourites: Vec<String> = json::read(&self.favourites()).unwrap_or_default();
        let joins: BTreeMap<String, ObjectId> = json::read(&self.joins()).unwrap_or_default();
        let drawer: Drawer = json::read(&self.drawer()).unwrap_or_default();
        StoredTeam {
            favourites: favourites.iter().filter_map(|id| PersonId::parse(id)).collect(),
            joins: joins
                .into_iter()
                .filter_map(|(user, person)| Some((UserId::new(user).ok()?, person)))
                .collect(),
            grouped: drawer.grouped,
        }
    }

    /// Keeps the agent's favourites.
    pub(crate) fn save_favourites(&self, people: &[PersonId]) -> io::Result<()> {
        let ids: Vec<String> = people.iter().map(PersonId::to_string).collect();
        json::write(&self.favourites(), &ids)
    }

    /// Keeps which users of Connect the agent joined with which people of the directory.
    pub(crate) fn save_joins(&self, joins: &BTreeMap<UserId, ObjectId>) -> io::Result<()> {
        let joins: BTreeMap<&str, &ObjectId> =
            joins.iter().map(|(user, person)| (user.as_str(), person)).collect();
        json::write(&self.joins(), &joins)
    }

    /// Keeps whether people are listed by department.
    pub(crate) fn save_grouped(&self, grouped: bool) -> io::Result<()> {
        json::write(&self.drawer(), &Drawer { grouped })
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
        assert_eq!(files.load_provenance(), StoredProvenance::default());
        fs::write(files.provenance(), b"{\"session\":").unwrap();
        assert_eq!(files.load_provenance(), StoredProvenance::default());
    }

    #[test]
    fn favourites_joins_and_grouping_come_back_and_an_older_file_can_still_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path());
        let nothing = files.load_team();
        assert_eq!((nothing.favourites.len(), nothing.joins.len(), nothing.grouped), (0, 0, false));
        fs::write(files.favourites(), br#"["0a1b-2c", "connect:a/b"]"#).unwrap();
        let anna = PersonId::Entra(ObjectId::new("0a1b-2c"));
        assert_eq!(files.load_team().favourites, std::slice::from_ref(&anna));
        let user = UserId::new("u-1").unwrap();
        let both = [anna, PersonId::Connect(user.clone())];
        let joins = BTreeMap::from([(user, ObjectId::new("0a1b-2c"))]);
        files.save_favourites(&both).unwrap();
        files.save_joins(&joins).unwrap();
        files.save_grouped(true).unwrap();
        let kept = files.load_team();
        assert_eq!((kept.favourites.as_slice(), kept.joins, kept.grouped), (&both[..], joins, true));
    }

    #[test]
    fn provenance_comes_back_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(&folder.path().join("not yet there"));
        let mut kept = StoredProvenance::default();
        kept.begin(&ObjectId::new("a"), Timestamp::UNIX_EPOCH);
        kept.provenance.replaced = Some(TeamsState::plain(Availability::Busy));
        files.save_provenance(&kept).unwrap();
        assert_eq!(files.load_provenance(), kept);
    }
}
