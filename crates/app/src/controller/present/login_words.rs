//! Teams Login in words: banner, notifications, and one sentence and one next step for each class of refusals.
//!
//! Pure: from what the machine says of itself. It changes nothing.

use jiff::{Timestamp, tz::TimeZone};
use settings::Configured;
use signin::{Class, SignInError};
use url::Url;

use super::super::banner::button;
use crate::{
    clock::later,
    host::{Notice, NoticeKind, SecretsError, TrayAction},
    machine::login::{Login, LoginNotice, Phase, Reason, Refusal},
    view::{Action, Banner, Button, Level, SettingsPage},
    words::{date, fill, say, time},
};

/// What every registration of this app has.
const REDIRECT: &str = "http://localhost";
/// An administrator needs some weeks for a new client secret.
const SECRET_AHEAD: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 60 * 60);

/// What the person can do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    LogIn,
    CopyConsent,
    CopyRedirect,
    CopyDetails,
    Settings,
}

/// The login, and what its words need beside it.
pub(in super::super) struct LoginWords<'a> {
    pub(in super::super) login: &'a Login,
    pub(in super::super) set: Option<&'a Configured>,
    /// Where an administrator approves of the application.
    pub(in super::super) consent: Option<Url>,
    pub(in super::super) in_contact: bool,
}

impl LoginWords<'_> {
    pub(in super::super) fn banner(&self) -> Option<Banner> {
        let phase = self.login.phase();
        let refused = self.login.refusal().is_some() && phase != Phase::Unconfigured;
        let asks = self.login.is_needed() || refused || self.login.unopened().is_some();
        if self.login.is_put_away() || !asks {
            return None;
        }
        let (title, body) = self.title_and_body();
        let body = match self.login.unopened() {
            Some(url) => fill("signIn.noBrowser", &[("url", url.as_str())]),
            None => body,
        };
        let level = if phase == Phase::Renewing { Level::Warning } else { Level::Problem };
        Some(Banner { level, title, body, buttons: self.buttons() })
    }

    fn buttons(&self) -> Vec<Button> {
        if let Some(url) = self.login.unopened() {
            let copy = copying("signIn.copyAddress", url.to_string());
            return vec![copy, button("banner.login.later", Action::Later)];
        }
        if self.login.phase() == Phase::Renewing {
            return vec![button("banner.login.later", Action::Later)];
        }
        let steps = self.login.refusal().map_or(&[Step::LogIn][..], |refusal| steps(refusal.class()));
        let mut buttons: Vec<Button> = steps.iter().filter_map(|step| self.step(*step)).collect();
        if self.in_contact && steps.contains(&Step::LogIn) {
            buttons.push(button("banner.login.after", Action::AfterThisCall));
        }
        buttons.push(button("banner.login.later", Action::Later));
        buttons
    }

    fn step(&self, step: Step) -> Option<Button> {
        Some(match step {
            Step::LogIn if self.in_contact => button("banner.login.now", Action::TeamsLogin),
            Step::LogIn => button("banner.login.button", Action::TeamsLogin),
            Step::CopyConsent => return self.consent_button(),
            Step::CopyRedirect => copying("signIn.copyRedirect", REDIRECT.to_owned()),
            Step::CopyDetails => copying("signIn.copyDetails", self.details()),
            Step::Settings => button("signIn.settings", Action::OpenSettings { page: SettingsPage::Setup }),
        })
    }

    /// The link with which an administrator approves of everything that the app can use.
    pub(in super::super) fn consent_button(&self) -> Option<Button> {
        self.consent.as_ref().map(|link| copying("signIn.copyConsent", link.to_string()))
    }

    fn details(&self) -> String {
        let details = self.login.refusal().map(details).unwrap_or_default();
        fill("signIn.details", &[("details", &details), ("account", self.login.account())])
    }

    /// A notification. Its click does the first step, where that is one outside the drawer.
    pub(in super::super) fn notice(&self, notice: &LoginNotice, now: Timestamp) -> Notice {
        match notice {
            LoginNotice::Needed => {
                let (title, body) = self.title_and_body();
                let class = self.login.refusal().map(Refusal::class);
                let logs_in = class.is_none_or(|class| steps(class).first() == Some(&Step::LogIn));
                let action = if logs_in {
                    (say("banner.login.button"), TrayAction::TeamsLogin)
                } else {
                    (say("tray.open"), TrayAction::Open)
                };
                Notice { kind: NoticeKind::TeamsLogin, title, body, action: Some(action) }
            }
            LoginNotice::Ends(by) => {
                let (title, body) = ends(now, *by);
                let action = Some((say("banner.loginEnds.button"), TrayAction::TeamsLogin));
                Notice { kind: NoticeKind::TeamsLoginEnds, title, body, action }
            }
            LoginNotice::Keyring(error) => Notice {
                kind: NoticeKind::Keyring,
                title: say(keyring(*error)),
                body: say("notice.keyring.body"),
                action: None,
            },
        }
    }

    /// Title and text: what is, then what to do.
    fn title_and_body(&self) -> (String, String) {
        match self.login.refusal() {
            Some(refusal) if refusal.class() != Class::SignInAgain => self.refused(refusal),
            Some(_) | None => match self.login.phase() {
                Phase::SignedOut { since: Some(at) } => {
                    (say("banner.login.ended"), fill("banner.login.endedBody", &[("time", &time(at))]))
                }
                Phase::SignedOut { since: None }
                | Phase::Unconfigured
                | Phase::Starting
                | Phase::Renewing
                | Phase::SignedIn => (say("banner.login.title"), say("banner.login.body")),
            },
        }
    }

    fn refused(&self, refusal: &Refusal) -> (String, String) {
        let host = self.set.and_then(|set| set.login.host_str()).unwrap_or_default();
        let tenant = self.set.map(|set| set.tenant.to_string()).unwrap_or_default();
        let upn = match refusal.reason() {
            Reason::Entra(SignInError::OtherTenant { upn }) => upn.as_str(),
            Reason::Entra(_) | Reason::Graph => "",
        };
        let values = [("host", host), ("tenant", tenant.as_str()), ("upn", upn)];
        let (title, body) = match refusal.class() {
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
        if self.login.phase() == Phase::Renewing { "signIn.again.byItself" } else { "signIn.again.later" }
    }

    /// What is the matter with the login, in one line.
    pub(in super::super) fn sentence(&self) -> String {
        let (title, body) = self.title_and_body();
        format!("{title} {body}")
    }

    /// A login will be needed soon.
    pub(in super::super) fn reminder_banner(&self, now: Timestamp) -> Option<Banner> {
        let (title, body) = ends(now, self.login.reminds_of()?);
        let buttons = vec![
            button("banner.loginEnds.button", Action::TeamsLogin),
            button("banner.login.later", Action::Later),
        ];
        Some(Banner { level: Level::Warning, title, body, buttons })
    }

    /// "The client secret expires on Fri 18 Dec.", in time for a new one.
    pub(in super::super) fn secret_warning(&self, now: Timestamp) -> Option<String> {
        let expires = self.login.authorization().secret_expires?;
        let soon = later(now, SECRET_AHEAD) >= expires;
        soon.then(|| fill("checks.login.secretExpires", &[("date", &date(expires))]))
    }
}

fn copying(key: &str, text: String) -> Button {
    Button { label: say(key), action: Action::Copy { text } }
}

/// What support wants to know.
fn details(refusal: &Refusal) -> String {
    let error = match refusal.reason() {
        Reason::Entra(error) => error,
        Reason::Graph => return refusal.class().to_string(),
    };
    match error.details() {
        Some(said) => {
            let numbers = said.codes.iter().map(|code| format!("AADSTS{code}"));
            let words = numbers.chain([said.error.clone()]).chain(said.correlation_id.clone());
            format!("{error} ({})", words.collect::<Vec<_>>().join(", "))
        }
        None => error.to_string(),
    }
}

/// The title that a keyring failure has.
pub(in super::super) fn keyring(error: SecretsError) -> &'static str {
    match error {
        SecretsError::Missing => "notice.keyring.missing",
        SecretsError::Locked => "notice.keyring.locked",
        SecretsError::Failed => "notice.keyring.failed",
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

/// How many days are left, and until when.
fn ends(now: Timestamp, by: Timestamp) -> (String, String) {
    let day = |at: Timestamp| at.to_zoned_datetime(TimeZone::system()).date();
    let days = day(by).duration_since(day(now)).as_hours() / 24;
    let title = match days {
        ..=0 => say("banner.loginEnds.today"),
        1 => say("banner.loginEnds.tomorrow"),
        days => fill("banner.loginEnds.days", &[("days", &days.to_string())]),
    };
    (title, fill("banner.loginEnds.body", &[("date", &date(by))]))
}
