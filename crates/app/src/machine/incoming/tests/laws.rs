//! What holds for every history of contacts, clicks, answers and lost sessions.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;

#[derive(Debug, Clone)]
enum Step {
    /// Connect shows this contact like this.
    Contact {
        contact: u8,
        activity: Activity,
        number: &'static str,
        direct: bool,
    },
    Gone(u8),
    CallBack(u8),
    Dismiss(u8),
    Answer {
        order: u64,
        failure: Option<Failure>,
    },
    Lost,
    Back,
    Busy(bool),
    Leaves,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let numbers = vec![GRACE, GRACE, SHARED, CUSTOMER, "anonymous"];
    let failures = vec![None, None, Some(Failure::Stale), Some(Failure::TimedOut), Some(Failure::NoAgent)];
    prop_oneof![
        8 => (0..4u8, select(Activity::ALL.to_vec()), select(numbers), any::<bool>())
            .prop_map(|(contact, activity, number, direct)| Step::Contact { contact, activity, number, direct }),
        4 => (0..4u8).prop_map(Step::Gone),
        5 => (0..4u8).prop_map(Step::CallBack),
        1 => (0..4u8).prop_map(Step::Dismiss),
        4 => (0..5u64, select(failures)).prop_map(|(order, failure)| Step::Answer { order, failure }),
        1 => Just(Step::Lost),
        2 => Just(Step::Back),
        1 => any::<bool>().prop_map(Step::Busy),
        1 => Just(Step::Leaves),
        3 => (0..12i64).prop_map(Step::Wait),
    ]
}

/// A bench that checks the laws after each input.
struct CheckedBench {
    bench: Bench,
    contacts: BTreeMap<u8, Call>,
    is_lost: bool,
    /// The clicks on *Call back* that were not answered by a call yet: the number that each named.
    wishes: Vec<ShownNumber>,
    clears: u64,
    refuses: bool,
    notified: Option<ContactId>,
}

impl CheckedBench {
    fn on(&mut self, input: IncomingIn) {
        let is_click = matches!(input, IncomingIn::CallBack { .. });
        if let IncomingIn::CallBack { number, .. } = &input {
            self.wishes.push(number.clone());
        }
        let mut dialled = 0;
        let mut dials = false;
        for out in self.bench.on(input) {
            match out {
                IncomingOut::Call { number, .. } => {
                    dialled += 1;
                    assert!(self.wishes.contains(&number), "a call that nobody asked for, or another number");
                    // Every wish before this one is answered by it, or was given up.
                    self.wishes.clear();
                    dials = true;
                }
                IncomingOut::Clear { order, contact } => {
                    assert!(order > self.clears);
                    self.clears = order;
                    assert!(is_click, "cleared without a click");
                    let current = self.contacts.values().find(|call| call.contact == contact).unwrap();
                    assert!(is_missed(current.activity), "a live contact was cleared");
                }
                IncomingOut::NotifyRinging(contact) => self.notified = Some(contact),
                IncomingOut::WithdrawRinging => self.notified = None,
                IncomingOut::NotifyMissed(contact) => {
                    assert!(self.bench.incoming.missed.iter().any(|missed| missed.contact == contact));
                }
                IncomingOut::WithdrawMissed => {}
                IncomingOut::Over(over) => {
                    let entry = self.bench.roster.get(&over.person).expect("somebody of the list");
                    if let Some(number) = &over.number {
                        let is_it = |own: &people::PersonNumber| {
                            own.dialable.as_ref().is_ok_and(|own| own.e164 == number.e164)
                        };
                        assert!(entry.numbers().iter().any(is_it), "a number that is not theirs is kept");
                    }
                }
            }
        }
        assert!(dialled <= 1, "two calls for one wish");
        // Every second call is refused, or the question before it is answered with no.
        self.refuses ^= dials;
        if dials && !self.refuses {
            self.bench.dials_grace();
        }
        let machine = &self.bench.incoming;
        assert!(machine.deadline().is_none_or(|at| at > self.bench.now), "due and not done: {machine:?}");
        let clearing =
            machine.missed.iter().filter(|missed| matches!(missed.back, CallingBack::Clearing { .. }));
        assert!(clearing.count() <= 1, "one wish at a time");
        if let Some(contact) = &self.notified {
            let call = self.contacts.values().find(|call| call.contact == *contact);
            let rings = call.is_some_and(|call| match call.activity {
                Activity::Incoming | Activity::CallbackOffered | Activity::Dialling => true,
                Activity::Connected
                | Activity::OnHold
                | Activity::AfterContactWork
                | Activity::Missed
                | Activity::Rejected
                | Activity::Error => false,
            });
            assert!(rings && !self.is_lost, "announced: {contact:?}");
        }
        let shown = machine.current(&self.bench.roster).len();
        assert!(shown <= self.contacts.len() && (!self.is_lost || shown == 0), "{shown} are shown");
    }

    fn calls(&mut self) {
        if !self.is_lost {
            self.bench.calls = Some(self.contacts.values().cloned().collect());
            self.on(IncomingIn::Calls);
        }
    }
}

proptest! {
    #[test]
    fn a_call_answers_a_click_and_every_wish_ends(steps in vec(step(), 1..60)) {
        let mut checked = CheckedBench {
            bench: Bench::new(),
            contacts: BTreeMap::new(),
            is_lost: false,
            wishes: Vec::new(),
            clears: 0,
            refuses: false,
            notified: None,
        };
        for step in steps {
            match step {
                Step::Contact { contact, activity, number, direct } => {
                    let shown = call(&contact.to_string(), activity, number);
                    let shown = Call { since: checked.bench.now, ..shown };
                    checked.contacts.insert(contact, if direct { directly(shown) } else { shown });
                    checked.calls();
                }
                Step::Gone(contact) => {
                    checked.contacts.remove(&contact);
                    checked.calls();
                }
                Step::CallBack(contact) => {
                    let contact = contact.to_string();
                    let number = checked.bench.back_on(&contact);
                    let number = number.unwrap_or_else(|| number_shown(CUSTOMER, None));
                    checked.on(IncomingIn::CallBack { contact: id(&contact), number });
                }
                Step::Dismiss(contact) => checked.on(IncomingIn::Dismiss(id(&contact.to_string()))),
                Step::Answer { order, failure } => checked.on(IncomingIn::ClearAnswered { order, failure }),
                Step::Lost => {
                    checked.is_lost = true;
                    checked.bench.calls = None;
                    checked.notified = None;
                    checked.on(IncomingIn::SessionLost);
                }
                Step::Back => {
                    checked.is_lost = false;
                    checked.calls();
                }
                Step::Busy(busy) => checked.bench.is_busy = busy,
                Step::Leaves => {
                    let now = checked.bench.now;
                    checked.bench.roster.replace_all(vec![person("grace", "Grace Holloway", &["+44 1632 960021"])], now);
                }
                Step::Wait(seconds) => {
                    let end = checked.bench.now + SignedDuration::from_secs(seconds);
                    let mut deadlines = Deadlines::new();
                    while let Some(at) = deadlines.next(checked.bench.incoming.deadline(), end) {
                        checked.bench.now = at;
                        checked.on(IncomingIn::Due);
                    }
                    checked.bench.now = end;
                }
            }
        }
        // Without further input, nothing stays under way.
        checked.bench.wait(30);
        let under_way = |missed: &MissedCall| matches!(missed.back, CallingBack::Clearing { .. });
        prop_assert!(!checked.bench.incoming.missed.iter().any(under_way));
        prop_assert_eq!(checked.bench.incoming.deadline(), None);
    }
}
