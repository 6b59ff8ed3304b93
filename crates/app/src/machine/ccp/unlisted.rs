//! Statuses that the agent is in, or will be in, though nobody can choose them any more: an administrator has disabled
//! them.
//!
//! Their rows of the table continue to apply. It decides nothing.

use std::collections::VecDeque;

use presence::connect::{AgentSnapshot, AgentStatus};

/// An instance has 50 statuses at most (Amazon Connect: service quotas).
const MOST: usize = 50;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Unlisted(VecDeque<AgentStatus>);

impl Unlisted {
    /// The agent is in this state. Returns whether a status is new here.
    pub(super) fn see(&mut self, snapshot: &AgentSnapshot, listed: &[AgentStatus]) -> bool {
        let mut is_new = false;
        for status in [Some(&snapshot.chosen), snapshot.next.as_ref()].into_iter().flatten() {
            let is_known = listed.iter().chain(&self.0).any(|known| known.arn == status.arn);
            if !is_known {
                is_new = true;
                self.0.push_back(status.clone());
            }
        }
        while self.0.len() > MOST {
            self.0.pop_front();
        }
        is_new
    }

    /// These are listed now: a status among them can be chosen again.
    pub(super) fn list(&mut self, listed: &[AgentStatus]) {
        self.0.retain(|status| !listed.iter().any(|known| known.arn == status.arn));
    }

    /// The listed statuses, and after them the unlisted ones.
    pub(super) fn with(&self, listed: &[AgentStatus]) -> Vec<AgentStatus> {
        listed.iter().chain(&self.0).cloned().collect()
    }
}
