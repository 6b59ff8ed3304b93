//! The presence of colleagues, many at a time.

use std::collections::HashSet;

use presence::{identity::ObjectId, teams::TeamsState};
use reqwest::Method;
use secrecy::SecretString;
use serde_json::json;

use crate::{
    Graph, GraphError,
    own::state,
    transport::{self, SHORT, right},
    wire,
};

/// The most ids that one call takes (Graph: cloudcommunications-getpresencesbyuserid).
const IDS_A_CALL: usize = 650;

impl Graph {
    /// Reads the presence of these people, in as many calls as that needs. Who is missing in the answer is
    /// not known to Graph, or came in a form that cannot be read; the order means nothing.
    ///
    /// # Errors
    /// See [`GraphError`]. When one call of several fails, the whole read fails.
    pub async fn presences(
        &self,
        token: &SecretString,
        ids: &[ObjectId],
    ) -> Result<Vec<(ObjectId, TeamsState)>, GraphError> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(IDS_A_CALL) {
            let asked: HashSet<&ObjectId> = some.iter().collect();
            let request = self
                .request(Method::POST, &["communications", "getPresencesByUserId"])
                .json(&json!({ "ids": some }));
            let what = "it is not a list of presences";
            let answer: wire::Presences =
                transport::read(request, token, SHORT, right::PRESENCE_READ, what).await?;
            found.extend(answer.value.entries.iter().filter_map(|presence| {
                let id = ObjectId::new(presence.id.as_ref()?);
                asked.contains(&id).then_some((id, state(presence)?))
            }));
        }
        Ok(found)
    }
}
