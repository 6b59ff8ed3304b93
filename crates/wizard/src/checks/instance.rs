//! The Connect instance: whether it answers, whether it is one, whether it approves of our own page.

use net::Proxy;
use presence::connect::Hosting;
use reqwest::Client;
use tokio::time::timeout;
use url::Url;
use view::{
    doctor::{Check, CheckStatus},
    setup::SetupSign,
    words::{fill, say},
};

use super::{LIMIT, Light, and, host};

/// What is known of the instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceLights {
    /// Whether it answers.
    pub reached: Light,
    /// Whether it is a CCP.
    pub ccp: Light,
    /// Only if our own page carries the CCP.
    pub origin: Option<Light>,
}

/// Checks the instance.
pub async fn instance(http: Client, proxy: Option<Proxy>, ccp: Url, mode: Hosting) -> InstanceLights {
    let Ok(found) = timeout(LIMIT, doctor::check_instance(http, proxy, ccp.clone(), mode)).await else {
        let waits = Light::waiting("setup.waits.instance");
        return InstanceLights { reached: Light::late(&ccp), ccp: waits, origin: None };
    };
    let [way, seen, origin] = found;
    let reached = reached(way, &ccp);
    let seen = if reached.is_failed() {
        Light::waiting("setup.waits.instance")
    } else if seen.status == CheckStatus::Failed {
        let says = and(seen.saw, &say("setup.toDo.instance"));
        Light::wrong(says, "setup.field.noInstance")
    } else {
        Light::of(seen, SetupSign::Failed)
    };
    let origin = match mode {
        Hosting::SameOrigin => None,
        Hosting::ApprovedOrigin => Some(Light::of(origin, SetupSign::Warning)),
    };
    InstanceLights { reached, ccp: seen, origin }
}

/// Only doctor shows how fast it answers.
fn reached(way: Check, ccp: &Url) -> Light {
    match way.status {
        CheckStatus::Good => Light::good(fill("setup.network.answers", &[("host", &host(ccp))])),
        CheckStatus::NotChecked | CheckStatus::Warning | CheckStatus::Failed => {
            Light::unreached(and(way.saw, &way.to_do.unwrap_or_default()))
        }
    }
}
