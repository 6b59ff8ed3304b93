//! What holds for every history of clicks, answers, contacts and lost sessions.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

#[derive(Debug, Clone, Copy)]
enum Step {
    Place {
        person: &'static str,
        number: &'static str,
        digits: Option<&'static str>,
    },
    Anyway,
    Again,
    Dismiss,
    Elsewhere,
    HangUp,
    /// An answer to one of the orders so far, whatever it was for.
    Answer {
        order: u64,
        failure: Option<Failure>,
    },
    /// A contact of this id and number; the same id means the same contact.
    Contact {
        id: u8,
        activity: Activity,
        number: &'static str,
        outbound: bool,
    },
    /// The contact that the last dial became.
    Ours {
        activity: Activity,
    },
    Gone {
        id: u8,
    },
    Lost,
    Back,
    /// Connect shows another error of the agent, or none.
    Error(Option<AgentError>),
    /// The directory changes.
    DirectoryChanges {
        numbers: &'static [&'static str],
    },
    Wait {
        ms: i64,
    },
}

const NUMBERS_OF_ANNA: [&[&str]; 3] =
    [&["+44 1632 960029", "+44 1632 960030;ext=4025"], &["+44 1632 960030;ext=4025"], &["+44 1632 960031"]];

fn step() -> impl Strategy<Value = Step> {
    let clicks = prop_oneof![
        3 => (select(vec!["anna", "hiro"]), select(vec![NUMBER, OTHER, "+441632960032"]), prop::option::of(Just("4025")))
            .prop_map(|(person, number, digits)| Step::Place { person, number, digits }),
        2 => Just(Step::Place { person: "anna", number: NUMBER, digits: None }),
        3 => Just(Step::Place { person: "anna", number: OTHER, digits: Some("4025") }),
        1 => Just(Step::Anyway),
        2 => Just(Step::Again),
        1 => Just(Step::Dismiss),
        1 => Just(Step::Elsewhere),
        3 => Just(Step::HangUp),
    ];
    let failures = vec![
        None,
        None,
        None,
        Some(Failure::TimedOut),
        Some(Failure::Stale),
        Some(Failure::BadNumber),
        Some(Failure::WrongState),
        Some(Failure::Limit),
        Some(Failure::Unavailable),
        Some(Failure::NotAllowed),
        Some(Failure::Refused),
    ];
    let errors = vec![
        None,
        None,
        Some(AgentError::AgentHungUp),
        Some(AgentError::LineEngagedCustomer),
        Some(AgentError::FailedConnectAgent),
        Some(AgentError::BadAddressCustomer),
        Some(AgentError::Other),
    ];
    let news = prop_oneof![
        4 => (0..9u64, select(failures)).prop_map(|(order, failure)| Step::Answer { order, failure }),
        5 => (0..4u8, select(Activity::ALL.to_vec()), select(vec![NUMBER, "01632 960029", OTHER]), any::<bool>())
            .prop_map(|(id, activity, number, outbound)| Step::Contact { id, activity, number, outbound }),
        5 => select(Activity::ALL.to_vec()).prop_map(|activity| Step::Ours { activity }),
        2 => (0..4u8).prop_map(|id| Step::Gone { id }),
        2 => select(errors).prop_map(Step::Error),
        1 => Just(Step::Lost),
        2 => Just(Step::Back),
        1 => select(NUMBERS_OF_ANNA.to_vec()).prop_map(|numbers| Step::DirectoryChanges { numbers }),
    ];
    let waits = prop_oneof![4 => 0..900i64, 2 => 900..20_000i64, 1 => 20_000..40_000i64];
    prop_oneof![3 => clicks, 4 => news, 3 => waits.prop_map(|ms| Step::Wait { ms })]
}

/// A bench that checks the laws after each input.
struct CheckedBench {
    bench: Bench,
    /// The contacts, while the session is lost as well.
    contacts: Vec<Call>,
    /// The numbers that were shown, with their digits.
    shown: BTreeSet<(String, Option<String>)>,
    ended: Option<Timestamp>,
    /// Contacts that were there when the last dial left.
    before: Vec<ContactId>,
    last_dial: u64,
    last_hang_up: u64,
    /// The order of the digits after the last dial.
    last_digits: Option<u64>,
}

impl CheckedBench {
    fn new() -> Self {
        Self {
            bench: Bench::new(),
            contacts: Vec::new(),
            shown: BTreeSet::new(),
            ended: None,
            before: Vec::new(),
            last_dial: 0,
            last_hang_up: 0,
            last_digits: None,
        }
    }

    fn on(&mut self, input: CallIn) {
        let was_live = self.bench.call.is_live();
        let was_dialling = self.bench.progress() == Some(CallProgress::Dialling) && input == CallIn::Calls;
        if let CallIn::Place { number: ShownNumber { e164, digits }, .. } = &input {
            self.shown.insert((e164.clone(), digits.clone()));
        }
        let over = self.bench.over.len();
        let is_wish = matches!(input, CallIn::Place { .. } | CallIn::Anyway | CallIn::Again);
        let asked = matches!(self.bench.progress(), Some(CallProgress::Asking { .. }));
        let is_answer = input == CallIn::Anyway;
        let outs = self.bench.on(input);
        assert!(outs.iter().filter(|out| out.is_dial()).count() <= 1, "two dials for one wish");
        for out in outs {
            match out {
                CallOut::Dial { order, number } => {
                    assert!(is_wish, "a dial without a wish");
                    assert!(!is_answer || asked, "an answer without a question");
                    assert!(!was_live, "one call at a time");
                    let since = self.ended.map(|at| self.bench.now.duration_since(at));
                    assert!(since.is_none_or(|since| since >= SignedDuration::from_secs(1)), "{since:?}");
                    let callee = self.bench.call.shown().unwrap().callee;
                    let exact = (number.clone(), callee.number.digits.clone());
                    assert!(self.shown.contains(&exact), "{exact:?} was never shown");
                    let entry = self.bench.roster.get(&callee.person).unwrap();
                    let has = |dialable: &people::Dialable| *dialable == callee.number;
                    assert!(entry.numbers().iter().any(|number| number.dialable.as_ref().is_ok_and(has)));
                    assert!(order > self.last_order());
                    self.last_dial = order;
                    self.last_digits = None;
                    self.before = self.contacts.iter().map(|call| call.contact.clone()).collect();
                }
                CallOut::HangUp { order, contact } => {
                    assert!(order > self.last_order());
                    self.last_hang_up = order;
                    self.is_ours(&contact);
                }
                CallOut::SendDigits { order, contact, digits } => {
                    assert!(order > self.last_order());
                    self.is_ours(&contact);
                    assert_eq!(self.last_digits.replace(order), None, "digits are sent once");
                    let callee = self.bench.call.shown().unwrap().callee;
                    assert_eq!(callee.number.digits, Some(digits));
                    assert!(matches!(self.bench.progress(), Some(CallProgress::Connected { .. })));
                }
                CallOut::Over(over) => panic!("{over:?} is kept apart"),
            }
        }
        let call = &self.bench.call;
        let ends = was_live && !call.is_live();
        assert_eq!(self.bench.over.len() - over, usize::from(ends), "each end once, and nothing else");
        if was_live && !call.is_live() {
            self.ended = Some(self.bench.now);
        }
        if let Some(contact) = call.live().and_then(Live::contact) {
            assert!(!self.before.contains(contact), "the contact of a call before");
        }
        if was_dialling && !call.is_live() {
            let is_new = |call: &Call| call.outbound && !self.before.contains(&call.contact);
            assert!(self.contacts.iter().any(is_new), "ended by the contact of a call before");
        }
        if let Some(shown) = call.shown() {
            let follows =
                matches!(shown.progress, CallProgress::Ringing { .. } | CallProgress::Connected { .. });
            assert!(call.deadline().is_some() || (follows && !shown.is_lost), "no way out: {call:?}");
            assert!(call.deadline().is_none_or(|at| at > self.bench.now), "due and not done: {call:?}");
        }
    }

    fn last_order(&self) -> u64 {
        self.last_dial.max(self.last_hang_up).max(self.last_digits.unwrap_or(0))
    }

    fn is_ours(&self, contact: &ContactId) {
        assert!(!self.before.contains(contact), "the contact of a call before");
        let exists = |call: &Call| call.contact == *contact && call.outbound;
        assert!(self.contacts.iter().any(exists), "no such contact");
    }

    /// The same id means the same contact.
    fn set_contact(&mut self, call: Call) {
        match self.contacts.iter_mut().find(|known| known.contact == call.contact) {
            Some(known) => known.activity = call.activity,
            None => self.contacts.push(call),
        }
        self.report_calls();
    }

    fn report_calls(&mut self) {
        if self.bench.calls.is_some() {
            self.bench.calls = Some(self.contacts.clone());
            self.on(CallIn::Calls);
        }
    }

    fn wait(&mut self, ms: i64) {
        let end = self.bench.now + SignedDuration::from_millis(ms);
        let mut deadlines = Deadlines::new();
        while let Some(at) = deadlines.next(self.bench.call.deadline(), end) {
            self.bench.now = at;
            self.on(CallIn::Due);
        }
        self.bench.now = end;
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Place { person, number, digits } => self.on(place(person, number, digits)),
            Step::Anyway => self.on(CallIn::Anyway),
            Step::Again => self.on(CallIn::Again),
            Step::Dismiss => self.on(CallIn::Dismiss),
            Step::Elsewhere => self.on(CallIn::Elsewhere),
            Step::HangUp => self.on(CallIn::HangUp),
            Step::Answer { order, failure } => {
                let before = self.bench.call.clone();
                self.on(CallIn::DialAnswered { order, failure });
                if order != self.last_dial {
                    assert_eq!(self.bench.call, before, "an answer to an earlier dial");
                }
                let before = self.bench.call.clone();
                self.on(CallIn::HangUpAnswered { order, failure });
                if order != self.last_hang_up {
                    assert_eq!(self.bench.call, before, "an answer to an earlier order");
                }
                let before = self.bench.call.clone();
                self.on(CallIn::DigitsAnswered { order, failure });
                if Some(order) != self.last_digits {
                    assert_eq!(self.bench.call, before, "an answer to other digits");
                }
                let says = self.bench.call.shown().map(|shown| shown.digits).unwrap_or_default();
                assert!(says == DigitsFacts::NotSent || self.last_digits.is_some(), "{says:?}");
            }
            Step::Error(error) => {
                self.bench.error = error;
                self.report_calls();
            }
            Step::Contact { id, activity, number, outbound: is_outbound } => {
                let id = format!("contact-{id}");
                let make = if is_outbound { outbound } else { inbound };
                self.set_contact(make(&id, activity, number));
            }
            Step::Ours { activity } => {
                let number = self.bench.call.shown().map(|shown| shown.callee.number.e164.clone());
                if let Some(number) = number.filter(|_| self.last_dial > 0) {
                    self.set_contact(outbound(&format!("ours-{}", self.last_dial), activity, &number));
                }
            }
            Step::Gone { id } => {
                self.contacts.retain(|call| call.contact.as_str() != format!("contact-{id}"));
                self.report_calls();
            }
            Step::Lost => {
                self.bench.calls = None;
                self.on(CallIn::SessionLost);
            }
            Step::Back => {
                self.bench.calls = Some(self.contacts.clone());
                self.on(CallIn::Calls);
            }
            Step::DirectoryChanges { numbers } => {
                let people =
                    vec![person("anna", "anna", numbers), person("hiro", "hiro", &["+44 1632 960032"])];
                self.bench.roster.replace_all(people, self.bench.now);
            }
            Step::Wait { ms } => self.wait(ms),
        }
    }
}

proptest! {
    #[test]
    fn every_history_keeps_the_laws_and_ends(steps in vec(step(), 1..40)) {
        let mut checked = CheckedBench::new();
        for step in steps {
            checked.take(step);
        }
        checked.contacts.clear();
        checked.take(Step::Back);
        checked.wait(120_000);
        prop_assert_eq!(checked.bench.call.shown(), None);
        prop_assert_eq!(checked.bench.call.deadline(), None);
        checked.take(Step::DirectoryChanges { numbers: NUMBERS_OF_ANNA[0] });
        checked.bench.dial(NUMBER, None);
    }
}
