//! A keyring that was not there: asked again with growing waits, until it comes. One that the person left locked is
//! not asked again by itself, because asking means a window on the screen.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;

use super::Controller;
use crate::{
    clock::later,
    host::{Host, NoticeKind, SecretsError},
};

const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// When the keyring is asked again.
#[derive(Debug)]
pub(super) struct Keyring {
    again: Option<Timestamp>,
    wait: Duration,
}

impl Default for Keyring {
    fn default() -> Self {
        Self { again: None, wait: FIRST_WAIT }
    }
}

impl Keyring {
    /// The keyring answered, one way or the other.
    fn answered(&mut self, failure: Option<SecretsError>, now: Timestamp) {
        match failure {
            None | Some(SecretsError::Locked) => *self = Self::default(),
            Some(SecretsError::Missing | SecretsError::Failed) => {
                self.again = Some(later(now, self.wait));
                self.wait = (self.wait * 2).min(LONGEST_WAIT);
            }
        }
    }

    fn due(&mut self, now: Timestamp) -> bool {
        self.again.take_if(|at| *at <= now).is_some()
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn keyring_answered(&mut self, failure: Option<SecretsError>) {
        self.keyring.answered(failure, self.clock.now());
        if failure.is_none() && self.login.keyring.take().is_some() {
            self.host.withdraw(NoticeKind::Keyring);
        }
    }

    pub(super) fn keyring_deadline(&self) -> Option<Timestamp> {
        self.keyring.again
    }

    pub(super) fn keyring_due(&mut self, now: Timestamp) {
        if !self.keyring.due(now) {
            return;
        }
        match self.login.refresh_token() {
            Some(refresh) => self.keep_refresh_token(refresh),
            // Nobody is logged in: the keyring may have a refresh token from an earlier day.
            None => self.ask_keyring(),
        }
    }
}

impl Redate for Keyring {
    fn redate(&mut self, by: SignedDuration) {
        let Self { again, wait: _ } = self;
        again.redate(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_keyring_is_asked_again_with_growing_waits_and_a_locked_one_is_not() {
        let mut keyring = Keyring::default();
        let mut now = Timestamp::UNIX_EPOCH;
        let mut waits = Vec::new();
        for _ in 0..8 {
            keyring.answered(Some(SecretsError::Missing), now);
            let again = keyring.again.unwrap_or_default();
            waits.push(again.duration_since(now).as_secs());
            assert!(!keyring.due(again - SignedDuration::from_secs(1)));
            now = again;
            assert!(keyring.due(now) && !keyring.due(now));
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
        keyring.answered(None, now);
        keyring.answered(Some(SecretsError::Failed), now);
        assert_eq!(keyring.again, Some(now + SignedDuration::from_secs(5)));
        keyring.answered(Some(SecretsError::Locked), now);
        assert_eq!(keyring.again, None);
    }
}
