//! Whether the agent may call a colleague now, and if not, why.
//!
//! Pure: it decides from its arguments, and dials nothing.

use jiff::Timestamp;
use presence::teams::{Availability, TeamsState};

use crate::{Country, Dialable, Entry, NotDialable, NumberFault, country::is_code_of};

/// Everything that a call depends on.
#[derive(Debug, Clone, Copy)]
pub struct CallContext<'a> {
    /// True while Connect reports the agent's state.
    pub connect_live: bool,
    /// True if the agent may make outbound calls.
    pub outbound_permission: bool,
    /// The codes of the countries that the instance can call, in any case; empty if they are not known.
    pub countries: &'a [String],
    /// What occupies the agent's line.
    pub line: VoiceLine,
    /// The number; none if the person has none.
    pub number: Option<&'a Result<Dialable, NotDialable>>,
    /// The last presence of the person in Teams.
    pub teams: Option<&'a TeamsState>,
    /// Since when they have that presence.
    pub teams_since: Option<Timestamp>,
    /// True if the agent has confirmed the call despite Do not disturb.
    pub confirmed: bool,
}

/// What occupies the agent's line: Connect places no call beside another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoiceLine {
    /// The line is free.
    Free,
    /// A voice contact is offered to the agent.
    Ringing,
    /// A voice contact is being dialled, connected or on hold.
    InUse,
}

/// Whether a number may be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Dial.
    Go,
    /// Ask first: the person is in Do not disturb.
    Ask {
        /// Since when; none if that is not known.
        since: Option<Timestamp>,
    },
    /// Do not dial.
    Refused(CallRefusal),
}

/// Why a call is refused. Each reason has its own sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallRefusal {
    /// The directory has no number.
    NoNumber,
    /// The number cannot be dialled.
    NotDialable {
        /// The number as it is written.
        number: String,
        /// Why.
        reason: NumberFault,
    },
    /// Connect is not logged in, or its state is not known.
    NotLoggedIn,
    /// The agent may not make outbound calls.
    NoPermission,
    /// The instance does not call that country.
    Country {
        /// The country.
        country: Country,
        /// The code at the beginning of its numbers, with the plus: "+44".
        code: String,
    },
    /// A call is ringing for the agent.
    Ringing,
    /// The agent is on a call.
    OnACall,
}

/// The agent who calls, as far as the decision needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallingAgent<'a> {
    /// See [`CallContext::connect_live`].
    pub connect_live: bool,
    /// See [`CallContext::outbound_permission`].
    pub outbound_permission: bool,
    /// See [`CallContext::countries`].
    pub countries: &'a [String],
    /// See [`CallContext::line`].
    pub line: VoiceLine,
}

/// One verdict for each number of this person, in their order. `confirmed`: see [`CallContext::confirmed`].
#[must_use]
pub fn verdicts(entry: &Entry, caller: &CallingAgent<'_>, confirmed: bool) -> Vec<Verdict> {
    // An expired state says nothing about the current one.
    let teams = entry.teams().filter(|_| entry.last_seen().is_none());
    let judge = |number| {
        may_call(&CallContext {
            connect_live: caller.connect_live,
            outbound_permission: caller.outbound_permission,
            countries: caller.countries,
            line: caller.line,
            number: Some(number),
            teams,
            teams_since: entry.since(),
            confirmed,
        })
    };
    entry.numbers().iter().map(|number| judge(&number.dialable)).collect()
}

/// The first reason if no number can be called; none if one can.
#[must_use]
pub fn refusal_of_all(verdicts: &[Verdict]) -> Option<CallRefusal> {
    let mut first = None;
    for verdict in verdicts {
        match verdict {
            Verdict::Go | Verdict::Ask { .. } => return None,
            Verdict::Refused(refusal) => first = first.or(Some(refusal)),
        }
    }
    Some(first.cloned().unwrap_or(CallRefusal::NoNumber))
}

/// Decides whether a number may be called. What cannot change is checked first, so that the reason given lasts longest.
#[must_use]
pub fn may_call(context: &CallContext<'_>) -> Verdict {
    let number = match context.number {
        None => return Verdict::Refused(CallRefusal::NoNumber),
        Some(Err(NotDialable { number, reason })) => {
            return Verdict::Refused(CallRefusal::NotDialable { number: number.clone(), reason: *reason });
        }
        Some(Ok(number)) => number,
    };
    if !context.connect_live {
        return Verdict::Refused(CallRefusal::NotLoggedIn);
    }
    if !context.outbound_permission {
        return Verdict::Refused(CallRefusal::NoPermission);
    }
    if let Some(country) = number.country
        && !context.countries.is_empty()
        && !context.countries.iter().any(|code| is_code_of(code, country))
    {
        return Verdict::Refused(CallRefusal::Country { country, code: number.country_code().to_owned() });
    }
    match context.line {
        VoiceLine::Free => {}
        VoiceLine::Ringing => return Verdict::Refused(CallRefusal::Ringing),
        VoiceLine::InUse => return Verdict::Refused(CallRefusal::OnACall),
    }
    let do_not_disturb = context.teams.is_some_and(|state| state.availability == Availability::DoNotDisturb);
    if do_not_disturb && !context.confirmed {
        Verdict::Ask { since: context.teams_since }
    } else {
        Verdict::Go
    }
}
