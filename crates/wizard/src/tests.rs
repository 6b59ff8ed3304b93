//! The tables row by row: what is edited is what is shown, and nothing else moves.

mod pages;

use std::{collections::BTreeMap, time::Duration};

use presence::{
    connect::{AgentStatus, StatusArn, StatusKind},
    mapping::{ConnectRow, ConnectToTeams, Target, When},
};
use proptest::prelude::*;
use settings::{Loaded, Policy, Settings, Sources};
use view::{
    Action,
    setup::{MappingRow, MappingSide, MappingStep, RowChange, RowGroup, SetupEdit},
};

use super::{Draft, Lint, mapping_step::Tables};

fn statuses() -> Vec<AgentStatus> {
    let status = |name: &str, kind| AgentStatus {
        arn: StatusArn::new(format!("arn:{name}")),
        name: name.to_owned(),
        kind,
    };
    vec![
        status("Available", StatusKind::Routable),
        status("Offline", StatusKind::Offline),
        status("Lunch", StatusKind::Custom),
        status("Coaching", StatusKind::Custom),
    ]
}

fn steps(draft: &Draft, statuses: &[AgentStatus]) -> [MappingStep; 2] {
    let lint = Lint::of(draft, statuses);
    let tables = Tables { draft, sources: &Sources::default(), statuses, lint: &lint };
    [tables.connect_to_teams(), tables.teams_to_connect()]
}

/// What a row is set to.
fn set(row: &MappingRow) -> Vec<RowChange> {
    vec![
        RowChange::Target(row.target.clone()),
        RowChange::Hold(row.hold),
        RowChange::Source(row.source.clone()),
        RowChange::OnlyWhile(row.only_while.clone()),
        RowChange::AtMostEvery(row.at_most_every),
        RowChange::OverridePerson(row.override_person),
    ]
}

fn all(step: &MappingStep) -> BTreeMap<String, Vec<RowChange>> {
    step.rows.iter().map(|row| (row.id.clone(), set(row))).collect()
}

/// Picks one of a list by any number.
fn pick<T>(list: &[T], number: usize) -> &T {
    &list[number % list.len()]
}

#[derive(Debug, Clone)]
struct Wish {
    forth: bool,
    row: usize,
    target: usize,
    source: usize,
    only_while: Vec<usize>,
    hold: Option<u32>,
    rest: Option<u32>,
    over: bool,
}

fn wish() -> impl Strategy<Value = Wish> {
    let numbers = (any::<bool>(), 0..200_usize, 0..20_usize, 0..6_usize);
    let more = (
        prop::collection::vec(0..40_usize, 0..3),
        prop::option::of(0..3600_u32),
        prop::option::of(1..86_400_u32),
        any::<bool>(),
    );
    (numbers, more).prop_map(|((forth, row, target, source), (only_while, hold, rest, over))| Wish {
        forth,
        row,
        target,
        source,
        only_while,
        hold,
        rest,
        over,
    })
}

impl Wish {
    fn edit(&self, step: &MappingStep) -> (String, Vec<RowChange>) {
        let mut only_while: Vec<String> =
            self.only_while.iter().map(|number| pick(&step.others, *number).id.clone()).collect();
        only_while.dedup();
        let changes = vec![
            RowChange::Target(pick(&step.targets, self.target).id.clone()),
            RowChange::Hold(self.hold),
            RowChange::Source(pick(&step.sources, self.source).id.clone()),
            RowChange::OnlyWhile(only_while),
            RowChange::AtMostEvery(self.rest),
            RowChange::OverridePerson(self.over && self.forth),
        ];
        (pick(&step.rows, self.row).id.clone(), changes)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_edited_row_is_shown_as_it_was_edited_and_the_others_stay(wishes in prop::collection::vec(wish(), 1..8)) {
        let statuses = statuses();
        let mut draft = Draft::new(&Settings::default(), None);
        for wish in wishes {
            let before = steps(&draft, &statuses);
            let (at, side) =
                if wish.forth { (0, MappingSide::ConnectToTeams) } else { (1, MappingSide::TeamsToConnect) };
            let (row, changes) = wish.edit(&before[at]);
            let edit = SetupEdit::Row { side, row: row.clone(), changes: changes.clone() };
            draft.edit_tables(&edit, &Sources::default(), &statuses);
            let after = steps(&draft, &statuses);
            let now = all(&after[at]);
            prop_assert_eq!(now.get(&row), Some(&changes));
            prop_assert_eq!(all(&before[1 - at]), all(&after[1 - at]));
            for (id, as_it_was) in all(&before[at]) {
                // A row for the same case could never win, so it is removed. A status without a row of its own follows
                // the row of its kind.
                let is_same_case = before[at].rows.iter().any(|other| other.id == id
                    && other.when == before[at].rows.iter().find(|shown| shown.id == row).unwrap().when);
                let follows_its_kind = row.contains("\"kind\"") && id.contains("\"status\"");
                if id != row && !is_same_case && !follows_its_kind {
                    prop_assert_eq!(now.get(&id), Some(&as_it_was));
                }
            }
        }
    }

    #[test]
    fn whatever_is_edited_can_be_saved_and_comes_back(wishes in prop::collection::vec(wish(), 1..8)) {
        let statuses = statuses();
        let folder = tempfile::tempdir().unwrap();
        let mut draft = Draft::new(&Settings::default(), None);
        for wish in wishes {
            let step = &steps(&draft, &statuses)[usize::from(!wish.forth)];
            let side = if wish.forth { MappingSide::ConnectToTeams } else { MappingSide::TeamsToConnect };
            let (row, changes) = wish.edit(step);
            draft.edit_tables(&SetupEdit::Row { side, row, changes }, &Sources::default(), &statuses);
        }
        let wanted = draft.wanted(&Loaded::default());
        settings::save(folder.path(), &Policy::none(), &Loaded::default(), &wanted).unwrap();
        prop_assert_eq!(settings::load(folder.path(), &Policy::none()).settings, wanted);
    }
}

fn edit(draft: &mut Draft, edit: &SetupEdit) {
    draft.edit_tables(edit, &Sources::default(), &statuses());
}

fn target_of(step: &MappingStep, when: &str) -> String {
    let row = step.rows.iter().find(|row| row.when == when).unwrap();
    step.targets.iter().find(|choice| choice.id == row.target).unwrap().words.clone()
}

fn forth(draft: &mut Draft, when: &str, target: Target) {
    let [step, _] = steps(draft, &statuses());
    let row = step.rows.iter().find(|row| row.when == when).unwrap().id.clone();
    change(draft, MappingSide::ConnectToTeams, row, vec![RowChange::Target(super::rows::id(&target))]);
}

fn change(draft: &mut Draft, side: MappingSide, row: String, changes: Vec<RowChange>) {
    edit(draft, &SetupEdit::Row { side, row, changes });
}

#[test]
fn a_proposal_is_shown_and_a_status_that_is_set_back_to_it_has_no_row_of_its_own() {
    let mut draft = Draft::new(&Settings::default(), None);
    let before = draft.now.clone();
    assert_eq!(target_of(&steps(&draft, &statuses())[0], "Lunch"), "Be right back");
    assert_eq!(target_of(&steps(&draft, &statuses())[0], "Coaching"), "Busy");
    forth(&mut draft, "Lunch", Target::Busy);
    assert_eq!(target_of(&steps(&draft, &statuses())[0], "Lunch"), "Busy", "against the proposal");
    assert_ne!(draft.now, before);
    forth(&mut draft, "Lunch", Target::BeRightBack);
    assert_eq!(draft.now, before);
}

#[test]
fn a_built_in_row_that_is_narrowed_shows_up_again_and_cannot_be_taken_away() {
    let mut draft = Draft::new(&Settings::default(), None);
    let [_, step] = steps(&draft, &statuses());
    let busy = step.rows.iter().find(|row| row.when == "Busy").unwrap();
    let changes = vec![RowChange::Source(step.sources[1].id.clone())];
    change(&mut draft, MappingSide::TeamsToConnect, busy.id.clone(), changes);
    let [_, step] = steps(&draft, &statuses());
    let rows: Vec<(&str, bool)> = step
        .rows
        .iter()
        .filter(|row| row.when == "Busy")
        .map(|row| (row.id.as_str(), row.removable))
        .collect();
    assert_eq!(rows.len(), 2);
    assert!(rows.contains(&(busy.id.as_str(), true)), "{rows:?}");
    for (row, _) in rows {
        let side = MappingSide::TeamsToConnect;
        edit(&mut draft, &SetupEdit::RemoveRow { side, row: row.to_owned() });
    }
    let [_, step] = steps(&draft, &statuses());
    assert_eq!(step.rows.iter().filter(|row| row.when == "Busy").count(), 1);
}

#[test]
fn an_added_row_is_indented_below_its_state_and_can_be_taken_away() {
    let mut draft = Draft::new(&Settings::default(), None);
    for (at, words, shown, above, side) in [
        (0, "On contact, chat", "On contact, chat", "On contact, call", MappingSide::ConnectToTeams),
        (1, "Busy: In a meeting", "In a meeting", "Busy", MappingSide::TeamsToConnect),
    ] {
        let step = &steps(&draft, &statuses())[at];
        let when = step.addable.iter().find(|choice| choice.words == words).unwrap().id.clone();
        edit(&mut draft, &SetupEdit::AddRow { side, when });
        let step = &steps(&draft, &statuses())[at];
        let place = step.rows.iter().position(|row| row.when == shown).unwrap();
        assert_eq!(step.rows[place - 1].when, above);
        assert!(step.rows[place].indented && step.rows[place].removable);
        assert!(!step.addable.iter().any(|choice| choice.words == words));
        let row = step.rows[place].id.clone();
        edit(&mut draft, &SetupEdit::RemoveRow { side, row });
        assert!(!steps(&draft, &statuses())[at].rows.iter().any(|row| row.when == shown));
    }
}

#[test]
fn conditions_are_worded_and_a_row_without_a_change_has_none() {
    let mut draft = Draft::new(&Settings::default(), None);
    let [step, _] = steps(&draft, &statuses());
    let row = step.rows.iter().find(|row| row.when == "Coaching").unwrap();
    assert_eq!((row.after.as_str(), row.condition.as_str()), ("15 s", "Always."));
    let other = step.others.iter().find(|choice| choice.words == "Busy: In a meeting").unwrap();
    let changes = vec![
        RowChange::Source(step.sources[1].id.clone()),
        RowChange::OnlyWhile(vec![other.id.clone()]),
        RowChange::Hold(Some(30)),
        RowChange::AtMostEvery(Some(60)),
        RowChange::OverridePerson(true),
    ];
    change(&mut draft, MappingSide::ConnectToTeams, row.id.clone(), changes);
    let [step, back] = steps(&draft, &statuses());
    let row = step.rows.iter().find(|row| row.when == "Coaching").unwrap();
    assert_eq!(row.after, "30 s");
    assert_eq!(
        row.condition,
        "Only if you set it yourself. Only while Teams shows Busy: In a meeting. At most once every 60 s. Also over a \
         status that you chose in Teams."
    );
    let incoming = step.rows.iter().find(|row| row.when == "Incoming").unwrap();
    assert_eq!((incoming.after.as_str(), incoming.condition.as_str()), ("", ""));
    let available = back.rows.iter().find(|row| row.when == "Available").unwrap();
    assert_eq!(available.condition, "Only if this app changed Connect before.");
}

#[test]
fn without_statuses_the_kinds_are_shown() {
    let draft = Draft::new(&Settings::default(), None);
    let [step, _] = steps(&draft, &[]);
    let kinds: Vec<&str> =
        step.rows.iter().filter(|row| row.group == RowGroup::Status).map(|row| row.when.as_str()).collect();
    assert_eq!(kinds, ["The status that takes contacts", "Any status of your own", "The offline status"]);
}

#[test]
fn the_statuses_of_the_instance_come_before_what_happens_on_a_contact() {
    let mut draft = Draft::new(&Settings::default(), None);
    let [step, back] = steps(&draft, &statuses());
    let of_statuses = step.rows.iter().take_while(|row| row.group == RowGroup::Status).count();
    assert_eq!(step.rows[0].when, "Available");
    assert!(step.rows.iter().skip(of_statuses).all(|row| row.group == RowGroup::Contact));
    assert_eq!(step.contact, "While on a contact: as proposed");
    assert!(back.contact.is_empty() && back.rows.iter().all(|row| row.group == RowGroup::Status));

    forth(&mut draft, "Missed", Target::Busy);
    assert_eq!(steps(&draft, &statuses())[0].contact, "While on a contact: changed");
    forth(&mut draft, "Missed", Target::NoChange);
    assert_eq!(steps(&draft, &statuses())[0].contact, "While on a contact: as proposed");
}

#[test]
fn two_quick_changes_of_one_row_both_count_and_half_of_a_wrong_one_does_not() {
    let mut draft = Draft::new(&Settings::default(), None);
    let [step, _] = steps(&draft, &statuses());
    let row = step.rows.iter().find(|row| row.when == "Coaching").unwrap().id.clone();
    let side = MappingSide::ConnectToTeams;
    change(&mut draft, side, row.clone(), vec![RowChange::Target(super::rows::id(&Target::BeRightBack))]);
    change(&mut draft, side, row.clone(), vec![RowChange::Hold(Some(3))]);
    let after = all(&steps(&draft, &statuses())[0]);
    assert!(after[&row].contains(&RowChange::Hold(Some(3))));
    assert_eq!(target_of(&steps(&draft, &statuses())[0], "Coaching"), "Be right back");

    let changes = vec![RowChange::Hold(Some(9)), RowChange::Target("nothing of ours".to_owned())];
    change(&mut draft, side, row, changes);
    assert_eq!(all(&steps(&draft, &statuses())[0]), after);
}

#[test]
fn a_loop_is_fixed_at_the_row_that_was_edited_last_whichever_table_is_open() {
    let mut draft = Draft::new(&Settings::default(), None);
    edit(&mut draft, &SetupEdit::Enable { side: MappingSide::TeamsToConnect, on: true });
    let [_, back] = steps(&draft, &statuses());
    let row = back.rows.iter().find(|row| row.when == "Be right back").unwrap().id.clone();
    let coaching = back.targets.iter().find(|choice| choice.words == "Coaching").unwrap().id.clone();
    change(&mut draft, MappingSide::TeamsToConnect, row.clone(), vec![RowChange::Target(coaching)]);
    let busy = back.rows.iter().find(|row| row.when == "Busy").unwrap().id.clone();
    let lunch = back.targets.iter().find(|choice| choice.words == "Lunch").unwrap().id.clone();
    change(&mut draft, MappingSide::TeamsToConnect, busy, vec![RowChange::Target(lunch)]);
    for step in steps(&draft, &statuses()) {
        let fix = step.loops[0].fix.clone().unwrap();
        assert_eq!(fix.label, "Set “Busy → Lunch” to No change");
    }
    change(&mut draft, MappingSide::TeamsToConnect, row, vec![RowChange::Hold(Some(3))]);
    let fix = steps(&draft, &statuses())[0].loops[0].fix.clone().unwrap();
    assert_eq!(fix.label, "Set “Be right back → Coaching” to No change");
    let Action::Setup { edit: fixing } = fix.action else { panic!("{fix:?}") };
    edit(&mut draft, &fixing);
    let [_, back] = steps(&draft, &statuses());
    assert!(back.loops.is_empty());
    assert_eq!(target_of(&back, "Be right back"), "No change");
    assert_eq!(target_of(&back, "Busy"), "Lunch", "no other row gave way");
}

#[test]
fn what_nobody_touched_follows_the_settings_and_the_rest_stays() {
    let mut draft = Draft::new(&Settings::default(), None);
    draft.now.client_id = "typed".to_owned();
    let row = ConnectRow::new(When::Kind(StatusKind::Custom), Target::AppearAway);
    let mut rows = ConnectToTeams::default().rows().to_vec();
    rows.retain(|known| known.when != row.when);
    rows.push(row);
    let newer = Settings {
        tenant: "contoso.com".parse().ok(),
        client_id: "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001".parse().ok(),
        connect_to_teams: ConnectToTeams::new(true, Duration::from_secs(3), rows),
        ..Settings::default()
    };
    draft.follow(&newer, &Sources::default(), None);
    assert_eq!((draft.now.tenant.as_str(), draft.now.client_id.as_str()), ("contoso.com", "typed"));
    assert_eq!(draft.now.hold, "3");
    assert_eq!(target_of(&steps(&draft, &[])[0], "Any status of your own"), "Away");
}

#[test]
fn a_time_out_of_range_changes_nothing() {
    let mut draft = Draft::new(&Settings::default(), None);
    let [step, _] = steps(&draft, &statuses());
    let row = step.rows.iter().find(|row| row.when == "Coaching").unwrap().id.clone();
    for wrong in
        [RowChange::Hold(Some(3601)), RowChange::AtMostEvery(Some(0)), RowChange::AtMostEvery(Some(86_401))]
    {
        change(&mut draft, MappingSide::ConnectToTeams, row.clone(), vec![wrong]);
        assert!(draft.is_untouched());
    }
}
