//! The set-up wizard against the sandbox: from an empty folder to a working sync, with every mistake that can be made.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set up is a failed test")]

#[expect(dead_code, reason = "the stage serves other tests too")]
mod stage;
mod wizard;

use std::time::Duration;

use app::Request;
use signin::SecretsError;
use stage::{Stage, arn};
use tokio::sync::oneshot;
use view::{
    Action, SettingsPage, Stage as Shown, View,
    setup::{MappingSide, RowMark, SetupEdit, SetupName, SetupSign, SetupStep},
    timeline::WhatIfQuestion,
};
use wizard::{CLIENT, Wizard, confidential};

#[tokio::test(flavor = "multi_thread")]
async fn the_wizard_leads_from_an_empty_folder_to_a_working_sync_with_one_login() {
    let wizard = Wizard::start().await;
    let stage = &wizard.stage;
    let view = stage.view().await;
    assert_eq!((view.stage, view.banner), (Shown::NotSetUp { problem: None }, None));
    assert_eq!(stage.recorded(|seen| seen.shown.clone()), [], "no second window opens by itself");
    stage.act(Action::OpenSettings { page: SettingsPage::Setup });
    stage.view().await;
    assert_eq!(stage.recorded(|seen| seen.shown.clone()), [SettingsPage::Setup]);
    stage.act(Action::CloseSettings);
    stage.view().await;
    assert_eq!(stage.recorded(|seen| seen.closed_settings), 1);

    let page = wizard.page().await;
    assert!(!page.update && !page.next.can && page.done.is_empty());
    assert_eq!(page.next.why, "2 things left: Directory (tenant) ID, Application (client) ID");
    wizard.complete_registration().await;
    let page = wizard.page().await;
    assert!(page.next.can && page.next.why.is_empty(), "{page:#?}");
    assert!(!page.registration.checked_at.is_empty());
    assert_eq!(wizard.sign(&page, "API permissions"), SetupSign::Waiting);

    wizard.edit(SetupEdit::CheckLogin);
    let page = wizard
        .until("the rights", |page| {
            wizard.sign(page, "API permissions") != SetupSign::Waiting
                && wizard.sign(page, "API permissions") != SetupSign::Checking
        })
        .await;
    assert_eq!(
        wizard.says(&page, "API permissions"),
        "Priya Raman has everything that is needed, and an administrator has consented."
    );
    assert_eq!(page.registration.admin_consent.value, "true", "the person was not asked for it");
    assert_eq!(page.registration.tenant.says, "Contoso, contoso.com");
    assert_eq!(wizard.says(&page, "Application"), "Found in Contoso");
    assert_eq!(wizard.says(&page, "Licence filter"), "The filter works: 41 people have a Teams licence.");
    assert_eq!(stage.recorded(|seen| seen.pages.len()), 1);

    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    wizard.complete_instance().await;
    assert_eq!(
        wizard.says(&wizard.page().await, "Connect Login"),
        "Log in to see the statuses of the instance."
    );
    wizard.edit(SetupEdit::ConnectLogin);
    wizard.page().await;
    assert_eq!(stage.recorded(|seen| seen.connect_logins.len()), 1);
    stage.requests.send(Request::ConnectLoginDone { reached: true });
    stage.report_agent("priya.raman");
    stage.report_status("Lunch");
    wizard.until("the statuses", |page| wizard.says(page, "Connect Login") == "6 statuses.").await;

    wizard.edit(SetupEdit::Open(SetupStep::ConnectToTeams));
    let page = wizard.page().await;
    let lunch = wizard::row(&page.connect_to_teams, "Lunch");
    assert_eq!(wizard::target_words(&page.connect_to_teams, &lunch), "Be right back");
    assert_eq!(page.connect_to_teams.rows[0].when, "Available", "statuses that the customer named are first");
    assert_eq!(page.connect_to_teams.contact, "While on a contact: as proposed");
    wizard.set_target(MappingSide::ConnectToTeams, "Coaching", "Do not disturb").await;
    wizard.set_field(SetupName::Hold, "1");
    wizard.edit(SetupEdit::Open(SetupStep::TeamsToConnect));
    wizard.edit(SetupEdit::Open(SetupStep::Save));
    let page = wizard.page().await;
    assert_eq!(page.step, SetupStep::Save);
    assert!(page.next.can, "{:?}", page.next);

    // Before it is saved, nothing is written to Teams or to a file, and Connect gets no order.
    stage.pass(Duration::from_secs(30));
    wizard.page().await;
    let world = stage.world.overview();
    assert!(world.session.is_none() && world.preferred.is_none());
    assert!(
        stage.recorded(|seen| seen.orders.is_empty()),
        "{:?}",
        stage.recorded(|seen| seen.orders.clone())
    );
    assert!(
        !stage.file(settings::FILE).exists()
            || !std::fs::read_to_string(stage.file(settings::FILE)).unwrap().contains("tenant")
    );
    assert!(stage.recorded(|seen| seen.secrets.is_empty()));

    wizard.edit(SetupEdit::Save);
    let page = wizard.until("saved", |page| page.save.saved).await;
    assert_eq!((page.step, page.save.problem.as_str()), (SetupStep::Save, ""));
    assert!(!page.save.works, "{}", page.save.then);
    let logged_in = |view: &View| view.own.name == "Priya Raman" && view.own.teams.words == "Available";
    stage.until("logged in again without the browser", logged_in).await;
    stage.report_agent("priya.raman");
    stage.report_status("Coaching");
    stage.until("in step", |view| view.own.teams.words == "Do not disturb").await;
    let page = wizard.until("works", |page| page.save.works).await;
    assert_eq!(page.save.then, "It works now: no restart or second login is needed.");
    let named = (page.registration.tenant.says.as_str(), page.save.lines[0].value.as_str());
    assert_eq!(named, ("Contoso, contoso.com", "Contoso, contoso.com"), "the result of the login is kept");
    stage.act(Action::CloseSettings);
    stage.until("closed", |_| stage.recorded(|seen| seen.closed_settings == 2)).await;
    assert_eq!(stage.recorded(|seen| seen.pages.len()), 1, "one login was enough");
    assert!(!stage.file("setup-draft.json").exists());
    wizard.edit(SetupEdit::Cancel);
    assert!(!wizard.page().await.save.saved);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_the_settings_are_saved_and_the_missing_login_is_shown() {
    let wizard = Wizard::without_keyring(SecretsError::Missing).await;
    wizard.complete_registration().await;
    wizard.edit(SetupEdit::CheckLogin);
    wizard.until_good("API permissions").await;
    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    wizard.complete_instance().await;
    wizard.edit(SetupEdit::Open(SetupStep::Save));
    wizard.edit(SetupEdit::Save);
    let page = wizard.until("saved", |page| page.save.saved).await;
    assert!(page.save.problem.starts_with("The settings are saved, but"), "{}", page.save.problem);
    wizard
        .stage
        .until("restarted", |view| {
            view.banner.as_ref().is_some_and(|banner| banner.title == "Teams needs a login.")
        })
        .await;
    let page = wizard.page().await;
    assert_eq!(page.save.then, "One thing is left: log in to Teams.");
    assert_eq!(page.save.button.unwrap().action, Action::TeamsLogin);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_and_its_expiry_date_are_kept_for_the_new_registration() {
    let wizard = Wizard::start().await;
    wizard.stage.world.set_client_secret(Some(confidential("the secret", &[])));
    wizard.send_secret("the secret");
    wizard.set_field(SetupName::SecretExpires, "2999-01-30");
    wizard.complete_registration().await;
    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    wizard.complete_instance().await;
    wizard.edit(SetupEdit::Save);
    wizard.until("saved", |page| page.save.saved).await;
    let entry = format!("/{}/{CLIENT}/client-secret", wizard.tenant());
    wizard.stage.recorded(|seen| {
        let (account, secret) = seen.secrets.iter().find(|(account, _)| account.ends_with(&entry)).unwrap();
        assert!(account.starts_with("http://127.0.0.1:"), "one for each authority, with its port: {account}");
        assert_eq!(secret, "the secret");
    });
    wizard.edit(SetupEdit::Cancel);
    let page = wizard.until("kept", |page| page.registration.secret_kept).await;
    assert_eq!(page.registration.secret_expires.value, "2999-01-30");
    wizard.stage.sign_in().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_if_and_replay_use_the_tables_of_the_wizard() {
    let wizard = Wizard::start().await;
    wizard.open_tables().await;
    wizard.set_target(MappingSide::ConnectToTeams, "Coaching", "Do not disturb").await;
    let (answer, choices) = oneshot::channel();
    wizard.stage.requests.send(Request::WhatIfChoices(answer));
    let choices = choices.await.unwrap();
    let question = WhatIfQuestion {
        connect: choices.connect.iter().find(|choice| choice.words == "Coaching").unwrap().id.clone(),
        connect_is_ours: false,
        teams: choices.teams.iter().find(|choice| choice.words == "Available").unwrap().id.clone(),
        teams_is_ours: false,
    };
    let (answer, tried) = oneshot::channel();
    wizard.stage.requests.send(Request::WhatIf { question, answer });
    assert!(tried.await.unwrap().lines[0].done.starts_with("Teams set to Do not disturb"));
    let (answer, played) = oneshot::channel();
    wizard.stage.requests.send(Request::Replay(answer));
    assert!(!played.await.unwrap().sentence.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_blocks_the_next_step_until_it_is_corrected_or_accepted() {
    let wizard = Wizard::start().await;
    wizard.open_tables().await;
    wizard.set_target(MappingSide::ConnectToTeams, "Coaching", "Do not disturb").await;
    wizard.edit(SetupEdit::Enable { side: MappingSide::TeamsToConnect, on: true });
    wizard.edit(SetupEdit::Open(SetupStep::TeamsToConnect));
    wizard.set_target(MappingSide::TeamsToConnect, "Busy", "Coaching").await;
    wizard.set_target(MappingSide::TeamsToConnect, "Do not disturb", "Training").await;
    let page = wizard.page().await;
    assert_eq!((page.next.can, page.next.why.as_str()), (false, "Loop found"));
    let found_loop = &page.teams_to_connect.loops[0];
    let chain: Vec<&str> = found_loop.chain.iter().map(|link| link.words.as_str()).collect();
    assert_eq!(chain, ["Training", "Busy", "Coaching", "Do not disturb", "Training"]);
    assert_eq!(wizard::row(&page.teams_to_connect, "Busy").mark, RowMark::Loop);
    assert_eq!(
        wizard::row(&page.connect_to_teams, "Training").mark,
        RowMark::Loop,
        "a status without a row of its own"
    );
    wizard.edit(SetupEdit::Open(SetupStep::Save));
    assert_eq!(wizard.page().await.step, SetupStep::TeamsToConnect);
    wizard.edit(SetupEdit::AcceptLoops(true));
    assert!(wizard.page().await.next.can);
    wizard.edit(SetupEdit::AcceptLoops(false));

    let fix = found_loop.fix.clone().unwrap();
    assert_eq!(fix.label, "Set “Do not disturb → Training” to No change", "the row that was edited last");
    wizard.stage.act(fix.action);
    let page = wizard.page().await;
    assert!(page.teams_to_connect.loops.is_empty() && page.next.can, "{:#?}", page.teams_to_connect.loops);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_never_applies_and_a_status_that_no_longer_exists_are_marked() {
    let wizard = Wizard::with(|text, _| {
        format!(
            "{text}[[sync.rows]]\nwhen = {{ status = \"arn:gone\" }}\nteams = \"busy\"\n\
                 [[sync.rows]]\nwhen = {{ kind = \"custom\" }}\nteams = \"busy\"\nsource = \"automatic\"\n"
        )
    })
    .await;
    wizard.open_tables().await;
    let page = wizard.page().await;
    let marks: Vec<(RowMark, &str)> = page
        .connect_to_teams
        .rows
        .iter()
        .filter(|row| row.mark != RowMark::None)
        .map(|row| (row.mark, row.mark_why.as_str()))
        .collect();
    assert_eq!(
        marks,
        [
            (RowMark::Never, "Its source never causes that state."),
            (RowMark::Unknown, "The instance has no such status."),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_fifty_more_statuses_can_be_edited() {
    let wizard = Wizard::start().await;
    wizard.open_tables().await;
    let more: Vec<String> = (0..50).map(|number| format!("Status {number}")).collect();
    wizard.stage.report_agent_with_more("priya.raman", &more);
    wizard.until("all of them", |page| page.connect_to_teams.rows.len() > 60).await;
    wizard.edit(SetupEdit::Enable { side: MappingSide::TeamsToConnect, on: true });
    for number in 0..10 {
        wizard.set_target(MappingSide::ConnectToTeams, &format!("Status {number}"), "Appear offline").await;
    }
    let page = wizard.page().await;
    assert_eq!(
        wizard::target_words(&page.connect_to_teams, &wizard::row(&page.connect_to_teams, "Status 7")),
        "Appear offline"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_the_draft_except_the_secret() {
    let wizard = Wizard::start().await;
    wizard.stage.world.set_client_secret(Some(confidential("the secret", &[])));
    wizard.send_secret("the secret");
    wizard.complete_registration().await;
    wizard.edit(SetupEdit::Open(SetupStep::Instance));
    wizard.complete_instance().await;
    wizard.stage.quit();
    wizard.stage.until_exited().await;
    let kept = std::fs::read_to_string(wizard.stage.file("setup-draft.json")).unwrap();
    assert!(!kept.contains("the secret"), "{kept}");
    let wizard = Wizard { stage: wizard.stage.restarted() };
    let page = wizard.page().await;
    assert_eq!((page.step, page.registration.client_id.value.as_str()), (SetupStep::Instance, CLIENT));
    assert!(!page.registration.secret_kept);
    wizard.edit(SetupEdit::Cancel);
    assert!(wizard.page().await.registration.tenant.value.is_empty());
    wizard.until("forgotten", |_| !wizard.stage.file("setup-draft.json").exists()).await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn settings_of_the_policy_are_locked_and_edits_of_them_change_nothing() {
    let wizard =
        Wizard::with_policy(&format!("[microsoft]\nclient_id = \"{CLIENT}\"\n[sync]\nhold = 5\nrows = []\n"))
            .await;
    wizard.set_field(SetupName::ClientId, "11111111-2222-4333-8444-555555555555");
    wizard.set_field(SetupName::Hold, "60");
    let page = wizard.page().await;
    assert!(page.registration.client_id.locked && !page.registration.tenant.locked);
    assert_eq!((page.registration.client_id.value.as_str(), page.connect_to_teams.hold_seconds), (CLIENT, 5));
    assert!(page.connect_to_teams.rows_locked && !page.teams_to_connect.rows_locked);
    wizard.open_tables().await;
    let before = wizard.page().await.connect_to_teams;
    wizard.set_target(MappingSide::ConnectToTeams, "Coaching", "Do not disturb").await;
    assert_eq!(wizard.page().await.connect_to_teams, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_existing_set_up_is_updated_and_a_change_of_the_file_meanwhile_is_not_lost() {
    let stage = Stage::start().await;
    stage.start_work().await;
    let wizard = Wizard { stage };
    let page = wizard.page().await;
    assert!(
        page.update && page.done.len() < 4,
        "nothing counts as done before it was checked: {:?}",
        page.done
    );
    let page = wizard.until("checked", |page| page.next.can && page.done.len() == 4).await;
    assert_eq!(wizard.sign(&page, "CCP"), SetupSign::Good);
    wizard.set_target(MappingSide::ConnectToTeams, "Training", "Away").await;
    wizard.edit(SetupEdit::Open(SetupStep::Save));
    // Another program writes, and no change is reported.
    let file = wizard.stage.file(settings::FILE);
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("[sync]", "[drawer]\nlimit = 7\n[sync]")).unwrap();
    wizard.edit(SetupEdit::Save);
    let page = wizard.until("refused", |page| !page.save.problem.is_empty()).await;
    assert_eq!(page.save.problem, "The settings file was changed in the meantime. Nothing was saved.");
    let changed: Vec<&str> =
        page.save.lines.iter().filter(|line| line.changed).map(|line| line.what.as_str()).collect();
    assert_eq!(changed, ["Teams follows Connect"]);

    wizard.edit(SetupEdit::Save);
    wizard.until("saved", |page| page.save.saved).await;
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("limit = 7") && text.contains(&arn("Training")), "{text}");
    wizard.stage.report_status("Training");
    wizard.stage.until("the new row applies", |view| view.own.teams.words == "Away").await;
    assert_eq!(wizard.stage.recorded(|seen| seen.pages.len()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_of_an_administrator_apply_once_the_wizard_is_closed() {
    let wizard = Wizard::start().await;
    let stage = &wizard.stage;
    stage.requests.send(Request::SettingsOpen(true));
    wizard.page().await;
    stage.rewrite(settings::FILE, |_| stage.sandbox.settings_toml());
    let asks =
        |view: &View| view.banner.as_ref().is_some_and(|it| it.title == "New settings need a restart.");
    let view = stage.until("the restart is offered", asks).await;
    assert_eq!(view.stage, Shown::NotSetUp { problem: None }, "somebody may be typing");
    stage.requests.send(Request::SettingsOpen(false));
    stage.until("started by itself", |view| view.stage == Shown::LoginNeeded).await;
}
