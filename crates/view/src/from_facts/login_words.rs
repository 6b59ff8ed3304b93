//! Teams Login in words: banner, notification, and one sentence and one next step for each class of refusals.

use jiff::{Timestamp, tz::TimeZone};
use presence::moment::later;
use signin::{Class, SecretsError, SignInError};

use super::{network, primary, secondary, subtle};
use crate::{
    facts::{Browser, BrowserLogin, Facts, LoginPhase, RefusalFacts},
    model::{Action, Banner, Button, ButtonKind, Level, Notice, NoticeKind, SettingsPage, TrayAction},
    words::{date, fill, say, time},
};

/// The redirect address that every registration of this application has.
const REDIRECT: &str = "http://localhost";
/// An administrator needs some weeks for a new client secret.
const SECRET_AHEAD: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 60 * 60);

/// What the person can do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LoginStep {
    LogIn,
    CopyConsent,
    CopyRedirect,
    CopyDetails,
    Settings,
}

pub(super) fn banner(facts: &Facts<'_>) -> Option<Banner> {
    let login = &facts.login;
    if login.phase == LoginPhase::Unconfigured {
        return None;
    }
    if let Some(login) = login.under_way {
        return Some(under_way(login, Action::LoginOpenAgain, Action::LoginCancel));
    }
    if login.is_put_away || !(login.is_needed() || login.refusal.is_some()) {
        return None;
    }
    let (title, body) = title_and_body(facts);
    let renews = login.phase == LoginPhase::Renewing;
    let level = match login.refusal {
        Some(refusal) if refusal.class != Class::SignInAgain && !renews => Level::Problem,
        // It is not done yet, or it passes by itself.
        Some(_) | None => Level::Warning,
    };
    Some(Banner { level, title, body, buttons: buttons(facts) })
}

/// The banner while a login continues in the browser. Whatever happens there, the person can continue or go back:
/// `again` opens the page once more, `cancel` gives the login up.
pub fn under_way(login: BrowserLogin<'_>, again: Action, cancel: Action) -> Banner {
    let (level, title, body) = match login.browser {
        Browser::Asked => (Level::Reading, "signIn.underWay.title", "signIn.underWay.body"),
        Browser::Late => (Level::Reading, "signIn.underWay.title", "signIn.underWay.late"),
        Browser::Failed => (Level::Warning, "signIn.unopened.title", "signIn.unopened.body"),
    };
    let open = |page: &url::Url| {
        let copy = |kind| Button { kind, ..copying("signIn.copyLink", page.to_string()) };
        let again = secondary("signIn.openAgain", again);
        match login.browser {
            Browser::Asked | Browser::Late => [again, copy(ButtonKind::Secondary)],
            Browser::Failed => [copy(ButtonKind::Primary), again],
        }
    };
    let mut buttons = Vec::from_iter(login.page.map(open).into_iter().flatten());
    buttons.push(subtle("signIn.cancel", cancel));
    Banner { level, title: say(title), body: say(body), buttons }
}

fn buttons(facts: &Facts<'_>) -> Vec<Button> {
    let login = &facts.login;
    let later = subtle("banner.login.later", Action::Later);
    if login.phase == LoginPhase::Renewing {
        return vec![later];
    }
    let steps = login.refusal.map_or(&[LoginStep::LogIn][..], |refusal| steps(refusal.class));
    let mut buttons: Vec<Button> = steps.iter().filter_map(|step| step_button(facts, *step)).collect();
    if let Some(first) = buttons.first_mut() {
        first.kind = ButtonKind::Primary;
    }
    if facts.connect.in_contact && steps.contains(&LoginStep::LogIn) {
        buttons.push(secondary("banner.login.after", Action::AfterThisCall));
    }
    buttons.push(later);
    buttons
}

/// The button of a login is less prominent if somebody else must do something first.
fn step_button(facts: &Facts<'_>, step: LoginStep) -> Option<Button> {
    Some(match step {
        LoginStep::LogIn if facts.connect.in_contact => subtle("banner.login.now", Action::TeamsLogin),
        LoginStep::LogIn if facts.login.refusal.is_some_and(|refusal| needs_somebody_else(refusal.class)) => {
            subtle("banner.login.again", Action::TeamsLogin)
        }
        LoginStep::LogIn => subtle("banner.login.button", Action::TeamsLogin),
        LoginStep::CopyConsent => return consent_button(facts),
        LoginStep::CopyRedirect => copying("signIn.copyRedirect", REDIRECT.to_owned()),
        LoginStep::CopyDetails => copying("signIn.copyDetails", details(facts)),
        LoginStep::Settings => {
            secondary("signIn.settings", Action::OpenSettings { page: SettingsPage::Setup })
        }
    })
}

fn needs_somebody_else(class: Class) -> bool {
    steps(class).first() != Some(&LoginStep::LogIn)
}

/// The link with which an administrator approves of everything that the app can use.
pub(super) fn consent_button(facts: &Facts<'_>) -> Option<Button> {
    facts.login.consent.as_ref().map(|link| copying("signIn.copyApproval", link.to_string()))
}

/// A login is needed. The click does the first step, if that is one outside the drawer.
pub(super) fn needed(facts: &Facts<'_>) -> Notice {
    let (title, body) = title_and_body(facts);
    let class = facts.login.refusal.map(|refusal| refusal.class);
    let action = if class.is_none_or(|class| !needs_somebody_else(class)) {
        (say("banner.login.button"), TrayAction::TeamsLogin.into())
    } else {
        (say("tray.open"), TrayAction::Open.into())
    };
    Notice { kind: NoticeKind::TeamsLogin, title, body, action: Some(action) }
}

/// Title and text: what is wrong, then what to do.
fn title_and_body(facts: &Facts<'_>) -> (String, String) {
    match facts.login.refusal {
        Some(refusal) if refusal.class != Class::SignInAgain => refused(facts, refusal),
        Some(_) | None => match facts.login.phase {
            LoginPhase::SignedOut { since: Some(at) } => {
                (say("banner.login.ended"), fill("banner.login.endedBody", &[("time", &time(at))]))
            }
            LoginPhase::SignedOut { since: None } if facts.login.keyring.is_some() => {
                let keyring = facts.login.keyring.map(|fault| say(keyring(fault))).unwrap_or_default();
                (say("banner.login.title"), fill("banner.login.keyringBody", &[("keyring", &keyring)]))
            }
            LoginPhase::SignedOut { since: None }
            | LoginPhase::Unconfigured
            | LoginPhase::Starting
            | LoginPhase::Renewing
            | LoginPhase::SignedIn => (say("banner.login.title"), say("banner.login.body")),
        },
    }
}

fn refused(facts: &Facts<'_>, refusal: RefusalFacts<'_>) -> (String, String) {
    if let (Class::Unreachable | Class::Proxy, Some(fault)) = (refusal.class, &facts.network.microsoft) {
        return (network::saw(fault), network::to_do(fault));
    }
    let set = facts.settings.set;
    let host = set.and_then(|set| set.login.host_str()).unwrap_or_default();
    let tenant = set.map(|set| set.tenant.to_string()).unwrap_or_default();
    // The account that was refused, and the one that was signed in before.
    let upn = refused_account(refusal).unwrap_or_default();
    let who = facts.login.who.map(|who| who.upn.as_str()).filter(|who| !who.eq_ignore_ascii_case(upn));
    let renews = facts.login.phase == LoginPhase::Renewing;
    let by_phase = |by_itself, later| if renews { by_itself } else { later };
    let values =
        [("host", host), ("tenant", tenant.as_str()), ("upn", upn), ("who", who.unwrap_or_default())];
    let is_other = matches!(refusal.error, Some(SignInError::OtherPerson));
    let meant = if who.is_some() { "signIn.otherAccount.meant" } else { "signIn.otherAccount.body" };
    let (title, body) = match refusal.class {
        Class::SignInAgain => ("banner.login.ended", "banner.login.body"),
        Class::AnotherCheck => ("signIn.anotherCheck.title", "signIn.anotherCheck.body"),
        Class::Unapproved => ("signIn.unapproved.title", "signIn.unapproved.body"),
        Class::Cancelled => ("signIn.cancelled.title", "signIn.cancelled.body"),
        Class::Consent => ("signIn.consent.title", "signIn.consent.body"),
        Class::Blocked => ("signIn.blocked.title", "signIn.blocked.body"),
        Class::OtherAccount if upn.is_empty() => ("signIn.otherAccount.title", meant),
        Class::OtherAccount => ("signIn.otherAccount.named", meant),
        Class::Redirect => ("signIn.redirect.title", "signIn.redirect.body"),
        Class::UnknownApp => ("signIn.unknownApp.title", "signIn.unknownApp.body"),
        Class::OtherCloud => ("signIn.otherCloud.title", "signIn.otherCloud.body"),
        Class::Registration => ("signIn.registration.title", "signIn.registration.body"),
        Class::TooLong => ("signIn.tooLong.title", "signIn.tooLong.body"),
        Class::SecretExpired => ("signIn.secret.expired", "signIn.secret.body"),
        Class::SecretWrong => ("signIn.secret.wrong", "signIn.secret.body"),
        Class::SecretMissing => ("signIn.secret.missing", "signIn.secret.missingBody"),
        Class::SecretUnwanted => ("signIn.secret.unwanted", "signIn.secret.unwantedBody"),
        Class::AppPermissions => ("signIn.permissions.title", "signIn.permissions.body"),
        Class::Transient | Class::TooOften => {
            ("signIn.transient.title", by_phase("signIn.again.byItself", "signIn.again.later"))
        }
        Class::Unreachable => {
            ("signIn.unreachable.title", by_phase("signIn.again.byItself", "signIn.again.later"))
        }
        Class::Proxy => ("signIn.proxy.title", by_phase("signIn.proxy.byItself", "signIn.proxy.later")),
        Class::NetworkLogin => (
            "signIn.networkLogin.title",
            by_phase("signIn.networkLogin.byItself", "signIn.networkLogin.later"),
        ),
        Class::Nobody if is_other => ("signIn.nobody.other", "signIn.nobody.body"),
        Class::Nobody => ("signIn.nobody.title", "signIn.nobody.body"),
        Class::NoPort => ("signIn.noPort.title", "signIn.noPort.body"),
    };
    (fill(title, &values), fill(body, &values))
}

/// The account that was refused, if it is known.
fn refused_account(refusal: RefusalFacts<'_>) -> Option<&str> {
    match refusal.error {
        Some(SignInError::OtherTenant { upn }) => Some(upn),
        Some(error) => error.details().and_then(|details| details.account.as_deref()).or(refusal.about),
        None => refusal.about,
    }
}

/// What is wrong with the login, in one line.
pub(super) fn sentence(facts: &Facts<'_>) -> String {
    let (title, body) = title_and_body(facts);
    format!("{title} {body}")
}

/// A login will be needed soon.
pub(super) fn reminder_banner(facts: &Facts<'_>) -> Option<Banner> {
    let (title, body) = ends(facts.now, facts.login.reminds_of?);
    let buttons = vec![
        primary("banner.loginEnds.button", Action::TeamsLogin),
        subtle("banner.login.later", Action::Later),
    ];
    Some(Banner { level: Level::Warning, title, body, buttons })
}

/// "The client secret expires on Fri 18 Dec.", in time for a new one.
pub(super) fn secret_warning(facts: &Facts<'_>) -> Option<String> {
    let expires = facts.login.secret_expires?;
    let soon = later(facts.now, SECRET_AHEAD) >= expires;
    soon.then(|| fill("checks.login.secretExpires", &[("date", &date(expires))]))
}

fn copying(key: &str, text: String) -> Button {
    secondary(key, Action::Copy { text })
}

/// The login continues in the browser, in one line: what tray and health say of it.
pub(super) fn under_way_line(facts: &Facts<'_>) -> Option<String> {
    let under_way = facts.login.under_way?;
    Some(match under_way.browser {
        Browser::Asked | Browser::Late => say("signIn.underWay.short"),
        Browser::Failed => say("signIn.unopened.short"),
    })
}

/// What support wants to know.
fn details(facts: &Facts<'_>) -> String {
    let details = facts.login.refusal.map(refusal_details).unwrap_or_default();
    fill("signIn.details", &[("details", &details), ("account", facts.login.account)])
}

fn refusal_details(refusal: RefusalFacts<'_>) -> String {
    let Some(error) = refusal.error else { return refusal.class.to_string() };
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
pub fn keyring(fault: SecretsError) -> &'static str {
    match fault {
        SecretsError::Missing => "notice.keyring.missing",
        SecretsError::Locked => "notice.keyring.locked",
        SecretsError::Failed => "notice.keyring.failed",
    }
}

/// The first one is primary.
fn steps(class: Class) -> &'static [LoginStep] {
    match class {
        Class::SignInAgain
        | Class::AnotherCheck
        | Class::OtherAccount
        | Class::Transient
        | Class::TooOften
        | Class::Unreachable
        | Class::NetworkLogin => &[LoginStep::LogIn],
        Class::Cancelled | Class::Unapproved => &[LoginStep::LogIn, LoginStep::CopyConsent],
        Class::Proxy | Class::TooLong | Class::Nobody => &[LoginStep::LogIn, LoginStep::CopyDetails],
        Class::Consent => &[LoginStep::CopyConsent, LoginStep::LogIn],
        Class::Blocked | Class::Registration | Class::NoPort => &[LoginStep::CopyDetails, LoginStep::LogIn],
        Class::Redirect => &[LoginStep::CopyRedirect, LoginStep::LogIn],
        Class::SecretMissing => &[LoginStep::CopyRedirect, LoginStep::Settings, LoginStep::LogIn],
        Class::UnknownApp
        | Class::OtherCloud
        | Class::SecretExpired
        | Class::SecretWrong
        | Class::SecretUnwanted
        | Class::AppPermissions => &[LoginStep::Settings, LoginStep::CopyDetails, LoginStep::LogIn],
    }
}

/// How many days are left, and until when.
pub(super) fn ends(now: Timestamp, by: Timestamp) -> (String, String) {
    let day = |at: Timestamp| at.to_zoned_datetime(TimeZone::system()).date();
    let days = day(by).duration_since(day(now)).as_hours() / 24;
    let title = match days {
        ..=0 => say("banner.loginEnds.today"),
        1 => say("banner.loginEnds.tomorrow"),
        days => fill("banner.loginEnds.days", &[("days", &days.to_string())]),
    };
    (title, fill("banner.loginEnds.body", &[("date", &date(by))]))
}

#[cfg(test)]
mod tests;
