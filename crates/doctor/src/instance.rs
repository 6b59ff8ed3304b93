//! The findings about the Connect instance: whether there is one at the address, and whether it approves of our page.
//!
//! Only requests pages; logs nobody in.

use connect::APPROVED_ORIGIN;
use presence::connect::Hosting;
use reqwest::{
    StatusCode,
    header::{CONTENT_SECURITY_POLICY, LOCATION},
};
use settings::Instance;
use url::Url;
use view::words::{fill, say};

use super::{
    finding::Finding,
    network::{ExpectedAnswer, Network, TimedAnswer, findings::connection, host},
};

/// The most redirects within an instance that are followed.
const MOST_REDIRECTS: usize = 3;

/// Requests the page that the CCP window opens, for an address of the settings.
pub(super) async fn instance(network: Network, address: Url, hosting: Hosting) -> [Finding; 3] {
    let name = host(&address);
    let values = [("host", name.as_str())];
    let unreached = || Finding::not_checked(fill("doctor.unreached", &values));
    let Some(instance) = Instance::at(&address) else {
        return [unreached(), unreached(), unreached()];
    };
    let mut page = instance.ccp();
    let mut reached = network.reach(&page, ExpectedAnswer::Page).await;
    let way = connection(&page, &reached);
    for _ in 0..MOST_REDIRECTS {
        let to = reached.as_ref().ok().and_then(|reached| redirect_target(&page, reached));
        let Some(to) = to.filter(|to| *to != page && instance.is_inside(to)) else { break };
        page = to;
        reached = network.reach(&page, ExpectedAnswer::Page).await;
    }
    let seen = reached.as_ref().map_or_else(
        |_| unreached(),
        |reached| {
            let to = redirect_target(&page, reached);
            identify(&name, &instance, reached.answer.status(), to.as_ref())
        },
    );
    let approved = match (hosting, &reached) {
        (Hosting::SameOrigin, _) => Finding::good(say("doctor.origin.same")),
        (Hosting::ApprovedOrigin, Err(_)) => unreached(),
        (Hosting::ApprovedOrigin, Ok(reached)) => {
            // Only the policy of the CCP counts; the login page has its own.
            let ccp = Some(&reached.answer).filter(|answer| answer.status().is_success());
            let policies = ccp.map(|answer| answer.headers().get_all(CONTENT_SECURITY_POLICY));
            let policies = policies.into_iter().flatten().filter_map(|policy| policy.to_str().ok());
            approval(policies.flat_map(|policy| policy.split([';', ','])))
        }
    };
    [way, seen, approved]
}

/// The target of a redirect.
fn redirect_target(page: &Url, reached: &TimedAnswer) -> Option<Url> {
    let answer = &reached.answer;
    let to = answer.headers().get(LOCATION).filter(|_| answer.status().is_redirection())?;
    page.join(to.to_str().ok()?).ok()
}

/// Whether our page may frame the CCP, by the directives of its content security policy.
fn approval<'a>(mut directives: impl Iterator<Item = &'a str>) -> Finding {
    let values = [("origin", APPROVED_ORIGIN)];
    let to_do = || fill("doctor.origin.toDo", &values);
    let ancestors = directives.find_map(|directive| directive.trim().strip_prefix("frame-ancestors "));
    match ancestors {
        Some(ancestors) if ancestors.split_whitespace().any(|one| one == APPROVED_ORIGIN) => {
            Finding::good(fill("doctor.origin.approved", &values))
        }
        Some(_) => Finding::failed(fill("doctor.origin.refused", &values), to_do()),
        None => Finding::not_checked(say("doctor.origin.unclear")).and_do(to_do()),
    }
}

/// Whether the answer is that of an instance: the CCP, or a redirect to a login, its own or that of the company.
fn identify(name: &str, instance: &Instance, status: StatusCode, to: Option<&Url>) -> Finding {
    let values = [("host", name)];
    if status.is_redirection() {
        if to.is_some_and(|to| instance.leads_to_login(to)) {
            return Finding::good(fill("doctor.instance.login", &values));
        }
        let elsewhere = to.map(host).unwrap_or_default();
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
    } else if status == StatusCode::FORBIDDEN {
        // A working instance refuses its CCP for ten minutes after a login by SAML (amazon-connect-streams, issue 1004).
        Finding::warning(fill("doctor.instance.refused", &values), say("doctor.instance.refusedToDo"))
    } else {
        Finding::failed(fill("doctor.instance.other", &values), say("doctor.instance.otherToDo"))
    }
}

#[cfg(test)]
mod tests {
    use view::doctor::{CheckStatus, Topic};

    use super::*;

    fn status(policy: &str) -> CheckStatus {
        approval(policy.split(';')).of(Topic::ApprovedOrigin).status
    }

    fn seen(status: u16, to: Option<&str>) -> CheckStatus {
        let instance = Instance::at(&Url::parse("https://contoso.awsapps.com/connect/").unwrap()).unwrap();
        let to = to.map(|to| Url::parse(to).unwrap());
        let status = StatusCode::from_u16(status).unwrap();
        identify("contoso.awsapps.com", &instance, status, to.as_ref()).of(Topic::Instance).status
    }

    #[test]
    fn an_instance_shows_its_ccp_or_redirects_to_a_login() {
        assert_eq!(seen(200, None), CheckStatus::Good);
        assert_eq!(seen(401, None), CheckStatus::Good);
        for login in [
            "https://contoso.awsapps.com/connect/auth/refresh?landat=/connect/ccp-v2/",
            "https://contoso.awsapps.com/connect/login",
            "https://fs.contoso.com/adfs/ls/",
        ] {
            assert_eq!(seen(302, Some(login)), CheckStatus::Good, "{login}");
        }
        assert_eq!(seen(302, Some("https://www.example.com/")), CheckStatus::Warning);
        assert_eq!(seen(302, None), CheckStatus::Warning);
        assert_eq!(seen(403, None), CheckStatus::Warning, "for some minutes after a login by SAML");
        assert_eq!((seen(503, None), seen(404, None)), (CheckStatus::Warning, CheckStatus::Failed));
    }

    #[test]
    fn the_ccp_must_allow_our_origin_to_frame_it() {
        let ours =
            format!("default-src 'self'; frame-ancestors 'self' https://crm.example.com {APPROVED_ORIGIN}");
        assert_eq!(status(&ours), CheckStatus::Good);
        assert_eq!(status("default-src 'self'; frame-ancestors 'self'"), CheckStatus::Failed);
        assert_eq!(status("default-src 'self'"), CheckStatus::NotChecked);
        assert_eq!(status(&format!("frame-ancestors {APPROVED_ORIGIN}.example.com")), CheckStatus::Failed);
    }
}
