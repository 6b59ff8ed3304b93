//! What a page of the application shows and may call, asked through WebDriver.

use std::time::Duration;

use serde_json::{Value, json};
use smoke::stage::Page;

use crate::office::{CLICK, target};

/// The words of a page, once `words` are among them.
pub async fn page_says(page: &Page, words: &str) -> String {
    page.says(words, CLICK).await.unwrap()
}

/// Keeps a picture of the window in `target/screenshots`.
pub async fn keep_picture(page: &Page, name: &str) {
    // The driver hands out a frame that is a little old, so the first one is not kept.
    page.screenshot().await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let picture = page.screenshot().await.unwrap();
    let folder = target().join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), picture).unwrap();
}

/// Calls a command from the page; the error is what the page is told.
pub async fn invoke(page: &Page, command: &str, arguments: &Value) -> Result<Value, String> {
    let script = r#"
        const [command, args, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, args).then(
            (answer) => done({ answer: answer ?? null }),
            (error) => done({ error: String(error) }),
        );
    "#;
    let call = page.execute_async(script, vec![json!(command), arguments.clone()]);
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
