//! Who has logged in, whatever claims Entra sends, and which scopes were granted.

use sandbox::{IdTokenOddity, Refusal};
use url::Url;
use view::{Action, View};

use crate::stage::Stage;

fn works(view: &View) -> bool {
    view.banner.is_none() && view.own.teams.words == "Available"
}

fn refresh(stage: &Stage) {
    stage.world.expire_access_tokens();
    stage.act(Action::SyncNow);
}

fn query_of(page: &Url, name: &str) -> Option<String> {
    page.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn last_page(stage: &Stage) -> Url {
    stage.recorded(|seen| seen.pages.last().unwrap().clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_without_a_preferred_username_is_named_by_another_claim() {
    let upn = "priya.raman@contoso.com";
    for (oddity, shown, hint) in [
        (IdTokenOddity::EmailOnly, Some(upn), Some(upn)),
        (IdTokenOddity::UniqueNameOnly, Some(upn), Some(upn)),
        (IdTokenOddity::Guest, Some(upn), Some(upn)),
        (IdTokenOddity::Nameless, None, None),
    ] {
        let stage = Stage::start().await;
        stage.world.set_id_token(Some(oddity));
        stage.sign_in().await;
        let view = stage.until("works", works).await;
        if let Some(shown) = shown {
            assert_eq!(view.own.upn, shown, "{oddity:?}");
        }
        stage.act(Action::TeamsLogin);
        stage.until_world("again", |world| world.overview().sign_ins == 2).await;
        assert_eq!(query_of(&last_page(&stage), "login_hint").as_deref(), hint, "{oddity:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_without_a_person_is_refused_and_nothing_of_it_is_kept() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.world.set_id_token(Some(IdTokenOddity::Nobody));
    stage.act(Action::TeamsLogin);
    let banner = stage.until_titled("Microsoft did not say who logged in.").await;
    assert!(banner.body.starts_with("Nothing of the answer was kept."), "{}", banner.body);
    assert!(stage.recorded(|seen| seen.secrets.is_empty()));
    stage.world.set_id_token(None);
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_for_another_person_is_not_kept_for_this_one_also_after_a_restart() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("works", works).await;
    let kept = stage.recorded(|seen| seen.secrets.clone());
    stage.world.set_id_token(Some(IdTokenOddity::OtherPerson));
    refresh(&stage);
    stage.until_titled("Microsoft answered for another person.").await;
    assert_eq!(stage.recorded(|seen| seen.secrets.clone()), kept);
    let stage = stage.restarted();
    stage.until_titled("Microsoft answered for another person.").await;
    assert_eq!(stage.recorded(|seen| seen.secrets.clone()), kept);
    stage.world.set_id_token(None);
    let stage = stage.restarted();
    stage.until("signed in from the keyring", works).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_another_tenant_gets_the_account_picker_and_no_browser_opens_by_itself() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("works", works).await;
    stage.world.refuse_sign_in(Some(Refusal::Elsewhere));
    refresh(&stage);
    let named = |view: &View| {
        let titled = |title: &str| title.starts_with("priya.raman@contoso.com does not belong to ");
        view.banner.as_ref().is_some_and(|banner| titled(&banner.title))
    };
    let view = stage.until("named", named).await;
    assert_eq!(view.banner.unwrap().body, "Choose your work account of that organisation in the browser.");
    for attempt in 2..4 {
        stage.act(Action::TeamsLogin);
        stage.until_world("refused", |_| stage.recorded(|seen| seen.pages.len()) == attempt).await;
        let page = last_page(&stage);
        assert_eq!(query_of(&page, "prompt").as_deref(), Some("select_account"));
        assert_eq!(query_of(&page, "login_hint"), None);
        stage
            .until("refused", |view| view.banner.as_ref().is_some_and(|it| it.title.contains("belong")))
            .await;
    }
    let pages = stage.recorded(|seen| seen.pages.len());
    stage.pass(std::time::Duration::from_secs(3600));
    stage.view().await;
    assert_eq!(stage.recorded(|seen| seen.pages.len()), pages, "no browser opens by itself");
    stage.world.refuse_sign_in(None);
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_requests_the_granted_scopes_also_after_a_restart_and_a_login_requests_all() {
    let stage = Stage::start().await;
    // A scope that is not approved is left out of the grant, and refused if a refresh requests it.
    stage.world.set_approved(false);
    stage.world.set_grants_less(true);
    stage.sign_in().await;
    stage.until("works", works).await;
    refresh(&stage);
    stage.until_world("refreshed", |world| world.overview().refreshes == 1).await;
    stage.until("works", works).await;
    let stage = stage.restarted();
    stage.until("signed in from the keyring", works).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
    stage.act(Action::TeamsLogin);
    stage.until_world("again", |world| world.overview().sign_ins == 2).await;
    let scopes = query_of(&last_page(&stage), "scope").unwrap();
    assert!(scopes.contains("User.Read.All"), "{scopes}");
}
