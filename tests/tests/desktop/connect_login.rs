//! Connect Login, and the two ways to carry the CCP, in the real webview.

use std::time::Duration;

use sandbox::{InstanceShape, Presence};
use smoke::stage::{App, until};

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::page_says,
};

/// What an administrator enters on this system.
pub const OUR_ORIGIN: &str = "connectpath-teams://localhost";
const LOGIN_NEEDED: &str = "ConnectPath needs a login.";
const LOGIN_WINDOW: &str = "ConnectPath Teams – Log in to ConnectPath";
/// What somebody takes to read a notification.
const READ: Duration = Duration::from_millis(500);

impl Desk {
    /// Settings with this mode, whose login begins at a path of the instance.
    pub fn connect(&self, mode: &str, start: &str) {
        self.connect_at(self.contoso.connect().as_str(), mode, start);
    }

    /// The same with the CCP at this address.
    fn connect_at(&self, ccp: &str, mode: &str, start: &str) {
        let root = self.contoso.connect();
        let start = root.join(start).unwrap();
        let wanted = format!("mode = \"{mode}\"\nstart = \"{start}\"");
        let text = self.contoso.settings_toml().replace("mode = \"same_origin\"", &wanted);
        self.write_settings(&text.replace(&format!("ccp = \"{root}\""), &format!("ccp = \"{ccp}\"")));
    }

    /// Clicks "Log in" on the notification that asks for it.
    pub async fn click_connect_login(&self) {
        let notice = self.stage.notification(LOGIN_NEEDED, START).await.unwrap();
        // Programs listen for the click once they know that it is shown, and nobody clicks before that.
        tokio::time::sleep(READ).await;
        let (key, _) = notice.actions.iter().find(|(_, words)| words == "Log in").unwrap();
        self.stage.click_notification(&notice, key).await.unwrap();
    }

    pub async fn no_login_window(&self, app: &App) {
        until(CLICK, "no login window", async || {
            let windows = self.stage.windows().await?;
            let family = app.family();
            let own = |pid: u32| family.contains(&pid);
            let is_login = |title: &str| title == LOGIN_WINDOW;
            let left = windows.iter().filter(|one| one.pid.is_some_and(own) && is_login(&one.title)).count();
            if left == 0 { Ok(()) } else { Err(format!("{left} windows")) }
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn an_approved_origin_carries_the_ccp_after_a_login() {
    let desk = Desk::complete("approved").await;
    desk.connect("approved_origin", "connect/saml");
    desk.world().set_approved_origins(vec![OUR_ORIGIN.to_owned()]);
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    desk.click_connect_login().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    desk.no_login_window(&app).await;

    desk.world().choose_status("Training").unwrap();
    desk.shown_becomes(Presence::BUSY).await;
    desk.tooltip_is("In step: Training / Busy", CLICK).await;
}

#[tokio::test]
async fn an_instance_that_does_not_approve_is_named_with_what_to_enter() {
    let desk = Desk::complete("not-approved").await;
    desk.connect("approved_origin", "connect/saml");
    // Without a list cookies stay at home, which would look like a missing login.
    desk.world().set_approved_origins(vec!["https://other.example.com".to_owned()]);
    let (_driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.click_connect_login().await;
    // A slow CCP gets 20 s before its silence is taken for a refusal.
    page.says("ConnectPath does not let this app in yet.", START).await.unwrap();
    page_says(&page, &format!("ask an administrator to add {OUR_ORIGIN} under Approved origins")).await;

    // The administrator does it, and the agent need not know.
    desk.world().set_approved_origins(vec![OUR_ORIGIN.to_owned()]);
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
}

#[tokio::test]
async fn a_supervisors_login_ends_on_a_page_of_theirs_and_closes_the_window() {
    for (in_folder, landing) in [(false, "/connect/real-time-metrics"), (true, "/connect/home")] {
        let desk = Desk::complete(if in_folder { "folder" } else { "supervisor" }).await;
        let folder = if in_folder { "connect/" } else { "" };
        let ccp = desk.contoso.connect().join(folder).unwrap();
        desk.connect_at(ccp.as_str(), "approved_origin", "connect/saml");
        desk.world().set_instance_shape(InstanceShape { in_folder, landing: Some(landing.to_owned()) });
        desk.world().set_approved_origins(vec![OUR_ORIGIN.to_owned()]);
        let app = desk.start(&["--hidden"]);
        desk.sign_in().await;
        desk.click_connect_login().await;
        desk.no_login_window(&app).await;
        desk.tooltip_is(BOTH_AVAILABLE, START).await;
    }
}

#[tokio::test]
async fn a_login_that_is_given_up_leaves_the_way_to_it() {
    let desk = Desk::complete("login-closed").await;
    desk.connect("same_origin", "connect/login");
    desk.world().set_logged_in(false);
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    desk.click_connect_login().await;
    let window = desk.stage.window(&app, LOGIN_WINDOW, CLICK).await.unwrap();
    desk.stage.close(&window).await.unwrap();
    desk.no_login_window(&app).await;

    let tray = desk.tooltip_is("Problem: Connect: log in", CLICK).await;
    tray.click("Log in to ConnectPath").await.unwrap();
    desk.stage.window(&app, LOGIN_WINDOW, CLICK).await.unwrap();
}

#[tokio::test]
async fn a_session_that_ends_asks_for_a_login_and_the_login_brings_it_back() {
    let desk = Desk::complete("login-again").await;
    desk.connect("same_origin", "connect/saml");
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    desk.world().set_logged_in(false);
    desk.click_connect_login().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    desk.no_login_window(&app).await;
    desk.world().choose_status("Training").unwrap();
    desk.shown_becomes(Presence::BUSY).await;
}
