//! "Teams Login runs out": the reminders before an authorization ends, while it still works.
//!
//! How long it lasts is known by `signin`; nothing here logs in.

use jiff::Timestamp;
use signin::{Reminder, SignInError};

use super::super::{Controller, banner::button};
use crate::{
    host::{Host, Notice, NoticeKind, TrayAction},
    view::{Action, Banner, Level},
    words::{date, fill, say},
};

impl<H: Host> Controller<H> {
    /// A login or a renewal succeeded.
    pub(super) fn authorization_works(&mut self, by_login: bool) {
        let now = self.clock.now();
        if by_login {
            self.login.period.logged_in(now);
            self.login.reminder = None;
            self.host.withdraw(NoticeKind::TeamsLoginEnds);
        } else {
            self.login.period.worked(now);
        }
        self.keep_period();
    }

    /// The authorization ended; where it was too old, the next one will not last longer.
    pub(super) fn authorization_ended(&mut self, error: &SignInError) {
        if error.ends_by_age() {
            self.login.period.ended_by_age(self.clock.now());
            self.keep_period();
        }
        self.login.reminder = None;
        self.host.withdraw(NoticeKind::TeamsLoginEnds);
    }

    /// Reminds once a week and once a day ahead, between contacts.
    pub(super) fn remind_of_login(&mut self, now: Timestamp) {
        if self.login.active().is_none() || self.centre.in_contact() {
            return;
        }
        let Some((reminder, by)) = self.login.period.due(now).zip(self.login.period.renew_by()) else { return };
        self.login.period.remind(reminder);
        self.keep_period();
        self.login.reminder = Some(reminder);
        let (title, body) = words(reminder, by);
        self.host.notify(Notice {
            kind: NoticeKind::TeamsLoginEnds,
            title,
            body,
            action: Some((say("banner.loginEnds.button"), TrayAction::TeamsLogin)),
        });
    }

    pub(in super::super) fn reminder_banner(&self) -> Option<Banner> {
        let (title, body) = words(self.login.reminder?, self.login.period.renew_by()?);
        Some(Banner {
            level: Level::Warning,
            title,
            body,
            buttons: vec![
                button("banner.loginEnds.button", Action::TeamsLogin),
                button("banner.login.later", Action::Later),
            ],
        })
    }

    fn keep_period(&self) {
        if let Err(error) = self.files.save_period(&self.login.account, &self.login.period) {
            tracing::warn!(%error, "when to renew Teams Login is known until quit only");
        }
    }
}

fn words(reminder: Reminder, by: Timestamp) -> (String, String) {
    let title = match reminder {
        Reminder::Week => "banner.loginEnds.week",
        Reminder::Day => "banner.loginEnds.day",
    };
    (say(title), fill("banner.loginEnds.body", &[("date", &date(by))]))
}
