//! The findings about reading colleagues' statuses from Amazon Connect: whether AWS gives credentials for the agent's login,
//! whether they allow each of the four actions, and whether the quota suffices.
//!
//! It only reads, and tries each action once with the smallest request. It does not quote messages of AWS, because they may
//! name a user.

mod role;
mod trust;

use std::time::Instant;

use connect::api::{ApiError, ConnectApi, Sts};
use jiff::{SignedDuration, Timestamp};
use reqwest::Client;
use settings::{ConnectApiPlan, DIRECT_SEATS};
use signin::IdToken;
use tokio::sync::oneshot;
use view::{
    doctor::Topic,
    words::{fill, say},
};

use super::{finding::Finding, network::host};

/// The name of the session in the logs of AWS. It does not name the agent, because doctor checks the set-up.
const SESSION: &str = "connectpath-teams-doctor";

/// The input of the checks.
#[derive(Debug)]
pub(super) struct ApiContext {
    plan: ConnectApiPlan,
    /// The audience of the login.
    client: String,
    seats: u32,
    now: Timestamp,
    started: Instant,
}

impl ApiContext {
    /// `now` is the time by this machine's clock.
    pub(super) fn new(plan: ConnectApiPlan, client: String, seats: u32, now: Timestamp) -> Self {
        Self { plan, client, seats, now, started: Instant::now() }
    }

    /// The current time by this machine's clock.
    fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.started.elapsed()).unwrap_or_default();
        self.now.saturating_add(elapsed).unwrap_or(self.now)
    }
}

/// The findings about trust, role and quota. Without an ID token only the quota is known.
pub(super) async fn connect_api(
    http: Client,
    context: ApiContext,
    id_token: oneshot::Receiver<IdToken>,
) -> [Finding; 3] {
    let Ok(id_token) = id_token.await else {
        let why = say("doctor.connectApi.noLogin");
        return [
            Finding::not_checked(why.clone()),
            Finding::not_checked(why),
            quota_finding(&context, false),
        ];
    };
    let ConnectApiPlan { endpoint, sts, region, instance, role } = context.plan.clone();
    let assumed = Sts::new(http.clone(), sts, role).assume(&id_token.text, SESSION).await;
    match assumed {
        Ok(credentials) => {
            let api = ConnectApi::new(http, endpoint, region, instance);
            let tried = role::try_actions(&api, &credentials, &context).await;
            let throttled = tried.iter().any(role::TriedAction::is_throttled);
            [
                trust::trusted(&context),
                role::role_finding(&tried, &context),
                quota_finding(&context, throttled),
            ]
        }
        Err(error) => {
            let why = fill("doctor.connectApi.noCredentials", &[("topic", &Topic::ConnectTrust.title())]);
            [
                trust::not_trusted(&error, &id_token, &context),
                Finding::not_checked(why),
                quota_finding(&context, false),
            ]
        }
    }
}

fn quota_finding(context: &ApiContext, throttled: bool) -> Finding {
    let (seats, most) = (context.seats.to_string(), DIRECT_SEATS.to_string());
    let values = [("seats", seats.as_str()), ("most", most.as_str())];
    if throttled {
        let to_do = fill("doctor.connectApi.quota.throttledToDo", &[("action", "GetCurrentUserData")]);
        Finding::warning(say("doctor.connectApi.quota.throttled"), to_do)
    } else if context.seats > DIRECT_SEATS {
        let to_do = fill("doctor.connectApi.quota.seatsToDo", &values);
        Finding::warning(fill("doctor.connectApi.quota.seats", &values), to_do)
    } else {
        Finding::good(fill("doctor.connectApi.quota.good", &values))
    }
}

/// The finding about a failure that does not depend on the request.
fn general_failure(error: &ApiError, url: &url::Url) -> Finding {
    let name = host(url);
    let values = [("host", name.as_str())];
    let refused = |status: &str, code: &str| {
        let saw = fill("doctor.connectApi.refused", &[("status", status), ("code", code)]);
        Finding::failed(saw, say("doctor.connectApi.refusedToDo"))
    };
    match error {
        ApiError::Clock => Finding::failed(say("doctor.connectApi.clock"), say("doctor.clock.toDo")),
        ApiError::Throttled { .. } | ApiError::Server { .. } => {
            Finding::warning(say("doctor.connectApi.trouble"), say("doctor.connectApi.laterToDo"))
        }
        ApiError::Unreachable(_) | ApiError::TimedOut => {
            Finding::failed(fill("doctor.unreached", &values), fill("doctor.connectApi.reachToDo", &values))
        }
        ApiError::Malformed(_) => {
            let saw = fill("doctor.connectApi.malformed", &values);
            Finding::failed(saw, say("doctor.connectApi.malformedToDo"))
        }
        ApiError::Refused { status, code, .. } => refused(&status.to_string(), code),
        ApiError::NotTrusted { code, .. } => refused("403", code),
        ApiError::NotAllowed { .. } => refused("403", "AccessDenied"),
        ApiError::NotFound => refused("404", "ResourceNotFoundException"),
        ApiError::Expired => refused("403", "ExpiredToken"),
    }
}

#[cfg(test)]
mod tests;
