//! The shapes of an Amazon Connect instance: its address as people paste it, its CCP, and which of its pages are seen only
//! by somebody who is logged in.
//!
//! The one place that knows them, for settings, wizard, doctor and both windows. Opens no connection: everything
//! follows from the address. Whether a host may be an instance at all is checked in [`crate::endpoint`].

use url::Url;

/// The hosts that AWS gives instances, by the end of their names: one label comes before it. Those of the commercial
/// Regions and of GovCloud (Amazon Connect Administrator Guide, "Set up your network"; GovCloud User Guide, "Amazon
/// Connect"), and those of instances from before March 2021, which are in a folder of the host of their directory.
pub(crate) const HOSTS: [&str; 3] = ["*.my.connect.aws", "*.govcloud.connect.aws", "*.awsapps.com"];

/// The end of a host of the old kind, whose other folders belong to other services of AWS.
const OF_DIRECTORY: &str = ".awsapps.com";

/// The folder of an instance of the old kind; one of the new kind answers in it, too.
const FOLDER: &str = "connect";

/// The words in the first path segment of a page on the way to a login: `/login`, `/connect/auth/refresh`,
/// `/connect/federate/…`, `/connect/forgot-password`. Digits after a word are its version.
const ON_THE_WAY: [&str; 22] = [
    "login",
    "logon",
    "logout",
    "auth",
    "oauth",
    "authorize",
    "authenticate",
    "authentication",
    "sign",
    "signin",
    "signout",
    "saml",
    "federate",
    "federated",
    "federation",
    "sso",
    "mfa",
    "password",
    "forgotpassword",
    "resetpassword",
    "error",
    "errors",
];

/// The path segments of a company's sign-in, each a whole segment. Words for an error are missing here: the page of a
/// proxy that blocks has them, too.
const SIGN_INS: [&str; 19] = [
    "login",
    "logon",
    "signin",
    "sign-in",
    "auth",
    "oauth",
    "authorize",
    "authenticate",
    "openid-connect",
    "saml",
    "sso",
    "ssoservice",
    "singlesignonservice",
    "federate",
    "federation",
    "adfs",
    "idp",
    "nidp",
    "wsfed",
];

/// The hosts of sign-ins that companies use for their instances: AWS, Microsoft, Google and other identity providers.
const SIGN_IN_HOSTS: [&str; 16] = [
    "signin.aws.amazon.com",
    "signin.aws",
    "awsapps.com",
    "microsoftonline.com",
    "microsoftonline.us",
    "partner.microsoftonline.cn",
    "login.microsoft.com",
    "login.windows.net",
    "accounts.google.com",
    "okta.com",
    "okta-emea.com",
    "oktapreview.com",
    "onelogin.com",
    "pingone.com",
    "auth0.com",
    "duosecurity.com",
];

/// The pages of an instance that this application and the library open before anybody is logged in.
const OURS: [&str; 2] = ["blank", "request-storage-access"];

/// An instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    address: Url,
}

impl Instance {
    /// The instance that a page belongs to; none if the address cannot have pages. On the hosts of AWS the host decides
    /// which kind of instance it is, elsewhere the path.
    #[must_use]
    pub fn at(page: &Url) -> Option<Self> {
        let host = page.host_str()?;
        if page.cannot_be_a_base() {
            return None;
        }
        let is_in_folder = if host.ends_with(OF_DIRECTORY) {
            true
        } else if is_of_aws(host) {
            false
        } else {
            is_folder(page.path())
        };
        let mut address = page.clone();
        address.set_path(if is_in_folder { "/connect/" } else { "/" });
        address.set_query(None);
        address.set_fragment(None);
        Some(Self { address })
    }

    /// The address that is kept: `https://contoso.my.connect.aws/`, `https://contoso.awsapps.com/connect/`.
    #[must_use]
    pub fn address(&self) -> &Url {
        &self.address
    }

    /// The root of its host.
    #[must_use]
    pub fn origin(&self) -> Url {
        self.page("/")
    }

    /// The CCP (Amazon Connect Streams, "ccpUrl").
    #[must_use]
    pub fn ccp(&self) -> Url {
        self.page(&format!("{}ccp-v2/", self.address.path()))
    }

    /// A page that loads quickly: the instance answers an unknown path with a short error page.
    #[must_use]
    pub fn light_page(&self) -> Url {
        self.page("/connect/blank")
    }

    /// Whether only somebody who is logged in comes to this page. After a login any page may follow: the CCP, the agent
    /// workspace, a page for supervisors; an instance of the new kind answers in the folder of the old one, too. So the
    /// pages on the way to a login are listed, and every other page counts.
    #[must_use]
    pub fn is_inside(&self, page: &Url) -> bool {
        if page.origin() != self.address.origin() {
            return false;
        }
        let path = page.path();
        let is_in_folder = is_folder(path);
        if !is_in_folder && self.address.path() != "/" {
            return false;
        }
        let inner = if is_in_folder { rest(path) } else { path };
        let segment = first(inner).to_ascii_lowercase();
        !segment.is_empty()
            && !OURS.contains(&segment.as_str())
            && !segment.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| is_one_of(word, &ON_THE_WAY))
    }

    /// Whether a page that the CCP leads to is on the way to a login: of the instance itself, or of the company's own
    /// sign-in by the scheme of the instance. The login page of a network and the block page of a proxy are neither.
    #[must_use]
    pub fn leads_to_login(&self, page: &Url) -> bool {
        if page.origin() == self.address.origin() {
            return !self.is_inside(page);
        }
        let Some(host) = page.host_str().filter(|_| page.scheme() == self.address.scheme()) else {
            return false;
        };
        let path = page.path().to_ascii_lowercase();
        let mut segments = path.split('/').map(|segment| segment.split('.').next().unwrap_or_default());
        is_of(host, &SIGN_IN_HOSTS) || segments.any(|segment| is_one_of(segment, &SIGN_INS))
    }

    fn page(&self, path: &str) -> Url {
        let mut page = self.address.clone();
        page.set_path(path);
        page
    }
}

/// Whether AWS gives hosts of this name to instances.
fn is_of_aws(host: &str) -> bool {
    HOSTS.iter().any(|known| known.strip_prefix('*').is_some_and(|end| host.ends_with(end)))
}

/// Whether a page of a host that may have an instance belongs to another service of AWS.
pub(crate) fn is_another_service(page: &Url) -> bool {
    let is_of_directory = page.host_str().is_some_and(|host| host.ends_with(OF_DIRECTORY));
    let path = page.path();
    is_of_directory && !first(path).is_empty() && !is_folder(path)
}

/// The address of the instance that may be meant by a host that has none.
pub(crate) fn meant(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.');
    let is_alias = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
    };
    let before = |end: &str| {
        let label = host.strip_suffix(end)?.rsplit('.').next()?;
        is_alias(label).then(|| label.to_owned())
    };
    if let Some(label) = before(".my.connect.aws") {
        return Some(format!("https://{label}.my.connect.aws"));
    }
    if let Some(label) = before(".govcloud.connect.aws") {
        return Some(format!("https://{label}.govcloud.connect.aws"));
    }
    if let Some(label) = before(".awsapps.com") {
        return Some(format!("https://{label}.awsapps.com/connect"));
    }
    let (alias, after) = host.split_once('.').unwrap_or((host, ""));
    let is_shortened =
        matches!(after, "" | "my" | "connect" | "my.connect" | "connect.aws" | "my.connect.com");
    (is_shortened && is_alias(alias) && alias != "my").then(|| format!("https://{alias}.my.connect.aws"))
}

/// The owner of a host that is pasted in place of an instance's.
pub(crate) fn owner(host: &str) -> Option<&'static str> {
    if is_of(host, &["aws.amazon.com", "signin.aws"]) {
        Some("the console of AWS; it shows the access URL of the instance")
    } else if is_of(host, &["amazonaws.com"]) {
        Some("a service of AWS, not an instance")
    } else if is_of(
        host,
        &["microsoft.com", "teams.cloud.microsoft", "microsoftonline.com", "live.com", "office.com"],
    ) {
        Some("Microsoft's, not Amazon Connect")
    } else {
        None
    }
}

/// Whether a host is one of these or under one of them.
fn is_of(host: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| host.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// Whether a word without its version is one of these: `saml2`, `oauth`.
fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Whether a path is in the folder of an instance; hosts of AWS take it in capitals, too.
fn is_folder(path: &str) -> bool {
    first(path).eq_ignore_ascii_case(FOLDER)
}

/// The first segment of a path.
fn first(path: &str) -> &str {
    path.strip_prefix('/').unwrap_or(path).split('/').next().unwrap_or_default()
}

/// A path without its first segment.
fn rest(path: &str) -> &str {
    path.strip_prefix('/').and_then(|path| path.find('/').and_then(|at| path.get(at..))).unwrap_or("/")
}

#[cfg(test)]
mod tests;
