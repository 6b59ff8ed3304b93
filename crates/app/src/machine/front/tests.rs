//! When the windows and the tray are notified, and when not.

use view::{
    Badge, Counts, DirectorySearch, Health, Knob, Level, LinkReason, Own, SideState, Stage, TraySign,
};

use super::*;

fn view(front: &Front, words: &str) -> View {
    let side = || SideState { words: words.to_owned(), badge: Badge::Unknown, since: None };
    View {
        revision: front.revision(),
        look: view::from_facts::look(&settings::Settings::default()),
        stage: Stage::Ready,
        own: Own {
            name: String::new(),
            number: None,
            upn: String::new(),
            connect: side(),
            teams: side(),
            knob: Knob::Off,
            reason: LinkReason::Off,
            why: None,
        },
        banner: None,
        call: None,
        incoming: Vec::new(),
        missed: Vec::new(),
        health: Health { level: Level::Ok, words: String::new(), as_of: None, cards: Vec::new() },
        counts: Counts {
            listed: 0,
            known: 0,
            loading: false,
            offline_hidden: false,
            found: None,
            left_out: 0,
            grouped: false,
            asked: DirectorySearch::NotAsked,
        },
    }
}

fn tray(tooltip: &str) -> Tray {
    Tray { sign: TraySign::Sync, tooltip: tooltip.to_owned(), menu: Vec::new() }
}

fn publish(front: &mut Front, words: &str, list: u64) -> Vec<FrontOut> {
    let view = view(front, words);
    front.publish(view, list, tray(words))
}

/// A drawer that has seen "a".
fn open() -> Front {
    let mut front = Front::default();
    front.drawer_opened(true);
    let first = publish(&mut front, "a", 0);
    assert_eq!(first, [FrontOut::ViewChanged(1), FrontOut::SetTray(tray("a"))]);
    front
}

#[test]
fn what_has_not_changed_is_not_shown_again() {
    let mut front = open();
    assert_eq!(publish(&mut front, "a", 0), []);
    assert_eq!(publish(&mut front, "b", 0), [FrontOut::ViewChanged(2), FrontOut::SetTray(tray("b"))]);
    assert_eq!(publish(&mut front, "b", 0), []);
    assert_eq!(front.revision(), 2);
}

#[test]
fn a_new_list_is_a_new_revision_and_leaves_the_tray() {
    let mut front = open();
    assert_eq!(publish(&mut front, "a", 5), [FrontOut::ViewChanged(2)]);
    assert_eq!(publish(&mut front, "a", 5), []);
}

#[test]
fn a_closed_window_is_not_notified_and_the_revision_still_grows() {
    let mut front = open();
    front.drawer_opened(false);
    assert_eq!(publish(&mut front, "b", 0), [FrontOut::SetTray(tray("b"))]);
    front.settings_opened(true);
    let shown = publish(&mut front, "c", 0);
    assert_eq!(shown, [FrontOut::ViewChanged(3), FrontOut::SetTray(tray("c"))]);
}

#[test]
fn only_the_settings_window_is_notified_of_a_decision() {
    let mut front = open();
    front.recorded();
    assert_eq!(publish(&mut front, "a", 0), []);
    front.settings_opened(true);
    assert_eq!(publish(&mut front, "a", 0), [], "it happened before the window was opened");
    front.recorded();
    assert_eq!(publish(&mut front, "a", 0), [FrontOut::ViewChanged(2)]);
    assert_eq!(publish(&mut front, "a", 0), []);
}

#[test]
fn what_is_not_in_the_view_can_ask_for_a_new_revision() {
    let mut front = open();
    front.touch();
    assert_eq!(publish(&mut front, "a", 0), [FrontOut::ViewChanged(2)]);
    assert_eq!(publish(&mut front, "a", 0), []);
}

#[test]
fn another_controller_continues_the_revision_and_shows_everything_again() {
    let mut front = open();
    front.tray_found(false);
    let mut next = front.for_next_run();
    assert!(next.has_no_tray());
    let shown = publish(&mut next, "a", 0);
    assert_eq!(shown, [FrontOut::ViewChanged(2), FrontOut::SetTray(tray("a"))]);
}

#[test]
fn the_drawer_is_in_front_only_while_it_is_open_and_the_settings_window_is_not() {
    let mut front = Front::default();
    assert!(!front.is_drawer_in_front());
    front.drawer_opened(true);
    assert!(front.is_drawer_in_front());
    front.settings_opened(true);
    assert!(!front.is_drawer_in_front());
}
