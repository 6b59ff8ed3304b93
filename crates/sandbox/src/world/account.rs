//! Contoso's AWS account: whom it trusts, what the role may do, and the temporary keys that it has issued. Pure but for
//! the randomness of new keys: the time comes in. It must not know how a request is signed, nor how a token looks.

use std::collections::HashMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::agent::INSTANCE_ARN;
use super::quota::Operation;
use super::secrets::SecretKind;
use super::{CLIENT, World};

/// The account's number, as in [`INSTANCE_ARN`].
pub(crate) const ACCOUNT: &str = "123456789012";
/// The region of the instance.
pub(crate) const REGION: &str = "eu-west-2";
/// Keys that are remembered; the oldest make room.
const MOST_KEPT: usize = 1000;
/// The characters of a key's id.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The role that an agent's desk assumes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// The actions that its policy allows, such as `connect:SearchUsers`; a star at the end matches anything.
    pub actions: Vec<String>,
    /// True if the policy allows them on every instance, not only on this one.
    pub every_instance: bool,
    /// How long a session may last, in seconds.
    pub longest: u32,
}

impl Default for Role {
    fn default() -> Self {
        let read = Operation::ALL.into_iter().filter(|operation| *operation != Operation::PutUserStatus);
        Self {
            name: "ConnectPathDesk".to_owned(),
            actions: read.map(|operation| operation.action().to_owned()).collect(),
            every_instance: false,
            longest: 3600,
        }
    }
}

impl Role {
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:iam::{ACCOUNT}:role/{}", self.name)
    }

    pub(crate) fn allows(&self, action: &str) -> bool {
        self.actions.iter().any(|allowed| match allowed.strip_suffix('*') {
            Some(start) => action.starts_with(start),
            None => allowed == action,
        })
    }
}

/// Why STS takes no token at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unwilling {
    /// The issuer's keys cannot be fetched.
    IdpAway,
    /// The issuer has rejected the claim.
    IdpRejects,
    /// STS is switched off in the region.
    RegionDisabled,
}

/// The OpenID provider that IAM trusts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Provider {
    /// Its URL; None for that of the sandbox's Entra.
    pub url: Option<String>,
    /// Its client ids.
    pub audiences: Vec<String>,
    /// Why it does not work.
    pub unwilling: Option<Unwilling>,
}

impl Default for Provider {
    fn default() -> Self {
        Self { url: None, audiences: vec![CLIENT.to_string()], unwilling: None }
    }
}

/// Temporary credentials.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) key: String,
    pub(crate) secret: SecretString,
    pub(crate) token: SecretString,
    pub(crate) expires: Timestamp,
    /// Who uses them: role and session, as a policy sees them.
    pub(crate) caller: Caller,
}

/// A session of the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    role: String,
    session: String,
}

impl Caller {
    /// The caller's ARN.
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:sts::{ACCOUNT}:assumed-role/{}/{}", self.role, self.session)
    }

    pub(crate) fn session(&self) -> &str {
        &self.session
    }
}

/// The account as the overview shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountOverview {
    /// The role.
    pub role: Role,
    /// The provider.
    pub provider: Provider,
    /// How often the role was assumed.
    pub sessions: u64,
}

/// Everything of the account.
#[derive(Default)]
pub(crate) struct Account {
    role: Role,
    provider: Provider,
    issued: HashMap<String, Credentials>,
    sessions: u64,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("role", &self.role)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

impl Account {
    pub(crate) fn role(&self) -> &Role {
        &self.role
    }

    pub(crate) fn provider(&self) -> &Provider {
        &self.provider
    }

    pub(crate) fn issue(&mut self, session: &str, lasts: SignedDuration, now: Timestamp) -> Credentials {
        let credentials = Credentials {
            key: format!("ASIA{}", letters()),
            secret: random::<30>().into(),
            token: format!("IQoJb3JpZ2luX2Vj{}", random::<294>()).into(),
            expires: now.saturating_add(lasts).unwrap_or(Timestamp::MAX),
            caller: Caller { role: self.role.name.clone(), session: session.to_owned() },
        };
        if self.issued.len() >= MOST_KEPT {
            let oldest = self.issued.values().min_by_key(|kept| kept.expires).map(|kept| kept.key.clone());
            if let Some(oldest) = oldest {
                self.issued.remove(&oldest);
            }
        }
        self.issued.insert(credentials.key.clone(), credentials.clone());
        self.sessions += 1;
        credentials
    }

    /// The credentials with that id of a key, expired or not.
    pub(crate) fn find(&self, key: &str) -> Option<&Credentials> {
        self.issued.get(key)
    }

    pub(crate) fn overview(&self) -> AccountOverview {
        AccountOverview { role: self.role.clone(), provider: self.provider.clone(), sessions: self.sessions }
    }
}

fn letters() -> String {
    let random: [u8; 16] = rand::random();
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('A', char::from);
    random.iter().map(letter).collect()
}

fn random<const BYTES: usize>() -> String {
    let mut bytes = [0; BYTES];
    rand::fill(&mut bytes);
    STANDARD.encode(bytes)
}

/// The ARN of an instance with that id in the account.
pub(crate) fn instance_arn(id: &str) -> String {
    let (before, _) = INSTANCE_ARN.rsplit_once('/').unwrap_or((INSTANCE_ARN, ""));
    format!("{before}/{id}")
}

impl World {
    /// Changes the role. Sessions continue, under its new policy.
    pub fn set_role(&self, role: Role) {
        self.with(|state, _| state.account.role = role);
    }

    /// Changes the provider that IAM trusts.
    pub fn set_provider(&self, provider: Provider) {
        self.with(|state, _| state.account.provider = provider);
    }

    /// Ends every session of the role.
    pub fn forget_sessions(&self) {
        self.with(|state, _| state.account.issued.clear());
    }

    /// Somebody assumes the role.
    pub(crate) fn assume_role(&self, session: &str, lasts: SignedDuration) -> Credentials {
        self.with(|state, now| {
            let credentials = state.account.issue(session, lasts, now);
            state.secrets.keep(SecretKind::AwsSecret, credentials.secret.clone());
            state.secrets.keep(SecretKind::AwsSession, credentials.token.clone());
            credentials
        })
    }
}
