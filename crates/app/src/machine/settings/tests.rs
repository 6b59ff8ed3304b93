mod edits;

use std::path::PathBuf;

use presence::{
    connect::{StatusArn, StatusKind},
    mapping::{Target, When},
};

use super::*;

const NOTHING: [SettingsOut; 0] = [];

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn problem(layer: Layer) -> Problem {
    Problem {
        file: PathBuf::from("settings.toml"),
        line: Some(3),
        reason: "this is not TOML".to_owned(),
        layer,
    }
}

fn good(change: impl FnOnce(&mut Settings)) -> Loaded {
    let mut loaded = Loaded::default();
    change(&mut loaded.settings);
    loaded
}

fn broken(layer: Layer) -> Loaded {
    fallen_back(layer, Loaded::default())
}

fn fallen_back(layer: Layer, mut loaded: Loaded) -> Loaded {
    loaded.problem = Some(problem(layer));
    loaded
}

fn limited(limit: usize) -> Loaded {
    good(|settings| settings.drawer_limit = Some(limit))
}

struct Run {
    current: CurrentSettings,
    now: Timestamp,
    statuses: Vec<AgentStatus>,
    can_start_with_system: bool,
}

impl Run {
    fn new() -> Self {
        Self::with(Loaded::default())
    }

    fn with(loaded: Loaded) -> Self {
        Self {
            current: CurrentSettings::new(loaded),
            now: at(0),
            statuses: Vec::new(),
            can_start_with_system: true,
        }
    }

    fn feed(&mut self, input: SettingsIn) -> Vec<SettingsOut> {
        let context =
            SettingsContext { statuses: &self.statuses, can_start_with_system: self.can_start_with_system };
        self.current.on(input, &context, self.now)
    }

    fn changed(&mut self) -> u64 {
        let out = self.feed(SettingsIn::Changed);
        let [SettingsOut::Read { reading }] = out.as_slice() else { panic!("{out:?}") };
        *reading
    }

    fn read(&mut self, reading: u64, loaded: Loaded) -> Vec<SettingsOut> {
        self.feed(SettingsIn::Read { reading, loaded: Box::new(loaded) })
    }

    /// A file changed, and this is in it.
    fn becomes(&mut self, loaded: Loaded) -> Vec<SettingsOut> {
        let reading = self.changed();
        self.read(reading, loaded)
    }
}

#[test]
fn a_broken_file_is_reported_at_the_beginning() {
    assert_eq!(Run::new().feed(SettingsIn::Begin), [SettingsOut::Engine(Event::DryRun(false))]);
    let out = Run::with(broken(Layer::User)).feed(SettingsIn::Begin);
    assert_eq!(out[0], SettingsOut::Notify(problem(Layer::User)));
}

#[test]
fn what_can_be_used_at_once_is_used_at_once() {
    let mut run = Run::new();
    let out = run.becomes(good(|settings| {
        settings.drawer_limit = Some(5);
        settings.dry_run = true;
        settings.connect_to_teams.hold = Duration::from_secs(1);
        settings.teams_to_connect.enabled = true;
        settings.rules.force_rewrite = !settings.rules.force_rewrite;
    }));
    let used = run.current.used().clone();
    assert_eq!(
        out,
        [
            SettingsOut::Changed,
            SettingsOut::Ended { good: true },
            SettingsOut::Scope { limit: Some(5), region: None, seats: settings::SEATS },
            SettingsOut::Engine(Event::Table(used.connect_to_teams.clone())),
            SettingsOut::Engine(Event::TeamsTable(used.teams_to_connect.clone())),
            SettingsOut::Engine(Event::Rules(used.rules)),
            SettingsOut::Engine(Event::DryRun(true)),
            SettingsOut::Desktop(Box::new(used)),
        ]
    );
    assert_eq!(run.current.needs_restart(), None);
}

#[test]
fn what_has_not_changed_is_not_reported_again() {
    let mut run = Run::new();
    assert_eq!(run.becomes(Loaded::default()), [SettingsOut::Ended { good: true }]);
}

#[test]
fn another_tenant_needs_a_restart_until_the_change_is_undone() {
    let mut run = Run::new();
    run.becomes(good(|settings| settings.tenant = "contoso.com".parse().ok()));
    assert_eq!(run.current.needs_restart().map(|keys| keys.to_string()).as_deref(), Some("microsoft.tenant"));
    run.becomes(Loaded::default());
    assert_eq!(run.current.needs_restart(), None);
}

#[test]
fn one_reading_at_a_time_and_the_last_change_is_always_read() {
    let mut run = Run::new();
    let first = run.changed();
    assert_eq!(run.feed(SettingsIn::Changed), NOTHING);
    assert_eq!(run.feed(SettingsIn::Changed), NOTHING);
    // What the first one read may be older than the change.
    let out = run.read(first, limited(1));
    let [SettingsOut::Read { reading }] = out.as_slice() else { panic!("{out:?}") };
    assert_eq!(run.current.used().drawer_limit, Settings::default().drawer_limit);
    run.read(*reading, limited(2));
    assert_eq!(run.current.used().drawer_limit, Some(2));
    assert_eq!(run.current.deadline(), None);
}

#[test]
fn a_reading_that_never_ends_does_not_stop_the_next_one() {
    let mut run = Run::new();
    let hangs = run.changed();
    assert_eq!(run.feed(SettingsIn::Due), NOTHING, "not yet");
    run.now = run.current.deadline().unwrap();
    assert_eq!(run.feed(SettingsIn::Due), [SettingsOut::Ended { good: false }]);
    assert_eq!(run.current.deadline(), None);
    let next = run.changed();
    run.read(next, limited(2));
    assert_eq!(run.read(hangs, limited(1)), NOTHING, "it is older");
    assert_eq!(run.current.used().drawer_limit, Some(2));
}

#[test]
fn a_change_during_a_reading_that_never_ends_is_read_at_its_limit() {
    let mut run = Run::new();
    let hangs = run.changed();
    run.feed(SettingsIn::Changed);
    run.now = run.current.deadline().unwrap();
    let out = run.feed(SettingsIn::Due);
    assert_eq!(out, [SettingsOut::Read { reading: hangs + 1 }]);
}

#[test]
fn the_newest_reading_counts_even_if_it_comes_late() {
    let mut run = Run::new();
    let late = run.changed();
    run.now = run.current.deadline().unwrap();
    run.feed(SettingsIn::Due);
    run.read(late, limited(3));
    assert_eq!(run.current.used().drawer_limit, Some(3));
}

#[test]
fn a_file_that_breaks_is_reported_once_and_the_notice_withdrawn_when_it_is_corrected() {
    let mut run = Run::with(limited(7));
    let last_good = fallen_back(Layer::User, limited(7));
    let out = run.becomes(last_good.clone());
    assert_eq!(
        out,
        [
            SettingsOut::Changed,
            SettingsOut::Ended { good: false },
            SettingsOut::WithdrawNotice,
            SettingsOut::Notify(problem(Layer::User)),
        ]
    );
    assert_eq!(run.becomes(last_good), [SettingsOut::Ended { good: false }], "the person knows");
    assert_eq!(
        run.becomes(limited(7)),
        [SettingsOut::Changed, SettingsOut::Ended { good: true }, SettingsOut::WithdrawNotice]
    );
    assert_eq!(run.current.problem(), None);
}

#[test]
fn a_policy_that_breaks_loosens_nothing() {
    let mut run = Run::with(limited(7));
    run.becomes(broken(Layer::Policy));
    assert_eq!(run.current.used().drawer_limit, Some(7));
    assert_eq!(run.current.loaded().settings.drawer_limit, Some(7));
    assert_eq!(run.current.loaded().problem, Some(problem(Layer::Policy)));
}

#[test]
fn settings_without_a_copy_on_disk_stay_when_the_file_breaks() {
    let not_kept = NotKept { file: PathBuf::from("copy"), reason: "full".to_owned() };
    let mut begun = limited(7);
    begun.not_kept = Some(not_kept);
    let mut run = Run::with(begun);
    run.becomes(broken(Layer::User));
    assert_eq!(run.current.used().drawer_limit, Some(7));
    run.becomes(limited(8));
    run.becomes(broken(Layer::User));
    assert_eq!(run.current.used().drawer_limit, Settings::default().drawer_limit, "there is a copy again");
}

#[test]
fn the_table_has_what_is_proposed_for_the_statuses_of_the_instance() {
    let mut run = Run::new();
    let lunch = StatusArn::new("arn:lunch");
    run.statuses =
        vec![AgentStatus { arn: lunch.clone(), name: "Lunch".to_owned(), kind: StatusKind::Custom }];
    let out = run.feed(SettingsIn::Statuses);
    let [SettingsOut::Engine(Event::Table(table))] = out.as_slice() else { panic!("{out:?}") };
    let proposed = table.rows().iter().find(|row| row.when == When::Status(lunch.clone())).unwrap();
    assert_eq!(proposed.target, Target::BeRightBack);
}

#[test]
fn a_clock_that_is_set_moves_the_limit_with_it() {
    let mut run = Run::new();
    run.changed();
    let (until, by) = (run.current.deadline().unwrap(), SignedDuration::from_hours(-3));
    run.current.redate(by);
    assert_eq!(run.current.deadline(), Some(until + by));
}
