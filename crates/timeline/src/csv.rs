//! Decisions as CSV (RFC 4180), every field, times in UTC (RFC 3339).

use presence::{shown, timeline::Decision};
use view::words;

use super::{
    keys::{connect_key, key, teams_key},
    words::StatusNames,
};

const HEAD: [&str; 13] = [
    "time",
    "side",
    "connect",
    "connect_key",
    "teams",
    "teams_key",
    "source",
    "done",
    "guard",
    "row",
    "target",
    "status",
    "status_arn",
];

/// A header line, and one line for each decision.
pub(super) fn csv(rows: &[&Decision], names: &StatusNames) -> String {
    let mut text = String::new();
    record(HEAD.map(str::to_owned), &mut text);
    for row in rows {
        record(fields(row, names), &mut text);
    }
    text
}

fn fields(row: &Decision, names: &StatusNames) -> [String; 13] {
    let maybe = |field: Option<String>| field.unwrap_or_default();
    [
        row.at.to_string(),
        key(&row.side),
        maybe(row.connect.as_ref().map(words::connect)),
        maybe(row.connect.as_ref().map(connect_key)),
        maybe(row.teams.as_ref().map(words::teams)),
        maybe(row.teams.as_ref().map(teams_key)),
        maybe(row.source().map(|source| key(&source))),
        key(&row.done),
        maybe(row.guard.map(|guard| key(&guard))),
        // People count rows from 1.
        maybe(row.rule.map(|rule| (rule + 1).to_string())),
        maybe(row.target.map(|target| key(&target))),
        maybe(row.status.as_ref().map(|status| names.of(status))),
        maybe(row.status.as_ref().map(ToString::to_string)),
    ]
}

fn record<const N: usize>(fields: [String; N], text: &mut String) {
    text.push_str(&fields.map(|field| quoted(&harmless(&field))).join(","));
    text.push_str("\r\n");
}

/// A spreadsheet takes a field for a formula if it begins with one of these, in either width. Names of statuses may be
/// any text.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// The field as plain text for spreadsheets, some of which skip blanks before such a character. Nothing in it turns or
/// hides the text beside it.
fn harmless(field: &str) -> String {
    let field = shown::unturned(field);
    let is_formula = field.starts_with(FORMULA) || field.trim_start().starts_with(FORMULA);
    if is_formula { format!("'{field}") } else { field.into_owned() }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use presence::{
        connect::{AgentStatus, ConnectState, StatusArn, StatusKind},
        mapping::Target,
        teams::{Availability, Detail, TeamsState},
        timeline::{Done, Guard, Side},
    };
    use proptest::prelude::*;

    use super::*;

    /// Reads CSV as RFC 4180 defines it.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut records, mut fields, mut field) = (Vec::new(), Vec::new(), String::new());
        let (mut quoted, mut chars) = (false, text.chars().peekable());
        while let Some(char) = chars.next() {
            match (char, quoted) {
                ('"', true) if chars.next_if_eq(&'"').is_some() => field.push('"'),
                ('"', _) => quoted = !quoted,
                (',', false) => fields.push(std::mem::take(&mut field)),
                ('\r', false) => {
                    assert_eq!(chars.next(), Some('\n'));
                    fields.push(std::mem::take(&mut field));
                    records.push(std::mem::take(&mut fields));
                }
                (char, _) => field.push(char),
            }
        }
        assert!(fields.is_empty() && field.is_empty() && !quoted);
        records
    }

    fn row(name: &str) -> Decision {
        let status =
            AgentStatus { arn: StatusArn::new("arn:1"), name: name.to_owned(), kind: StatusKind::Custom };
        Decision {
            at: Timestamp::constant(1_800_000_000, 0),
            side: Side::Teams,
            connect: Some(ConnectState::Chosen(status)),
            teams: Some(TeamsState::with(Availability::Busy, Detail::InMeeting)),
            rule: Some(2),
            target: Some(Target::BeRightBack),
            status: None,
            done: Done::NotWritten,
            guard: Some(Guard::PersonFirst),
        }
    }

    #[test]
    fn every_field_has_its_column() {
        let text = csv(&[&row("Lunch")], &StatusNames::new(&[]));
        let line = "2027-01-15T08:00:00Z,teams,Lunch,arn:1,In a meeting,busy/inMeeting,person,notWritten,personFirst,\
                    3,be_right_back,,";
        assert_eq!(text, format!("{}\r\n{line}\r\n", HEAD.join(",")));
    }

    #[test]
    fn a_name_is_no_formula() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)"] {
            for before in ["", " ", "\t", "\r\n", "\u{200b}", "\u{202e}", "\u{a0}"] {
                let text = csv(&[&row(&format!("{before}{name}"))], &StatusNames::new(&[]));
                assert_eq!(read(&text)[1][2], format!("'{name}"), "{before:?}");
            }
        }
        for field in ["\tx", "\rx", " =1", "\u{2066}=1"] {
            assert!(harmless(field).starts_with('\''), "{field:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(names in prop::collection::vec(".*", 0..5)) {
            let rows: Vec<_> = names.iter().map(|name| row(name)).collect();
            let text = csv(&rows.iter().collect::<Vec<_>>(), &StatusNames::new(&[]));
            let found = read(&text);
            prop_assert_eq!(found.len(), names.len() + 1);
            for (record, name) in found[1..].iter().zip(&names) {
                prop_assert_eq!(record.len(), HEAD.len());
                // The name as it is shown, or the end of the ARN.
                let shown = shown::first([name.as_str(), "arn:1"]).unwrap_or_default();
                prop_assert_eq!(&record[2], &harmless(&shown));
                prop_assert!(!record[2].starts_with(FORMULA));
                prop_assert_eq!(shown::line(&record[2]), Some(record[2].clone()));
            }
        }
    }
}
