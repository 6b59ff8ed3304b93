//! What a control or a menu asks for, until it is in the file or refused.

use settings::{Notifications, Theme};
use view::controls::{NoticeChoice, ThemeChoice};

use super::*;

const DARK: SettingsIn = SettingsIn::Edit(SettingEdit::Theme(ThemeChoice::Dark));

fn limit(people: u32) -> SettingsIn {
    SettingsIn::Edit(SettingEdit::DrawerLimit(people))
}

/// What is to be saved, and what it is derived from.
fn saves(out: &[SettingsOut]) -> Vec<(&Settings, &Settings)> {
    out.iter()
        .filter_map(|out| match out {
            SettingsOut::Save { loaded, wanted } => Some((&loaded.settings, &**wanted)),
            SettingsOut::Read { .. }
            | SettingsOut::NotifyNotSaved(_)
            | SettingsOut::Changed
            | SettingsOut::Ended { .. }
            | SettingsOut::Notify(_)
            | SettingsOut::WithdrawNotice
            | SettingsOut::Engine(_)
            | SettingsOut::Scope { .. }
            | SettingsOut::Desktop(_) => None,
        })
        .collect()
}

fn wanted(out: &[SettingsOut]) -> Settings {
    let saves = saves(out);
    let [(_, wanted)] = saves.as_slice() else { panic!("{out:?}") };
    (*wanted).clone()
}

/// A failure that a retry does not change.
fn wrong() -> NotSaved {
    NotSaved::Wrong("this is no setting".to_owned())
}

fn not_saved(why: NotSaved) -> SettingsIn {
    SettingsIn::Saved(Err(why))
}

/// The number of the reading that is asked for.
fn reading(out: &[SettingsOut]) -> u64 {
    let read = out
        .iter()
        .find_map(|out| if let SettingsOut::Read { reading } = out { Some(*reading) } else { None });
    read.unwrap()
}

#[test]
fn a_control_changes_its_setting_and_nothing_else_and_the_file_is_read_again() {
    let mut run = Run::with(good(|settings| settings.seats = 7));
    let before = run.current.used().clone();
    let out = run.feed(DARK);
    assert_eq!(wanted(&out), Settings { theme: Theme::Dark, ..before.clone() });
    assert!(out.contains(&SettingsOut::Changed), "the window is notified");
    assert_eq!((run.current.shown().theme, run.current.used().theme), (Theme::Dark, Theme::System));

    let out = run.feed(SettingsIn::Saved(Ok(())));
    assert_eq!(run.current.shown().theme, Theme::Dark, "until it has been read");
    run.read(reading(&out), good(|settings| (settings.seats, settings.theme) = (7, Theme::Dark)));
    assert_eq!(run.current.used(), &Settings { theme: Theme::Dark, ..before });
    assert_eq!(run.current.shown(), *run.current.used());
}

#[test]
fn every_control_writes_its_own_setting() {
    let region = Some("DE".to_owned());
    let queue = Some("arn:aws:connect:eu-west-2:1:instance/a/queue/b".to_owned());
    let edits = [
        SettingEdit::StartWithSystem(true),
        SettingEdit::Theme(ThemeChoice::Contrast),
        SettingEdit::Notifications(NoticeChoice::Important),
        SettingEdit::DryRun(true),
        SettingEdit::Hold(20),
        SettingEdit::RestoreIdle(10),
        SettingEdit::HeldFor(3),
        SettingEdit::StatusMessage(MessageChoice::Status),
        SettingEdit::DrawerLimit(0),
        SettingEdit::DrawerCompact(true),
        SettingEdit::DrawerPhotos(false),
        SettingEdit::DrawerCache(false),
        SettingEdit::Region(region),
        SettingEdit::Queue(queue.clone()),
        SettingEdit::RecentCalls(0),
    ];
    let mut settings = Settings::default();
    for edit in edits {
        let mut run = Run::with(good(|known| known.clone_from(&settings)));
        let next = wanted(&run.feed(SettingsIn::Edit(edit.clone())));
        assert_ne!(next, settings, "{edit:?}");
        settings = next;
    }
    let mut expected = Settings {
        start_with_system: true,
        theme: Theme::Contrast,
        notifications: Notifications::Important,
        dry_run: true,
        restore_idle: Duration::from_secs(600),
        status_message: StatusMessage::Status,
        drawer_limit: None,
        drawer_compact: true,
        drawer_photos: false,
        drawer_cache: false,
        call_region: Some(Country::DE),
        call_queue: queue,
        recent_calls: 0,
        ..Settings::default()
    };
    expected.connect_to_teams.hold = Duration::from_secs(20);
    expected.teams_to_connect.hold = Duration::from_secs(20);
    expected.rules.held_for = Duration::from_secs(3 * 3600);
    assert_eq!(settings, expected);
}

#[test]
fn as_many_calls_as_before_are_kept_when_they_are_kept_again() {
    let mut run = Run::with(good(|settings| settings.recent_calls = 200));
    assert_eq!(run.current.recent_calls_on(), 200);
    run.feed(SettingsIn::Edit(SettingEdit::RecentCalls(0)));
    let out = run.feed(SettingsIn::Saved(Ok(())));
    run.read(reading(&out), good(|settings| settings.recent_calls = 0));
    assert_eq!((run.current.used().recent_calls, run.current.recent_calls_on()), (0, 200));
    run.becomes(good(|settings| settings.recent_calls = 30));
    assert_eq!(run.current.recent_calls_on(), 30);

    let begun_without = Run::with(good(|settings| settings.recent_calls = 0));
    assert_eq!(begun_without.current.recent_calls_on(), RECENT_CALLS, "nothing else is known");
}

#[test]
fn two_quick_changes_are_saved_one_after_the_other_and_both_stay() {
    let mut run = Run::new();
    run.feed(DARK);
    assert!(saves(&run.feed(limit(5))).is_empty(), "one at a time");
    assert_eq!(run.current.shown().drawer_limit, Some(5), "but it is shown at once");
    let out = run.feed(SettingsIn::Saved(Ok(())));
    assert!(saves(&out).is_empty(), "the file is read first");
    let out = run.read(reading(&out), good(|settings| settings.theme = Theme::Dark));
    let [(before, after)] = saves(&out)[..] else { panic!("{out:?}") };
    assert_eq!(before.theme, Theme::Dark);
    assert_eq!((after.theme, after.drawer_limit), (Theme::Dark, Some(5)));
}

#[test]
fn of_many_changes_of_one_setting_the_last_one_counts() {
    let mut run = Run::new();
    run.feed(limit(1));
    for people in 2..50 {
        run.feed(limit(people));
    }
    let out = run.feed(SettingsIn::Saved(Ok(())));
    let out = run.read(reading(&out), limited(1));
    assert_eq!(wanted(&out).drawer_limit, Some(49));
    let out = run.feed(SettingsIn::Saved(Ok(())));
    assert!(saves(&run.read(reading(&out), limited(49))).is_empty(), "nothing is left");
}

#[test]
fn a_change_during_a_reading_is_derived_from_its_result() {
    let mut run = Run::new();
    let under_way = run.changed();
    assert!(saves(&run.feed(DARK)).is_empty());
    let out = run.read(under_way, limited(5));
    assert_eq!((wanted(&out).drawer_limit, wanted(&out).theme), (Some(5), Theme::Dark));
}

#[test]
fn a_file_that_was_changed_meanwhile_is_read_and_the_change_made_once_more() {
    let mut run = Run::new();
    run.feed(DARK);
    let out = run.feed(not_saved(NotSaved::Changed));
    let out = run.read(reading(&out), limited(5));
    assert_eq!((wanted(&out).drawer_limit, wanted(&out).theme), (Some(5), Theme::Dark));
    let out = run.feed(not_saved(NotSaved::Changed));
    assert!(saves(&run.read(reading(&out), limited(6))).is_empty(), "once");
    let why = SettingRefusal::NotSaved(NotSaved::Changed);
    assert_eq!(run.current.refused(), &BTreeMap::from([(Key::Theme, why)]));
    assert_eq!(run.current.shown().theme, Theme::System);
}

#[test]
fn a_refusal_stays_at_its_setting_until_the_next_change_of_it_and_the_others_continue() {
    let mut run = Run::new();
    run.feed(SettingsIn::Edit(SettingEdit::Hold(99_999)));
    run.feed(DARK);
    let out = run.feed(not_saved(wrong()));
    assert!(out.contains(&SettingsOut::Changed));
    assert_eq!(wanted(&out).theme, Theme::Dark, "nothing was written, so nothing is read");
    assert_eq!(run.current.refused().keys().collect::<Vec<_>>(), [&Key::Hold]);
    let default = Settings::default().connect_to_teams.hold;
    assert_eq!(run.current.shown().connect_to_teams.hold, default);
    run.feed(SettingsIn::Edit(SettingEdit::Hold(20)));
    assert!(run.current.refused().is_empty());
}

#[test]
fn a_refusal_is_forgotten_with_the_window() {
    let mut run = Run::new();
    run.feed(DARK);
    run.feed(not_saved(wrong()));
    run.feed(SettingsIn::WindowClosed);
    assert!(run.current.refused().is_empty());
}

#[test]
fn a_control_needs_no_notification_and_a_menu_does() {
    let why = SettingRefusal::NotSaved(wrong());
    let mut run = Run::new();
    run.feed(DARK);
    assert!(!run.feed(not_saved(wrong())).contains(&SettingsOut::NotifyNotSaved(why.clone())));
    run.feed(SettingsIn::NumberInStatus { on: true });
    assert!(run.feed(not_saved(wrong())).contains(&SettingsOut::NotifyNotSaved(why)));
}

#[test]
fn nothing_is_written_while_a_file_is_broken() {
    let mut run = Run::new();
    run.becomes(broken(Layer::User));
    let out = run.feed(DARK);
    assert!(saves(&out).is_empty());
    assert_eq!(run.current.refused(), &BTreeMap::from([(Key::Theme, SettingRefusal::FileBroken)]));
    assert_eq!(run.current.shown().theme, Theme::System);

    let mut run = Run::new();
    run.feed(DARK);
    run.feed(limit(5));
    let out = run.feed(SettingsIn::Saved(Ok(())));
    let out = run.read(reading(&out), broken(Layer::User));
    assert!(saves(&out).is_empty(), "what waited is not written either");
    assert_eq!(run.current.refused(), &BTreeMap::from([(Key::DrawerLimit, SettingRefusal::FileBroken)]));
}

#[test]
fn a_copy_with_a_folder_of_its_own_does_not_start_with_the_system() {
    let mut run = Run::new();
    run.can_start_with_system = false;
    assert!(saves(&run.feed(SettingsIn::Edit(SettingEdit::StartWithSystem(true)))).is_empty());
    assert_eq!(run.current.refused(), &BTreeMap::from([(Key::StartWithSystem, SettingRefusal::OwnFolder)]));
}

#[test]
fn a_country_that_does_not_exist_is_refused() {
    let mut run = Run::new();
    assert!(saves(&run.feed(SettingsIn::Edit(SettingEdit::Region(Some("XX".to_owned()))))).is_empty());
    assert_eq!(run.current.refused(), &BTreeMap::from([(Key::Region, SettingRefusal::NoSuchCountry)]));
    assert_eq!(run.current.shown().call_region, None);
}

#[test]
fn a_write_that_never_ends_is_given_up_and_counts_if_it_ends_after_all() {
    let mut run = Run::new();
    run.feed(DARK);
    run.feed(limit(5));
    run.now = run.current.deadline().unwrap();
    let out = run.feed(SettingsIn::Due);
    assert!(out.contains(&SettingsOut::Changed));
    let refused = run.current.refused();
    assert!(refused.values().all(|why| *why == SettingRefusal::NoAnswer) && refused.len() == 2);
    assert_eq!(run.current.deadline(), None);
    assert!(saves(&run.feed(limit(6))).is_empty(), "a second write would interfere with it");

    let out = run.feed(SettingsIn::Saved(Ok(())));
    assert_eq!(run.current.refused().keys().collect::<Vec<_>>(), [&Key::DrawerLimit]);
    run.read(reading(&out), good(|settings| settings.theme = Theme::Dark));
    assert_eq!(wanted(&run.feed(limit(7))).theme, Theme::Dark);
}

#[test]
fn what_waits_for_a_reading_that_never_ends_is_refused() {
    let mut run = Run::new();
    run.changed();
    run.feed(DARK);
    run.now = run.current.deadline().unwrap();
    run.feed(SettingsIn::Due);
    assert_eq!(run.current.refused(), &BTreeMap::from([(Key::Theme, SettingRefusal::NoAnswer)]));
}

#[test]
fn the_menu_removes_the_number_and_nothing_else() {
    let message = |message| good(|settings| settings.status_message = message);
    let mut run = Run::with(message(StatusMessage::Status));
    assert!(run.feed(SettingsIn::NumberInStatus { on: false }).is_empty(), "the status stays");
    assert_eq!(
        wanted(&run.feed(SettingsIn::NumberInStatus { on: true })).status_message,
        StatusMessage::Number
    );
    let mut run = Run::with(message(StatusMessage::Number));
    assert_eq!(
        wanted(&run.feed(SettingsIn::NumberInStatus { on: false })).status_message,
        StatusMessage::Off
    );
    // The second click comes before the file is written.
    run.feed(SettingsIn::NumberInStatus { on: true });
    assert_eq!(run.current.shown().status_message, StatusMessage::Number);
}

#[test]
fn the_page_follows_the_file_while_nothing_is_saved() {
    let mut run = Run::new();
    assert!(run.becomes(limited(5)).contains(&SettingsOut::Changed));
    assert_eq!(run.current.shown().drawer_limit, Some(5));
    assert_eq!(run.becomes(limited(5)), [SettingsOut::Ended { good: true }], "it says nothing new");
}

#[test]
fn a_clock_that_is_set_moves_the_end_of_a_write_with_it() {
    let mut run = Run::new();
    run.feed(DARK);
    let (until, by) = (run.current.deadline().unwrap(), SignedDuration::from_hours(-3));
    run.current.redate(by);
    assert_eq!(run.current.deadline(), Some(until + by));
}
