//! The report of all checks: as text for people, and as JSON for programs. It runs no check.
//!
//! The shape of the JSON is documented in docs/doctor.md. A change of the shape needs a new `version`.

use serde::Serialize;
use view::{
    doctor::{Check, CheckStatus},
    words::{fill, say},
};

/// The version of the JSON's shape.
const VERSION: u32 = 1;
const WIDTH: usize = 100;
/// The longest status and two spaces.
const MARGIN: usize = 13;

/// The results of all checks, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    version: u32,
    app: &'static str,
    status: CheckStatus,
    checks: Vec<Check>,
}

impl Report {
    /// Sorts the checks, and takes the worst status as that of the report.
    #[must_use]
    pub fn new(mut checks: Vec<Check>) -> Self {
        checks.sort_by_key(|check| check.check);
        let status = checks.iter().map(|check| check.status).max().unwrap_or(CheckStatus::NotChecked);
        Self { version: VERSION, app: env!("CARGO_PKG_VERSION"), status, checks }
    }

    /// The checks, in order.
    #[must_use]
    pub fn into_checks(self) -> Vec<Check> {
        self.checks
    }

    /// True if a check failed.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.status == CheckStatus::Failed
    }

    /// "2 failed, 1 warning, 12 good, 3 not checked."
    #[must_use]
    pub fn summary(&self) -> String {
        let parts = [CheckStatus::Failed, CheckStatus::Warning, CheckStatus::Good, CheckStatus::NotChecked]
            .map(|status| {
                let count = self.checks.iter().filter(|check| check.status == status).count();
                (count > 0).then(|| count_words(count, status))
            });
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        fill("doctor.summary", &[("counts", &parts.join(", "))])
    }

    /// The report as JSON in one line.
    ///
    /// # Errors
    /// Never in practice, because the report contains only text.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The report as text, with the status in front of each check. Lines have at most 100 characters if words allow it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for check in &self.checks {
            let first = format!("{}: {}", check.title, check.saw);
            for (at, line) in wrap(&first).into_iter().enumerate() {
                let status = if at == 0 { status_word(check.status) } else { String::new() };
                text.push_str(&format!("{status:MARGIN$}{line}\n"));
            }
            if let Some(to_do) = &check.to_do {
                for line in wrap(&fill("doctor.toDo", &[("what", to_do)])) {
                    text.push_str(&format!("{:MARGIN$}{line}\n", ""));
                }
            }
        }
        text.push_str(&format!("\n{}\n", self.summary()));
        text
    }
}

fn status_word(status: CheckStatus) -> String {
    say(match status {
        CheckStatus::Good => "doctorStatus.good",
        CheckStatus::NotChecked => "doctorStatus.notChecked",
        CheckStatus::Warning => "doctorStatus.warning",
        CheckStatus::Failed => "doctorStatus.failed",
    })
}

fn count_words(count: usize, status: CheckStatus) -> String {
    let key = match (status, count) {
        (CheckStatus::Good, _) => "doctor.counts.good",
        (CheckStatus::NotChecked, _) => "doctor.counts.notChecked",
        (CheckStatus::Warning, 1) => "doctor.counts.warning",
        (CheckStatus::Warning, _) => "doctor.counts.warnings",
        (CheckStatus::Failed, _) => "doctor.counts.failed",
    };
    fill(key, &[("count", &count.to_string())])
}

fn wrap(text: &str) -> Vec<String> {
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

    fn check(check: Topic, status: CheckStatus, saw: &str, to_do: Option<&str>) -> Check {
        Check { check, title: check.title(), status, saw: saw.to_owned(), to_do: to_do.map(str::to_owned) }
    }

    fn report() -> Report {
        Report::new(vec![
            check(
                Topic::Tray,
                CheckStatus::Warning,
                "No tray was found.",
                Some(
                    "Nothing has to be done: the window stays, and the tray icon appears when a tray does. On GNOME, an extension shows it.",
                ),
            ),
            check(Topic::Settings, CheckStatus::Good, "The file is good.", None),
            check(Topic::LicenceFilter, CheckStatus::NotChecked, "Nobody is logged in.", None),
        ])
    }

    #[test]
    fn the_text_has_the_status_in_front_of_a_check_and_the_advice_below() {
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
