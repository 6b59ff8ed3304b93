//! The finding about the role: whether the credentials allow each of the four actions. Changes nothing in AWS.

use connect::api::{ApiError, ConnectApi, Credentials};
use presence::aws::UserId;
use view::{
    doctor::Topic,
    words::{fill, list},
};

use super::{ApiContext, general_failure};
use crate::finding::Finding;

/// No user has this id. AWS checks the permission before it looks for the user.
const UNKNOWN_USER: &str = "00000000-0000-0000-0000-000000000000";

/// An action, and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TriedAction {
    pub(super) action: &'static str,
    /// True if the request names the instance itself, and not a user who may have left.
    pub(super) is_of_instance: bool,
    pub(super) result: Result<(), ApiError>,
}

impl TriedAction {
    pub(super) fn is_throttled(&self) -> bool {
        matches!(self.result, Err(ApiError::Throttled { .. }))
    }

    fn is_missing(&self) -> bool {
        matches!(self.result, Err(ApiError::NotAllowed { .. }))
    }

    fn finds_no_instance(&self) -> bool {
        self.is_of_instance && self.result == Err(ApiError::NotFound)
    }

    /// A failure of none of the kinds above. A user who has left proves that the request is allowed.
    fn other_failure(&self) -> Option<&ApiError> {
        let is_known = self.is_throttled() || self.is_missing() || self.result == Err(ApiError::NotFound);
        self.result.as_ref().err().filter(|_| !is_known)
    }
}

/// Tries each action once.
pub(super) async fn try_actions(
    api: &ConnectApi,
    credentials: &Credentials,
    context: &ApiContext,
) -> [TriedAction; 4] {
    let found = api.some_user(credentials, context.now()).await;
    let user = found.as_ref().ok().and_then(Option::as_ref).map(|user| user.id.clone());
    let asked: Vec<UserId> = user.or_else(|| UserId::new(UNKNOWN_USER).ok()).into_iter().collect();
    let describe = async {
        match asked.first() {
            Some(user) => api.addresses(credentials, context.now(), user).await.map(drop),
            None => Ok(()),
        }
    };
    let (current, described, statuses) = tokio::join!(
        api.current_users(credentials, context.now(), (&asked, &[]), None),
        describe,
        api.statuses(credentials, context.now(), None),
    );
    let tried = |action, is_of_instance, result| TriedAction { action, is_of_instance, result };
    [
        tried("connect:GetCurrentUserData", false, current.map(drop)),
        tried("connect:SearchUsers", true, found.map(drop)),
        tried("connect:DescribeUser", false, described),
        tried("connect:ListAgentStatuses", true, statuses.map(drop)),
    ]
}

pub(super) fn role_finding(tried: &[TriedAction; 4], context: &ApiContext) -> Finding {
    let plan = &context.plan;
    let (role, instance, region) =
        (plan.role.to_string(), plan.instance.to_string(), plan.region.to_string());
    let values = [("role", role.as_str()), ("instance", &instance), ("region", &region)];
    let named = |is: fn(&TriedAction) -> bool| {
        let actions = tried.iter().filter(|tried| is(tried)).map(|tried| tried.action.to_owned());
        list(&actions.collect::<Vec<_>>())
    };
    if let Some(error) = tried.iter().find_map(TriedAction::other_failure) {
        return general_failure(error, &plan.endpoint);
    }
    if tried.iter().any(TriedAction::finds_no_instance) {
        let to_do = fill("doctor.connectApi.role.noInstanceToDo", &values);
        return Finding::failed(fill("doctor.connectApi.role.noInstance", &values), to_do);
    }
    if tried.iter().any(TriedAction::is_missing) {
        let saw = fill("doctor.connectApi.role.missing", &[("actions", &named(TriedAction::is_missing))]);
        // If every right is missing, the role most likely has a policy for another instance.
        let all = tried.iter().all(TriedAction::is_missing);
        let key =
            if all { "doctor.connectApi.role.everythingToDo" } else { "doctor.connectApi.role.missingToDo" };
        return Finding::failed(saw, fill(key, &values));
    }
    if tried.iter().any(TriedAction::is_throttled) {
        let topic = Topic::ConnectQuota.title();
        return Finding::not_checked(fill("doctor.connectApi.role.throttled", &[("topic", &topic)]));
    }
    Finding::good(fill("doctor.connectApi.role.good", &[("actions", &named(|_| true))]))
}
