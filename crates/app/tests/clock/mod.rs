//! The clock of the machine is set while the application runs, or while it does not.

use jiff::SignedDuration;
use view::{Action, LinkReason, View};

use crate::stage::Stage;

fn is_in_step(view: &View) -> bool {
    view.own.teams.words == "Be right back" && matches!(view.own.reason, LinkReason::InStep { .. })
}

/// At lunch in Connect, and Teams shows it.
async fn at_lunch() -> Stage {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Lunch");
    stage.until("in step", is_in_step).await;
    stage
}

/// Waits for a reading that is requested after this call.
async fn read_again(stage: &Stage) {
    let before = stage.world.overview().reads.len();
    stage.act(Action::SyncNow);
    stage.until_world("read again", |world| world.overview().reads.len() > before + 1).await;
}

/// Ends the lunch: Teams shows Available again, and we have no preferred presence.
async fn return_from_lunch(stage: &Stage) {
    stage.report_status("Available");
    let is_back = |view: &View| {
        view.own.teams.words == "Available" && matches!(view.own.reason, LinkReason::InStep { .. })
    };
    stage.until("back", is_back).await;
    assert!(stage.world.overview().preferred.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_we_set_does_not_count_as_a_choice_after_the_clock_is_set() {
    for hours in [2, -2] {
        let stage = at_lunch().await;
        let by = SignedDuration::from_hours(hours);
        stage.set_clock(by);
        read_again(&stage).await;
        let view = stage.until("in step", is_in_step).await;
        let LinkReason::InStep { since } = view.own.reason else { panic!("{:?}", view.own.reason) };
        let age = (stage.world.now() + by).duration_since(since);
        assert!(!age.is_negative() && age < SignedDuration::from_mins(2), "{age}");
        return_from_lunch(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_we_set_does_not_count_as_a_choice_after_the_clock_is_set_and_a_restart() {
    for hours in [2, -2] {
        let stage = at_lunch().await;
        stage.set_clock(SignedDuration::from_hours(hours));
        let stage = stage.restarted();
        stage.until("signed in", |view| view.own.teams.words == "Be right back").await;
        stage.report_agent("priya.raman");
        stage.report_status("Lunch");
        stage.until("in step", is_in_step).await;
        return_from_lunch(&stage).await;
    }
}
