//! Runs doctor's checks when the machine asks for them, and shows what they found.
//!
//! Decides nothing: [`Doctor`](crate::machine::doctor::Doctor) does.

use doctor::{CheckContext, Report};
use tokio::sync::mpsc;
use view::doctor::{DoctorPage, Topic};

use super::{Controller, Outcome};
use crate::{
    host::Host,
    machine::doctor::{Doctor, DoctorIn, DoctorOut},
    task::AbortOnDrop,
};

impl<H: Host> Controller<H> {
    /// Gives doctor an input and carries out what it asks for.
    pub(super) fn doctor(&mut self, input: DoctorIn) {
        for out in self.doctor.on(input, self.clock.now()) {
            match out {
                DoctorOut::Run { run } => self.checks = Some(self.run_checks(run)),
                // There is one at a time.
                DoctorOut::Abort { run: _ } => self.checks = None,
                DoctorOut::Touch => self.front.touch(),
            }
        }
    }

    fn run_checks(&self, run: u64) -> AbortOnDrop {
        let (probe, authorization) = (self.host.probe(), self.authorization());
        let proxy_in_use = self.wire.proxy.clone();
        let (folder, now, report) = (self.folder.clone(), self.clock.now(), self.report.clone());
        AbortOnDrop::spawn(async move {
            let data_dir = folder.path.clone();
            // The settings are read again: a mistake may have been made since the start.
            if let Ok(loaded) = tokio::task::spawn_blocking(move || folder.load()).await {
                let (found, mut checks) = mpsc::unbounded_channel();
                let context = CheckContext { loaded, data_dir, proxy_in_use, authorization, now };
                tokio::join!(doctor::run(context, probe, found), async {
                    while let Some(check) = checks.recv().await {
                        drop(report.send(Outcome::Doctor(DoctorIn::Checked { run, check })));
                    }
                });
            }
            drop(report.send(Outcome::Doctor(DoctorIn::Ended { run })));
        })
    }
}

/// What is shown of doctor.
pub(super) fn page(doctor: &Doctor) -> DoctorPage {
    let mut checks = doctor.found().to_vec();
    checks.extend(doctor.not_checked().map(doctor::not_checked));
    let empty = checks.is_empty();
    let report = Report::new(checks);
    DoctorPage {
        running: doctor.is_running(),
        total: u32::try_from(Topic::ALL.len()).unwrap_or(u32::MAX),
        summary: if empty { String::new() } else { report.summary() },
        report: if empty { String::new() } else { report.text() },
        checks: report.into_checks(),
    }
}
