use secrecy::SecretString;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_420_800).unwrap() + SignedDuration::from_secs(seconds)
}

const OURS: &str = "proxy/priya@proxy:8080";

fn password(text: &str) -> Token {
    Token::from(SecretString::from(text))
}

fn loaded(answer: Result<Option<&str>, SecretsError>) -> ProxyIn {
    ProxyIn::Loaded(answer.map(|found| found.map(SecretString::from)))
}

fn begun() -> ProxyPassword {
    let mut proxy = ProxyPassword::new(Some(OURS.to_owned()));
    assert_eq!(proxy.on(ProxyIn::Begin, at(0)), [ProxyOut::Load { account: OURS.to_owned() }]);
    proxy
}

#[test]
fn nothing_is_sent_before_the_keyring_was_asked_for_the_password() {
    let mut proxy = begun();
    let out = proxy.on(loaded(Ok(Some("hunter2"))), at(1));
    assert_eq!(out, [ProxyOut::Use(Some(password("hunter2"))), ProxyOut::Go]);
    assert_eq!(ProxyPassword::new(None).on(ProxyIn::Begin, at(0)), [ProxyOut::Go]);
    assert_eq!(begun().on(loaded(Ok(None)), at(1)), [ProxyOut::Go], "there is none");
}

#[test]
fn a_keyring_that_asks_the_person_holds_nothing_up_for_ever() {
    let mut proxy = begun();
    assert_eq!(proxy.deadline(), Some(at(30)));
    assert_eq!(proxy.on(ProxyIn::Due, at(29)), []);
    assert_eq!(proxy.on(ProxyIn::Due, at(30)), [ProxyOut::Go]);
    // Its answer is used all the same.
    let out = proxy.on(loaded(Ok(Some("hunter2"))), at(90));
    assert_eq!(out, [ProxyOut::Use(Some(password("hunter2"))), ProxyOut::TryAgain, ProxyOut::Touch]);
}

#[test]
fn a_keyring_that_comes_later_is_asked_again_and_a_locked_one_is_not() {
    let mut proxy = begun();
    assert_eq!(proxy.on(loaded(Err(SecretsError::Missing)), at(1)), [ProxyOut::Go]);
    assert_eq!(proxy.deadline(), Some(at(61)));
    assert_eq!(proxy.on(ProxyIn::Due, at(61)), [ProxyOut::Load { account: OURS.to_owned() }]);
    let mut proxy = begun();
    proxy.on(loaded(Err(SecretsError::Locked)), at(1));
    assert_eq!(proxy.deadline(), None);
}

#[test]
fn a_password_that_is_entered_is_used_at_once_and_kept() {
    let mut proxy = begun();
    proxy.on(loaded(Ok(None)), at(1));
    let entered = ProxyIn::Entered { account: OURS.to_owned(), password: Some(password("hunter2")) };
    let keep = ProxyOut::Keep { account: OURS.to_owned(), keep: Keep::Store(password("hunter2")) };
    let used = ProxyOut::Use(Some(password("hunter2")));
    assert_eq!(proxy.on(entered, at(2)), [keep, ProxyOut::Touch, used, ProxyOut::TryAgain]);
    assert!(proxy.facts(Some(OURS)).is_known && !proxy.facts(Some("proxy/other")).is_known);
    proxy.on(ProxyIn::Kept(Err(SecretsError::Missing)), at(3));
    assert_eq!(proxy.facts(Some(OURS)).keyring, Some(SecretsError::Missing));

    let taken = ProxyIn::Entered { account: OURS.to_owned(), password: None };
    let forget = ProxyOut::Keep { account: OURS.to_owned(), keep: Keep::Forget };
    assert_eq!(proxy.on(taken, at(4)), [forget, ProxyOut::Touch, ProxyOut::Use(None), ProxyOut::TryAgain]);
}

#[test]
fn the_password_of_a_proxy_that_is_used_after_a_restart_waits_for_it() {
    let mut proxy = ProxyPassword::new(None);
    proxy.on(ProxyIn::Begin, at(0));
    let entered = ProxyIn::Entered { account: OURS.to_owned(), password: Some(password("hunter2")) };
    let keep = ProxyOut::Keep { account: OURS.to_owned(), keep: Keep::Store(password("hunter2")) };
    assert_eq!(
        proxy.on(entered, at(1)),
        [keep, ProxyOut::Touch],
        "the proxy in use has nothing to do with it"
    );
    // Without a keyring it is nowhere else.
    proxy.on(ProxyIn::Kept(Err(SecretsError::Missing)), at(2));
    let mut next = ProxyPassword::new(Some(OURS.to_owned()));
    next.go_on_from(proxy);
    assert_eq!(next.on(ProxyIn::Begin, at(3)), [ProxyOut::Use(Some(password("hunter2"))), ProxyOut::Go]);
}
