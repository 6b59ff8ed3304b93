//! What the command line prints, and the export.

use super::*;

/// A data folder with the statuses and the decisions of a lunch.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    statuses::save(folder.path(), &[status("Lunch"), status("Meeting")]).unwrap();
    let store = TimelineStore::new(folder.path());
    let shows = Input::Teams {
        state: TeamsState::plain(Availability::BeRightBack),
        sequence: None,
        is_ours: true,
        ends_ours: false,
        read: at(1),
    };
    for entry in [
        TimelineEntry::Decision(lunch(-7200, Done::NotWritten, Some(Guard::Hold))),
        TimelineEntry::Decision(lunch(0, Done::Written, None)),
        TimelineEntry::Input(TimedInput { at: at(1), seen: shows }),
        TimelineEntry::Decision(lunch(1, Done::Confirmed, None)),
    ] {
        store.append(&entry).unwrap();
    }
    folder
}

#[test]
fn the_command_line_prints_a_table_newest_first() {
    let folder = folder();
    let text = report(folder.path(), ReportForm::Table, None, at(60));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("Time "));
    assert!(lines[1].contains("Teams set to Be right back") && lines[1].contains(". Confirmed "));
    assert!(lines[2].contains("It did not last long enough"));
    let column = |line: &str, word: &str| line.find(word).map(|at| line[..at].chars().count());
    assert_eq!(column(lines[1], "Lunch"), column(lines[0], "Seen"));
    let since = report(folder.path(), ReportForm::Table, Some(at(-60)), at(60));
    assert_eq!(since.lines().count(), 2);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(report(empty.path(), ReportForm::Table, None, NOON), "Nothing is recorded.\n");
}

#[test]
fn the_command_line_answers_why_as_of_the_last_entry() {
    let folder = folder();
    let text = report(folder.path(), ReportForm::Why, None, at(60));
    assert_eq!(
        text,
        format!(
            "At {time}, according to the record:\nWhy Be right back?\n\
             Because the table sets Be right back for Lunch, since {time}.\nTeams showed it at {seconds}.\n",
            time = catalog::time(NOON),
            seconds = words::seconds(at(1))
        )
    );
}

#[test]
fn an_export_is_everything_that_the_command_line_prints_as_csv() {
    let data = folder();
    let text = export(&TimelineStore::new(data.path()), &[], at(60));
    assert_eq!(text.lines().count(), 4);
    assert_eq!(text, report(data.path(), ReportForm::Csv, None, at(60)));
}
