//! The list of people from one run to the next: what is shown until a new one is read, and what is kept of it.

use people::Person;

use super::Team;

impl Team {
    /// Everybody, for the list on disk.
    pub(crate) fn people(&self) -> Vec<Person> {
        let ids = self.roster.all_ids().iter();
        ids.filter_map(|id| Some(self.roster.get(id)?.person().clone())).collect()
    }

    /// These people were known when the program last ran. Whoever is known by now is known better.
    pub(super) fn take_kept(&mut self, people: Vec<Person>) {
        if self.roster.known() == 0 && self.list.listed().is_none() {
            self.kept = true;
            self.roster.add(people);
        }
    }
}
