//! Notifications about the sync: what happened, and what the person can do.

use presence::connect::AgentStatus;

use crate::{
    host::{Notice, NoticeKind, TrayAction},
    machine::sync::Stop,
    view::{Action, Banner, Button, Level},
    words::{self, fill, say},
};

/// "Back?": whether this status may be set.
pub(in crate::controller) fn back(status: &AgentStatus) -> Notice {
    Notice {
        kind: NoticeKind::Back,
        title: say("notice.back.title"),
        body: say("notice.back.body"),
        action: Some((fill("notice.back.button", &[("status", &status.name)]), TrayAction::SetBack)),
    }
}

/// The sync stopped itself.
pub(in crate::controller) fn stopped(stop: &Stop) -> Notice {
    let (title, body, button) = stop_words(stop);
    Notice { kind: NoticeKind::Stopped, title, body, action: Some((button, TrayAction::Resume)) }
}

/// The same in the drawer.
pub(in crate::controller) fn stop_banner(stop: &Stop) -> Banner {
    let (title, body, label) = stop_words(stop);
    let buttons = vec![Button { label, action: Action::Resume }];
    Banner { level: Level::Problem, title, body, buttons }
}

fn stop_words(stop: &Stop) -> (String, String, String) {
    match stop {
        Stop::Loop { connect, teams } => {
            let statuses =
                connect.iter().map(|status| status.name.clone()).chain(teams.iter().map(words::teams));
            let statuses = statuses.collect::<Vec<_>>().join(", ");
            (
                say("notice.broken.title"),
                fill("notice.broken.body", &[("statuses", &statuses)]),
                say("notice.broken.button"),
            )
        }
        Stop::SecondWriter => (
            say("notice.secondWriter.title"),
            say("notice.secondWriter.body"),
            say("notice.secondWriter.button"),
        ),
    }
}
