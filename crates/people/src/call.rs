//! Whether the agent may call a colleague now, and if not, why.
//!
//! Pure: decides from what is handed in, and dials nothing.

use jiff::Timestamp;
use presence::teams::{Availability, TeamsState};

use crate::{Country, Dialable, Entry, NotDialable, Reason, country::is_code_of};

/// Everything that a call depends on.
#[derive(Debug, Clone, Copy)]
pub struct CallContext<'a> {
    /// Connect reports the agent's state at the moment.
    pub connect_live: bool,
    /// The agent has the permission to call out.
    pub outbound_permission: bool,
    /// The codes of the countries that the instance dials, in any case; empty if they are not known.
    pub countries: &'a [String],
    /// What occupies the agent's line.
    pub line: Line,
    /// The number; none if the person has none.
    pub number: Option<&'a Result<Dialable, NotDialable>>,
    /// What was last read of the person in Teams.
    pub teams: Option<&'a TeamsState>,
    /// Since when that applies.
    pub teams_since: Option<Timestamp>,
    /// The agent was asked about Do not disturb and calls all the same.
    pub asked: bool,
}

/// What occupies the agent's line: Connect places no call beside another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Free,
    /// A voice contact is offered to the agent.
    Rings,
    /// A voice contact is being dialled, connected or on hold.
    Taken,
}

/// Whether to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Dial.
    Go,
    /// Ask first: the person is in Do not disturb.
    Ask {
        /// Since when; none if nobody knows.
        since: Option<Timestamp>,
    },
    /// Do not dial.
    Refused(Refusal),
}

/// Why a call is refused: a sentence each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The directory has no number.
    NoNumber,
    /// The number cannot be dialled.
    NotDialable {
        /// As it is written.
        number: String,
        /// Why.
        reason: Reason,
    },
    /// Connect is not logged in, or its state is not known.
    NotLoggedIn,
    /// The agent may not call out.
    NoPermission,
    /// The instance does not dial that country.
    Country {
        /// The country.
        country: Country,
        /// The code at the beginning of its numbers, with the plus: "+44".
        code: String,
    },
    /// A call rings at the agent.
    Rings,
    /// The agent is on a call.
    OnACall,
}

/// What is known of the agent who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller<'a> {
    /// See [`CallContext::connect_live`].
    pub connect_live: bool,
    /// See [`CallContext::outbound_permission`].
    pub outbound_permission: bool,
    /// See [`CallContext::countries`].
    pub countries: &'a [String],
    /// See [`CallContext::line`].
    pub line: Line,
}

/// One verdict for each number of this person, in their order. `asked` is [`CallContext::asked`].
#[must_use]
pub fn verdicts(entry: &Entry, caller: &Caller<'_>, asked: bool) -> Vec<Verdict> {
    // A state that is too old says nothing about Do not disturb now.
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
            asked,
        })
    };
    entry.numbers().iter().map(|number| judge(&number.dialable)).collect()
}

/// Why none of the numbers can be called; none if one can.
#[must_use]
pub fn refusal_of_all(verdicts: &[Verdict]) -> Option<Refusal> {
    let mut first = None;
    for verdict in verdicts {
        match verdict {
            Verdict::Go | Verdict::Ask { .. } => return None,
            Verdict::Refused(refusal) => first = first.or(Some(refusal)),
        }
    }
    Some(first.cloned().unwrap_or(Refusal::NoNumber))
}

/// Decides. What cannot change comes first, so that the reason given is the one that lasts longest.
#[must_use]
pub fn may_call(context: &CallContext<'_>) -> Verdict {
    let number = match context.number {
        None => return Verdict::Refused(Refusal::NoNumber),
        Some(Err(NotDialable { number, reason })) => {
            return Verdict::Refused(Refusal::NotDialable { number: number.clone(), reason: *reason });
        }
        Some(Ok(number)) => number,
    };
    if !context.connect_live {
        return Verdict::Refused(Refusal::NotLoggedIn);
    }
    if !context.outbound_permission {
        return Verdict::Refused(Refusal::NoPermission);
    }
    if let Some(country) = number.country
        && !context.countries.is_empty()
        && !context.countries.iter().any(|code| is_code_of(code, country))
    {
        return Verdict::Refused(Refusal::Country { country, code: number.country_code().to_owned() });
    }
    match context.line {
        Line::Free => {}
        Line::Rings => return Verdict::Refused(Refusal::Rings),
        Line::Taken => return Verdict::Refused(Refusal::OnACall),
    }
    let disturbs = context.teams.is_some_and(|state| state.availability == Availability::DoNotDisturb);
    if disturbs && !context.asked { Verdict::Ask { since: context.teams_since } } else { Verdict::Go }
}
