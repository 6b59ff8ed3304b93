//! What windows may call. Each command checks its input, sends one request and hands back the answer;
//! nothing is decided here.

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
        gate::{Complaint, Gate, LABEL, Refused},
        set_ground,
    },
};

/// How many questions of the windows may be without an answer. Some are answered by reading the whole timeline.
const QUESTIONS: usize = 32;

static OPEN_QUESTIONS: Semaphore = Semaphore::const_new(QUESTIONS);

/// The rows of a screen ask for their photos at once, which must keep nobody from asking for the view.
static OPEN_PHOTOS: Semaphore = Semaphore::const_new(4 * QUESTIONS);

/// Why a command has no answer.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The controller has ended: the application is being closed.
    #[error("the application is closing")]
    Ended,
    /// The windows ask for more than can be answered.
    #[error(transparent)]
    QueueFull(#[from] QueueFull),
    /// The CCP window said something that is not taken.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl Serialize for CommandError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Everything the drawer shows but the list.
#[tauri::command]
pub async fn view(requests: State<'_, Requests>) -> Result<View, CommandError> {
    ask(&requests, Request::View).await
}

/// A part of the list.
#[tauri::command]
pub async fn lines(requests: State<'_, Requests>, start: u32, count: u32) -> Result<Lines, CommandError> {
    ask(&requests, |answer| Request::Lines { start, count, answer }).await
}

/// A photo that a line has named, as a `data:` address; none if it is not there any more.
#[tauri::command]
pub async fn photo(
    requests: State<'_, Requests>,
    person: String,
    version: String,
) -> Result<Option<String>, CommandError> {
    ask_within(&OPEN_PHOTOS, &requests, |answer| Request::Photo { person, version, answer }).await
}

/// The page shows what is true now, in a dark theme or not, and its window may be seen.
#[tauri::command]
pub fn rendered(window: WebviewWindow, windows: State<'_, Windows>, dark: bool) {
    if let Err(error) = set_ground(&window, dark) {
        tracing::debug!("a window keeps the ground of the system: {error}");
    }
    windows.rendered(window.label());
}

/// A button or key.
#[tauri::command]
pub fn act(app: AppHandle, requests: State<'_, Requests>, action: Action) -> Result<(), CommandError> {
    if matches!(action, Action::Quit) {
        // Always taken: whoever wants to quit does not wait in a queue.
        quit::ask(&app, &requests);
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

/// Writes the timeline where the person says. The page names neither the folder nor the file.
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

/// The client secret that was entered in the wizard. It goes on at once and never comes back.
#[tauri::command]
pub fn setup_secret(requests: State<'_, Requests>, secret: String) -> Result<(), CommandError> {
    Ok(requests.offer(RequestSource::Window, Request::SetupSecret(secret.into()))?)
}

/// The password of the proxy that was entered; an empty one takes it away. It goes on at once and never comes back.
#[tauri::command]
pub fn proxy_password(requests: State<'_, Requests>, password: String) -> Result<(), CommandError> {
    Ok(requests.offer(RequestSource::Window, Request::ProxyPassword(password.into()))?)
}

/// Writes the policy of what the wizard shows where the person says. The page names neither the folder nor the file.
#[tauri::command]
pub async fn export_policy(requests: State<'_, Requests>) -> Result<Exported, CommandError> {
    ask(&requests, Request::ExportPolicy).await
}

/// The states that can be tried on the tables.
#[tauri::command]
pub async fn what_if_choices(requests: State<'_, Requests>) -> Result<WhatIfChoices, CommandError> {
    ask(&requests, Request::WhatIfChoices).await
}

/// What the tables of the wizard, or those in force, make of a pair of states.
#[tauri::command]
pub async fn what_if(
    requests: State<'_, Requests>,
    question: WhatIfQuestion,
) -> Result<WhatIfAnswer, CommandError> {
    ask(&requests, |answer| Request::WhatIf { question, answer }).await
}

/// The recorded timeline with the tables of the wizard, or with those in force.
#[tauri::command]
pub async fn replay(requests: State<'_, Requests>) -> Result<ReplayAnswer, CommandError> {
    ask(&requests, Request::Replay).await
}

/// A message of the CCP window. The text is untrusted and goes on as it is. What is refused goes no further than this,
/// and a page that goes on sending loses its window.
#[tauri::command]
pub fn ccp_event(
    webview: Webview,
    requests: State<'_, Requests>,
    gate: State<'_, Gate>,
    token: String,
    message: String,
) -> Result<(), CommandError> {
    let (label, now) = (webview.label(), Instant::now());
    let taken = gate
        .check(label, token.into(), &message, now)
        .and_then(|()| Ok(requests.offer(RequestSource::Ccp, Request::Ccp(message))?));
    if let Err(refused) = &taken
        && label == LABEL
    {
        match gate.complain(now) {
            Complaint::Log => tracing::warn!("{refused}"),
            Complaint::Close => {
                tracing::warn!("the CCP window is closed, because its page goes on sending: {refused}");
                ccp::close(webview.app_handle());
                requests.send(Request::CcpDied);
            }
            Complaint::Ignore => {}
        }
    }
    Ok(taken?)
}

async fn ask<T>(
    requests: &Requests,
    request: impl FnOnce(oneshot::Sender<T>) -> Request,
) -> Result<T, CommandError> {
    ask_within(&OPEN_QUESTIONS, requests, request).await
}

/// Holds a part of `room` until the answer is there.
async fn ask_within<T>(
    room: &Semaphore,
    requests: &Requests,
    request: impl FnOnce(oneshot::Sender<T>) -> Request,
) -> Result<T, CommandError> {
    let _part = room.try_acquire().map_err(|_| QueueFull)?;
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
        let room = Semaphore::new(2);
        let mut waits = Context::from_waker(std::task::Waker::noop());
        {
            let mut first = pin!(ask_within(&room, &requests, Request::Replay));
            let mut second = pin!(ask_within(&room, &requests, Request::Replay));
            assert!(first.as_mut().poll(&mut waits).is_pending());
            assert!(second.as_mut().poll(&mut waits).is_pending());
            let mut third = pin!(ask_within(&room, &requests, Request::Replay));
            let refused = third.as_mut().poll(&mut waits);
            assert!(matches!(refused, Poll::Ready(Err(CommandError::QueueFull(QueueFull)))), "at once");
        }
        drop(inbox);
        let mut later = pin!(ask_within(&room, &requests, Request::Replay));
        let ended = later.as_mut().poll(&mut waits);
        assert!(matches!(ended, Poll::Ready(Err(CommandError::Ended))), "what is over makes room");
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

    /// The commands that a capability file gives to the one window of its name.
    fn allowed(label: &str, file: &str) -> BTreeSet<String> {
        let capability: serde_json::Value = serde_json::from_str(file).expect("JSON");
        assert_eq!(capability["windows"], serde_json::json!([label]));
        assert!(capability.get("remote").is_none(), "no remote page is the window {label}");
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
    fn every_window_may_call_what_it_needs_and_no_command_is_left_over() {
        let drawer = allowed("drawer", include_str!("../capabilities/drawer.json"));
        let settings = allowed("settings", include_str!("../capabilities/settings.json"));
        let shared: Vec<&String> = drawer.intersection(&settings).collect();
        assert_eq!(shared, ["allow-act", "allow-rendered"], "the other commands are one window's only");
        let mut all: BTreeSet<String> = drawer.union(&settings).cloned().collect();
        assert!(all.insert(ccp::PERMISSION.to_owned()), "the CCP's command is no other window's");
        let expected: BTreeSet<String> =
            declared().iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        assert_eq!(all, expected);
    }

    /// Tauri gives each of them a nonce, and with one in the policy `'unsafe-inline'` does not count: every style of Fluent
    /// would be refused.
    #[test]
    fn no_page_has_a_style_in_it() {
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
