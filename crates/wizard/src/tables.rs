//! The edits of the two tables: switches, hold, rows.
//!
//! Every status of the instance has a row on the page, even if no row of the table names it: then it shows what the
//! row of its kind, or the proposal for it, says. Only an edit makes it a row of its own.

use std::{collections::HashMap, ops::RangeInclusive, time::Duration};

use presence::{
    connect::{Activity, AgentStatus, Channel, StatusArn, StatusKind},
    mapping::{Conditions, ConnectRow, ConnectToTeams, Target, TeamsRow, TeamsWhen, When, with_proposals},
    teams::{Availability, Detail},
};
use serde::de::DeserializeOwned;
use settings::{HOLD, Key, REST, Sources};
use view::setup::{MappingSide, RowChange, SetupEdit};

use super::{
    draft::Draft,
    rows::{Cell, Kept, Rows, from_id, id},
};

/// The activities in the order of the page.
pub(super) const ACTIVITIES: [Activity; 9] = [
    Activity::Incoming,
    Activity::Dialling,
    Activity::Connected,
    Activity::OnHold,
    Activity::AfterContactWork,
    Activity::Missed,
    Activity::CallbackOffered,
    Activity::Rejected,
    Activity::Error,
];

/// What Teams shows behind a badge.
pub(super) const FINER: [TeamsWhen; 14] = [
    TeamsWhen::with(Availability::Available, Detail::OutOfOffice),
    TeamsWhen::with(Availability::Available, Detail::Inactive),
    TeamsWhen::with(Availability::Busy, Detail::InCall),
    TeamsWhen::with(Availability::Busy, Detail::InMeeting),
    TeamsWhen::with(Availability::Busy, Detail::OutOfOffice),
    TeamsWhen::with(Availability::Busy, Detail::Inactive),
    TeamsWhen::with(Availability::DoNotDisturb, Detail::Presenting),
    TeamsWhen::with(Availability::DoNotDisturb, Detail::Focusing),
    TeamsWhen::with(Availability::DoNotDisturb, Detail::OutOfOffice),
    TeamsWhen::with(Availability::BeRightBack, Detail::OutOfOffice),
    TeamsWhen::with(Availability::Away, Detail::OutOfOffice),
    TeamsWhen::with(Availability::Away, Detail::Inactive),
    TeamsWhen::with(Availability::Offline, Detail::OutOfOffice),
    TeamsWhen::with(Availability::Offline, Detail::AppearOffline),
];

/// What a status without a row of its own asks for.
pub(super) struct Fallbacks {
    kinds: HashMap<StatusKind, ConnectRow>,
    proposed: HashMap<StatusArn, ConnectRow>,
}

impl Fallbacks {
    pub(super) fn new(rows: &Rows<ConnectRow>, statuses: &[AgentStatus]) -> Self {
        let of_kinds =
            rows.all().iter().map(|kept| &kept.row).filter(|row| matches!(row.when, When::Kind(_)));
        let of_kinds = ConnectToTeams::new(true, Duration::ZERO, of_kinds.cloned().collect());
        let mut found = Self { kinds: HashMap::new(), proposed: HashMap::new() };
        // The most general row of a kind is last.
        for row in with_proposals(&of_kinds, statuses).rows() {
            match &row.when {
                When::Kind(kind) => drop(found.kinds.insert(*kind, row.clone())),
                When::Status(arn) => drop(found.proposed.insert(arn.clone(), row.clone())),
                When::Activity { .. } => {}
            }
        }
        found
    }

    pub(super) fn of(&self, status: &AgentStatus) -> ConnectRow {
        let when = When::Status(status.arn.clone());
        match self.proposed.get(&status.arn).or_else(|| self.kinds.get(&status.kind)) {
            Some(row) => ConnectRow { when, ..row.clone() },
            None => ConnectRow::new(when, Target::NoChange),
        }
    }
}

/// Whether a row can be taken away: it is not built in, and its state does not stay on the page without it.
pub(super) fn is_removable<R: Cell>(rows: &Rows<R>, kept: &Kept<R>, stays: bool) -> bool {
    let is_built_in = R::built_in().iter().any(|row| row.is_same_case(&kept.row));
    let is_only =
        || !rows.all().iter().any(|other| other.id != kept.id && other.row.when() == kept.row.when());
    !(is_built_in || stays && is_only())
}

/// The states of Connect without a row of their own.
pub(super) fn addable_connect(rows: &Rows<ConnectRow>) -> impl Iterator<Item = When> {
    let all = ACTIVITIES.into_iter().flat_map(|activity| {
        Channel::KNOWN.map(|channel| When::Activity { activity, channel: Some(channel) })
    });
    all.filter(|when| !rows.all().iter().any(|kept| kept.row.when == *when))
}

/// The states of Teams without a row of their own.
pub(super) fn addable_teams(rows: &Rows<TeamsRow>) -> impl Iterator<Item = TeamsWhen> {
    FINER.into_iter().filter(|when| !rows.all().iter().any(|kept| kept.row.when == *when))
}

impl Draft {
    /// Carries out an edit of the tables. An edit of an unknown row, or of what the policy sets, changes nothing.
    pub fn edit_tables(&mut self, edit: &SetupEdit, sources: &Sources, statuses: &[AgentStatus]) {
        let rows_locked = |side| match side {
            MappingSide::ConnectToTeams => sources.is_locked(Key::Rows),
            MappingSide::TeamsToConnect => sources.is_locked(Key::TeamsRows),
        };
        match edit {
            SetupEdit::Enable { side, on } => match side {
                MappingSide::ConnectToTeams if !sources.is_locked(Key::ConnectToTeams) => {
                    self.now.connect.enabled = *on;
                }
                MappingSide::TeamsToConnect if !sources.is_locked(Key::TeamsToConnect) => {
                    self.now.teams.enabled = *on;
                }
                MappingSide::ConnectToTeams | MappingSide::TeamsToConnect => return,
            },
            SetupEdit::Row { side, row, changes } if !rows_locked(*side) => {
                let edited = match side {
                    MappingSide::ConnectToTeams => self.edit_connect_row(row, changes, statuses),
                    MappingSide::TeamsToConnect => self.edit_teams_row(row, changes),
                };
                if edited.is_some() {
                    self.edited = Some((*side, row.clone()));
                }
            }
            SetupEdit::AddRow { side, when } if !rows_locked(*side) => {
                match side {
                    MappingSide::ConnectToTeams => self.add_connect_row(when),
                    MappingSide::TeamsToConnect => self.add_teams_row(when),
                }
                self.edited = Some((*side, when.clone()));
            }
            SetupEdit::RemoveRow { side, row } if !rows_locked(*side) => match side {
                MappingSide::ConnectToTeams => remove(&mut self.now.connect, row, |row| {
                    statuses.iter().any(|status| row.when.status() == Some(&status.arn))
                }),
                MappingSide::TeamsToConnect => remove(&mut self.now.teams, row, |_| false),
            },
            SetupEdit::AcceptLoops(accepted) => {
                self.loops_accepted = *accepted;
                return;
            }
            SetupEdit::Row { .. }
            | SetupEdit::AddRow { .. }
            | SetupEdit::RemoveRow { .. }
            | SetupEdit::Open(_)
            | SetupEdit::Field { .. }
            | SetupEdit::ForgetSecret
            | SetupEdit::CheckAgain
            | SetupEdit::CheckLogin
            | SetupEdit::CancelLogin
            | SetupEdit::ConnectLogin
            | SetupEdit::Save
            | SetupEdit::Cancel => return,
        }
        // Another table may have another loop, which nobody has accepted.
        self.loops_accepted = false;
    }

    /// Carries out all changes, or none if one of them names an unknown row.
    fn edit_connect_row(
        &mut self,
        name: &str,
        changes: &[RowChange],
        statuses: &[AgentStatus],
    ) -> Option<()> {
        let rows = &self.now.connect;
        let when = match rows.get(name) {
            Some(row) => row.when.clone(),
            None => from_id(name)?,
        };
        let status = statuses.iter().find(|status| when.status() == Some(&status.arn));
        let fallback = status.map(|status| Fallbacks::new(rows, statuses).of(status));
        // Without a row of its own only a status of the instance is on the page.
        let mut row = rows.get(name).or(fallback.as_ref())?.clone();
        for change in changes {
            match change {
                RowChange::Target(target) => row.target = from_id(target)?,
                RowChange::OverridePerson(over) => row.override_person = *over,
                RowChange::Hold(_)
                | RowChange::Source(_)
                | RowChange::OnlyWhile(_)
                | RowChange::AtMostEvery(_) => limit(&mut row.conditions, change)?,
            }
        }
        let others = rows.all().iter().any(|kept| kept.id != name && kept.row.when == row.when);
        if fallback.as_ref() == Some(&row) && !others {
            self.now.connect.remove(name);
        } else {
            self.now.connect.put(name, row);
        }
        Some(())
    }

    /// The same for the other table, in which nothing is written over a person.
    fn edit_teams_row(&mut self, name: &str, changes: &[RowChange]) -> Option<()> {
        let mut row = self.now.teams.get(name)?.clone();
        for change in changes {
            match change {
                RowChange::Target(target) => row.target = from_id(target)?,
                RowChange::Hold(_)
                | RowChange::Source(_)
                | RowChange::OnlyWhile(_)
                | RowChange::AtMostEvery(_) => limit(&mut row.conditions, change)?,
                RowChange::OverridePerson(_) => {}
            }
        }
        self.now.teams.put(name, row);
        Some(())
    }

    fn add_connect_row(&mut self, when: &str) {
        let Some(when) = addable_connect(&self.now.connect).find(|known| id(known) == when) else { return };
        let When::Activity { activity, .. } = when else { return };
        let any = id(&When::Activity { activity, channel: None });
        let target = self.now.connect.get(&any).map_or(Target::NoChange, |row| row.target);
        self.now.connect.put(&id(&when), ConnectRow::new(when, target));
    }

    fn add_teams_row(&mut self, when: &str) {
        let Some(when) = addable_teams(&self.now.teams).find(|known| id(known) == when) else { return };
        let badge = self.now.teams.get(&id(&TeamsWhen::badge(when.availability)));
        let Some(target) = badge.map(|row| row.target.clone()) else { return };
        self.now.teams.put(&id(&when), TeamsRow::new(when, target));
    }
}

fn remove<R: Cell>(rows: &mut Rows<R>, id: &str, stays: impl Fn(&R) -> bool) {
    let found = rows.all().iter().find(|kept| kept.id == id);
    if found.is_some_and(|kept| is_removable(rows, kept, stays(&kept.row))) {
        rows.remove(id);
    }
}

/// Changes a condition of a row; none for an unknown state, or a time that the settings file does not accept.
fn limit<Other: DeserializeOwned>(conditions: &mut Conditions<Other>, change: &RowChange) -> Option<()> {
    match change {
        RowChange::Hold(hold) => conditions.hold = within(*hold, &HOLD)?,
        RowChange::Source(source) => conditions.source = from_id(source)?,
        RowChange::OnlyWhile(states) => {
            conditions.only_while = states.iter().map(|state| from_id(state)).collect::<Option<_>>()?;
        }
        RowChange::AtMostEvery(rest) => conditions.at_most_every = within(*rest, &REST)?,
        RowChange::Target(_) | RowChange::OverridePerson(_) => {}
    }
    Some(())
}

/// These seconds, or no time; an outer none if they are outside of the range.
fn within(seconds: Option<u32>, range: &RangeInclusive<u32>) -> Option<Option<Duration>> {
    seconds.is_none_or(|it| range.contains(&it)).then(|| seconds.map(|it| Duration::from_secs(it.into())))
}
