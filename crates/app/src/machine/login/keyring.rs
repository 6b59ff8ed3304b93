//! The requests to the keyring: one at a time, so that the newest token is always the last that reaches it. A keyring
//! that is missing is asked again with growing waits. One that the person left locked is only looked at, because asking
//! opens a window on the screen; once it is open it gets what it should keep.

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use signin::SecretsError;
use view::NoticeKind;

use super::{
    super::ask_again::{AskAgain, PATIENCE},
    entry::{KeyringChange, KeyringEntry},
    inputs::{LoginOut, TeamsLoginNotice},
};

#[derive(Debug)]
enum KeyringQuestion {
    Load,
    Look,
    Keep(KeyringEntry, KeyringChange),
}

#[derive(Debug)]
struct KeyringRequest {
    asked: KeyringQuestion,
    /// None after it was not answered in time; a late answer is still used.
    until: Option<Timestamp>,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Keyring {
    under_way: Option<KeyringRequest>,
    /// The changes that wait, the newest of each entry.
    refresh: Option<KeyringChange>,
    secret: Option<KeyringChange>,
    again: AskAgain,
    failure: Option<SecretsError>,
    /// The person was notified once.
    notified: bool,
}

/// What a deadline of the keyring means for the login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyringDue {
    /// Nothing.
    Nothing,
    /// Its first answer did not come in time.
    NoAnswer,
    /// It can be asked once more for what an earlier run kept.
    LoadAgain,
}

impl Keyring {
    /// Why the keyring does not keep what it should, if so.
    pub(super) fn failure(&self) -> Option<SecretsError> {
        self.failure
    }

    /// Asks for both entries, unless something else is under way.
    pub(super) fn load(&mut self, now: Timestamp, out: &mut Vec<LoginOut>) {
        if self.under_way.is_none() {
            self.under_way =
                Some(KeyringRequest { asked: KeyringQuestion::Load, until: Some(later(now, PATIENCE)) });
            out.push(LoginOut::Load);
        }
    }

    /// Keeps this, after what is under way.
    pub(super) fn keep(
        &mut self,
        entry: KeyringEntry,
        keep: KeyringChange,
        now: Timestamp,
        out: &mut Vec<LoginOut>,
    ) {
        *self.next_of(entry) = Some(keep);
        self.start_next(now, out);
    }

    /// Somebody else has put a newer one into this entry.
    pub(super) fn replaced(&mut self, entry: KeyringEntry) {
        *self.next_of(entry) = None;
    }

    fn next_of(&mut self, entry: KeyringEntry) -> &mut Option<KeyringChange> {
        match entry {
            KeyringEntry::RefreshToken => &mut self.refresh,
            KeyringEntry::ClientSecret => &mut self.secret,
        }
    }

    fn start_next(&mut self, now: Timestamp, out: &mut Vec<LoginOut>) {
        if self.under_way.is_some() {
            return;
        }
        for entry in [KeyringEntry::RefreshToken, KeyringEntry::ClientSecret] {
            if let Some(keep) = self.next_of(entry).take() {
                let asked = KeyringQuestion::Keep(entry, keep.clone());
                self.under_way = Some(KeyringRequest { asked, until: Some(later(now, PATIENCE)) });
                return out.push(LoginOut::Keep { entry, keep });
            }
        }
    }

    /// The answer to [`LoginOut::Load`]. False if the refresh token in it is not the last one any more.
    pub(super) fn loaded(
        &mut self,
        failure: Option<SecretsError>,
        now: Timestamp,
        out: &mut Vec<LoginOut>,
    ) -> bool {
        if self.under_way.take_if(|it| matches!(it.asked, KeyringQuestion::Load)).is_none() {
            return false;
        }
        let is_last = self.refresh.is_none();
        self.answered(failure, now, out);
        self.start_next(now, out);
        is_last
    }

    /// The answer to [`LoginOut::Keep`].
    pub(super) fn kept(&mut self, result: Result<(), SecretsError>, now: Timestamp, out: &mut Vec<LoginOut>) {
        let asked =
            self.under_way.take_if(|it| matches!(it.asked, KeyringQuestion::Keep(..))).map(|it| it.asked);
        let Some(KeyringQuestion::Keep(entry, keep)) = asked else { return };
        let before = self.failure;
        self.answered(result.err(), now, out);
        match result {
            Ok(()) => self.start_next(now, out),
            Err(error) => {
                self.notify(error, before, out);
                self.next_of(entry).get_or_insert(keep);
            }
        }
    }

    fn notify(&mut self, error: SecretsError, before: Option<SecretsError>, out: &mut Vec<LoginOut>) {
        // A keyring that is first missing and then locked is reported once.
        if before.is_none() || !self.notified {
            self.notified = true;
            out.push(LoginOut::Notify(TeamsLoginNotice::Keyring(error)));
        }
    }

    fn answered(&mut self, failure: Option<SecretsError>, now: Timestamp, out: &mut Vec<LoginOut>) {
        let before = std::mem::replace(&mut self.failure, failure);
        match failure {
            None => {
                self.again.answered();
                if before.is_some() {
                    out.push(LoginOut::Withdraw(NoticeKind::Keyring));
                }
            }
            Some(SecretsError::Missing | SecretsError::Locked | SecretsError::Failed) => {
                self.again.failed(now);
            }
        }
    }

    /// The answer to [`LoginOut::Look`].
    pub(super) fn looked(
        &mut self,
        result: Result<(), SecretsError>,
        now: Timestamp,
        out: &mut Vec<LoginOut>,
    ) -> KeyringDue {
        if self.under_way.take_if(|it| matches!(it.asked, KeyringQuestion::Look)).is_none() {
            return KeyringDue::Nothing;
        }
        match result {
            Ok(()) => self.next(now, out),
            Err(error) => {
                self.failure = Some(error);
                self.again.failed(now);
                KeyringDue::Nothing
            }
        }
    }

    /// Asks for what waits, now that the keyring may answer.
    fn next(&mut self, now: Timestamp, out: &mut Vec<LoginOut>) -> KeyringDue {
        if self.refresh.is_none() && self.secret.is_none() {
            return KeyringDue::LoadAgain;
        }
        self.start_next(now, out);
        KeyringDue::Nothing
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let until = self.under_way.as_ref().and_then(|it| it.until);
        [until, self.again.deadline()].into_iter().flatten().min()
    }

    pub(super) fn due(&mut self, now: Timestamp, out: &mut Vec<LoginOut>) -> KeyringDue {
        if let Some(under_way) = &mut self.under_way
            && under_way.until.take_if(|until| *until <= now).is_some()
        {
            let before = self.failure.replace(SecretsError::Locked);
            match under_way.asked {
                KeyringQuestion::Load => return KeyringDue::NoAnswer,
                KeyringQuestion::Look => {}
                KeyringQuestion::Keep(..) => self.notify(SecretsError::Locked, before, out),
            }
        }
        if !self.again.is_due(now) {
            return KeyringDue::Nothing;
        }
        if self.failure != Some(SecretsError::Locked) {
            return self.next(now, out);
        }
        if self.under_way.is_none() {
            self.under_way =
                Some(KeyringRequest { asked: KeyringQuestion::Look, until: Some(later(now, PATIENCE)) });
            out.push(LoginOut::Look);
        }
        KeyringDue::Nothing
    }

    /// What is under way gets its whole time from now on.
    pub(super) fn woke(&mut self, now: Timestamp) {
        if let Some(until) = self.under_way.as_mut().and_then(|it| it.until.as_mut()) {
            *until = later(now, PATIENCE);
        }
    }

    /// Nothing is on its way that the end of the process should wait for.
    pub(super) fn is_settled(&self) -> bool {
        !self
            .under_way
            .as_ref()
            .is_some_and(|it| matches!(it.asked, KeyringQuestion::Keep(..)) && it.until.is_some())
    }
}

impl Redate for Keyring {
    fn redate(&mut self, by: SignedDuration) {
        let Self { under_way, refresh: _, secret: _, again, failure: _, notified: _ } = self;
        if let Some(KeyringRequest { asked: _, until }) = under_way {
            until.redate(by);
        }
        again.redate(by);
    }
}
