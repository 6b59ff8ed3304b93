//! The settings that a person may change, with the range, the lock and the last refusal of each.

use people::countries;
use settings::{HELD_FOR, HOLD, IDLE, Key, LIMIT, Layer, RECENT, Settings};
use std::ops::RangeInclusive;

use super::{disk::not_saved, small};
use crate::{
    facts::{ControlsFacts, ProxyPasswordFacts, SettingRefusal},
    model::controls::{Blocked, Control, Controls, Look, NumberControl, ProxyPassword},
    words::{fill, say},
};

/// How every window looks under these settings.
#[must_use]
pub fn look(settings: &Settings) -> Look {
    Look { theme: settings.theme.into(), compact: settings.drawer_compact }
}

/// The controls of the settings window.
#[must_use]
pub fn controls(facts: &ControlsFacts<'_>) -> Controls {
    let now = facts.settings;
    let region = now.call_region.map(|region| region.as_ref().to_owned());
    Controls {
        blocked: facts.problem.map(|problem| Blocked {
            sentence: problem.to_string(),
            is_own_file: problem.layer == Layer::User,
        }),
        restart: facts
            .needs_restart
            .as_ref()
            .map(|keys| fill("controls.restart", &[("settings", &keys.to_string())])),
        start_with_system: Control {
            locked: lock(facts, Key::StartWithSystem)
                .or_else(|| (!facts.can_start_with_system).then(|| refusal(&SettingRefusal::OwnFolder))),
            ..control(facts, Key::StartWithSystem, now.start_with_system)
        },
        theme: control(facts, Key::Theme, now.theme.into()),
        notifications: control(facts, Key::Notifications, now.notifications.into()),
        proxy: control(facts, Key::Proxy, now.proxy.as_ref().map(ToString::to_string)),
        proxy_user: control(facts, Key::ProxyUser, now.proxy_user.as_ref().map(ToString::to_string)),
        bypass: control(facts, Key::Bypass, bypass(now)),
        usual_bypass: bypass(&Settings::default()),
        proxy_password: proxy_password(facts),
        dry_run: control(facts, Key::DryRun, now.dry_run),
        hold: number(facts, Key::Hold, HOLD, |settings| seconds(settings.connect_to_teams.hold)),
        restore_idle: number(facts, Key::RestoreIdle, IDLE, |settings| seconds(settings.restore_idle) / 60),
        held_for: number(facts, Key::HeldFor, HELD_FOR, |settings| seconds(settings.rules.held_for) / 3600),
        status_message: control(facts, Key::StatusMessage, now.status_message.into()),
        drawer_limit: number(facts, Key::DrawerLimit, LIMIT, |settings| {
            small(settings.drawer_limit.unwrap_or(0))
        }),
        drawer_compact: control(facts, Key::DrawerCompact, now.drawer_compact),
        drawer_photos: control(facts, Key::DrawerPhotos, now.drawer_photos),
        drawer_cache: control(facts, Key::DrawerCache, now.drawer_cache),
        region: control(facts, Key::Region, region),
        regions: countries().map(|country| country.as_ref().to_owned()).collect(),
        queue: control(facts, Key::Queue, now.call_queue.clone()),
        recent_calls: number(facts, Key::RecentCalls, RECENT, |settings| settings.recent_calls),
        recent_calls_on: facts.recent_calls_on,
    }
}

/// Why a setting was not changed, as a sentence.
#[must_use]
pub fn refusal(refusal: &SettingRefusal) -> String {
    match refusal {
        SettingRefusal::FileBroken => say("controls.fileBroken"),
        SettingRefusal::Locked => say("controls.locked"),
        SettingRefusal::OwnFolder => say("controls.ownFolder"),
        SettingRefusal::NoSuchCountry => say("controls.noSuchCountry"),
        SettingRefusal::NoAnswer => say("controls.noAnswer"),
        SettingRefusal::NotSaved(why) => not_saved(why),
    }
}

/// The list in one line, as it can be typed.
fn bypass(settings: &Settings) -> String {
    let entries: Vec<String> = settings.bypass.entries().iter().map(ToString::to_string).collect();
    entries.join(", ")
}

/// None without a proxy and a user there.
fn proxy_password(facts: &ControlsFacts<'_>) -> Option<ProxyPassword> {
    facts.settings.proxy.as_ref().zip(facts.settings.proxy_user.as_ref())?;
    let ProxyPasswordFacts { is_known, keyring } = facts.proxy_password;
    let key = if is_known { "controls.passwordNotKept" } else { "controls.passwordNotRead" };
    let problem = keyring.map(|fault| fill(key, &[("keyring", &say(super::keyring(fault)))]));
    Some(ProxyPassword { is_known, problem })
}

fn control<T>(facts: &ControlsFacts<'_>, key: Key, value: T) -> Control<T> {
    Control { value, locked: lock(facts, key), problem: problem(facts, key) }
}

fn number(
    facts: &ControlsFacts<'_>,
    key: Key,
    range: RangeInclusive<u32>,
    of: impl Fn(&Settings) -> u32,
) -> NumberControl {
    let (least, most) = range.into_inner();
    NumberControl {
        value: of(facts.settings),
        default: of(&Settings::default()),
        least,
        most,
        locked: lock(facts, key),
        problem: problem(facts, key),
    }
}

fn lock(facts: &ControlsFacts<'_>, key: Key) -> Option<String> {
    facts.sources.is_locked(key).then(|| refusal(&SettingRefusal::Locked))
}

fn problem(facts: &ControlsFacts<'_>, key: Key) -> Option<String> {
    facts.refused.get(&key).map(refusal)
}

fn seconds(time: std::time::Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
