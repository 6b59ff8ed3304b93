//! Tests of calls that come in, in virtual time.

mod callers;
mod laws;
mod missed;

use connect::{FlowCaller, Inbound, Reached};
use people::{CallingAgent, PersonId, VoiceLine};
use presence::identity::ObjectId;
use view::facts::{CallBackFacts, WhoCalls};

use super::*;
use crate::{
    fixture::{Deadlines, person},
    machine::recent::CallOver,
};

const GRACE: &str = "+441632960021";
const SHARED: &str = "+441632960055";
const CUSTOMER: &str = "+12065550119";

/// A machine and its context.
#[derive(Debug)]
struct Bench {
    incoming: IncomingCalls,
    roster: Roster,
    calls: Option<Vec<Call>>,
    is_busy: bool,
    may_call_out: bool,
    agent: &'static str,
    now: Timestamp,
}

impl Bench {
    /// Grace, who has a second number; Lena and Omar, who share one; the session is live.
    fn new() -> Self {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
        let mut roster = Roster::new(None, None);
        let people = vec![
            person("grace", "Grace Holloway", &["+44 1632 960020;ext=4021", "+44 1632 960021"]),
            person("lena", "Lena Fischer", &["+44 (0)1632 960055"]),
            person("omar", "Omar Haddad", &["+44 1632 960055"]),
            person("mute", "Mu Te", &[]),
        ];
        roster.replace_all(people, now);
        Self {
            incoming: IncomingCalls::default(),
            roster,
            calls: Some(Vec::new()),
            is_busy: false,
            may_call_out: true,
            agent: "priya",
            now,
        }
    }

    fn on(&mut self, input: IncomingIn) -> Vec<IncomingOut> {
        let context = IncomingContext {
            roster: &self.roster,
            agent: Some(self.agent),
            calls: self.calls.as_deref(),
            caller: CallingAgent {
                connect_live: self.calls.is_some(),
                outbound_permission: self.may_call_out,
                countries: &[],
                line: if self.is_busy { VoiceLine::InUse } else { VoiceLine::Free },
            },
        };
        self.incoming.on(input, &context, self.now)
    }

    fn shows(&mut self, calls: Vec<Call>) -> Vec<IncomingOut> {
        self.calls = Some(calls);
        self.on(IncomingIn::Calls)
    }

    fn loses_session(&mut self) -> Vec<IncomingOut> {
        self.calls = None;
        self.on(IncomingIn::SessionLost)
    }

    fn wait(&mut self, seconds: i64) -> Vec<IncomingOut> {
        let end = self.now + SignedDuration::from_secs(seconds);
        let mut outs = Vec::new();
        let mut deadlines = Deadlines::new();
        while let Some(at) = deadlines.next(self.incoming.deadline(), end) {
            self.now = at;
            outs.extend(self.on(IncomingIn::Due));
            assert!(
                self.incoming.deadline().is_none_or(|next| next > at),
                "no progress: {:?}",
                self.incoming
            );
        }
        self.now = end;
        outs
    }

    /// Who calls, and whether it was answered, the first one first.
    fn current(&self) -> Vec<(String, bool)> {
        let calls = self.incoming.current(&self.roster);
        calls.iter().map(|call| (name(&call.who), call.answered.is_some())).collect()
    }

    fn missed(&self) -> Vec<(String, CallBackFacts)> {
        let calls = self.incoming.missed(&self.roster);
        calls.iter().map(|call| (name(&call.who), call.call_back)).collect()
    }

    /// Grace's call was missed, and Connect still shows it.
    fn missed_by_connect() -> Self {
        let mut bench = Self::new();
        bench.shows(vec![rings("a", GRACE)]);
        bench.shows(vec![call("a", Activity::Missed, GRACE)]);
        assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::NotWanted)]);
        bench
    }

    /// Presses the button of the missed call, if it has one.
    fn call_back(&mut self) -> Vec<IncomingOut> {
        self.call_back_of("a")
    }

    fn call_back_of(&mut self, contact: &str) -> Vec<IncomingOut> {
        let number = self.back_on(contact).unwrap_or_else(|| number_shown(CUSTOMER, None));
        self.on(IncomingIn::CallBack { contact: id(contact), number })
    }

    /// The number that the row shows.
    fn back_on(&self, contact: &str) -> Option<ShownNumber> {
        let missed = self.incoming.missed(&self.roster);
        missed.iter().find(|missed| *missed.contact == id(contact))?.back_on.map(ShownNumber::from)
    }

    /// A call to her begins.
    fn dials_grace(&mut self) -> Vec<IncomingOut> {
        self.on(IncomingIn::Dialled(PersonId::Entra(ObjectId::new("grace"))))
    }

    fn cleared(&mut self, order: u64, failure: Option<Failure>) -> Vec<IncomingOut> {
        self.on(IncomingIn::ClearAnswered { order, failure })
    }
}

fn name(who: &WhoCalls<'_>) -> String {
    match who {
        WhoCalls::One(entry) => entry.name().to_owned(),
        WhoCalls::Several(people) => people.iter().map(|entry| entry.name()).collect::<Vec<_>>().join(" or "),
        WhoCalls::Named(name) => format!("\"{name}\""),
        WhoCalls::Number(number) => (*number).to_owned(),
        WhoCalls::Anonymous => "nobody".to_owned(),
    }
}

fn id(contact: &str) -> ContactId {
    ContactId::new(contact)
}

/// A call over a queue.
fn call(contact: &str, activity: Activity, number: &str) -> Call {
    Call {
        contact: id(contact),
        outbound: false,
        number: Some(number.to_owned()),
        activity,
        since: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000),
        inbound: Some(Inbound { reached: Reached::Queue("Billing".to_owned()), ..Inbound::default() }),
    }
}

fn rings(contact: &str, number: &str) -> Call {
    call(contact, Activity::Incoming, number)
}

fn directly(call: Call) -> Call {
    Call { inbound: call.inbound.map(|inbound| Inbound { reached: Reached::Directly, ..inbound }), ..call }
}

fn says(call: Call, flow: &FlowCaller) -> Call {
    Call { inbound: call.inbound.map(|inbound| Inbound { flow: flow.clone(), ..inbound }), ..call }
}

fn calls_grace(number: &str, digits: Option<&str>) -> IncomingOut {
    IncomingOut::Call {
        person: PersonId::Entra(ObjectId::new("grace")),
        number: number_shown(number, digits),
    }
}

fn number_shown(e164: &str, digits: Option<&str>) -> ShownNumber {
    ShownNumber { e164: e164.to_owned(), digits: digits.map(str::to_owned) }
}

fn clears(order: u64) -> IncomingOut {
    IncomingOut::Clear { order, contact: id("a") }
}

fn records(outs: &[IncomingOut]) -> Vec<CallOver> {
    let records = outs.iter().filter_map(|out| match out {
        IncomingOut::Over(over) => Some(over.clone()),
        IncomingOut::NotifyRinging(_)
        | IncomingOut::WithdrawRinging
        | IncomingOut::NotifyMissed(_)
        | IncomingOut::WithdrawMissed
        | IncomingOut::Clear { .. }
        | IncomingOut::Call { .. } => None,
    });
    records.collect()
}
