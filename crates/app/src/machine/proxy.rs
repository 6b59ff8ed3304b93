//! The password of the proxy: asked of the keyring before anything is sent, used as soon as it is known, and kept where
//! the person enters it.
//!
//! It asks no keyring itself. Without a keyring the password lasts until the end of the program.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use signin::{SecretsAnswer, SecretsError};
use view::facts::ProxyPasswordFacts;

use super::login::{Keep, Token};

/// The keyring may ask the person; what does not need the proxy goes on after this.
const PATIENCE: Duration = Duration::from_secs(30);

/// A keyring that is not there may come later.
const AGAIN: Duration = Duration::from_secs(60);

/// What comes in.
#[derive(Debug)]
pub(crate) enum ProxyIn {
    /// The run begins.
    Begin,
    /// The keyring's answer to [`ProxyOut::Load`].
    Loaded(SecretsAnswer),
    /// The person entered the password of this entry, or took it away.
    Entered {
        /// The name of its entry in the keyring.
        account: String,
        /// The password.
        password: Option<Token>,
    },
    /// The keyring's answer to [`ProxyOut::Keep`].
    Kept(Result<(), SecretsError>),
    /// The deadline has come.
    Due,
}

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ProxyOut {
    /// Ask the keyring for this entry.
    Load {
        /// Its name.
        account: String,
    },
    /// Let the keyring keep this, or forget it.
    Keep {
        /// The name of the entry.
        account: String,
        /// What becomes of it.
        keep: Keep,
    },
    /// Give the proxy in use this password from now on, or none.
    Use(Option<Token>),
    /// Everything that opens connections may begin.
    Go,
    /// What failed for want of the password may be tried again.
    TryAgain,
    /// What is shown has changed.
    Touch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The keyring was asked, and everything waits for its answer.
    Waits { until: Timestamp },
    /// Everything has begun.
    Begun { again: Option<Timestamp> },
}

/// See the module.
#[derive(Debug)]
pub(crate) struct ProxyPassword {
    /// The entry of the proxy in use; none if it needs no password, or there is no proxy.
    account: Option<String>,
    stage: Stage,
    /// The password that is known, and the entry that it belongs to.
    known: Option<(String, Token)>,
    keyring: Option<SecretsError>,
}

impl ProxyPassword {
    /// `account`: the entry of the proxy in use, if it has a user.
    pub(crate) fn new(account: Option<String>) -> Self {
        Self { account, stage: Stage::Begun { again: None }, known: None, keyring: None }
    }

    /// The run before knew a password, which need not have been kept.
    pub(crate) fn go_on_from(&mut self, former: Self) {
        self.known = former.known.filter(|(account, _)| Some(account) == self.account.as_ref());
        self.keyring = former.keyring.filter(|_| self.known.is_some());
    }

    pub(crate) fn on(&mut self, input: ProxyIn, now: Timestamp) -> Vec<ProxyOut> {
        match input {
            ProxyIn::Begin => self.begin(now),
            ProxyIn::Loaded(answer) => self.loaded(answer, now),
            ProxyIn::Entered { account, password } => self.entered(account, password),
            ProxyIn::Kept(result) => {
                self.keyring = result.err();
                vec![ProxyOut::Touch]
            }
            ProxyIn::Due => match (self.stage, self.account.clone()) {
                (Stage::Waits { until }, _) if until <= now => {
                    self.stage = Stage::Begun { again: None };
                    vec![ProxyOut::Go]
                }
                (Stage::Begun { again: Some(again) }, Some(account)) if again <= now => {
                    self.stage = Stage::Begun { again: None };
                    vec![ProxyOut::Load { account }]
                }
                (Stage::Waits { .. } | Stage::Begun { .. }, _) => Vec::new(),
            },
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Waits { until } => Some(until),
            Stage::Begun { again } => again,
        }
    }

    /// What is known of the password of this entry.
    pub(crate) fn facts(&self, account: Option<&str>) -> ProxyPasswordFacts {
        let is_known = self.known.as_ref().is_some_and(|(known, _)| Some(known.as_str()) == account);
        ProxyPasswordFacts { is_known, keyring: self.keyring }
    }

    /// The password in use.
    pub(crate) fn in_use(&self) -> Option<&Token> {
        let (account, password) = self.known.as_ref()?;
        (Some(account) == self.account.as_ref()).then_some(password)
    }

    fn begin(&mut self, now: Timestamp) -> Vec<ProxyOut> {
        match (&self.account, self.in_use().cloned()) {
            (None, _) => vec![ProxyOut::Go],
            (Some(_), Some(password)) => vec![ProxyOut::Use(Some(password)), ProxyOut::Go],
            (Some(account), None) => {
                self.stage = Stage::Waits { until: later(now, PATIENCE) };
                vec![ProxyOut::Load { account: account.clone() }]
            }
        }
    }

    fn loaded(&mut self, answer: SecretsAnswer, now: Timestamp) -> Vec<ProxyOut> {
        let waited = matches!(self.stage, Stage::Waits { .. });
        self.stage = Stage::Begun { again: None };
        let mut out = Vec::new();
        // What was typed meanwhile is newer.
        if self.in_use().is_none() {
            match answer {
                Ok(password) => {
                    self.keyring = None;
                    self.known = self.account.clone().zip(password.map(Token::from)).or(self.known.take());
                    out.extend(self.in_use().cloned().map(|password| ProxyOut::Use(Some(password))));
                }
                Err(error) => {
                    self.keyring = Some(error);
                    // One that the person left locked asks them again each time.
                    let is_locked = error == SecretsError::Locked;
                    self.stage = Stage::Begun { again: (!is_locked).then(|| later(now, AGAIN)) };
                }
            }
        }
        match (waited, out.is_empty()) {
            (true, _) => out.push(ProxyOut::Go),
            (false, false) => out.extend([ProxyOut::TryAgain, ProxyOut::Touch]),
            (false, true) => {}
        }
        out
    }

    fn entered(&mut self, account: String, password: Option<Token>) -> Vec<ProxyOut> {
        let keep = password.clone().map_or(Keep::Forget, Keep::Store);
        self.known = password.clone().map(|password| (account.clone(), password));
        let is_in_use = self.account.as_ref() == Some(&account);
        let mut out = vec![ProxyOut::Keep { account, keep }, ProxyOut::Touch];
        if is_in_use {
            out.extend([ProxyOut::Use(password), ProxyOut::TryAgain]);
        }
        out
    }
}

impl Redate for ProxyPassword {
    fn redate(&mut self, by: SignedDuration) {
        let Self { account: _, stage, known: _, keyring: _ } = self;
        match stage {
            Stage::Waits { until } => until.redate(by),
            Stage::Begun { again } => again.redate(by),
        }
    }
}

#[cfg(test)]
mod tests;
