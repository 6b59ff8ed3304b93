//! Keys that contradict each other. A single value is checked where it is read.

use net::ProxyAddress;
use presence::aws::{InstanceArn, Partition, Region, RoleArn};

use crate::{Key, Settings};

/// Keys that contradict each other.
#[derive(Debug)]
pub(crate) struct Conflict {
    /// The keys, the one that is to be changed first.
    pub(crate) keys: &'static [Key],
    /// What is wrong and what to do, without a full stop.
    pub(crate) reason: String,
}

/// The first contradiction.
pub(crate) fn conflict(settings: &Settings) -> Option<Conflict> {
    connect_api_conflict(settings).or_else(|| proxy_conflict(settings))
}

fn proxy_conflict(settings: &Settings) -> Option<Conflict> {
    let has_login = settings.proxy.as_ref().is_none_or(ProxyAddress::has_login);
    (settings.proxy_user.is_some() && !has_login).then(|| Conflict {
        keys: &[Key::ProxyUser, Key::Proxy],
        reason: "network.user cannot be used if network.proxy starts with socks5://, because web views cannot log in \
                 there"
            .to_owned(),
    })
}

fn connect_api_conflict(settings: &Settings) -> Option<Conflict> {
    match (&settings.instance_arn, &settings.role_arn) {
        (None, None) => None,
        (Some(_), None) => Some(Conflict {
            keys: &[Key::InstanceArn],
            reason: "connect_api.instance_arn needs connect_api.role_arn beside it, the role that may read that \
                     instance"
                .to_owned(),
        }),
        (None, Some(_)) => Some(Conflict {
            keys: &[Key::RoleArn],
            reason: "connect_api.role_arn needs connect_api.instance_arn beside it, the instance that the role may \
                     read"
                .to_owned(),
        }),
        (Some(instance), Some(role)) => arn_conflict(settings.connect_region.as_ref(), instance, role),
    }
}

fn arn_conflict(region: Option<&Region>, instance: &InstanceArn, role: &RoleArn) -> Option<Conflict> {
    if let Some(region) = region.filter(|region| *region != instance.region()) {
        let of_instance = instance.region();
        return Some(Conflict {
            keys: &[Key::ConnectRegion, Key::InstanceArn],
            reason: format!(
                "connect_api.region is {region}, but connect_api.instance_arn is in {of_instance}; leave region out"
            ),
        });
    }
    (role.partition() != instance.partition()).then(|| Conflict {
        keys: &[Key::RoleArn, Key::InstanceArn],
        reason: format!(
            "connect_api.role_arn is of {}, but connect_api.instance_arn is of {}; copy the ARN of a role in the \
             account of the instance",
            partition_name(role.partition()),
            partition_name(instance.partition())
        ),
    })
}

const fn partition_name(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws => "AWS",
        Partition::UsGov => "AWS GovCloud (US)",
        Partition::China => "AWS China",
    }
}
