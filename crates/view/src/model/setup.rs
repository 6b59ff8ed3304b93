//! What the wizard shows; what it asks for is a [`SetupEdit`].
//!
//! Every type here is exported to `ui/src/bindings/`, as all types for a window are. The client secret is in none of them:
//! it comes by a request of its own and never goes back.

mod mapping;

use serde::Serialize;
use ts_rs::TS;

pub use self::mapping::{
    LoopLink, LoopSide, MappingChoice, MappingLoop, MappingRow, MappingStep, RowGroup, RowMark, SecondsRange,
};
use super::Button;
pub use super::edit::{MappingSide, RowChange, SetupEdit, SetupName, SetupStep};

/// The wizard in its current state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupPage {
    /// An existing set-up is changed: the last step is called "Update".
    pub update: bool,
    /// The step that is open.
    pub step: SetupStep,
    /// The steps that were left behind and are done.
    pub done: Vec<SetupStep>,
    /// The first step that lacks something, or is being checked: of those after the open step, only the ones up to this
    /// one can be opened.
    pub lacks: Option<SetupStep>,
    /// Whether the open step can be left forwards.
    pub next: SetupNext,
    /// Step 1.
    pub registration: RegistrationStep,
    /// Step 2.
    pub instance: InstanceStep,
    /// Step 3.
    pub connect_to_teams: MappingStep,
    /// Step 4.
    pub teams_to_connect: MappingStep,
    /// Step 5.
    pub save: SaveStep,
}

/// Whether *Next* can continue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupNext {
    /// It can.
    pub can: bool,
    /// Beside the button: "1 thing left: Directory (tenant) ID", "Loop found"; empty if there is nothing to say.
    pub why: String,
}

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SetupSign {
    /// Waits for something else.
    Waiting,
    /// Under way.
    Checking,
    /// Fits.
    Good,
    /// Works with limits.
    Warning,
    /// Does not fit.
    Failed,
}

/// A field with what is known of its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupField {
    /// As it was typed.
    pub value: String,
    /// The policy sets it: it cannot be changed here.
    pub locked: bool,
    /// The result of the check of the value.
    pub sign: SetupSign,
    /// Under the field: "Contoso", "must be …"; empty if there is nothing to say.
    pub says: String,
}

/// A line of "Checked at 14:06".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupCheck {
    /// "Tenant", "Redirect URI".
    pub title: String,
    /// The result.
    pub sign: SetupSign,
    /// What was seen, and in the portal's words what to do.
    pub says: String,
    /// What can be done about it from here: "Copy admin-consent link", "Try again".
    pub buttons: Vec<Button>,
}

/// The login that a step can be checked with. It is always at the same place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupLogin {
    /// "Check by a login", "Log in".
    pub button: Button,
    /// What was entered fits: it can be tried.
    pub can: bool,
    /// What it is for, or why it cannot be tried yet.
    pub says: String,
}

/// Step 1: the app registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationStep {
    /// Directory (tenant) ID.
    pub tenant: SetupField,
    /// Application (client) ID.
    pub client_id: SetupField,
    /// A secret was entered, or is in the keyring.
    pub secret_kept: bool,
    /// What is known of the secret; `value` is always empty.
    pub secret: SetupField,
    /// "2027-01-30"; empty if it is not known.
    pub secret_expires: SetupField,
    /// An administrator has consented to `User.Read.All`: `value` is "true" or "false". The login finds it out.
    pub admin_consent: SetupField,
    /// The login to Teams that shows the rights.
    pub login: SetupLogin,
    /// "14:06"; empty before the first check.
    pub checked_at: String,
    /// The checks in their order.
    pub checks: Vec<SetupCheck>,
}

/// Step 2: the Connect instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InstanceStep {
    /// Its address.
    pub instance: SetupField,
    /// The address at which the Connect Login begins; empty: that of the instance.
    pub start: SetupField,
    /// Whose page carries the CCP: `value` is "same_origin" or "approved_origin".
    pub mode: SetupField,
    /// What an administrator adds under "Approved origins"; shown with "approved_origin".
    pub origin: String,
    /// The login to Connect that shows the statuses.
    pub login: SetupLogin,
    /// "14:06"; empty before the first check.
    pub checked_at: String,
    /// Reached, CCP there, Connect Login with the number of statuses.
    pub checks: Vec<SetupCheck>,
}

/// One line of what will be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveLine {
    /// "Directory (tenant) ID", "Connect to Teams".
    pub what: String,
    /// "contoso.com", "18 rows, 2 of them yours".
    pub value: String,
    /// It differs from what is in force.
    pub changed: bool,
    /// The policy sets it.
    pub locked: bool,
}

/// Step 5: what will be saved, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveStep {
    /// Line by line.
    pub lines: Vec<SaveLine>,
    /// What happens then: "The app logs in to Teams and Connect and starts the sync."; what applies now, once it is saved.
    pub then: String,
    /// Why it could not be saved; empty if it could.
    pub problem: String,
    /// It is saved.
    pub saved: bool,
    /// It is saved, and Teams and Connect are live with it.
    pub works: bool,
    /// What is still to be done once it is saved: "Teams Login".
    pub button: Option<Button>,
}
