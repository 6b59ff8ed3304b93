//! Doctor inside the application: runs the checks when asked, and keeps what they found for the page.

use tokio::sync::mpsc;

use super::{Controller, Outcome};
use crate::{
    doctor::{self, Case, Check, Report, Topic},
    host::Host,
    view::doctor::DoctorPage,
};

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Doctor {
    running: bool,
    found: Vec<Check>,
}

impl<H: Host> Controller<H> {
    /// Begins anew; while the checks run, asking again changes nothing.
    pub(super) fn run_doctor(&mut self) {
        if std::mem::replace(&mut self.doctor.running, true) {
            return;
        }
        self.doctor.found.clear();
        self.front.touch();
        let probe = self.host.probe();
        let authorization = self.authorization();
        let (data_dir, policy, now) = (self.data_dir.clone(), self.reload.policy().clone(), self.clock.now());
        let report = self.report.clone();
        tokio::spawn(async move {
            let folder = data_dir.clone();
            // Read anew: a mistake that was made since the start is one as well.
            let Ok(loaded) = tokio::task::spawn_blocking(move || settings::load(&folder, &policy)).await
            else {
                return;
            };
            let (found, mut checks) = mpsc::unbounded_channel();
            tokio::spawn(doctor::run(Case { loaded, data_dir, authorization, now }, probe, found));
            while let Some(check) = checks.recv().await {
                drop(report.send(Outcome::Checked(Some(check))));
            }
            drop(report.send(Outcome::Checked(None)));
        });
    }

    /// One more check is known; none means that this was the last one.
    pub(super) fn checked(&mut self, check: Option<Check>) {
        match check {
            Some(check) => self.doctor.found.push(check),
            None => self.doctor.running = false,
        }
        self.front.touch();
    }

    pub(super) fn doctor_page(&self) -> DoctorPage {
        let report = Report::new(self.doctor.found.clone());
        let empty = self.doctor.found.is_empty();
        DoctorPage {
            running: self.doctor.running,
            total: u32::try_from(Topic::ALL.len()).unwrap_or(u32::MAX),
            summary: if empty { String::new() } else { report.summary() },
            report: if empty { String::new() } else { report.text() },
            checks: report.into_checks(),
        }
    }
}
