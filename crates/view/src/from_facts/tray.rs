//! The tray: its sign, its tooltip and its menu, from the same facts as the view and in the same words.

use connect::Phase;
use presence::engine::Link;

use super::{
    incoming::{calling, incoming},
    link::{can_be_released, standstill},
    login_words, notices,
    stage::stage,
};
use crate::{
    facts::Facts,
    model::{Knob, Level, LinkReason, PauseFor, Stage, Tray, TrayAction, TrayItem, TraySign, View},
    words::{fill, say},
};

/// The tray beside this view of the same facts.
pub fn tray(facts: &Facts<'_>, view: &View) -> Tray {
    let (sign, tooltip) = sign(facts, view);
    Tray { sign, tooltip, menu: menu(facts, view) }
}

fn states(view: &View) -> [(&str, &str); 2] {
    [("connect", &view.own.connect.words), ("teams", &view.own.teams.words)]
}

fn sign(facts: &Facts<'_>, view: &View) -> (TraySign, String) {
    let health = &view.health;
    let other_person = facts.connect.is_somebody_else;
    if let Stage::NotSetUp { problem } = &view.stage {
        match problem {
            Some(problem) => (TraySign::Problem, fill("tray.problem", &[("what", problem)])),
            None => (TraySign::Paused, say("notSetUp.short")),
        }
    } else if let Some(call) = facts.call.as_ref().filter(|call| call.is_live) {
        (TraySign::Call, fill("tray.call", &[("name", call.name)]))
    } else if let Some(call) = facts.incoming.iter().rfind(|call| call.is_for_the_agent) {
        let words = match call.answered {
            None => calling(call),
            Some(_) => fill("tray.call", &[("name", &incoming(call).title)]),
        };
        (TraySign::Call, words)
    } else if facts.login.is_needed() {
        let under_way = login_words::under_way_line(facts);
        (TraySign::Login, under_way.unwrap_or_else(|| say("tray.login")))
    } else if other_person || health.level >= Level::Problem {
        let what = match &view.banner {
            Some(banner) if other_person => &banner.title,
            Some(_) | None => &health.words,
        };
        (TraySign::Problem, fill("tray.problem", &[("what", what)]))
    } else if health.level == Level::Reading {
        (TraySign::Paused, say("tray.starting"))
    } else if let Some(words) = standstill(facts) {
        (TraySign::Paused, words)
    } else if view.own.knob == Knob::NotInStep && health.level > Level::Reading {
        (TraySign::Paused, health.words.clone())
    } else {
        let sign = if view.own.reason == LinkReason::Off { TraySign::Paused } else { TraySign::Sync };
        (sign, link(view))
    }
}

/// The line under the two cards, without what changes every second, and both states.
fn link(view: &View) -> String {
    let key = match &view.own.reason {
        LinkReason::Off => "tray.off",
        LinkReason::NotSetUp | LinkReason::WaitsForLogin => "tray.states",
        LinkReason::TeamsFollows { .. } => "tray.teamsFollows",
        LinkReason::ConnectFollows { .. } => "tray.connectFollows",
        LinkReason::WaitsForAnswer => "tray.waitsForAnswer",
        LinkReason::WaitsForContact { .. } | LinkReason::Queued { .. } => "tray.waitsForContact",
        LinkReason::HeldByYou | LinkReason::Masked { .. } => "tray.heldByYou",
        LinkReason::NoChange { .. } => "tray.noChange",
        LinkReason::TeamsDecides => "tray.teamsDecides",
        LinkReason::TeamsLeads => "tray.teamsLeads",
        LinkReason::InStep { .. } => "tray.inStep",
        LinkReason::DryRun
        | LinkReason::Paused { .. }
        | LinkReason::Stopped
        | LinkReason::Offline
        | LinkReason::NotInStep { .. }
        | LinkReason::TeamsNotKnown
        | LinkReason::AsksSoon { .. }
        | LinkReason::SettingTeams
        | LinkReason::SettingConnect
        | LinkReason::MaskedByTeams { .. } => "tray.states",
    };
    fill(key, &states(view))
}

fn menu(facts: &Facts<'_>, view: &View) -> Vec<TrayItem> {
    let mut menu = vec![act("tray.open", TrayAction::Open)];
    if let Stage::NotSetUp { .. } = stage(facts) {
        menu.extend([
            act("tray.setUp", TrayAction::SetUp),
            TrayItem::Separator,
            act("tray.settings", TrayAction::Settings),
            TrayItem::Separator,
            act("tray.quit", TrayAction::Quit),
        ]);
        return menu;
    }
    if facts.login.under_way.is_some() {
        menu.push(act("tray.loginAgain", TrayAction::TeamsLogin));
        menu.push(act("tray.loginCancel", TrayAction::LoginCancel));
    } else if facts.login.is_needed() {
        menu.push(act("tray.teamsLogin", TrayAction::TeamsLogin));
    }
    if facts.connect.phase == Phase::LoginNeeded || facts.connect.login_is_due {
        menu.push(act("tray.connectLogin", TrayAction::ConnectLogin));
    }
    if facts.call.as_ref().is_some_and(|call| call.can_hang_up) {
        menu.push(act("tray.hangUp", TrayAction::HangUp));
    }
    if let Some(status) = facts.sync.back {
        menu.push(TrayItem::Act { label: notices::set_back(status), action: TrayAction::SetBack });
    }
    if can_be_released(facts) {
        menu.push(act("tray.release", TrayAction::Release));
    }
    menu.extend([TrayItem::Separator, TrayItem::Text(fill("tray.states", &states(view)))]);
    menu.extend(view.own.why.clone().map(|label| TrayItem::Act { label, action: TrayAction::Why }));
    menu.extend([
        TrayItem::Separator,
        act("tray.syncNow", TrayAction::SyncNow),
        pause(&facts.sync.link),
        act("tray.settings", TrayAction::Settings),
        TrayItem::Separator,
        act("tray.quit", TrayAction::Quit),
    ]);
    menu
}

fn pause(link: &Link) -> TrayItem {
    if matches!(link, Link::Paused { .. } | Link::Stopped { .. }) {
        return act("tray.resume", TrayAction::Resume);
    }
    let items = [
        ("tray.pauseQuarter", PauseFor::Quarter),
        ("tray.pauseHour", PauseFor::Hour),
        ("tray.pauseOpen", PauseFor::Open),
    ];
    let items = items.map(|(key, length)| act(key, TrayAction::Pause(length)));
    TrayItem::Menu { label: say("tray.pause"), items: items.into() }
}

fn act(key: &str, action: TrayAction) -> TrayItem {
    TrayItem::Act { label: say(key), action }
}

#[cfg(test)]
mod tests;
