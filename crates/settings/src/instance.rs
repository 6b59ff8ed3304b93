//! The shapes of an Amazon Connect instance: its address as people paste it, its CCP, and which of its pages are seen only
//! by somebody who is logged in.
//!
//! The one place that knows them, for settings, wizard, doctor and both windows. Asks nobody: everything follows from the
//! address. Whether a host may be an instance at all is said in [`crate::endpoint`].

use url::Url;

/// The hosts that AWS gives instances, by the end of their names: one label comes before it. Those of the commercial
/// Regions and of GovCloud (Amazon Connect Administrator Guide, "Set up your network"; GovCloud User Guide, "Amazon
/// Connect"), and those of instances from before March 2021, which have a folder of a host of their directory.
pub(crate) const HOSTS: [&str; 3] = ["*.my.connect.aws", "*.govcloud.connect.aws", "*.awsapps.com"];

/// The host of the old kind: other services of AWS are in other folders of it.
const OF_DIRECTORY: &str = ".awsapps.com";

/// The folder of an instance of the old kind; one of the new kind answers in it, too.
const FOLDER: &str = "connect";

/// The words of the first segment of a page on the way to a login: `/login`, `/connect/auth/refresh`,
/// `/connect/federate/…`, `/connect/forgot-password`. Digits behind a word are its version.
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

/// The segments of a company's sign-in, of which each is a whole one. Those for an error are not among them: whoever blocks
/// a page has them, too.
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

/// What this application and the library open of an instance without anybody being logged in.
const OURS: [&str; 2] = ["blank", "request-storage-access"];

/// An instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    address: Url,
}

impl Instance {
    /// The instance at an address, of whatever page of it; none if the address cannot have pages. On the hosts of AWS the
    /// host says of which kind it is, elsewhere the path.
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

    /// A page that is light, because there is none: a path that is not known answers with a short error page.
    #[must_use]
    pub fn light_page(&self) -> Url {
        self.page("/connect/blank")
    }

    /// Whether only somebody who is logged in comes to this page. Whoever has just logged in lands anywhere: on the CCP,
    /// in the agent workspace, on a page for supervisors; an instance of the new kind answers in the folder of the old
    /// one, too. So the pages on the way to a login are those that are known.
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
    /// sign-in, which is as safe as the instance is: the login page of a network and a page of whoever blocks are neither.
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

/// A name of AWS for instances of the new kind.
fn is_of_aws(host: &str) -> bool {
    HOSTS.iter().any(|known| known.strip_prefix('*').is_some_and(|end| host.ends_with(end)))
}

/// What is wrong with a page of a host that may be an instance, though it is none of the instance.
pub(crate) fn is_another_service(page: &Url) -> bool {
    let is_of_directory = page.host_str().is_some_and(|host| host.ends_with(OF_DIRECTORY));
    let path = page.path();
    is_of_directory && !first(path).is_empty() && !is_folder(path)
}

/// Which address may be meant by one of this host, which is none of an instance.
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

/// Whose page it is, for the hosts that are pasted in place of an instance's.
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
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn instance(text: &str) -> Instance {
        Instance::at(&url(text)).unwrap()
    }

    #[test]
    fn an_instance_of_the_new_kind_has_its_ccp_at_the_root_of_its_host() {
        for page in [
            "https://contoso.my.connect.aws",
            "https://contoso.my.connect.aws/ccp-v2#/",
            "https://contoso.my.connect.aws/connect/login?landat=%2Fconnect%2Fccp-v2",
            "https://contoso.my.connect.aws/agent-app-v2/",
        ] {
            let instance = instance(page);
            assert_eq!(instance.address(), &url("https://contoso.my.connect.aws/"));
            assert_eq!(instance.ccp(), url("https://contoso.my.connect.aws/ccp-v2/"));
            assert_eq!(instance.light_page(), url("https://contoso.my.connect.aws/connect/blank"));
        }
        let government = instance("https://contoso.govcloud.connect.aws/connect/home");
        assert_eq!(government.ccp(), url("https://contoso.govcloud.connect.aws/ccp-v2/"));
    }

    #[test]
    fn an_instance_of_the_old_kind_is_in_a_folder_of_its_host() {
        for page in [
            "https://contoso.awsapps.com",
            "https://contoso.awsapps.com/connect",
            "https://contoso.awsapps.com/connect/ccp-v2#",
            "https://contoso.awsapps.com/connect/login",
        ] {
            let instance = instance(page);
            assert_eq!(instance.address(), &url("https://contoso.awsapps.com/connect/"));
            assert_eq!(instance.origin(), url("https://contoso.awsapps.com/"));
            assert_eq!(instance.ccp(), url("https://contoso.awsapps.com/connect/ccp-v2/"));
        }
    }

    #[test]
    fn on_a_host_of_nobodys_the_path_says_of_which_kind_it_is() {
        assert_eq!(instance("http://127.0.0.1:4001/").ccp(), url("http://127.0.0.1:4001/ccp-v2/"));
        assert_eq!(instance("http://127.0.0.1:4001/other/").ccp(), url("http://127.0.0.1:4001/ccp-v2/"));
        let folder = instance("http://127.0.0.1:4001/connect");
        assert_eq!(folder.ccp(), url("http://127.0.0.1:4001/connect/ccp-v2/"));
    }

    #[test]
    fn whoever_has_logged_in_lands_on_any_page_of_the_instance() {
        let instance = instance("https://contoso.my.connect.aws/");
        for inside in [
            "ccp-v2",
            "ccp-v2/",
            "ccp-v2/softphone",
            "connect/ccp-v2",
            "connect/ccp-v2/",
            "connect/home",
            "home",
            "agent-app-v2/",
            "connect/agent-app-v2",
            "connect/real-time-metrics",
            "real-time-metrics?tab=queues",
            "connect/analytics/dashboards/a1",
            "connect/users",
            "contact-search",
        ] {
            assert!(
                instance.is_inside(&url(&format!("https://contoso.my.connect.aws/{inside}"))),
                "{inside}"
            );
        }
        for outside in [
            "https://contoso.my.connect.aws/",
            "https://contoso.my.connect.aws/connect",
            "https://contoso.my.connect.aws/connect/",
            "https://contoso.my.connect.aws/login?next=/ccp-v2/",
            "https://contoso.my.connect.aws/connect/login/ccp-v2/",
            "https://contoso.my.connect.aws/connect/login?landat=%2Fconnect%2Fccp-v2",
            "https://contoso.my.connect.aws/connect/auth/refresh?landat=/connect/ccp-v2/",
            "https://contoso.my.connect.aws/connect/forgot-password",
            "https://contoso.my.connect.aws/connect/blank",
            "https://contoso.my.connect.aws:8443/ccp-v2/",
            "http://contoso.my.connect.aws/ccp-v2/",
            "https://fabrikam.my.connect.aws/ccp-v2/",
            "https://idp.example.com/ccp-v2/",
            "about:blank",
        ] {
            assert!(!instance.is_inside(&url(outside)), "{outside}");
        }
    }

    #[test]
    fn capitals_and_words_within_words_change_nothing_of_a_page() {
        for folder in ["connect", "Connect", "CONNECT"] {
            let instance = instance(&format!("https://contoso.awsapps.com/{folder}/ccp-v2"));
            let page = |path: &str| url(&format!("https://contoso.awsapps.com/{folder}/{path}"));
            for inside in
                ["ccp-v2", "CCP-V2/", "design", "assigned-tasks", "authors", "crosssource", "terrors"]
            {
                assert!(instance.is_inside(&page(inside)), "{folder}/{inside}");
            }
            for outside in
                ["Login", "LOGIN/ccp-v2", "Auth/refresh", "sign-in", "SignIn", "oauth2/x", "SSO", "saml2", ""]
            {
                assert!(!instance.is_inside(&page(outside)), "{folder}/{outside}");
            }
        }
        let instance = instance("https://contoso.my.connect.aws/");
        assert!(!instance.is_inside(&url("https://contoso.my.connect.aws/Connect/Login")));
        assert!(!instance.is_inside(&url("https://contoso.my.connect.aws/CONNECT/")));
    }

    #[test]
    fn other_folders_of_the_host_of_a_directory_are_other_services() {
        let instance = instance("https://contoso.awsapps.com/connect/");
        assert!(instance.is_inside(&url("https://contoso.awsapps.com/connect/ccp-v2/")));
        assert!(instance.is_inside(&url("https://contoso.awsapps.com/connect/real-time-metrics")));
        for outside in ["ccp-v2/", "connect/login", "start", "workdocs/", "connect"] {
            assert!(
                !instance.is_inside(&url(&format!("https://contoso.awsapps.com/{outside}"))),
                "{outside}"
            );
        }
        assert!(is_another_service(&url("https://d-0123456789.awsapps.com/start#/")));
        assert!(!is_another_service(&url("https://contoso.awsapps.com/Connect/login")));
        assert!(!is_another_service(&url("https://contoso.my.connect.aws/start")));
    }

    #[test]
    fn the_ccp_leads_to_a_login_of_the_instance_or_of_the_company() {
        let instance = instance("https://contoso.my.connect.aws/");
        for login in [
            "https://contoso.my.connect.aws/connect/auth/refresh?landat=/connect/ccp-v2/",
            "https://contoso.my.connect.aws/login",
            "https://idp.example.com/SAML2/start",
            "https://fs.contoso.com/adfs/ls/",
            "https://eu-west-2.console.aws.amazon.com/connect/federate/a1",
        ] {
            assert!(instance.leads_to_login(&url(login)), "{login}");
        }
        assert!(!instance.leads_to_login(&url("https://contoso.my.connect.aws/connect/ccp-v2")));
        for login in [
            "https://contoso.okta.com/app/amazon_connect/exk1/x",
            "https://login.microsoftonline.com/0a1b/reprocess?x=1",
            "https://contoso.awsapps.com/start",
            "https://id.contoso.com/idp/SSO.saml2",
            "https://id.contoso.com/oauth2/v1/authorize",
        ] {
            assert!(instance.leads_to_login(&url(login)), "{login}");
        }
        for page in [
            "https://www.example.com/",
            "https://block.contoso.com/error?url=https://contoso.my.connect.aws/login",
            "https://signage.contoso.com/blocked",
            "https://www.authority.example.com/design/assigned",
            "https://notokta.com/blocked",
            "http://wifi.example.com/login",
            "about:blank",
        ] {
            assert!(!instance.leads_to_login(&url(page)), "{page}");
        }
    }

    #[test]
    fn what_was_meant_is_said_where_it_can_be_guessed() {
        for (host, address) in [
            ("contoso", Some("https://contoso.my.connect.aws")),
            ("contoso.my.connect", Some("https://contoso.my.connect.aws")),
            ("contoso.connect.aws", Some("https://contoso.my.connect.aws")),
            ("www.contoso.my.connect.aws", Some("https://contoso.my.connect.aws")),
            ("www.contoso.awsapps.com", Some("https://contoso.awsapps.com/connect")),
            ("example.com", None),
            ("contoso.dextr.cloud", None),
            ("my.connect.aws", None),
            (".my.connect.aws", None),
            ("", None),
        ] {
            assert_eq!(meant(host).as_deref(), address, "{host}");
        }
        assert!(
            owner("eu-west-2.console.aws.amazon.com").is_some() && owner("teams.microsoft.com").is_some()
        );
        assert_eq!(owner("notmicrosoft.com"), None);
    }
}
