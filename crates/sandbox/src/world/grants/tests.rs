//! Life and death of codes and tokens, with the time as a value.

use super::*;

const REDIRECT: &str = "http://localhost:51000/";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// S256 of `VERIFIER` (RFC 7636, appendix B).
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn days(days: i64) -> i64 {
    days * 24 * 60 * 60
}

fn consent(scopes: &str) -> Consent {
    Consent {
        redirect_uri: REDIRECT.to_owned(),
        challenge: CHALLENGE.to_owned(),
        scopes: Scope::parse_all(scopes).unwrap(),
        nonce: None,
        challenged: false,
    }
}

fn signed_in(grants: &mut Grants) -> SecretString {
    let code = grants.issue_code(consent("openid offline_access User.Read Presence.ReadWrite"), at(0));
    let issued = grants.redeem(code.expose_secret(), REDIRECT, VERIFIER, at(1)).unwrap();
    issued.refresh_token.unwrap()
}

fn refresh(grants: &mut Grants, token: &SecretString, seconds: i64) -> Result<Issued, Denied> {
    grants.refresh(token.expose_secret(), None, &BTreeSet::new(), at(seconds))
}

#[test]
fn a_code_works_once() {
    let mut grants = Grants::default();
    let code = grants.issue_code(consent("User.Read"), at(0));
    assert!(grants.redeem(code.expose_secret(), REDIRECT, VERIFIER, at(1)).is_ok());
    let again = grants.redeem(code.expose_secret(), REDIRECT, VERIFIER, at(2));
    assert_eq!(again.unwrap_err(), Denied::CodeRedeemed);
    assert_eq!(grants.sign_ins(), 1);
}

#[test]
fn a_code_lives_one_minute() {
    let mut grants = Grants::default();
    let code = grants.issue_code(consent("User.Read"), at(0));
    let late = grants.redeem(code.expose_secret(), REDIRECT, VERIFIER, at(61));
    assert_eq!(late.unwrap_err(), Denied::CodeExpired);
}

#[test]
fn another_verifier_or_redirect_is_refused() {
    let mut grants = Grants::default();
    let code = grants.issue_code(consent("User.Read"), at(0));
    let wrong = grants.redeem(code.expose_secret(), REDIRECT, "another-verifier", at(1));
    assert_eq!(wrong.unwrap_err(), Denied::WrongVerifier);
    let code = grants.issue_code(consent("User.Read"), at(0));
    let wrong = grants.redeem(code.expose_secret(), "http://localhost:51001/", VERIFIER, at(1));
    assert_eq!(wrong.unwrap_err(), Denied::OtherRedirect);
}

#[test]
fn each_refresh_yields_a_new_token_and_leaves_the_old_one_valid() {
    let mut grants = Grants::default();
    let first = signed_in(&mut grants);
    let second = refresh(&mut grants, &first, 10).unwrap().refresh_token.unwrap();
    assert_ne!(first.expose_secret(), second.expose_secret());
    assert!(refresh(&mut grants, &first, 20).is_ok());
    assert!(refresh(&mut grants, &second, 30).is_ok());
    assert_eq!(grants.refreshes(), 3);
}

#[test]
fn a_refresh_token_ends_after_ninety_days_without_use() {
    let mut grants = Grants::default();
    let token = signed_in(&mut grants);
    assert!(refresh(&mut grants, &token, days(89)).is_ok());
    assert!(refresh(&mut grants, &token, days(178)).is_ok(), "use counts from the last time");
    assert_eq!(refresh(&mut grants, &token, days(269)).unwrap_err(), Denied::Inactive);
}

#[test]
fn an_access_token_lives_seventy_five_minutes() {
    let mut grants = Grants::default();
    let token = signed_in(&mut grants);
    let access = refresh(&mut grants, &token, 0).unwrap().access_token;
    assert!(grants.allowed(access.expose_secret(), at(75 * 60 - 1)).is_some());
    assert!(grants.allowed(access.expose_secret(), at(75 * 60)).is_none());
}

#[test]
fn a_revoked_grant_refreshes_nothing_and_opens_nothing() {
    let mut grants = Grants::default();
    let token = signed_in(&mut grants);
    let access = refresh(&mut grants, &token, 0).unwrap().access_token;
    grants.revoke();
    assert_eq!(refresh(&mut grants, &token, 1).unwrap_err(), Denied::Revoked);
    assert!(grants.allowed(access.expose_secret(), at(1)).is_none());
}

#[test]
fn a_lapsed_grant_ends_as_if_unused_and_a_new_sign_in_is_valid() {
    let mut grants = Grants::default();
    assert!(!grants.is_valid(at(0)));
    let token = signed_in(&mut grants);
    assert!(grants.is_valid(at(1)) && !grants.is_valid(at(days(91))));
    grants.lapse();
    assert_eq!(refresh(&mut grants, &token, 1).unwrap_err(), Denied::Inactive);
    assert!(!grants.is_valid(at(1)));
    signed_in(&mut grants);
    assert!(grants.is_valid(at(2)));
    grants.revoke();
    assert!(!grants.is_valid(at(2)));
}

#[test]
fn a_refresh_cannot_add_a_scope() {
    let mut grants = Grants::default();
    let token = signed_in(&mut grants);
    let more =
        grants.refresh(token.expose_secret(), Scope::parse_all("User.Read.All"), &BTreeSet::new(), at(1));
    assert_eq!(more.unwrap_err(), Denied::NoConsent);
    let less = grants
        .refresh(token.expose_secret(), Scope::parse_all("User.Read"), &BTreeSet::new(), at(1))
        .unwrap();
    assert_eq!(less.scopes, BTreeSet::from([Scope::UserRead]));
}

#[test]
fn without_offline_access_there_is_no_refresh_token() {
    let mut grants = Grants::default();
    let code = grants.issue_code(consent("User.Read"), at(0));
    assert!(grants.redeem(code.expose_secret(), REDIRECT, VERIFIER, at(1)).unwrap().refresh_token.is_none());
}

#[test]
fn an_unknown_scope_is_not_a_scope() {
    assert!(Scope::parse_all("openid Mail.Read").is_none());
    assert_eq!(Scope::parse_all("https://graph.microsoft.com/User.Read"), Scope::parse_all("user.read"));
}

#[test]
fn what_is_kept_shows_no_token() {
    let mut grants = Grants::default();
    let token = signed_in(&mut grants);
    assert!(!format!("{grants:?}").contains(token.expose_secret()));
}
