//! Turns a failure of the page to dial, or an error of the agent, into the reason why there is no call.

use connect::{AgentError, Call, Failure};
use people::CallRefusal;
use presence::connect::Activity;
use view::facts::CallFailure;

/// The page did not dial. `calls` are the agent's: they show the state in which Connect does not dial.
pub(super) fn of_dial(failure: Failure, calls: &[Call]) -> CallFailure {
    match failure {
        Failure::BadNumber => CallFailure::CannotDial,
        Failure::NumberNotAllowed => CallFailure::NumberNotAllowed,
        Failure::WrongState => of_state(calls),
        Failure::Limit => CallFailure::Limit,
        Failure::NotAllowed => CallFailure::Refused(CallRefusal::NoPermission),
        Failure::NoAgent | Failure::LoggedOut => CallFailure::Refused(CallRefusal::NotLoggedIn),
        Failure::Invalid => CallFailure::Invalid,
        Failure::NoQueue | Failure::NotFound => CallFailure::NoQueue,
        Failure::Unavailable => CallFailure::Unavailable,
        Failure::Refused => CallFailure::RefusedByConnect,
        Failure::Stale | Failure::TimedOut => CallFailure::NotTaken,
    }
}

fn of_state(calls: &[Call]) -> CallFailure {
    let has = |is: fn(Activity) -> bool| calls.iter().any(|call| is(call.activity));
    if has(|activity| activity.is_live()) {
        CallFailure::Refused(CallRefusal::OnACall)
    } else if has(|activity| matches!(activity, Activity::Incoming | Activity::CallbackOffered)) {
        CallFailure::Refused(CallRefusal::Ringing)
    } else if has(|activity| activity == Activity::AfterContactWork) {
        CallFailure::AfterContactWork
    } else if has(|activity| matches!(activity, Activity::Missed | Activity::Rejected | Activity::Error)) {
        CallFailure::NotCleared
    } else {
        CallFailure::WrongState
    }
}

/// What an error of the agent says about a call that the agent dialled; none if it says nothing. A softphone's sound
/// is carried by ConnectPath, a desk phone rings by itself.
pub(super) fn of_error(error: AgentError, softphone: bool) -> Option<CallFailure> {
    let by_phone = |desk| if softphone { CallFailure::NoSound } else { desk };
    Some(match error {
        AgentError::LineEngagedCustomer => CallFailure::LineBusy,
        AgentError::MissedCallCustomer => CallFailure::NoAnswer,
        AgentError::FailedConnectCustomer => CallFailure::NotReached,
        AgentError::BadAddressCustomer => CallFailure::CannotDial,
        AgentError::LineEngagedAgent => CallFailure::OwnLineBusy,
        AgentError::MissedCallAgent => by_phone(CallFailure::OwnPhoneNotAnswered),
        AgentError::FailedConnectAgent | AgentError::BadAddressAgent => {
            by_phone(CallFailure::OwnPhoneNotReached)
        }
        AgentError::MultipleCcpWindows => CallFailure::TwoWindows,
        AgentError::RealtimeCommunicationError => CallFailure::SoundFailed,
        AgentError::AgentHungUp | AgentError::Other => return None,
    })
}
