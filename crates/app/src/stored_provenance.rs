//! What we wrote that may still be in somebody's Teams, for each person: the memory of the sync across restarts and
//! logins.
//!
//! A plain value. The lane decides when it is put on disk.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, provenance::Provenance, redate::Redate};
use serde::{Deserialize, Serialize};

/// What we wrote that may still be in Teams, and whose Teams it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredProvenance {
    /// Whose Teams it is; none until somebody has logged in.
    #[serde(default)]
    of: Option<ObjectId>,
    #[serde(flatten)]
    pub(crate) provenance: Provenance,
    /// The same for others who were logged in here before.
    #[serde(default)]
    others: BTreeMap<ObjectId, Provenance>,
}

/// What a login changed about whose provenance is kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PersonChange {
    /// Nothing: it is the same person as before.
    None,
    /// It is the first person here: all that is kept is theirs.
    Named,
    /// It is another person, with what was kept of them.
    Another(Box<Provenance>),
}

impl StoredProvenance {
    /// Whether the provenance is that of this person.
    pub(crate) fn is_of(&self, person: &ObjectId) -> bool {
        self.of.as_ref() == Some(person)
    }

    /// Whose provenance is kept.
    pub(crate) fn person(&self) -> Option<&ObjectId> {
        self.of.as_ref()
    }

    /// This person is logged in. What has lapsed for others is forgotten.
    pub(crate) fn begin(&mut self, person: &ObjectId, now: Timestamp) -> PersonChange {
        if self.is_of(person) {
            return PersonChange::None;
        }
        let Some(former) = self.of.replace(person.clone()) else { return PersonChange::Named };
        let kept = self.others.remove(person).unwrap_or_default();
        self.others.insert(former, std::mem::replace(&mut self.provenance, kept.clone()));
        self.others.retain(|_, provenance| provenance.last_expiry().is_some_and(|expires| expires > now));
        PersonChange::Another(Box::new(kept))
    }
}

impl Redate for StoredProvenance {
    fn redate(&mut self, by: SignedDuration) {
        let Self { of: _, provenance, others } = self;
        provenance.redate(by);
        for other in others.values_mut() {
            other.redate(by);
        }
    }
}

#[cfg(test)]
mod tests {
    use presence::teams::{Availability, TeamsState};

    use super::*;

    #[test]
    fn the_first_person_takes_over_what_was_there_and_the_next_one_begins_with_their_own() {
        let written =
            Provenance { replaced: Some(TeamsState::plain(Availability::Busy)), ..Provenance::default() };
        let mut kept = StoredProvenance { provenance: written.clone(), ..StoredProvenance::default() };
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(kept.begin(&ObjectId::new("a"), now), PersonChange::Named);
        assert_eq!(kept.begin(&ObjectId::new("a"), now), PersonChange::None);
        assert_eq!(kept.provenance, written);
        assert_eq!(kept.begin(&ObjectId::new("b"), now), PersonChange::Another(Box::default()));
        assert_eq!(kept.provenance, Provenance::default());
    }
}
