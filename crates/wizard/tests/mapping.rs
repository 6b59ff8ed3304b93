//! The check of the mapping in words, from files.

use std::{error::Error, fs};

use tempfile::TempDir;
use wizard::mapping::{Checked, check};

const LOOP: &str = "\
[sync]
teams_to_connect = true

[[sync.rows]]
when = { status = \"arn:a/agent-state/lunch\" }
teams = \"be_right_back\"

[[sync.rows]]
when = { status = \"arn:a/agent-state/break\" }
teams = \"busy\"

[[sync.teams_rows]]
when = { availability = \"be_right_back\" }
connect = { status = \"arn:a/agent-state/break\" }

[[sync.teams_rows]]
when = { availability = \"busy\" }
connect = { status = \"arn:a/agent-state/lunch\" }
";

const STATUSES: &str = r#"[
    { "arn": "arn:a/agent-state/available", "name": "Available", "kind": "routable" },
    { "arn": "arn:a/agent-state/lunch", "name": "Lunch", "kind": "custom" },
    { "arn": "arn:a/agent-state/break", "name": "Break", "kind": "custom" },
    { "arn": "arn:a/agent-state/offline", "name": "Offline", "kind": "offline" }
]"#;

/// A data folder with a mapping file, and the statuses that were known last, if there are any.
fn folder(mapping: &str, statuses: Option<&str>) -> Result<TempDir, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("policy.toml"), mapping)?;
    if let Some(statuses) = statuses {
        fs::write(folder.path().join("statuses.json"), statuses)?;
    }
    Ok(folder)
}

/// What is said of a mapping, without the line that names the file of statuses.
fn said(mapping: &str, statuses: Option<&str>) -> Result<(bool, Vec<String>), Box<dyn Error>> {
    let folder = folder(mapping, statuses)?;
    let Checked { text, is_safe } = check(&folder.path().join("policy.toml"), folder.path(), None)?;
    Ok((is_safe, text.lines().skip(2).map(str::to_owned).collect()))
}

#[test]
fn a_loop_is_a_chain_with_the_lines_of_its_rows() {
    let (is_safe, lines) = said(LOOP, Some(STATUSES)).expect("a check");
    assert!(!is_safe);
    assert_eq!(
        lines,
        [
            "These tables make a loop. Each status leads to the next and back to the first.",
            "",
            "  Break → Busy → Lunch → Be right back → Break",
            "    Break → Busy (line 8)",
            "    Busy → Lunch (line 16)",
            "    Lunch → Be right back (line 4)",
            "    Be right back → Break (line 12)",
        ]
    );
}

/// A loop only together with what is proposed for a lunch.
const HALF: &str = "\
[sync]
teams_to_connect = true

[[sync.teams_rows]]
when = { availability = \"be_right_back\" }
connect = { status = \"arn:a/agent-state/training\" }

[[sync.teams_rows]]
when = { availability = \"busy\" }
connect = { status = \"arn:a/agent-state/lunch\" }
";

const LUNCH_AND_TRAINING: &str = r#"[
    { "arn": "arn:a/agent-state/available", "name": "Available", "kind": "routable" },
    { "arn": "arn:a/agent-state/lunch", "name": "Lunch", "kind": "custom" },
    { "arn": "arn:a/agent-state/training", "name": "Training", "kind": "custom" },
    { "arn": "arn:a/agent-state/offline", "name": "Offline", "kind": "offline" }
]"#;

#[test]
fn what_is_proposed_for_a_lunch_is_checked_too_and_named_as_such() {
    let (is_safe, lines) = said(HALF, Some(LUNCH_AND_TRAINING)).expect("a check");
    assert!(!is_safe);
    assert_eq!(
        lines,
        [
            "These tables make a loop. Each status leads to the next and back to the first.",
            "",
            "  Lunch → Be right back → Training → Busy → Lunch",
            "    Lunch → Be right back (proposed because of its name)",
            "    Be right back → Training (line 4)",
            "    Training → Busy (built-in row)",
            "    Busy → Lunch (line 8)",
        ]
    );
    // A list named on the command line counts as much as the one of the data folder.
    let folder = folder(HALF, None).expect("a folder");
    let list = folder.path().join("list.json");
    fs::write(&list, LUNCH_AND_TRAINING).expect("written");
    let checked = check(&folder.path().join("policy.toml"), folder.path(), Some(&list)).expect("a check");
    assert!(!checked.is_safe, "{}", checked.text);
}

#[test]
fn a_row_of_the_file_wins_over_a_proposed_one_and_keeps_its_line() {
    let own = format!(
        "{HALF}\n[[sync.rows]]\nwhen = {{ status = \"arn:a/agent-state/lunch\" }}\nteams = \"do_not_disturb\"\n"
    );
    let (is_safe, lines) = said(&own, Some(LUNCH_AND_TRAINING)).expect("a check");
    assert!(is_safe, "{lines:?}");
    // The proposed row is among the others, and does not shift their lines.
    let other = own.replace("arn:a/agent-state/lunch\" }\nteams", "arn:a/agent-state/training\" }\nteams");
    let other = other.replace("do_not_disturb", "busy");
    let (is_safe, lines) = said(&other, Some(LUNCH_AND_TRAINING)).expect("a check");
    assert!(!is_safe);
    assert!(lines.contains(&"    Training → Busy (line 12)".to_owned()), "{lines:?}");
    assert!(
        lines.contains(&"    Lunch → Be right back (proposed because of its name)".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn statuses_that_are_made_up_have_no_name_to_propose_a_row_for() {
    let (is_safe, lines) = said(HALF, None).expect("a check");
    assert!(is_safe, "{lines:?}");
}

#[test]
fn without_statuses_those_of_the_file_are_checked_and_the_text_says_so() {
    let folder = folder(LOOP, None).expect("a folder");
    let checked = check(&folder.path().join("policy.toml"), folder.path(), None).expect("a check");
    assert!(!checked.is_safe);
    assert!(checked.text.starts_with("The statuses of the instance are not known here."), "{}", checked.text);
    assert!(checked.text.contains("the status lunch → Be right back (line 4)"), "{}", checked.text);
}

#[test]
fn a_direction_that_is_off_makes_every_mapping_safe() {
    let off = LOOP.replace("teams_to_connect = true", "teams_to_connect = false");
    let (is_safe, lines) = said(&off, Some(STATUSES)).expect("a check");
    assert!(is_safe);
    assert_eq!(lines, ["No loop: at least one direction is off."]);
}

#[test]
fn rows_of_no_use_are_listed_and_do_no_harm() {
    let rows = "
[sync]
teams_to_connect = true

[[sync.rows]]
when = { status = \"arn:a/agent-state/gone\" }
teams = \"busy\"

[[sync.rows]]
when = { activity = \"connected\" }
teams = \"busy\"
source = \"person\"

[[sync.teams_rows]]
when = { availability = \"busy\", detail = \"in_call\" }
connect = \"restore\"
only_while = [\"routable\", \"custom\"]

[[sync.teams_rows]]
when = { availability = \"busy\", detail = \"in_call\" }
connect = { status = \"arn:a/agent-state/lunch\" }
";
    let (is_safe, lines) = said(rows, Some(STATUSES)).expect("a check");
    assert!(is_safe);
    assert_eq!(
        lines,
        [
            "No loop: no change can pass back and forth between Teams and Connect.",
            "",
            "Rows that never apply:",
            "  line 9: On contact → Busy. Its source never causes that state.",
            "  line 19: In a call → Lunch. Another row wins whenever it matches: In a call → The status from before (line 14).",
            "",
            "Statuses that the instance does not have:",
            "  line 5: when names arn:a/agent-state/gone.",
        ]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_line_and_reason() {
    let wrong = LOOP.replace("\"busy\"\n\n[[sync.teams", "\"bussy\"\n\n[[sync.teams");
    let sentence = said(&wrong, None).expect_err("a mistake").to_string();
    assert!(sentence.contains("policy.toml, line 10: sync.rows.teams must be"), "{sentence}");
}

#[test]
fn a_list_of_statuses_that_cannot_be_read_is_named() {
    let folder = folder(LOOP, None).expect("a folder");
    let mapping = folder.path().join("policy.toml");
    let list = folder.path().join("list.json");
    for (text, reason) in [("[]", "the list is empty"), ("{}", "expected a sequence")] {
        fs::write(&list, text).expect("written");
        let sentence = check(&mapping, folder.path(), Some(&list)).expect_err("no list").to_string();
        assert!(sentence.contains("list.json holds no statuses") && sentence.contains(reason), "{sentence}");
    }
    fs::write(&list, STATUSES).expect("written");
    assert!(!check(&mapping, folder.path(), Some(&list)).expect("a check").is_safe);
}
