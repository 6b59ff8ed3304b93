//! Which lines are on screen. The page asks for them in parts, so one question does not say it.

use std::collections::{HashSet, VecDeque};

use presence::identity::ObjectId;

use super::Team;

/// So many parts can be on screen.
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
    /// The people on screen, those on the lines that were asked for last first.
    pub(crate) fn on_screen(&self) -> Vec<ObjectId> {
        let mut seen = HashSet::new();
        let people = self.screen.0.iter().flat_map(|(start, count)| self.roster.teams_ids_in(*start, *count));
        people.filter(|id| seen.insert(id.clone())).collect()
    }
}
