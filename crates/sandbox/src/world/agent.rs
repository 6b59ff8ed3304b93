//! The contact-centre agent: chosen status, next status, contacts and errors, as Amazon Connect moves them. Pure: the
//! time comes in. It must not know how the agent panel's page shows it.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

mod contact;
mod dial;
mod refused;
mod ring;
mod status;
mod step;
mod way;

pub(crate) use contact::DIRECT_NUMBER;
#[cfg(test)]
pub(crate) use contact::INSTANCE_NUMBER;
pub use contact::{Contact, Direction, Stage, Unanswered};
pub(crate) use dial::Dialable;
pub use dial::{AgentError, DialRefusal, NextDial};
pub use refused::Refused;
pub use ring::{Anonymous, Ring};
pub(crate) use status::{Listed, Statuses};
pub use status::{Status, StatusKind};
pub use step::Step;
pub use way::{Channel, Initiation, Queue};

/// Everything of the instance is named below this ARN.
pub(crate) const INSTANCE_ARN: &str =
    "arn:aws:connect:eu-west-2:123456789012:instance/5f0c8b1e-9a41-4d0e-8f6c-2b7d1c3a9e44";
pub(crate) const AGENT_ID: &str = "c2d3e4f5-0617-4829-9abc-def012345678";
/// How long the agent's own side takes to be connected, before the other phone rings.
const DIALLING: SignedDuration = SignedDuration::from_secs(1);

/// A session of the agent in Connect: its bearer is the agent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Login(Uuid);

impl Login {
    fn fresh() -> Self {
        Self(Uuid::new_v4())
    }

    /// Takes a cookie's value; None when it cannot be one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }

    /// The cookie's value.
    pub(crate) fn expose(self) -> String {
        self.0.to_string()
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login")
    }
}

/// The agent.
#[derive(Debug)]
pub(crate) struct Agent {
    login: Option<Login>,
    chosen: Status,
    chosen_since: Timestamp,
    next: Option<Status>,
    contacts: Vec<Contact>,
    /// An error of the agent without a contact, and since when.
    error: Option<(AgentError, Timestamp)>,
    next_dial: Option<NextDial>,
    may_dial: bool,
    revision: u64,
}

impl Agent {
    /// Logged in and Available.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            login: Some(Login::fresh()),
            chosen: Status::AVAILABLE,
            chosen_since: now,
            next: None,
            contacts: Vec::new(),
            error: None,
            next_dial: None,
            may_dial: true,
            revision: 0,
        }
    }

    /// The session, while somebody is logged in.
    pub(crate) fn login(&self) -> Option<Login> {
        self.login
    }

    pub(crate) fn chosen(&self) -> (Status, Timestamp) {
        (self.chosen, self.chosen_since)
    }

    pub(crate) fn next(&self) -> Option<Status> {
        self.next
    }

    /// Every contact, the oldest first.
    pub(crate) fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    pub(crate) fn error(&self) -> Option<(AgentError, Timestamp)> {
        self.error
    }

    /// Sets the error state without a contact, or ends it.
    pub(crate) fn set_error(&mut self, error: Option<AgentError>, now: Timestamp) {
        self.error = error.map(|error| (error, now));
        self.revision += 1;
    }

    pub(crate) fn next_dial(&self) -> Option<NextDial> {
        self.next_dial
    }

    /// What happens to the next call that an application dials.
    pub(crate) fn set_next_dial(&mut self, next: Option<NextDial>) {
        self.next_dial = next;
    }

    /// Takes it for that call: the call after it is as usual.
    pub(crate) fn take_next_dial(&mut self) -> Option<NextDial> {
        self.next_dial.take()
    }

    /// True when the security profile allows outbound calls.
    pub(crate) fn may_dial(&self) -> bool {
        self.may_dial
    }

    pub(crate) fn set_may_dial(&mut self, may_dial: bool) {
        self.may_dial = may_dial;
        self.revision += 1;
    }

    /// Grows with every change.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// A log-in ends the session before it.
    pub(crate) fn log_in(&mut self) -> Login {
        let login = Login::fresh();
        self.login = Some(login);
        self.revision += 1;
        login
    }

    pub(crate) fn log_out(&mut self) {
        self.login = None;
        self.revision += 1;
    }

    /// The agent picks a status: at once, or as the next one while a contact is live. A contact that came to nothing
    /// has to be cleared first; after-contact work ends with it.
    pub(crate) fn choose(&mut self, status: Status, now: Timestamp) -> Result<(), Refused> {
        if self.has_live_contact() {
            self.choose_next(status);
            return Ok(());
        }
        if self.contacts.iter().any(|contact| contact.stage.is_uncleared()) {
            return Err(Refused::Uncleared);
        }
        self.contacts.clear();
        self.next = None;
        self.error = None;
        self.become_chosen(status, now);
        self.revision += 1;
        Ok(())
    }

    /// A supervisor picks a status (`PutUserStatus`): as [`Self::choose`], but as the next one if that is refused.
    pub(crate) fn be_put(&mut self, status: Status, now: Timestamp) {
        if self.choose(status, now).is_err() {
            self.choose_next(status);
        }
    }

    // Only a custom or offline status waits; picking a routable one cancels what waits.
    fn choose_next(&mut self, status: Status) {
        self.next = match status.kind {
            StatusKind::Routable => None,
            StatusKind::Custom | StatusKind::Offline | StatusKind::System => Some(status),
        };
        self.revision += 1;
    }

    /// Streams' `setState`: as [`Self::choose`], but a live contact refuses unless the status may wait.
    pub(crate) fn put_state(&mut self, status: Status, enqueue: bool, now: Timestamp) -> Result<(), Refused> {
        if !enqueue && self.has_live_contact() {
            return Err(Refused::LiveContact);
        }
        self.choose(status, now)
    }

    pub(crate) fn ring(&mut self, ring: Ring, now: Timestamp) -> Result<(), Refused> {
        self.is_logged_in()?;
        if !ring.beside && !self.contacts.is_empty() {
            return Err(Refused::HasContact);
        }
        match self.chosen.kind {
            StatusKind::Routable => {}
            StatusKind::Custom | StatusKind::Offline | StatusKind::System => {
                return Err(Refused::NotRoutable(self.chosen.name));
            }
        }
        self.contacts.push(Contact::inbound(ring, now));
        self.revision += 1;
        Ok(())
    }

    /// The agent dials, in any chosen status: a custom one keeps customers away, not the agent's own calls. There is
    /// room for a call beside a chat, a task or an e-mail.
    pub(crate) fn dial(
        &mut self,
        number: Dialable,
        queue: Queue,
        fate: Option<AgentError>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        if !self.may_dial {
            return Err(Refused::MayNotDial);
        }
        self.is_logged_in()?;
        let in_the_way = |contact: &Contact| contact.channel == Channel::Voice || !contact.stage.is_live();
        if self.contacts.iter().any(in_the_way) {
            return Err(Refused::HasContact);
        }
        self.contacts.push(Contact::outbound(number, queue, fate, now));
        self.revision += 1;
        Ok(())
    }

    /// When something happens by itself.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let dialled = self.contacts.iter().filter(|contact| contact.stage == Stage::Dialling);
        dialled.map(due).min()
    }

    /// Lets everything that is due happen.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        for contact in &mut self.contacts {
            let due = due(contact);
            if contact.stage == Stage::Dialling && due <= now {
                let to = if contact.fate.is_some() { Stage::Failed } else { Stage::RingingOut };
                contact.error = contact.fate;
                step::enter(contact, to, due);
                self.revision += 1;
            }
        }
    }

    fn has_live_contact(&self) -> bool {
        self.contacts.iter().any(|contact| contact.stage.is_live())
    }

    fn is_logged_in(&self) -> Result<(), Refused> {
        self.login.map(drop).ok_or(Refused::NotLoggedIn)
    }

    fn take_next_if_free(&mut self, now: Timestamp) {
        if self.contacts.is_empty()
            && let Some(next) = self.next.take()
        {
            self.become_chosen(next, now);
        }
    }

    // Choosing what is chosen already does not restart its duration.
    fn become_chosen(&mut self, status: Status, now: Timestamp) {
        if self.chosen != status {
            self.chosen = status;
            self.chosen_since = now;
        }
    }
}

/// When the other phone rings.
fn due(dialled: &Contact) -> Timestamp {
    dialled.since.saturating_add(DIALLING).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
