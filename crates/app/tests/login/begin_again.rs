//! What a login and a restart leave behind.

use view::Action;

use crate::stage::{Person, Stage, wait};

#[tokio::test(flavor = "multi_thread")]
async fn after_a_login_own_presence_is_read_once() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("read", |view| view.own.teams.words == "Available").await;
    // Twenty requests to the same services later a second one would have come.
    stage.doctor().await;
    assert_eq!(stage.world.overview().reads.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_ends_the_login_in_the_browser() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.person(Person::HasNoBrowser);
    stage.act(Action::TeamsLogin);
    let page = wait("the page", async || stage.recorded(|seen| seen.pages.first().cloned()).ok_or(())).await;
    let back = page.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
    let port = url::Url::parse(&back).unwrap().port().unwrap();
    let opens = async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok();
    assert!(opens().await);
    stage.act(Action::Restart);
    wait("the port is closed", async || if opens().await { Err("open") } else { Ok(()) }).await;
    let begun =
        async || stage.recorded(|seen| if seen.ccp.len() == 2 { Ok(()) } else { Err(seen.ccp.len()) });
    wait("the next run", begun).await;
    stage.person(Person::SignsIn);
    stage.sign_in().await;
}
