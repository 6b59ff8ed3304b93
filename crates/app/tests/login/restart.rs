//! What happens once after a login, and what a restart ends.

use view::Action;

use crate::stage::{Person, Stage, wait};

#[tokio::test(flavor = "multi_thread")]
async fn the_own_presence_is_read_once_after_a_login() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("the presence", |view| view.own.teams.words == "Available").await;
    // Doctor sends many requests to the same services, so a second reading would have arrived before its end.
    stage.run_doctor().await;
    assert_eq!(stage.world.overview().reads.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_ends_the_login_in_the_browser() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.set_person(Person::HasNoBrowser);
    stage.act(Action::TeamsLogin);
    let page = wait("the page", async || stage.recorded(|seen| seen.pages.first().cloned()).ok_or(())).await;
    let redirect = page.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
    let port = url::Url::parse(&redirect).unwrap().port().unwrap();
    let is_open = async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok();
    assert!(is_open().await);
    stage.act(Action::Restart);
    wait("the port is closed", async || if is_open().await { Err("open") } else { Ok(()) }).await;
    let has_started =
        async || stage.recorded(|seen| if seen.ccp.len() == 2 { Ok(()) } else { Err(seen.ccp.len()) });
    wait("the next run", has_started).await;
    stage.set_person(Person::SignsIn);
    stage.sign_in().await;
}
