//! How far the person is on the way to a list of people: before the set-up, and before the first login.

use super::primary;
use crate::{
    facts::Facts,
    model::{Action, Health, HealthCard, Level, SettingsPage, Stage},
    words::say,
};

pub(super) fn stage(facts: &Facts<'_>) -> Stage {
    if facts.settings.set.is_none() {
        return Stage::NotSetUp { problem: facts.settings.problem.map(ToString::to_string) };
    }
    if facts.login.is_needed() { Stage::LoginNeeded } else { Stage::Ready }
}

/// Health before the set-up: nothing fails, as nothing has begun.
pub(super) fn health(facts: &Facts<'_>) -> Option<Health> {
    let Stage::NotSetUp { problem } = stage(facts) else { return None };
    let (level, text) = match problem {
        Some(problem) => (Level::Problem, problem),
        None => (Level::Warning, say("notSetUp.administrator")),
    };
    let (title, words) = (say("notSetUp.card"), say("notSetUp.short"));
    let page = SettingsPage::Setup;
    let button = Some(primary("notSetUp.button", Action::OpenSettings { page }));
    let card = HealthCard { level, title, text, details: None, cause: None, as_of: None, button };
    Some(Health { level, words, as_of: None, cards: vec![card] })
}

#[cfg(test)]
mod tests;
