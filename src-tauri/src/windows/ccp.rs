//! The hidden CCP window: a light page of the Connect instance, or our own where its origin is approved, into
//! which our script brings the untouched amazon-connect-streams library. It may call one command; what it says is
//! untrusted.

mod flood;
#[cfg_attr(target_os = "linux", path = "ccp/linux.rs")]
#[cfg_attr(target_os = "macos", path = "ccp/macos.rs")]
#[cfg_attr(windows, path = "ccp/windows.rs")]
mod watch;

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use app::{
    LONGEST_MESSAGE, QueueFull, Requests,
    host::{CcpPage, CcpPlan},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use subtle::ConstantTimeEq;
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindowBuilder, ipc::CapabilityBuilder,
    utils::config::BackgroundThrottlingPolicy, webview::NewWindowResponse,
};
use thiserror::Error;
use url::Url;
use uuid::Uuid;

use self::flood::{Bucket, Burst};
use super::{CONNECT_PROFILE, destroy, own_page};
use crate::folder::Folder;

/// Its label, and the only one whose messages are taken.
pub const LABEL: &str = "ccp";

/// The one thing this window may do.
pub const PERMISSION: &str = "allow-ccp-event";

/// Messages that the page may send in a second, and at once.
const MESSAGES_A_SECOND: u32 = 40;

/// Bytes that the page may send in a second, and at once.
const BYTES_A_SECOND: u32 = 4 * 1024 * 1024;

const STREAMS: &str = include_str!("../../../ui/dist-ccp/connect-streams-min.js");
const HOST_SCRIPT: &str = include_str!("../../../ui/dist-ccp/host.js");

/// Why a message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// From another window.
    #[error("a message for the CCP came from another window and was refused")]
    Window,
    /// Without the token of the current window.
    #[error("a message of the CCP window had the wrong token and was refused")]
    Token,
    /// Too long.
    #[error("a message of the CCP window was longer than {LONGEST_MESSAGE} bytes and was refused")]
    Size,
    /// More messages than a page at work sends.
    #[error("the CCP window sent more than {MESSAGES_A_SECOND} messages a second, and one was refused")]
    TooMany,
    /// More bytes than a page at work sends.
    #[error("the CCP window sent more than {BYTES_A_SECOND} bytes a second, and a message was refused")]
    TooMuch,
    /// The controller has not read what was sent before.
    #[error("a message of the CCP window was refused: {0}")]
    Unread(#[from] QueueFull),
}

/// What is to be done about a refused message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// The first after a quiet time: it is logged.
    Log,
    /// The page goes on without end: its window is closed.
    Close,
    /// One more of a burst that was logged.
    Ignore,
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
    messages: Bucket<MESSAGES_A_SECOND>,
    bytes: Bucket<BYTES_A_SECOND>,
    refused: Burst,
}

impl Gate {
    /// Says whether a message that came at `now` is taken. One with the wrong token takes nothing of what the page
    /// may send.
    pub fn check(
        &self,
        label: &str,
        token: SecretString,
        message: &str,
        now: Instant,
    ) -> Result<(), Refused> {
        if label != LABEL {
            return Err(Refused::Window);
        }
        let mut state = self.state();
        let fits = state.token.as_ref().is_some_and(|known| {
            bool::from(known.expose_secret().as_bytes().ct_eq(token.expose_secret().as_bytes()))
        });
        // Dropped here, so that it is wiped before anything is answered.
        drop(token);
        if !fits {
            return Err(Refused::Token);
        }
        if message.len() > LONGEST_MESSAGE {
            return Err(Refused::Size);
        }
        if !state.messages.take(1, now) {
            return Err(Refused::TooMany);
        }
        // Longer than the bucket is deep only if it is longer than any message may be.
        let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
        if state.bytes.take(length, now) { Ok(()) } else { Err(Refused::TooMuch) }
    }

    /// Counts a message that was refused at `now`.
    pub fn complain(&self, now: Instant) -> Complaint {
        self.state().refused.add(now)
    }

    /// The origin that our own page may frame; None before there is a window.
    pub fn framed(&self) -> Option<String> {
        self.state().framed.clone()
    }

    fn renew(&self) -> SecretString {
        let token = SecretString::from(format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()));
        let mut state = self.state();
        state.token = Some(token.clone());
        // What the last window did wrong is not held against this one.
        state.refused = Burst::default();
        drop(state);
        token
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes the window, if there is one, and opens it again.
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
        // macOS would suspend the page some minutes after it was hidden, and it is never shown.
        .background_throttling(BackgroundThrottlingPolicy::Disabled)
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
    watch::watch(&window, requests.clone())
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

/// Closes the window, so that its page ends. Whoever needs it opens another one.
pub fn close(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL)
        && let Err(error) = window.destroy()
    {
        tracing::error!("the CCP window could not be closed: {error}");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_the_current_window_with_its_token_is_heard() {
        let (gate, now) = (Gate::default(), Instant::now());
        let early = gate.check(LABEL, "".into(), "{}", now);
        assert_eq!(early, Err(Refused::Token), "before there is a window");
        let old = gate.renew();
        let token = gate.renew();
        assert_eq!(gate.check(LABEL, token.clone(), "{}", now), Ok(()));
        assert_eq!(gate.check(LABEL, old, "{}", now), Err(Refused::Token));
        assert_eq!(gate.check("connect-login", token, "{}", now), Err(Refused::Window));
    }

    #[test]
    fn a_message_has_a_limit() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        assert_eq!(gate.check(LABEL, token.clone(), &"x".repeat(LONGEST_MESSAGE), now), Ok(()));
        let longer = "x".repeat(LONGEST_MESSAGE + 1);
        assert_eq!(gate.check(LABEL, token, &longer, now), Err(Refused::Size));
    }

    #[test]
    fn a_flood_of_messages_ends_at_the_gate_and_the_next_second_is_open() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        let answers: Vec<_> = (0..100).map(|_| gate.check(LABEL, token.clone(), "{}", now)).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 40);
        assert_eq!(answers.last(), Some(&Err(Refused::TooMany)));
        assert_eq!(gate.check(LABEL, token, "{}", now + Duration::from_secs(1)), Ok(()));
    }

    #[test]
    fn a_flood_of_bytes_ends_at_the_gate() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        let long = "x".repeat(LONGEST_MESSAGE);
        let answers: Vec<_> = (0..40).map(|_| gate.check(LABEL, token.clone(), &long, now)).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 16);
        assert_eq!(answers.last(), Some(&Err(Refused::TooMuch)));
    }

    #[test]
    fn messages_with_the_wrong_token_leave_room_for_those_of_the_page() {
        let (gate, now) = (Gate::default(), Instant::now());
        let token = gate.renew();
        for _ in 0..1_000 {
            assert_eq!(gate.check(LABEL, "guessed".into(), "{}", now), Err(Refused::Token));
        }
        assert_eq!(gate.check(LABEL, token, "{}", now), Ok(()));
    }

    #[test]
    fn a_new_window_begins_without_the_refusals_of_the_last_one() {
        let (gate, now) = (Gate::default(), Instant::now());
        gate.renew();
        while gate.complain(now) != Complaint::Close {}
        gate.renew();
        assert_eq!(gate.complain(now), Complaint::Log);
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
