//! A colleague whom somebody moves by hand in Connect, as Amazon Connect moves them: chosen status, next status, and
//! at most one contact of each channel. Pure: the time comes in. It must not know whose seat it is.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::super::agent::{Channel, Contact, Direction, Refused, Stage, Status, StatusKind, Statuses};
use super::shift::Shown;

/// What somebody does with a colleague in Connect. What concerns a contact concerns the newest one that fits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SeatMove {
    /// Back to their day.
    AsUsual,
    /// They log in.
    LogIn,
    /// They log out.
    LogOut,
    /// They choose a status, by name; with a live contact it becomes the next one.
    Status(String),
    /// A contact is offered.
    Ring(Channel),
    /// They take the one that rings.
    Connect,
    /// They put a voice contact on hold.
    Hold,
    /// They take it back.
    Resume,
    /// The contact ends; after-contact work begins.
    End,
    /// They do not take the one that rings.
    Miss,
    /// They finish after-contact work, or put aside what they missed.
    Clear,
}

/// A seat.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seat {
    logged_in: bool,
    status: Status,
    since: Timestamp,
    next: Option<Status>,
    contacts: Vec<Contact>,
}

impl Seat {
    /// The seat of somebody as they were until now.
    pub(super) fn of(shown: Option<Shown>, now: Timestamp) -> Self {
        match shown {
            Some(Shown { status, since, next, contacts }) => {
                Self { logged_in: true, status, since, next, contacts }
            }
            None => Self {
                logged_in: false,
                status: Status::AVAILABLE,
                since: now,
                next: None,
                contacts: Vec::new(),
            },
        }
    }

    pub(super) fn shown(&self) -> Option<Shown> {
        let Self { logged_in, status, since, next, contacts } = self.clone();
        logged_in.then_some(Shown { status, since, next, contacts })
    }

    /// Carries out a move. Giving the seat back is not done here.
    pub(super) fn apply(
        &mut self,
        how: &SeatMove,
        statuses: &Statuses,
        now: Timestamp,
    ) -> Result<(), Refused> {
        match how {
            SeatMove::AsUsual => Ok(()),
            SeatMove::LogIn => {
                self.log_in(now);
                Ok(())
            }
            SeatMove::LogOut => {
                self.log_out();
                Ok(())
            }
            SeatMove::Status(name) => {
                self.choose(statuses.by_name(name)?, now);
                Ok(())
            }
            SeatMove::Ring(channel) => self.ring(*channel, now),
            SeatMove::Connect => self.connect(now),
            SeatMove::Hold => self.hold(),
            SeatMove::Resume => self.resume(),
            SeatMove::End => self.end(now),
            SeatMove::Miss => self.miss(now),
            SeatMove::Clear => self.clear(now),
        }
    }

    fn log_in(&mut self, now: Timestamp) {
        if !self.logged_in {
            (self.logged_in, self.since) = (true, now);
        }
    }

    /// Contacts go with the session.
    fn log_out(&mut self) {
        self.logged_in = false;
        self.next = None;
        self.contacts.clear();
    }

    /// At once, or as the next status while a contact is live.
    pub(super) fn choose(&mut self, status: Status, now: Timestamp) {
        if self.contacts.iter().any(|contact| contact.stage.is_live()) {
            self.next = (status.kind != StatusKind::Routable).then_some(status);
        } else {
            self.contacts.clear();
            self.next = None;
            self.enter(status, now);
        }
    }

    fn ring(&mut self, channel: Channel, now: Timestamp) -> Result<(), Refused> {
        if !self.logged_in {
            return Err(Refused::NotLoggedIn);
        }
        if self.status.kind != StatusKind::Routable {
            return Err(Refused::NotRoutable(self.status.name));
        }
        if self.contacts.iter().any(|contact| contact.channel == channel) {
            return Err(Refused::HasContact);
        }
        let (id, direction) = (Uuid::new_v4(), Direction::Inbound);
        self.contacts.push(Contact::of_colleague(id, channel, direction, Stage::Ringing, now));
        Ok(())
    }

    fn connect(&mut self, now: Timestamp) -> Result<(), Refused> {
        let contact = self.newest("ringing", &[Stage::Ringing])?;
        (contact.stage, contact.since, contact.connected_at) = (Stage::Connected, now, Some(now));
        Ok(())
    }

    /// The start of the contact's state does not move with it, as in Connect.
    fn hold(&mut self) -> Result<(), Refused> {
        let mut voices = self.contacts.iter_mut().rev().filter(|contact| contact.channel == Channel::Voice);
        let contact = voices.find(|contact| contact.stage == Stage::Connected);
        contact.ok_or(Refused::NotVoice)?.stage = Stage::OnHold;
        Ok(())
    }

    fn resume(&mut self) -> Result<(), Refused> {
        self.newest("on hold", &[Stage::OnHold])?.stage = Stage::Connected;
        Ok(())
    }

    fn end(&mut self, now: Timestamp) -> Result<(), Refused> {
        let contact = self.newest("connected", &[Stage::Connected, Stage::OnHold])?;
        (contact.stage, contact.since) = (Stage::AfterContactWork, now);
        Ok(())
    }

    fn miss(&mut self, now: Timestamp) -> Result<(), Refused> {
        let contact = self.newest("ringing", &[Stage::Ringing])?;
        (contact.stage, contact.since) = (Stage::Missed, now);
        Ok(())
    }

    /// With the last contact gone, the next status takes effect.
    fn clear(&mut self, now: Timestamp) -> Result<(), Refused> {
        let over = [Stage::AfterContactWork, Stage::Missed, Stage::Rejected, Stage::Failed];
        let id = self.newest("over", &over)?.id;
        self.contacts.retain(|contact| contact.id != id);
        if self.contacts.is_empty()
            && let Some(next) = self.next.take()
        {
            self.enter(next, now);
        }
        Ok(())
    }

    fn newest(&mut self, wanted: &'static str, stages: &[Stage]) -> Result<&mut Contact, Refused> {
        let found = self.contacts.iter_mut().rev().find(|contact| stages.contains(&contact.stage));
        found.ok_or(Refused::NoContact(wanted))
    }

    fn enter(&mut self, status: Status, now: Timestamp) {
        if self.status != status {
            (self.status, self.since) = (status, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn two_contacts_end_one_after_the_other_and_then_the_next_status_comes() {
        let mut seat = Seat::of(None, at(0));
        assert_eq!(seat.ring(Channel::Chat, at(0)), Err(Refused::NotLoggedIn));
        seat.log_in(at(1));
        seat.ring(Channel::Chat, at(2)).unwrap();
        assert_eq!(seat.ring(Channel::Chat, at(2)), Err(Refused::HasContact));
        seat.connect(at(3)).unwrap();
        seat.ring(Channel::Voice, at(4)).unwrap();
        seat.connect(at(5)).unwrap();
        seat.hold().unwrap();
        seat.choose(Status::LUNCH, at(6));
        let shown = seat.shown().unwrap();
        assert_eq!((shown.status, shown.next), (Status::AVAILABLE, Some(Status::LUNCH)));
        assert_eq!((shown.contacts[1].stage, shown.contacts[1].since), (Stage::OnHold, at(5)));
        for second in [7, 8] {
            seat.end(at(second)).unwrap();
        }
        seat.clear(at(9)).unwrap();
        assert_eq!(seat.shown().unwrap().status, Status::AVAILABLE, "one contact is still there");
        seat.clear(at(10)).unwrap();
        let shown = seat.shown().unwrap();
        assert_eq!((shown.status, shown.since, shown.next), (Status::LUNCH, at(10), None));
        assert_eq!(seat.ring(Channel::Task, at(11)), Err(Refused::NotRoutable("Lunch")));
        seat.log_out();
        assert_eq!(seat.shown(), None);
    }
}
