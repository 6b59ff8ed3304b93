//! The status message in Teams: the person's own number or the name of the Connect status, if the settings ask for one
//! of them.
//!
//! It never overwrites a message that is not exactly what we wrote: the person's own message stays, and nothing of it
//! is remembered or logged. A message of ours is on disk before its write leaves. It sends nothing and finds no words.

mod inputs;
mod rest;
mod want;
mod written;

use std::time::Duration;

use graph::{ErrorKind, MessageWrite, StatusMessage as Shown};
use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, moment::later, redate::Redate};
use settings::StatusMessage;
use view::facts::MessageNote;

pub(crate) use self::{
    inputs::{KnownText, MessageContext, MessageIn, MessageOut},
    written::KeptMessages,
};
use self::{rest::WriteRest, want::WantedMessage, written::WrittenMessage};

/// A text counts once it has been wanted for this long.
const HOLD: Duration = Duration::from_secs(15);
/// A write needs a reading that is no older.
const FRESH: Duration = Duration::from_secs(5);
/// How long a message lasts, so that it ends by itself after a crash.
const EXPIRY: Duration = Duration::from_secs(60 * 60);
/// It is renewed if it would end within this.
const RENEW_BEFORE: Duration = Duration::from_secs(15 * 60);
/// A reading that was asked for is asked for again after this.
const PATIENCE: Duration = Duration::from_secs(60);
/// The shortest time between two messages, and between two take-backs. It grows while readings do not show them.
const BETWEEN: Duration = Duration::from_secs(15);
const BETWEEN_TAKE_BACKS: Duration = Duration::from_secs(5);
/// The wait after a refusal: an immediate retry would be refused again.
const AFTER_REFUSAL: Duration = Duration::from_secs(15 * 60);

/// Whose message Teams shows.
#[derive(Debug)]
enum MessageOwner<'a> {
    Nobodys,
    Ours(&'a WrittenMessage),
    Theirs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Set,
    TakeBack,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct StatusMessageKeeper {
    /// The sign-in service that the ids of people belong to.
    authority: String,
    kept: KeptMessages,
    /// The person whose message the fields below are about.
    person: Option<ObjectId>,
    signed_in: bool,
    /// What the last reading showed, and when it left; none while that is not known.
    shown: Option<(Option<Shown>, Timestamp)>,
    /// What was taken back: a reading may show it for a while.
    taken_back: Vec<WrittenMessage>,
    writing: Option<Writing>,
    /// When the last write was answered: a reading that left before says nothing.
    settled: Option<Timestamp>,
    /// The text that is wanted, and since when.
    wanted: Option<(String, Timestamp)>,
    /// The text that the person removed.
    removed: Option<String>,
    asked: Option<Timestamp>,
    sets: WriteRest,
    take_backs: WriteRest,
    quits: bool,
    note: Option<MessageNote>,
    next: Option<Timestamp>,
}

impl StatusMessageKeeper {
    /// Continues with what was kept.
    pub(crate) fn new(authority: String, mut kept: KeptMessages, now: Timestamp) -> Self {
        kept.no_later_than(later(now, EXPIRY));
        Self {
            authority,
            kept,
            person: None,
            signed_in: false,
            shown: None,
            taken_back: Vec::new(),
            writing: None,
            settled: None,
            wanted: None,
            removed: None,
            asked: None,
            sets: WriteRest::default(),
            take_backs: WriteRest::default(),
            quits: false,
            note: None,
            next: None,
        }
    }

    /// See [`MessageIn`].
    pub(crate) fn on(
        &mut self,
        input: MessageIn,
        context: &MessageContext<'_>,
        now: Timestamp,
    ) -> Vec<MessageOut> {
        let mut out = Vec::new();
        self.follow_person(context.person);
        match input {
            MessageIn::Read { message, at } => self.was_read(message, at, now),
            MessageIn::Held(until) => self.was_held(until),
            MessageIn::Wrote => out.extend(self.wrote(now)),
            MessageIn::Failed { kind, not_before } => self.failed(kind, not_before, now),
            MessageIn::Quit => {
                self.quits = true;
                // There is no later moment.
                self.take_backs = WriteRest::default();
            }
            MessageIn::Turn => {}
        }
        self.next = None;
        let want = self.want(context, now);
        self.note = self.note_of(&want, context);
        if let Some(person) = self.person.clone().filter(|_| self.signed_in && self.writing.is_none()) {
            out.extend(self.advance(&person, want, now));
        }
        out
    }

    /// When [`MessageIn::Turn`] is to come at the latest.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.next
    }

    /// Nothing of ours is left in Teams, as far as the last reading knows, or nothing can be done about it.
    pub(crate) fn is_finished(&self) -> bool {
        let may_be_ours = match self.whose() {
            Some(MessageOwner::Ours(_)) => true,
            Some(MessageOwner::Nobodys | MessageOwner::Theirs) => false,
            None => !self.candidates().is_empty(),
        };
        !self.signed_in || (self.writing.is_none() && !may_be_ours)
    }

    /// Why Teams does not show what is wanted, if that is for the person to know.
    pub(crate) fn note(&self) -> Option<MessageNote> {
        self.note
    }

    /// Forgets what is known about another person's message. Without a token nothing is sent.
    fn follow_person(&mut self, person: Option<&ObjectId>) {
        self.signed_in = person.is_some();
        let Some(person) = person.filter(|person| self.person.as_ref() != Some(*person)) else { return };
        self.person = Some(person.clone());
        (self.shown, self.writing, self.settled, self.asked) = (None, None, None, None);
        (self.wanted, self.removed) = (None, None);
        self.taken_back.clear();
    }

    fn want(&mut self, context: &MessageContext<'_>, now: Timestamp) -> WantedMessage {
        let want = WantedMessage::of(context, self.quits);
        match &want {
            WantedMessage::Text(text) => {
                if self.wanted.as_ref().is_none_or(|(wanted, _)| wanted != text) {
                    self.wanted = Some((text.clone(), now));
                }
                self.removed.take_if(|removed| removed != text);
            }
            WantedMessage::Nothing => (self.wanted, self.removed) = (None, None),
            WantedMessage::Leave => {}
        }
        want
    }

    fn note_of(&self, want: &WantedMessage, context: &MessageContext<'_>) -> Option<MessageNote> {
        match (want, self.whose()) {
            (WantedMessage::Text(_), Some(MessageOwner::Theirs)) => Some(MessageNote::Theirs),
            (WantedMessage::Text(_), _) => self.removed.is_some().then_some(MessageNote::Removed),
            (WantedMessage::Nothing | WantedMessage::Leave, _) => {
                let has_none = context.wish == StatusMessage::Number && context.number == KnownText::Nothing;
                has_none.then_some(MessageNote::NoNumber)
            }
        }
    }

    /// The messages of ours that may be in Teams.
    fn candidates(&self) -> &[WrittenMessage] {
        self.person.as_ref().map(|person| self.kept.of(&self.authority, person)).unwrap_or_default()
    }

    fn whose(&self) -> Option<MessageOwner<'_>> {
        let (message, _) = self.shown.as_ref()?;
        let Some(message) = message else { return Some(MessageOwner::Nobodys) };
        let ours = self.candidates().iter().rev().chain(&self.taken_back).find(|written| written.is(message));
        Some(ours.map_or(MessageOwner::Theirs, MessageOwner::Ours))
    }

    fn was_read(&mut self, message: Option<Shown>, at: Timestamp, now: Timestamp) {
        if self.writing.is_some() {
            return;
        }
        self.asked = None;
        if self.settled.is_some_and(|settled| at < settled) {
            return;
        }
        // A message that we took back ourselves disappears too; the person did not remove it.
        let before = match self.whose() {
            Some(MessageOwner::Ours(written)) => {
                Some(written).filter(|it| self.candidates().contains(it)).cloned()
            }
            Some(MessageOwner::Nobodys | MessageOwner::Theirs) | None => None,
        };
        self.shown = Some((message, at));
        match self.whose() {
            Some(MessageOwner::Ours(written)) => {
                let written = written.clone();
                if let Some(person) = &self.person {
                    self.kept.was_seen(&self.authority, person, &written);
                }
                (self.sets.unseen, self.removed) = (0, None);
            }
            Some(MessageOwner::Nobodys) => {
                self.take_backs.unseen = 0;
                // Ours was there and had not lapsed, so the person removed it.
                let taken_away = before.filter(|before| later(now, RENEW_BEFORE) < before.lapses);
                self.removed = taken_away.map(|before| before.text).or(self.removed.take());
            }
            Some(MessageOwner::Theirs) | None => self.take_backs.unseen = 0,
        }
    }

    fn was_held(&mut self, until: Timestamp) {
        match self.writing.take() {
            Some(Writing::Set) => {
                if let Some(person) = &self.person {
                    self.kept.take_last(&self.authority, person);
                }
                self.sets.wait(until);
            }
            Some(Writing::TakeBack) => self.take_backs.wait(until),
            None => {}
        }
    }

    fn wrote(&mut self, now: Timestamp) -> Option<MessageOut> {
        let writing = self.writing.take()?;
        (self.settled, self.asked) = (Some(now), None);
        match writing {
            Writing::Set => {
                self.shown = None;
                None
            }
            Writing::TakeBack => {
                let person = self.person.as_ref()?;
                self.shown = Some((None, now));
                self.taken_back = self.kept.forget(&self.authority, person);
                Some(MessageOut::Keep(self.kept.clone()))
            }
        }
    }

    fn failed(&mut self, kind: Option<ErrorKind>, not_before: Timestamp, now: Timestamp) {
        let Some(writing) = self.writing.take() else { return };
        (self.settled, self.asked, self.shown) = (Some(now), None, None);
        let is_refusal = matches!(kind, Some(ErrorKind::NotAllowed | ErrorKind::Refused));
        self.sets.wait(if is_refusal { later(now, AFTER_REFUSAL).max(not_before) } else { not_before });
        match writing {
            Writing::Set => {}
            Writing::TakeBack => self.take_backs.wait(not_before),
        }
    }

    /// What is done at the end of every input.
    fn advance(&mut self, person: &ObjectId, want: WantedMessage, now: Timestamp) -> Option<MessageOut> {
        let held = self.wanted.as_ref().map_or(now, |(_, since)| later(*since, HOLD));
        let (write, at) = match (want, self.whose()) {
            (WantedMessage::Leave, _)
            | (WantedMessage::Nothing, Some(MessageOwner::Nobodys | MessageOwner::Theirs)) => return None,
            (WantedMessage::Text(_), Some(MessageOwner::Theirs)) => return None,
            (WantedMessage::Nothing, None) => {
                return if self.candidates().is_empty() { None } else { self.look(now) };
            }
            (WantedMessage::Text(_), None) => return self.look(now),
            (WantedMessage::Text(text), Some(MessageOwner::Nobodys)) => {
                if self.removed.is_some() {
                    return None;
                }
                (Some(text), held)
            }
            (WantedMessage::Text(text), Some(MessageOwner::Ours(written))) if written.text == text => {
                (Some(text), written.lapses.checked_sub(RENEW_BEFORE).unwrap_or(now))
            }
            (WantedMessage::Text(text), Some(MessageOwner::Ours(_))) => (Some(text), held),
            (WantedMessage::Nothing, Some(MessageOwner::Ours(_))) => (None, now),
        };
        let rest = if write.is_some() { &self.sets } else { &self.take_backs };
        let at = rest.until.map_or(at, |until| until.max(at));
        if now < at {
            self.next = Some(at);
            return None;
        }
        if self.shown.as_ref().is_none_or(|(_, read)| later(*read, FRESH) < now) {
            return self.look(now);
        }
        Some(self.send(person, write, now))
    }

    /// Asks for a reading, unless one is awaited already.
    fn look(&mut self, now: Timestamp) -> Option<MessageOut> {
        if let Some(again) = self.asked.map(|asked| later(asked, PATIENCE)).filter(|again| now < *again) {
            self.next = Some(again);
            return None;
        }
        self.asked = Some(now);
        self.next = Some(later(now, PATIENCE));
        Some(MessageOut::Read)
    }

    /// Sends this text, or takes ours back.
    fn send(&mut self, person: &ObjectId, text: Option<String>, now: Timestamp) -> MessageOut {
        let write = match text {
            Some(text) => {
                let ends = whole_seconds(later(now, EXPIRY));
                let written = WrittenMessage { text: text.clone(), ends, lapses: ends };
                self.kept.add(&self.authority, person, written, now);
                self.sets.sent(BETWEEN, now);
                self.writing = Some(Writing::Set);
                MessageWrite::Set { text, ends }
            }
            None => {
                self.take_backs.sent(BETWEEN_TAKE_BACKS, now);
                self.writing = Some(Writing::TakeBack);
                MessageWrite::Clear
            }
        };
        MessageOut::Write { write, kept: self.kept.clone() }
    }
}

/// Graph may change the fractions of a second.
fn whole_seconds(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

impl Redate for StatusMessageKeeper {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            authority: _,
            kept,
            person: _,
            signed_in: _,
            shown,
            taken_back: _,
            writing: _,
            settled,
            wanted,
            removed: _,
            asked,
            sets: WriteRest { until: set_at, unseen: _ },
            take_backs: WriteRest { until: take_back_at, unseen: _ },
            quits: _,
            note: _,
            next,
        } = self;
        kept.redate(by);
        if let Some((_, at)) = shown {
            at.redate(by);
        }
        if let Some((_, since)) = wanted {
            since.redate(by);
        }
        for moment in [settled, asked, set_at, take_back_at, next] {
            moment.redate(by);
        }
    }
}

#[cfg(test)]
mod tests;
