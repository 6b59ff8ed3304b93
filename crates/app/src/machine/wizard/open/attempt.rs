//! The login that is tried before anything is saved: one at a time, each with a number and an end, and the page that
//! the browser is to open.
//!
//! It is kept apart from the session: nothing here lets the engine write.

use url::Url;
use view::{facts::BrowserLogin, setup::SetupName};
use wizard::{
    checks::{LoginLights, Progress},
    is_locked,
};

use super::{
    super::{super::login::Attempt, Granted, WizardOut, WizardTurn},
    AfterChecks, OpenDraft, registration,
};

impl OpenDraft {
    /// Opens the browser for a login with what was entered, once that was found to fit; the same page once more while
    /// one is under way.
    pub(super) fn begin_login(&mut self, turn: &mut WizardTurn<'_>) {
        if let Some(attempt) = &mut self.attempt {
            let number = attempt.number();
            let again = attempt.open_again(turn.now);
            turn.out.extend(again.map(|url| WizardOut::OpenBrowser { attempt: number, url }));
            return;
        }
        let Some(set) = registration(&self.draft, turn.context.loaded) else { return };
        if self.lights.registration.found().is_none() {
            self.wish = Some(AfterChecks::Login);
            return;
        }
        self.login_changed(turn);
        self.lights.login = Progress::Checking;
        let number = turn.number();
        self.attempt = Some(Attempt::new(number, set.clone(), turn.now));
        let secret = self.used.clone();
        turn.out.push(WizardOut::BeginLogin { attempt: number, set: Box::new(set), secret });
    }

    /// Nobody waits for the login any more.
    pub(in super::super) fn abort_login(&mut self, turn: &mut WizardTurn<'_>) {
        if let Some(attempt) = self.attempt.take() {
            turn.out.push(WizardOut::AbortLogin { attempt: attempt.number() });
            self.lights.login = Progress::Waiting;
        }
    }

    /// What a login has shown does not apply any more.
    pub(super) fn login_changed(&mut self, turn: &mut WizardTurn<'_>) {
        self.abort_login(turn);
        self.lights.login = Progress::Waiting;
        self.granted = None;
    }

    /// The login that is under way.
    pub(in super::super) fn login_under_way(&self) -> Option<BrowserLogin<'_>> {
        self.attempt.as_ref().map(Attempt::under_way)
    }

    /// Asks for the browser.
    pub(super) fn login_page(&mut self, number: u64, url: Url, turn: &mut WizardTurn<'_>) {
        if let Some(attempt) = self.attempt.as_mut().filter(|attempt| attempt.number() == number) {
            attempt.page(url.clone(), turn.now);
            turn.out.push(WizardOut::OpenBrowser { attempt: number, url });
        }
    }

    /// The browser opened, or not.
    pub(super) fn login_opened(&mut self, number: u64, opened: bool, turn: &WizardTurn<'_>) {
        if let Some(attempt) = self.attempt.as_mut().filter(|attempt| attempt.number() == number) {
            attempt.opened(opened, turn.now);
        }
    }

    pub(super) fn login_ended(
        &mut self,
        number: u64,
        found: LoginLights,
        granted: Option<Granted>,
        turn: &WizardTurn<'_>,
    ) {
        if let Some(attempt) = self.attempt.take_if(|attempt| attempt.number() == number) {
            if let Some(consented) = found.admin_consent {
                self.consent_found(consented, turn);
            }
            self.lights.login = Progress::Done { at: turn.now, found };
            self.granted = granted.map(|granted| (attempt.wish().clone(), granted));
        }
    }

    /// Takes over from the login whether an administrator has consented, so that nobody has to tick it.
    fn consent_found(&mut self, consented: bool, turn: &WizardTurn<'_>) {
        if !is_locked(&turn.context.loaded.sources, SetupName::AdminConsent) {
            self.draft.now.admin_consent = consented.to_string();
            self.keep_soon(turn);
        }
    }

    pub(super) fn login_due(&mut self, turn: &mut WizardTurn<'_>) {
        let Some(attempt) = &mut self.attempt else { return };
        if attempt.is_overdue(turn.now) {
            self.login_changed(turn);
            turn.out.push(WizardOut::Touch);
        } else if attempt.browser_due(turn.now) {
            turn.out.push(WizardOut::Touch);
        }
    }
}
