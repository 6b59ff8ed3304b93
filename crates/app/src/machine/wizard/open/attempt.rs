//! The login that is tried before anything is saved: one at a time, each with a number and an end, and the page that the
//! browser is to open.
//!
//! It is kept apart from the session: nothing here lets the engine write.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use settings::Configured;
use url::Url;
use view::setup::SetupName;
use wizard::{
    checks::{LoginLights, Progress},
    is_locked,
};

use super::{
    super::{super::login::BROWSER_LIMIT, Granted, Turn, WizardOut},
    Open, registration,
};

/// The sign-in ends a login earlier; this ends one whose answer got lost.
const LIMIT: Duration = Duration::from_secs(12 * 60);

/// A login that is under way.
#[derive(Debug)]
pub(super) struct Attempt {
    number: u64,
    set: Configured,
    until: Timestamp,
    /// The page that the browser is opening, and until when that is waited for.
    opening: Option<(Url, Timestamp)>,
}

impl Attempt {
    pub(super) fn deadline(&self) -> Timestamp {
        self.opening.as_ref().map_or(self.until, |(_, until)| self.until.min(*until))
    }
}

impl Open {
    /// Opens the browser for a login with what was entered, once that was found to fit.
    pub(super) fn begin_login(&mut self, turn: &mut Turn<'_>) {
        let set = registration(&self.draft, turn.facts.loaded);
        let (Some(set), Some(_)) = (set, self.lights.registration.found()) else { return };
        self.login_changed(turn);
        self.lights.login = Progress::Checking;
        let number = turn.number();
        let until = later(turn.now, LIMIT);
        self.attempt = Some(Attempt { number, set: set.clone(), until, opening: None });
        let secret = self.used.clone();
        turn.out.push(WizardOut::BeginLogin { attempt: number, set: Box::new(set), secret });
    }

    /// Nobody waits for the login any more.
    pub(in super::super) fn abort_login(&mut self, turn: &mut Turn<'_>) {
        if let Some(attempt) = self.attempt.take() {
            turn.out.push(WizardOut::AbortLogin { attempt: attempt.number });
            self.lights.login = Progress::Waiting;
            self.lights.unopened = None;
        }
    }

    /// What a login has shown is not so any more.
    pub(super) fn login_changed(&mut self, turn: &mut Turn<'_>) {
        self.abort_login(turn);
        self.lights.login = Progress::Waiting;
        self.lights.unopened = None;
        self.granted = None;
    }

    /// Asks for the browser.
    pub(super) fn login_page(&mut self, number: u64, url: Url, turn: &mut Turn<'_>) {
        if let Some(attempt) = self.attempt.as_mut().filter(|attempt| attempt.number == number) {
            attempt.opening = Some((url.clone(), later(turn.now, BROWSER_LIMIT)));
            turn.out.push(WizardOut::OpenBrowser { attempt: number, url });
        }
    }

    /// A page that no browser opened is shown to be copied. One that opened after all is not.
    pub(super) fn login_opened(&mut self, number: u64, opened: bool) {
        if let Some(attempt) = self.attempt.as_mut().filter(|attempt| attempt.number == number) {
            let opening = attempt.opening.take().map(|(url, _)| url);
            self.lights.unopened = opening.or(self.lights.unopened.take()).filter(|_| !opened);
        }
    }

    pub(super) fn login_ended(
        &mut self,
        number: u64,
        found: LoginLights,
        granted: Option<Granted>,
        turn: &Turn<'_>,
    ) {
        if let Some(attempt) = self.attempt.take_if(|attempt| attempt.number == number) {
            if let Some(consented) = found.admin_consent {
                self.consent_found(consented, turn);
            }
            self.lights.login = Progress::Done { at: turn.now, found };
            self.lights.unopened = None;
            // A login of which nobody says whose it is is not used.
            self.granted = granted.filter(|granted| granted.who.is_some()).map(|it| (attempt.set, it));
        }
    }

    /// What the login shows need not be ticked by anybody.
    fn consent_found(&mut self, consented: bool, turn: &Turn<'_>) {
        if !is_locked(&turn.facts.loaded.sources, SetupName::AdminConsent) {
            self.draft.now.admin_consent = consented.to_string();
            self.keep_soon(turn);
        }
    }

    pub(super) fn login_due(&mut self, turn: &mut Turn<'_>) {
        let Some(attempt) = &mut self.attempt else { return };
        if attempt.until <= turn.now {
            self.login_changed(turn);
            turn.out.push(WizardOut::Touch);
        } else if let Some((url, _)) = attempt.opening.take_if(|(_, until)| *until <= turn.now) {
            self.lights.unopened = Some(url);
            turn.out.push(WizardOut::Touch);
        }
    }
}

impl Redate for Attempt {
    fn redate(&mut self, by: SignedDuration) {
        let Self { number: _, set: _, until, opening } = self;
        until.redate(by);
        if let Some((_, until)) = opening {
            until.redate(by);
        }
    }
}
