use proptest::{prelude::*, sample::select};

use super::*;

#[test]
fn the_built_in_addresses_obey_their_own_rule() {
    assert_eq!(parse(Service::Login, Layer::User, default_login().as_str()), Ok(default_login()));
    assert_eq!(parse(Service::Graph, Layer::User, default_graph().as_str()), Ok(default_graph()));
}

#[test]
fn built_in_hosts_are_reached_by_https_and_this_machine_by_http() {
    for (service, good) in [
        (Service::Login, "https://login.microsoftonline.us"),
        (Service::Login, "http://127.0.0.1:4000/login"),
        (Service::Graph, "https://dod-graph.microsoft.us/v1.0"),
        (Service::Graph, "http://[::1]:4000/graph/v1.0/"),
        (Service::Connect, "https://contoso.my.connect.aws"),
        (Service::Connect, "https://contoso.awsapps.com/connect"),
        (Service::Connect, "http://localhost:4001"),
        (Service::Connect, "http://127.9.8.7"),
        (Service::ConnectApi, "https://connect.eu-west-2.amazonaws.com"),
        (Service::ConnectApi, "https://connect-fips.us-west-2.amazonaws.com/"),
        (Service::ConnectApi, "http://127.0.0.1:4002"),
        (Service::Sts, "https://sts.us-gov-west-1.amazonaws.com"),
        (Service::Sts, "https://sts.cn-north-1.amazonaws.com.cn"),
    ] {
        let url = parse(service, Layer::User, good).unwrap();
        assert!(url.as_str().starts_with(good) && url.path().ends_with('/'), "{url}");
        assert_eq!(parse(service, Layer::User, url.as_str()), Ok(url), "it stays as it is");
    }
}

#[test]
fn every_other_host_is_refused_by_name() {
    for (service, bad, host) in [
        (Service::Login, "https://login.example.com/", "login.example.com"),
        (Service::Login, "https://graph.microsoft.com/", "graph.microsoft.com"),
        (Service::Login, "http://login.microsoftonline.com/", "login.microsoftonline.com"),
        (
            Service::Login,
            "https://login.microsoftonline.com.example.com/",
            "login.microsoftonline.com.example.com",
        ),
        (Service::Login, "https://login.microsoftonline.com@example.com/", "example.com"),
        (Service::Graph, "https://127.0.0.1/", "127.0.0.1"),
        (Service::Graph, "http://192.168.0.1/", "192.168.0.1"),
        (Service::Graph, "http://localhost.example.com/", "localhost.example.com"),
        (Service::Graph, "ftp://localhost/", "localhost"),
        (Service::Connect, "https://my.connect.aws/", "my.connect.aws"),
        (Service::Connect, "https://evilmy.connect.aws/", "evilmy.connect.aws"),
        (Service::Connect, "https://a.b.my.connect.aws/", "a.b.my.connect.aws"),
        // The service API and the token service each have their own hosts.
        (Service::ConnectApi, "https://sts.eu-west-2.amazonaws.com/", "sts.eu-west-2.amazonaws.com"),
        (Service::Sts, "https://connect.eu-west-2.amazonaws.com/", "connect.eu-west-2.amazonaws.com"),
        // Anybody can have a host of these.
        (Service::Sts, "https://sts.s3.eu-west-2.amazonaws.com/", "sts.s3.eu-west-2.amazonaws.com"),
        (Service::Sts, "https://sts.s3.amazonaws.com/", "sts.s3.amazonaws.com"),
        (Service::Sts, "https://sts-mine.s3.amazonaws.com/", "sts-mine.s3.amazonaws.com"),
        (Service::Sts, "https://sts..amazonaws.com/", "sts..amazonaws.com"),
    ] {
        let reason = parse(service, Layer::User, bad).unwrap_err();
        assert!(reason.starts_with(&format!("names {host} by ")), "{bad}: {reason}");
    }
}

#[test]
fn a_policy_may_name_any_host_by_https_and_none_but_this_machine_by_http() {
    let parse = |text| parse(Service::Graph, Layer::Policy, text);
    assert!(parse("https://graph.example.com/v1.0").is_ok() && parse("http://127.0.0.1:4000/").is_ok());
    assert_eq!(
        parse("http://graph.example.com/").unwrap_err(),
        "names graph.example.com by http; allowed are https to any host, and http to this machine"
    );
    assert!(parse("https://priya:hunter2@graph.example.com/").is_err());
}

#[test]
fn a_page_may_be_on_any_host_by_https() {
    for good in [
        "https://idp.example.com/saml?SPID=1#top",
        "https://sso.contoso.com",
        "http://127.0.0.1:4000/connect/saml",
        "http://[::1]/saml",
    ] {
        assert_eq!(parse_page(good), Ok(Url::parse(good).unwrap()));
    }
    for bad in [
        "http://idp.example.com/hunter2",
        "idp.example.com/hunter2",
        "file:///hunter2",
        "javascript:hunter2",
        "https://priya:hunter2@idp.example.com/",
    ] {
        let reason = parse_page(bad).unwrap_err();
        assert!(reason.starts_with("must ") && !reason.contains("hunter2"), "{bad}: {reason}");
    }
}

#[test]
fn an_address_carries_nothing_but_its_path_and_is_not_repeated() {
    for bad in [
        "https://",
        "mailto:hunter2@example.com",
        "https://priya:hunter2@contoso.my.connect.aws/",
        "https://example.com/?token=hunter2",
    ] {
        let reason = parse(Service::Connect, Layer::User, bad).unwrap_err();
        assert!(!reason.contains("hunter2"), "{reason}");
    }
    let dropped = "https://contoso.my.connect.aws/ccp-v2?token=hunter2#hunter2";
    assert_eq!(
        parse(Service::Connect, Layer::User, dropped).unwrap().as_str(),
        "https://contoso.my.connect.aws/"
    );
    assert!(parse(Service::Graph, Layer::User, "https://graph.microsoft.com/v1.0?token=hunter2").is_err());
}

#[test]
fn an_instance_is_understood_as_it_is_pasted() {
    let new = "https://contoso.my.connect.aws/";
    let old = "https://contoso.awsapps.com/connect/";
    for (pasted, address) in [
        ("https://contoso.govcloud.connect.aws/", "https://contoso.govcloud.connect.aws/"),
        ("https://contoso.my.connect.aws/ccp-v2#/", new),
        ("https://contoso.my.connect.aws/connect/login?landat=%2Fconnect%2Fccp-v2", new),
        ("https://contoso.my.connect.aws/agent-app-v2/", new),
        ("contoso.my.connect.aws", new),
        ("contoso.my.connect.aws/ccp-v2/", new),
        ("//contoso.my.connect.aws", new),
        ("contoso.my.connect.aws:443/ccp-v2", new),
        ("http://contoso.my.connect.aws/", new),
        ("HTTPS://CONTOSO.MY.CONNECT.AWS/CCP-V2/", new),
        ("\t \u{a0}https://contoso.my.connect.aws/\u{200b}\r\n", new),
        ("https://contoso.my.connect.aws.", new),
        ("https://contoso.awsapps.com/connect/ccp-v2#", old),
        ("https://contoso.awsapps.com/connect/", old),
        ("contoso.awsapps.com", old),
        ("http://contoso.awsapps.com/Connect/Login", old),
        ("localhost:4001/ccp-v2/", "http://localhost:4001/"),
        ("http://127.0.0.1:4001/connect/ccp-v2/", "http://127.0.0.1:4001/connect/"),
    ] {
        let read = parse(Service::Connect, Layer::User, pasted);
        assert_eq!(read.as_ref().map(Url::as_str), Ok(address), "{pasted:?}");
        assert_eq!(parse(Service::Connect, Layer::User, address).unwrap().as_str(), address);
    }
}

#[test]
fn a_refused_address_comes_with_the_one_that_may_be_meant() {
    for (pasted, end) in [
        ("contoso", "https://contoso.my.connect.aws may be meant"),
        ("https://www.contoso.my.connect.aws/", "https://contoso.my.connect.aws may be meant"),
        ("http://contoso.connect.aws", "https://contoso.my.connect.aws may be meant"),
        (
            "https://eu-west-2.console.aws.amazon.com/connect/federate/0a1b",
            "is the console of AWS; it shows the access URL of the instance",
        ),
        ("https://teams.microsoft.com/v2/", "is Microsoft's, not Amazon Connect"),
        ("https://connect.eu-west-2.amazonaws.com", "is a service of AWS, not an instance"),
        ("https://d-0123456789.awsapps.com/start", "others look like https://ALIAS.my.connect.aws"),
        ("https://contoso.my.connect.aws example", "has a blank in it, at character 31"),
    ] {
        let reason = parse(Service::Connect, Layer::User, pasted).unwrap_err();
        assert!(reason.ends_with(end), "{pasted}: {reason}");
    }
}

/// Addresses as they are pasted, whole and damaged.
fn pasted_texts() -> impl Strategy<Value = String> {
    let scheme = select(vec!["", "https://", "http://", "HTTPS://", "//", "https:", "ftp://", " "]);
    let user = select(vec!["", "", "", "priya@", "contoso.my.connect.aws@", "priya:hunter2@"]);
    let host = prop_oneof![
        "[a-z0-9-]{0,9}\\.(my\\.connect\\.aws|govcloud\\.connect\\.aws|awsapps\\.com)\\.?",
        select(vec!["example.com", "localhost", "127.0.0.1", "[::1]", "contoso", "my.connect.aws", ""])
            .prop_map(str::to_owned),
        "[a-z.\u{200b}\u{a0}/@:]{0,20}",
    ];
    let rest = "(:[0-9]{1,5})?(/(connect|ccp-v2|Connect|start|login|\\.\\.|%2e%2e)?){0,3}(\\?[a-z=%/]{0,9})?(#[/a-z]{0,5})?[ \t\r\n]{0,2}";
    (scheme, user, host, rest).prop_map(|(scheme, user, host, rest)| format!("{scheme}{user}{host}{rest}"))
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_an_instance_of_aws_or_this_machine_or_is_refused(text in prop_oneof![pasted_texts(), ".*".prop_map(String::from)]) {
        match instance_address(&text) {
            Ok(url) => {
                let is_of_aws = url.scheme() == "https" && is_built_in(Service::Connect, &url.host().unwrap());
                prop_assert!(is_of_aws || (url.scheme() == "http" && net::is_loopback(&url)), "{}", url);
                prop_assert!(url.username().is_empty() && url.password().is_none());
                prop_assert!(url.query().is_none() && url.fragment().is_none());
                prop_assert!(["/", "/connect/"].contains(&url.path()), "{}", url);
                prop_assert_eq!(instance_address(url.as_str()), Ok(url.clone()));
                let instance = Instance::at(&url).unwrap();
                prop_assert_eq!(instance.address(), &url);
                prop_assert!(instance.is_inside(&instance.ccp()) && !instance.is_inside(&instance.light_page()));
            }
            Err(reason) => prop_assert!(!reason.contains("hunter2") && !reason.contains('\n'), "{}", reason),
        }
    }
}
