//! The contact-centre agent: chosen status, next status and one contact at a time, as Amazon Connect moves
//! them. Pure: the time comes in. It must not know how the agent panel's page tells of it.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;
use uuid::Uuid;

mod contact;
mod status;

pub(crate) use contact::Dialable;
pub use contact::{Channel, Contact, Direction, Queue, Ring, Stage, Unanswered};
pub(crate) use status::{Listed, Statuses};
pub use status::{Status, StatusKind};

/// Everything of the instance is named below this ARN.
pub(crate) const INSTANCE_ARN: &str =
    "arn:aws:connect:eu-west-2:123456789012:instance/5f0c8b1e-9a41-4d0e-8f6c-2b7d1c3a9e44";
pub(crate) const AGENT_ID: &str = "c2d3e4f5-0617-4829-9abc-def012345678";
/// How long the agent's own side takes to be connected, before the other phone rings.
const DIALLING: SignedDuration = SignedDuration::from_secs(1);

/// A session of the agent in Connect; whoever has it is the agent.
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

/// Why something cannot happen now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// There is no such status.
    #[error("There is no status {0:?}.")]
    UnknownStatus(String),
    /// The routing profile has no such queue.
    #[error("The agent's routing profile has no queue {0:?}.")]
    UnknownQueue(String),
    /// The agent does not have that contact, or the contact not that connection.
    #[error("The agent has no such contact.")]
    UnknownContact,
    /// Nobody is logged in to Connect.
    #[error("The agent is not logged in to Connect.")]
    NotLoggedIn,
    /// One contact at a time, until it is cleared.
    #[error("The agent already has a contact. Clear it first.")]
    HasContact,
    /// Contacts come to a routable status only.
    #[error("The agent is in {0:?}, which takes no contacts. Choose Available first.")]
    NotRoutable(&'static str),
    /// The contact must be in another stage.
    #[error("There is no contact that is {0}.")]
    NoContact(&'static str),
    /// Only voice can be held, and takes digits.
    #[error("Only a voice contact can do that.")]
    NotVoice,
    /// A status cannot be set on a live contact.
    #[error("The agent is handling a live contact. Queue the status as the next one.")]
    LiveContact,
    /// The security profile allows no outbound calls.
    #[error("The agent may not place outbound calls.")]
    MayNotDial,
    /// It is no number of the form +441632960000, or the country is not called.
    #[error("The number is not E.164, or its country cannot be called.")]
    BadNumber,
    /// There are no keys for them.
    #[error("Digits are 0 to 9, the star, the hash sign, and a comma for a pause.")]
    BadDigits,
    /// No status can be called that.
    #[error("A status has a name of its own, of 1 to 127 characters, not {0:?}.")]
    BadName(String),
    /// The routable status and the offline one are always there.
    #[error("{0:?} is no custom status, so it is always there.")]
    NotCustom(&'static str),
}

/// The agent.
#[derive(Debug)]
pub(crate) struct Agent {
    login: Option<Login>,
    chosen: Status,
    chosen_since: Timestamp,
    next: Option<Status>,
    contact: Option<Contact>,
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
            contact: None,
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

    pub(crate) fn contact(&self) -> Option<&Contact> {
        self.contact.as_ref()
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

    /// The agent or a supervisor picks a status: at once, or as the next one while a contact is live.
    pub(crate) fn choose(&mut self, status: Status, now: Timestamp) {
        if self.has_live_contact() {
            // Only a custom or offline status waits; picking a routable one cancels what waits.
            self.next = match status.kind {
                StatusKind::Routable => None,
                StatusKind::Custom | StatusKind::Offline | StatusKind::System => Some(status),
            };
        } else {
            self.contact = None;
            self.next = None;
            self.become_chosen(status, now);
        }
        self.revision += 1;
    }

    /// Streams' `setState`: as [`Self::choose`], but a live contact refuses unless the status may wait.
    pub(crate) fn put_state(&mut self, status: Status, enqueue: bool, now: Timestamp) -> Result<(), Refused> {
        if !enqueue && self.has_live_contact() {
            return Err(Refused::LiveContact);
        }
        self.choose(status, now);
        Ok(())
    }

    pub(crate) fn ring(&mut self, ring: Ring, now: Timestamp) -> Result<(), Refused> {
        self.can_have_another()?;
        match self.chosen.kind {
            StatusKind::Routable => {}
            StatusKind::Custom | StatusKind::Offline | StatusKind::System => {
                return Err(Refused::NotRoutable(self.chosen.name));
            }
        }
        self.contact = Some(Contact::inbound(ring, now));
        self.revision += 1;
        Ok(())
    }

    /// The agent dials, in any chosen status: a custom one keeps customers away, not the agent's own calls.
    pub(crate) fn dial(&mut self, number: Dialable, queue: Queue, now: Timestamp) -> Result<(), Refused> {
        if !self.may_dial {
            return Err(Refused::MayNotDial);
        }
        self.can_have_another()?;
        self.contact = Some(Contact::outbound(number, queue, now));
        self.revision += 1;
        Ok(())
    }

    /// When something happens by itself.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let dialled = self.contact.as_ref().filter(|contact| contact.stage == Stage::Dialling)?;
        Some(dialled.since.saturating_add(DIALLING).unwrap_or(Timestamp::MAX))
    }

    /// Lets happen what is due.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        if let Some(due) = self.deadline().filter(|due| *due <= now)
            && let Some(contact) = &mut self.contact
        {
            enter(contact, Stage::RingingOut, due);
            self.revision += 1;
        }
    }

    /// The agent takes what rings.
    pub(crate) fn connect(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("ringing", &[Stage::Ringing], Stage::Connected, now)
    }

    pub(crate) fn miss(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("ringing", &[Stage::Ringing], Stage::Missed, now)
    }

    /// The agent refuses what rings. A refused call counts as missed (Connect: agent contact state REJECTED).
    pub(crate) fn reject(&mut self, now: Timestamp) -> Result<(), Refused> {
        let voice = self.contact.as_ref().is_some_and(|contact| contact.channel == Channel::Voice);
        let to = if voice { Stage::Missed } else { Stage::Rejected };
        self.advance("ringing", &[Stage::Ringing], to, now)
    }

    /// Whom the agent dialled picks up.
    pub(crate) fn answer(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("dialled", &[Stage::Dialling, Stage::RingingOut], Stage::Connected, now)
    }

    /// Whom the agent dialled does not pick up, or is engaged.
    pub(crate) fn leave_unanswered(&mut self, why: Unanswered, now: Timestamp) -> Result<(), Refused> {
        let from = [Stage::Dialling, Stage::RingingOut];
        self.advance("dialled", &from, Stage::AfterContactWork, now)?;
        if let Some(contact) = &mut self.contact {
            contact.unanswered = Some(why);
        }
        Ok(())
    }

    /// No browser and no desk phone takes the agent's side of the dialled call.
    pub(crate) fn fail(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("dialled", &[Stage::Dialling, Stage::RingingOut], Stage::Failed, now)
    }

    pub(crate) fn hold(&mut self, now: Timestamp) -> Result<(), Refused> {
        if self.contact.as_ref().is_some_and(|contact| contact.channel != Channel::Voice) {
            return Err(Refused::NotVoice);
        }
        self.advance("connected", &[Stage::Connected], Stage::OnHold, now)
    }

    pub(crate) fn resume(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("on hold", &[Stage::OnHold], Stage::Connected, now)
    }

    /// One side hangs up; the agent goes to after-contact work.
    pub(crate) fn end(&mut self, now: Timestamp) -> Result<(), Refused> {
        let from = [Stage::Dialling, Stage::RingingOut, Stage::Connected, Stage::OnHold];
        self.advance("connected", &from, Stage::AfterContactWork, now)
    }

    pub(crate) fn send_digits(&mut self, digits: &str) -> Result<(), Refused> {
        let key = |digit: char| digit.is_ascii_digit() || matches!(digit, '*' | '#' | ',');
        if digits.is_empty() || !digits.chars().all(key) {
            return Err(Refused::BadDigits);
        }
        let talking = self.contact.as_mut().filter(|contact| contact.stage == Stage::Connected);
        let contact = talking.ok_or(Refused::NoContact("connected"))?;
        if contact.channel != Channel::Voice {
            return Err(Refused::NotVoice);
        }
        contact.digits.push_str(digits);
        self.revision += 1;
        Ok(())
    }

    /// After-contact work is done, or what was missed is put aside: the next status takes effect.
    pub(crate) fn clear(&mut self, now: Timestamp) -> Result<(), Refused> {
        let over = self.contact.as_ref().is_some_and(|contact| !contact.stage.is_live());
        if !over {
            return Err(Refused::NoContact("over"));
        }
        self.contact = None;
        if let Some(next) = self.next.take() {
            self.become_chosen(next, now);
        }
        self.revision += 1;
        Ok(())
    }

    fn has_live_contact(&self) -> bool {
        self.contact.as_ref().is_some_and(|contact| contact.stage.is_live())
    }

    fn can_have_another(&self) -> Result<(), Refused> {
        if self.login.is_none() {
            return Err(Refused::NotLoggedIn);
        }
        if self.contact.is_some() { Err(Refused::HasContact) } else { Ok(()) }
    }

    fn advance(
        &mut self,
        wanted: &'static str,
        from: &[Stage],
        to: Stage,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let contact = self.contact.as_mut().filter(|contact| from.contains(&contact.stage));
        enter(contact.ok_or(Refused::NoContact(wanted))?, to, now);
        self.revision += 1;
        Ok(())
    }

    // Choosing what is chosen already does not restart its duration.
    fn become_chosen(&mut self, status: Status, now: Timestamp) {
        if self.chosen != status {
            self.chosen = status;
            self.chosen_since = now;
        }
    }
}

fn enter(contact: &mut Contact, to: Stage, now: Timestamp) {
    if contact.stage.state() != to.state() {
        contact.since = now;
    }
    contact.line_since = now;
    contact.stage = to;
    if to == Stage::Connected {
        contact.connected_at.get_or_insert(now);
    }
}

#[cfg(test)]
mod tests;
