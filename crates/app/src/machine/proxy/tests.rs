use secrecy::SecretString;

use super::*;
use crate::fixture::at;

const OURS: &str = "proxy/http://proxy:8080/priya";

fn password(text: &str) -> Token {
    Token::from(SecretString::from(text))
}

fn loaded(answer: Result<Option<&str>, SecretsError>) -> ProxyIn {
    ProxyIn::Loaded(answer.map(|found| found.map(SecretString::from)))
}

fn begun() -> ProxyPasswordKeeper {
    let mut proxy = ProxyPasswordKeeper::new(Some(OURS.to_owned()));
    assert_eq!(proxy.on(ProxyIn::Begin, at(0)), [ProxyOut::Load { account: OURS.to_owned() }]);
    proxy
}

#[test]
fn nothing_is_sent_before_the_keyring_was_asked_for_the_password() {
    let mut proxy = begun();
    let out = proxy.on(loaded(Ok(Some("hunter2"))), at(1));
    assert_eq!(out, [ProxyOut::Use(password("hunter2")), ProxyOut::Go]);
    assert_eq!(ProxyPasswordKeeper::new(None).on(ProxyIn::Begin, at(0)), [ProxyOut::Go]);
    assert_eq!(begun().on(loaded(Ok(None)), at(1)), [ProxyOut::Go], "there is none");
}

#[test]
fn a_keyring_that_asks_the_person_holds_nothing_up_for_ever() {
    let mut proxy = begun();
    assert_eq!(proxy.deadline(), Some(at(30)));
    assert_eq!(proxy.on(ProxyIn::Due, at(29)), []);
    assert_eq!(proxy.on(ProxyIn::Due, at(30)), [ProxyOut::Go, ProxyOut::Touch]);
    assert_eq!(proxy.facts(Some(OURS)).keyring, Some(SecretsError::Locked));
    // Its answer is used all the same.
    let out = proxy.on(loaded(Ok(Some("hunter2"))), at(90));
    assert_eq!(out, [ProxyOut::Use(password("hunter2")), ProxyOut::TryAgain, ProxyOut::Touch]);
}

fn load() -> ProxyOut {
    ProxyOut::Load { account: OURS.to_owned() }
}

fn enter(text: Option<&str>) -> ProxyIn {
    ProxyIn::Entered { account: OURS.to_owned(), password: text.map(password) }
}

fn keep(keep: KeyringChange) -> ProxyOut {
    ProxyOut::Keep { account: OURS.to_owned(), keep }
}

#[test]
fn a_keyring_that_comes_later_is_asked_again_with_growing_waits() {
    let mut proxy = begun();
    assert_eq!(proxy.on(loaded(Err(SecretsError::Missing)), at(0)), [ProxyOut::Go]);
    let (mut now, mut waits) = (0, Vec::new());
    for _ in 0..8 {
        let due = proxy.deadline().unwrap();
        waits.push(due.duration_since(at(now)).as_secs());
        now += waits.last().unwrap();
        assert_eq!(proxy.on(ProxyIn::Due, due), [load()]);
        proxy.on(loaded(Err(SecretsError::Missing)), due);
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
    assert_eq!(proxy.facts(Some(OURS)).keyring, Some(SecretsError::Missing));
}

#[test]
fn a_locked_keyring_is_only_looked_at_and_gives_the_password_once_it_is_open() {
    let mut proxy = begun();
    proxy.on(loaded(Err(SecretsError::Locked)), at(0));
    let look = || ProxyOut::Look { account: OURS.to_owned() };
    assert_eq!(proxy.on(ProxyIn::Due, at(5)), [look()]);
    assert_eq!(proxy.on(ProxyIn::Looked(Err(SecretsError::Locked)), at(6)), []);
    assert_eq!(proxy.on(ProxyIn::Due, at(16)), [look()]);
    assert_eq!(proxy.on(ProxyIn::Looked(Ok(())), at(17)), [load()]);
    let out = proxy.on(loaded(Ok(Some("hunter2"))), at(18));
    assert_eq!(out, [ProxyOut::Use(password("hunter2")), ProxyOut::TryAgain, ProxyOut::Touch]);
    assert_eq!((proxy.deadline(), proxy.facts(Some(OURS)).keyring), (None, None));
}

#[test]
fn what_the_keyring_did_not_keep_is_given_to_it_again() {
    for kept in [Some("hunter2"), None] {
        let mut proxy = begun();
        proxy.on(loaded(Ok(Some("old"))), at(0));
        let it = || keep(kept.map(password).map_or(KeyringChange::Forget, KeyringChange::Store));
        assert_eq!(proxy.on(enter(kept), at(1)).first(), Some(&it()));
        proxy.on(ProxyIn::Kept(Err(SecretsError::Missing)), at(2));
        assert_eq!(proxy.on(ProxyIn::Due, at(7)), [it()]);
        proxy.on(ProxyIn::Kept(Err(SecretsError::Locked)), at(8));
        assert_eq!(proxy.on(ProxyIn::Due, at(18)), [ProxyOut::Look { account: OURS.to_owned() }]);
        assert_eq!(proxy.on(ProxyIn::Looked(Ok(())), at(19)), [it()]);
        assert_eq!(proxy.on(ProxyIn::Kept(Ok(())), at(20)), [ProxyOut::Touch]);
        assert_eq!((proxy.deadline(), proxy.facts(Some(OURS)).keyring), (None, None));
    }
}

#[test]
fn the_answer_to_an_older_order_says_nothing_about_the_newest_one() {
    let mut proxy = begun();
    proxy.on(loaded(Ok(None)), at(0));
    proxy.on(enter(Some("first")), at(1));
    proxy.on(enter(Some("second")), at(2));
    assert_eq!(proxy.on(ProxyIn::Kept(Ok(())), at(3)), []);
    assert!(!proxy.is_settled());
    proxy.on(ProxyIn::Kept(Err(SecretsError::Failed)), at(4));
    assert_eq!(proxy.on(ProxyIn::Due, at(9)), [keep(KeyringChange::Store(password("second")))]);
}

#[test]
fn a_password_that_was_removed_does_not_come_back_from_an_older_load() {
    let mut proxy = begun();
    proxy.on(enter(None), at(1));
    assert_eq!(proxy.on(loaded(Ok(Some("old"))), at(2)), [ProxyOut::Go]);
    assert!(!proxy.facts(Some(OURS)).is_known);
    // Nor after a restart, while the keyring has not forgotten it.
    let mut next = ProxyPasswordKeeper::new(Some(OURS.to_owned()));
    next.continue_from(proxy);
    assert_eq!(next.on(ProxyIn::Begin, at(3)), [ProxyOut::Go]);
    assert_eq!(next.on(ProxyIn::Due, at(8)), [keep(KeyringChange::Forget)]);
    // What was entered for another proxy says nothing about this one.
    let mut proxy = begun();
    proxy.on(ProxyIn::Entered { account: "proxy/other".to_owned(), password: None }, at(1));
    assert!(proxy.on(loaded(Ok(Some("ours"))), at(2)).contains(&ProxyOut::Use(password("ours"))));
}

#[test]
fn the_end_waits_for_the_keyring_as_long_as_everything_does() {
    let mut proxy = begun();
    proxy.on(loaded(Ok(None)), at(0));
    assert!(proxy.is_settled());
    proxy.on(enter(Some("hunter2")), at(1));
    assert!(!proxy.is_settled());
    assert_eq!(proxy.on(ProxyIn::Due, at(30)), []);
    assert!(!proxy.is_settled());
    assert_eq!(proxy.on(ProxyIn::Due, at(31)), [ProxyOut::Touch]);
    assert!(proxy.is_settled());
}

#[test]
fn a_password_that_is_entered_is_used_at_once_and_kept() {
    let mut proxy = begun();
    proxy.on(loaded(Ok(None)), at(1));
    let entered = ProxyIn::Entered { account: OURS.to_owned(), password: Some(password("hunter2")) };
    let keep = ProxyOut::Keep { account: OURS.to_owned(), keep: KeyringChange::Store(password("hunter2")) };
    let used = ProxyOut::UseEntered(Some(password("hunter2")));
    assert_eq!(proxy.on(entered, at(2)), [keep, ProxyOut::Touch, used, ProxyOut::TryAgain]);
    assert!(proxy.facts(Some(OURS)).is_known && !proxy.facts(Some("proxy/other")).is_known);
    proxy.on(ProxyIn::Kept(Err(SecretsError::Missing)), at(3));
    assert_eq!(proxy.facts(Some(OURS)).keyring, Some(SecretsError::Missing));

    let taken = ProxyIn::Entered { account: OURS.to_owned(), password: None };
    let forget = ProxyOut::Keep { account: OURS.to_owned(), keep: KeyringChange::Forget };
    assert_eq!(
        proxy.on(taken, at(4)),
        [forget, ProxyOut::Touch, ProxyOut::UseEntered(None), ProxyOut::TryAgain]
    );
}

#[test]
fn the_password_of_a_proxy_that_is_used_after_a_restart_waits_for_it() {
    let mut proxy = ProxyPasswordKeeper::new(None);
    proxy.on(ProxyIn::Begin, at(0));
    let entered = ProxyIn::Entered { account: OURS.to_owned(), password: Some(password("hunter2")) };
    let keep = ProxyOut::Keep { account: OURS.to_owned(), keep: KeyringChange::Store(password("hunter2")) };
    assert_eq!(
        proxy.on(entered, at(1)),
        [keep, ProxyOut::Touch],
        "the proxy in use has nothing to do with it"
    );
    // Without a keyring the password is only in memory.
    proxy.on(ProxyIn::Kept(Err(SecretsError::Missing)), at(2));
    let mut next = ProxyPasswordKeeper::new(Some(OURS.to_owned()));
    next.continue_from(proxy);
    assert_eq!(next.on(ProxyIn::Begin, at(3)), [ProxyOut::Use(password("hunter2")), ProxyOut::Go]);
}
