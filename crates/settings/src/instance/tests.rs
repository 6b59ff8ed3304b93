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
fn on_any_other_host_the_path_decides_the_kind() {
    assert_eq!(instance("http://127.0.0.1:4001/").ccp(), url("http://127.0.0.1:4001/ccp-v2/"));
    assert_eq!(instance("http://127.0.0.1:4001/other/").ccp(), url("http://127.0.0.1:4001/ccp-v2/"));
    let folder = instance("http://127.0.0.1:4001/connect");
    assert_eq!(folder.ccp(), url("http://127.0.0.1:4001/connect/ccp-v2/"));
}

#[test]
fn every_page_but_those_on_the_way_to_a_login_is_inside() {
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
        assert!(instance.is_inside(&url(&format!("https://contoso.my.connect.aws/{inside}"))), "{inside}");
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
fn capitals_and_words_within_words_do_not_matter() {
    for folder in ["connect", "Connect", "CONNECT"] {
        let instance = instance(&format!("https://contoso.awsapps.com/{folder}/ccp-v2"));
        let page = |path: &str| url(&format!("https://contoso.awsapps.com/{folder}/{path}"));
        for inside in ["ccp-v2", "CCP-V2/", "design", "assigned-tasks", "authors", "crosssource", "terrors"] {
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
        assert!(!instance.is_inside(&url(&format!("https://contoso.awsapps.com/{outside}"))), "{outside}");
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
fn the_meant_address_is_named_if_it_can_be_guessed() {
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
    assert!(owner("eu-west-2.console.aws.amazon.com").is_some() && owner("teams.microsoft.com").is_some());
    assert_eq!(owner("notmicrosoft.com"), None);
}
