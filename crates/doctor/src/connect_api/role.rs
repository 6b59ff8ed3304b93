//! Whether the credentials open each of the four actions.

use connect::api::{ApiError, ConnectApi, Credentials};
use presence::aws::UserId;
use view::{
    doctor::Topic,
    words::{fill, list},
};

use super::{Desk, otherwise};
use crate::finding::Finding;

/// Nobody. Whether somebody may be asked for is decided before it is looked whether there is such a user.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// An action, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tried {
    pub(super) action: &'static str,
    /// True if what it asks for is the instance itself, and not a user who may have left.
    pub(super) of_instance: bool,
    pub(super) result: Result<(), ApiError>,
}

impl Tried {
    pub(super) fn is_throttled(&self) -> bool {
        matches!(self.result, Err(ApiError::Throttled { .. }))
    }

    fn is_missing(&self) -> bool {
        matches!(self.result, Err(ApiError::NotAllowed { .. }))
    }

    fn finds_no_instance(&self) -> bool {
        self.of_instance && self.result == Err(ApiError::NotFound)
    }

    /// A failure that is of none of the kinds above. A user who has left proves that users can be asked for.
    fn other_failure(&self) -> Option<&ApiError> {
        let is_known = self.is_throttled() || self.is_missing() || self.result == Err(ApiError::NotFound);
        self.result.as_ref().err().filter(|_| !is_known)
    }
}

pub(super) async fn tried(api: &ConnectApi, credentials: &Credentials, desk: &Desk) -> [Tried; 4] {
    let found = api.some_user(credentials, desk.now()).await;
    let user = found.as_ref().ok().and_then(Option::as_ref).map(|user| user.id.clone());
    let asked: Vec<UserId> = user.or_else(|| UserId::new(NOBODY).ok()).into_iter().collect();
    let describe = async {
        match asked.first() {
            Some(user) => api.addresses(credentials, desk.now(), user).await.map(drop),
            None => Ok(()),
        }
    };
    let (current, described, statuses) = tokio::join!(
        api.current_users(credentials, desk.now(), (&asked, &[]), None),
        describe,
        api.statuses(credentials, desk.now(), None),
    );
    let tried = |action, of_instance, result| Tried { action, of_instance, result };
    [
        tried("connect:GetCurrentUserData", false, current.map(drop)),
        tried("connect:SearchUsers", true, found.map(drop)),
        tried("connect:DescribeUser", false, described),
        tried("connect:ListAgentStatuses", true, statuses.map(drop)),
    ]
}

pub(super) fn judged(tried: &[Tried; 4], desk: &Desk) -> Finding {
    let plan = &desk.plan;
    let (role, instance, region) =
        (plan.role.to_string(), plan.instance.to_string(), plan.region.to_string());
    let values = [("role", role.as_str()), ("instance", &instance), ("region", &region)];
    let named = |is: fn(&Tried) -> bool| {
        let actions = tried.iter().filter(|tried| is(tried)).map(|tried| tried.action.to_owned());
        list(&actions.collect::<Vec<_>>())
    };
    if let Some(error) = tried.iter().find_map(Tried::other_failure) {
        return otherwise(error, &plan.endpoint);
    }
    if tried.iter().any(Tried::finds_no_instance) {
        let to_do = fill("doctor.connectApi.role.noInstanceToDo", &values);
        return Finding::failed(fill("doctor.connectApi.role.noInstance", &values), to_do);
    }
    if tried.iter().any(Tried::is_missing) {
        let saw = fill("doctor.connectApi.role.missing", &[("actions", &named(Tried::is_missing))]);
        // A role without any right most likely has a policy for another instance.
        let all = tried.iter().all(Tried::is_missing);
        let key =
            if all { "doctor.connectApi.role.everythingToDo" } else { "doctor.connectApi.role.missingToDo" };
        return Finding::failed(saw, fill(key, &values));
    }
    if tried.iter().any(Tried::is_throttled) {
        let topic = Topic::ConnectQuota.title();
        return Finding::not_checked(fill("doctor.connectApi.role.throttled", &[("topic", &topic)]));
    }
    Finding::good(fill("doctor.connectApi.role.good", &[("actions", &named(|_| true))]))
}
