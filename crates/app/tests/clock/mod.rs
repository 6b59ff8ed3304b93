//! The clock of the machine is set, while the application runs and while it does not.

use jiff::SignedDuration;
use view::{Action, LinkReason, View};

use crate::stage::Stage;

fn is_in_step(view: &View) -> bool {
    view.own.teams.words == "Be right back" && matches!(view.own.reason, LinkReason::InStep { .. })
}

/// At lunch, which Teams shows.
async fn at_lunch() -> Stage {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.chosen("Lunch");
    stage.until("in step", is_in_step).await;
    stage
}

/// Waits for a read that was asked for after now.
async fn read_again(stage: &Stage) {
    let before = stage.world.overview().reads.len();
    stage.act(Action::SyncNow);
    stage.until_world("read again", |world| world.overview().reads.len() > before + 1).await;
}

/// Teams shows Available again, which nobody chose.
async fn comes_back(stage: &Stage) {
    stage.chosen("Available");
    let is_back = |view: &View| {
        view.own.teams.words == "Available" && matches!(view.own.reason, LinkReason::InStep { .. })
    };
    stage.until("back", is_back).await;
    assert!(stage.world.overview().preferred.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_makes_no_choice_of_what_is_ours() {
    for hours in [2, -2] {
        let stage = at_lunch().await;
        let by = SignedDuration::from_hours(hours);
        stage.set_clock(by);
        read_again(&stage).await;
        let view = stage.until("in step", is_in_step).await;
        let LinkReason::InStep { since } = view.own.reason else { panic!("{:?}", view.own.reason) };
        let age = (stage.world.now() + by).duration_since(since);
        assert!(!age.is_negative() && age < SignedDuration::from_mins(2), "{age}");
        comes_back(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_over_a_restart_makes_no_choice_of_what_is_ours() {
    for hours in [2, -2] {
        let stage = at_lunch().await;
        stage.set_clock(SignedDuration::from_hours(hours));
        let stage = stage.restarted();
        stage.until("signed in", |view| view.own.teams.words == "Be right back").await;
        stage.agent("priya.raman");
        stage.chosen("Lunch");
        stage.until("in step", is_in_step).await;
        comes_back(&stage).await;
    }
}
