//! The whole view and the tray beside it.

use connect::Phase;
use presence::{engine::Link, provenance::StopReason, timeline::Side};
use signin::Class;

use super::{
    super::{
        fixture::{at, facts, not_set_up, offline},
        tray,
    },
    *,
};
use crate::{
    facts::{LoginPhase, RefusalFacts, SyncStop, TeamFacts},
    model::{DirectorySearch, Level, Stage, TrayAction, TrayItem, TraySign},
};

#[test]
fn the_list_is_loading_only_while_somebody_is_or_will_be_signed_in() {
    let mut facts = facts();
    facts.team.is_loading = true;
    assert!(view(&facts, 1).counts.loading);
    for (phase, loading) in [
        (LoginPhase::Starting, true),
        (LoginPhase::Renewing, true),
        (LoginPhase::SignedOut { since: None }, false),
        (LoginPhase::Unconfigured, false),
    ] {
        facts.login.phase = phase;
        assert_eq!(view(&facts, 1).counts.loading, loading, "{phase:?}");
    }
    facts.login.phase = LoginPhase::Renewing;
    facts.login.refusal = Some(RefusalFacts { class: Class::Unreachable, error: None, about: None });
    assert!(!view(&facts, 1).counts.loading);
}

#[test]
fn the_counts_are_those_of_the_list() {
    let team = TeamFacts {
        known: 4812,
        listed: 40,
        found: Some(7),
        left_out: 5,
        hides_offline: true,
        is_grouped: true,
        asked: DirectorySearch::Found { count: 2 },
        ..facts().team
    };
    let shown = view(&Facts { team, ..facts() }, 9);
    let counts = Counts {
        listed: 40,
        known: 4812,
        loading: false,
        offline_hidden: true,
        found: Some(7),
        left_out: 5,
        grouped: true,
        asked: DirectorySearch::Found { count: 2 },
    };
    assert_eq!((shown.revision, shown.counts), (9, counts));
}

#[test]
fn the_same_facts_give_the_same_view() {
    for facts in [facts(), offline(), not_set_up()] {
        let shown = view(&facts, 3);
        assert_eq!(shown, view(&facts, 3));
        assert_eq!(tray(&facts, &shown), tray(&facts, &shown));
    }
}

fn links() -> [Link; 18] {
    [
        Link::Paused { until: Some(at(60)) },
        Link::DryRun,
        Link::Stopped { until: None, why: StopReason::SecondWriter },
        Link::Off,
        Link::NotInStep { since: at(-60) },
        Link::TeamsFollows { at: at(10) },
        Link::ConnectFollows { at: at(10), asks: false },
        Link::ConnectFollows { at: at(10), asks: true },
        Link::WaitsForAnswer,
        Link::WaitsForContact,
        Link::Writing(Side::Teams),
        Link::Writing(Side::Connect),
        Link::TeamsDecides,
        Link::TeamsLeads,
        Link::NoChange,
        Link::Masked,
        Link::HeldByYou,
        Link::InStep { since: at(-60) },
    ]
}

/// Every login with every session and every state of the engine, before the set-up and after it, with a network and
/// without.
fn everything(mut check: impl FnMut(&Facts<'_>)) {
    let phases = [
        LoginPhase::Unconfigured,
        LoginPhase::Starting,
        LoginPhase::SignedOut { since: None },
        LoginPhase::SignedOut { since: Some(at(-60)) },
        LoginPhase::Renewing,
        LoginPhase::SignedIn,
    ];
    let sessions = [
        Phase::Starting,
        Phase::LoginNeeded,
        Phase::NoAnswer,
        Phase::NotYet,
        Phase::NotApproved,
        Phase::Live,
        Phase::Old,
        Phase::Lost,
    ];
    for mut facts in [facts(), offline(), not_set_up()] {
        for phase in phases {
            facts.login.phase = phase;
            for class in [None, Some(Class::Unreachable), Some(Class::Consent)] {
                facts.login.refusal = class.map(|class| RefusalFacts { class, error: None, about: None });
                for session in sessions {
                    facts.connect.phase = session;
                    for link in links() {
                        let is_stopped = matches!(link, Link::Stopped { .. });
                        facts.sync.stop = is_stopped.then_some(&SyncStop::SecondWriter);
                        facts.sync.link = link;
                        check(&facts);
                    }
                }
            }
        }
    }
}

#[test]
fn whatever_happens_every_text_is_there_and_the_tray_agrees_with_the_view() {
    everything(|facts| {
        let shown = view(facts, 1);
        let tray = tray(facts, &shown);
        let mut texts = vec![tray.tooltip.as_str(), &shown.own.connect.words, &shown.own.teams.words];
        texts.extend(shown.own.why.as_deref());
        texts.push(&shown.health.words);
        texts.extend(shown.health.cards.iter().flat_map(|card| [card.title.as_str(), &card.text]));
        texts.extend(shown.banner.iter().flat_map(|banner| [banner.title.as_str(), &banner.body]));
        for text in texts {
            assert!(!text.is_empty() && !text.contains(['{', '}']), "{text:?} of {facts:#?}");
        }
        let worst = shown.health.cards.iter().map(|card| card.level).max();
        assert_eq!(Some(shown.health.level), worst);
        let asks = facts.login.is_needed() && shown.stage == Stage::LoginNeeded;
        assert_eq!(tray.sign == TraySign::Login, asks);
        if tray.sign == TraySign::Sync {
            assert!(shown.health.level <= Level::Warning && facts.settings.set.is_some(), "{facts:#?}");
        }
        let action = |item: Option<&TrayItem>| match item {
            Some(TrayItem::Act { action, .. }) => Some(*action),
            Some(TrayItem::Menu { .. } | TrayItem::Text(_) | TrayItem::Separator) | None => None,
        };
        assert_eq!(action(tray.menu.first()), Some(TrayAction::Open));
        assert_eq!(action(tray.menu.last()), Some(TrayAction::Quit));
    });
}
