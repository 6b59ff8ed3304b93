//! Why the page did not dial, as a reason why there is no call.

use connect::Failure;
use people::Refusal;
use view::facts::CallFailure;

/// The page did not dial.
pub(super) fn of_dial(failure: Failure) -> CallFailure {
    match failure {
        Failure::BadNumber => CallFailure::NotReached,
        Failure::Stale | Failure::TimedOut => CallFailure::NotTaken,
        Failure::NoAgent => CallFailure::Refused(Refusal::NotLoggedIn),
        Failure::Refused(words) => CallFailure::RefusedByConnect(words),
    }
}
