//! From settings to the text of a file: the value of each key, and its place in a document.

use std::time::Duration;

use toml_edit::{DocumentMut, Item, TableLike, table};

use crate::{
    Key, Settings,
    items::{number, text, word},
    look::{NOTIFICATIONS, THEMES},
    network::bypass_item,
    reading::MODES,
    status_message::STATUS_MESSAGES,
    sync::{MASTERS, OFFLINE_FIRSTS},
    tables,
};

/// What the file says of `key` where it said `old`; none where the key is left out.
pub(crate) fn value(settings: &Settings, key: Key, old: Option<&Item>) -> Option<Item> {
    match key {
        Key::StartWithSystem => Some(settings.start_with_system.into()),
        Key::Theme => word(THEMES, settings.theme),
        Key::Notifications => word(NOTIFICATIONS, settings.notifications),
        Key::Tenant => settings.tenant.as_ref().map(text),
        Key::ClientId => settings.client_id.as_ref().map(text),
        Key::AdminConsent => Some(settings.admin_consent.into()),
        Key::Instance => settings.instance.as_ref().map(text),
        Key::ConnectStart => settings.connect_start.as_ref().map(text),
        Key::ConnectMode => word(MODES, settings.connect_mode),
        Key::ConnectRegion => settings.connect_region.as_ref().map(text),
        Key::InstanceArn => settings.instance_arn.as_ref().map(text),
        Key::RoleArn => settings.role_arn.as_ref().map(text),
        Key::Login => Some(text(&settings.login)),
        Key::Graph => Some(text(&settings.graph)),
        Key::Ccp => settings.ccp.as_ref().map(text),
        Key::ConnectApi => settings.connect_api.as_ref().map(text),
        Key::Sts => settings.sts.as_ref().map(text),
        Key::Proxy => settings.proxy.as_ref().map(text),
        Key::Bypass => Some(bypass_item(&settings.bypass)),
        Key::ConnectToTeams => Some(settings.connect_to_teams.enabled.into()),
        Key::TeamsToConnect => Some(settings.teams_to_connect.enabled.into()),
        Key::Hold => Some(units(settings.connect_to_teams.hold, 1)),
        Key::RestoreIdle => Some(units(settings.restore_idle, 60)),
        Key::HeldFor => Some(units(settings.rules.held_for, 3600)),
        Key::Master => word(MASTERS, settings.rules.master),
        Key::OfflineFirst => word(OFFLINE_FIRSTS, settings.rules.offline_first),
        Key::ForceRewrite => Some(settings.rules.force_rewrite.into()),
        Key::DryRun => Some(settings.dry_run.into()),
        Key::Rows => tables::connect_rows(&settings.connect_to_teams, old),
        Key::TeamsRows => tables::teams_rows(&settings.teams_to_connect, old),
        Key::StatusMessage => word(STATUS_MESSAGES, settings.status_message),
        Key::Region => settings.call_region.map(|region| text(&region.as_ref())),
        Key::Queue => settings.call_queue.as_ref().map(text),
        Key::RecentCalls => Some(number(settings.recent_calls)),
        Key::DrawerLimit => Some(number(settings.drawer_limit.unwrap_or(0))),
        Key::DrawerCompact => Some(settings.drawer_compact.into()),
        Key::DrawerPhotos => Some(settings.drawer_photos.into()),
        Key::DrawerCache => Some(settings.drawer_cache.into()),
        Key::Seats => Some(number(settings.seats)),
    }
}

/// Puts what `settings` say of `key` into the document, or takes the key out. Everything else stays as it is
/// written, and so does the remark behind the value. A section is made where it is missing.
pub(crate) fn put(document: &mut DocumentMut, settings: &Settings, key: Key) {
    let (section, name) = key.parts();
    let root = document.as_table_mut();
    let place: Option<&mut dyn TableLike> = if section.is_empty() {
        Some(root)
    } else {
        root.entry(section).or_insert_with(table).as_table_like_mut()
    };
    let Some(place) = place else { return };
    let Some(mut item) = value(settings, key, place.get(name)) else {
        place.remove(name);
        return;
    };
    match place.get_mut(name) {
        Some(old) => {
            if let (Some(new), Some(old)) = (item.as_value_mut(), old.as_value()) {
                *new.decor_mut() = old.decor().clone();
            }
            *old = item;
        }
        None => drop(place.insert(name, item)),
    }
}

fn units(time: Duration, seconds: u64) -> Item {
    number(time.as_secs() / seconds)
}
