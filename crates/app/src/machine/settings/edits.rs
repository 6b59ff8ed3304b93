//! What a person wants to have changed in their settings file: one change is saved at a time, and the next is derived
//! from what the file says then. It reads and writes nothing itself, and finds no words.

use std::{
    collections::{BTreeMap, VecDeque},
    mem,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use net::Bypass;
use presence::{moment::later, redate::Redate};
use settings::{Key, NotSaved, Settings, bypass_list, proxy_address, proxy_user};
use view::{controls::SettingEdit, facts::SettingRefusal};

/// A write that has not ended after this is not waited for any more: the folder may be on a network that cannot be
/// reached.
const LIMIT: Duration = Duration::from_secs(30);

/// Where a change comes from: its refusal is shown there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EditOrigin {
    /// A control of the settings window, which shows it itself.
    Window,
    /// A menu, which is closed when the refusal comes.
    Menu,
}

/// A change that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefusedEdit {
    /// Where it came from.
    pub(crate) origin: EditOrigin,
    /// Why.
    pub(crate) why: SettingRefusal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct WantedEdit {
    edit: SettingEdit,
    origin: EditOrigin,
    /// The file had changed meanwhile, and the change is made a second time.
    is_retry: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WriteStage {
    /// The file is being written.
    Writing { until: Timestamp },
    /// The write takes longer than we wait for.
    Late,
    /// It is written, and was not read since.
    Written,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Edits {
    saving: Option<(WantedEdit, WriteStage)>,
    waiting: VecDeque<WantedEdit>,
    /// The changes that were not made, until the next one of the same setting.
    refused: BTreeMap<Key, SettingRefusal>,
}

impl Edits {
    /// The person wants this.
    pub(super) fn want(&mut self, edit: SettingEdit, origin: EditOrigin) -> Option<RefusedEdit> {
        self.refused.remove(&key(&edit));
        // Only the last change of a setting counts.
        self.waiting.retain(|waiting| key(&waiting.edit) != key(&edit));
        let wanted = WantedEdit { edit, origin, is_retry: false };
        if matches!(self.saving, Some((_, WriteStage::Late))) {
            return Some(self.refuse(&wanted, SettingRefusal::NoAnswer));
        }
        self.waiting.push_back(wanted);
        None
    }

    /// What is to be in the file next, derived from what is in it; none while something is being saved. `refusal` says
    /// why a change cannot be made, if so.
    pub(super) fn next(
        &mut self,
        current: &Settings,
        refusal: impl Fn(&SettingEdit) -> Option<SettingRefusal>,
        now: Timestamp,
    ) -> (Option<Settings>, Vec<RefusedEdit>) {
        let mut refused = Vec::new();
        while self.saving.is_none()
            && let Some(wanted) = self.waiting.pop_front()
        {
            let made = match refusal(&wanted.edit) {
                Some(why) => Err(why),
                None => with(&wanted.edit, current),
            };
            match made {
                Ok(settings) => {
                    self.saving = Some((wanted, WriteStage::Writing { until: later(now, LIMIT) }));
                    return (Some(settings), refused);
                }
                Err(why) => refused.push(self.refuse(&wanted, why)),
            }
        }
        (None, refused)
    }

    /// The file was written, or why not. One that had changed meanwhile is tried once more when it has been read.
    pub(super) fn saved(&mut self, result: Result<(), NotSaved>) -> Option<RefusedEdit> {
        let (wanted, stage) = self.saving.take()?;
        match result {
            Ok(()) => {
                // A late write counts after all.
                self.refused.remove(&key(&wanted.edit));
                self.saving = Some((wanted, WriteStage::Written));
                None
            }
            Err(NotSaved::Changed) if stage != WriteStage::Late && !wanted.is_retry => {
                let is_overtaken = self.waiting.iter().any(|later| key(&later.edit) == key(&wanted.edit));
                if !is_overtaken {
                    self.waiting.push_front(WantedEdit { is_retry: true, ..wanted });
                }
                None
            }
            Err(why) => Some(self.refuse(&wanted, SettingRefusal::NotSaved(why))),
        }
    }

    /// The file was read, with everything that had been written before.
    pub(super) fn was_read(&mut self) {
        self.saving.take_if(|(_, stage)| *stage == WriteStage::Written);
    }

    /// The file cannot be read in time, so no change can be derived from it.
    pub(super) fn no_answer(&mut self) -> Vec<RefusedEdit> {
        self.was_read();
        let waiting = mem::take(&mut self.waiting);
        waiting.iter().map(|wanted| self.refuse(wanted, SettingRefusal::NoAnswer)).collect()
    }

    /// Nothing is still on its way into the file, as far as anybody waits for it.
    pub(super) fn is_settled(&self) -> bool {
        self.waiting.is_empty() && !matches!(self.saving, Some((_, WriteStage::Writing { .. })))
    }

    /// Gives up on a write that takes too long.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<RefusedEdit> {
        if self.deadline().is_none_or(|until| until > now) {
            return Vec::new();
        }
        let Some((wanted, stage)) = &mut self.saving else { return Vec::new() };
        *stage = WriteStage::Late;
        let wanted = wanted.clone();
        let mut refused = vec![self.refuse(&wanted, SettingRefusal::NoAnswer)];
        refused.append(&mut self.no_answer());
        refused
    }

    /// When [`Self::due`] is to come.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match self.saving {
            Some((_, WriteStage::Writing { until })) => Some(until),
            Some((_, WriteStage::Late | WriteStage::Written)) | None => None,
        }
    }

    /// Nobody looks at the refusals any more.
    pub(super) fn forget_refusals(&mut self) {
        self.refused.clear();
    }

    /// Why changes were not made.
    pub(super) fn refused(&self) -> &BTreeMap<Key, SettingRefusal> {
        &self.refused
    }

    /// `settings` with all changes applied that are still on their way into the file.
    pub(super) fn over(&self, settings: &Settings) -> Settings {
        let saving =
            self.saving.iter().filter(|(_, stage)| *stage != WriteStage::Late).map(|(wanted, _)| wanted);
        saving
            .chain(&self.waiting)
            .fold(settings.clone(), |settings, wanted| with(&wanted.edit, &settings).unwrap_or(settings))
    }

    fn refuse(&mut self, wanted: &WantedEdit, why: SettingRefusal) -> RefusedEdit {
        self.refused.insert(key(&wanted.edit), why.clone());
        RefusedEdit { origin: wanted.origin, why }
    }
}

/// The setting that a change is about.
pub(super) fn key(edit: &SettingEdit) -> Key {
    match edit {
        SettingEdit::StartWithSystem(_) => Key::StartWithSystem,
        SettingEdit::Theme(_) => Key::Theme,
        SettingEdit::Notifications(_) => Key::Notifications,
        SettingEdit::DryRun(_) => Key::DryRun,
        SettingEdit::Hold(_) => Key::Hold,
        SettingEdit::RestoreIdle(_) => Key::RestoreIdle,
        SettingEdit::HeldFor(_) => Key::HeldFor,
        SettingEdit::StatusMessage(_) => Key::StatusMessage,
        SettingEdit::DrawerLimit(_) => Key::DrawerLimit,
        SettingEdit::DrawerCompact(_) => Key::DrawerCompact,
        SettingEdit::DrawerPhotos(_) => Key::DrawerPhotos,
        SettingEdit::DrawerCache(_) => Key::DrawerCache,
        SettingEdit::Region(_) => Key::Region,
        SettingEdit::Queue(_) => Key::Queue,
        SettingEdit::RecentCalls(_) => Key::RecentCalls,
        SettingEdit::Proxy(_) => Key::Proxy,
        SettingEdit::ProxyUser(_) => Key::ProxyUser,
        SettingEdit::Bypass(_) => Key::Bypass,
    }
}

/// `settings` with the change, or why the typed value is not valid. Whether a number is in its range is checked when
/// the file is read.
fn with(edit: &SettingEdit, settings: &Settings) -> Result<Settings, SettingRefusal> {
    let mut settings = settings.clone();
    match edit {
        SettingEdit::StartWithSystem(on) => settings.start_with_system = *on,
        SettingEdit::Theme(theme) => settings.theme = (*theme).into(),
        SettingEdit::Notifications(wanted) => settings.notifications = (*wanted).into(),
        SettingEdit::DryRun(on) => settings.dry_run = *on,
        SettingEdit::Hold(seconds) => {
            let hold = units(*seconds, 1);
            settings.connect_to_teams.hold = hold;
            settings.teams_to_connect.hold = hold;
        }
        SettingEdit::RestoreIdle(minutes) => settings.restore_idle = units(*minutes, 60),
        SettingEdit::HeldFor(hours) => settings.rules.held_for = units(*hours, 3600),
        SettingEdit::StatusMessage(message) => settings.status_message = (*message).into(),
        SettingEdit::DrawerLimit(limit) => {
            settings.drawer_limit = usize::try_from(*limit).ok().filter(|limit| *limit > 0);
        }
        SettingEdit::DrawerCompact(on) => settings.drawer_compact = *on,
        SettingEdit::DrawerPhotos(on) => settings.drawer_photos = *on,
        SettingEdit::DrawerCache(on) => settings.drawer_cache = *on,
        SettingEdit::Region(None) => settings.call_region = None,
        SettingEdit::Region(Some(code)) => {
            settings.call_region = Some(code.parse().map_err(|_| SettingRefusal::NoSuchCountry)?);
        }
        SettingEdit::Queue(queue) => settings.call_queue.clone_from(queue),
        SettingEdit::RecentCalls(calls) => settings.recent_calls = *calls,
        SettingEdit::Proxy(None) => settings.proxy = None,
        SettingEdit::Proxy(Some(address)) => {
            settings.proxy = Some(proxy_address(address).map_err(|reason| not_saved(Key::Proxy, &reason))?);
        }
        SettingEdit::ProxyUser(None) => settings.proxy_user = None,
        SettingEdit::ProxyUser(Some(name)) => {
            settings.proxy_user =
                Some(proxy_user(name).map_err(|reason| not_saved(Key::ProxyUser, &reason))?);
        }
        SettingEdit::Bypass(None) => settings.bypass = Bypass::default(),
        SettingEdit::Bypass(Some(list)) => {
            settings.bypass = bypass_list(list).map_err(|reason| not_saved(Key::Bypass, &reason))?;
        }
    }
    Ok(settings)
}

/// The refusal in the words that reading the file would use.
fn not_saved(key: Key, reason: &str) -> SettingRefusal {
    SettingRefusal::NotSaved(NotSaved::Wrong(format!("{key} {reason}")))
}

fn units(number: u32, seconds: u64) -> Duration {
    Duration::from_secs(u64::from(number) * seconds)
}

impl Redate for Edits {
    fn redate(&mut self, by: SignedDuration) {
        let Self { saving, waiting: _, refused: _ } = self;
        if let Some((_, WriteStage::Writing { until })) = saving {
            until.redate(by);
        }
    }
}
