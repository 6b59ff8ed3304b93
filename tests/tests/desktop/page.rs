//! What a page of the application shows and may call, asked through WebDriver.

use std::time::Duration;

use serde_json::{Value, json};
use smoke::stage::{Page, until};

use crate::office::{CLICK, Desk, target};

/// The words of a page, once `words` are among them.
pub async fn page_says(page: &Page, words: &str) -> String {
    page.says(words, CLICK).await.unwrap()
}

/// Keeps a picture of the window in `target/screenshots`.
pub async fn keep_picture(page: &Page, name: &str) {
    // The driver answers with the frame after next, and a page at rest has none.
    let frames = r#"
        const dot = document.body.appendChild(document.createElement("div"));
        dot.style.cssText = "position: fixed; right: 0; bottom: 0; width: 1px; height: 1px";
        let on = false;
        const timer = setInterval(() => { dot.style.background = (on = !on) ? "gray" : "silver"; }, 50);
        setTimeout(() => { clearInterval(timer); dot.remove(); }, 5000);
    "#;
    page.execute(frames, Vec::new()).await.unwrap();
    // The first frame that is handed out is a little old.
    page.screenshot().await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let picture = page.screenshot().await.unwrap();
    let folder = target().join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), picture).unwrap();
}

/// Calls a command from the page; the error is what the page receives.
pub async fn invoke(page: &Page, command: &str, arguments: &Value) -> Result<Value, String> {
    let script = r#"
        const [command, args, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, args).then(
            (answer) => done({ answer: answer ?? null }),
            (error) => done({ error: String(error) }),
        );
    "#;
    let call = page.execute_async(script, vec![json!(command), arguments.clone()]);
    let reply = tokio::time::timeout(CLICK, call).await.expect("an answer to the call").unwrap();
    match reply["error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(reply["answer"].clone()),
    }
}

/// The texts of a list.
pub fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

/// The page of the hidden window begins with this address, and is refused everything but its one command.
pub async fn may_call_one_command_only(desk: &Desk, page: &str) {
    // Started to the tray, the first window is the hidden one of the CCP.
    let (_driver, client) = desk.drive(&["--hidden"]).await;
    until(CLICK, "the page of the CCP", async || {
        let address = client.current_url().await.map_err(|error| error.to_string())?;
        if address.as_str().starts_with(page) { Ok(()) } else { Err(address.to_string()) }
    })
    .await
    .unwrap();
    let calls = [
        ("view", json!({})),
        ("lines", json!({ "start": 0, "count": 1 })),
        ("act", json!({ "action": "quit" })),
        ("plugin:event|listen", json!({ "event": "changed", "target": { "kind": "Any" }, "handler": 1 })),
        ("plugin:event|emit", json!({ "event": "changed", "payload": 1 })),
        ("plugin:window|close", json!({})),
        ("plugin:webview|create_webview_window", json!({ "options": { "label": "other" } })),
        ("plugin:autostart|enable", json!({})),
    ];
    for (command, arguments) in calls {
        let refused = invoke(&client, command, &arguments).await.unwrap_err();
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
    let forged = json!({ "token": "00000000-0000-0000-0000-000000000000", "message": "{}" });
    let refused = invoke(&client, "ccp_event", &forged).await.unwrap_err();
    assert!(!refused.contains("not allowed"), "this one is allowed, but not with another's token: {refused}");
}
