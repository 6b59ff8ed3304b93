//! What a page of the application shows and may call, asked through WebDriver.

use std::time::Duration;

use fantoccini::Client;
use serde_json::{Value, json};
use smoke::stage::until;

use crate::office::{CLICK, target};

/// The words of a page, once `words` are among them.
pub async fn page_says(client: &Client, words: &str) -> String {
    until(CLICK, &format!("\"{words}\" in the drawer"), async || {
        // The driver's own way leaves out what it takes for cut off.
        let text = client.execute("return document.body.textContent", Vec::new()).await;
        let text = text.map_err(|error| error.to_string())?;
        let text = text.as_str().unwrap_or_default().to_owned();
        if text.contains(words) { Ok(text) } else { Err(text) }
    })
    .await
    .unwrap()
}

/// Keeps a picture of the window in `target/screenshots`.
pub async fn keep_picture(client: &Client, name: &str) {
    // The driver hands out a frame that is a little old, so the first one is not kept.
    client.screenshot().await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let picture = client.screenshot().await.unwrap();
    let folder = target().join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), picture).unwrap();
}

/// Calls a command from the page; the error is what the page is told.
pub async fn invoke(client: &Client, command: &str, arguments: &Value) -> Result<Value, String> {
    let script = r#"
        const [command, args, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, args).then(
            (answer) => done({ answer: answer ?? null }),
            (error) => done({ error: String(error) }),
        );
    "#;
    let call = client.execute_async(script, vec![json!(command), arguments.clone()]);
    let told = tokio::time::timeout(CLICK, call).await.expect("an answer to the call").unwrap();
    match told["error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(told["answer"].clone()),
    }
}

/// The texts of a list.
pub fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}
