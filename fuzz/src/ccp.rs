//! Messages of the CCP window, one a line, a second apart. The first byte chooses whose page carries the CCP.

use connect::{Phase, Session};
use jiff::{SignedDuration, Timestamp};
use presence::connect::Hosting;

use crate::{choice, text};

const FIRST: i64 = 1_790_000_000;

pub(crate) fn run(bytes: &[u8]) {
    let Some((first, rest)) = choice(bytes) else { return };
    let Some(messages) = text(rest) else { return };
    let hosting = if first % 2 == 0 { Hosting::SameOrigin } else { Hosting::ApprovedOrigin };
    let mut now = Timestamp::new(FIRST, 0).expect("a moment");
    let mut session = Session::new(hosting, now);
    drop(session.window_opened(now));
    for message in messages.lines() {
        now += SignedDuration::from_secs(1);
        let before = seen(&session);
        if session.take(message, now).is_err() {
            assert_eq!(before, seen(&session), "a refused message changed something");
        }
        let is_live = *session.phase() == Phase::Live;
        assert_eq!(
            session.snapshot().is_some(),
            is_live,
            "a state without a session, or the other way round"
        );
        assert!(is_live || session.calls().is_empty(), "a call without a session");
        assert!(comes_to_rest(&mut session, now), "something is due again as soon as it is done");
    }
}

/// Whether nothing more is due after a few times.
fn comes_to_rest(session: &mut Session, now: Timestamp) -> bool {
    (0..4).any(|_| {
        drop(session.due(now));
        session.deadline().is_none_or(|at| at > now)
    })
}

/// What others see of it.
fn seen(session: &Session) -> impl PartialEq + std::fmt::Debug + use<> {
    (*session.phase(), session.snapshot().cloned(), session.calls().to_vec(), session.agent().cloned())
}
