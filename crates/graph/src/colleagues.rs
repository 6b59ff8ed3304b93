//! The presence of colleagues, many in one request.

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

/// The largest number of ids in one request (Graph: cloudcommunications-getpresencesbyuserid).
const IDS_PER_REQUEST: usize = 650;

impl Graph {
    /// Reads the presence of these people, in one or more requests. A person is missing in the answer if Graph does not
    /// know them or their entry cannot be read. The order has no meaning.
    ///
    /// # Errors
    /// See [`GraphError`]. If one of several requests fails, the whole call fails.
    pub async fn presences(
        &self,
        token: &SecretString,
        ids: &[ObjectId],
    ) -> Result<Vec<(ObjectId, TeamsState)>, GraphError> {
        let mut found = Vec::with_capacity(ids.len());
        for some in ids.chunks(IDS_PER_REQUEST) {
            let requested: HashSet<&ObjectId> = some.iter().collect();
            let request = self
                .request(Method::POST, &["communications", "getPresencesByUserId"])
                .json(&json!({ "ids": some }));
            let what = "it is not a list of presences";
            let answer: wire::Presences =
                transport::read(request, token, SHORT, right::PRESENCE_READ, what).await?;
            found.extend(answer.value.entries.iter().filter_map(|presence| {
                let id = ObjectId::new(presence.id.as_ref()?);
                requested.contains(&id).then_some((id, state(presence)?))
            }));
        }
        Ok(found)
    }
}
