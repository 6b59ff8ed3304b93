//! What the page of the CCP window may send, and which origins have their capability. Opens no window.

mod flood;

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use app::{LONGEST_MESSAGE, QueueFull};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use thiserror::Error;
use uuid::Uuid;

use self::flood::{Bucket, Burst};

/// The label of the CCP window, and the only one whose messages are taken.
pub const LABEL: &str = "ccp";

/// Messages that the page may send in a second, and at once.
const MESSAGES_A_SECOND: u32 = 40;

/// Bytes that the page may send in a second, and at once.
const BYTES_A_SECOND: u32 = 4 * 1024 * 1024;

/// Why a message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// From another window.
    #[error("a message for the CCP came from another window and was refused")]
    Window,
    /// Without the token of the current window.
    #[error("a message of the CCP window had the wrong token and was refused")]
    Token,
    /// Too long.
    #[error("a message of the CCP window was longer than {LONGEST_MESSAGE} bytes and was refused")]
    Size,
    /// More messages than a page at work sends.
    #[error("the CCP window sent more than {MESSAGES_A_SECOND} messages a second, and one was refused")]
    TooMany,
    /// More bytes than a page at work sends.
    #[error("the CCP window sent more than {BYTES_A_SECOND} bytes a second, and a message was refused")]
    TooMuch,
    /// The controller has not read what was sent before.
    #[error("a message of the CCP window was refused: {0}")]
    Unread(#[from] QueueFull),
}

/// What is to be done about a refused message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// The first after a quiet time: it is logged.
    Log,
    /// The page goes on without end: its window is closed.
    Close,
    /// One more of a burst that was logged.
    Ignore,
}

/// What the shell remembers of the CCP window.
#[derive(Default)]
pub struct Gate(Mutex<State>);

#[derive(Default)]
struct State {
    /// Random for each window. A frame of the same origin could read it: a hurdle, not a wall.
    token: Option<SecretString>,
    /// Origins that have their capability. None can be taken back while the program runs.
    allowed: HashSet<String>,
    /// The origin that our own page may frame.
    framed: Option<String>,
    messages: Bucket<MESSAGES_A_SECOND>,
    bytes: Bucket<BYTES_A_SECOND>,
    refused: Burst,
}

impl Gate {
    /// Says whether a message that came at `now` is taken. One with the wrong token takes nothing of what the page
    /// may send.
    pub fn check(
        &self,
        label: &str,
        token: SecretString,
        message: &str,
        now: Instant,
    ) -> Result<(), Refused> {
        if label != LABEL {
            return Err(Refused::Window);
        }
        let mut state = self.state();
        let fits = state.token.as_ref().is_some_and(|known| {
            bool::from(known.expose_secret().as_bytes().ct_eq(token.expose_secret().as_bytes()))
        });
        // Dropped here, so that it is wiped before anything is answered.
        drop(token);
        if !fits {
            return Err(Refused::Token);
        }
        if message.len() > LONGEST_MESSAGE {
            return Err(Refused::Size);
        }
        if !state.messages.take(1, now) {
            return Err(Refused::TooMany);
        }
        // Longer than the bucket is deep only if it is longer than any message may be.
        let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
        if state.bytes.take(length, now) { Ok(()) } else { Err(Refused::TooMuch) }
    }

    /// Counts a message that was refused at `now`.
    pub fn complain(&self, now: Instant) -> Complaint {
        self.state().refused.add(now)
    }

    /// The origin that our own page may frame; None before there is a window.
    pub fn framed(&self) -> Option<String> {
        self.state().framed.clone()
    }

    /// The only origin that our own page may frame from now on.
    pub fn frame(&self, instance: String) {
        self.state().framed = Some(instance);
    }

    /// The id of a new capability for this origin; none if it has one already.
    pub fn missing_capability(&self, origin: &str) -> Option<String> {
        let state = self.state();
        (!state.allowed.contains(origin)).then(|| format!("ccp-{}", state.allowed.len()))
    }

    /// This origin has its capability now.
    pub fn allowed(&self, origin: String) {
        self.state().allowed.insert(origin);
    }

    /// A new window, whose messages carry this token.
    pub fn renew(&self) -> SecretString {
        let token = SecretString::from(format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()));
        let mut state = self.state();
        state.token = Some(token.clone());
        // What the last window did wrong is not held against this one.
        state.refused = Burst::default();
        drop(state);
        token
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_the_current_window_with_its_token_is_heard() {
        let (gate, now) = (Gate::default(), Instant::now());
        let early = gate.check(LABEL, "".into(), "{}", now);
        assert_eq!(early, Err(Refused::Token), "before there is a window");
        let old = gate.renew();
        let token = gate.renew();
        assert_eq!(gate.check(LABEL, token.clone(), "{}", now), Ok(()));
        assert_eq!(gate.check(LABEL, old, "{}", now), Err(Refused::Token));
        assert_eq!(gate.check("connect-login", token, "{}", now), Err(Refused::Window));
    }

    #[test]
    fn a_message_has_a_limit() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        assert_eq!(gate.check(LABEL, token.clone(), &"x".repeat(LONGEST_MESSAGE), now), Ok(()));
        let longer = "x".repeat(LONGEST_MESSAGE + 1);
        assert_eq!(gate.check(LABEL, token, &longer, now), Err(Refused::Size));
    }

    #[test]
    fn a_flood_of_messages_ends_at_the_gate_and_the_next_second_is_open() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        let answers: Vec<_> = (0..100).map(|_| gate.check(LABEL, token.clone(), "{}", now)).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 40);
        assert_eq!(answers.last(), Some(&Err(Refused::TooMany)));
        assert_eq!(gate.check(LABEL, token, "{}", now + Duration::from_secs(1)), Ok(()));
    }

    #[test]
    fn a_flood_of_bytes_ends_at_the_gate() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        let long = "x".repeat(LONGEST_MESSAGE);
        let answers: Vec<_> = (0..40).map(|_| gate.check(LABEL, token.clone(), &long, now)).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 16);
        assert_eq!(answers.last(), Some(&Err(Refused::TooMuch)));
    }

    #[test]
    fn messages_with_the_wrong_token_leave_room_for_those_of_the_page() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        for _ in 0..1_000 {
            assert_eq!(gate.check(LABEL, "guessed".into(), "{}", now), Err(Refused::Token));
        }
        assert_eq!(gate.check(LABEL, token, "{}", now), Ok(()));
    }

    #[test]
    fn a_new_window_begins_without_the_refusals_of_the_last_one() {
        let (gate, now) = (Gate::default(), Instant::now());
        gate.renew();
        while gate.complain(now) != Complaint::Close {}
        gate.renew();
        assert_eq!(gate.complain(now), Complaint::Log);
    }
}
