//! Tests of the outbound call, in virtual time.

mod digits;
mod laws;
mod lost;
mod over;
mod reasons;
mod stages;

use connect::{AgentError, Call, Failure, Inbound};
use jiff::{SignedDuration, Timestamp};
use people::{Roster, VoiceLine};
use presence::{
    connect::{Activity, ContactId},
    identity::ObjectId,
    teams::{Availability, TeamsState},
};
use view::facts::{CallProgress, DigitsFacts};

use super::*;
use crate::fixture::{Deadlines, person};

const NUMBER: &str = "+441632960029";
const OTHER: &str = "+441632960030";

/// A machine and its context.
#[derive(Debug)]
struct Bench {
    call: OutboundCall,
    roster: Roster,
    calls: Option<Vec<Call>>,
    softphone: bool,
    error: Option<AgentError>,
    now: Timestamp,
    /// The calls that are over, which order nothing.
    over: Vec<DialOver>,
}

impl Bench {
    /// Anna with two numbers, the second one with an extension; Hiro in Do not disturb. The session is live.
    fn new() -> Self {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
        let mut roster = Roster::new(None, None);
        let anna = person("anna", "anna", &["+44 1632 960029", "+44 1632 960030;ext=4025"]);
        roster.replace_all(vec![anna, person("hiro", "hiro", &["+44 1632 960032"])], now);
        let disturbs = TeamsState::plain(Availability::DoNotDisturb);
        let until = now + SignedDuration::from_mins(10);
        roster.set_teams(&ObjectId::new("hiro"), disturbs, now, until);
        Self {
            call: OutboundCall::default(),
            roster,
            calls: Some(Vec::new()),
            softphone: false,
            error: None,
            now,
            over: Vec::new(),
        }
    }

    fn on(&mut self, input: CallIn) -> Vec<CallOut> {
        let agent = AgentFacts {
            calls: self.calls.as_deref(),
            outbound: true,
            countries: &[],
            softphone: self.softphone,
            error: self.error,
        };
        let mut outs = self.call.on(input, &CallContext { roster: &self.roster, agent }, self.now);
        outs.retain(|out| match out {
            CallOut::Over(over) => {
                self.over.push(over.clone());
                false
            }
            CallOut::Dial { .. } | CallOut::HangUp { .. } | CallOut::SendDigits { .. } => true,
        });
        outs
    }

    /// Dials Anna's first number; nothing prevents it.
    fn dialled() -> (Self, u64) {
        let mut bench = Self::new();
        let order = bench.dial(NUMBER, None);
        (bench, order)
    }

    fn dial(&mut self, number: &str, digits: Option<&str>) -> u64 {
        let [CallOut::Dial { order, number: dialled }] = &self.on(place("anna", number, digits))[..] else {
            panic!("not dialled: {:?}", self.call);
        };
        assert_eq!(dialled, number);
        *order
    }

    fn taken(&mut self, order: u64) -> Vec<CallOut> {
        self.on(CallIn::DialAnswered { order, failure: None })
    }

    fn dial_fails(&mut self, order: u64, failure: Failure) -> Vec<CallOut> {
        self.on(CallIn::DialAnswered { order, failure: Some(failure) })
    }

    fn shows(&mut self, calls: Vec<Call>) -> Vec<CallOut> {
        self.calls = Some(calls);
        self.on(CallIn::Calls)
    }

    fn loses_session(&mut self) {
        self.calls = None;
        assert_eq!(self.on(CallIn::SessionLost), []);
    }

    /// Lets time pass, deadline by deadline.
    fn wait(&mut self, seconds: i64) {
        let end = self.now + SignedDuration::from_secs(seconds);
        let mut deadlines = Deadlines::new();
        while let Some(at) = deadlines.next(self.call.deadline(), end) {
            assert!(at >= self.now, "a deadline in the past: {:?}", self.call);
            self.now = at;
            assert_eq!(self.on(CallIn::Due), []);
            assert!(self.call.deadline().is_none_or(|next| next > at), "no progress: {:?}", self.call);
        }
        self.now = end;
    }

    fn pass_ms(&mut self, ms: i64) {
        self.now += SignedDuration::from_millis(ms);
    }

    fn progress(&self) -> Option<CallProgress<'_>> {
        self.call.shown().map(|shown| shown.progress)
    }

    fn is_hanging_up(&self) -> bool {
        self.call.shown().is_some_and(|shown| shown.is_hanging_up)
    }

    fn failed(&self) -> Option<&CallFailure> {
        let CallProgress::Failed(reason) = self.call.shown()?.progress else { return None };
        Some(reason)
    }

    fn is_over(&self) -> bool {
        matches!(self.progress(), Some(CallProgress::Over { .. }))
    }

    /// A call that rings, with its contact.
    fn ringing() -> Self {
        let (mut bench, order) = Self::dialled();
        bench.taken(order);
        bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
        assert!(matches!(bench.progress(), Some(CallProgress::Ringing { .. })));
        bench
    }
}

fn place(person: &str, number: &str, digits: Option<&str>) -> CallIn {
    let number = ShownNumber { e164: number.to_owned(), digits: digits.map(str::to_owned) };
    CallIn::Place { person: PersonId::Entra(ObjectId::new(person)), number }
}

fn outbound(id: &str, activity: Activity, number: &str) -> Call {
    Call {
        contact: ContactId::new(id),
        outbound: true,
        number: Some(number.to_owned()),
        activity,
        since: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000),
        inbound: None,
    }
}

fn inbound(id: &str, activity: Activity, number: &str) -> Call {
    Call { outbound: false, inbound: Some(Inbound::default()), ..outbound(id, activity, number) }
}

fn hangs_up(outs: &[CallOut], contact: &str) -> u64 {
    match outs {
        [CallOut::HangUp { order, contact: hung_up }] if hung_up.as_str() == contact => *order,
        _ => panic!("{contact} is not hung up: {outs:?}"),
    }
}
