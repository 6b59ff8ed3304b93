//! The finding about the trust: whether AWS gives credentials for the login, and if not, which part of the trust is missing.
//! Requests nothing itself.

use connect::api::ApiError;
use signin::IdToken;
use view::words::{fill, say};

use super::{ApiContext, general_failure};
use crate::finding::Finding;

pub(super) fn trusted(context: &ApiContext) -> Finding {
    let role = context.plan.role.to_string();
    Finding::good(fill("doctor.connectApi.trust.good", &[("role", &role)]))
}

/// Names what is missing in the terms of the IAM console.
pub(super) fn not_trusted(error: &ApiError, id_token: &IdToken, context: &ApiContext) -> Finding {
    let issuer = id_token.issuer().unwrap_or_default();
    // IAM names a provider by its URL without the scheme.
    let provider = issuer.split_once("://").map_or(issuer.as_str(), |(_, rest)| rest);
    let (of_role, region) = (context.plan.role.to_string(), context.plan.region.to_string());
    let values = [
        ("issuer", issuer.as_str()),
        ("provider", provider),
        ("client", &context.client),
        ("role", &of_role),
        ("region", &region),
    ];
    let failed = |saw, to_do| Finding::failed(fill(saw, &values), fill(to_do, &values));
    let role = || failed("doctor.connectApi.trust.role", "doctor.connectApi.trust.roleToDo");
    match error {
        ApiError::NotTrusted { code, message } => match code.as_str() {
            "AccessDenied" => role(),
            "IDPCommunicationError" => {
                let saw = say("doctor.connectApi.trust.away");
                Finding::warning(saw, say("doctor.connectApi.laterToDo"))
            }
            // "Incorrect token audience".
            "InvalidIdentityToken" if message.contains("audience") => {
                failed("doctor.connectApi.trust.audience", "doctor.connectApi.trust.audienceToDo")
            }
            code => {
                let saw = fill("doctor.connectApi.trust.provider", &[("code", code)]);
                Finding::failed(saw, fill("doctor.connectApi.trust.providerToDo", &values))
            }
        },
        ApiError::NotAllowed { .. } => role(),
        // AWS reports that the login has expired. If it has not by our clock, one of the two clocks is wrong.
        ApiError::Expired if context.now() < id_token.expires => {
            general_failure(&ApiError::Clock, &context.plan.sts)
        }
        ApiError::Expired => {
            let why = say("doctor.connectApi.trust.ended");
            Finding::not_checked(why).and_do(say("doctor.connectApi.trust.endedToDo"))
        }
        ApiError::Refused { code, .. } if code == "RegionDisabledException" => {
            failed("doctor.connectApi.trust.region", "doctor.connectApi.trust.regionToDo")
        }
        ApiError::Refused { .. }
        | ApiError::Throttled { .. }
        | ApiError::Clock
        | ApiError::NotFound
        | ApiError::Server { .. }
        | ApiError::Unreachable(_)
        | ApiError::TimedOut
        | ApiError::Malformed(_) => general_failure(error, &context.plan.sts),
    }
}
