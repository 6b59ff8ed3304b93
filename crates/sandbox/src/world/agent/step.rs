//! How a contact of the agent moves from stage to stage, by the agent's hand, the other side's, or bad luck. Pure.

use jiff::Timestamp;
use uuid::Uuid;

use super::contact::{Contact, Stage, Unanswered};
use super::dial::AgentError;
use super::way::Channel;
use super::{Agent, Refused};

const RINGING: &[Stage] = &[Stage::Ringing, Stage::Incoming];
const DIALLED: &[Stage] = &[Stage::Dialling, Stage::RingingOut];
const TALKING: &[Stage] = &[Stage::Connected, Stage::OnHold];
const OVER: &[Stage] = &[Stage::AfterContactWork, Stage::Missed, Stage::Rejected, Stage::Failed];

/// What happens to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The agent takes what rings. For a queued callback Connect then dials the customer.
    Connect,
    /// The agent does not take what rings.
    Miss,
    /// The agent refuses what rings. A refused call counts as missed (Connect: agent contact state REJECTED).
    Reject,
    /// The caller hangs up before the agent takes it. It counts as missed, as in Connect.
    GiveUp,
    /// Somebody transfers it: one that rings is gone, and one that the agent had leaves after-contact work.
    TransferAway,
    /// The other side of a dialled call picks up.
    Answer,
    /// The other side of a dialled call does not pick up, or is engaged.
    Leave(Unanswered),
    /// An error ends it.
    Fail(AgentError),
    /// The customer waits.
    Hold,
    /// The customer is taken back.
    Resume,
    /// One side hangs up; the agent goes to after-contact work.
    End,
    /// After-contact work is done, or what was missed is put aside. With the last contact gone the next status comes.
    Clear,
}

impl Step {
    /// The stages that it starts from, and what they are called.
    fn from(self) -> (&'static str, Vec<Stage>) {
        let of = |parts: &[&[Stage]]| parts.concat();
        match self {
            Self::Connect | Self::Miss | Self::Reject | Self::GiveUp => ("ringing", of(&[RINGING])),
            Self::TransferAway => ("ringing or connected", of(&[RINGING, TALKING])),
            Self::Answer | Self::Leave(_) => ("dialled", of(&[DIALLED])),
            Self::Fail(_) => ("live", of(&[RINGING, DIALLED, TALKING])),
            Self::Hold => ("connected", vec![Stage::Connected]),
            Self::Resume => ("on hold", vec![Stage::OnHold]),
            Self::End => ("connected", of(&[DIALLED, TALKING])),
            Self::Clear => ("over", of(&[OVER])),
        }
    }

    /// Where it leads; None takes the contact away.
    fn to(self, contact: &Contact) -> Option<Stage> {
        Some(match self {
            Self::Connect if contact.stage == Stage::Incoming => Stage::RingingOut,
            Self::Connect | Self::Answer | Self::Resume => Stage::Connected,
            Self::Reject if contact.channel != Channel::Voice => Stage::Rejected,
            Self::Miss | Self::Reject | Self::GiveUp => Stage::Missed,
            Self::TransferAway if RINGING.contains(&contact.stage) => return None,
            Self::TransferAway | Self::Leave(_) | Self::End => Stage::AfterContactWork,
            Self::Fail(_) => Stage::Failed,
            Self::Hold => Stage::OnHold,
            Self::Clear => return None,
        })
    }
}

impl Agent {
    /// Moves a contact: the one with that id, or the oldest one that is in a fitting stage.
    pub(crate) fn step(&mut self, step: Step, which: Option<Uuid>, now: Timestamp) -> Result<(), Refused> {
        let (wanted, from) = step.from();
        let is_it = |contact: &Contact| which.is_none_or(|id| contact.id == id);
        if which.is_some() && !self.contacts.iter().any(is_it) {
            return Err(Refused::UnknownContact);
        }
        if step == Step::Hold && self.contacts.iter().filter(|one| is_it(one)).all(is_no_voice) {
            return Err(if self.contacts.is_empty() {
                Refused::NoContact(wanted)
            } else {
                Refused::NotVoice
            });
        }
        let fits = |contact: &Contact| {
            is_it(contact)
                && from.contains(&contact.stage)
                && (step != Step::Hold || contact.channel == Channel::Voice)
        };
        let place = self.contacts.iter().position(fits).ok_or(Refused::NoContact(wanted))?;
        let contact = &mut self.contacts[place];
        match step.to(contact) {
            Some(stage) => {
                enter(contact, stage, now);
                match step {
                    Step::Leave(why) => contact.unanswered = Some(why),
                    Step::Fail(error) => contact.error = Some(error),
                    Step::Connect
                    | Step::Miss
                    | Step::Reject
                    | Step::GiveUp
                    | Step::TransferAway
                    | Step::Answer
                    | Step::Hold
                    | Step::Resume
                    | Step::End
                    | Step::Clear => {}
                }
            }
            None => {
                self.contacts.remove(place);
                self.take_next_if_free(now);
            }
        }
        self.revision += 1;
        Ok(())
    }

    /// Nobody carries the agent's sound: the dialled call fails, as without an open ConnectPath.
    pub(crate) fn lose_sound(&mut self, now: Timestamp) -> Result<(), Refused> {
        let dialled = self.contacts.iter().find(|contact| DIALLED.contains(&contact.stage));
        let dialled = dialled.ok_or(Refused::NoContact("dialled"))?.id;
        self.step(Step::Fail(AgentError::FailedConnectAgent), Some(dialled), now)
    }

    pub(crate) fn send_digits(&mut self, digits: &str, which: Option<Uuid>) -> Result<(), Refused> {
        let key = |digit: char| digit.is_ascii_digit() || matches!(digit, '*' | '#' | ',');
        if digits.is_empty() || !digits.chars().all(key) {
            return Err(Refused::BadDigits);
        }
        let talking = self
            .contacts
            .iter_mut()
            .find(|contact| contact.stage == Stage::Connected && which.is_none_or(|id| contact.id == id));
        let contact = talking.ok_or(Refused::NoContact("connected"))?;
        if is_no_voice(contact) {
            return Err(Refused::NotVoice);
        }
        contact.digits.push_str(digits);
        self.revision += 1;
        Ok(())
    }
}

fn is_no_voice(contact: &Contact) -> bool {
    contact.channel != Channel::Voice
}

pub(super) fn enter(contact: &mut Contact, to: Stage, now: Timestamp) {
    if contact.stage.state() != to.state() {
        contact.since = now;
    }
    contact.line_since = now;
    contact.stage = to;
    if to == Stage::Connected {
        contact.connected_at.get_or_insert(now);
    }
}
