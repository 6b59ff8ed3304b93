//! Networks and proxies that answer in place of Entra, and unusual answers of Entra.

use std::time::Duration;

use sandbox::{Body, Endpoint, Fault, StatusCode, TokenOddity};
use view::{Action, Banner, Level, View};

use crate::{
    faults::{MINUTE, check_requests_a_minute, passes_until, step},
    stage::Stage,
};

const NETWORK: &str = "A network login page answered in place of Microsoft.";
const PROXY: &str = "A proxy answered in place of Microsoft.";

fn works(view: &View) -> bool {
    view.banner.is_none() && view.own.teams.words == "Available"
}

fn titles(stage: &Stage) -> Vec<String> {
    stage.recorded(|seen| seen.notified.iter().map(|notice| notice.title.clone()).collect())
}

fn page(status: u16) -> Fault {
    Fault { body: Body::Proxy, ..Fault::refusal(StatusCode::from_u16(status).unwrap()) }
}

fn text(status: u16, text: &str) -> Fault {
    let body = Body::Text(text.to_owned());
    Fault { body, ..Fault::refusal(StatusCode::from_u16(status).unwrap()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_place_of_entra_ends_no_login_and_passes_without_a_click() {
    for (fault, title) in [
        (page(200), NETWORK),
        (Fault { body: Body::Empty, ..page(302) }, NETWORK),
        (page(511), NETWORK),
        (page(403), PROXY),
        (page(407), PROXY),
        (text(403, r#"{"error":"access_denied","message":"Category: collaboration"}"#), PROXY),
        (text(200, r#"{"status":"blocked"}"#), PROXY),
    ] {
        let stage = Stage::start().await;
        stage.start_work().await;
        let (shown, kept) = (titles(&stage), stage.recorded(|seen| seen.secrets.clone()));
        stage.world.set_fault(Endpoint::Token, fault);
        stage.world.expire_access_tokens();
        let titled = |view: &View| view.banner.as_ref().is_some_and(|banner| banner.title == title);
        passes_until(&stage, title, 2 * MINUTE, titled).await;
        let Banner { level, body, .. } = stage.view().await.banner.unwrap();
        assert_eq!(level, Level::Warning);
        assert!(body.ends_with("The app tries again automatically."), "{body}");
        for _ in 0..10 {
            step(&stage, Duration::from_secs(60)).await;
        }
        check_requests_a_minute(&stage, title);
        assert_eq!(titles(&stage), shown, "nobody is asked to log in");
        assert_eq!(stage.recorded(|seen| seen.secrets.clone()), kept);
        stage.world.clear_faults();
        passes_until(&stage, "works again", 5 * MINUTE, works).await;
        assert_eq!(stage.world.overview().sign_ins, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_place_of_graph_counts_neither_as_a_missing_right_nor_as_a_bad_token() {
    for status in [200, 401, 403, 404, 511] {
        let stage = Stage::start().await;
        stage.start_work().await;
        let refreshes = stage.world.overview().refreshes;
        stage.world.set_fault(Endpoint::OwnPresence, page(status));
        let is_shown = |view: &View| {
            let cards = || view.health.cards.iter();
            let has_words =
                |text: &str| text.contains("could not be reached") && text.contains("answered in its place");
            cards().any(|card| has_words(&card.text) || card.details.as_deref().is_some_and(has_words))
        };
        passes_until(&stage, "the card", 2 * MINUTE, is_shown).await;
        let what = status.to_string();
        for _ in 0..5 {
            step(&stage, MINUTE).await;
        }
        check_requests_a_minute(&stage, &what);
        assert_eq!(stage.world.overview().refreshes, refreshes, "{status}: no token is renewed");
        stage.world.clear_faults();
        passes_until(&stage, "works again", 5 * MINUTE, |view| view.health.words == "Up to date").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_a_network_page_answers_shows_this_and_succeeds_afterwards() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.world.set_fault(Endpoint::Token, page(200));
    stage.act(Action::TeamsLogin);
    let banner = stage.until_titled(NETWORK).await;
    assert_eq!(banner.body, "Log in to the network in a browser, then log in to Teams.");
    stage.world.clear_faults();
    stage.act(Action::TeamsLogin);
    stage.until("logged in", works).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unusual_answer_with_a_token_is_accepted() {
    for oddity in [
        TokenOddity::ExpiresAsText,
        TokenOddity::ExpiresAsFraction,
        TokenOddity::ExpiresMissing,
        TokenOddity::ExpiresNegative,
        TokenOddity::ExpiresHuge,
        TokenOddity::TypeMissing,
        TokenOddity::ExtensionsAsText,
    ] {
        let stage = Stage::start().await;
        stage.world.set_fault(Endpoint::Token, Fault::changed(Body::Token(oddity)));
        stage.start_work().await;
        for _ in 0..10 {
            step(&stage, Duration::from_secs(60)).await;
        }
        check_requests_a_minute(&stage, "an unusual answer");
        stage.until("works", works).await;
        assert_eq!(stage.recorded(|seen| seen.secrets.len()), 1, "{oddity:?}");
        let stage = stage.restarted();
        stage.until("signed in from the keyring", |view| view.own.name == "Priya Raman").await;
        assert_eq!(stage.world.overview().sign_ins, 1, "{oddity:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_type_is_not_used() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.world.set_fault(Endpoint::Token, Fault::changed(Body::Token(TokenOddity::TypeOther)));
    stage.act(Action::TeamsLogin);
    stage.until_titled("Microsoft does not answer.").await;
    assert_eq!(stage.world.requests(Endpoint::Graph).len(), 0);
    assert!(stage.recorded(|seen| seen.secrets.is_empty()));
}
