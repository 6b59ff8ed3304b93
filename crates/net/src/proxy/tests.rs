//! Which addresses and names are accepted, and when the password is sent.

use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Result<ProxyAddress, BadProxy> {
    text.parse()
}

/// Priya's login at the proxy of this port, without a password.
fn priyas(port: u16) -> Proxy {
    let address = parse(&format!("http://proxy:{port}")).unwrap();
    Proxy::new(address, Some("priya".parse().unwrap()), Bypass::default())
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn an_address_has_scheme_host_and_port() {
    for (text, written) in [
        ("http://proxy.example.com:8080", "http://proxy.example.com:8080"),
        ("HTTP://Proxy.Example.COM:8080/", "http://proxy.example.com:8080"),
        ("http://proxy", "http://proxy:80"),
        ("http://proxy:80", "http://proxy:80"),
        ("http://proxy:21", "http://proxy:21"),
        ("https://proxy.example.com", "https://proxy.example.com:443"),
        ("socks5://10.0.0.1", "socks5://10.0.0.1:1080"),
        ("http://[::1]:3128", "http://[::1]:3128"),
    ] {
        let address = parse(text).unwrap();
        assert_eq!(address.to_string(), written, "{text}");
        assert_eq!(parse(written), Ok(address), "{text}");
    }
}

#[test]
fn what_is_no_address_is_refused_and_never_repeated() {
    for (text, why) in [
        ("proxy.example.com:8080", BadProxy::Scheme),
        ("ftp://proxy:8080", BadProxy::Scheme),
        ("", BadProxy::Scheme),
        ("http://", BadProxy::Host),
        ("http://proxy:0", BadProxy::Host),
        ("http://proxy:hunter2", BadProxy::Host),
        ("http://priya:hunter2@proxy:8080", BadProxy::Password),
        ("http://:hunter2@proxy:8080", BadProxy::Password),
        ("http://priya:@proxy:8080", BadProxy::Password),
        ("http://CONTOSO\\priya:hunter2@proxy:8080", BadProxy::Password),
        ("http://priya@proxy:8080", BadProxy::User),
        ("socks5://priya@proxy", BadProxy::User),
        ("http://CONTOSO\\priya@proxy:3128", BadProxy::User),
        ("http://@proxy:8080", BadProxy::User),
        ("http://proxy:8080/proxy.pac", BadProxy::Path),
        ("http://proxy:8080/?hunter2", BadProxy::Path),
    ] {
        assert_eq!(parse(text), Err(why), "{text}");
        assert!(why.to_string().starts_with("must "), "{why}");
    }
}

#[test]
fn a_user_is_named_as_the_proxy_expects_it() {
    for name in ["priya.raman", "CONTOSO\\priya", "priya@contoso.com", "Priya Raman", "pri%41ya"] {
        assert_eq!(format!(" {name}\t").parse::<ProxyUser>().unwrap().to_string(), name);
    }
    for (text, why) in [
        ("", BadProxyUser::Empty),
        (" ", BadProxyUser::Empty),
        ("priya:hunter2", BadProxyUser::Colon),
        ("priya\nraman", BadProxyUser::Unseen),
    ] {
        assert_eq!(text.parse::<ProxyUser>(), Err(why), "{text:?}");
        assert!(why.to_string().starts_with("must "), "{why}");
    }
}

#[test]
fn without_a_user_a_password_is_given_to_nobody() {
    let proxy = Proxy::new(parse("http://proxy:8080").unwrap(), None, Bypass::default());
    proxy.use_password(Some("hunter2".into()));
    assert!(proxy.login().is_none());
    assert_eq!(proxy.for_client(&url("https://graph.microsoft.com/")), Some(url("http://proxy:8080/")));
}

#[test]
fn the_password_is_used_as_soon_as_it_is_known_and_shown_nowhere() {
    let proxy = priyas(8080);
    let copy = proxy.clone();
    let graph = url("https://graph.microsoft.com/");
    assert_eq!(copy.for_client(&graph), Some(url("http://proxy:8080/")), "no name without a password");
    proxy.use_password(Some("p@ss:w/rd".into()));
    let asked = copy.for_client(&graph).unwrap();
    assert_eq!((asked.username(), asked.password()), ("priya", Some("p%40ss%3Aw%2Frd")));
    assert_eq!(copy.login().map(|(user, _)| user.to_string()).as_deref(), Some("priya"));
    assert!(!format!("{copy:?}").contains("p@ss"), "{copy:?}");
    proxy.use_password(None);
    assert!(copy.login().is_none());
}

#[test]
fn a_refused_password_is_given_to_nobody_until_the_person_enters_one() {
    let proxy = priyas(8080);
    let graph = url("https://graph.microsoft.com/");
    proxy.use_password(Some("old".into()));
    proxy.refuse("older".into());
    assert!(!proxy.is_refused(), "it is not the one that was refused");
    proxy.refuse("old".into());
    assert!(proxy.is_refused() && proxy.login().is_none());
    assert_eq!(proxy.for_client(&graph), Some(url("http://proxy:8080/")));
    proxy.use_password(Some("old".into()));
    assert!(proxy.login().is_none(), "the keyring has only the same one");
    let next = priyas(8080);
    assert!(next.sharing_password_of(&proxy).is_refused());
    let after_restart = priyas(8080);
    after_restart.remember_refusal_of(&proxy);
    after_restart.use_password(Some("old".into()));
    assert!(after_restart.is_refused());
    let other = priyas(8081);
    assert!(!other.sharing_password_of(&proxy).is_refused());
    let somebody_else =
        Proxy::new(proxy.address().clone(), Some("kenji".parse().unwrap()), Bypass::default());
    assert!(!somebody_else.sharing_password_of(&proxy).is_refused(), "it is not their password");
    proxy.use_entered(Some("old".into()));
    assert!(proxy.login().is_some(), "the account was unlocked");
}

#[test]
fn what_is_bypassed_has_no_proxy() {
    let proxy = Proxy::new(parse("socks5://proxy").unwrap(), None, Bypass::default());
    assert_eq!(proxy.for_client(&url("http://127.0.0.1:4000/")), None);
    assert_eq!(proxy.for_client(&url("https://contoso.my.connect.aws/")), Some(url("socks5h://proxy:1080")));
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_accepted_comes_back(text in "\\PC{0,40}") {
        for text in [text.clone(), format!("http://{text}"), format!("socks5://{text}")] {
            if let Ok(address) = parse(&text) {
                prop_assert_eq!(parse(&address.to_string()), Ok(address.clone()));
                let proxy = Proxy::new(address, None, Bypass::new(Vec::new()));
                prop_assert!(proxy.for_client(&url("https://graph.microsoft.com/")).is_some());
            }
        }
    }
}
