//! The Connect instance: whether there is one at the address.

use connect::APPROVED_ORIGIN;
use presence::connect::Hosting;
use reqwest::{
    StatusCode,
    header::{CONTENT_SECURITY_POLICY, LOCATION},
};
use url::Url;
use view::words::{fill, say};

use super::{
    finding::Finding,
    network::{Network, Reached, host, way},
};

pub(super) async fn instance(network: Network, origin: Url, hosting: Hosting) -> [Finding; 3] {
    let name = host(&origin);
    let values = [("host", name.as_str())];
    // The same page that the CCP window opens.
    let Ok(ccp) = origin.join("/ccp-v2/") else {
        let unreached = || Finding::not_checked(fill("doctor.unreached", &values));
        return [unreached(), unreached(), unreached()];
    };
    let reached = network.reach(&ccp).await;
    let seen = match &reached {
        Ok(reached) => looks(&name, &ccp, reached),
        Err(_) => Finding::not_checked(fill("doctor.unreached", &values)),
    };
    let approved = match hosting {
        Hosting::SameOrigin => Finding::good(say("doctor.origin.same")),
        Hosting::ApprovedOrigin => {
            // Only the CCP itself says who may frame it; the login page says it of itself.
            let ccp = reached.as_ref().ok().filter(|reached| reached.answer.status().is_success());
            let policies = ccp.map(|reached| reached.answer.headers().get_all(CONTENT_SECURITY_POLICY));
            let policies = policies.into_iter().flatten().filter_map(|policy| policy.to_str().ok());
            approved(policies.flat_map(|policy| policy.split([';', ','])))
        }
    };
    [way(&ccp, &reached), seen, approved]
}

/// Whether the page may be framed by ours, from the directives of its content security policy.
fn approved<'a>(mut directives: impl Iterator<Item = &'a str>) -> Finding {
    let values = [("origin", APPROVED_ORIGIN)];
    let to_do = || fill("doctor.origin.toDo", &values);
    let ancestors = directives.find_map(|directive| directive.trim().strip_prefix("frame-ancestors "));
    match ancestors {
        Some(ancestors) if ancestors.split_whitespace().any(|one| one == APPROVED_ORIGIN) => {
            Finding::good(fill("doctor.origin.approved", &values))
        }
        Some(_) => Finding::failed(fill("doctor.origin.refused", &values), to_do()),
        None => Finding::not_checked(say("doctor.origin.untold")).and_do(to_do()),
    }
}

/// An instance shows the CCP, or leads to a login first: its own, or that of the company.
fn looks(name: &str, ccp: &Url, reached: &Reached) -> Finding {
    let status = reached.answer.status();
    let values = [("host", name)];
    if status.is_redirection() {
        let to = reached.answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        let to = to.and_then(|to| ccp.join(to).ok());
        let (leads, elsewhere) = match &to {
            Some(to) => (to.as_str().contains("login"), host(to)),
            None => (false, String::new()),
        };
        if leads {
            return Finding::good(fill("doctor.instance.login", &values));
        }
        let values = [("host", name), ("to", elsewhere.as_str())];
        return Finding::warning(
            fill("doctor.instance.elsewhere", &values),
            say("doctor.instance.elsewhereToDo"),
        );
    }
    if status.is_success() {
        return Finding::good(fill("doctor.instance.ccp", &values));
    }
    let code = status.as_u16().to_string();
    let values = [("host", name), ("status", code.as_str())];
    if status.is_server_error() {
        Finding::warning(fill("doctor.instance.trouble", &values), say("doctor.instance.troubleToDo"))
    } else if status == StatusCode::UNAUTHORIZED {
        Finding::good(fill("doctor.instance.login", &[("host", name)]))
    } else {
        Finding::failed(fill("doctor.instance.other", &values), say("doctor.instance.otherToDo"))
    }
}

#[cfg(test)]
mod tests {
    use view::doctor::{Status, Topic};

    use super::*;

    fn status(policy: &str) -> Status {
        approved(policy.split(';')).of(Topic::ApprovedOrigin).status
    }

    #[test]
    fn our_origin_must_be_among_those_that_may_frame_the_ccp() {
        let ours =
            format!("default-src 'self'; frame-ancestors 'self' https://crm.example.com {APPROVED_ORIGIN}");
        assert_eq!(status(&ours), Status::Good);
        assert_eq!(status("default-src 'self'; frame-ancestors 'self'"), Status::Failed);
        assert_eq!(status("default-src 'self'"), Status::NotChecked);
        assert_eq!(status(&format!("frame-ancestors {APPROVED_ORIGIN}.example.com")), Status::Failed);
    }
}
