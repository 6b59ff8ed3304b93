//! The contact-centre agent: chosen status, next status and one contact at a time, as Amazon Connect moves
//! them. Pure: the time comes in. It must not know how the agent panel's page tells of it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

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

/// What a status means for routing; both Available and Offline can be renamed, so the kind is what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StatusKind {
    /// Contacts are offered.
    Routable,
    /// Made by the administrator; no contacts are offered.
    Custom,
    /// No contacts are offered.
    Offline,
}

/// A status the agent can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub kind: StatusKind,
}

/// Everything of the instance is named below this ARN.
pub(crate) const INSTANCE_ARN: &str =
    "arn:aws:connect:eu-west-2:123456789012:instance/5f0c8b1e-9a41-4d0e-8f6c-2b7d1c3a9e44";

impl Status {
    /// Every status of the instance.
    pub const ALL: [Self; 6] = [
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a01", "Available", StatusKind::Routable),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a02", "Offline", StatusKind::Offline),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a03", "Lunch", StatusKind::Custom),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a04", "Break", StatusKind::Custom),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a05", "Training", StatusKind::Custom),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a06", "Coaching", StatusKind::Custom),
    ];
    const AVAILABLE: Self = Self::ALL[0];

    const fn new(id: &'static str, name: &'static str, kind: StatusKind) -> Self {
        Self { id, name, kind }
    }

    /// Its ARN.
    #[must_use]
    pub fn arn(self) -> String {
        format!("{INSTANCE_ARN}/agent-state/{}", self.id)
    }

    pub(crate) fn by_name(name: &str) -> Result<Self, Refused> {
        let found = Self::ALL.into_iter().find(|status| status.name.eq_ignore_ascii_case(name));
        found.ok_or_else(|| Refused::UnknownStatus(name.to_owned()))
    }

    pub(crate) fn by_arn(arn: &str) -> Result<Self, Refused> {
        let found = Self::ALL.into_iter().find(|status| status.arn() == arn);
        found.ok_or_else(|| Refused::UnknownStatus(arn.to_owned()))
    }
}

/// What carries a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Channel {
    Voice,
    Chat,
    Task,
    Email,
}

/// How far a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// Offered to the agent.
    Ringing,
    /// The agent has it.
    Connected,
    /// The agent has it, and the customer waits.
    OnHold,
    /// The customer has gone, the agent has not finished.
    AfterContactWork,
    /// The agent did not take it.
    Missed,
}

impl Stage {
    /// True while the agent cannot choose another status at once.
    #[must_use]
    pub fn is_live(self) -> bool {
        match self {
            Self::Ringing | Self::Connected | Self::OnHold => true,
            Self::AfterContactWork | Self::Missed => false,
        }
    }
}

/// The contact the agent has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Its id.
    pub id: Uuid,
    /// Its channel.
    pub channel: Channel,
    /// The customer's number.
    pub number: String,
    /// How far it is.
    pub stage: Stage,
    /// Since when it is there; hold and resume do not count, as in Connect.
    pub since: Timestamp,
    /// Since when the customer waits, talks or has gone.
    #[serde(skip)]
    pub(crate) line_since: Timestamp,
    /// When it was offered.
    #[serde(skip)]
    pub(crate) queued_at: Timestamp,
}

/// Why something cannot happen now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// There is no such status.
    #[error("There is no status {0:?}.")]
    UnknownStatus(String),
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
    /// Only voice can be held.
    #[error("Only a voice contact can be put on hold.")]
    NotVoice,
    /// A status cannot be set on a live contact.
    #[error("The agent is handling a live contact. Queue the status as the next one.")]
    LiveContact,
}

/// The agent.
#[derive(Debug)]
pub(crate) struct Agent {
    login: Option<Login>,
    chosen: Status,
    chosen_since: Timestamp,
    next: Option<Status>,
    contact: Option<Contact>,
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
        if self.contact.as_ref().is_some_and(|contact| contact.stage.is_live()) {
            // Only a custom or offline status waits; picking a routable one cancels what waits.
            self.next = match status.kind {
                StatusKind::Routable => None,
                StatusKind::Custom | StatusKind::Offline => Some(status),
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
        if !enqueue && self.contact.as_ref().is_some_and(|contact| contact.stage.is_live()) {
            return Err(Refused::LiveContact);
        }
        self.choose(status, now);
        Ok(())
    }

    pub(crate) fn ring(&mut self, channel: Channel, number: String, now: Timestamp) -> Result<(), Refused> {
        if self.login.is_none() {
            return Err(Refused::NotLoggedIn);
        }
        if self.contact.is_some() {
            return Err(Refused::HasContact);
        }
        match self.chosen.kind {
            StatusKind::Routable => {}
            StatusKind::Custom | StatusKind::Offline => return Err(Refused::NotRoutable(self.chosen.name)),
        }
        self.contact = Some(Contact {
            id: Uuid::new_v4(),
            channel,
            number,
            stage: Stage::Ringing,
            since: now,
            line_since: now,
            queued_at: now,
        });
        self.revision += 1;
        Ok(())
    }

    pub(crate) fn connect(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("ringing", &[Stage::Ringing], Stage::Connected, now)
    }

    pub(crate) fn miss(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("ringing", &[Stage::Ringing], Stage::Missed, now)
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

    /// The customer hangs up; the agent goes to after-contact work.
    pub(crate) fn end(&mut self, now: Timestamp) -> Result<(), Refused> {
        self.advance("connected", &[Stage::Connected, Stage::OnHold], Stage::AfterContactWork, now)
    }

    /// After-contact work is done, or the missed contact is put aside: the next status takes effect.
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

    fn advance(
        &mut self,
        wanted: &'static str,
        from: &[Stage],
        to: Stage,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let contact = self.contact.as_mut().filter(|contact| from.contains(&contact.stage));
        let contact = contact.ok_or(Refused::NoContact(wanted))?;
        let on_the_line = |stage| stage == Stage::Connected || stage == Stage::OnHold;
        if !(on_the_line(contact.stage) && on_the_line(to)) {
            contact.since = now;
        }
        contact.line_since = now;
        contact.stage = to;
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

#[cfg(test)]
mod tests;
