//! The password of the proxy: asked of the keyring before anything is sent, used as soon as it is known, and kept when
//! the person enters it.
//!
//! It asks no keyring itself. Without a keyring the password lasts until the end of the program. A keyring that is
//! missing is asked again with growing waits; one that the person left locked is only looked at, because asking opens a
//! window on the screen.

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use signin::{SecretsAnswer, SecretsError};
use view::facts::ProxyPasswordFacts;

use super::{
    ask_again::{AskAgain, PATIENCE},
    login::{KeyringChange, Token},
};

/// What comes in.
#[derive(Debug)]
pub(crate) enum ProxyIn {
    /// The run begins.
    Begin,
    /// The keyring's answer to [`ProxyOut::Load`].
    Loaded(SecretsAnswer),
    /// The keyring's answer to [`ProxyOut::Look`].
    Looked(Result<(), SecretsError>),
    /// The person entered the password of this entry, or removed it.
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
    /// See whether the keyring is open, asking nobody.
    Look {
        /// The name of an entry.
        account: String,
    },
    /// Let the keyring keep this, or forget it.
    Keep {
        /// The name of the entry.
        account: String,
        /// The change of it.
        keep: KeyringChange,
    },
    /// Give the proxy in use this password from now on, which the keyring had.
    Use(Token),
    /// Give the proxy in use what the person has just entered, or none.
    UseEntered(Option<Token>),
    /// Everything that opens connections may begin.
    Go,
    /// What failed without the password may be tried again.
    TryAgain,
    /// What is shown has changed.
    Touch,
}

/// Whether everything has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StartStage {
    /// The keyring was asked, and everything waits for its answer.
    Waits { until: Timestamp },
    /// Everything has begun.
    Begun,
}

/// What the keyring was asked about the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyringQuestion {
    Nothing,
    /// `stale`: the person has entered something else since then.
    Load {
        stale: bool,
    },
    Look,
}

/// What the keyring is to keep, until it does.
#[derive(Debug)]
struct Unkept {
    account: String,
    keep: KeyringChange,
    /// How many orders have no answer yet; the last one is for this.
    orders: u32,
    /// Until when the end of the program waits for them.
    until: Option<Timestamp>,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct ProxyPasswordKeeper {
    /// The entry of the proxy in use; none if it needs no password, or there is no proxy.
    account: Option<String>,
    stage: StartStage,
    asked: KeyringQuestion,
    /// The password that is known, and the entry that it belongs to.
    known: Option<(String, Token)>,
    unkept: Option<Unkept>,
    keyring: Option<SecretsError>,
    again: AskAgain,
}

impl ProxyPasswordKeeper {
    /// `account`: the entry of the proxy in use, if it has a user.
    pub(crate) fn new(account: Option<String>) -> Self {
        Self {
            account,
            stage: StartStage::Begun,
            asked: KeyringQuestion::Nothing,
            known: None,
            unkept: None,
            keyring: None,
            again: AskAgain::default(),
        }
    }

    /// Takes over the password that the previous run knew, which need not have been kept. That run gets no answers any
    /// more.
    pub(crate) fn continue_from(&mut self, former: Self) {
        self.known = former.known.filter(|(account, _)| Some(account) == self.account.as_ref());
        self.unkept = former.unkept.map(|unkept| Unkept { orders: 0, until: None, ..unkept });
        self.keyring = former.keyring.filter(|_| self.known.is_some() || self.unkept.is_some());
    }

    pub(crate) fn on(&mut self, input: ProxyIn, now: Timestamp) -> Vec<ProxyOut> {
        match input {
            ProxyIn::Begin => self.begin(now),
            ProxyIn::Loaded(answer) => self.loaded(answer, now),
            ProxyIn::Looked(answer) => self.looked(answer, now),
            ProxyIn::Entered { account, password } => self.entered(account, password, now),
            ProxyIn::Kept(result) => self.kept(result, now),
            ProxyIn::Due => self.due(now),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let waits = match self.stage {
            StartStage::Waits { until } => Some(until),
            StartStage::Begun => None,
        };
        let keeps = self.unkept.as_ref().and_then(|unkept| unkept.until);
        [waits, keeps, self.again.deadline()].into_iter().flatten().min()
    }

    /// Nothing is on its way that the end of the process should wait for.
    pub(crate) fn is_settled(&self) -> bool {
        self.unkept.as_ref().is_none_or(|unkept| unkept.until.is_none())
    }

    /// What is known of the password of this entry.
    pub(crate) fn facts(&self, account: Option<&str>) -> ProxyPasswordFacts {
        let is_known = self.known.as_ref().is_some_and(|(known, _)| Some(known.as_str()) == account);
        ProxyPasswordFacts { is_known, keyring: self.keyring }
    }

    fn in_use(&self) -> Option<&Token> {
        let (account, password) = self.known.as_ref()?;
        (Some(account) == self.account.as_ref()).then_some(password)
    }

    fn begin(&mut self, now: Timestamp) -> Vec<ProxyOut> {
        if self.unkept.is_some() {
            self.again.failed(now);
        }
        // A password that was removed is not asked for, though the keyring may still have it.
        let is_forgotten = self.unkept.as_ref().is_some_and(|unkept| {
            Some(&unkept.account) == self.account.as_ref() && matches!(unkept.keep, KeyringChange::Forget)
        });
        match (&self.account, self.in_use().cloned()) {
            (None, _) => vec![ProxyOut::Go],
            (Some(_), None) if is_forgotten => vec![ProxyOut::Go],
            (Some(_), Some(password)) => vec![ProxyOut::Use(password), ProxyOut::Go],
            (Some(account), None) => {
                self.stage = StartStage::Waits { until: later(now, PATIENCE) };
                self.asked = KeyringQuestion::Load { stale: false };
                vec![ProxyOut::Load { account: account.clone() }]
            }
        }
    }

    fn loaded(&mut self, answer: SecretsAnswer, now: Timestamp) -> Vec<ProxyOut> {
        let waited = matches!(self.stage, StartStage::Waits { .. });
        let asked = std::mem::replace(&mut self.asked, KeyringQuestion::Nothing);
        self.stage = StartStage::Begun;
        let (mut out, before) = (Vec::new(), self.keyring);
        // What the person did meanwhile is newer.
        if asked == (KeyringQuestion::Load { stale: false }) && self.in_use().is_none() {
            match answer {
                Ok(password) => {
                    self.answered();
                    self.known = self.account.clone().zip(password.map(Token::from)).or(self.known.take());
                    out.extend(self.in_use().cloned().map(ProxyOut::Use));
                }
                Err(error) => {
                    self.keyring = Some(error);
                    self.again.failed(now);
                }
            }
        }
        match (waited, out.is_empty()) {
            (true, _) => out.push(ProxyOut::Go),
            (false, false) => out.extend([ProxyOut::TryAgain, ProxyOut::Touch]),
            (false, true) => out.extend((self.keyring != before).then_some(ProxyOut::Touch)),
        }
        out
    }

    fn looked(&mut self, answer: Result<(), SecretsError>, now: Timestamp) -> Vec<ProxyOut> {
        if self.asked != KeyringQuestion::Look {
            return Vec::new();
        }
        self.asked = KeyringQuestion::Nothing;
        match answer {
            Ok(()) => self.ask(now),
            Err(error) => {
                self.again.failed(now);
                let before = self.keyring.replace(error);
                Vec::from_iter((before != Some(error)).then_some(ProxyOut::Touch))
            }
        }
    }

    fn entered(&mut self, account: String, password: Option<Token>, now: Timestamp) -> Vec<ProxyOut> {
        let keep = password.clone().map_or(KeyringChange::Forget, KeyringChange::Store);
        self.known = password.clone().map(|password| (account.clone(), password));
        let is_in_use = self.account.as_ref() == Some(&account);
        if let (true, KeyringQuestion::Load { stale }) = (is_in_use, &mut self.asked) {
            *stale = true;
        }
        // Otherwise a retry would load from the keyring what it should forget.
        self.answered();
        let before = self.unkept.take().map_or(0, |unkept| unkept.orders);
        let mut out = vec![self.keep(account, keep, before, now), ProxyOut::Touch];
        if is_in_use {
            out.extend([ProxyOut::UseEntered(password), ProxyOut::TryAgain]);
        }
        out
    }

    fn keep(&mut self, account: String, keep: KeyringChange, before: u32, now: Timestamp) -> ProxyOut {
        self.unkept = Some(Unkept {
            account: account.clone(),
            keep: keep.clone(),
            orders: before.saturating_add(1),
            until: Some(later(now, PATIENCE)),
        });
        ProxyOut::Keep { account, keep }
    }

    fn kept(&mut self, result: Result<(), SecretsError>, now: Timestamp) -> Vec<ProxyOut> {
        let Some(unkept) = &mut self.unkept else { return Vec::new() };
        unkept.orders = unkept.orders.saturating_sub(1);
        if unkept.orders > 0 {
            return Vec::new();
        }
        unkept.until = None;
        match result {
            Ok(()) => {
                self.unkept = None;
                self.answered();
            }
            Err(error) => {
                self.keyring = Some(error);
                self.again.failed(now);
            }
        }
        vec![ProxyOut::Touch]
    }

    fn due(&mut self, now: Timestamp) -> Vec<ProxyOut> {
        let mut out = Vec::new();
        if let StartStage::Waits { until } = self.stage
            && until <= now
        {
            self.stage = StartStage::Begun;
            // The keyring waits for the person.
            self.keyring = Some(SecretsError::Locked);
            out.extend([ProxyOut::Go, ProxyOut::Touch]);
        }
        if let Some(unkept) = &mut self.unkept
            && unkept.until.take_if(|until| *until <= now).is_some()
        {
            self.keyring = Some(SecretsError::Locked);
            out.push(ProxyOut::Touch);
        }
        if self.again.is_due(now) {
            match (self.keyring, self.account_to_ask()) {
                (Some(SecretsError::Locked), Some(account)) if self.asked == KeyringQuestion::Nothing => {
                    self.asked = KeyringQuestion::Look;
                    out.push(ProxyOut::Look { account });
                }
                (Some(SecretsError::Locked), _) => {}
                (Some(SecretsError::Missing | SecretsError::Failed) | None, _) => out.extend(self.ask(now)),
            }
        }
        out
    }

    fn account_to_ask(&self) -> Option<String> {
        self.unkept.as_ref().map(|unkept| unkept.account.clone()).or(self.account.clone())
    }

    /// Asks for what is missing, now that the keyring may answer: what it should keep is first, as it is newer.
    fn ask(&mut self, now: Timestamp) -> Vec<ProxyOut> {
        if let Some(Unkept { account, keep, orders, until: _ }) = self.unkept.take() {
            return vec![self.keep(account, keep, orders, now)];
        }
        match self
            .account
            .clone()
            .filter(|_| self.in_use().is_none() && self.asked == KeyringQuestion::Nothing)
        {
            Some(account) => {
                self.asked = KeyringQuestion::Load { stale: false };
                vec![ProxyOut::Load { account }]
            }
            None => Vec::new(),
        }
    }

    /// The keyring answered, or is asked for something new: earlier failures do not count any more.
    fn answered(&mut self) {
        self.keyring = None;
        self.again.answered();
    }
}

impl Redate for ProxyPasswordKeeper {
    fn redate(&mut self, by: SignedDuration) {
        let Self { account: _, stage, asked: _, known: _, unkept, keyring: _, again } = self;
        match stage {
            StartStage::Waits { until } => until.redate(by),
            StartStage::Begun => {}
        }
        if let Some(Unkept { account: _, keep: _, orders: _, until }) = unkept {
            until.redate(by);
        }
        again.redate(by);
    }
}

#[cfg(test)]
mod tests;
