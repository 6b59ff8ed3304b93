//! What happens to the agent, as server-sent events for the panel's page: `agent` with every change and at least every
//! 30 s, `trouble` when the page has to break, and `ended` once when the session is over.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::Instant;

use super::Session;
use super::snapshot::{configuration, snapshot};
use crate::Site;
use crate::world::World;
use crate::world::agent::Login;
use crate::world::panel::{Load, PanelBreak};

/// The time-out of the library's long poll: a snapshot comes at least this often, whether or not anything changed.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);
/// How long the answer to a frozen page is held. WebKit gives a synchronous request up after 10 s (measured with 2.50).
const HOLD: Duration = Duration::from_secs(5);

pub(super) async fn feed(
    State(site): State<Arc<Site>>,
    Session(login): Session,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let feed = Feed::new(site.world.clone(), site.stop.clone(), login);
    let events = stream::unfold(feed, |mut feed| async {
        let message = feed.next().await?;
        Some((Ok(message.event()), feed))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// One event of the page.
#[derive(Debug, Clone, PartialEq)]
enum Message {
    Agent { snapshot: Value, configuration: Value },
    Trouble { how: PanelBreak, load: Load },
    Ended,
}

impl Message {
    fn event(self) -> Event {
        let (name, data) = match self {
            Self::Agent { snapshot, configuration } => {
                ("agent", json!({ "snapshot": snapshot, "configuration": configuration }))
            }
            Self::Trouble { how, load } => ("trouble", json!({ "how": how, "load": load })),
            Self::Ended => ("ended", json!({})),
        };
        Event::default().event(name).data(data.to_string())
    }
}

struct Feed {
    world: World,
    login: Login,
    load: Load,
    changes: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
    /// When the page was loaded; None after its first event.
    silent_since: Option<Instant>,
    /// When the latest snapshot went out, and which revisions of the agent, the statuses and the words it
    /// showed.
    latest: Option<(Instant, [u64; 3])>,
    /// How the page is broken, as far as it knows.
    broken: Option<PanelBreak>,
    ended: bool,
}

impl Feed {
    fn new(world: World, stop: watch::Receiver<bool>, login: Login) -> Self {
        // The first event has what changed before it.
        let changes = world.watch_agent();
        let (load, now) = (world.with(|state, _| state.panel.latest()), Instant::now());
        Self {
            world,
            login,
            load,
            changes,
            stop,
            silent_since: Some(now),
            latest: None,
            broken: None,
            ended: false,
        }
    }

    async fn next(&mut self) -> Option<Message> {
        if self.ended {
            return None;
        }
        loop {
            let wait = match self.next_message() {
                Ok(message) => {
                    self.silent_since = None;
                    return Some(message);
                }
                Err(wait) => wait,
            };
            tokio::select! {
                _ = self.stop.wait_for(|stop| *stop) => return None,
                changed = self.changes.changed() => changed.ok()?,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    // The next event, or how long to wait for it at most.
    fn next_message(&mut self) -> Result<Message, Duration> {
        let login = self.login;
        self.world.with(|state, now| {
            let late = self.silent_since.map(|since| state.panel.late().saturating_sub(since.elapsed()));
            if let Some(late) = late.filter(|late| !late.is_zero()) {
                return Err(late);
            }
            let broken = state.panel.broken(self.load);
            let known = std::mem::replace(&mut self.broken, broken);
            if let Some(how) = broken {
                self.latest = None;
                let load = self.load;
                return if known == broken {
                    Err(LONGEST_SILENCE)
                } else {
                    Ok(Message::Trouble { how, load })
                };
            }
            let agent = &state.agent;
            if agent.login() != Some(login) {
                self.ended = true;
                return Ok(Message::Ended);
            }
            // The world moves only when it is read, so this reads again when something is due.
            let due = agent.deadline().map(|due| due.duration_since(now).unsigned_abs());
            let revisions = [agent.revision(), state.statuses.revision(), state.spoken.revision()];
            let shown = self.latest.filter(|(_, shown)| *shown == revisions);
            let repeat = shown.map_or(Duration::ZERO, |(at, _)| LONGEST_SILENCE.saturating_sub(at.elapsed()));
            if !repeat.is_zero() {
                return Err(due.map_or(repeat, |due| due.min(repeat)));
            }
            self.latest = Some((Instant::now(), revisions));
            Ok(Message::Agent {
                snapshot: snapshot(agent, &state.statuses, &state.spoken, now),
                configuration: configuration(agent, &state.statuses, &state.spoken),
            })
        })
    }
}

/// Which load of the page asks.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    load: Load,
}

/// Holds the answer while the page of that load has to be frozen: 200 is to ask again, 204 to continue.
pub(super) async fn frozen(State(site): State<Arc<Site>>, Query(Asked { load }): Query<Asked>) -> StatusCode {
    let mut changes = site.world.watch_agent();
    let mut stop = site.stop.clone();
    let frozen = || {
        // If the page was loaded again, the load before it is released.
        site.world.with(|state, _| {
            state.panel.latest() == load && state.panel.broken(load) == Some(PanelBreak::Frozen)
        })
    };
    let thawed = async {
        while frozen() {
            if changes.changed().await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = thawed => StatusCode::NO_CONTENT,
        _ = stop.wait_for(|stop| *stop) => StatusCode::NO_CONTENT,
        () = tokio::time::sleep(HOLD) => StatusCode::OK,
    }
}

#[cfg(test)]
mod tests;
