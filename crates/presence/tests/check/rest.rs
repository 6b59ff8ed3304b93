//! What once kept the engine from coming to rest, found on the way.

use presence::{
    mapping::{Conditions, ConnectRow, Target, TeamsWhen},
    teams::{Availability, TeamsState},
};

use super::{
    simulation::{Start, rests},
    words::{forth, statuses, tables},
};

/// Our Available counted as what Teams shows by itself, so the row ended by what it had written itself.
#[test]
fn a_row_that_asks_for_available_only_while_away_does_not_end_itself() {
    let while_away =
        Conditions { only_while: vec![TeamsWhen::badge(Availability::Away)], ..Conditions::default() };
    let tables = tables(
        vec![
            ConnectRow { conditions: while_away, ..forth("Lunch", Target::Available) },
            forth("Lunch", Target::Clear),
        ],
        Vec::new(),
    );
    let all = statuses(&["Lunch"]);
    assert!(rests(&tables, &all, &Start::fresh(&all[0], TeamsState::plain(Availability::Away))));
}
