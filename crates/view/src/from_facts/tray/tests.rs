//! The sign, the tooltip and the menu.

use connect::Inbound;
use graph::GraphError;
use presence::{connect::ContactId, timeline::Side};

use super::{super::fixture::*, *};
use crate::{
    facts::{Browser, BrowserLogin, CallProgress, IncomingFacts, LoginPhase, Trouble, WhoCalls},
    from_facts::view,
};

/// Something that adds an item to the menu.
type Happening = fn(&mut Facts<'static>);

fn tray_of(facts: &Facts<'_>) -> Tray {
    tray(facts, &view(facts, 1))
}

fn items(facts: &Facts<'_>) -> Vec<TrayAction> {
    let menu = tray_of(facts).menu.into_iter();
    menu.filter_map(|item| match item {
        TrayItem::Act { action, .. } => Some(action),
        TrayItem::Menu { .. } | TrayItem::Text(_) | TrayItem::Separator => None,
    })
    .collect()
}

#[test]
fn in_step_both_states_are_named() {
    let tray = tray_of(&facts());
    let states = [("connect", "Available"), ("teams", "Available")];
    assert_eq!((tray.sign, tray.tooltip), (TraySign::Sync, fill("tray.inStep", &states)));
    assert!(tray.menu.contains(&TrayItem::Text(fill("tray.states", &states))));
}

#[test]
fn the_tooltip_says_what_the_line_under_the_cards_says() {
    for (link, key) in [
        (Link::TeamsFollows { at: at(11) }, "tray.teamsFollows"),
        (Link::ConnectFollows { at: at(11), asks: false }, "tray.connectFollows"),
        (Link::WaitsForAnswer, "tray.waitsForAnswer"),
        (Link::WaitsForContact, "tray.waitsForContact"),
        (Link::HeldByYou, "tray.heldByYou"),
        (Link::NoChange, "tray.noChange"),
        (Link::TeamsDecides, "tray.teamsDecides"),
        (Link::TeamsLeads, "tray.teamsLeads"),
        (Link::Writing(Side::Connect), "tray.states"),
    ] {
        let mut facts = facts();
        facts.sync.link = link.clone();
        let wanted = fill(key, &[("connect", "Available"), ("teams", "Available")]);
        let tray = tray_of(&facts);
        assert_eq!((tray.sign, tray.tooltip), (TraySign::Sync, wanted), "{link:?}");
    }
}

#[test]
fn the_most_important_sign_wins() {
    let error = GraphError::NotAllowed { missing: "a right", retry_after: None };
    let failing = Trouble { error, since: at(-60) };
    let mut facts = facts();
    facts.sync.link = Link::Off;
    assert_eq!(tray_of(&facts).sign, TraySign::Paused);
    assert!(tray_of(&facts).tooltip.contains("Available"));
    facts.sync.link = Link::Paused { until: None };
    assert_eq!(tray_of(&facts).tooltip, say("tray.paused"));
    facts.connect.phase = Phase::Starting;
    assert_eq!((tray_of(&facts).sign, tray_of(&facts).tooltip), (TraySign::Paused, say("tray.starting")));
    facts.teams.reading = Some(&failing);
    let shown = tray_of(&facts);
    assert_eq!(shown.sign, TraySign::Problem);
    assert!(shown.tooltip.contains(&view(&facts, 1).health.words), "{}", shown.tooltip);
    facts.login.phase = LoginPhase::SignedOut { since: None };
    assert_eq!((tray_of(&facts).sign, tray_of(&facts).tooltip), (TraySign::Login, say("tray.login")));
    facts.call = Some(call(CallProgress::Dialling));
    assert_eq!(tray_of(&facts).sign, TraySign::Call);
    assert_eq!(tray_of(&facts).tooltip, fill("tray.call", &[("name", "Hiro")]));
}

#[test]
fn a_call_that_comes_in_is_named_if_it_is_for_the_agent() {
    let contact = ContactId::new("a");
    let inbound = Inbound::default();
    let call = |is_for_the_agent, answered| IncomingFacts {
        contact: &contact,
        who: WhoCalls::Named("Grace H."),
        inbound: &inbound,
        number: None,
        answered,
        is_for_the_agent,
    };
    let shown = |incoming| {
        let tray = tray_of(&Facts { incoming: vec![incoming], ..facts() });
        (tray.sign, tray.tooltip)
    };
    assert_eq!(shown(call(true, None)), (TraySign::Call, "Grace H. is calling".to_owned()));
    let on_a_call = fill("tray.call", &[("name", "Grace H.")]);
    assert_eq!(shown(call(true, Some(at(0)))), (TraySign::Call, on_a_call));
    assert_eq!(shown(call(false, None)).0, TraySign::Sync, "a customer's call is ConnectPath's business");
}

#[test]
fn a_call_that_is_over_is_no_call_for_the_tray() {
    let mut facts = facts();
    let over = call(CallProgress::Over { connected: None });
    facts.call = Some(crate::facts::CallFacts { is_live: false, can_hang_up: false, ..over });
    assert_eq!(tray_of(&facts).sign, TraySign::Sync);
    assert!(!items(&facts).contains(&TrayAction::HangUp));
}

#[test]
fn the_wrong_person_is_named_by_the_banner() {
    let mut facts = facts();
    facts.connect.is_somebody_else = true;
    let (shown, banner) = (tray_of(&facts), view(&facts, 1).banner.unwrap());
    let tooltip = fill("tray.problem", &[("what", &banner.title)]);
    assert_eq!((shown.sign, shown.tooltip), (TraySign::Problem, tooltip));
}

#[test]
fn a_login_that_is_under_way_can_be_opened_again_and_cancelled() {
    let mut facts = nobody(None);
    facts.login.under_way = Some(BrowserLogin { page: None, browser: Browser::Asked });
    let shown = tray_of(&facts);
    assert_eq!((shown.sign, shown.tooltip.as_str()), (TraySign::Login, "Continue in the browser"));
    assert_eq!(items(&facts)[..3], [TrayAction::Open, TrayAction::TeamsLogin, TrayAction::LoginCancel]);
    facts.login.under_way = Some(BrowserLogin { page: None, browser: Browser::Failed });
    assert_eq!(tray_of(&facts).tooltip, "No browser for Teams Login");
}

#[test]
fn a_warning_leaves_the_sign_as_it_is() {
    let mut facts = facts();
    facts.teams.slowed = Some(at(60));
    assert_eq!(tray_of(&facts).sign, TraySign::Sync);
}

#[test]
fn without_a_network_the_sign_is_a_problem() {
    let tray = tray_of(&offline());
    assert_eq!(tray.sign, TraySign::Problem);
    assert_eq!(tray.tooltip, fill("tray.problem", &[("what", &say("checks.offline"))]));
}

#[test]
fn the_menu_offers_what_can_be_done_now() {
    let usual =
        [TrayAction::Open, TrayAction::Why, TrayAction::SyncNow, TrayAction::Settings, TrayAction::Quit];
    assert_eq!(items(&facts()), usual);
    let cases: [(TrayAction, Happening); 6] = [
        (TrayAction::TeamsLogin, |facts| facts.login.phase = LoginPhase::SignedOut { since: None }),
        (TrayAction::ConnectLogin, |facts| facts.connect.phase = Phase::LoginNeeded),
        (TrayAction::ConnectLogin, |facts| facts.connect.login_is_due = true),
        (TrayAction::HangUp, |facts| facts.call = Some(call(CallProgress::Dialling))),
        (TrayAction::Release, |facts| facts.sync.link = Link::HeldByYou),
        (TrayAction::SetBack, |facts| facts.sync.back = Some(&FREE)),
    ];
    for (action, happen) in cases {
        let mut facts = facts();
        happen(&mut facts);
        assert_eq!(items(&facts).get(1), Some(&action));
        assert_eq!(items(&facts).len(), usual.len() + 1);
    }
}

#[test]
fn a_pause_is_offered_or_its_end() {
    let resumes = |link| {
        let mut facts = facts();
        facts.sync.link = link;
        items(&facts).contains(&TrayAction::Resume)
    };
    assert!(!resumes(Link::TeamsDecides));
    assert!(resumes(Link::Paused { until: Some(at(60)) }));
    let why = presence::provenance::StopReason::SecondWriter;
    assert!(resumes(Link::Stopped { until: None, why }));
}
