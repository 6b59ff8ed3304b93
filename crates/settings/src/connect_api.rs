//! What reading colleagues' statuses from Amazon Connect takes: which keys belong together, and what follows from them.
//!
//! Says what is wrong with keys that contradict each other; single values are checked where they are read.

use presence::aws::{InstanceArn, Partition, Region, RoleArn};
use url::Url;

use crate::{Key, Settings};

/// Where and as what colleagues' Connect statuses are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectApiPlan {
    /// The service API of Amazon Connect.
    pub endpoint: Url,
    /// Where AWS gives credentials for a login. The ID token is sent there and to no other address.
    pub sts: Url,
    /// The region that requests are signed for: that of the instance.
    pub region: Region,
    /// The instance.
    pub instance: InstanceArn,
    /// The role that may read it.
    pub role: RoleArn,
}

/// The keys that lead to the service API. A policy that names the instance decides all of them.
pub(crate) const KEYS: [Key; 4] = [Key::ConnectRegion, Key::RoleArn, Key::ConnectApi, Key::Sts];

/// Keys that contradict each other.
#[derive(Debug)]
pub(crate) struct Conflict {
    /// The keys, the one that is to be changed first.
    pub(crate) between: &'static [Key],
    /// What is wrong and what to do, without a full stop.
    pub(crate) reason: String,
}

/// What contradicts what.
pub(crate) fn conflict(settings: &Settings) -> Option<Conflict> {
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

impl ConnectApiPlan {
    /// None if the settings do not name an instance and a role.
    pub(crate) fn of(settings: &Settings) -> Option<Self> {
        let (instance, role) = settings.instance_arn.clone().zip(settings.role_arn.clone())?;
        let regional = |service: &str| {
            let suffix = suffix(instance.partition());
            Url::parse(&format!("https://{service}.{}.{suffix}/", instance.region())).ok()
        };
        Some(Self {
            endpoint: settings.connect_api.clone().or_else(|| regional("connect"))?,
            sts: settings.sts.clone().or_else(|| regional("sts"))?,
            region: instance.region().clone(),
            instance,
            role,
        })
    }
}

/// Where the hosts of a part of AWS are (AWS: General Reference, service endpoints).
const fn suffix(partition: Partition) -> &'static str {
    match partition {
        // GovCloud has regions of its own, and the hosts of the public regions.
        Partition::Aws | Partition::UsGov => "amazonaws.com",
        Partition::China => "amazonaws.com.cn",
    }
}
