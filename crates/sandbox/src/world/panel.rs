//! What is wrong with the agent panel, as a value that lasts over reloads of its page. Pure: the time comes in. It must
//! not know the page; the feed informs the page, and the server of the page asks here.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;

/// How a panel that is open breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PanelBreak {
    /// The instance's API and its web socket are out of reach. The frame continues acknowledging. A page that is loaded
    /// meanwhile acknowledges, says that it has no web socket, and never polls, as the library does
    /// (`webSocket::init_failure`).
    NetworkAway,
    /// The shared worker has died: nothing comes any more, and nothing is answered. Only another load of the page
    /// brings another worker.
    WorkerDead,
    /// The frame's script never returns, and the page of the same origin around it is silent, too. It returns when
    /// the break ends, or when the page is loaded again.
    Frozen,
    /// The frame's document is gone, and loading it answers 503.
    Dead,
}

/// What is wrong with the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum PanelTrouble {
    /// It is broken.
    Broken {
        /// How.
        how: PanelBreak,
        /// True if a page that is loaded later works.
        #[serde(default)]
        reload_helps: bool,
    },
    /// It says nothing until this many seconds have passed since its page was loaded, each time.
    Late {
        /// The seconds.
        seconds: u32,
    },
    /// Loading it answers 403 for this many seconds from now on, and after each log-in.
    Refusing {
        /// The seconds.
        seconds: u32,
    },
}

/// The number of a load of the panel's page; a later load has a higher one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Load(u64);

/// Why a page is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotServed {
    /// 503.
    Dead,
    /// 403.
    Refused,
}

/// The panel.
#[derive(Debug, Default)]
pub(crate) struct Panel {
    trouble: Option<PanelTrouble>,
    /// The first load after the trouble began.
    since: Load,
    refuses_until: Option<Timestamp>,
    loads: Load,
    revision: u64,
}

impl Panel {
    pub(crate) fn trouble(&self) -> Option<PanelTrouble> {
        self.trouble
    }

    /// Grows with every change, and with every load.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    pub(crate) fn set(&mut self, trouble: Option<PanelTrouble>, now: Timestamp) {
        self.trouble = trouble;
        self.since = Load(self.loads.0 + 1);
        self.refuses_until = None;
        self.refuse_from(now);
        self.revision += 1;
    }

    /// Somebody has logged in.
    pub(crate) fn logged_in(&mut self, now: Timestamp) {
        self.refuse_from(now);
    }

    fn refuse_from(&mut self, now: Timestamp) {
        if let Some(PanelTrouble::Refusing { seconds }) = self.trouble {
            let seconds = Duration::from_secs(u64::from(seconds));
            self.refuses_until = Some(now.saturating_add(seconds).unwrap_or(Timestamp::MAX));
        }
    }

    /// A browser asks for the page: its load, or why it does not get it.
    pub(crate) fn load(&mut self, now: Timestamp) -> Result<Load, NotServed> {
        let load = Load(self.loads.0 + 1);
        self.loads = load;
        self.revision += 1;
        if self.broken(load) == Some(PanelBreak::Dead) {
            return Err(NotServed::Dead);
        }
        if self.refuses_until.is_some_and(|until| now < until) {
            return Err(NotServed::Refused);
        }
        Ok(load)
    }

    /// The latest load.
    pub(crate) fn latest(&self) -> Load {
        self.loads
    }

    /// How the page of that load is broken.
    pub(crate) fn broken(&self, load: Load) -> Option<PanelBreak> {
        match self.trouble {
            Some(PanelTrouble::Broken { how, reload_helps }) => {
                (!reload_helps || load < self.since).then_some(how)
            }
            Some(PanelTrouble::Late { .. } | PanelTrouble::Refusing { .. }) | None => None,
        }
    }

    /// How long a page says nothing after its load.
    pub(crate) fn late(&self) -> Duration {
        match self.trouble {
            Some(PanelTrouble::Late { seconds }) => Duration::from_secs(u64::from(seconds)),
            Some(PanelTrouble::Broken { .. } | PanelTrouble::Refusing { .. }) | None => Duration::ZERO,
        }
    }
}

impl World {
    /// Something is wrong with the agent panel from now on, or nothing is.
    pub fn set_panel_trouble(&self, trouble: Option<PanelTrouble>) {
        self.with(|state, now| state.panel.set(trouble, now));
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_secs(second)
    }

    fn broken(how: PanelBreak, reload_helps: bool) -> Option<PanelTrouble> {
        Some(PanelTrouble::Broken { how, reload_helps })
    }

    #[test]
    fn a_break_lasts_over_reloads_unless_a_reload_helps() {
        let mut panel = Panel::default();
        let before = panel.load(at(0)).unwrap();
        panel.set(broken(PanelBreak::WorkerDead, false), at(1));
        let after = panel.load(at(2)).unwrap();
        assert_eq!(
            [before, after].map(|load| panel.broken(load)),
            [Some(PanelBreak::WorkerDead), Some(PanelBreak::WorkerDead)]
        );
        panel.set(broken(PanelBreak::Frozen, true), at(3));
        let later = panel.load(at(4)).unwrap();
        assert_eq!([after, later].map(|load| panel.broken(load)), [Some(PanelBreak::Frozen), None]);
        panel.set(None, at(5));
        assert_eq!(panel.broken(after), None);
    }

    #[test]
    fn a_dead_panel_is_not_served() {
        let mut panel = Panel::default();
        panel.set(broken(PanelBreak::Dead, false), at(0));
        assert_eq!(panel.load(at(1)), Err(NotServed::Dead));
        panel.set(broken(PanelBreak::Dead, true), at(2));
        assert!(panel.load(at(3)).is_ok());
    }

    #[test]
    fn a_refusing_panel_refuses_for_a_while_after_each_log_in() {
        let mut panel = Panel::default();
        panel.set(Some(PanelTrouble::Refusing { seconds: 120 }), at(0));
        assert_eq!(panel.load(at(119)), Err(NotServed::Refused));
        assert!(panel.load(at(120)).is_ok());
        panel.logged_in(at(500));
        assert_eq!(panel.load(at(619)), Err(NotServed::Refused));
        assert!(panel.load(at(620)).is_ok());
    }
}
