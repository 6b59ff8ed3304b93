//! Loops as they are reported: each once, as a chain, with its rows.

use presence::{
    check::{Loop, Shown, check, loops},
    connect::{Activity, AgentStatus, Channel, StatusKind},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, SourceCondition, Tables, Target, TeamsRow, TeamsWhen, When,
    },
    teams::{Availability, Detail},
};

use super::words::{back, edited, forth, set, status, statuses, tables};

const ALL: [&str; 5] = ["Available", "Lunch", "Break", "Training", "Offline"];

/// "Lunch > BeRightBack(0) > Break(1) > Busy(1) > (0)": the number of a row after the state that it leads to.
fn chain(circle: &Loop) -> String {
    let mut chain = String::new();
    for (number, step) in circle.steps.iter().enumerate() {
        let state = match &step.state {
            Shown::Connect(status) => status.name.clone(),
            Shown::Teams(state) => {
                let detail = state.detail.map(|detail| format!("/{detail:?}")).unwrap_or_default();
                format!("{:?}{detail}", state.availability)
            }
        };
        let row = if number == 0 { String::new() } else { format!("({})", step.row) };
        chain += &format!("{state}{row} > ");
    }
    let first = circle.steps.first().map(|step| format!("({})", step.row));
    chain + &first.unwrap_or_default()
}

fn chains(tables: &Tables) -> Vec<String> {
    loops(tables, &statuses(&ALL)).iter().map(chain).collect()
}

/// Lunch and Break lead to each other.
fn lunch_and_break() -> Tables {
    tables(
        vec![forth("Lunch", Target::BeRightBack), forth("Break", Target::Busy)],
        vec![back(Availability::BeRightBack, set("Break")), back(Availability::Busy, set("Lunch"))],
    )
}

#[test]
fn a_loop_is_a_chain_that_is_reported_once() {
    let report = check(&lunch_and_break(), &statuses(&ALL));
    assert!(!report.is_safe());
    let found: Vec<String> = report.loops.iter().map(chain).collect();
    assert_eq!(found, ["Break > Busy(1) > Lunch(1) > BeRightBack(0) > (0)"]);
}

#[test]
fn the_defaults_have_no_loop() {
    let mut tables = Tables::default();
    tables.teams_to_connect.enabled = true;
    assert!(check(&tables, &statuses(&ALL)).is_safe());
}

#[test]
fn a_direction_that_is_off_ends_every_loop() {
    for off in [
        |tables: &mut Tables| tables.connect_to_teams.enabled = false,
        |tables: &mut Tables| tables.teams_to_connect.enabled = false,
    ] {
        let mut tables = lunch_and_break();
        off(&mut tables);
        assert_eq!(chains(&tables), [""; 0]);
    }
}

#[test]
fn an_equal_status_is_not_written_and_ends_the_chain() {
    let tables = tables(
        vec![forth("Lunch", Target::BeRightBack)],
        vec![back(Availability::BeRightBack, set("Lunch"))],
    );
    assert_eq!(chains(&tables), [""; 0]);
}

#[test]
fn holds_and_pauses_make_a_loop_slower_and_no_safer() {
    let slow = |conditions: &mut Conditions<_>| {
        conditions.hold = Some(std::time::Duration::from_secs(3600));
        conditions.at_most_every = Some(std::time::Duration::from_secs(86_400));
    };
    let mut tables = lunch_and_break();
    tables.connect_to_teams = edited(&tables.connect_to_teams, |row: &mut ConnectRow| {
        row.conditions.hold = Some(std::time::Duration::from_secs(3600));
    });
    tables.teams_to_connect =
        edited(&tables.teams_to_connect, |row: &mut TeamsRow| slow(&mut row.conditions));
    assert_eq!(chains(&tables).len(), 1);
}

#[test]
fn a_restored_status_can_be_the_one_that_asked_for_the_other() {
    let tables = tables(
        vec![forth("Lunch", Target::BeRightBack), forth("Break", Target::Busy)],
        vec![back(Availability::BeRightBack, set("Break")), back(Availability::Busy, ConnectTarget::Restore)],
    );
    assert_eq!(chains(&tables), ["Break > Busy(1) > Lunch(1) > BeRightBack(0) > (0)"]);
}

#[test]
fn what_clear_uncovers_can_be_what_asked_for_it() {
    let tables = tables(
        vec![forth("Lunch", Target::Clear), forth("Break", Target::BeRightBack)],
        vec![
            back(Availability::BeRightBack, set("Lunch")),
            TeamsRow::new(TeamsWhen::with(Availability::Busy, Detail::InMeeting), set("Break")),
        ],
    );
    assert_eq!(chains(&tables), ["Break > BeRightBack(1) > Lunch(1) > Busy/InMeeting(0) > (0)"]);
}

#[test]
fn what_only_a_person_chooses_does_not_count_as_automatic() {
    let with_source = |source| {
        let mut tables = lunch_and_break();
        tables.teams_to_connect = edited(&tables.teams_to_connect, |row: &mut TeamsRow| {
            if row.when == TeamsWhen::badge(Availability::BeRightBack) {
                row.conditions.source = Some(source);
            }
        });
        chains(&tables).len()
    };
    assert_eq!(with_source(SourceCondition::Person), 1);
    assert_eq!(with_source(SourceCondition::Automatic), 0);
}

#[test]
fn plain_busy_counts_as_automatic() {
    let with_source = |source| {
        let mut tables = lunch_and_break();
        tables.teams_to_connect = edited(&tables.teams_to_connect, |row: &mut TeamsRow| {
            if row.when == TeamsWhen::badge(Availability::Busy) {
                row.conditions.source = Some(source);
            }
        });
        chains(&tables).len()
    };
    assert_eq!(with_source(SourceCondition::Automatic), 1);
    assert_eq!(with_source(SourceCondition::Person), 0);
}

#[test]
fn only_while_routable_breaks_a_loop_of_custom_statuses() {
    let mut tables = lunch_and_break();
    tables.teams_to_connect = edited(&tables.teams_to_connect, |row: &mut TeamsRow| {
        row.conditions.only_while = vec![When::Kind(StatusKind::Routable)];
    });
    assert_eq!(chains(&tables), [""; 0]);
}

#[test]
fn nothing_is_written_over_offline_unless_a_row_says_so() {
    let rows = || vec![forth("Offline", Target::BeRightBack), forth("Break", Target::Busy)];
    let to_break = || back(Availability::BeRightBack, set("Break"));
    let to_offline = || back(Availability::Busy, set("Offline"));
    assert_eq!(chains(&tables(rows(), vec![to_break(), to_offline()])), [""; 0]);
    let over_offline =
        Conditions { only_while: vec![When::Kind(StatusKind::Offline)], ..Conditions::default() };
    let to_break = TeamsRow { conditions: over_offline, ..to_break() };
    assert_eq!(chains(&tables(rows(), vec![to_break, to_offline()])).len(), 1);
}

#[test]
fn a_status_that_no_row_names_goes_by_its_kind() {
    let tables = tables(
        vec![
            ConnectRow::new(When::Kind(StatusKind::Custom), Target::Busy),
            ConnectRow::new(When::Kind(StatusKind::Routable), Target::Available),
        ],
        vec![back(Availability::Busy, set("Available")), back(Availability::Available, set("Training"))],
    );
    assert_eq!(chains(&tables), ["Available > Available(1) > Training(1) > Busy(0) > (0)"]);
}

#[test]
fn one_status_represents_all_of_its_kind_that_no_row_names() {
    let tables = tables(
        vec![
            ConnectRow::new(When::Kind(StatusKind::Custom), Target::BeRightBack),
            forth("Lunch", Target::Busy),
        ],
        vec![back(Availability::BeRightBack, set("Lunch")), back(Availability::Busy, ConnectTarget::Restore)],
    );
    let all = statuses(&["Lunch", "Break", "Training", "Available"]);
    let chains: Vec<String> = loops(&tables, &all).iter().map(chain).collect();
    assert_eq!(chains, ["Break > BeRightBack(1) > Lunch(0) > Busy(0) > (1)"]);
}

/// If nobody is there our session shows in passing, and asks for what is chosen already.
#[test]
fn an_equal_status_on_the_way_is_no_step_of_the_chain() {
    let tables = tables(
        vec![forth("Lunch", Target::Clear), forth("Break", Target::BeRightBack)],
        vec![
            back(Availability::Offline, set("Break")),
            back(Availability::Available, set("Break")),
            back(Availability::BeRightBack, set("Lunch")),
        ],
    );
    assert_eq!(
        chains(&tables),
        [
            "Break > BeRightBack(1) > Lunch(2) > Available(0) > (1)",
            "Break > BeRightBack(1) > Lunch(2) > Offline(0) > (0)",
        ]
    );
}

#[test]
fn out_of_office_can_end_a_loop_and_can_make_one() {
    let out_of_office =
        |availability, target| TeamsRow::new(TeamsWhen::with(availability, Detail::OutOfOffice), target);
    let forth = vec![forth("Lunch", Target::BeRightBack), forth("Break", Target::Busy)];
    let asks = vec![back(Availability::BeRightBack, set("Break")), back(Availability::Busy, set("Lunch"))];
    let ends = vec![
        out_of_office(Availability::BeRightBack, ConnectTarget::NoChange),
        out_of_office(Availability::Busy, ConnectTarget::NoChange),
    ];
    let makes = vec![
        out_of_office(Availability::BeRightBack, set("Break")),
        out_of_office(Availability::Busy, set("Lunch")),
    ];
    for back in [[asks, ends].concat(), makes] {
        let chains = chains(&tables(forth.clone(), back));
        assert_eq!(chains.len(), 1, "{chains:?}");
    }
}

#[test]
fn contacts_make_no_loop() {
    let on_a_call = ConnectRow::new(
        When::Activity { activity: Activity::Connected, channel: Some(Channel::Voice) },
        Target::InACall,
    );
    let tables = tables(vec![on_a_call], vec![back(Availability::Busy, set("Training"))]);
    assert_eq!(chains(&tables), [""; 0]);
}

#[test]
fn two_loops_are_two() {
    let mut all = lunch_and_break();
    let mut rows = all.connect_to_teams.rows().to_vec();
    rows.push(forth("Training", Target::DoNotDisturb));
    rows.push(forth("Available", Target::AppearAway));
    all.connect_to_teams = all.connect_to_teams.with_rows(rows);
    let mut rows = all.teams_to_connect.rows().to_vec();
    rows.push(back(Availability::DoNotDisturb, set("Available")));
    rows.push(back(Availability::Away, set("Training")));
    all.teams_to_connect = all.teams_to_connect.with_rows(rows);
    assert_eq!(chains(&all).len(), 2);
}

#[test]
fn an_instance_without_statuses_has_no_loop() {
    assert_eq!(loops(&lunch_and_break(), &[]), []);
    let only: Vec<AgentStatus> = vec![status("Lunch")];
    assert_eq!(loops(&lunch_and_break(), &only), []);
}
