//! Checks what the page of the CCP window sends, and remembers which origins have their capability. It must not open or
//! close a window.

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

/// The label of the CCP window, the only window whose messages are accepted.
pub const LABEL: &str = "ccp";

/// The number of messages that the page may send in a second, also all at once.
const MESSAGES_A_SECOND: u32 = 40;

/// The number of bytes that the page may send in a second, also all at once.
const BYTES_A_SECOND: u32 = 4 * 1024 * 1024;

/// Why a message is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// It came from another window.
    #[error("a message for the CCP came from another window and was refused")]
    Window,
    /// It did not have the token of the current window.
    #[error("a message of the CCP window had the wrong token and was refused")]
    Token,
    /// It was too long.
    #[error("a message of the CCP window was longer than {LONGEST_MESSAGE} bytes and was refused")]
    Size,
    /// The page sent more messages than it needs to.
    #[error("the CCP window sent more than {MESSAGES_A_SECOND} messages a second, and one was refused")]
    TooMany,
    /// The page sent more bytes than it needs to.
    #[error("the CCP window sent more than {BYTES_A_SECOND} bytes a second, and a message was refused")]
    TooMuch,
    /// The controller has not read the earlier messages yet.
    #[error("a message of the CCP window was refused: {0}")]
    Unread(#[from] QueueFull),
}

/// How the shell reacts to a refused message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// The first after a quiet time is logged.
    Log,
    /// The page continues to send, so its window is closed.
    Close,
    /// A further one of a burst is ignored.
    Ignore,
}

/// What the shell remembers of the CCP window.
#[derive(Default)]
pub struct Gate(Mutex<State>);

#[derive(Default)]
struct State {
    /// Random for each window. A frame of the same origin could read it, so it is no complete protection.
    token: Option<SecretString>,
    /// The origins that have their capability. A capability cannot be removed while the program runs.
    with_capability: HashSet<String>,
    /// The origin that our own page may frame.
    framed: Option<String>,
    messages: Bucket<MESSAGES_A_SECOND>,
    bytes: Bucket<BYTES_A_SECOND>,
    refused: Burst,
}

impl Gate {
    /// Checks a message that came at `now`. A message with the wrong token does not count against the page's limits.
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
        let has_token = state.token.as_ref().is_some_and(|known| {
            bool::from(known.expose_secret().as_bytes().ct_eq(token.expose_secret().as_bytes()))
        });
        // Dropped here, so that it is wiped before the answer.
        drop(token);
        if !has_token {
            return Err(Refused::Token);
        }
        if message.len() > LONGEST_MESSAGE {
            return Err(Refused::Size);
        }
        if !state.messages.take(1, now) {
            return Err(Refused::TooMany);
        }
        // Cannot fail: the message is not longer than `LONGEST_MESSAGE`.
        let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
        if state.bytes.take(length, now) { Ok(()) } else { Err(Refused::TooMuch) }
    }

    /// Counts a message that was refused at `now`.
    pub fn count_refusal(&self, now: Instant) -> Reaction {
        self.state().refused.add(now)
    }

    /// The origin that our own page may frame. None before there is a window.
    pub fn framed(&self) -> Option<String> {
        self.state().framed.clone()
    }

    /// Sets the only origin that our own page may frame from now on.
    pub fn set_framed(&self, instance: String) {
        self.state().framed = Some(instance);
    }

    /// The id for a new capability of this origin. None if the origin has its capability already.
    pub fn missing_capability(&self, origin: &str) -> Option<String> {
        let state = self.state();
        (!state.with_capability.contains(origin)).then(|| format!("ccp-{}", state.with_capability.len()))
    }

    /// Remembers that this origin has its capability.
    pub fn remember_capability(&self, origin: String) {
        self.state().with_capability.insert(origin);
    }

    /// Creates the token of a new window, and forgets the refusals of the last one.
    pub fn renew_token(&self) -> SecretString {
        let token = SecretString::from(format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()));
        let mut state = self.state();
        state.token = Some(token.clone());
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
    fn only_messages_with_the_token_of_the_current_window_are_accepted() {
        let (gate, now) = (Gate::default(), Instant::now());
        let early = gate.check(LABEL, "".into(), "{}", now);
        assert_eq!(early, Err(Refused::Token), "before there is a window");
        let old = gate.renew_token();
        let token = gate.renew_token();
        assert_eq!(gate.check(LABEL, token.clone(), "{}", now), Ok(()));
        assert_eq!(gate.check(LABEL, old, "{}", now), Err(Refused::Token));
        assert_eq!(gate.check("connect-login", token, "{}", now), Err(Refused::Window));
    }

    #[test]
    fn a_message_has_a_longest_length() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew_token();
        assert_eq!(gate.check(LABEL, token.clone(), &"x".repeat(LONGEST_MESSAGE), now), Ok(()));
        let longer = "x".repeat(LONGEST_MESSAGE + 1);
        assert_eq!(gate.check(LABEL, token, &longer, now), Err(Refused::Size));
    }

    #[test]
    fn a_flood_of_messages_is_refused_and_the_next_second_has_its_own_messages() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew_token();
        let answers: Vec<_> = (0..100).map(|_| gate.check(LABEL, token.clone(), "{}", now)).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 40);
        assert_eq!(answers.last(), Some(&Err(Refused::TooMany)));
        assert_eq!(gate.check(LABEL, token, "{}", now + Duration::from_secs(1)), Ok(()));
    }

    #[test]
    fn a_flood_of_bytes_is_refused() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew_token();
        let long = "x".repeat(LONGEST_MESSAGE);
        let answers: Vec<_> = (0..40).map(|_| gate.check(LABEL, token.clone(), &long, now)).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 16);
        assert_eq!(answers.last(), Some(&Err(Refused::TooMuch)));
    }

    #[test]
    fn messages_with_the_wrong_token_do_not_count_against_the_page() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew_token();
        for _ in 0..1_000 {
            assert_eq!(gate.check(LABEL, "guessed".into(), "{}", now), Err(Refused::Token));
        }
        assert_eq!(gate.check(LABEL, token, "{}", now), Ok(()));
    }

    #[test]
    fn a_new_window_starts_without_the_refusals_of_the_last_one() {
        let (gate, now) = (Gate::default(), Instant::now());
        gate.renew_token();
        while gate.count_refusal(now) != Reaction::Close {}
        gate.renew_token();
        assert_eq!(gate.count_refusal(now), Reaction::Log);
    }
}
