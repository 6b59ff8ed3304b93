//! Pause, and a sync that stopped itself: what the person asked for, and what the person is told.
//!
//! Whether the sync stands still is known by the engine alone.

use std::time::Duration;

use presence::{
    connect::AgentStatus,
    engine::{Event, Link},
    teams::TeamsState,
};

use super::Controller;
use crate::{
    clock::later,
    host::{Host, Notice, NoticeKind, PauseFor, TrayAction},
    view::{Action, Banner, Button, Level},
    words::{self, fill, say},
};

/// Why the sync stopped itself, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    title: String,
    body: String,
    button: String,
}

impl Stop {
    /// Writes went back and forth between these.
    pub(super) fn broken(connect: &[AgentStatus], teams: &[TeamsState]) -> Self {
        let statuses = connect.iter().map(|status| status.name.clone()).chain(teams.iter().map(words::teams));
        let statuses = statuses.collect::<Vec<_>>().join(", ");
        Self {
            title: say("notice.broken.title"),
            body: fill("notice.broken.body", &[("statuses", &statuses)]),
            button: say("notice.broken.button"),
        }
    }

    /// Somebody else writes what we would write.
    pub(super) fn second_writer() -> Self {
        Self {
            title: say("notice.secondWriter.title"),
            body: say("notice.secondWriter.body"),
            button: say("notice.secondWriter.button"),
        }
    }
}

impl PauseFor {
    /// How many minutes, if it ends by itself.
    pub(super) fn minutes(self) -> Option<u32> {
        match self {
            Self::Quarter => Some(15),
            Self::Hour => Some(60),
            Self::Open => None,
        }
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn pause(&mut self, minutes: Option<u32>) {
        let length = minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
        self.tell(Event::Pause(length.map(|length| later(self.clock.now(), length))));
    }

    pub(super) fn tell_stopped(&mut self, stop: Stop) {
        self.host.notify(Notice {
            kind: NoticeKind::Stopped,
            title: stop.title.clone(),
            body: stop.body.clone(),
            action: Some((stop.button.clone(), TrayAction::Resume)),
        });
        self.stop = Some(stop);
    }

    /// Takes the notification back once the sync goes on.
    pub(super) fn withdraw_stop(&mut self) {
        let stands = matches!(self.engine.link(), Link::Stopped { .. });
        if !stands && self.stop.take().is_some() {
            self.host.withdraw(NoticeKind::Stopped);
        }
    }

    pub(super) fn stop_banner(&self) -> Option<Banner> {
        let stop = self.stop.as_ref()?;
        Some(Banner {
            level: Level::Problem,
            title: stop.title.clone(),
            body: stop.body.clone(),
            buttons: vec![Button { label: stop.button.clone(), action: Action::Resume }],
        })
    }
}
