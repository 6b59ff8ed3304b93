//! A copy of the app on another computer: two engines, one Teams, one Connect.

use presence::{
    engine::{Effect, Link, Pace},
    mapping::Tables,
    provenance::StopReason,
    teams::{PreferredPresence, SessionPresence, TeamsState},
};

use super::{
    answering::proposal,
    cloud::{AVAILABLE, BUSY, IN_MEETING},
    words::{Short, chosen, minutes, seconds, table, tables},
    world::World,
};

/// Two copies of the app for the same agent. The second one hears of Connect half a second later.
struct Copies {
    desk: World,
    home: World,
}

const STEP: u64 = 50;

impl Copies {
    fn new(tables: Tables) -> Self {
        let mut world = World::both_ways(tables, Pace::default());
        // To the laws of one world, a write of the other copy looks like a write of its own.
        world.may_repeat_until = world.now + minutes(10_000);
        Self { desk: world.clone(), home: world }
    }

    fn picks(&mut self, name: &str) {
        self.desk.agent(chosen(name));
        self.pass(500);
        self.home.agent(chosen(name));
    }

    fn client(&mut self, state: TeamsState) {
        self.desk.client(state);
        self.home.cloud = self.desk.cloud.clone();
    }

    fn pass(&mut self, millis: u64) {
        for _ in 0..millis / STEP {
            Self::step(&mut self.desk, &mut self.home);
            Self::step(&mut self.home, &mut self.desk);
        }
    }

    /// One world continues, and the other takes over its Teams and Connect.
    fn step(one: &mut World, other: &mut World) {
        let before = one.centre.snapshot.clone();
        one.pass(seconds(1) / 1000 * u32::try_from(STEP).unwrap());
        other.cloud = one.cloud.clone();
        if one.centre.snapshot != before {
            other.agent(one.centre.snapshot.clone());
        }
    }

    fn minutes(&mut self, length: u64) {
        self.pass(length * 60_000);
    }

    fn written(&mut self) -> (Vec<Short>, Vec<Short>) {
        let written = (self.desk.written(), self.home.written());
        self.desk.forget_the_past();
        self.home.forget_the_past();
        written
    }
}

#[test]
fn a_copy_of_the_app_on_a_second_computer_is_noticed_and_does_not_fight() {
    let mut copies = Copies::new(tables(table()));
    copies.picks("Offline");
    copies.minutes(2);
    copies.written();
    let busy = Short::Preferred(PreferredPresence::Busy);
    let carries = Short::Session(SessionPresence::Available);
    for round in 1..=5 {
        copies.picks("Case work");
        copies.minutes(5);
        // The desk hears of it first, and writes. What the copy at home does half a second later depends on its last
        // reading. If that is from before the desk's writes, it makes the same writes; if it is from between them, Busy
        // shows before its own turn comes; if it is from after them, the state is equal and it writes nothing. But
        // nothing that it knows explains why Teams is Busy, and it remembers that.
        let at_home = match round {
            1 => vec![carries, busy],
            2 => vec![carries],
            _ => vec![],
        };
        assert_eq!(copies.written(), (vec![carries, busy], at_home), "round {round}");
        assert_eq!(copies.desk.shows(), BUSY);
        copies.picks("Offline");
        copies.minutes(5);
        // Each takes back what it believes to be its own. Both have the same slot and the same session, and taking back
        // what is gone changes nothing.
        let at_home = match round {
            1 => vec![Short::NoPreferred, Short::NoSession],
            2 => vec![Short::NoSession],
            _ => vec![],
        };
        assert_eq!(copies.written(), (vec![Short::NoPreferred, Short::NoSession], at_home), "round {round}");
        assert_eq!(copies.desk.shows(), AVAILABLE);
        // The third time that Teams followed without it, the copy at home stops.
        assert_eq!(copies.home.alarms.len(), usize::from(round == 5), "round {round}");
    }
    assert_eq!(copies.home.alarms, [Effect::SecondWriter]);
    assert_eq!(copies.home.link(), Link::Stopped { until: None, why: StopReason::SecondWriter });
    assert_eq!(copies.desk.alarms, [], "the other one continues");
    copies.picks("Case work");
    copies.minutes(5);
    assert_eq!(copies.written(), (vec![carries, busy], vec![]));
}

#[test]
fn two_copies_that_take_turns_do_not_fight() {
    let mut copies = Copies::new(tables(table()));
    copies.picks("Available");
    copies.minutes(2);
    copies.written();
    for name in ["Case work", "Errand", "Available", "Lunch", "Available", "Offline"] {
        copies.picks(name);
        copies.minutes(3);
        let (desk, home) = copies.written();
        assert!(desk.len() + home.len() <= 4, "{name}: {desk:?} {home:?}");
        copies.minutes(3);
        assert_eq!(copies.written(), (vec![], vec![]), "{name}: it comes to rest");
        std::mem::swap(&mut copies.desk, &mut copies.home);
    }
}

#[test]
fn two_copies_with_both_directions_set_a_status_once() {
    let mut copies = Copies::new(Tables { connect_to_teams: table(), teams_to_connect: proposal() });
    copies.picks("Available");
    copies.minutes(2);
    copies.client(IN_MEETING);
    copies.minutes(3);
    let orders = copies.desk.ordered().len() + copies.home.ordered().len();
    assert!(orders <= 2, "{:?} {:?}", copies.desk.ordered(), copies.home.ordered());
    assert_eq!(copies.desk.chosen(), "Meeting");
    copies.written();
    copies.minutes(10);
    assert_eq!(copies.written(), (vec![], vec![]));
    assert_eq!(copies.desk.ordered().len() + copies.home.ordered().len(), 0);
}
