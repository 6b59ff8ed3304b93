//! What Entra said no to, in words: one sentence and one next step for each class of errors.

use jiff::Timestamp;
use signin::{Class, SignInError};

use super::{
    super::{Controller, banner::button},
    Phase,
};
use crate::{
    host::{Host, Notice, NoticeKind, TrayAction},
    view::{Action, Banner, Button, Level, SettingsPage},
    words::{fill, say, time},
};

/// What every registration of this app has.
const REDIRECT: &str = "http://localhost";

/// A refusal, as far as people need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Refusal {
    pub(in super::super) class: Class,
    /// Who was refused, where it matters.
    upn: Option<String>,
    /// What support wants to know.
    details: String,
}

impl Refusal {
    pub(super) fn of(class: Class) -> Self {
        Self { class, upn: None, details: class.to_string() }
    }
}

impl From<&SignInError> for Refusal {
    fn from(error: &SignInError) -> Self {
        let upn = match error {
            SignInError::OtherTenant { upn } => Some(upn.clone()),
            SignInError::Refused { .. }
            | SignInError::AppPermissions
            | SignInError::NoAnswer
            | SignInError::NoPort(_)
            | SignInError::Unreachable(_)
            | SignInError::Server { .. }
            | SignInError::Malformed
            | SignInError::Address => None,
        };
        let mut details = error.to_string();
        if let Some(said) = error.details() {
            let numbers = said.codes.iter().map(|code| format!("AADSTS{code}"));
            let words = numbers.chain([said.error.clone()]).chain(said.correlation_id.clone());
            details = format!("{details} ({})", words.collect::<Vec<_>>().join(", "));
        }
        Self { class: error.class(), upn, details }
    }
}

/// What the person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    LogIn,
    CopyConsent,
    CopyRedirect,
    CopyDetails,
    Settings,
}

impl<H: Host> Controller<H> {
    pub(super) fn refused(&mut self, error: &SignInError) {
        self.login.claims = error.claims().cloned().or(self.login.claims.take());
        self.login.refusal = Some(Refusal::from(error));
    }

    pub(in super::super) fn login_banner(&self) -> Option<Banner> {
        let refused = self.login.refusal.is_some() && !matches!(self.login.phase, Phase::Unconfigured);
        let told = self.login.is_needed() || refused || self.login.unopened.is_some();
        if self.front.banner_put_away || !told {
            return None;
        }
        let (title, body) = self.login_words();
        let body = match &self.login.unopened {
            Some(url) => fill("signIn.noBrowser", &[("url", url.as_str())]),
            None => body,
        };
        let passes = matches!(self.login.phase, Phase::Renewing { .. });
        let level = if passes { Level::Warning } else { Level::Problem };
        Some(Banner { level, title, body, buttons: self.login_buttons() })
    }

    fn login_buttons(&self) -> Vec<Button> {
        if matches!(self.login.phase, Phase::Renewing { .. }) {
            return vec![button("banner.login.later", Action::Later)];
        }
        if let Some(url) = &self.login.unopened {
            let copy = Action::Copy { text: url.to_string() };
            let copy = Button { label: say("signIn.copyAddress"), action: copy };
            return vec![copy, button("banner.login.later", Action::Later)];
        }
        let steps = self.login.refusal.as_ref().map_or(&[Step::LogIn][..], |refusal| steps(refusal.class));
        let in_contact = self.ccp.in_contact();
        let mut buttons: Vec<Button> = steps.iter().filter_map(|step| self.step(*step, in_contact)).collect();
        if in_contact && steps.contains(&Step::LogIn) {
            buttons.push(button("banner.login.after", Action::AfterThisCall));
        }
        buttons.push(button("banner.login.later", Action::Later));
        buttons
    }

    fn step(&self, step: Step, in_contact: bool) -> Option<Button> {
        let copy = |key: &str, text: String| Button { label: say(key), action: Action::Copy { text } };
        Some(match step {
            Step::LogIn if in_contact => button("banner.login.now", Action::TeamsLogin),
            Step::LogIn => button("banner.login.button", Action::TeamsLogin),
            Step::CopyConsent => return self.consent_button(),
            Step::CopyRedirect => copy("signIn.copyRedirect", REDIRECT.to_owned()),
            Step::CopyDetails => copy("signIn.copyDetails", self.refusal_details()),
            Step::Settings => button("signIn.settings", Action::OpenSettings { page: SettingsPage::Setup }),
        })
    }

    /// The link with which an administrator approves of everything that the app can use.
    pub(in super::super) fn consent_button(&self) -> Option<Button> {
        let set = self.setup.as_ref().ok()?;
        let link = self.login.sign_in.as_ref()?.admin_consent(&signin::scopes(&set.graph, true)).ok()?;
        Some(Button { label: say("signIn.copyConsent"), action: Action::Copy { text: link.into() } })
    }

    fn refusal_details(&self) -> String {
        let details = self.login.refusal.as_ref().map(|refusal| refusal.details.as_str()).unwrap_or_default();
        fill("signIn.details", &[("details", details), ("account", &self.login.account)])
    }

    /// The notification: its click does the first step, where that is one outside the drawer.
    pub(super) fn prompt_login(&self) {
        let (title, body) = self.login_words();
        let class = self.login.refusal.as_ref().map(|refusal| refusal.class);
        let logs_in = class.is_none_or(|class| steps(class).first() == Some(&Step::LogIn));
        let action = if logs_in {
            (say("banner.login.button"), TrayAction::TeamsLogin)
        } else {
            (say("tray.open"), TrayAction::Open)
        };
        self.host.notify(Notice { kind: NoticeKind::TeamsLogin, title, body, action: Some(action) });
    }

    /// Title and text: what is, then what to do.
    fn login_words(&self) -> (String, String) {
        let since = match &self.login.phase {
            Phase::Needed { since } => *since,
            Phase::Unconfigured | Phase::AskingKeyring { .. } | Phase::Renewing { .. } | Phase::Active(_) => {
                None
            }
        };
        match &self.login.refusal {
            Some(refusal) if refusal.class != Class::SignInAgain => self.refusal_words(refusal),
            Some(_) | None => ended_words(since),
        }
    }

    fn refusal_words(&self, refusal: &Refusal) -> (String, String) {
        let set = self.setup.as_ref().ok();
        let host = set.and_then(|set| set.login.host_str()).unwrap_or_default();
        let tenant = set.map(|set| set.tenant.to_string()).unwrap_or_default();
        let upn = refusal.upn.as_deref().unwrap_or_default();
        let values = [("host", host), ("tenant", tenant.as_str()), ("upn", upn)];
        let (title, body) = match refusal.class {
            Class::SignInAgain => ("banner.login.ended", "banner.login.body"),
            Class::AnotherCheck => ("signIn.anotherCheck.title", "signIn.anotherCheck.body"),
            Class::Cancelled => ("signIn.cancelled.title", "signIn.cancelled.body"),
            Class::Consent => ("signIn.consent.title", "signIn.consent.body"),
            Class::Blocked => ("signIn.blocked.title", "signIn.blocked.body"),
            Class::OtherAccount if upn.is_empty() => {
                ("signIn.otherAccount.title", "signIn.otherAccount.body")
            }
            Class::OtherAccount => ("signIn.otherAccount.named", "signIn.otherAccount.body"),
            Class::Redirect => ("signIn.redirect.title", "signIn.redirect.body"),
            Class::UnknownApp => ("signIn.unknownApp.title", "signIn.unknownApp.body"),
            Class::OtherCloud => ("signIn.otherCloud.title", "signIn.otherCloud.body"),
            Class::Registration => ("signIn.registration.title", "signIn.registration.body"),
            Class::SecretExpired => ("signIn.secret.expired", "signIn.secret.body"),
            Class::SecretWrong => ("signIn.secret.wrong", "signIn.secret.body"),
            Class::SecretMissing => ("signIn.secret.missing", "signIn.secret.missingBody"),
            Class::SecretUnwanted => ("signIn.secret.unwanted", "signIn.secret.unwantedBody"),
            Class::AppPermissions => ("signIn.permissions.title", "signIn.permissions.body"),
            Class::Transient | Class::TooOften => ("signIn.transient.title", self.again()),
            Class::Unreachable => ("signIn.unreachable.title", self.again()),
        };
        (fill(title, &values), fill(body, &values))
    }

    /// Whether we try by ourselves.
    fn again(&self) -> &'static str {
        if matches!(self.login.phase, Phase::Renewing { .. }) {
            "signIn.again.byItself"
        } else {
            "signIn.again.later"
        }
    }

    /// What is the matter with the login, in one line.
    pub(in super::super) fn login_sentence(&self) -> String {
        let (title, body) = self.login_words();
        format!("{title} {body}")
    }
}

/// The first one is primary.
fn steps(class: Class) -> &'static [Step] {
    match class {
        Class::SignInAgain
        | Class::AnotherCheck
        | Class::OtherAccount
        | Class::Transient
        | Class::TooOften
        | Class::Unreachable => &[Step::LogIn],
        Class::Cancelled => &[Step::LogIn, Step::CopyConsent],
        Class::Consent => &[Step::CopyConsent, Step::LogIn],
        Class::Blocked | Class::Registration => &[Step::CopyDetails, Step::LogIn],
        Class::Redirect => &[Step::CopyRedirect, Step::LogIn],
        Class::SecretMissing => &[Step::CopyRedirect, Step::Settings, Step::LogIn],
        Class::UnknownApp
        | Class::OtherCloud
        | Class::SecretExpired
        | Class::SecretWrong
        | Class::SecretUnwanted
        | Class::AppPermissions => &[Step::Settings, Step::CopyDetails, Step::LogIn],
    }
}

/// Asked for the first time, or again since the authorization ended.
fn ended_words(ended: Option<Timestamp>) -> (String, String) {
    match ended {
        Some(at) => (say("banner.login.ended"), fill("banner.login.endedBody", &[("time", &time(at))])),
        None => (say("banner.login.title"), say("banner.login.body")),
    }
}
