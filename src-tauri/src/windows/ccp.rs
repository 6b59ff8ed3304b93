//! The hidden CCP window: a light page of the Connect instance, or our own where its origin is approved, into
//! which our script brings the untouched amazon-connect-streams library. It may call one command; what it says is
//! untrusted.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use app::{
    Request, Requests,
    host::{CcpPage, CcpPlan},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use subtle::ConstantTimeEq;
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, ipc::CapabilityBuilder,
    webview::NewWindowResponse,
};
use thiserror::Error;
use url::Url;
use uuid::Uuid;

use super::{CONNECT_PROFILE, destroy, own_page};
use crate::folder::Folder;

/// Its label, and the only one whose messages are taken.
pub const LABEL: &str = "ccp";

/// The one thing this window may do.
pub const PERMISSION: &str = "allow-ccp-event";

/// A snapshot of an agent with fifty statuses and ten contacts has about 20 KiB.
const LONGEST: usize = 256 * 1024;

const STREAMS: &str = include_str!("../../../ui/dist-ccp/connect-streams-min.js");
const HOST_SCRIPT: &str = include_str!("../../../ui/dist-ccp/host.js");

/// Why a message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// From another window.
    #[error("a message for the CCP came from another window and was refused")]
    Window,
    /// Without the token of the present window.
    #[error("a message of the CCP window had the wrong token and was refused")]
    Token,
    /// Too long.
    #[error("a message of the CCP window was longer than {LONGEST} bytes and was refused")]
    Size,
}

/// What the shell remembers of the CCP window.
#[derive(Default)]
pub struct Gate(Mutex<State>);

#[derive(Default)]
struct State {
    /// Random for each window. A frame of the same origin could read it: a hurdle, not a wall.
    token: Option<SecretString>,
    /// Origins that have their capability. None can be taken back while the program runs.
    allowed: HashSet<String>,
    /// The origin that our own page may frame.
    framed: Option<String>,
}

impl Gate {
    /// Says whether a message is taken.
    pub fn check(&self, label: &str, token: SecretString, message: &str) -> Result<(), Refused> {
        if label != LABEL {
            return Err(Refused::Window);
        }
        let fits = self.state().token.as_ref().is_some_and(|known| {
            bool::from(known.expose_secret().as_bytes().ct_eq(token.expose_secret().as_bytes()))
        });
        // Dropped here, so that it is wiped before anything is answered.
        drop(token);
        if !fits {
            return Err(Refused::Token);
        }
        if message.len() > LONGEST { Err(Refused::Size) } else { Ok(()) }
    }

    /// The origin that our own page may frame; None before there is a window.
    pub fn framed(&self) -> Option<String> {
        self.state().framed.clone()
    }

    fn renew(&self) -> SecretString {
        let token = SecretString::from(format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()));
        self.state().token = Some(token.clone());
        token
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes the window, if there is one, and opens it anew.
pub async fn open(
    app: &AppHandle,
    requests: &Requests,
    folder: &Folder,
    plan: &CcpPlan,
) -> tauri::Result<()> {
    destroy(app, LABEL).await?;
    let gate = app.state::<Gate>();
    let instance = plan.origin.origin().ascii_serialization();
    let (page, origin) = match &plan.page {
        CcpPage::OfInstance(page) => (WebviewUrl::External(page.clone()), instance.clone()),
        CcpPage::Ours => (WebviewUrl::CustomProtocol(own_page::address()?), own_page::ORIGIN.to_owned()),
    };
    if !gate.state().allowed.contains(&origin) {
        let id = format!("ccp-{}", gate.state().allowed.len());
        let capability = CapabilityBuilder::new(id).webview(LABEL).permission(PERMISSION);
        app.add_capability(match plan.page {
            // The pattern must end in `/*`: the check sees the origin only, or the whole address, by transport.
            CcpPage::OfInstance(_) => capability.local(false).remote(format!("{origin}/*")),
            CcpPage::Ours => capability.local(true),
        })?;
        gate.state().allowed.insert(origin);
    }
    gate.state().framed = Some(instance);
    let allowed = plan.origin.origin();
    let ours = plan.page == CcpPage::Ours;
    let window = WebviewWindowBuilder::new(app, LABEL, page)
        .title("ConnectPath Teams: Connect session")
        .visible(false)
        .focused(false)
        .skip_taskbar(true)
        .data_directory(folder.profile(CONNECT_PROFILE)?)
        // Windows serves our own page from a host; only https ones can be approved.
        .use_https_scheme(true)
        .initialization_script(script(&plan.ccp, &gate.renew()))
        // Called for the CCP's frame too, on some systems.
        .on_navigation(move |url| {
            url.origin() == allowed || url.scheme() == "about" || (ours && own_page::is(url))
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    watch(&window, requests.clone())
}

/// Runs a script in the window's page. Without a window nothing happens: whoever asked waits for a message.
pub fn run(app: &AppHandle, script: String) -> tauri::Result<()> {
    app.get_webview_window(LABEL).map_or(Ok(()), |window| window.eval(script))
}

/// Runs in the top frame only: Windows adds it to every frame.
fn script(ccp: &Url, token: &SecretString) -> String {
    let config = json!({ "ccpUrl": ccp, "token": token.expose_secret() });
    format!("if (window.top === window) {{\nconst CONFIG = {config};\n{STREAMS}\n;\n{HOST_SCRIPT}\n}}")
}

/// Tells when the page's process dies or the page cannot be loaded.
#[cfg(target_os = "linux")]
fn watch(window: &WebviewWindow, requests: Requests) -> tauri::Result<()> {
    use webkit2gtk::{NetworkError, WebViewExt};
    window.with_webview(move |view| {
        let view = view.inner();
        // A dialog in a window that nobody sees would stop the page for ever.
        view.connect_script_dialog(|_, _| true);
        let failed = requests.clone();
        view.connect_load_failed(move |_, _, _, error| {
            if !error.matches(NetworkError::Cancelled) {
                tracing::warn!("the page of the CCP window could not be loaded: {error}");
                failed.send(Request::CcpDied);
            }
            false
        });
        view.connect_web_process_terminated(move |_, reason| {
            tracing::warn!("the process of the CCP window ended: {reason:?}");
            requests.send(Request::CcpDied);
        });
    })
}

/// On macOS the builder's own hook tells it (see `run`); on Windows the controller's time limits notice it.
#[cfg(not(target_os = "linux"))]
#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
fn watch(_window: &WebviewWindow, _requests: Requests) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_present_window_with_its_token_is_heard() {
        let gate = Gate::default();
        assert_eq!(gate.check(LABEL, "".into(), "{}"), Err(Refused::Token), "before there is a window");
        let old = gate.renew();
        let token = gate.renew();
        assert_eq!(gate.check(LABEL, token.clone(), "{}"), Ok(()));
        assert_eq!(gate.check(LABEL, old, "{}"), Err(Refused::Token));
        assert_eq!(gate.check("connect-login", token, "{}"), Err(Refused::Window));
    }

    #[test]
    fn a_message_has_a_limit() {
        let gate = Gate::default();
        let token = gate.renew();
        assert_eq!(gate.check(LABEL, token.clone(), &"x".repeat(LONGEST)), Ok(()));
        assert_eq!(gate.check(LABEL, token, &"x".repeat(LONGEST + 1)), Err(Refused::Size));
    }

    #[test]
    fn the_script_is_guarded_and_carries_its_configuration_as_json() {
        let ccp = Url::parse("https://contoso.my.connect.aws/ccp-v2/?a=\"</script>").expect("an address");
        let script = script(&ccp, &"secret".into());
        assert!(script.starts_with("if (window.top === window) {"));
        let line = script.lines().nth(1).expect("the configuration");
        let config = line.trim_start_matches("const CONFIG = ").trim_end_matches(';');
        let config: serde_json::Value = serde_json::from_str(config).expect("JSON");
        assert_eq!(config["ccpUrl"], ccp.as_str());
        assert_eq!(config["token"], "secret");
    }
}
