//! The statuses of the instance (`ListAgentStatuses`).

use jiff::Timestamp;
use presence::connect::{AgentStatus, StatusArn, StatusKind};
use serde::Deserialize;

use super::{
    ApiError, ConnectApi, Credentials, NextPage,
    entries::{Entries, lenient},
};
use crate::agent::text;

/// A page of the statuses that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statuses {
    /// The statuses.
    pub statuses: Vec<AgentStatus>,
    /// Entries that could not be read.
    pub skipped: usize,
    /// The next page, if there is one.
    pub next: Option<NextPage>,
}

impl ConnectApi {
    /// Reads a page of the statuses of the instance. An instance has at most 50, so one page has all.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn statuses(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        page: Option<&NextPage>,
    ) -> Result<Statuses, ApiError> {
        let mut query = vec![("maxResults", "1000")];
        query.extend(page.map(|NextPage(token)| ("nextToken", token.as_str())));
        let url = self.address(&["agent-status", self.instance_id()], &query);
        let answer: Answer = self.get(credentials, now, url, "it is no list of statuses").await?;
        Ok(answer.read())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    agent_status_summary_list: Entries<Summary>,
    #[serde(default)]
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    arn: String,
    #[serde(default, deserialize_with = "lenient")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    r#type: Option<String>,
}

impl Answer {
    fn read(self) -> Statuses {
        let Entries { read, skipped } = self.agent_status_summary_list;
        let statuses = read.into_iter().map(|summary| AgentStatus {
            arn: StatusArn::new(text(summary.arn)),
            name: text(summary.name.unwrap_or_default()),
            kind: match summary.r#type.as_deref().unwrap_or_default() {
                "ROUTABLE" => StatusKind::Routable,
                "OFFLINE" => StatusKind::Offline,
                // A status of an unknown type does not count as available.
                _ => StatusKind::Custom,
            },
        });
        Statuses { statuses: statuses.collect(), skipped, next: NextPage::of(self.next_token) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_by_their_type_and_unreadable_entries_are_counted() {
        let answer: Answer = serde_json::from_str(
            r#"{"AgentStatusSummaryList": [
                {"Id": "1", "Arn": "arn:1", "Name": "Free", "Type": "ROUTABLE", "LastModifiedTime": 1.7e9},
                {"Id": "2", "Arn": "arn:2", "Name": "Lunch", "Type": "CUSTOM"},
                {"Id": "3", "Arn": "arn:3", "Name": "Away", "Type": "OFFLINE"},
                {"Id": "4", "Name": "No ARN", "Type": "CUSTOM"},
                {"Id": "5", "Arn": "arn:5", "Name": "New", "Type": "SOMETHING_NEW"},
                {"Id": "6", "Arn": "arn:6", "Name": null, "Type": 7}, null
            ], "NextToken": ""}"#,
        )
        .unwrap();
        let read = answer.read();
        let kinds: Vec<_> = read.statuses.iter().map(|status| (status.name.as_str(), status.kind)).collect();
        assert_eq!(
            kinds,
            [
                ("Free", StatusKind::Routable),
                ("Lunch", StatusKind::Custom),
                ("Away", StatusKind::Offline),
                ("New", StatusKind::Custom),
                ("", StatusKind::Custom)
            ]
        );
        assert_eq!((read.skipped, read.next), (2, None));
    }
}
