//! Before the set-up and before the first login one thing is said everywhere, and nothing is called broken.

use presence::engine::Link;

use super::{super::fixture::*, *};
use crate::{
    facts::LoginPhase,
    from_facts::{tray, view},
    model::{Knob, LinkReason, Tray, TrayAction, TrayItem, TraySign, View},
    words::fill,
};

fn shown(facts: &Facts<'_>) -> (View, Tray) {
    let view = view(facts, 1);
    let tray = tray(facts, &view);
    (view, tray)
}

/// What the engine says as long as a side is missing.
fn at_the_first_start() -> Facts<'static> {
    let mut facts = not_set_up();
    facts.sync.link = Link::NotInStep { since: at(-30) };
    facts.connect.live = None;
    facts.connect.last = None;
    facts
}

#[test]
fn before_the_set_up_header_banner_health_and_tray_say_the_same_one_thing() {
    let (view, tray) = shown(&at_the_first_start());
    assert_eq!(view.stage, Stage::NotSetUp { problem: None });
    assert_eq!((view.own.knob, view.own.reason, view.own.why), (Knob::Off, LinkReason::NotSetUp, None));
    assert_eq!(view.banner, None);
    assert_eq!((view.health.level, view.health.words.as_str()), (Level::Warning, "Not set up yet"));
    assert_eq!(view.health.cards.len(), 1);
    assert_eq!((tray.sign, tray.tooltip.as_str()), (TraySign::Paused, "Not set up yet"));
    let acts: Vec<TrayAction> = tray
        .menu
        .into_iter()
        .filter_map(|item| match item {
            TrayItem::Act { action, .. } => Some(action),
            TrayItem::Menu { .. } | TrayItem::Text(_) | TrayItem::Separator => None,
        })
        .collect();
    assert_eq!(acts, [TrayAction::Open, TrayAction::SetUp, TrayAction::Settings, TrayAction::Quit]);
}

#[test]
fn a_settings_file_that_cannot_be_used_is_a_problem_and_is_named() {
    let mut facts = at_the_first_start();
    facts.settings.problem = Some(&PROBLEM);
    let (view, tray) = shown(&facts);
    let problem = PROBLEM.to_string();
    assert_eq!(view.stage, Stage::NotSetUp { problem: Some(problem.clone()) });
    assert_eq!(view.health.level, Level::Problem);
    let tooltip = fill("tray.problem", &[("what", &problem)]);
    assert_eq!((tray.sign, tray.tooltip), (TraySign::Problem, tooltip));
}

#[test]
fn before_the_first_login_nothing_is_broken_and_every_part_asks_for_it() {
    let mut facts = nobody(None);
    facts.sync.link = Link::NotInStep { since: at(-30) };
    let (view, tray) = shown(&facts);
    assert_eq!(view.stage, Stage::LoginNeeded);
    assert_eq!((view.own.knob, view.own.reason, view.own.why), (Knob::Off, LinkReason::WaitsForLogin, None));
    assert_eq!(view.banner.map(|banner| banner.level), Some(Level::Warning));
    assert_eq!((view.health.level, view.health.words.as_str()), (Level::Warning, "Teams: login needed"));
    assert!(view.health.cards.iter().all(|card| card.level <= Level::Warning), "{:#?}", view.health.cards);
    assert_eq!((tray.sign, tray.tooltip), (TraySign::Login, say("tray.login")));
}

#[test]
fn a_login_that_ended_leaves_the_sides_as_they_are() {
    let mut facts = nobody(None);
    facts.login.phase = LoginPhase::SignedOut { since: Some(at(-60)) };
    facts.sync.link = Link::NotInStep { since: at(-30) };
    let (view, _) = shown(&facts);
    assert_eq!((view.stage, view.own.knob), (Stage::LoginNeeded, Knob::NotInStep));
    assert_eq!(view.own.why, Some(say("timeline.answer.whatHappened")));
}
