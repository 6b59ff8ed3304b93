//! The one banner: restart, Teams Login, wrong person, Connect Login, sync stopped, back, settings file, a login
//! that runs out, offline, no tray – the first that applies.

use connect::{APPROVED_ORIGIN, Phase};

use super::{login_words, notices, primary, secondary, stage::stage, subtle};
use crate::{
    facts::Facts,
    model::{Action, Banner, Button, Level, Stage},
    words::{fill, say, time},
};

pub(super) fn banner(facts: &Facts<'_>) -> Option<Banner> {
    let restart = restart(facts);
    // Before the set-up the whole window says so, and nothing else.
    if matches!(stage(facts), Stage::NotSetUp { .. }) {
        return restart;
    }
    restart
        .or_else(|| login_words::banner(facts))
        .or_else(|| other_person(facts))
        .or_else(|| connect(facts))
        .or_else(|| facts.sync.stop.map(notices::stop_banner))
        .or_else(|| back(facts))
        .or_else(|| settings(facts))
        .or_else(|| login_words::reminder_banner(facts))
        .or_else(|| offline(facts))
        .or_else(|| tray(facts))
}

fn restart(facts: &Facts<'_>) -> Option<Banner> {
    let changed = facts.settings.needs_restart.as_ref()?;
    Some(Banner {
        level: Level::Warning,
        title: say("banner.restart.title"),
        body: fill("banner.restart.body", &[("what", &changed.to_string())]),
        buttons: vec![primary("banner.restart.button", Action::Restart)],
    })
}

fn other_person(facts: &Facts<'_>) -> Option<Banner> {
    if !facts.connect.is_somebody_else {
        return None;
    }
    let (who, agent) = facts.login.who.zip(facts.connect.agent)?;
    Some(Banner {
        level: Level::Problem,
        title: fill("banner.otherPerson.title", &[("upn", &who.upn), ("agent", &agent.username)]),
        body: say("banner.otherPerson.body"),
        buttons: vec![
            secondary("banner.otherPerson.both", Action::BothAreMe),
            secondary("banner.otherPerson.again", Action::TeamsLogin),
        ],
    })
}

fn connect(facts: &Facts<'_>) -> Option<Banner> {
    let (title, body, buttons) = match facts.connect.phase {
        Phase::LoginNeeded => (
            say("notice.connectLogin.title"),
            say("notice.connectLogin.body"),
            vec![primary("notice.connectLogin.button", Action::ConnectLogin)],
        ),
        Phase::NotYet => (
            say("banner.notYet.title"),
            fill("banner.notYet.body", &[("origin", APPROVED_ORIGIN)]),
            Vec::new(),
        ),
        Phase::NotApproved => (
            say("banner.notApproved.title"),
            fill("banner.notApproved.body", &[("origin", APPROVED_ORIGIN)]),
            Vec::new(),
        ),
        Phase::Starting | Phase::NoAnswer | Phase::Live | Phase::Old | Phase::Lost => return None,
    };
    Some(Banner { level: Level::Problem, title, body, buttons })
}

fn back(facts: &Facts<'_>) -> Option<Banner> {
    let status = facts.sync.back?;
    Some(Banner {
        level: Level::Ok,
        title: say("notice.back.title"),
        body: say("notice.back.body"),
        buttons: vec![
            Button::primary(notices::set_back(status), Action::SetBack),
            subtle("notice.back.notYet", Action::NotYet),
        ],
    })
}

fn settings(facts: &Facts<'_>) -> Option<Banner> {
    let problem = facts.settings.problem?;
    Some(Banner {
        level: Level::Warning,
        title: fill("banner.settings.title", &[("problem", &problem.to_string())]),
        body: say("banner.settings.body"),
        buttons: vec![secondary("banner.settings.button", Action::OpenFolder)],
    })
}

fn offline(facts: &Facts<'_>) -> Option<Banner> {
    let since = facts.teams.reading.filter(|_| facts.is_offline())?.since;
    Some(Banner {
        level: Level::Offline,
        title: fill("banner.offline.title", &[("time", &time(since))]),
        body: say("banner.offline.body"),
        buttons: Vec::new(),
    })
}

fn tray(facts: &Facts<'_>) -> Option<Banner> {
    facts.no_tray.then(|| Banner {
        level: Level::Warning,
        title: say("banner.noTray.title"),
        body: say("banner.noTray.body"),
        buttons: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
