//! The tables of one file, and the lines of their rows.

use std::fs;

use presence::{check::RowAt, mapping::Target, timeline::Side};
use settings::Mapping;

const TEXT: &str = "\
[sync]
teams_to_connect = true

[[sync.rows]]
when = { status = \"arn:lunch\" }
teams = \"be_right_back\"

[[sync.rows]]
when = { kind = \"custom\" }
teams = \"do_not_disturb\"

[[sync.teams_rows]]
when = { availability = \"busy\" }
connect = { status = \"arn:lunch\" }
";

fn read(text: &str) -> Result<Mapping, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("policy.toml");
    fs::write(&file, text).map_err(|error| error.to_string())?;
    Mapping::read(&file).map_err(|problem| problem.to_string())
}

#[test]
fn rows_are_found_at_their_lines_whatever_their_order() {
    let mapping = read(TEXT).unwrap();
    let lines = |side, count| -> Vec<Option<usize>> {
        (0..count).map(|number| mapping.line(RowAt { side, number })).collect()
    };
    let rows = mapping.tables.connect_to_teams.rows();
    let given: Vec<usize> = lines(Side::Teams, rows.len()).into_iter().flatten().collect();
    assert_eq!(given, [4, 8]);
    let number = rows.iter().position(|row| row.target == Target::DoNotDisturb).unwrap();
    assert_eq!(mapping.line(RowAt { side: Side::Teams, number }), Some(8));
    let back = mapping.tables.teams_to_connect.rows().len();
    assert_eq!(lines(Side::Connect, back).into_iter().flatten().collect::<Vec<_>>(), [12]);
    assert_eq!(mapping.line(RowAt { side: Side::Connect, number: back }), None);
}

#[test]
fn a_mistake_is_named_with_its_line() {
    let wrong = TEXT.replace("be_right_back", "back_soon");
    let sentence = read(&wrong).unwrap_err();
    assert!(sentence.contains("policy.toml, line 6: sync.rows.teams must be"), "{sentence}");
}

#[test]
fn a_file_that_is_not_there_is_no_default() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = Mapping::read(&folder.path().join("absent.toml")).unwrap_err().to_string();
    assert!(sentence.ends_with("absent.toml: there is no such file."), "{sentence}");
}
