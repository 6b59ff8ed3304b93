//! The wizard as a person uses it: fields, buttons, and rows by their words.

mod export;
mod mistakes;

use std::path::Path;

use app::Request;
use sandbox::{ClientSecret, Sandbox};
use secrecy::SecretString;
use signin::SecretsError;
use tokio::sync::oneshot;
use view::{
    Action, Button, Exported,
    setup::{
        MappingRow, MappingSide, MappingStep, RowChange, SetupCheck, SetupEdit, SetupName, SetupPage,
        SetupSign, SetupStep,
    },
};

use crate::stage::{Saves, Stage, wait};

/// The name that is proposed for an exported policy.
pub const POLICY_NAME: &str = "connectpath-teams-policy.toml";

pub const CLIENT: &str = "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001";

/// The secret of a confidential registration that has these application roles.
pub fn confidential(secret: &str, roles: &[&str]) -> ClientSecret {
    ClientSecret {
        secret: SecretString::from(secret.to_owned()),
        expires: None,
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    }
}

/// A machine with an open wizard.
pub struct Wizard {
    pub stage: Stage,
}

impl Wizard {
    /// With settings that have only the addresses of the sandbox, which takes the place of Microsoft.
    pub async fn start() -> Self {
        Self::with(|text, _| text).await
    }

    pub async fn with(edit: impl Fn(String, &Sandbox) -> String) -> Self {
        let stage = Stage::with_folder(Ok(()), |folder, sandbox| {
            write_settings(folder, sandbox, &edit);
        })
        .await;
        Self { stage }
    }

    pub async fn without_keyring(why: SecretsError) -> Self {
        let stage =
            Stage::with_folder(Err(why), |folder, sandbox| write_settings(folder, sandbox, |text, _| text))
                .await;
        Self { stage }
    }

    #[cfg(unix)]
    pub async fn with_policy(policy: &str) -> Self {
        let stage = Stage::with_folder(Ok(()), |folder, sandbox| {
            write_settings(folder, sandbox, |text, _| text);
            std::fs::write(folder.join(crate::stage::POLICY), policy).unwrap();
        })
        .await;
        Self { stage }
    }

    pub fn edit(&self, edit: SetupEdit) {
        self.stage.act(Action::Setup { edit });
    }

    pub fn set_field(&self, name: SetupName, value: &str) {
        self.edit(SetupEdit::Field { name, value: value.to_owned() });
    }

    pub fn send_secret(&self, secret: &str) {
        self.stage.requests.send(Request::SetupSecret(SecretString::from(secret.to_owned())));
    }

    pub async fn page(&self) -> SetupPage {
        let (answer, page) = oneshot::channel();
        self.stage.requests.send(Request::Setup(answer));
        page.await.unwrap()
    }

    pub async fn export(&self, saves: Saves) -> Exported {
        self.stage.set_saves(saves);
        let (answer, exported) = oneshot::channel();
        self.stage.requests.send(Request::ExportPolicy(answer));
        exported.await.unwrap()
    }

    pub async fn until(&self, what: &str, wanted: impl Fn(&SetupPage) -> bool) -> SetupPage {
        wait(what, async || {
            let page = self.page().await;
            if wanted(&page) { Ok(page) } else { Err(page) }
        })
        .await
    }

    fn check<'a>(&self, page: &'a SetupPage, title: &str) -> Option<&'a SetupCheck> {
        page.registration.checks.iter().chain(&page.instance.checks).find(|check| check.title == title)
    }

    pub fn sign(&self, page: &SetupPage, title: &str) -> SetupSign {
        self.check(page, title).map_or(SetupSign::Waiting, |check| check.sign)
    }

    pub fn says(&self, page: &SetupPage, title: &str) -> String {
        self.check(page, title).map_or_else(String::new, |check| check.says.clone())
    }

    pub fn buttons(&self, page: &SetupPage, title: &str) -> Vec<Button> {
        self.check(page, title).map_or_else(Vec::new, |check| check.buttons.clone())
    }

    pub async fn until_good(&self, title: &str) -> SetupPage {
        self.until(title, |page| self.sign(page, title) == SetupSign::Good).await
    }

    pub async fn until_failed(&self, title: &str) -> SetupPage {
        self.until(title, |page| self.sign(page, title) == SetupSign::Failed).await
    }

    pub fn tenant(&self) -> String {
        let text = self.stage.sandbox.settings_toml();
        text.split("tenant = \"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    pub fn fill_registration(&self) {
        self.set_field(SetupName::Tenant, &self.tenant());
        self.set_field(SetupName::ClientId, CLIENT);
    }

    /// Fills in step 1, and waits until it is good.
    pub async fn complete_registration(&self) {
        self.fill_registration();
        self.until("the registration fits", |page| page.next.can).await;
    }

    /// Fills in step 2, and waits until it is good.
    pub async fn complete_instance(&self) {
        self.set_field(SetupName::Mode, "same_origin");
        self.set_field(SetupName::Instance, self.stage.sandbox.connect().as_str());
        self.until_good("CCP").await;
    }

    /// Completes steps 1 and 2 with the statuses of the instance, and opens step 3.
    pub async fn open_tables(&self) {
        self.complete_registration().await;
        self.edit(SetupEdit::Open(SetupStep::Instance));
        self.complete_instance().await;
        self.edit(SetupEdit::ConnectLogin);
        self.stage.requests.send(Request::ConnectLoginDone { reached: true });
        self.stage.report_agent("priya.raman");
        self.stage.report_status("Lunch");
        self.until("the statuses", |page| self.says(page, "Connect Login").ends_with(" statuses.")).await;
        self.edit(SetupEdit::Open(SetupStep::ConnectToTeams));
    }

    /// Sets the target of a row.
    pub async fn set_target(&self, side: MappingSide, when: &str, target: &str) {
        let page = self.page().await;
        let step = match side {
            MappingSide::ConnectToTeams => &page.connect_to_teams,
            MappingSide::TeamsToConnect => &page.teams_to_connect,
        };
        let target = step.targets.iter().find(|choice| choice.words == target).unwrap().id.clone();
        let row = row(step, when).id;
        self.edit(SetupEdit::Row { side, row, changes: vec![RowChange::Target(target)] });
    }
}

fn write_settings(folder: &Path, sandbox: &Sandbox, edit: impl Fn(String, &Sandbox) -> String) {
    let base = sandbox.microsoft();
    let text = format!("[endpoints]\nlogin = \"{base}login/\"\ngraph = \"{base}graph/v1.0/\"\n");
    std::fs::write(folder.join(settings::FILE), edit(text, sandbox)).unwrap();
}

/// The row whose state has these words.
pub fn row(step: &MappingStep, when: &str) -> MappingRow {
    step.rows.iter().find(|row| row.when == when).unwrap().clone()
}

/// The words of the target of a row.
pub fn target_words(step: &MappingStep, row: &MappingRow) -> String {
    step.targets.iter().find(|choice| choice.id == row.target).unwrap().words.clone()
}
