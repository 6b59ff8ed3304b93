//! "Teams Login runs out": the reminders before an authorization ends, while it still works.
//!
//! How long it lasts is known by `signin`; nothing here logs in.

use jiff::{Timestamp, tz::TimeZone};
use signin::SignInError;

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
            self.login.authorization.period.logged_in(now);
            self.no_reminder();
        } else {
            self.login.authorization.period.worked(now);
        }
        self.keep_authorization();
    }

    /// The authorization ended; where it was too old, the next one will not last longer.
    pub(super) fn authorization_ended(&mut self, error: &SignInError) {
        if error.ends_by_age() {
            self.login.authorization.period.ended_by_age(self.clock.now());
            self.keep_authorization();
        }
        self.no_reminder();
    }

    fn no_reminder(&mut self) {
        self.login.reminder = None;
        self.host.withdraw(NoticeKind::TeamsLoginEnds);
    }

    /// When the next reminder is due; none during a contact, whose end is noticed anyway.
    pub(super) fn reminds_at(&self) -> Option<Timestamp> {
        self.login.authorization.period.next().filter(|_| !self.ccp.in_contact())
    }

    /// Reminds a week and a day ahead, between contacts.
    pub(super) fn remind_of_login(&mut self, now: Timestamp) {
        if self.login.active().is_none() || self.ccp.in_contact() {
            return;
        }
        let period = &mut self.login.authorization.period;
        let Some((reminder, by)) = period.due(now).zip(period.renew_by()) else { return };
        period.remind(reminder);
        self.keep_authorization();
        self.login.reminder = Some(reminder);
        let (title, body) = words(now, by);
        self.host.notify(Notice {
            kind: NoticeKind::TeamsLoginEnds,
            title,
            body,
            action: Some((say("banner.loginEnds.button"), TrayAction::TeamsLogin)),
        });
    }

    pub(in super::super) fn reminder_banner(&self) -> Option<Banner> {
        self.login.reminder?;
        let (title, body) = words(self.clock.now(), self.login.authorization.period.renew_by()?);
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

    pub(super) fn keep_authorization(&self) {
        if let Err(error) = self.files.save_authorization(&self.login.account, &self.login.authorization) {
            tracing::warn!(%error, "when to renew Teams Login is known until quit only");
        }
    }
}

fn words(now: Timestamp, by: Timestamp) -> (String, String) {
    let day = |at: Timestamp| at.to_zoned_datetime(TimeZone::system()).date();
    let days = day(by).duration_since(day(now)).as_hours() / 24;
    let title = match days {
        ..=0 => say("banner.loginEnds.today"),
        1 => say("banner.loginEnds.tomorrow"),
        days => fill("banner.loginEnds.days", &[("days", &days.to_string())]),
    };
    (title, fill("banner.loginEnds.body", &[("date", &date(by))]))
}
