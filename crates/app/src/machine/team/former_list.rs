//! The list of people from one run to the next: what is shown until a new one is read, and what is kept of it.

use people::Person;

use super::Team;

/// The state of the list of the previous run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum FormerList {
    /// None has come.
    #[default]
    NotYet,
    /// It is shown, until a new one is whole.
    Shown,
    /// It is not wanted any more.
    Over,
}

impl Team {
    /// Everybody, for the list on disk.
    pub(crate) fn people(&self) -> Vec<Person> {
        self.roster.entries().filter_map(|entry| entry.person().cloned()).collect()
    }

    /// Takes some of the people who were known when the program last ran, unless newer ones are known.
    pub(super) fn take_kept(&mut self, people: Vec<Person>) {
        let is_known = self.roster.entries().any(|entry| entry.person().is_some());
        let is_new = is_known || self.list.listed().is_some();
        self.former = match self.former {
            FormerList::NotYet if !is_new => FormerList::Shown,
            FormerList::Shown if self.list.listed().is_none() => FormerList::Shown,
            FormerList::NotYet | FormerList::Shown | FormerList::Over => FormerList::Over,
        };
        if self.former == FormerList::Shown {
            self.roster.add(people);
        }
    }
}
