//! The plan for reading colleagues' statuses from Amazon Connect, derived from its keys.
//!
//! Does not check whether the keys agree: `conflict` has done that.

use presence::aws::{InstanceArn, Partition, Region, RoleArn};
use url::Url;

use crate::{Key, Settings};

/// The addresses and the role with which colleagues' Connect statuses are read.
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
