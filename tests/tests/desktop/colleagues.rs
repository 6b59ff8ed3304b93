//! Colleagues with both sides in the real drawer. They are moved through the sandbox's control API only.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use smoke::stage::{Page, until};

use crate::{
    office::{BOTH_AVAILABLE, Desk, START},
    page::{keep_picture, texts},
    people::ESCAPE,
};

/// A reading follows the last one within 15 s and a fifth of it, and has to be answered and drawn.
const INTERVAL: Duration = Duration::from_secs(21);
/// A user who is missing from two readings is logged out; the second reading comes early.
const TWO_READINGS: Duration = Duration::from_secs(40);

/// As WebDriver names it.
const F5: &str = "\u{e035}";

/// Contoso's control API.
struct Control {
    http: reqwest::Client,
    desk: Desk,
}

impl Control {
    async fn post(&self, path: &str, body: &Value) {
        let url = self.desk.contoso.control().join(&format!("/control/api/{path}")).unwrap();
        let answer = self.http.post(url).json(body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path} {body}: {}", answer.text().await.unwrap());
    }

    async fn users(&self) -> Vec<Value> {
        let url = self.desk.contoso.control().join("/control/api/amazon/people").unwrap();
        let answer = self.http.get(url).query(&[("search", "")]).send().await.unwrap();
        answer.json::<Vec<Value>>().await.unwrap()
    }

    async fn in_connect(&self, user: &Value, moves: &[Value]) {
        for how in moves {
            self.post("amazon/move", &json!({ "id": user["id"], "how": how })).await;
        }
    }
}

/// The accessible names of the rows.
async fn rows(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[role=rowheader]')].map((row) => row.firstElementChild.textContent)";
    texts(&page.execute(script, Vec::new()).await.unwrap())
}

/// The row of this name, once it says all of this.
async fn row(page: &Page, limit: Duration, name: &str, words: &[&str]) -> String {
    until(limit, &format!("{name}: {words:?}"), async || {
        let rows = rows(page).await;
        let named = rows.iter().filter(|row| row.starts_with(&format!("{name}. ")));
        let mut found = named.filter(|row| words.iter().all(|words| row.contains(words)));
        found.next().cloned().ok_or_else(|| rows.join(" | "))
    })
    .await
    .unwrap()
}

fn name(user: &Value) -> &str {
    user["name"].as_str().unwrap()
}

#[tokio::test]
async fn both_sides_of_everybody_follow_within_the_interval() {
    let desk = Desk::complete("colleagues").await;
    // The more agents share the quota, the less often each of them reads.
    desk.write_settings(&format!("seats = 5\n{}", desk.contoso.settings_toml_with_connect_api()));
    let (_driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    let control = Control { http: reqwest::Client::new(), desk };
    let mut users = control.users().await;
    // In the order of the list, because only the rows on screen exist.
    users.sort_by_key(|user| name(user).to_owned());
    let of_both =
        |user: &&Value| user["username"].as_str().unwrap().contains('@') && !user["person"].is_null();
    let is_free = |user: &&Value| user["agent"] == false && user["contacts"] == json!([]);
    let mut both = users.iter().filter(of_both).filter(is_free);
    let [lunch, call, two, after, gone] = std::array::from_fn(|_| both.next().unwrap());
    let available = [json!("logIn"), json!({ "status": "Available" })];
    let answered = |channel: &str| [json!({ "ring": channel }), json!("connect")];
    for user in [lunch, call, two, after] {
        control.in_connect(user, &available).await;
    }
    for user in [lunch, call, two, after, gone] {
        row(&page, START, name(user), &["Connect:", "Teams:"]).await;
    }

    let begun = Instant::now();
    control.in_connect(lunch, &[json!({ "status": "Lunch" })]).await;
    let meeting =
        json!({ "id": lunch["person"], "to": { "availability": "Busy", "activity": "InAMeeting" } });
    control.post("people/move", &meeting).await;
    control.in_connect(call, &answered("voice")).await;
    for channel in ["voice", "chat"] {
        control.in_connect(two, &answered(channel)).await;
    }
    control.in_connect(after, &answered("voice")).await;
    control.in_connect(after, &[json!("end")]).await;
    row(&page, INTERVAL, name(lunch), &["Connect: Lunch", "Teams: In a meeting"]).await;
    println!("Lunch beside a meeting after {:.1} s", begun.elapsed().as_secs_f64());
    row(&page, INTERVAL, name(call), &["Connect: On a call"]).await;
    row(&page, INTERVAL, name(two), &["(2)"]).await;
    row(&page, INTERVAL, name(after), &["Connect: After contact work"]).await;

    control.in_connect(gone, &[json!("logOut")]).await;
    let begun = Instant::now();
    row(&page, TWO_READINGS, name(gone), &["Connect: Offline", "Teams:"]).await;
    println!("Logged out after {:.1} s", begun.elapsed().as_secs_f64());
    keep_picture(&page, "both-sides.png").await;
    // Without Teams, and without Connect.
    page.type_text("night desk").await.unwrap();
    let alone = row(&page, START, "Night Desk", &["Connect:"]).await;
    assert!(!alone.contains("Teams:"), "{alone}");
    page.type_text(ESCAPE).await.unwrap();
    page.type_text("lena fischer").await.unwrap();
    // Two people of one name stay two.
    until(START, "two of one name", async || {
        let rows = rows(&page).await;
        if rows.iter().filter(|row| row.starts_with("Lena Fischer. ")).count() == 2 {
            Ok(())
        } else {
            Err(rows.join(" | "))
        }
    })
    .await
    .unwrap();
    keep_picture(&page, "one-name.png").await;
    page.type_text(ESCAPE).await.unwrap();

    page.type_text(name(lunch)).await.unwrap();
    control.post("amazon/rename", &json!({ "name": "Lunch", "to": "Long lunch" })).await;
    row(&page, INTERVAL, name(lunch), &["Connect: Long lunch"]).await;
    control.post("amazon/enable", &json!({ "name": "Long lunch", "on": false })).await;
    control.post("amazon/leave", &json!({ "id": call["id"], "left": true })).await;
    // The users of Connect are read once an hour, and when somebody asks for it.
    page.type_text(F5).await.unwrap();
    row(&page, INTERVAL, name(lunch), &["Connect: Long lunch"]).await;
    page.type_text(ESCAPE).await.unwrap();
    page.type_text(name(call)).await.unwrap();
    until(INTERVAL, "somebody who has left", async || {
        let rows = rows(&page).await;
        let left = rows.iter().find(|row| row.starts_with(&format!("{}. ", name(call))));
        if left.is_some_and(|row| !row.contains("Connect:")) { Ok(()) } else { Err(format!("{left:?}")) }
    })
    .await
    .unwrap();
    keep_picture(&page, "somebody-left.png").await;
}
