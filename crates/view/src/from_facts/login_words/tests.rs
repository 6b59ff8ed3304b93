//! The words for each class of refusals, and when the banner asks.

use signin::Details;
use url::Url;

use super::{super::fixture::*, *};
use crate::facts::{NetworkFacts, NetworkFault};

const ALL: [Class; 24] = [
    Class::SignInAgain,
    Class::AnotherCheck,
    Class::Unapproved,
    Class::Cancelled,
    Class::Consent,
    Class::Blocked,
    Class::OtherAccount,
    Class::Redirect,
    Class::UnknownApp,
    Class::OtherCloud,
    Class::Registration,
    Class::TooLong,
    Class::SecretExpired,
    Class::SecretWrong,
    Class::SecretMissing,
    Class::SecretUnwanted,
    Class::AppPermissions,
    Class::Transient,
    Class::TooOften,
    Class::Unreachable,
    Class::Proxy,
    Class::NetworkLogin,
    Class::Nobody,
    Class::NoPort,
];

fn actions(facts: &Facts<'_>) -> Vec<Action> {
    banner(facts).map(|banner| banner.buttons).unwrap_or_default().into_iter().map(|it| it.action).collect()
}

#[test]
fn each_class_has_a_title_a_text_and_a_first_step() {
    for class in ALL {
        let facts = nobody(Some(class));
        let shown = banner(&facts).unwrap();
        let again = class == Class::SignInAgain;
        assert_eq!(shown.level, if again { Level::Warning } else { Level::Problem }, "{class:?}");
        let leading = shown.buttons.iter().filter(|it| it.kind == ButtonKind::Primary).count();
        assert_eq!((leading, shown.buttons[0].kind), (1, ButtonKind::Primary), "{class:?}");
        for text in [&shown.title, &shown.body] {
            assert!(!text.is_empty() && !text.contains('{') && !text.contains("  "), "{class:?}: {text}");
        }
        assert!(shown.buttons.len() >= 2, "{class:?}");
        assert_eq!(shown.buttons.last().map(|it| &it.action), Some(&Action::Later), "{class:?}");
        assert!(shown.buttons.iter().any(|it| it.action == Action::TeamsLogin), "{class:?}");
    }
}

#[test]
fn classes_with_another_next_step_have_other_words() {
    // Those that share a sentence ask for the same.
    let alike = [Class::TooOften];
    let mut texts: Vec<(String, String)> = ALL
        .into_iter()
        .filter(|class| !alike.contains(class))
        .map(|class| {
            let shown = banner(&nobody(Some(class))).unwrap();
            (shown.title, shown.body)
        })
        .collect();
    let all = texts.len();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), all, "{texts:#?}");
}

#[test]
fn the_first_step_is_the_one_that_helps() {
    let details = |facts: &Facts<'_>| Action::Copy { text: details(facts) };
    for class in ALL {
        let facts = nobody(Some(class));
        let first = actions(&facts).remove(0);
        let wanted = match class {
            Class::SignInAgain
            | Class::AnotherCheck
            | Class::OtherAccount
            | Class::Transient
            | Class::TooOften
            | Class::Unreachable
            | Class::Unapproved
            | Class::TooLong
            | Class::Proxy
            | Class::NetworkLogin
            | Class::Nobody
            | Class::Cancelled => Action::TeamsLogin,
            Class::Consent => Action::Copy { text: "https://login.example/consent".to_owned() },
            Class::Blocked | Class::Registration | Class::NoPort => details(&facts),
            Class::Redirect | Class::SecretMissing => Action::Copy { text: REDIRECT.to_owned() },
            Class::UnknownApp
            | Class::OtherCloud
            | Class::SecretExpired
            | Class::SecretWrong
            | Class::SecretUnwanted
            | Class::AppPermissions => Action::OpenSettings { page: SettingsPage::Setup },
        };
        assert_eq!(first, wanted, "{class:?}");
        // A notification cannot copy: its click opens the drawer instead.
        let click = needed(&facts).action.map(|(_, action)| action.of_click());
        let logs_in = wanted == Action::TeamsLogin;
        assert_eq!(click, Some(if logs_in { TrayAction::TeamsLogin } else { TrayAction::Open }), "{class:?}");
    }
}

#[test]
fn an_account_of_another_tenant_is_named() {
    let error = SignInError::OtherTenant { upn: "ann@fabrikam.example".to_owned() };
    let mut facts = nobody(None);
    facts.login.refusal = Some(RefusalFacts { class: error.class(), error: Some(&error), about: None });
    let shown = banner(&facts).unwrap();
    let whole = format!("{} {}", shown.title, shown.body);
    assert!(whole.contains("ann@fabrikam.example") && whole.contains("contoso.example"), "{whole}");
}

#[test]
fn an_account_that_is_in_no_tenant_is_named_and_so_is_the_one_that_is_meant() {
    let of = |account: Option<&str>| {
        let details = Details { account: account.map(str::to_owned), ..Details::default() };
        SignInError::Refused { class: Class::OtherAccount, details: Box::new(details), claims: None }
    };
    let shown = |error: &SignInError, about, who| {
        let mut facts = nobody(None);
        facts.login.refusal = Some(RefusalFacts { class: error.class(), error: Some(error), about });
        facts.login.who = who;
        let shown = banner(&facts).unwrap();
        (shown.title, shown.body)
    };
    let anna = facts().login.who.unwrap();
    let (title, body) = shown(&of(Some("ann@fabrikam.example")), None, Some(anna));
    assert!(title.starts_with("ann@fabrikam.example does not belong to "), "{title}");
    assert!(body.starts_with(&format!("Choose {} in the browser", anna.upn)), "{body}");
    // The refresh token of the person who was logged in was refused: that account is not the one that is meant.
    let (title, body) = shown(&of(None), Some(&anna.upn), Some(anna));
    assert!(title.starts_with(&anna.upn), "{title}");
    assert_eq!(body, say("signIn.otherAccount.body"));
    let (title, body) = shown(&of(None), None, None);
    assert!(title.starts_with("This account does not belong to "), "{title}");
    assert_eq!(body, say("signIn.otherAccount.body"));
}

#[test]
fn an_answer_for_another_person_has_words_of_its_own() {
    let titled = |error: &SignInError| {
        let mut facts = nobody(None);
        facts.login.refusal = Some(RefusalFacts { class: error.class(), error: Some(error), about: None });
        banner(&facts).unwrap().title
    };
    assert_ne!(titled(&SignInError::OtherPerson), titled(&SignInError::Nobody));
}

#[test]
fn the_details_for_support_have_every_number_and_the_account() {
    let details = Details {
        error: "invalid_client".to_owned(),
        codes: vec![7_000_222, 50_000],
        suberror: None,
        correlation_id: Some("abc".to_owned()),
        account: None,
    };
    let error = SignInError::Refused { class: Class::Blocked, details: Box::new(details), claims: None };
    let mut facts = nobody(None);
    facts.login.refusal = Some(RefusalFacts { class: Class::Blocked, error: Some(&error), about: None });
    let text = super::details(&facts);
    for part in ["AADSTS7000222", "AADSTS50000", "invalid_client", "abc", facts.login.account] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn nobody_is_asked_during_a_contact_without_a_choice() {
    let mut facts = nobody(None);
    assert_eq!(actions(&facts), [Action::TeamsLogin, Action::Later]);
    facts.connect.in_contact = true;
    assert_eq!(actions(&facts), [Action::TeamsLogin, Action::AfterThisCall, Action::Later]);
    assert_eq!(banner(&facts).unwrap().buttons[0].label, say("banner.login.now"));
}

#[test]
fn the_banner_asks_only_if_a_person_can_do_something_and_has_not_put_it_away() {
    assert_eq!(banner(&facts()), None);
    let mut away = nobody(None);
    away.login.is_put_away = true;
    assert_eq!(banner(&away), None);
    let mut renewing = facts();
    renewing.login.phase = LoginPhase::Renewing;
    assert_eq!(banner(&renewing), None);
    renewing.login.refusal = Some(RefusalFacts { class: Class::Unreachable, error: None, about: None });
    let shown = banner(&renewing).unwrap();
    assert_eq!((shown.level, actions(&renewing)), (Level::Warning, vec![Action::Later]));
    assert!(sentence(&renewing).ends_with(&shown.body));
    // A login as somebody else failed while a session continues.
    let mut signed_in = facts();
    signed_in.login.refusal = Some(RefusalFacts { class: Class::OtherAccount, error: None, about: None });
    assert_eq!(banner(&signed_in).unwrap().level, Level::Problem);
    let mut not_set_up = not_set_up();
    not_set_up.login.refusal = Some(RefusalFacts { class: Class::Blocked, error: None, about: None });
    assert_eq!(banner(&not_set_up), None);
}

#[test]
fn a_refusal_that_passes_by_itself_says_whether_the_app_tries_again() {
    let mut facts = nobody(Some(Class::Unreachable));
    assert_eq!(banner(&facts).unwrap().body, say("signIn.again.later"));
    facts.login.phase = LoginPhase::Renewing;
    assert_eq!(banner(&facts).unwrap().body, say("signIn.again.byItself"));
    for class in ALL.into_iter().filter(|class| class.is_temporary()) {
        let later = banner(&nobody(Some(class))).unwrap();
        let mut renewing = nobody(Some(class));
        renewing.login.phase = LoginPhase::Renewing;
        let renewing = banner(&renewing).unwrap();
        assert!(
            renewing.body.ends_with("The app tries again automatically."),
            "{class:?}: {}",
            renewing.body
        );
        assert!(renewing.body != later.body && later.body.contains("og in"), "{class:?}: {}", later.body);
    }
}

#[test]
fn a_login_is_less_prominent_if_somebody_else_must_do_something_first() {
    let shown = banner(&nobody(Some(Class::Consent))).unwrap();
    let buttons: Vec<(&str, ButtonKind)> =
        shown.buttons.iter().map(|button| (button.label.as_str(), button.kind)).collect();
    let wanted = [
        ("Copy approval link", ButtonKind::Primary),
        ("Try again", ButtonKind::Subtle),
        ("Later", ButtonKind::Subtle),
    ];
    assert_eq!(buttons, wanted);
}

#[test]
fn a_login_that_is_under_way_can_be_continued_or_cancelled_whatever_else_there_is() {
    let url: Url = "https://login.example/authorize?a=b".parse().unwrap();
    let copy = Action::Copy { text: url.to_string() };
    let mut facts = nobody(Some(Class::Blocked));
    facts.login.is_put_away = true;
    let mut words = Vec::new();
    for (page, browser, wanted) in [
        (None, Browser::Asked, vec![Action::LoginCancel]),
        (Some(&url), Browser::Asked, vec![Action::LoginOpenAgain, copy.clone(), Action::LoginCancel]),
        (Some(&url), Browser::Late, vec![Action::LoginOpenAgain, copy.clone(), Action::LoginCancel]),
        (Some(&url), Browser::Failed, vec![copy, Action::LoginOpenAgain, Action::LoginCancel]),
    ] {
        facts.login.under_way = Some(BrowserLogin { page, browser });
        let shown = banner(&facts).unwrap();
        assert_eq!(actions(&facts), wanted, "{browser:?}");
        assert!(!shown.body.contains("https"), "{}", shown.body);
        words.push((shown.title, shown.body));
    }
    words.dedup();
    assert_eq!(words.len(), 3, "{words:?}");
    facts.login.phase = LoginPhase::SignedIn;
    assert_eq!(banner(&facts).unwrap().title, say("signIn.unopened.title"), "a session may be renewed");
}

#[test]
fn a_closed_keyring_is_named_where_a_login_is_asked_for() {
    let mut facts = nobody(None);
    facts.login.keyring = Some(SecretsError::Locked);
    let shown = banner(&facts).unwrap();
    assert_eq!(shown.title, say("banner.login.title"));
    assert!(shown.body.starts_with(&say(keyring(SecretsError::Locked))), "{}", shown.body);
    assert_eq!(needed(&facts).body, shown.body);
}

#[test]
fn an_authorization_that_ended_says_when() {
    let mut facts = nobody(None);
    assert_eq!(banner(&facts).unwrap().title, say("banner.login.title"));
    facts.login.phase = LoginPhase::SignedOut { since: Some(at(-60)) };
    let shown = banner(&facts).unwrap();
    assert_eq!(shown.title, say("banner.login.ended"));
    assert!(shown.body.contains(&time(at(-60))), "{}", shown.body);
}

#[test]
fn the_reminder_counts_days() {
    let mut facts = facts();
    assert_eq!(reminder_banner(&facts), None);
    let day = 86_400;
    let seven = fill("banner.loginEnds.days", &[("days", "7")]);
    for (days, title) in
        [(0, say("banner.loginEnds.today")), (1, say("banner.loginEnds.tomorrow")), (7, seven)]
    {
        facts.login.reminds_of = Some(at(days * day));
        assert_eq!(reminder_banner(&facts).unwrap().title, title);
    }
}

#[test]
fn the_banner_names_the_fault_that_a_check_of_the_network_found() {
    let fault = NetworkFault::OtherLogin { proxy: "proxy:8080".to_owned(), kinds: "NTLM".to_owned() };
    let network = NetworkFacts { microsoft: Some(fault.clone()), connect: None };
    for class in [Class::Unreachable, Class::Proxy] {
        let mut facts = nobody(Some(class));
        facts.network = &network;
        let shown = banner(&facts).unwrap();
        assert_eq!((shown.title, shown.body), (network::saw(&fault), network::to_do(&fault)), "{class:?}");
    }
}
