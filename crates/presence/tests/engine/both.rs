//! Laws over random histories with both directions on. The laws of every single write, to either side, are
//! checked by the world itself.

use presence::{
    connect::{Activity, StatusArn, StatusKind},
    engine::{Machine, Master, OfflineFirst, Pace, Rules},
    mapping::{
        Conditions, ConnectTarget, DEFAULT_HOLD, SourceCondition, Tables, TeamsRow, TeamsToConnect,
        TeamsWhen, When,
    },
    teams::Availability,
    timeline::{Done, Side},
};
use proptest::{collection::vec, prelude::*};

use super::{
    answering::proposal,
    centre::Lost,
    cloud::{AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING},
    histories::{Act, any_act, beyond_bounds, ordinary, recover},
    words::{chosen, minutes, seconds, table},
    world::World,
};

pub const STATUSES: [&str; 6] = ["Available", "Offline", "Meeting", "Case work", "Lunch", "Whatever"];

/// One thing that happens on either side.
#[derive(Debug, Clone)]
pub enum Both {
    Before(Act),
    Picks(&'static str),
    Call(Option<Activity>),
    Machine(Machine),
    Back(bool),
    OrdersFail(Vec<Lost>),
    EnableTeams(bool),
    Release,
    Pause(Option<u64>),
    Resume,
    DryRun(bool),
    Rules(Rules),
    Copy,
    ClockBack,
}

impl Both {
    fn decides_at_once(&self) -> bool {
        match self {
            Self::Before(act) => act.decides_at_once(),
            Self::Back(_)
            | Self::EnableTeams(_)
            | Self::Release
            | Self::Pause(_)
            | Self::Resume
            | Self::DryRun(_)
            | Self::Rules(_)
            | Self::Copy
            | Self::ClockBack => true,
            Self::Picks(_) | Self::Call(_) | Self::Machine(_) | Self::OrdersFail(_) => false,
        }
    }

    pub fn happens(&self, world: &mut World) {
        match self {
            Self::Before(act) => act.happens(world),
            Self::Picks(name) => world.picks(name),
            Self::Call(activity) => world.call(*activity),
            Self::Machine(machine) => world.machine(*machine),
            Self::Back(yes) => world.back(*yes),
            Self::OrdersFail(fates) => world.centre.fates.clone_from(fates),
            Self::EnableTeams(enabled) => world.enable_teams(*enabled),
            Self::Release => world.release(),
            Self::Pause(length) => world.pause(length.map(seconds)),
            Self::Resume => world.resume(),
            Self::DryRun(on) => world.dry_run(*on),
            Self::Rules(rules) => world.rules(*rules),
            Self::Copy => world.copy_writes(),
            Self::ClockBack => world.clock_back(),
        }
    }
}

pub fn picks() -> impl Strategy<Value = Both> {
    prop::sample::select(STATUSES.to_vec()).prop_map(Both::Picks)
}

pub fn calls() -> impl Strategy<Value = Both> {
    prop::sample::select(vec![
        None,
        None,
        Some(Activity::Connected),
        Some(Activity::Connected),
        Some(Activity::OnHold),
        Some(Activity::AfterContactWork),
        Some(Activity::Missed),
        Some(Activity::Incoming),
    ])
    .prop_map(Both::Call)
}

pub fn clients() -> impl Strategy<Value = Both> {
    prop::sample::select(vec![AVAILABLE, AWAY, BUSY, IN_CALL, IN_MEETING, PRESENTING])
        .prop_map(|state| Both::Before(Act::Client(state)))
}

fn persons() -> impl Strategy<Value = Both> {
    prop::sample::select(vec![AVAILABLE, AWAY, BUSY, BE_RIGHT_BACK, DO_NOT_DISTURB])
        .prop_map(|picks| Both::Before(Act::Person(picks)))
}

pub fn machines() -> impl Strategy<Value = Both> {
    prop::sample::select(vec![Machine::Active, Machine::Active, Machine::Idle, Machine::Locked])
        .prop_map(Both::Machine)
}

fn passing() -> impl Strategy<Value = Both> {
    prop_oneof![1_u64..20, 20_u64..90].prop_map(|length| Both::Before(Act::Pass(seconds(length))))
}

fn rules() -> impl Strategy<Value = Rules> {
    let masters = prop::sample::select(vec![Master::Connect, Master::Teams]);
    let ways = prop::sample::select(vec![OfflineFirst::Confirm, OfflineFirst::Always, OfflineFirst::Always]);
    (masters, ways, any::<bool>()).prop_map(|(master, offline_first, force_rewrite)| Rules {
        master,
        offline_first,
        force_rewrite,
        ..Rules::default()
    })
}

/// What prevents every write, or changes what may be written.
fn stillness() -> impl Strategy<Value = Both> {
    prop_oneof![
        3 => prop::option::of(1_u64..900).prop_map(Both::Pause),
        4 => Just(Both::Resume),
        2 => any::<bool>().prop_map(Both::DryRun),
        3 => rules().prop_map(Both::Rules),
        2 => Just(Both::Copy),
        1 => Just(Both::ClockBack),
    ]
}

pub fn happenings() -> impl Strategy<Value = Both> {
    let lost = prop::sample::select(vec![Lost::Refused, Lost::Unanswered, Lost::Ignored]);
    prop_oneof![
        4 => picks(),
        4 => calls(),
        6 => clients(),
        2 => machines(),
        2 => any::<bool>().prop_map(Both::Back),
        1 => vec(lost, 1..4).prop_map(Both::OrdersFail),
        1 => any::<bool>().prop_map(Both::EnableTeams),
        1 => Just(Both::Release),
        3 => stillness(),
        3 => any_act().prop_map(Both::Before),
        10 => passing(),
    ]
}

/// A table back: the proposal, or rows drawn at random.
pub fn tables_back() -> impl Strategy<Value = TeamsToConnect> {
    let availability = prop::sample::select(vec![
        Availability::Available,
        Availability::Busy,
        Availability::DoNotDisturb,
        Availability::BeRightBack,
        Availability::Away,
    ]);
    let target = prop_oneof![
        Just(ConnectTarget::NoChange),
        Just(ConnectTarget::Restore),
        prop::sample::select(STATUSES.to_vec())
            .prop_map(|name| ConnectTarget::Status(StatusArn::new(format!("arn:{name}")))),
    ];
    let only_while = prop::sample::select(vec![
        None,
        Some(StatusKind::Routable),
        Some(StatusKind::Custom),
        Some(StatusKind::Offline),
    ]);
    let hold = prop::sample::select(vec![None, None, Some(seconds(0)), Some(seconds(40))]);
    let source = prop::sample::select(vec![
        None,
        None,
        Some(SourceCondition::Person),
        Some(SourceCondition::Automatic),
    ]);
    let every = prop::sample::select(vec![None, None, Some(minutes(3))]);
    let row = (availability, target, only_while, hold, source, every).prop_map(
        |(availability, target, only_while, hold, source, at_most_every)| {
            let only_while = only_while.map(When::Kind).into_iter().collect();
            let conditions = Conditions { source, only_while, hold, at_most_every };
            TeamsRow { when: TeamsWhen::badge(availability), target, conditions }
        },
    );
    prop_oneof![
        Just(proposal()),
        vec(row, 1..8).prop_map(|rows| TeamsToConnect::new(true, DEFAULT_HOLD, rows)),
    ]
}

fn world(back: &TeamsToConnect) -> World {
    let tables = Tables { connect_to_teams: table(), teams_to_connect: back.clone() };
    let mut world = World::both_ways(tables, Pace { forced: minutes(100_000), ..Pace::default() });
    world.agent(chosen("Available"));
    world
}

fn run(back: &TeamsToConnect, acts: &[Both]) -> World {
    let mut world = world(back);
    acts.iter().for_each(|act| act.happens(&mut world));
    world
}

/// Makes everything work, ends the call, and lets an hour pass.
pub fn calm(world: &mut World) {
    world.centre.fates.clear();
    world.rules(Rules::default());
    world.dry_run(false);
    world.resume();
    if world.disk.passage.is_some() {
        world.back(false);
    }
    world.enable(true);
    world.enable_teams(true);
    world.call(None);
    recover(world);
}

fn changes(world: &World, side: Side) -> usize {
    let reported = world.reported_of(side);
    reported.iter().filter(|(done, _)| matches!(done, Done::Written | Done::GivenBack)).count()
}

proptest! {
    #[test]
    fn both_sides_come_to_rest(back in tables_back(), acts in vec(happenings(), 1..40)) {
        let mut world = run(&back, &acts);
        calm(&mut world);
        world.forget_the_past();
        world.pass(minutes(65));
        prop_assert_eq!(world.ordered(), []);
        prop_assert_eq!(world.written(), []);
    }

    #[test]
    fn one_change_outside_causes_one_write_on_each_side_at_most(
        acts in vec(happenings(), 1..30), change in prop_oneof![picks(), clients(), persons()],
    ) {
        let mut world = run(&proposal(), &acts);
        world.machine(Machine::Active);
        calm(&mut world);
        world.forget_the_past();
        change.happens(&mut world);
        world.pass(minutes(10));
        prop_assert!(world.ordered().len() <= 1, "{:?}", world.ordered());
        prop_assert!(changes(&world, Side::Teams) <= 1, "{:?}", world.reported());
    }

    #[test]
    fn a_restart_causes_no_write_to_connect(back in tables_back(), acts in vec(happenings(), 1..30)) {
        let mut world = run(&back, &acts);
        calm(&mut world);
        world.forget_the_past();
        world.restart(false);
        world.pass(minutes(5));
        prop_assert_eq!(world.ordered(), []);
    }

    #[test]
    fn orders_are_bounded(back in tables_back(), acts in vec(happenings(), 1..40)) {
        let mut world = world(&back);
        let mut at_once = Vec::new();
        for act in &acts {
            world.centre.orders.clear();
            at_once.extend(act.decides_at_once().then_some(world.now));
            act.happens(&mut world);
            let length = match act {
                Both::Before(Act::Pass(length)) => length.as_secs(),
                Both::Before(_)
                | Both::Picks(_)
                | Both::Call(_)
                | Both::Machine(_)
                | Both::Back(_)
                | Both::OrdersFail(_)
                | Both::EnableTeams(_)
                | Both::Release
                | Both::Pause(_)
                | Both::Resume
                | Both::DryRun(_)
                | Both::Rules(_)
                | Both::Copy
                | Both::ClockBack => 0,
            };
            let allowed = 4 + length / 10;
            prop_assert!(world.ordered().len() as u64 <= allowed, "{:?} in {length} s", world.ordered());
        }
        prop_assert_eq!(beyond_bounds(&world, &at_once), None);
    }

    #[test]
    fn the_same_history_on_both_sides_gives_the_same_effects(
        back in tables_back(), acts in vec(happenings(), 1..30),
    ) {
        prop_assert_eq!(run(&back, &acts).log, run(&back, &acts).log);
    }

    #[test]
    fn quitting_leaves_connect_alone(back in tables_back(), acts in vec(ordinary(), 1..30)) {
        let acts: Vec<_> = acts.into_iter().map(Both::Before).collect();
        let mut world = run(&back, &acts);
        world.pass(seconds(15));
        world.forget_the_past();
        world.quit();
        world.pass(seconds(5));
        prop_assert!(world.engine.is_finished());
        prop_assert_eq!(world.ordered(), []);
        prop_assert_eq!(&world.centre.question, &None);
    }
}

/// Everything that a person may pick in Teams, over everything that Teams makes, so that a reset uncovers something.
#[test]
fn the_default_tables_never_play_ping_pong() {
    for pick in [BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, AWAY, AVAILABLE] {
        for client in [AVAILABLE, AWAY, BUSY, IN_CALL, IN_MEETING, PRESENTING] {
            for status in STATUSES {
                let mut world = world(&proposal());
                world.pass(minutes(1));
                world.client(client.clone());
                world.pass(seconds(7));
                world.picks(status);
                world.pass(minutes(2));
                world.person(pick.clone());
                world.pass(minutes(2));
                world.reset();
                world.pass(minutes(2));
                world.forget_the_past();
                world.pass(minutes(30));
                assert_eq!(world.ordered(), [], "{status} {client:?} {pick:?}");
                assert_eq!(world.written(), [], "{status} {client:?} {pick:?}");
            }
        }
    }
}
