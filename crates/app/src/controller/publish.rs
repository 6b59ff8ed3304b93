//! Shows what has changed at the end of a turn, answers the windows' questions, and notifies.
//!
//! Decides nothing: what there is to see follows from the facts in [`view::from_facts`], and what has changed is known
//! by [`Front`](crate::machine::front::Front).

use people::PersonId;
use view::{
    Lines, Notice, View,
    from_facts::{self, notices, tray, view},
};

use super::Controller;
use crate::{
    host::Host,
    machine::{
        colleagues::ColleaguesIn, connect_login::ConnectLoginNotice, front::FrontOut,
        login::TeamsLoginNotice, photos::PhotosIn, settings::SettingsIn, team::TeamIn, wizard::WizardIn,
    },
};

/// The most lines of one answer.
const MOST_LINES: u32 = 500;

impl<H: Host> Controller<H> {
    pub(super) fn settings_opened(&mut self, open: bool) {
        self.front.settings_opened(open);
        if !open {
            self.wizard(WizardIn::Closed);
            self.settings(SettingsIn::WindowClosed);
        }
    }

    /// Notifies the windows and the tray, if what they show has changed.
    pub(super) fn publish(&mut self) {
        let facts = self.facts();
        let view = view(&facts, self.front.revision());
        let tray = tray(&facts, &view);
        for out in self.front.publish(view, self.team.roster().revision(), tray) {
            match out {
                FrontOut::ViewChanged(revision) => self.host.view_changed(revision),
                FrontOut::SetTray(tray) => self.host.set_tray(tray),
            }
        }
    }

    pub(super) fn view(&mut self) -> View {
        // It must be of the revision that is sent with it.
        self.publish();
        view(&self.facts(), self.front.revision())
    }

    pub(super) fn lines(&mut self, start: u32, count: u32) -> Lines {
        let (start, count) = (start as usize, count.min(MOST_LINES) as usize);
        // They must be of the revision that is sent with them, whatever this turn has changed before.
        self.publish();
        let lines = from_facts::lines(&self.facts(), self.team.roster(), start, count, self.front.revision());
        self.team(TeamIn::OnScreen { start, count });
        self.colleagues(ColleaguesIn::Scrolled);
        self.photos(PhotosIn::OnScreen(self.team.on_screen()));
        lines
    }

    /// Sends a notification, if the person wants those of its kind.
    pub(super) fn notify(&self, notice: Notice) {
        if notice.kind.is_sent(self.settings.used().notifications) {
            self.host.notify(notice);
        }
    }

    pub(super) fn notify_login(&self, notice: &TeamsLoginNotice) {
        self.notify(match notice {
            TeamsLoginNotice::Needed => notices::login_needed(&self.facts()),
            TeamsLoginNotice::Ends(by) => notices::login_ends(*by, self.clock.now()),
            TeamsLoginNotice::Keyring(error) => notices::no_keyring(*error),
        });
    }

    pub(super) fn notify_free(&self, who: &PersonId) {
        if let Some(entry) = self.team.roster().get(who) {
            self.notify(notices::free(&self.facts(), entry));
        }
    }

    pub(super) fn notify_connect_login(&self, notice: ConnectLoginNotice) {
        self.notify(match notice {
            ConnectLoginNotice::Missing => notices::connect_login_missing(),
            ConnectLoginNotice::Ends(at) => notices::connect_login_ends(at),
        });
    }
}
