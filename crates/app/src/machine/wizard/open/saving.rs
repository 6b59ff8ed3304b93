//! The end of a draft: the settings file first, then the keyring, then the new settings are used. Each step has a time
//! limit, after which the draft can be saved again.
//!
//! The draft is saved as it was when the person clicked *Save*; the settings files may change meanwhile.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use settings::{Configured, NotSaved, Settings};
use wizard::{SecretIs, can_save};

use super::{
    super::{
        super::login::{Authorization, KeyringChange},
        DraftNotSaved, WizardOut, WizardTurn,
    },
    OpenDraft,
};

/// A file that is not written after this is not waited for any more: the folder may be on a network that cannot be
/// reached.
const FILE_LIMIT: Duration = Duration::from_secs(30);
/// The keyring may ask the person; the application continues without it after this.
const KEYRING_LIMIT: Duration = Duration::from_secs(60);

#[derive(Debug)]
enum SavingStep {
    /// The settings are being written.
    Writing,
    /// The keyring is being asked.
    Keyring,
    /// It was refused. Somebody else may have changed the file: what they did is read before it is tried again.
    Refused(NotSaved),
}

/// See the module.
#[derive(Debug)]
pub(super) struct Saving {
    number: u64,
    step: SavingStep,
    until: Timestamp,
    wanted: Settings,
    set: Configured,
}

impl Saving {
    pub(super) fn deadline(&self) -> Timestamp {
        self.until
    }
}

impl OpenDraft {
    pub(in super::super) fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    pub(in super::super) fn save(&mut self, turn: &mut WizardTurn<'_>) {
        let loaded = turn.context.loaded;
        let can = self.basis(loaded).is_some_and(|basis| can_save(&self.draft, basis));
        let wanted = self.draft.wanted(loaded);
        let Some(set) = wanted.configured().ok().filter(|_| can) else { return };
        self.problem = None;
        let number = turn.number();
        turn.out.push(WizardOut::Save {
            saving: number,
            wanted: Box::new(wanted.clone()),
            set: Box::new(set.clone()),
        });
        let until = later(turn.now, FILE_LIMIT);
        self.saving = Some(Saving { number, step: SavingStep::Writing, until, wanted, set });
    }

    /// The files were read again, or cannot be read: what was refused can be tried once more.
    pub(super) fn may_try_again(&mut self) {
        if let Some(SavingStep::Refused(problem)) = self.saving.as_ref().map(|saving| &saving.step) {
            self.problem = Some(DraftNotSaved::Refused(problem.clone()));
            self.saving = None;
        }
    }

    /// What the settings may not hold goes to the keyring next, before the new settings are used.
    fn keep_secrets(&mut self, mut authorization: Authorization, turn: &mut WizardTurn<'_>) {
        let has_secret = self.secret_is() != SecretIs::Absent;
        let Some(saving) = &mut self.saving else { return };
        (saving.step, saving.until) = (SavingStep::Keyring, later(turn.now, KEYRING_LIMIT));
        let (number, set) = (saving.number, saving.set.clone());
        let secret = match self.secret.take() {
            Some(secret) => {
                self.used = Some(secret.clone());
                Some(KeyringChange::Store(secret))
            }
            None if self.draft.forget_secret => {
                self.used = None;
                Some(KeyringChange::Forget)
            }
            None => None,
        };
        let expires = self.draft.now.read_secret_expires().ok().flatten();
        authorization.secret_expires = expires.filter(|_| has_secret);
        let granted = self.granted.take().filter(|(of, _)| is_same_registration(of, &set));
        let refresh = granted.and_then(|(_, granted)| {
            let refresh = granted.refresh?;
            authorization.granted = Some(granted.rights).filter(|rights| !rights.is_empty());
            authorization.who = Some(granted.who.clone());
            Some((refresh, granted.who))
        });
        if refresh.is_some() {
            authorization.period.logged_in(turn.now);
        }
        let kept = Box::new(authorization.clone());
        turn.out.push(WizardOut::KeepAuthorization { set: Box::new(set.clone()), authorization: kept });
        let token = refresh.as_ref().map(|(token, _)| token.clone());
        // Another registration gets it by the restart.
        if turn.context.in_use.is_some_and(|in_use| is_same_registration(in_use, &set)) {
            if secret.is_some() {
                turn.out.push(WizardOut::UseSecret(self.used.clone()));
            }
            let authorization = Box::new(authorization);
            turn.out.push(WizardOut::UseAuthorization { authorization, refresh });
        }
        turn.out.push(WizardOut::Keyring { saving: number, set: Box::new(set), secret, refresh: token });
    }

    /// The settings were written, or not.
    pub(in super::super) fn was_saved(
        &mut self,
        number: u64,
        result: Result<Box<Authorization>, NotSaved>,
        turn: &mut WizardTurn<'_>,
    ) {
        let Some(saving) = self.saving.as_mut().filter(|saving| saving.number == number) else { return };
        turn.out.push(WizardOut::Touch);
        match (&saving.step, result) {
            (SavingStep::Writing, Ok(of_file)) => {
                let in_use = turn.context.in_use.is_some_and(|set| is_same_registration(set, &saving.set));
                let known = if in_use { turn.context.authorization.clone() } else { *of_file };
                self.keep_secrets(known, turn);
            }
            (SavingStep::Writing, Err(problem)) => {
                (saving.step, saving.until) = (SavingStep::Refused(problem), later(turn.now, FILE_LIMIT));
                turn.out.push(WizardOut::ReadSettings);
            }
            (SavingStep::Keyring | SavingStep::Refused(_), _) => {}
        }
    }

    /// The keyring has answered. Returns what was saved, if this answer was awaited.
    pub(in super::super) fn was_kept(&mut self, number: u64) -> Option<Settings> {
        let is_awaited =
            |saving: &Saving| saving.number == number && matches!(saving.step, SavingStep::Keyring);
        self.saving.take_if(|saving| is_awaited(saving)).map(|saving| saving.wanted)
    }

    /// Ends a step that was not answered in time. Returns what was saved, if only the keyring's answer is missing.
    pub(in super::super) fn saving_due(&mut self, turn: &mut WizardTurn<'_>) -> Option<Settings> {
        let now = turn.now;
        let saving = self.saving.take_if(|saving| saving.until <= now)?;
        turn.out.push(WizardOut::Touch);
        match saving.step {
            SavingStep::Writing => {
                self.problem = Some(DraftNotSaved::Late);
                turn.out.push(WizardOut::ReadSettings);
                None
            }
            SavingStep::Refused(problem) => {
                self.problem = Some(DraftNotSaved::Refused(problem));
                None
            }
            SavingStep::Keyring => Some(saving.wanted),
        }
    }
}

/// Whether both use the same entries of the keyring: one for each authority, tenant and registration.
fn is_same_registration(one: &Configured, other: &Configured) -> bool {
    (&one.login, &one.tenant, &one.client_id) == (&other.login, &other.tenant, &other.client_id)
}

impl Redate for Saving {
    fn redate(&mut self, by: SignedDuration) {
        let Self { number: _, step: _, until, wanted: _, set: _ } = self;
        until.redate(by);
    }
}
