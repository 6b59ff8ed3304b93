//! Each class of Entra's errors, from the sandbox's Entra to the banner and its next step.

use std::time::Duration;

use app::Request;
use sandbox::{ClientSecret, Refusal};
use secrecy::SecretString;
use view::{Action, Banner, NoticeKind, TrayAction, View};

use crate::stage::{Person, Stage};

const ENDED: &str = "Teams needs a new login.";
const CHECK: &str = "Microsoft wants to check that it is you.";

fn labels(banner: &Banner) -> Vec<&str> {
    banner.buttons.iter().map(|button| button.label.as_str()).collect()
}

/// The text that a button copies.
fn copied(banner: &Banner, label: &str) -> String {
    let button = banner.buttons.iter().find(|button| button.label == label).unwrap();
    let Action::Copy { text } = &button.action else { return format!("nothing: {:?}", button.action) };
    text.clone()
}

fn tenant(stage: &Stage) -> String {
    stage.recorded(|seen| seen.pages[0].path_segments().unwrap().nth(1).unwrap().to_owned())
}

/// Lets the access token expire and reads from Graph, so that the token is refreshed.
fn refresh(stage: &Stage) {
    stage.world.expire_access_tokens();
    stage.act(Action::SyncNow);
}

fn works(view: &View) -> bool {
    view.banner.is_none() && view.own.teams.words == "Available"
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_of_a_login_has_its_sentence_and_its_next_step() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    let details = &["Copy details", "Try again", "Later"][..];
    let settings = &["Settings", "Copy details", "Try again", "Later"][..];
    let table = [
        (
            Refusal::AdminConsent,
            "Your administrator must approve this app first.",
            &["Copy approval link", "Try again", "Later"][..],
        ),
        (Refusal::NotAssigned, "Microsoft blocked this login.", details),
        (Refusal::Blocked, "Microsoft blocked this login.", details),
        (Refusal::Guest, "priya.raman@mail.example does not belong to {tenant}.", &["Teams Login", "Later"]),
        (Refusal::Elsewhere, "This account does not belong to {tenant}.", &["Teams Login", "Later"]),
        (Refusal::GuestDisabled, "Microsoft blocked this login.", details),
        (
            Refusal::NoConsent,
            "Nobody has consented to this app yet.",
            &["Teams Login", "Copy approval link", "Later"],
        ),
        (Refusal::NoResource, "The app registration is not set up correctly.", details),
        (
            Refusal::TooLong,
            "Microsoft says that the request is too long.",
            &["Teams Login", "Copy details", "Later"],
        ),
        (Refusal::UnknownApplication, "{tenant} has no app registration with this client ID.", settings),
        (Refusal::OtherCloud, "{tenant} is in another cloud than 127.0.0.1.", settings),
        (Refusal::NotRequired, "The app registration is not set up correctly.", details),
        (
            Refusal::Redirect,
            "The app registration does not accept our redirect.",
            &["Copy", "Try again", "Later"],
        ),
        (Refusal::Unavailable, "Microsoft does not answer.", &["Teams Login", "Later"]),
    ];
    for (refusal, title, buttons) in table {
        // A cancelled login first, so that the same words as before are a new banner.
        stage.set_person(Person::Cancels);
        stage.act(Action::TeamsLogin);
        let cancelled = "The login was cancelled, or your administrator must approve this app first.";
        let banner = stage.until_titled(cancelled).await;
        assert_eq!(labels(&banner), ["Teams Login", "Copy approval link", "Later"]);

        stage.set_person(Person::SignsIn);
        stage.world.refuse_sign_in(Some(refusal));
        stage.act(Action::TeamsLogin);
        let banner = stage.until_titled(&title.replace("{tenant}", &tenant(&stage))).await;
        assert_eq!(labels(&banner), buttons, "{refusal:?}");
        assert!(!banner.body.is_empty() && !format!("{} {}", banner.title, banner.body).contains("AADSTS"));
    }
    stage.world.refuse_sign_in(None);
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn copied_links_and_details_name_the_tenant_and_the_error() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.world.refuse_sign_in(Some(Refusal::AdminConsent));
    stage.act(Action::TeamsLogin);
    let banner = stage.until_titled("Your administrator must approve this app first.").await;
    let link = copied(&banner, "Copy approval link");
    assert!(link.contains(&format!("/login/{}/v2.0/adminconsent?client_id=", tenant(&stage))), "{link}");
    assert!(link.contains("User.Read.All") && link.contains("redirect_uri=http%3A%2F%2Flocalhost"), "{link}");

    stage.world.refuse_sign_in(Some(Refusal::Blocked));
    stage.act(Action::TeamsLogin);
    let details = copied(&stage.until_titled("Microsoft blocked this login.").await, "Copy details");
    assert!(details.contains("AADSTS53003") && details.contains(&tenant(&stage)), "{details}");

    stage.world.refuse_sign_in(Some(Refusal::Redirect));
    stage.act(Action::TeamsLogin);
    let banner = stage.until_titled("The app registration does not accept our redirect.").await;
    assert_eq!(copied(&banner, "Copy"), "http://localhost");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_of_a_refresh_has_its_sentence_and_the_token_is_kept_if_it_may_work_again() {
    for (refusal, title) in [
        (Refusal::Disabled, "Microsoft blocked this login."),
        (Refusal::GuestDisabled, "Microsoft blocked this login."),
        (Refusal::NoResource, "The app registration is not set up correctly."),
        (Refusal::Blocked, "Microsoft blocked this login."),
        (Refusal::UnknownApplication, "{tenant} has no app registration with this client ID."),
        (Refusal::OtherCloud, "{tenant} is in another cloud than 127.0.0.1."),
    ] {
        let stage = Stage::start().await;
        stage.sign_in().await;
        stage.world.refuse_sign_in(Some(refusal));
        refresh(&stage);
        stage.until_titled(&title.replace("{tenant}", &tenant(&stage))).await;
        let click = stage.recorded(|seen| seen.notices.last().unwrap().action.as_ref().unwrap().1.of_click());
        assert_eq!(click, TrayAction::Open, "the next step is in the drawer");
        assert_eq!(stage.recorded(|seen| seen.secrets.len()), 1, "{refusal:?}");
        stage.world.refuse_sign_in(None);
        let stage = stage.restarted();
        stage.until("signed in from the keyring", works).await;
        assert_eq!(stage.world.overview().sign_ins, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authorization_that_was_revoked_or_lapsed_is_forgotten_and_renewed_by_a_click() {
    let end: [fn(&sandbox::World); 2] = [sandbox::World::revoke, sandbox::World::lapse];
    for end in end {
        let stage = Stage::start().await;
        stage.sign_in().await;
        end(&stage.world);
        stage.act(Action::SyncNow);
        let banner = stage.until_titled(ENDED).await;
        assert_eq!(labels(&banner), ["Teams Login", "Later"]);
        assert_eq!(stage.recorded(|seen| seen.secrets.len()), 0, "the token is worth nothing");
        let click = stage.recorded(|seen| seen.notices.last().unwrap().action.as_ref().unwrap().1.of_click());
        stage.requests.send(Request::Tray(click));
        stage.until("logged in", works).await;
        assert!(stage.recorded(|seen| seen.notices.iter().all(|it| it.kind != NoticeKind::TeamsLogin)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_with_its_claims() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.world.refuse_sign_in(Some(Refusal::SecondFactor));
    refresh(&stage);
    let banner = stage.until_titled(CHECK).await;
    assert_eq!(labels(&banner), ["Teams Login", "Later"]);
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
    let claims = stage.recorded(|seen| {
        let page = seen.pages.last().unwrap().clone();
        page.query_pairs().find(|(name, _)| name == "claims").map(|(_, claims)| claims.into_owned())
    });
    assert!(claims.unwrap().contains("\"acrs\""));
    stage.act(Action::TeamsLogin);
    stage.until_world("again", |world| world.overview().sign_ins == 3).await;
    assert!(
        stage.recorded(|seen| !seen.pages.last().unwrap().as_str().contains("claims=")),
        "passed on once"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_of_graph_leads_to_a_login_with_its_claims_and_no_loop() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.world.set_challenge(true);
    stage.act(Action::SyncNow);
    stage.until_titled(CHECK).await;
    assert_eq!(stage.world.overview().refreshes, 0, "the same token is not tried again");
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
    assert!(stage.recorded(|seen| seen.pages.last().unwrap().as_str().contains("claims=")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_temporary_failure_of_entra_passes_by_itself() {
    for (refusal, wait) in [(Refusal::Unavailable, 10), (Refusal::Loop, 700)] {
        let stage = Stage::start().await;
        stage.sign_in().await;
        stage.world.refuse_sign_in(Some(refusal));
        refresh(&stage);
        let banner = stage.until_titled("Microsoft does not answer.").await;
        assert_eq!(
            (banner.body.as_str(), labels(&banner)),
            ("The app tries again automatically.", vec!["Later"])
        );
        assert!(!stage.recorded(|seen| seen.notified.iter().any(|it| it.title == ENDED)));
        stage.world.refuse_sign_in(None);
        stage.pass(Duration::from_secs(wait));
        stage.until("works again", works).await;
        assert_eq!(stage.world.overview().sign_ins, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_of_another_tenant_is_named_and_nothing_of_the_login_is_kept() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.world.set_stranger(true);
    stage.act(Action::TeamsLogin);
    stage
        .until("refused", |view| {
            view.banner
                .as_ref()
                .is_some_and(|it| it.title.starts_with("priya.raman@fabrikam.com does not belong to "))
        })
        .await;
    assert_eq!(stage.recorded(|seen| seen.secrets.len()), 0);
    stage.world.set_stranger(false);
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
    let page = stage.recorded(|seen| seen.pages.last().unwrap().clone());
    assert!(page.as_str().contains("prompt=select_account"), "the browser would take the same account again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_secret_is_requested_used_kept_and_watched_for_its_end() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    let registered = |roles: &[&str], expires| {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        stage.world.set_client_secret(Some(ClientSecret { secret: "right".into(), expires, roles }));
    };
    let enter = |secret: Option<&str>| {
        let secret = secret.map(SecretString::from);
        stage.requests.send(Request::ClientSecret { secret, expires: Some(stage.world.now()) });
        stage.act(Action::TeamsLogin);
    };
    registered(&[], None);
    enter(None);
    let banner = stage.until_titled("The app registration asks for a client secret.").await;
    assert_eq!(labels(&banner), ["Copy", "Settings", "Try again", "Later"]);
    enter(Some("wrong"));
    let banner = stage.until_titled("The client secret is wrong.").await;
    assert_eq!(labels(&banner), ["Settings", "Copy details", "Try again", "Later"]);
    registered(&[], Some(stage.world.now()));
    enter(Some("right"));
    stage.until_titled("The client secret has expired.").await;
    registered(&["Presence.ReadWrite.All"], None);
    let pages = stage.recorded(|seen| seen.pages.len());
    enter(Some("right"));
    let banner = stage.until_titled("This registration has application permissions.").await;
    assert_eq!(banner.body, "Use a separate public one.");
    assert_eq!(stage.recorded(|seen| seen.pages.len()), pages, "no browser was opened");
    stage.world.set_client_secret(None);
    stage.act(Action::TeamsLogin);
    stage.until_titled("The app registration takes no client secret.").await;

    registered(&[], None);
    stage.act(Action::TeamsLogin);
    let view = stage.until("logged in", works).await;
    let card = view.health.cards.last().unwrap();
    assert!(card.text.starts_with("The client secret expires on "), "{}", card.text);
    stage.recorded(|seen| {
        let (account, _) = seen.secrets.iter().find(|(_, secret)| *secret == "right").unwrap();
        assert!(account.ends_with("/client-secret"), "{account}");
    });
    let stage = stage.restarted();
    stage.until("signed in with the kept secret", works).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_step_of_consent_needs_no_login() {
    let stage =
        Stage::with_settings(Ok(()), |text| text.replace("admin_consent = true", "admin_consent = false"))
            .await;
    stage.world.set_approved(false);
    stage.sign_in().await;
    let directory = |view: &View| view.health.cards[2].clone();
    let view = stage
        .until("the basic list", |view| directory(view).text.contains("an administrator's approval"))
        .await;
    let button = directory(&view).button.unwrap();
    assert_eq!(button.label, "Copy approval link");
    stage.act(Action::RefreshPeople);
    stage
        .until("still the basic list", |view| directory(view).text.contains("an administrator's approval"))
        .await;

    stage.world.set_approved(true);
    stage.act(Action::RefreshPeople);
    stage
        .until("the licensed list", |view| directory(view).text.contains("people with a Teams licence"))
        .await;
    assert_eq!(stage.world.overview().sign_ins, 1);
    stage.until("works", works).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_requests_at_once_lead_to_one_refresh() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("the team", |view| view.counts.known == 40).await;
    stage.world.slow_entra_down(Duration::from_millis(300));
    stage.world.expire_access_tokens();
    for _ in 0..20 {
        stage.act(Action::RefreshPeople);
    }
    stage.until_world("refreshed", |world| world.overview().refreshes > 0).await;
    stage.until("works", works).await;
    assert_eq!((stage.world.overview().refreshes, stage.world.overview().token_requests), (1, 2));
    assert_eq!(stage.recorded(|seen| seen.notified.len()), 1, "only that of the first login");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_another_login_in_connect_can_choose_the_account() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.report_agent("grace.holloway");
    let banner = stage.until("named", |view| view.banner.is_some()).await.banner.unwrap();
    let again = banner.buttons.iter().find(|button| button.label == "Log in again").unwrap();
    stage.act(again.action.clone());
    stage.until_world("again", |world| world.overview().sign_ins == 2).await;
    let page = stage.recorded(|seen| seen.pages.last().unwrap().clone());
    assert!(
        page.as_str().contains("prompt=select_account") && !page.as_str().contains("login_hint"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_no_browser_opened_can_be_copied() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.set_person(Person::HasNoBrowser);
    stage.act(Action::TeamsLogin);
    let banner = stage.until_titled("No browser could be opened.").await;
    let page = stage.recorded(|seen| seen.pages.last().unwrap().to_string());
    assert_eq!(copied(&banner, "Copy link"), page);
    reqwest::Client::new().post(page).form(&[("answer", "sign-in")]).send().await.unwrap();
    stage.until("logged in", works).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_waits_in_the_browser_can_be_opened_again_and_cancelled() {
    let stage = Stage::start().await;
    let needed = "Teams needs a login.";
    stage.until_titled(needed).await;
    stage.set_person(Person::Waits);
    stage.act(Action::TeamsLogin);
    let under_way = |view: &View| view.banner.as_ref().is_some_and(|banner| banner.buttons.len() == 3);
    let banner = stage.until("under way", under_way).await.banner.unwrap();
    assert_eq!(banner.title, "Continue in the browser.");
    assert_eq!(labels(&banner), ["Open again", "Copy link", "Cancel"]);
    // Another click on the login opens the same page.
    stage.act(Action::TeamsLogin);
    stage.act(Action::LoginOpenAgain);
    stage.view().await;
    stage.recorded(|seen| assert!(seen.pages.len() == 3 && seen.pages.iter().all(|it| *it == seen.pages[0])));

    stage.act(Action::LoginCancel);
    stage.until_titled(needed).await;
    stage.set_person(Person::SignsIn);
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_refusal_of_the_former_token_does_not_end_a_new_login() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.world.slow_entra_down(Duration::from_millis(700));
    stage.world.revoke();
    stage.act(Action::SyncNow);
    stage.until_world("a refresh is under way", |world| world.overview().token_requests == 2).await;
    // Entra answers this request after the refresh.
    let token_endpoint = format!("login/{}/oauth2/v2.0/token", tenant(&stage));
    let token_endpoint = stage.sandbox.microsoft().join(&token_endpoint).unwrap();
    let probe = tokio::spawn(reqwest::Client::new().post(token_endpoint).send());
    stage.until_world("the probe is under way", |world| world.overview().token_requests == 3).await;
    stage.world.slow_entra_down(Duration::ZERO);
    stage.act(Action::TeamsLogin);
    stage.until_world("logged in", |world| world.overview().sign_ins == 2).await;
    stage.until("works", works).await;
    probe.await.unwrap().unwrap();
    stage.settle(Duration::from_secs(3)).await;
    stage.until("still works", works).await;
    assert_eq!(stage.recorded(|seen| seen.secrets.len()), 1, "the newest token is kept");
    assert_eq!(stage.recorded(|seen| seen.notified.len()), 1, "only that of the first login");
}
