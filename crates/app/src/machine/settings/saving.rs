//! From what a control or a menu asks for to the order to write it: what forbids a change, and where its refusal is
//! shown.
//!
//! What waits and what is being written is known by [`Edits`](super::edits::Edits).

use jiff::Timestamp;
use view::{controls::SettingEdit, facts::SettingRefusal};

use super::{
    CurrentSettings, SettingsContext, SettingsOut,
    edits::{EditOrigin, RefusedEdit, key},
};

impl CurrentSettings {
    pub(super) fn want(
        &mut self,
        edit: SettingEdit,
        origin: EditOrigin,
        context: &SettingsContext<'_>,
        now: Timestamp,
        out: &mut Vec<SettingsOut>,
    ) {
        let refused = self.edits.want(edit, origin);
        report(refused, out);
        out.push(SettingsOut::Changed);
        self.save_next(context, now, out);
    }

    /// One write at a time, and none while the files are read: each is derived from what the file says then.
    pub(super) fn save_next(
        &mut self,
        context: &SettingsContext<'_>,
        now: Timestamp,
        out: &mut Vec<SettingsOut>,
    ) {
        if self.reading.is_some() {
            return;
        }
        let (problem, loaded) = (&self.problem, &self.loaded);
        let refusal = |edit: &SettingEdit| {
            if problem.is_some() {
                Some(SettingRefusal::FileBroken)
            } else if loaded.sources.is_locked(key(edit)) {
                Some(SettingRefusal::Locked)
            } else if matches!(edit, SettingEdit::StartWithSystem(_)) && !context.can_start_with_system {
                Some(SettingRefusal::OwnFolder)
            } else {
                None
            }
        };
        let (wanted, refused) = self.edits.next(&loaded.settings, refusal, now);
        report(refused, out);
        if let Some(wanted) = wanted {
            out.push(SettingsOut::Save { loaded: Box::new(loaded.clone()), wanted: Box::new(wanted) });
        }
    }
}

/// A menu is closed by the time of a refusal, so it comes as a notification.
pub(super) fn report(refused: impl IntoIterator<Item = RefusedEdit>, out: &mut Vec<SettingsOut>) {
    out.extend(refused.into_iter().filter_map(|RefusedEdit { origin, why }| match origin {
        EditOrigin::Menu => Some(SettingsOut::NotifyNotSaved(why)),
        EditOrigin::Window => None,
    }));
}
