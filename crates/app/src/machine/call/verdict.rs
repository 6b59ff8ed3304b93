//! Whether each of a person's numbers may be called now: asked once for a person, for the list and for a click alike.
//! The rules are those of `people`; nothing is decided here.

use connect::Call;
use people::{CallContext, Entry, Refusal, Verdict, may_call};

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
}

/// One verdict for each of the person's numbers. `call_under_way` is a call of ours that has no contact yet.
pub(crate) fn verdicts(
    entry: &Entry,
    agent: &AgentFacts<'_>,
    call_under_way: bool,
    asked: bool,
) -> Vec<Verdict> {
    // A state that is too old says nothing about Do not disturb now.
    let teams = entry.teams().filter(|_| entry.last_seen().is_none());
    let on_a_call = agent.calls.unwrap_or_default().iter().any(|call| call.activity.is_live());
    let judge = |number| {
        may_call(&CallContext {
            connect_live: agent.calls.is_some(),
            outbound_permission: agent.outbound,
            countries: agent.countries,
            live_voice_contact: on_a_call || call_under_way,
            number: Some(number),
            teams,
            teams_since: entry.since(),
            asked,
        })
    };
    entry.numbers().iter().map(|number| judge(&number.dialable)).collect()
}

/// Why none of the numbers can be called; none if one can.
pub(crate) fn refusal_of_all(verdicts: &[Verdict]) -> Option<Refusal> {
    let mut first = None;
    for verdict in verdicts {
        match verdict {
            Verdict::Go | Verdict::Ask { .. } => return None,
            Verdict::Refused(refusal) => first = first.or(Some(refusal)),
        }
    }
    Some(first.cloned().unwrap_or(Refusal::NoNumber))
}
