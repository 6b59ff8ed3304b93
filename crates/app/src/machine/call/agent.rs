//! What the session knows of the agent's side of a call. The rules are those of `people`; nothing is decided here.

use connect::{AgentError, Call};
use people::{CallingAgent, VoiceLine};
use presence::connect::Activity;

/// What is known of the agent's side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AgentFacts<'a> {
    /// The agent's voice contacts; none while the session is not live.
    pub(crate) calls: Option<&'a [Call]>,
    /// The agent has the permission to call out.
    pub(crate) outbound: bool,
    /// The codes of the countries that the instance dials; empty if they are not known.
    pub(crate) countries: &'a [String],
    /// The agent's sound comes from a softphone.
    pub(crate) softphone: bool,
    /// What went wrong with the agent's last call, while Connect shows that.
    pub(crate) error: Option<AgentError>,
}

/// What may explain why a call failed.
#[derive(Debug, Clone, Copy)]
pub(super) struct AgentSide {
    pub(super) softphone: bool,
    pub(super) error: Option<AgentError>,
}

impl<'a> AgentFacts<'a> {
    pub(super) fn side(&self) -> AgentSide {
        AgentSide { softphone: self.softphone, error: self.error }
    }

    /// The same in the form that the rules need. `call_under_way` is a call of ours that may have no contact yet.
    pub(crate) fn caller(&self, call_under_way: bool) -> CallingAgent<'a> {
        let calls = self.calls.unwrap_or_default();
        let is_offered = |call: &Call| match call.activity {
            Activity::Incoming | Activity::CallbackOffered => true,
            Activity::Dialling
            | Activity::Connected
            | Activity::OnHold
            | Activity::AfterContactWork
            | Activity::Missed
            | Activity::Rejected
            | Activity::Error => false,
        };
        let line = if call_under_way || calls.iter().any(|call| call.activity.is_live()) {
            VoiceLine::InUse
        } else if calls.iter().any(is_offered) {
            VoiceLine::Ringing
        } else {
            VoiceLine::Free
        };
        CallingAgent {
            connect_live: self.calls.is_some(),
            outbound_permission: self.outbound,
            countries: self.countries,
            line,
        }
    }
}
