//! The timeline of a day against the sandbox: the page, the export, *What if*, and the replay.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set up is a failed test")]

#[expect(dead_code, reason = "the stage serves other tests too")]
mod stage;

use app::Request;
use stage::{Saves, Stage, wait};
use tokio::sync::oneshot;
use view::{
    Action, Exported,
    setup::{MappingSide, RowChange, SetupEdit},
    timeline::{TimelinePage, TimelineTab, WhatIfQuestion},
};

async fn ask<T>(stage: &Stage, request: impl FnOnce(oneshot::Sender<T>) -> Request) -> T {
    let (answer, receiver) = oneshot::channel();
    stage.requests.send(request(answer));
    receiver.await.unwrap()
}

async fn page(stage: &Stage, tab: TimelineTab, offset: u32, count: u32) -> TimelinePage {
    ask(stage, |answer| Request::Timeline { tab, offset, count, answer }).await
}

async fn until(stage: &Stage, wanted: impl Fn(&TimelinePage) -> bool) -> TimelinePage {
    wait("the timeline", async || {
        let page = page(stage, TimelineTab::All, 0, 100).await;
        if wanted(&page) { Ok(page) } else { Err(page) }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lunch_is_listed_explained_replayed_and_exported() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Lunch");
    let read = until(&stage, |page| {
        page.lines
            .first()
            .is_some_and(|line| line.why.starts_with("The table sets Be right back for Lunch. Confirmed"))
    })
    .await;
    assert_eq!(read.lines[0].done, "Teams set to Be right back");
    stage.until("shown", |view| view.own.teams.words == "Be right back").await;
    let read = page(&stage, TimelineTab::All, 0, 100).await;
    assert_eq!(read.answer.title, "Why Be right back?");
    assert!(
        read.answer.because.starts_with("Because the table sets Be right back for Lunch, since "),
        "{read:#?}"
    );

    let written = page(&stage, TimelineTab::Written, 0, 1).await;
    assert_eq!((written.lines.len(), written.lines[0].is_written), (1, true));
    let rest = page(&stage, TimelineTab::Written, 1, 100).await;
    assert_eq!(written.has_more, !rest.lines.is_empty());
    let others = page(&stage, TimelineTab::NotWritten, 0, 100).await;
    assert_eq!(others.lines.len() + rest.lines.len() + 1, read.lines.len());

    assert_eq!(ask(&stage, Request::ExportTimeline).await, Exported::Cancelled);

    let choices = ask(&stage, Request::WhatIfChoices).await;
    let id = |words: &str| {
        let all = choices.connect.iter().chain(&choices.teams);
        all.clone().find(|choice| choice.words == words).unwrap().id.clone()
    };
    let question = WhatIfQuestion {
        connect: id("Lunch"),
        connect_is_ours: false,
        teams: id("Do not disturb"),
        teams_is_ours: false,
    };
    let tried = ask(&stage, |answer| Request::WhatIf { question, answer }).await;
    assert_eq!(tried.lines[0].when, "When Connect becomes Lunch");
    assert_eq!(tried.lines[0].why, "You chose Do not disturb in Teams yourself");
    assert_eq!(tried.lines[1].done, "Connect left alone");

    // Without the proposed row, lunch is a custom status like others.
    let table = ask(&stage, Request::Setup).await.connect_to_teams;
    let row = table.rows.iter().find(|row| row.when == "Lunch").unwrap().id.clone();
    let busy = table.targets.iter().find(|target| target.words == "Busy").unwrap().id.clone();
    let changes = vec![RowChange::Target(busy)];
    stage.act(Action::Setup { edit: SetupEdit::Row { side: MappingSide::ConnectToTeams, row, changes } });
    let played = ask(&stage, Request::Replay).await;
    let line = played.lines.iter().find(|line| line.seen == "Lunch").unwrap();
    assert_eq!(line.was, "Teams set to Be right back");

    let downloads = tempfile::tempdir().unwrap();
    // The dialog stays open during a restart inside the process.
    stage.set_saves(Saves::Later);
    let (answer, exported) = oneshot::channel();
    stage.requests.send(Request::ExportTimeline(answer));
    stage.act(Action::Restart);
    stage.until("started again", |_| stage.recorded(|seen| seen.ccp.len() == 2)).await;
    let file = downloads.path().join("decisions.csv");
    stage.answer_dialog(Some(&file));
    assert_eq!(
        exported.await.unwrap(),
        Exported::Saved { sentence: format!("Saved as {}.", file.display()) }
    );
    assert!(std::fs::read_to_string(file).unwrap().contains(",Lunch,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_login_the_answer_offers_one() {
    let stage = Stage::start().await;
    let read = until(&stage, |page| page.answer.because == "Teams needs a login.").await;
    assert_eq!(read.answer.title, "What happened?");
    assert_eq!(read.answer.button.unwrap().label, "Teams Login");
}
