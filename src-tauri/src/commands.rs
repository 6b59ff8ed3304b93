//! The commands that windows may call. Each checks its input, sends one request and returns the answer. Nothing is
//! decided here.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments to a command by value")]

#[cfg(test)]
mod names;

use std::time::Instant;

use app::{QueueFull, Request, RequestSource, Requests};
use serde::{Serialize, Serializer};
use tauri::{AppHandle, Manager, State, Webview, WebviewWindow};
use thiserror::Error;
use tokio::sync::{Semaphore, oneshot};
use view::{
    Action, Exported, Lines, RecentCalls, View,
    controls::Controls,
    doctor::DoctorPage,
    setup::SetupPage,
    timeline::{ReplayAnswer, TimelinePage, TimelineTab, WhatIfAnswer, WhatIfChoices, WhatIfQuestion},
};

use crate::{
    quit,
    windows::{
        Windows, ccp,
        gate::{Gate, LABEL, Reaction, Refused},
        set_background,
    },
};

/// How many questions of the windows may wait for an answer at once. Some need the whole timeline to be read.
const MAX_OPEN_QUESTIONS: usize = 32;

static OPEN_QUESTIONS: Semaphore = Semaphore::const_new(MAX_OPEN_QUESTIONS);

/// Photos are counted apart: the rows of a screen request them all at once, and must not block the other questions.
static OPEN_PHOTOS: Semaphore = Semaphore::const_new(4 * MAX_OPEN_QUESTIONS);

/// Why a command has no answer.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The controller has ended: the application is being closed.
    #[error("the application is closing")]
    Ended,
    /// The windows ask for more than can be answered.
    #[error(transparent)]
    QueueFull(#[from] QueueFull),
    /// A message of the CCP window was refused.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl Serialize for CommandError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Everything that the drawer shows except the list.
#[tauri::command]
pub async fn view(requests: State<'_, Requests>) -> Result<View, CommandError> {
    ask(&requests, Request::View).await
}

/// A part of the list.
#[tauri::command]
pub async fn lines(requests: State<'_, Requests>, start: u32, count: u32) -> Result<Lines, CommandError> {
    ask(&requests, |answer| Request::Lines { start, count, answer }).await
}

/// A photo that a line names, as a `data:` address; none if it no longer exists.
#[tauri::command]
pub async fn photo(
    requests: State<'_, Requests>,
    person: String,
    version: String,
) -> Result<Option<String>, CommandError> {
    ask_within(&OPEN_PHOTOS, &requests, |answer| Request::Photo { person, version, answer }).await
}

/// Reports that the page shows the current state, in a dark theme or not, so that its window may be shown.
#[tauri::command]
pub fn rendered(window: WebviewWindow, windows: State<'_, Windows>, dark: bool) {
    if let Err(error) = set_background(&window, dark) {
        tracing::debug!("a window keeps the background of the system: {error}");
    }
    windows.rendered(window.label());
}

/// A button or key.
#[tauri::command]
pub fn act(app: AppHandle, requests: State<'_, Requests>, action: Action) -> Result<(), CommandError> {
    if matches!(action, Action::Quit) {
        // Quitting never waits in the queue.
        quit::request_quit(&app, &requests);
        return Ok(());
    }
    Ok(requests.offer(RequestSource::Window, Request::Act(action))?)
}

/// A part of the timeline, newest first.
#[tauri::command]
pub async fn timeline(
    requests: State<'_, Requests>,
    tab: TimelineTab,
    offset: u32,
    count: u32,
) -> Result<TimelinePage, CommandError> {
    ask(&requests, |answer| Request::Timeline { tab, offset, count, answer }).await
}

/// Writes the timeline to the file that the person chooses. The page names neither the folder nor the file.
#[tauri::command]
pub async fn export_timeline(requests: State<'_, Requests>) -> Result<Exported, CommandError> {
    ask(&requests, Request::ExportTimeline).await
}

/// The recent calls with people of the list.
#[tauri::command]
pub async fn recent_calls(requests: State<'_, Requests>) -> Result<RecentCalls, CommandError> {
    ask(&requests, Request::RecentCalls).await
}

/// The settings that a person may change.
#[tauri::command]
pub async fn controls(requests: State<'_, Requests>) -> Result<Controls, CommandError> {
    ask(&requests, Request::Controls).await
}

/// What doctor has found so far.
#[tauri::command]
pub async fn doctor(requests: State<'_, Requests>) -> Result<DoctorPage, CommandError> {
    ask(&requests, Request::Doctor).await
}

/// The current state of the set-up wizard.
#[tauri::command]
pub async fn setup(requests: State<'_, Requests>) -> Result<SetupPage, CommandError> {
    ask(&requests, Request::Setup).await
}

/// Takes the client secret that was entered in the wizard. It is passed on at once and never returned.
#[tauri::command]
pub fn setup_secret(requests: State<'_, Requests>, secret: String) -> Result<(), CommandError> {
    Ok(requests.offer(RequestSource::Window, Request::SetupSecret(secret.into()))?)
}

/// Takes the password of the proxy that was entered; an empty one deletes it. It is passed on at once and never returned.
#[tauri::command]
pub fn proxy_password(requests: State<'_, Requests>, password: String) -> Result<(), CommandError> {
    Ok(requests.offer(RequestSource::Window, Request::ProxyPassword(password.into()))?)
}

/// Writes the wizard's settings as a policy to the file that the person chooses. The page names neither the folder nor
/// the file.
#[tauri::command]
pub async fn export_policy(requests: State<'_, Requests>) -> Result<Exported, CommandError> {
    ask(&requests, Request::ExportPolicy).await
}

/// The states that can be tried on the tables.
#[tauri::command]
pub async fn what_if_choices(requests: State<'_, Requests>) -> Result<WhatIfChoices, CommandError> {
    ask(&requests, Request::WhatIfChoices).await
}

/// What follows from a pair of states by the tables of the wizard, or by the current ones.
#[tauri::command]
pub async fn what_if(
    requests: State<'_, Requests>,
    question: WhatIfQuestion,
) -> Result<WhatIfAnswer, CommandError> {
    ask(&requests, |answer| Request::WhatIf { question, answer }).await
}

/// Replays the recorded timeline with the tables of the wizard, or with the current ones.
#[tauri::command]
pub async fn replay(requests: State<'_, Requests>) -> Result<ReplayAnswer, CommandError> {
    ask(&requests, Request::Replay).await
}

/// Takes a message of the CCP window. The text is untrusted and passed on unchanged. A refused message is dropped, and
/// the window is closed if its page continues to send.
#[tauri::command]
pub fn ccp_event(
    webview: Webview,
    requests: State<'_, Requests>,
    gate: State<'_, Gate>,
    token: String,
    message: String,
) -> Result<(), CommandError> {
    let (label, now) = (webview.label(), Instant::now());
    let accepted = gate
        .check(label, token.into(), &message, now)
        .and_then(|()| Ok(requests.offer(RequestSource::Ccp, Request::Ccp(message))?));
    if let Err(refused) = &accepted
        && label == LABEL
    {
        match gate.count_refusal(now) {
            Reaction::Log => tracing::warn!("{refused}"),
            Reaction::Close => {
                tracing::warn!("the CCP window is closed, because its page continues to send: {refused}");
                ccp::close(webview.app_handle());
                requests.send(Request::CcpDied);
            }
            Reaction::Ignore => {}
        }
    }
    Ok(accepted?)
}

async fn ask<T>(
    requests: &Requests,
    request: impl FnOnce(oneshot::Sender<T>) -> Request,
) -> Result<T, CommandError> {
    ask_within(&OPEN_QUESTIONS, requests, request).await
}

/// Sends a request and waits for its answer. Holds one of `permits` until then.
async fn ask_within<T>(
    permits: &Semaphore,
    requests: &Requests,
    request: impl FnOnce(oneshot::Sender<T>) -> Request,
) -> Result<T, CommandError> {
    let _permit = permits.try_acquire().map_err(|_| QueueFull)?;
    let (sender, receiver) = oneshot::channel();
    requests.send(request(sender));
    receiver.await.map_err(|_| CommandError::Ended)
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        future::Future,
        pin::pin,
        task::{Context, Poll},
    };

    use super::*;

    #[test]
    fn questions_without_an_answer_are_bounded() {
        let (requests, inbox) = app::channel();
        let permits = Semaphore::new(2);
        let mut context = Context::from_waker(std::task::Waker::noop());
        {
            let mut first = pin!(ask_within(&permits, &requests, Request::Replay));
            let mut second = pin!(ask_within(&permits, &requests, Request::Replay));
            assert!(first.as_mut().poll(&mut context).is_pending());
            assert!(second.as_mut().poll(&mut context).is_pending());
            let mut third = pin!(ask_within(&permits, &requests, Request::Replay));
            let refused = third.as_mut().poll(&mut context);
            assert!(matches!(refused, Poll::Ready(Err(CommandError::QueueFull(QueueFull)))), "at once");
        }
        drop(inbox);
        let mut later = pin!(ask_within(&permits, &requests, Request::Replay));
        let ended = later.as_mut().poll(&mut context);
        assert!(
            matches!(ended, Poll::Ready(Err(CommandError::Ended))),
            "an answered question returns its permit"
        );
    }

    fn declared() -> BTreeSet<String> {
        names::ALL.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn every_registered_command_is_declared() {
        let source = include_str!("run.rs");
        let (_, list) = source.split_once("generate_handler![").expect("a list of commands");
        let (list, _) = list.split_once(']').expect("its end");
        let registered: BTreeSet<String> = list
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| entry.strip_prefix("commands::").expect("a command of this module").to_owned())
            .collect();
        assert_eq!(registered, declared());
    }

    /// The commands that a capability file permits to the one window of its name.
    fn permitted_commands(label: &str, file: &str) -> BTreeSet<String> {
        let capability: serde_json::Value = serde_json::from_str(file).expect("JSON");
        assert_eq!(capability["windows"], serde_json::json!([label]));
        assert!(capability.get("remote").is_none(), "no remote page may use the window {label}");
        let permissions: Vec<&str> = capability["permissions"]
            .as_array()
            .expect("permissions")
            .iter()
            .map(|permission| permission.as_str().expect("text"))
            .collect();
        let (core, own): (Vec<_>, Vec<_>) =
            permissions.into_iter().partition(|name| name.starts_with("core:"));
        let zoom = "core:webview:allow-set-webview-zoom";
        assert_eq!(core, [zoom, "core:event:allow-listen", "core:event:allow-unlisten"]);
        own.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn every_command_is_permitted_to_a_window_and_only_two_are_shared() {
        let drawer = permitted_commands("drawer", include_str!("../capabilities/drawer.json"));
        let settings = permitted_commands("settings", include_str!("../capabilities/settings.json"));
        let shared: Vec<&String> = drawer.intersection(&settings).collect();
        assert_eq!(shared, ["allow-act", "allow-rendered"], "each other command belongs to one window");
        let mut all: BTreeSet<String> = drawer.union(&settings).cloned().collect();
        assert!(all.insert(ccp::PERMISSION.to_owned()), "no other window has the CCP's command");
        let expected: BTreeSet<String> =
            declared().iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        assert_eq!(all, expected);
    }

    /// Tauri gives each inline style a nonce. With a nonce in the policy `'unsafe-inline'` is ignored, and every style of
    /// Fluent would be refused.
    #[test]
    fn no_page_has_an_inline_style() {
        for page in [include_str!("../../ui/index.html"), include_str!("../../ui/settings.html")] {
            assert!(!page.contains("<style") && !page.contains("style="), "{page}");
        }
    }

    #[test]
    fn the_content_policy_names_no_remote_source() {
        let config: serde_json::Value =
            serde_json::from_str(include_str!("../tauri.conf.json")).expect("JSON");
        let policy = config["app"]["security"]["csp"].as_object().expect("a policy");
        for (directive, sources) in policy {
            for source in sources.as_str().expect("text").split_whitespace() {
                let known = match source {
                    "'self'" | "'none'" => true,
                    "'unsafe-inline'" => directive == "style-src",
                    "data:" => directive == "img-src",
                    "ipc:" | "http://ipc.localhost" => directive == "connect-src",
                    _ => false,
                };
                assert!(known, "{directive} {source}");
            }
        }
        assert_eq!(policy["default-src"], "'self'");
        assert_eq!(config["app"]["withGlobalTauri"], false);
    }
}
