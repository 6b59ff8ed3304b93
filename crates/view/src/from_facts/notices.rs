//! Notifications: what happened, and what the person can do.

use jiff::Timestamp;
use people::{Entry, Verdict, verdicts};
use presence::connect::AgentStatus;
use settings::Problem;
use signin::SecretsError;

use super::{incoming, login_words};
use crate::{
    facts::{Facts, IncomingFacts, MissedFacts, SyncStop},
    model::{
        Action, BackNumber, Banner, Button, Incoming, Level, Missed, Notice, NoticeAction, NoticeKind,
        ShownNumber, TrayAction,
    },
    words::{self, fill, say, time},
};

/// Teams Login is needed.
pub fn login_needed(facts: &Facts<'_>) -> Notice {
    login_words::needed(facts)
}

/// Teams Login will be needed by this day.
pub fn login_ends(by: Timestamp, now: Timestamp) -> Notice {
    let (title, body) = login_words::ends(now, by);
    let action = Some((say("banner.loginEnds.button"), TrayAction::TeamsLogin.into()));
    Notice { kind: NoticeKind::TeamsLoginEnds, title, body, action }
}

/// The keyring does not keep the refresh token.
pub fn no_keyring(fault: SecretsError) -> Notice {
    Notice {
        kind: NoticeKind::Keyring,
        title: say(login_words::keyring(fault)),
        body: say("notice.keyring.body"),
        action: None,
    }
}

/// Nobody is logged in to Connect.
pub fn connect_login_missing() -> Notice {
    connect_login(say("notice.connectLogin.title"), say("notice.connectLogin.body"))
}

/// The session in Connect ends at this moment, and a login renews it.
pub fn connect_login_ends(at: Timestamp) -> Notice {
    connect_login(
        fill("notice.connectLogin.ends", &[("time", &time(at))]),
        say("notice.connectLogin.endsBody"),
    )
}

fn connect_login(title: String, body: String) -> Notice {
    let action = Some((say("notice.connectLogin.button"), TrayAction::ConnectLogin.into()));
    Notice { kind: NoticeKind::ConnectLogin, title, body, action }
}

/// "Back?": whether this status may be set.
pub fn back(status: &AgentStatus) -> Notice {
    Notice {
        kind: NoticeKind::Back,
        title: say("notice.back.title"),
        body: say("notice.back.body"),
        action: Some((set_back(status), TrayAction::SetBack.into())),
    }
}

/// What the button says that sets this status.
pub(super) fn set_back(status: &AgentStatus) -> String {
    fill("notice.back.button", &[("status", &status.shown())])
}

/// The sync stopped itself.
pub fn stopped(stop: &SyncStop) -> Notice {
    let (title, body, button) = stop_words(stop);
    Notice { kind: NoticeKind::Stopped, title, body, action: Some((button, TrayAction::Resume.into())) }
}

/// The same in the drawer.
pub(super) fn stop_banner(stop: &SyncStop) -> Banner {
    let (title, body, label) = stop_words(stop);
    let buttons = vec![Button::primary(label, Action::Resume)];
    Banner { level: Level::Problem, title, body, buttons }
}

fn stop_words(stop: &SyncStop) -> (String, String, String) {
    match stop {
        SyncStop::Loop { connect, teams } => {
            let statuses = connect.iter().map(AgentStatus::shown).chain(teams.iter().map(words::teams));
            let statuses = statuses.collect::<Vec<_>>().join(", ");
            (
                say("notice.broken.title"),
                fill("notice.broken.body", &[("statuses", &statuses)]),
                say("notice.broken.button"),
            )
        }
        SyncStop::SecondWriter => (
            say("notice.secondWriter.title"),
            say("notice.secondWriter.body"),
            say("notice.secondWriter.button"),
        ),
    }
}

/// Somebody who was waited for is free. The button calls the first of their numbers that can be called now.
pub fn free(facts: &Facts<'_>, entry: &Entry) -> Notice {
    let verdicts = verdicts(entry, &facts.caller, false);
    let can_be_called = entry.numbers().iter().zip(&verdicts).filter(|(_, verdict)| **verdict == Verdict::Go);
    let number = can_be_called.filter_map(|(number, _)| number.dialable.as_ref().ok()).next();
    // The age of the status does not count: a contact in it may have ended just now.
    let body = fill("notice.free.since", &[("time", &time(facts.now))]);
    let action = match number {
        Some(number) => {
            let label = fill("notice.free.button", &[("number", &words::number(number))]);
            (
                label,
                NoticeAction::Act(Action::Call {
                    person: entry.id().to_string(),
                    number: ShownNumber::from(number),
                }),
            )
        }
        None => (say("tray.open"), TrayAction::Open.into()),
    };
    Notice {
        kind: NoticeKind::Free,
        title: fill("notice.free.title", &[("name", entry.name())]),
        body,
        action: Some(action),
    }
}

/// A call comes in.
pub fn ringing(call: &IncomingFacts<'_>) -> Notice {
    let Incoming { lines, .. } = incoming::incoming(call);
    let body = lines.into_iter().chain([say("incoming.answer")]).collect::<Vec<_>>().join("\n");
    let action = Some((say("tray.open"), TrayAction::Open.into()));
    Notice { kind: NoticeKind::Incoming, title: incoming::calling(call), body, action }
}

/// A call was missed.
pub fn missed(call: &MissedFacts<'_>, now: Timestamp) -> Notice {
    let Missed { contact, title, line, number, .. } = incoming::missed(call, now);
    let action = match number {
        Some(BackNumber { dial: number, words }) => {
            let label = fill("missed.callBackOn", &[("number", &words)]);
            (label, NoticeAction::Act(Action::CallBack { contact, number }))
        }
        None => (say("tray.open"), TrayAction::Open.into()),
    };
    Notice { kind: NoticeKind::Missed, title, body: line, action: Some(action) }
}

/// A settings file cannot be used.
pub fn settings(problem: &Problem) -> Notice {
    Notice {
        kind: NoticeKind::Settings,
        title: say("notice.settings.title"),
        body: fill("notice.settings.body", &[("problem", &problem.to_string())]),
        action: Some((say("banner.settings.button"), TrayAction::Folder.into())),
    }
}

/// A setting was not saved, for this reason, as a sentence.
pub fn not_saved(reason: String) -> Notice {
    Notice {
        kind: NoticeKind::Settings,
        title: say("notice.settings.notSaved"),
        body: reason,
        action: Some((say("banner.settings.button"), TrayAction::Folder.into())),
    }
}

#[cfg(test)]
mod tests;
