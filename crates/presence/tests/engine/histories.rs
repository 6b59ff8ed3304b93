//! Laws over random histories. The laws of every single write are checked by the world itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{Activity, AgentSnapshot, Channel},
    engine::{Link, Pace},
    mapping::{ConnectRow, ConnectToTeams, Target},
    source::is_choice,
    teams::{PreferredPresence, TeamsState},
};
use proptest::{collection::vec, prelude::*};

use super::{
    cloud::{AVAILABLE, AWAY, BUSY, IN_CALL, IN_MEETING, INACTIVE, OFFLINE, PRESENTING},
    drawn::rows_forth,
    words::{chosen, contact, minutes, preferred_target, seconds, session_target, table},
    world::{Fate, World},
};

const NAMES: [&str; 9] =
    ["Available", "Desk", "Case work", "Lunch", "Training", "Errand", "Hidden", "Whatever", "Offline"];

/// One thing that happens, or time that passes.
#[derive(Debug, Clone)]
pub enum Act {
    Agent(AgentSnapshot),
    LoseConnect,
    Client(TeamsState),
    Person(TeamsState),
    Reset,
    ReadsFail(bool),
    WritesFail(Vec<Fate>),
    Pass(Duration),
    Sleep(Duration),
    Restart { arrives: bool },
    ClockSet(SignedDuration),
    Another { arrives: bool },
    Sync,
    Enable(bool),
}

impl Act {
    /// True if everything is read and decided without a hold after this.
    pub fn decides_at_once(&self) -> bool {
        match self {
            Self::Sync
            | Self::Restart { .. }
            | Self::Another { .. }
            | Self::Enable(_)
            | Self::ClockSet(_) => true,
            Self::Agent(_)
            | Self::LoseConnect
            | Self::Client(_)
            | Self::Person(_)
            | Self::Reset
            | Self::ReadsFail(_)
            | Self::WritesFail(_)
            | Self::Pass(_)
            | Self::Sleep(_) => false,
        }
    }

    pub fn happens(&self, world: &mut World) {
        match self {
            Self::Agent(snapshot) => world.agent(snapshot.clone()),
            Self::LoseConnect => world.lose_connect(),
            Self::Client(state) => world.client(state.clone()),
            Self::Person(picks) => world.person(picks.clone()),
            Self::Reset => world.reset(),
            Self::ReadsFail(fail) => world.reads_fail(*fail),
            Self::WritesFail(fates) => world.fates.clone_from(fates),
            Self::Pass(length) => world.pass(*length),
            Self::Sleep(length) => world.sleep(*length),
            Self::Restart { arrives } => world.restart(*arrives),
            Self::ClockSet(by) => world.set_clock(*by),
            Self::Another { arrives } => world.another_person(*arrives),
            Self::Sync => world.sync(),
            Self::Enable(enabled) => world.enable(*enabled),
        }
    }
}

pub fn snapshots() -> impl Strategy<Value = AgentSnapshot> {
    let statuses = prop::sample::select(NAMES.to_vec());
    let activities = prop::sample::select(vec![
        Activity::Connected,
        Activity::OnHold,
        Activity::Dialling,
        Activity::Error,
        Activity::Missed,
        Activity::AfterContactWork,
        Activity::Incoming,
        Activity::CallbackOffered,
    ]);
    let channels = prop::sample::select(vec![Channel::Voice, Channel::Voice, Channel::Chat]);
    prop_oneof![
        statuses.prop_map(chosen),
        (activities, channels).prop_map(|(activity, channel)| contact(activity, channel)),
    ]
}

fn passing() -> impl Strategy<Value = Act> {
    prop_oneof![
        (50_u64..20_000).prop_map(|millis| Act::Pass(Duration::from_millis(millis))),
        (20_u64..600).prop_map(|length| Act::Pass(seconds(length))),
    ]
}

/// What Connect, Teams and a person do, without any failure.
pub fn ordinary() -> impl Strategy<Value = Act> {
    let client = vec![AVAILABLE, INACTIVE, AWAY, BUSY, IN_CALL, IN_MEETING, PRESENTING, OFFLINE];
    let picks: Vec<_> =
        PreferredPresence::ALL.map(|value| value.shows()).into_iter().chain([AVAILABLE]).collect();
    prop_oneof![
        6 => snapshots().prop_map(Act::Agent),
        2 => prop::sample::select(client).prop_map(Act::Client),
        2 => prop::sample::select(picks).prop_map(Act::Person),
        1 => Just(Act::Reset),
        8 => passing(),
    ]
}

/// What goes wrong.
fn faults() -> impl Strategy<Value = Act> {
    let fates = prop::sample::select(vec![Fate::Refused, Fate::Unanswered]);
    prop_oneof![
        Just(Act::LoseConnect),
        any::<bool>().prop_map(Act::ReadsFail),
        vec(fates, 1..5).prop_map(Act::WritesFail),
        any::<bool>().prop_map(|arrives| Act::Restart { arrives }),
        any::<bool>().prop_map(|arrives| Act::Another { arrives }),
        clock_sets().prop_map(Act::ClockSet),
        Just(Act::Sync),
        any::<bool>().prop_map(Act::Enable),
        (60_u64..7200).prop_map(|length| Act::Sleep(seconds(length))),
    ]
}

/// By how much the clock is set: by some hours, or over all the years since 1970.
pub fn clock_sets() -> impl Strategy<Value = SignedDuration> {
    prop_oneof![
        4 => (-3 * 3600_i64..3 * 3600).prop_map(SignedDuration::from_secs),
        1 => any::<bool>().prop_map(|forward| SignedDuration::from_hours(if forward { 1 } else { -1 } * 490_000)),
    ]
}

pub fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![3 => ordinary(), 1 => faults()]
}

/// What differs from world to world.
#[derive(Debug, Clone)]
pub struct Setting {
    hold: u64,
    lags: bool,
    /// Rows before those of the table of the tests.
    rows: Vec<ConnectRow>,
}

impl Setting {
    pub fn world(&self) -> World {
        // The forced sync has tests of its own; without it every write is accounted for.
        let pace = Pace { forced: minutes(100_000), ..Pace::default() };
        let rows = self.rows.iter().chain(table().rows()).cloned().collect();
        let mut world = World::with(ConnectToTeams::new(true, seconds(self.hold), rows), pace);
        world.cloud.lags = self.lags;
        world
    }
}

pub fn settings() -> impl Strategy<Value = Setting> {
    let holds = prop::sample::select(vec![0_u64, 5, 15, 15, 40]);
    let rows = prop_oneof![Just(Vec::new()).boxed(), rows_forth(&NAMES).boxed()];
    (holds, any::<bool>(), rows).prop_map(|(hold, lags, rows)| Setting { hold, lags, rows })
}

fn run(setting: &Setting, acts: &[Act]) -> World {
    let mut world = setting.world();
    acts.iter().for_each(|act| act.happens(&mut world));
    world
}

/// Makes everything work again, and gives what a failure left behind the time to lapse.
pub fn recover(world: &mut World) {
    world.reads_fail(false);
    world.fates.clear();
    world.sync();
    world.pass(minutes(65));
}

/// How many of these moments are within a minute after `from`.
fn in_minute(times: &[Timestamp], from: Timestamp) -> usize {
    times.iter().filter(|at| **at >= from && **at < from + minutes(1)).count()
}

/// How many writes the busiest minute has, renewals included.
pub fn busiest_minute(world: &World) -> usize {
    let times: Vec<Timestamp> = world.writes.iter().map(|(at, ..)| *at).collect();
    times.iter().map(|from| in_minute(&times, *from)).max().unwrap_or(0)
}

/// A minute with more writes than it may have, if there is one. Four holds of 15 s end in a minute, each with three
/// writes at most, and both channels are renewed once. Each decision without a hold adds three writes; `at_once` has
/// the moments of these decisions, and failures may delay their writes by a minute.
pub fn beyond_bounds(world: &World, at_once: &[Timestamp]) -> Option<String> {
    let times: Vec<Timestamp> = world.writes.iter().map(|(at, ..)| *at).collect();
    times.iter().find_map(|from| {
        let decided = in_minute(at_once, *from) + in_minute(at_once, *from - minutes(1));
        let (writes, allowed) = (in_minute(&times, *from), 14 + 3 * decided);
        (writes > allowed).then(|| format!("{writes} writes in a minute from {from}, {allowed} allowed"))
    })
}

proptest! {
    #[test]
    fn it_converges_to_what_connect_asks_for(
        setting in settings(), acts in vec(any_act(), 1..40), last in snapshots(),
    ) {
        let mut world = run(&setting, &acts);
        world.enable(true);
        world.agent(last);
        recover(&mut world);
        if world.cloud.has_nothing_of_ours(world.now) {
            prop_assert_eq!(world.alone.state.clone(), Some(world.shows()));
        }
        let overrides = world.row.as_ref().is_some_and(|row| row.override_person);
        let target = world.asked_and_held().map(|(target, _)| target);
        world.forget_the_past();
        world.pass(minutes(65));
        prop_assert_eq!(world.written(), []);
        let now = world.now;
        match target {
            Some(Target::Clear) => prop_assert!(world.cloud.has_nothing_of_ours(now)),
            Some(Target::NoChange) => prop_assert_eq!(world.link(), Link::NoChange),
            Some(target) => {
                let shows = session_target(target).map(|value| value.shows())
                    .or(preferred_target(target).map(|value| value.shows()));
                let is_in_step = Some(world.shows()) == shows;
                if is_in_step {
                    let reported = matches!(world.link(), Link::InStep { .. });
                    prop_assert!(reported, "{:?} while it shows", world.link());
                } else if let Some(value) = session_target(target) {
                    prop_assert_eq!(world.link(), Link::Masked);
                    prop_assert!(!overrides || !is_choice(&world.shows()), "{:?}", world.shows());
                    prop_assert_eq!(world.cloud.session(now), Some(value));
                } else {
                    prop_assert_eq!(world.link(), Link::HeldByYou);
                    prop_assert!(!overrides, "{:?}", world.shows());
                    prop_assert_eq!(world.cloud.ours_preferred(now), None);
                }
            }
            None => prop_assert!(false, "the last state is in force"),
        }
    }

    #[test]
    fn quit_leaves_nothing_of_ours(setting in settings(), acts in vec(ordinary(), 1..40)) {
        let mut world = run(&Setting { lags: false, ..setting }, &acts);
        // A choice of the last seconds may cross a write.
        world.pass(seconds(15));
        world.quit();
        world.pass(seconds(5));
        prop_assert!(world.engine.is_finished());
        prop_assert!(world.cloud.has_nothing_of_ours(world.now));
        prop_assert_eq!(world.disk.session, None);
    }

    #[test]
    fn quit_always_ends(setting in settings(), acts in vec(any_act(), 1..40)) {
        let mut world = run(&setting, &acts);
        world.quit();
        world.pass(seconds(5));
        prop_assert!(world.engine.is_finished());
    }

    #[test]
    fn after_a_contact_its_value_is_given_back(
        setting in settings(), acts in vec(any_act(), 1..30),
        after in prop::sample::select(vec!["Whatever", "Offline"]),
    ) {
        let mut world = run(&Setting { rows: Vec::new(), ..setting }, &acts);
        world.enable(true);
        world.agent(contact(Activity::Connected, Channel::Voice));
        recover(&mut world);
        world.agent(chosen(after));
        world.pass(seconds(60));
        prop_assert_eq!(world.cloud.session(world.now), None);
        prop_assert_eq!(world.disk.session.clone(), None);
    }

    #[test]
    fn writes_are_bounded(setting in settings(), acts in vec(any_act(), 1..40)) {
        let mut world = Setting { hold: 15, rows: Vec::new(), ..setting }.world();
        let mut at_once = Vec::new();
        for act in &acts {
            at_once.extend(act.decides_at_once().then_some(world.now));
            act.happens(&mut world);
        }
        prop_assert_eq!(beyond_bounds(&world, &at_once), None);
    }

    #[test]
    fn the_same_history_gives_the_same_effects(setting in settings(), acts in vec(any_act(), 1..30)) {
        prop_assert_eq!(run(&setting, &acts).log, run(&setting, &acts).log);
    }

    #[test]
    fn every_state_that_lasts_has_a_row(setting in settings(), acts in vec(any_act(), 1..30), last in snapshots()) {
        let mut world = run(&setting, &acts);
        world.enable(true);
        world.agent(chosen("Available"));
        recover(&mut world);
        let before = world.asked_and_held();
        world.forget_the_past();
        world.agent(last.clone());
        world.pass(minutes(4));
        let asked = world.asked_and_held();
        let (target, is_new) = (asked.map(|(target, _)| target), asked != before);
        prop_assert!(!is_new || world.rows.iter().any(|row| row.target == target && row.connect == Some(last.state())));
    }
}
