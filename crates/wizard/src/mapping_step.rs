//! Steps 3 and 4: the two tables as the page shows them.

use std::{collections::HashMap, time::Duration};

use presence::{
    connect::{Activity, AgentStatus, Channel, StatusArn, StatusKind},
    mapping::{ConnectRow, ConnectTarget, Row, SourceCondition, Target, TeamsRow, TeamsWhen, When},
    teams::{Availability, TeamsState},
};
use settings::{Key, Sources};
use timeline::words::target as target_words;
use view::{
    Action, Button,
    setup::{MappingLoop, MappingRow, MappingSide, MappingStep, RowEdit, RowMark, SetupEdit},
    words::{self, fill, list, say},
};

use super::{
    draft::Draft,
    lint::Lint,
    row_words::{choice, condition, detail_words, finer, kind_words, sources, teams_words},
    rows::{Kept, id},
    tables::{ACTIVITIES, Fallbacks, addable_connect, addable_teams, is_removable},
};
use crate::mapping::names::Names;

const KINDS: [StatusKind; 3] = [StatusKind::Routable, StatusKind::Custom, StatusKind::Offline];

/// What both steps are made from.
pub(super) struct Tables<'a> {
    pub(super) draft: &'a Draft,
    pub(super) sources: &'a Sources,
    pub(super) statuses: &'a [AgentStatus],
    pub(super) lint: &'a Lint,
}

/// The words of a row's state.
struct Title {
    when: String,
    kind: String,
    indented: bool,
}

impl Tables<'_> {
    fn names(&self) -> Names<'_> {
        Names::new(self.statuses)
    }

    pub(super) fn connect_to_teams(&self) -> MappingStep {
        let rows = self.connect_rows();
        let folded: Vec<String> = rows.iter().filter(|row| row.folded).map(|row| row.when.clone()).collect();
        let folded = match folded.as_slice() {
            [] => String::new(),
            folded => fill("setup.folded", &[("states", &list(folded))]),
        };
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
            hold: self.draft.now.hold,
            folded,
            addable: addable_connect(&self.draft.now.connect)
                .map(|when| choice(&when, self.names().when(&when)))
                .collect(),
            targets: Target::ALL.map(|target| choice(&target, target_words(target))).into(),
            sources: sources(&[SourceCondition::Person, SourceCondition::Contact], given),
            others: others.iter().map(|when| choice(when, teams_words(*when))).collect(),
            loops: self.loops(MappingSide::ConnectToTeams, &rows),
            loops_accepted: self.draft.loops_accepted,
            rows,
        }
    }

    pub(super) fn teams_to_connect(&self) -> MappingStep {
        let rows = self.teams_rows();
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
            hold: self.draft.now.hold,
            folded: String::new(),
            addable: addable_teams(&self.draft.now.teams)
                .map(|when| choice(&when, teams_words(when)))
                .collect(),
            targets: targets.iter().map(|target| choice(target, self.names().target(target))).collect(),
            sources: sources(&[SourceCondition::Person, SourceCondition::Automatic], given),
            others: others.iter().map(|when| choice(when, self.when(when))).collect(),
            loops: self.loops(MappingSide::TeamsToConnect, &rows),
            loops_accepted: self.draft.loops_accepted,
            rows,
        }
    }

    /// Activities with their channels, statuses, what is left of each kind, statuses that the instance does not have.
    fn connect_rows(&self) -> Vec<MappingRow> {
        let mut kept: HashMap<&When, Vec<&Kept<ConnectRow>>> = HashMap::new();
        for row in self.draft.now.connect.all() {
            kept.entry(&row.row.when).or_default().push(row);
        }
        let fallbacks = Fallbacks::new(&self.draft.now.connect, self.statuses);
        let mut rows = Vec::new();
        let told = |when: &When, kind: String, indented: bool, fold: bool| -> Vec<MappingRow> {
            let rows = kept.get(when).into_iter().flatten().map(|kept| {
                let title = Title { when: self.when(when), kind: kind.clone(), indented };
                MappingRow { folded: fold && is_silent(&kept.row), ..self.connect_row(kept, title) }
            });
            rows.collect()
        };
        for activity in ACTIVITIES {
            let channels = Channel::KNOWN.map(|channel| When::Activity { activity, channel: Some(channel) });
            // What only asks for attention is rarely mapped.
            let fold = matches!(activity, Activity::CallbackOffered | Activity::Rejected | Activity::Error);
            let fold = fold && !channels.iter().any(|when| kept.contains_key(when));
            rows.extend(told(
                &When::Activity { activity, channel: None },
                say("setup.kind.activity"),
                false,
                fold,
            ));
            for when in &channels {
                rows.extend(told(when, say("setup.kind.activity"), true, false));
            }
        }
        for kind in KINDS {
            let known = self.statuses.iter().filter(|status| status.kind == kind);
            for status in known.clone() {
                let when = When::Status(status.arn.clone());
                if kept.contains_key(&when) {
                    rows.extend(told(&when, kind_words(kind), false, false));
                } else {
                    let title = Title { when: status.name.clone(), kind: kind_words(kind), indented: false };
                    let row = fallbacks.of(status);
                    rows.push(self.connect_row(&Kept { id: id(&when), row }, title));
                }
            }
            // One status is routable and one is offline; a custom one can be added any day.
            let is_told = known.count() > 0 && kind != StatusKind::Custom;
            let narrowed = kept.get(&When::Kind(kind)).is_some_and(|rows| rows.len() > 1);
            if !is_told || narrowed {
                rows.extend(told(&When::Kind(kind), kind_words(kind), false, false));
            }
        }
        for row in self.draft.now.connect.all() {
            let is_strange = |arn: &StatusArn| !self.statuses.iter().any(|status| status.arn == *arn);
            if row.row.when.status().is_some_and(is_strange) {
                let title = Title { when: self.when(&row.row.when), kind: String::new(), indented: false };
                rows.push(self.connect_row(row, title));
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

    fn teams_rows(&self) -> Vec<MappingRow> {
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
                rows.push(self.teams_row(kept, Title { when, kind: String::new(), indented }));
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

    /// What rows of both tables have.
    fn row<R: Row<Other: serde::Serialize>>(
        &self,
        kept: &Kept<R>,
        shown: Shown,
        marks: &HashMap<String, (RowMark, String)>,
    ) -> MappingRow {
        let conditions = kept.row.conditions();
        let seconds = |time: Duration| u32::try_from(time.as_secs()).unwrap_or(u32::MAX);
        let hold = conditions.hold.map(seconds);
        let after = hold.unwrap_or(self.draft.now.hold).to_string();
        let (mark, mark_why) = marks.get(&kept.id).cloned().unwrap_or((RowMark::None, String::new()));
        MappingRow {
            id: kept.id.clone(),
            when: shown.title.when,
            kind: shown.title.kind,
            indented: shown.title.indented,
            folded: false,
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

    /// "Lunch", and for a kind whatever of it has no row of its own.
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

    fn loops(&self, side: MappingSide, rows: &[MappingRow]) -> Vec<MappingLoop> {
        let locked = match side {
            MappingSide::ConnectToTeams => self.sources.is_locked(Key::Rows),
            MappingSide::TeamsToConnect => self.sources.is_locked(Key::TeamsRows),
        };
        let circles = self.lint.loops.iter().map(|circle| {
            let first = match side {
                MappingSide::ConnectToTeams => &circle.connect_row,
                MappingSide::TeamsToConnect => &circle.teams_row,
            };
            let row = rows.iter().find(|row| Some(&row.id) == first.as_ref()).filter(|_| !locked);
            MappingLoop { chain: circle.chain.clone(), mend: row.map(|row| mend(side, row)) }
        });
        circles.collect()
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

/// A row that changes nothing and demands nothing.
fn is_silent(row: &ConnectRow) -> bool {
    *row == ConnectRow::new(row.when.clone(), Target::NoChange)
}

/// "Set “Do not disturb” to No change".
fn mend(side: MappingSide, row: &MappingRow) -> Button {
    let target = match side {
        MappingSide::ConnectToTeams => id(&Target::NoChange),
        MappingSide::TeamsToConnect => id(&ConnectTarget::NoChange),
    };
    let edit = RowEdit {
        row: row.id.clone(),
        target,
        hold: row.hold,
        source: row.source.clone(),
        only_while: row.only_while.clone(),
        at_most_every: row.at_most_every,
        override_person: row.override_person,
    };
    let action = Action::Setup { edit: SetupEdit::Row { side, row: edit } };
    Button::secondary(fill("setup.mend", &[("state", &row.when)]), action)
}

fn add_missing<'a, T: PartialEq + Clone + 'a>(known: &mut Vec<T>, used: impl Iterator<Item = &'a T>) {
    for value in used {
        if !known.contains(value) {
            known.push(value.clone());
        }
    }
}
