//! All checks together: as text for people, and as JSON for programs.
//!
//! The shape of the JSON is a promise, written down in docs/doctor.md. A change of it is a new `version`.

use serde::Serialize;
use view::{
    doctor::{Check, Status},
    words::{fill, say},
};

/// The version of the shape.
const VERSION: u32 = 1;
const WIDTH: usize = 100;
/// The longest status and two spaces.
const MARGIN: usize = 13;

/// Everything that was found, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    version: u32,
    app: &'static str,
    status: Status,
    checks: Vec<Check>,
}

impl Report {
    /// Puts the checks in order.
    #[must_use]
    pub fn new(mut checks: Vec<Check>) -> Self {
        checks.sort_by_key(|check| check.check);
        let status = checks.iter().map(|check| check.status).max().unwrap_or(Status::NotChecked);
        Self { version: VERSION, app: env!("CARGO_PKG_VERSION"), status, checks }
    }

    /// The checks, in order.
    #[must_use]
    pub fn into_checks(self) -> Vec<Check> {
        self.checks
    }

    /// True when something does not work.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.status == Status::Failed
    }

    /// "2 failed, 1 warning, 12 good, 3 not checked."
    #[must_use]
    pub fn summary(&self) -> String {
        let parts = [Status::Failed, Status::Warning, Status::Good, Status::NotChecked].map(|status| {
            let found = self.checks.iter().filter(|check| check.status == status).count();
            (found > 0).then(|| counted(found, status))
        });
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        fill("doctor.summary", &[("counts", &parts.join(", "))])
    }

    /// The report as JSON in one line.
    ///
    /// # Errors
    /// Never in practice: all of it is text.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The report as text, the statuses in front, in lines of at most 100 letters if words allow it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for check in &self.checks {
            let first = format!("{}: {}", check.title, check.saw);
            for (at, line) in wrapped(&first).into_iter().enumerate() {
                let status = if at == 0 { word(check.status) } else { String::new() };
                text.push_str(&format!("{status:MARGIN$}{line}\n"));
            }
            if let Some(to_do) = &check.to_do {
                for line in wrapped(&fill("doctor.toDo", &[("what", to_do)])) {
                    text.push_str(&format!("{:MARGIN$}{line}\n", ""));
                }
            }
        }
        text.push_str(&format!("\n{}\n", self.summary()));
        text
    }
}

fn word(status: Status) -> String {
    say(match status {
        Status::Good => "doctorStatus.good",
        Status::NotChecked => "doctorStatus.notChecked",
        Status::Warning => "doctorStatus.warning",
        Status::Failed => "doctorStatus.failed",
    })
}

fn counted(found: usize, status: Status) -> String {
    let key = match (status, found) {
        (Status::Good, _) => "doctor.counts.good",
        (Status::NotChecked, _) => "doctor.counts.notChecked",
        (Status::Warning, 1) => "doctor.counts.warning",
        (Status::Warning, _) => "doctor.counts.warnings",
        (Status::Failed, _) => "doctor.counts.failed",
    };
    fill(key, &[("count", &found.to_string())])
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH - MARGIN => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use view::doctor::Topic;

    use super::*;

    fn check(check: Topic, status: Status, saw: &str, to_do: Option<&str>) -> Check {
        Check { check, title: check.title(), status, saw: saw.to_owned(), to_do: to_do.map(str::to_owned) }
    }

    fn report() -> Report {
        Report::new(vec![
            check(
                Topic::Tray,
                Status::Warning,
                "No tray was found.",
                Some(
                    "Nothing has to be done: the window stays, and the tray icon appears when a tray does. On GNOME, an extension shows it.",
                ),
            ),
            check(Topic::Settings, Status::Good, "The file is good.", None),
            check(Topic::LicenceFilter, Status::NotChecked, "Nobody is logged in.", None),
        ])
    }

    #[test]
    fn the_text_has_the_status_in_front_and_what_to_do_under_it() {
        let expected = "\
good         Settings: The file is good.
not checked  Licence filter: Nobody is logged in.
warning      Tray: No tray was found.
             To do: Nothing has to be done: the window stays, and the tray icon appears when a tray
             does. On GNOME, an extension shows it.

1 warning, 1 good, 1 not checked.
";
        assert_eq!(report().text(), expected);
    }

    #[test]
    fn the_json_has_the_documented_shape() {
        let json: serde_json::Value = serde_json::from_str(&report().json().unwrap()).unwrap();
        let expected = serde_json::json!({
            "version": 1,
            "app": env!("CARGO_PKG_VERSION"),
            "status": "warning",
            "checks": [
                { "check": "settings", "title": "Settings", "status": "good", "saw": "The file is good.", "toDo": null },
                {
                    "check": "licence-filter", "title": "Licence filter", "status": "notChecked",
                    "saw": "Nobody is logged in.", "toDo": null,
                },
                {
                    "check": "tray", "title": "Tray", "status": "warning", "saw": "No tray was found.",
                    "toDo": "Nothing has to be done: the window stays, and the tray icon appears when a tray does. \
                             On GNOME, an extension shows it.",
                },
            ],
        });
        assert_eq!(json, expected);
    }
}
