//! Names of AWS resources: the ARNs of an instance and of a role, the id of a user, and the region.
//!
//! Plain values. They become part of requests and addresses, so only well-formed ones are accepted.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// A part of AWS with its own hosts: the public one, GovCloud, China.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Partition {
    /// The public regions.
    Aws,
    /// GovCloud (US).
    UsGov,
    /// China.
    China,
}

impl Partition {
    /// Each with its name in ARNs.
    const ALL: [(&'static str, Self); 3] =
        [("aws", Self::Aws), ("aws-us-gov", Self::UsGov), ("aws-cn", Self::China)];
}

/// A region: "eu-west-2".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

/// An instance of Amazon Connect: `arn:aws:connect:eu-west-2:111122223333:instance/<id>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InstanceArn {
    text: String,
    partition: Partition,
    region: Region,
    id: String,
}

/// A role that can be assumed: `arn:aws:iam::111122223333:role/<name>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RoleArn {
    text: String,
    partition: Partition,
}

/// A user of an instance, by the id that the service API gives: opaque, unique in its instance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(String);

/// The text is no region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be a region of AWS, for example eu-west-2")]
pub struct BadRegion;

/// The text is no ARN of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be the ARN of the instance: arn:aws:connect:REGION:ACCOUNT:instance/ID")]
pub struct BadInstanceArn;

/// The text is no ARN of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be the ARN of the role: arn:aws:iam::ACCOUNT:role/NAME")]
pub struct BadRoleArn;

/// The text is no id of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("is not the id of a user of Amazon Connect")]
pub struct BadUserId;

impl Region {
    /// The region as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl InstanceArn {
    /// The part of AWS that it is in.
    #[must_use]
    pub const fn partition(&self) -> Partition {
        self.partition
    }

    /// The region that it is in.
    #[must_use]
    pub const fn region(&self) -> &Region {
        &self.region
    }

    /// The id of the instance, as requests name it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl RoleArn {
    /// The part of AWS that it is in.
    #[must_use]
    pub const fn partition(&self) -> Partition {
        self.partition
    }
}

impl UserId {
    /// Takes an id as the service API spells it.
    ///
    /// # Errors
    /// Something that is no id: empty, too long, or with characters that would change an address.
    pub fn new(id: impl Into<String>) -> Result<Self, BadUserId> {
        let id = id.into();
        // API: UserId, 1 to 256 characters; those that were seen are GUIDs.
        let fits = (1..=256).contains(&id.len()) && id.bytes().all(is_of_id);
        if fits { Ok(Self(id)) } else { Err(BadUserId) }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn partition(text: &str) -> Option<Partition> {
    Partition::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, partition)| partition)
}

impl FromStr for Region {
    type Err = BadRegion;

    fn from_str(text: &str) -> Result<Self, BadRegion> {
        let parts: Vec<&str> = text.split('-').collect();
        let fits = (3..=4).contains(&parts.len())
            && text.len() <= 32
            && parts.iter().all(|part| !part.is_empty())
            // "eu", "us"; the hosts of buckets begin with "s3".
            && parts[0].len() == 2
            && parts[0].bytes().all(|byte| byte.is_ascii_lowercase())
            && parts.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()))
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text.to_owned())) } else { Err(BadRegion) }
    }
}

impl FromStr for InstanceArn {
    type Err = BadInstanceArn;

    fn from_str(text: &str) -> Result<Self, BadInstanceArn> {
        let parts: Vec<&str> = text.split(':').collect();
        let ["arn", part, "connect", region, account, resource] = parts.as_slice() else {
            return Err(BadInstanceArn);
        };
        let id = resource.strip_prefix("instance/").filter(|id| !id.is_empty() && id.len() <= 100);
        let read = || {
            let id = id.filter(|id| is_account(account) && id.bytes().all(is_of_id))?;
            Some(Self {
                text: text.to_owned(),
                partition: partition(part)?,
                region: region.parse().ok()?,
                id: id.to_owned(),
            })
        };
        read().ok_or(BadInstanceArn)
    }
}

impl FromStr for RoleArn {
    type Err = BadRoleArn;

    fn from_str(text: &str) -> Result<Self, BadRoleArn> {
        let parts: Vec<&str> = text.split(':').collect();
        let ["arn", part, "iam", "", account, resource] = parts.as_slice() else { return Err(BadRoleArn) };
        // IAM: a path and a name, of letters, digits and `+=,.@-_`.
        let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@-_/".contains(&byte);
        let is_role = resource
            .strip_prefix("role/")
            .is_some_and(|name| !name.is_empty() && name.len() <= 576 && name.bytes().all(is_of_name));
        let partition = partition(part).filter(|_| is_role && is_account(account)).ok_or(BadRoleArn)?;
        Ok(Self { text: text.to_owned(), partition })
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for InstanceArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for RoleArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_named_by_its_whole_arn() {
        let text =
            "arn:aws-us-gov:connect:us-gov-west-1:111122223333:instance/0a1b2c3d-0000-4000-8000-000000000001";
        let arn: InstanceArn = text.parse().unwrap();
        assert_eq!((arn.partition(), arn.region().as_str()), (Partition::UsGov, "us-gov-west-1"));
        assert_eq!((arn.id(), arn.to_string()), ("0a1b2c3d-0000-4000-8000-000000000001", text.to_owned()));
        for bad in [
            "",
            "0a1b2c3d-0000-4000-8000-000000000001",
            "arn:aws:connect:eu-west-2:111122223333:instance/",
            "arn:aws:connect:eu-west-2:1111:instance/a",
            "arn:aws:connect::111122223333:instance/a",
            "arn:aws-x:connect:eu-west-2:111122223333:instance/a",
            "arn:aws:connect:eu-west-2:111122223333:instance/a/agent/b",
            "arn:aws:connect:eu-west-2:111122223333:instance/a?b",
            "arn:aws:iam::111122223333:role/a",
        ] {
            assert_eq!(bad.parse::<InstanceArn>(), Err(BadInstanceArn), "{bad}");
        }
    }

    #[test]
    fn a_role_is_named_by_its_whole_arn() {
        for good in
            ["arn:aws:iam::111122223333:role/ConnectPath", "arn:aws-cn:iam::111122223333:role/a/b.c@d"]
        {
            assert_eq!(good.parse::<RoleArn>().unwrap().to_string(), good);
        }
        let gov: RoleArn = "arn:aws-us-gov:iam::111122223333:role/a".parse().unwrap();
        assert_eq!(gov.partition(), Partition::UsGov);
        for bad in [
            "",
            "ConnectPath",
            "arn:aws:iam::1:role/a",
            "arn:aws:iam::111122223333:user/a",
            "arn:aws:iam::111122223333:role/a b",
        ] {
            assert_eq!(bad.parse::<RoleArn>(), Err(BadRoleArn), "{bad}");
        }
    }

    #[test]
    fn a_region_is_safe_in_a_host_name() {
        for good in ["eu-west-2", "us-gov-west-1", "ap-southeast-1"] {
            assert_eq!(good.parse::<Region>().unwrap().as_str(), good);
        }
        for bad in
            ["", "eu", "eu-west", "EU-WEST-2", "eu-west-2.example.com", "eu-west-2/", "-west-2", "eu--2"]
        {
            assert_eq!(bad.parse::<Region>(), Err(BadRegion), "{bad}");
        }
    }

    #[test]
    fn the_id_of_a_user_cannot_change_an_address() {
        assert!(UserId::new("0a1b2c3d-0000-4000-8000-000000000001").is_ok());
        for bad in ["", "..", "a/b", "a b", "a%2Fb"] {
            assert_eq!(UserId::new(bad), Err(BadUserId), "{bad}");
        }
    }
}
