//! A real proxy between the application and everything else: with its password, down, and with certificates of its own.

use smoke::stage::{Page, until};

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, NOT_SET_UP, START, program},
    page::{keep_picture, page_says, texts},
    secrets::quit,
    squid::{PASSWORD, Squid, USER},
};

const REPLACED: &str =
    "A proxy or a virus scanner replaces certificates, and this computer does not trust their issuer.";

/// Enters the password of the proxy in the settings window.
async fn enter_password(page: &Page) {
    page.element("//input[@type='password']", CLICK).await.unwrap().click().await.unwrap();
    page.type_text(PASSWORD).await.unwrap();
    page.press("//button[.='Use this password']", CLICK).await.unwrap();
    page_says(page, "A password is stored. A new one replaces it.").await;
}

/// The proxy let a request through that this is a part of, and from a web view or not.
async fn passed(squid: &Squid, address: &str, is_web_view: bool) {
    until(CLICK, &format!("{address} in the proxy's log"), async || {
        let seen = squid.seen();
        let is_it = |line: &&String| {
            line.starts_with(&format!("{USER} 200 "))
                && line.contains(address)
                && line.contains("AppleWebKit") == is_web_view
        };
        if seen.iter().any(|line| is_it(&line)) { Ok(()) } else { Err(seen.join("\n")) }
    })
    .await
    .unwrap();
}

/// What the cards of Connect and of Teams say, with the code of the cause.
async fn cards(page: &Page) -> [(String, String); 2] {
    let script = r#"
        const card = (name) => document.querySelector(`section[aria-label="${name}"]`);
        return ["Connect", "Teams"].flatMap((name) => {
            const shown = card(name);
            return [shown?.dataset.cause ?? "", shown?.querySelector("p")?.textContent ?? ""];
        });
    "#;
    let said = texts(&page.execute(script, Vec::new()).await.unwrap());
    [(said[0].clone(), said[1].clone()), (said[2].clone(), said[3].clone())]
}

#[tokio::test]
async fn everything_goes_by_the_proxy_with_its_password_and_without_the_proxy_both_sides_say_why() {
    let mut squid = Squid::new();
    squid.start().await;
    let desk = Desk::complete("proxy").await;
    // The settings window is the first one of an application that is not set up.
    desk.write_settings(&squid.settings());
    let click = async {
        desk.tooltip_is(NOT_SET_UP, START).await.click("Settings…").await.unwrap();
    };
    let ((app, page), ()) = tokio::join!(desk.drive(&["--hidden"]), click);
    enter_password(&page).await;
    keep_picture(&page, "settings-proxy.png").await;
    desk.write_settings(&format!("{}\n{}", desk.contoso.settings_toml(), squid.settings()));
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;

    let (microsoft, connect) = (desk.contoso.microsoft().as_str(), desk.contoso.connect().as_str());
    passed(&squid, &format!("{microsoft}graph/v1.0/"), false).await;
    passed(&squid, &format!("{microsoft}login/"), false).await;
    passed(&squid, &format!("{connect}connect/blank"), true).await;
    passed(&squid, &format!("{connect}ccp-v2/"), true).await;
    let settings = std::fs::read_to_string(desk.settings_file()).unwrap();
    assert!(!settings.contains(PASSWORD), "{settings}");
    assert!(!app.log_tail(10_000).contains(PASSWORD));
    quit(&desk, app).await;

    // The proxy is gone, and the login and the password are in the keyring.
    squid.stop();
    let (_app, page) = desk.drive(&[]).await;
    page.press("//button[span[starts-with(., 'Health: ')]]", START).await.unwrap();
    let sentence = format!("The proxy {} does not answer.", squid.address());
    until(START, "both cards that name the proxy", async || {
        let [connect, teams] = cards(&page).await;
        let is_named = connect.0 == "proxyDown" && connect.1.starts_with(&sentence);
        if is_named && connect == teams { Ok(()) } else { Err(format!("{connect:?} {teams:?}")) }
    })
    .await
    .unwrap();
    keep_picture(&page, "health-proxy-down.png").await;

    squid.start().await;
    desk.tooltip_is(BOTH_AVAILABLE, START * 2).await;
}

#[tokio::test]
async fn certificates_of_a_proxy_are_named_unless_the_machine_trusts_its_authority() {
    let mut squid = Squid::new();
    squid.start_inspecting().await;
    let desk = Desk::new("inspected").await;
    desk.write_settings(&format!("[network]\nproxy = \"http://{}\"\n", squid.address()));
    for trusted in [false, true] {
        let mut command = desk.stage.command(program());
        command.args(desk.arguments(&["doctor", "--json"]));
        if trusted {
            command.env("SSL_CERT_FILE", squid.authority());
        }
        let output = command.output().await.unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let checks = report["checks"].as_array().unwrap();
        for topic in ["network-login", "network-graph", "proxy", "certificates"] {
            let check = checks.iter().find(|check| check["check"] == topic).unwrap();
            let (status, saw) = (check["status"].as_str().unwrap(), check["saw"].as_str().unwrap());
            assert_eq!(status, if trusted { "good" } else { "failed" }, "{check}");
            assert_eq!(saw == REPLACED, !trusted, "{check}");
        }
    }
    // Both hosts were asked for through tunnels, and never by another way.
    let seen = squid.seen();
    for host in ["login.microsoftonline.com:443", "graph.microsoft.com:443"] {
        assert!(seen.iter().any(|line| line.contains(&format!("CONNECT {host}"))), "{seen:?}");
    }
}
