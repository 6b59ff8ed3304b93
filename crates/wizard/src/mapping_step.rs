//! Steps 3 and 4: the two tables as the page shows them.

use std::{collections::HashMap, ops::RangeInclusive, time::Duration};

use presence::{
    connect::{AgentStatus, Channel, StatusArn, StatusKind},
    mapping::{ConnectRow, ConnectTarget, SourceCondition, TableRow, Target, TeamsRow, TeamsWhen, When},
    teams::{Availability, TeamsState},
};
use settings::{HOLD, Key, REST, Sources};
use timeline::words::target as target_words;
use view::{
    setup::{
        MappingRow, MappingSide, MappingStep, RowGroup, RowMark, SecondsRange, SetupField, SetupName,
        SetupSign,
    },
    words::{self, fill, say},
};

use super::{
    draft::Draft,
    lint::Lint,
    row_words::{choice, condition, detail_words, finer, sources, teams_words},
    rows::{Cell, Kept, id},
    tables::{ACTIVITIES, Fallbacks, addable_connect, addable_teams, is_removable},
};
use crate::mapping::names::Names;

const KINDS: [StatusKind; 3] = [StatusKind::Routable, StatusKind::Custom, StatusKind::Offline];

/// What both steps are built from.
pub(super) struct Tables<'a> {
    pub(super) draft: &'a Draft,
    pub(super) sources: &'a Sources,
    pub(super) statuses: &'a [AgentStatus],
    pub(super) lint: &'a Lint,
}

/// The words of a row's state.
struct Title {
    when: String,
    group: RowGroup,
    indented: bool,
}

impl Tables<'_> {
    fn names(&self) -> Names<'_> {
        Names::new(self.statuses)
    }

    pub(super) fn connect_to_teams(&self) -> MappingStep {
        let given = self.draft.now.connect.all().iter().map(|kept| &kept.row.conditions);
        let mut others: Vec<TeamsWhen> = Availability::KNOWN
            .into_iter()
            .flat_map(|badge| [TeamsWhen::badge(badge)].into_iter().chain(finer(badge)))
            .collect();
        add_missing(&mut others, given.clone().flat_map(|conditions| &conditions.only_while));
        MappingStep {
            enabled: self.draft.now.connect.enabled,
            enabled_locked: self.sources.is_locked(Key::ConnectToTeams),
            rows_locked: self.sources.is_locked(Key::Rows),
            hold: self.hold(),
            hold_seconds: self.draft.hold(),
            hold_range: range(&HOLD),
            rest_range: range(&REST),
            contact: say(if self.is_contact_proposed() {
                "setup.contact.proposed"
            } else {
                "setup.contact.changed"
            }),
            addable: addable_connect(&self.draft.now.connect)
                .map(|when| choice(&when, self.names().when(&when)))
                .collect(),
            targets: Target::ALL.map(|target| choice(&target, connect_target(target))).into(),
            sources: sources(&[SourceCondition::Person, SourceCondition::Contact], given),
            others: others.iter().map(|when| choice(when, teams_words(*when))).collect(),
            loops: self.loops(MappingSide::ConnectToTeams),
            loops_accepted: self.draft.loops_accepted,
            rows: self.connect_rows(),
        }
    }

    /// The hold of both tables.
    fn hold(&self) -> SetupField {
        let locked = self.sources.is_locked(Key::Hold);
        let mistake = self.draft.now.read_hold().err().filter(|_| !locked);
        let sign = if mistake.is_some() { SetupSign::Failed } else { SetupSign::Waiting };
        let value = self.draft.now.field(SetupName::Hold).to_owned();
        SetupField { value, locked, sign, says: mistake.unwrap_or_default() }
    }

    /// Whether nobody has changed what happens on a contact.
    fn is_contact_proposed(&self) -> bool {
        let is_activity = |row: &&ConnectRow| matches!(row.when, When::Activity { .. });
        let built_in = ConnectRow::built_in();
        let now: Vec<&ConnectRow> =
            self.draft.now.connect.all().iter().map(|kept| &kept.row).filter(is_activity).collect();
        let proposed: Vec<&ConnectRow> = built_in.iter().filter(is_activity).collect();
        now.len() == proposed.len() && now.iter().all(|row| proposed.contains(row))
    }

    pub(super) fn teams_to_connect(&self) -> MappingStep {
        let given = self.draft.now.teams.all().iter().map(|kept| &kept.row.conditions);
        let any = ACTIVITIES.map(|activity| When::Activity { activity, channel: None });
        let statuses = self.statuses.iter().map(|status| When::Status(status.arn.clone()));
        let mut others: Vec<When> = KINDS.map(When::Kind).into_iter().chain(statuses).chain(any).collect();
        add_missing(&mut others, given.clone().flat_map(|conditions| &conditions.only_while));
        let statuses = self.statuses.iter().map(|status| ConnectTarget::Status(status.arn.clone()));
        let mut targets: Vec<ConnectTarget> =
            [ConnectTarget::NoChange, ConnectTarget::Restore].into_iter().chain(statuses).collect();
        add_missing(&mut targets, self.draft.now.teams.all().iter().map(|kept| &kept.row.target));
        MappingStep {
            enabled: self.draft.now.teams.enabled,
            enabled_locked: self.sources.is_locked(Key::TeamsToConnect),
            rows_locked: self.sources.is_locked(Key::TeamsRows),
            hold: self.hold(),
            hold_seconds: self.draft.hold(),
            hold_range: range(&HOLD),
            rest_range: range(&REST),
            contact: String::new(),
            addable: addable_teams(&self.draft.now.teams)
                .map(|when| choice(&when, teams_words(when)))
                .collect(),
            targets: targets.iter().map(|target| choice(target, self.teams_target(target))).collect(),
            sources: sources(&[SourceCondition::Person, SourceCondition::Automatic], given),
            others: others.iter().map(|when| choice(when, self.when(when))).collect(),
            loops: self.loops(MappingSide::TeamsToConnect),
            loops_accepted: self.draft.loops_accepted,
            rows: self.teams_rows(),
        }
    }

    /// Statuses, what is left of each kind, statuses that the instance does not have, activities with their channels.
    pub(super) fn connect_rows(&self) -> Vec<MappingRow> {
        let mut kept: HashMap<&When, Vec<&Kept<ConnectRow>>> = HashMap::new();
        for row in self.draft.now.connect.all() {
            kept.entry(&row.row.when).or_default().push(row);
        }
        let fallbacks = Fallbacks::new(&self.draft.now.connect, self.statuses);
        let mut rows = Vec::new();
        let shown = |when: &When, group: RowGroup, indented: bool| -> Vec<MappingRow> {
            let rows = kept
                .get(when)
                .into_iter()
                .flatten()
                .map(|kept| self.connect_row(kept, Title { when: self.when(when), group, indented }));
            rows.collect()
        };
        for kind in KINDS {
            let known = self.statuses.iter().filter(|status| status.kind == kind);
            for status in known.clone() {
                let when = When::Status(status.arn.clone());
                if kept.contains_key(&when) {
                    rows.extend(shown(&when, RowGroup::Status, false));
                } else {
                    let title = Title { when: status.shown(), group: RowGroup::Status, indented: false };
                    let row = fallbacks.of(status);
                    rows.push(self.connect_row(&Kept { id: id(&when), row }, title));
                }
            }
            // One status is routable and one is offline; a custom one can be added any day.
            let is_covered = known.count() > 0 && kind != StatusKind::Custom;
            let narrowed = kept.get(&When::Kind(kind)).is_some_and(|rows| rows.len() > 1);
            if !is_covered || narrowed {
                rows.extend(shown(&When::Kind(kind), RowGroup::Status, false));
            }
        }
        for row in self.draft.now.connect.all() {
            let is_unknown = |arn: &StatusArn| !self.statuses.iter().any(|status| status.arn == *arn);
            if row.row.when.status().is_some_and(is_unknown) {
                let when = self.when(&row.row.when);
                rows.push(self.connect_row(row, Title { when, group: RowGroup::Status, indented: false }));
            }
        }
        for activity in ACTIVITIES {
            rows.extend(shown(&When::Activity { activity, channel: None }, RowGroup::Contact, false));
            for channel in Channel::KNOWN {
                let when = When::Activity { activity, channel: Some(channel) };
                rows.extend(shown(&when, RowGroup::Contact, true));
            }
        }
        rows
    }

    fn connect_row(&self, kept: &Kept<ConnectRow>, title: Title) -> MappingRow {
        let row = &kept.row;
        let rows = &self.draft.now.connect;
        let stays = self.statuses.iter().any(|status| row.when.status() == Some(&status.arn));
        let is_own = rows.get(&kept.id).is_some();
        let words = match row.target {
            Target::NoChange => String::new(),
            Target::Available
            | Target::InACall
            | Target::Busy
            | Target::DoNotDisturb
            | Target::BeRightBack
            | Target::AppearAway
            | Target::AppearOffline
            | Target::Clear => {
                let only_while: Vec<String> =
                    row.conditions.only_while.iter().map(|when| teams_words(*when)).collect();
                let own = row.override_person.then(|| say("setup.condition.override"));
                condition(&row.conditions, &only_while, "setup.condition.whileTeams", own)
            }
        };
        let shown = Shown {
            title,
            target: id(&row.target),
            is_silent: row.target == Target::NoChange,
            condition: words,
            override_person: row.override_person,
            removable: is_own && is_removable(rows, kept, stays),
        };
        self.row(kept, shown, &self.lint.connect)
    }

    pub(super) fn teams_rows(&self) -> Vec<MappingRow> {
        let all = self.draft.now.teams.all();
        let mut rows = Vec::new();
        for badge in Availability::KNOWN {
            let mut of_badge: Vec<&Kept<TeamsRow>> =
                all.iter().filter(|kept| kept.row.when.availability == badge).collect();
            of_badge.sort_by_key(|kept| kept.row.when.detail);
            for kept in of_badge {
                let when = match kept.row.when.detail {
                    Some(detail) => detail_words(detail),
                    None => words::teams(&TeamsState::plain(badge)),
                };
                let indented = kept.row.when.detail.is_some();
                rows.push(self.teams_row(kept, Title { when, group: RowGroup::Status, indented }));
            }
        }
        rows
    }

    fn teams_row(&self, kept: &Kept<TeamsRow>, title: Title) -> MappingRow {
        let row = &kept.row;
        let only_while: Vec<String> = row.conditions.only_while.iter().map(|when| self.when(when)).collect();
        let key = "setup.condition.whileConnect";
        let words = match &row.target {
            ConnectTarget::NoChange => String::new(),
            ConnectTarget::Restore => {
                condition(&row.conditions, &only_while, key, Some(say("setup.condition.restore")))
            }
            ConnectTarget::Status(_) => condition(&row.conditions, &only_while, key, None),
        };
        let shown = Shown {
            title,
            target: id(&row.target),
            is_silent: row.target == ConnectTarget::NoChange,
            condition: words,
            override_person: false,
            removable: is_removable(&self.draft.now.teams, kept, false),
        };
        self.row(kept, shown, &self.lint.teams)
    }

    /// What Connect is set to.
    pub(super) fn teams_target(&self, target: &ConnectTarget) -> String {
        match target {
            ConnectTarget::Restore => say("setup.target.restore"),
            ConnectTarget::Status(_) | ConnectTarget::NoChange => self.names().target(target),
        }
    }

    /// The part of a row that both tables share.
    fn row<R: TableRow<Other: serde::Serialize>>(
        &self,
        kept: &Kept<R>,
        shown: Shown,
        marks: &HashMap<String, (RowMark, String)>,
    ) -> MappingRow {
        let conditions = kept.row.conditions();
        let seconds = |time: Duration| u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
        let hold = conditions.hold.map(seconds);
        let after = hold.unwrap_or(self.draft.hold()).to_string();
        let (mark, mark_why) = marks.get(&kept.id).cloned().unwrap_or((RowMark::None, String::new()));
        MappingRow {
            id: kept.id.clone(),
            when: shown.title.when,
            group: shown.title.group,
            indented: shown.title.indented,
            target: shown.target,
            hold,
            after: if shown.is_silent {
                String::new()
            } else {
                fill("setup.seconds", &[("seconds", &after)])
            },
            condition: shown.condition,
            source: id(&conditions.source),
            only_while: conditions.only_while.iter().map(id).collect(),
            at_most_every: conditions.at_most_every.map(seconds),
            override_person: shown.override_person,
            mark,
            mark_why,
            removable: shown.removable,
        }
    }

    /// "Lunch"; for a kind, its statuses that have no row of their own.
    fn when(&self, when: &When) -> String {
        let custom_known = self.statuses.iter().any(|status| status.kind == StatusKind::Custom);
        match when {
            When::Kind(StatusKind::Routable) => say("setup.any.routable"),
            When::Kind(StatusKind::Custom) if custom_known => say("setup.any.otherCustom"),
            When::Kind(StatusKind::Custom) => say("setup.any.custom"),
            When::Kind(StatusKind::Offline) => say("setup.any.offline"),
            When::Activity { .. } | When::Status(_) => self.names().when(when),
        }
    }
}

struct Shown {
    title: Title,
    target: String,
    is_silent: bool,
    condition: String,
    override_person: bool,
    removable: bool,
}

/// What Teams is set to.
pub(super) fn connect_target(target: Target) -> String {
    if target == Target::Clear { say("setup.target.clear") } else { target_words(target) }
}

fn add_missing<'a, T: PartialEq + Clone + 'a>(known: &mut Vec<T>, used: impl Iterator<Item = &'a T>) {
    for value in used {
        if !known.contains(value) {
            known.push(value.clone());
        }
    }
}

fn range(seconds: &RangeInclusive<u32>) -> SecondsRange {
    SecondsRange { least: *seconds.start(), most: *seconds.end() }
}
