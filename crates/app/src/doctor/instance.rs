//! The Connect instance: whether there is one at the address.

use reqwest::{StatusCode, header::LOCATION};
use url::Url;

use super::{
    finding::Finding,
    network::{Network, Reached, host, way},
};
use crate::words::{fill, say};

pub(super) async fn instance(network: Network, origin: Url) -> [Finding; 3] {
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
    // Our page is one of the instance itself, so no origin has to be approved.
    [way(&ccp, &reached), seen, Finding::good(say("doctor.origin.same"))]
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
