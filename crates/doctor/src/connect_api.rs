//! What reading colleagues' statuses from Amazon Connect takes: whether AWS gives credentials for the agent's login,
//! whether they open each of the four actions, and whether the quota suffices.
//!
//! Reads only: each action is tried once, with the smallest request. What AWS says is not repeated, because it may name
//! a user.

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

/// Whose session it is in the logs of AWS. The agent is not named: doctor looks at the set-up.
const SESSION: &str = "connectpath-teams-doctor";

/// Who looks, and at what.
#[derive(Debug)]
pub(super) struct Desk {
    plan: ConnectApiPlan,
    /// The audience of the login.
    client: String,
    seats: u32,
    now: Timestamp,
    begun: Instant,
}

impl Desk {
    /// `now` is the time that this machine believes it is.
    pub(super) fn new(plan: ConnectApiPlan, client: String, seats: u32, now: Timestamp) -> Self {
        Self { plan, client, seats, now, begun: Instant::now() }
    }

    /// The time that this machine believes it is by now.
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.begun.elapsed()).unwrap_or_default();
        self.now.saturating_add(passed).unwrap_or(self.now)
    }
}

/// Trust, role and quota. `proven` brings the ID token, or nothing.
pub(super) async fn connect_api(
    http: Client,
    desk: Desk,
    proven: oneshot::Receiver<IdToken>,
) -> [Finding; 3] {
    let Ok(id_token) = proven.await else {
        let why = say("doctor.connectApi.noLogin");
        return [Finding::not_checked(why.clone()), Finding::not_checked(why), quota(&desk, false)];
    };
    let ConnectApiPlan { endpoint, sts, region, instance, role } = desk.plan.clone();
    let assumed = Sts::new(http.clone(), sts, role).assume(&id_token.text, SESSION).await;
    match assumed {
        Ok(credentials) => {
            let api = ConnectApi::new(http, endpoint, region, instance);
            let tried = role::tried(&api, &credentials, &desk).await;
            let throttled = tried.iter().any(role::Tried::is_throttled);
            [trust::good(&desk), role::judged(&tried, &desk), quota(&desk, throttled)]
        }
        Err(error) => {
            let why = fill("doctor.connectApi.noCredentials", &[("topic", &Topic::ConnectTrust.title())]);
            [trust::refused(&error, &id_token, &desk), Finding::not_checked(why), quota(&desk, false)]
        }
    }
}

fn quota(desk: &Desk, throttled: bool) -> Finding {
    let (seats, most) = (desk.seats.to_string(), DIRECT_SEATS.to_string());
    let values = [("seats", seats.as_str()), ("most", most.as_str())];
    if throttled {
        let to_do = fill("doctor.connectApi.quota.throttledToDo", &[("action", "GetCurrentUserData")]);
        Finding::warning(say("doctor.connectApi.quota.throttled"), to_do)
    } else if desk.seats > DIRECT_SEATS {
        let to_do = fill("doctor.connectApi.quota.seatsToDo", &values);
        Finding::warning(fill("doctor.connectApi.quota.seats", &values), to_do)
    } else {
        Finding::good(fill("doctor.connectApi.quota.good", &values))
    }
}

/// What of a failure does not depend on what was asked.
fn otherwise(error: &ApiError, url: &url::Url) -> Finding {
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
