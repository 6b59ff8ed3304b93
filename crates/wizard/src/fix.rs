//! The loops of both tables, each with the one edit that fixes it.
//!
//! The fix changes the row that was edited last, whichever table it is in: it most likely made the loop.

use presence::mapping::{ConnectTarget, Target};
use settings::Key;
use view::{
    Action, Button,
    setup::{MappingLoop, MappingRow, MappingSide, RowChange, SetupEdit},
    words::fill,
};

use super::{
    lint::Circle,
    mapping_step::{Tables, connect_target},
    rows::{Cell, Rows, from_id, id},
};

impl Tables<'_> {
    /// The loops, as the step of this table shows them.
    pub(super) fn loops(&self, open: MappingSide) -> Vec<MappingLoop> {
        let circles = self.lint.loops.iter();
        circles
            .map(|circle| MappingLoop { chain: circle.chain.clone(), fix: self.fix(circle, open) })
            .collect()
    }

    /// The button that changes one row of a loop: the one that was edited last, else one that somebody wrote, else any;
    /// of the open table, if there is a choice.
    fn fix(&self, circle: &Circle, open: MappingSide) -> Option<Button> {
        let locked = |side| match side {
            MappingSide::ConnectToTeams => self.sources.is_locked(Key::Rows),
            MappingSide::TeamsToConnect => self.sources.is_locked(Key::TeamsRows),
        };
        let rows = circle.rows.iter().filter(|(side, _)| !locked(*side));
        let (side, row) = rows.min_by_key(|at| {
            let is_last = self.draft.edited.as_ref() == Some(*at);
            let (side, row) = at;
            (!is_last, !self.is_own(*side, row), *side != open)
        })?;
        let (rows, target) = match side {
            MappingSide::ConnectToTeams => (self.connect_rows(), id(&Target::NoChange)),
            MappingSide::TeamsToConnect => (self.teams_rows(), id(&ConnectTarget::NoChange)),
        };
        let shown = rows.iter().find(|shown| shown.id == *row)?;
        let edit = SetupEdit::Row { side: *side, row: row.clone(), changes: vec![RowChange::Target(target)] };
        let words = fill("mapping.to", &[("from", &shown.when), ("to", &self.target_of(*side, shown))]);
        Some(Button::secondary(fill("setup.fix", &[("row", &words)]), Action::Setup { edit }))
    }

    fn is_own(&self, side: MappingSide, row: &str) -> bool {
        match side {
            MappingSide::ConnectToTeams => is_own(&self.draft.now.connect, row),
            MappingSide::TeamsToConnect => is_own(&self.draft.now.teams, row),
        }
    }

    fn target_of(&self, side: MappingSide, row: &MappingRow) -> String {
        let words = match side {
            MappingSide::ConnectToTeams => from_id(&row.target).map(connect_target),
            MappingSide::TeamsToConnect => from_id(&row.target).map(|target| self.teams_target(&target)),
        };
        words.unwrap_or_default()
    }
}

/// Whether somebody wrote the row: it is neither built in nor derived from another one.
fn is_own<R: Cell>(rows: &Rows<R>, row: &str) -> bool {
    rows.get(row).is_some_and(|row| !R::built_in().contains(row))
}
