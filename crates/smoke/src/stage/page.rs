//! A program's first window under WebDriver: a person's pointer and keys in its page.

use std::{ffi::OsString, ops::Deref, path::Path, time::Duration};

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, MOUSE_BUTTON_RIGHT, MouseActions, PointerAction},
    elements::Element,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};

use super::{App, START, Stage, StageError, until};

const DRIVER: &str = "WebKitWebDriver";
const PACKAGE: &str = "webkit2gtk-driver";
/// How long a program may take to show its first window, on a slow machine.
const WINDOW: Duration = Duration::from_secs(40);
/// How long one act in the page may take.
const ACT: Duration = Duration::from_secs(20);

/// The page of a program's first window; with everything that its WebDriver client can do.
#[derive(Debug, Clone)]
pub struct Page(Client);

impl Deref for Page {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.0
    }
}

impl Stage {
    /// Starts a program under WebDriver. The [`App`] is the driver with the program below it.
    ///
    /// # Errors
    /// When the driver is missing, or the program shows no window.
    pub async fn drive(
        &self,
        program: &Path,
        args: impl IntoIterator<Item = OsString>,
    ) -> Result<(App, Page), StageError> {
        let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
        let mut command = self.command(DRIVER);
        command.arg(format!("--port={port}")).arg("--host=127.0.0.1").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = self.start_command(command, PACKAGE)?;
        until(START, "WebKitWebDriver at its port", async || {
            TcpStream::connect(("127.0.0.1", port)).await.map_err(|error| error.to_string())
        })
        .await?;
        let args: Vec<String> = args.into_iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
        let options = json!({ "binary": program, "args": args });
        let capabilities = Map::from_iter([("webkitgtk:browserOptions".to_owned(), options)]);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{port}");
        let session = builder.capabilities(capabilities).connect(&address);
        match timeout(WINDOW, session).await {
            Ok(Ok(client)) => Ok((driver, Page(client))),
            Ok(Err(error)) => Err(StageError::Page(error.to_string())),
            Err(_elapsed) => Err(StageError::Late {
                what: "a window for WebDriver".to_owned(),
                limit: WINDOW,
                seen: driver.log_tail(5),
            }),
        }
    }
}

impl Page {
    /// The page's text, once `words` are in it. What is cut off on the screen counts too.
    ///
    /// # Errors
    /// When the words do not come within `limit`.
    pub async fn says(&self, words: &str, limit: Duration) -> Result<String, StageError> {
        until(limit, &format!("\"{words}\" in the page"), async || {
            let text = self.execute("return document.body.textContent", Vec::new()).await;
            let text = text.map_err(|error| error.to_string())?;
            let text = text.as_str().unwrap_or_default().to_owned();
            if text.contains(words) { Ok(text) } else { Err(text) }
        })
        .await
    }

    /// The first element for an XPath, once it is there.
    ///
    /// # Errors
    /// When it does not come within `limit`; the page's text is what was seen instead.
    pub async fn element(&self, path: &str, limit: Duration) -> Result<Element, StageError> {
        until(limit, path, async || match self.find(Locator::XPath(path)).await {
            Ok(element) => Ok(element),
            Err(error) if error.is_no_such_element() => {
                let text = self.execute("return document.body.textContent", Vec::new()).await;
                Err(text.map_err(|error| error.to_string())?.as_str().unwrap_or_default().to_owned())
            }
            Err(error) => Err(error.to_string()),
        })
        .await
    }

    /// Clicks the first element for an XPath, once it is there.
    ///
    /// # Errors
    /// When it does not come within `limit`, or cannot be clicked.
    pub async fn press(&self, path: &str, limit: Duration) -> Result<(), StageError> {
        // Rows come and go under the pointer, so an element that has just gone is looked for again.
        until(limit, &format!("a click on {path}"), async || {
            let element = self.find(Locator::XPath(path)).await.map_err(|error| error.to_string())?;
            element.click().await.map_err(|error| error.to_string())
        })
        .await
    }

    /// Presses the right button on an element, which is when a menu opens.
    ///
    /// The button stays down until the next right click: the driver lets go of it as if it were the left one,
    /// and that closes the menu.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn right_click(&self, element: Element) -> Result<(), StageError> {
        let over = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let mouse = MouseActions::new("mouse".to_owned())
            .then(over)
            .then(PointerAction::Down { button: MOUSE_BUTTON_RIGHT });
        let pressed = async {
            self.release_actions().await?;
            self.perform_actions(mouse).await
        };
        match timeout(ACT, pressed).await {
            Ok(done) => done.map_err(|error| StageError::Page(error.to_string())),
            Err(_elapsed) => Err(StageError::Late {
                what: "a right click".to_owned(),
                limit: ACT,
                seen: "no answer of the driver".to_owned(),
            }),
        }
    }

    /// Types into the element that has the focus. Special characters of WebDriver are keys.
    ///
    /// # Errors
    /// When nothing has the focus, or the driver refuses.
    pub async fn type_text(&self, text: &str) -> Result<(), StageError> {
        let typed = async { self.active_element().await?.send_keys(text).await };
        typed.await.map_err(|error| StageError::Page(error.to_string()))
    }
}
