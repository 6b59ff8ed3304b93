//! What the windows and the tray show, and whether it has changed: only then they are notified.
//!
//! It compares whole values and counts revisions. It makes no view, and does not know what a view depends on.

use view::{Tray, View};

/// What it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FrontOut {
    /// The open windows should fetch the view of this revision.
    ViewChanged(u64),
    /// Show this tray.
    SetTray(Tray),
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Front {
    drawer_open: bool,
    settings_open: bool,
    /// A decision came into the timeline, of which no window was notified yet.
    recorded: bool,
    no_tray: bool,
    revision: u64,
    view: Option<View>,
    /// The revision of the list that belongs to the view.
    list: u64,
    tray: Option<Tray>,
}

impl Front {
    /// The state of the same windows, for the next controller.
    pub(crate) fn for_next_run(&self) -> Self {
        Self {
            drawer_open: self.drawer_open,
            settings_open: self.settings_open,
            no_tray: self.no_tray,
            revision: self.revision,
            ..Self::default()
        }
    }

    /// Somebody may be looking at the drawer.
    pub(crate) fn is_drawer_open(&self) -> bool {
        self.drawer_open
    }

    /// Somebody may be looking at the settings window.
    pub(crate) fn is_settings_open(&self) -> bool {
        self.settings_open
    }

    /// The drawer is open, and no window of ours can be in front of it.
    pub(crate) fn is_drawer_in_front(&self) -> bool {
        self.drawer_open && !self.settings_open
    }

    /// The drawer was opened or closed.
    pub(crate) fn drawer_opened(&mut self, open: bool) {
        self.drawer_open = open;
    }

    /// The settings window was opened or closed.
    pub(crate) fn settings_opened(&mut self, open: bool) {
        self.settings_open = open;
    }

    /// A decision came into the timeline.
    pub(crate) fn recorded(&mut self) {
        self.recorded = true;
    }

    /// There is a tray host, or there is none.
    pub(crate) fn tray_found(&mut self, found: bool) {
        self.no_tray = !found;
    }

    /// There is no tray host.
    pub(crate) fn has_no_tray(&self) -> bool {
        self.no_tray
    }

    /// The revision that is shown.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// Something that is not in the view has changed: the next publication has a new revision.
    pub(crate) fn touch(&mut self) {
        self.view = None;
    }

    /// Takes what is to be shown at the end of a turn. `view` is that of [`Self::revision`], `list` the revision of the
    /// list.
    pub(crate) fn publish(&mut self, view: View, list: u64, tray: Tray) -> Vec<FrontOut> {
        let mut out = Vec::new();
        let recorded = std::mem::take(&mut self.recorded) && self.settings_open;
        if self.view.as_ref() != Some(&view) || self.list != list || recorded {
            self.revision += 1;
            self.list = list;
            self.view = Some(View { revision: self.revision, ..view });
            if self.drawer_open || self.settings_open {
                out.push(FrontOut::ViewChanged(self.revision));
            }
        }
        if self.tray.as_ref() != Some(&tray) {
            self.tray = Some(tray.clone());
            out.push(FrontOut::SetTray(tray));
        }
        out
    }
}

#[cfg(test)]
mod tests;
