//! Keys that contradict each other. A single value is checked where it is read.

use net::ProxyAddress;
use presence::aws::{InstanceArn, Partition, Region, RoleArn};

use crate::{Key, Settings};

/// Keys that contradict each other.
#[derive(Debug)]
pub(crate) struct Conflict {
    /// The keys, the one that is to be changed first.
    pub(crate) between: &'static [Key],
    /// What is wrong and what to do, without a full stop.
    pub(crate) reason: String,
}

/// The first contradiction.
pub(crate) fn conflict(settings: &Settings) -> Option<Conflict> {
    of_connect_api(settings).or_else(|| of_proxy(settings))
}

fn of_proxy(settings: &Settings) -> Option<Conflict> {
    let has_login = settings.proxy.as_ref().is_none_or(ProxyAddress::has_login);
    (settings.proxy_user.is_some() && !has_login).then(|| Conflict {
        between: &[Key::ProxyUser, Key::Proxy],
        reason: "network.user cannot be used if network.proxy starts with socks5://, because web views cannot log in \
                 there"
            .to_owned(),
    })
}

fn of_connect_api(settings: &Settings) -> Option<Conflict> {
    match (&settings.instance_arn, &settings.role_arn) {
        (None, None) => None,
        (Some(_), None) => Some(Conflict {
            between: &[Key::InstanceArn],
            reason: "connect_api.instance_arn needs connect_api.role_arn beside it, the role that may read that \
                     instance"
                .to_owned(),
        }),
        (None, Some(_)) => Some(Conflict {
            between: &[Key::RoleArn],
            reason: "connect_api.role_arn needs connect_api.instance_arn beside it, the instance that the role may \
                     read"
                .to_owned(),
        }),
        (Some(instance), Some(role)) => between(settings.connect_region.as_ref(), instance, role),
    }
}

fn between(region: Option<&Region>, instance: &InstanceArn, role: &RoleArn) -> Option<Conflict> {
    if let Some(region) = region.filter(|region| *region != instance.region()) {
        let of_instance = instance.region();
        return Some(Conflict {
            between: &[Key::ConnectRegion, Key::InstanceArn],
            reason: format!(
                "connect_api.region is {region}, but connect_api.instance_arn is in {of_instance}; leave region out"
            ),
        });
    }
    (role.partition() != instance.partition()).then(|| Conflict {
        between: &[Key::RoleArn, Key::InstanceArn],
        reason: format!(
            "connect_api.role_arn is of {}, but connect_api.instance_arn is of {}; copy the ARN of a role in the \
             account of the instance",
            named(role.partition()),
            named(instance.partition())
        ),
    })
}

const fn named(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws => "AWS",
        Partition::UsGov => "AWS GovCloud (US)",
        Partition::China => "AWS China",
    }
}
