//! Which lines are on screen. The page asks for them in parts, and for the part with the focus separately, so one
//! request does not name all of them.

use std::{
    collections::{HashSet, VecDeque},
    hash::Hash,
};

use presence::{aws::UserId, identity::ObjectId};

use super::Team;

/// How many parts can be on screen.
const PARTS: usize = 2;

/// The parts that were asked for last, the newest first: where each begins, and how many lines it has.
#[derive(Debug, Default)]
pub(super) struct Screen(VecDeque<(usize, usize)>);

impl Screen {
    pub(super) fn look(&mut self, start: usize, count: usize) {
        self.0.retain(|part| *part != (start, count));
        self.0.push_front((start, count));
        self.0.truncate(PARTS);
    }
}

impl Team {
    /// The people of the directory on screen, those on the lines that were asked for last first.
    pub(crate) fn on_screen(&self) -> Vec<ObjectId> {
        let parts = self.screen.0.iter();
        once(parts.flat_map(|(start, count)| self.roster.teams_ids_in(*start, *count)))
    }

    /// The users of Connect on screen, in the same order.
    pub(super) fn users_on_screen(&self) -> Vec<UserId> {
        let parts = self.screen.0.iter();
        once(parts.flat_map(|(start, count)| self.roster.connect_ids_in(*start, *count)))
    }
}

fn once<T: Clone + Eq + Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    all.filter(|one| seen.insert(one.clone())).collect()
}
