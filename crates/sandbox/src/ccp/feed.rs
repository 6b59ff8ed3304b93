//! What happens to the agent, as server-sent events for the panel's page: `agent` with every change, and
//! `ended` once when the session is over.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::future::OptionFuture;
use futures_util::stream::{self, Stream};
use serde_json::json;
use tokio::sync::watch;

use super::Session;
use super::snapshot::{configuration, snapshot};
use crate::Site;
use crate::world::agent::Login;

pub(super) async fn feed(
    State(site): State<Arc<Site>>,
    Session(login): Session,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // What changed before the first look is told by the first look.
    let changes = site.world.watch_agent();
    let feed = Feed { stop: site.stop.clone(), changes, site, login, at: At::Start };
    let events =
        stream::unfold(feed, |feed| async { feed.next().await.map(|(event, feed)| (Ok(event), feed)) });
    Sse::new(events).keep_alive(KeepAlive::default())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Middle,
    End,
}

struct Feed {
    site: Arc<Site>,
    login: Login,
    changes: watch::Receiver<u64>,
    stop: watch::Receiver<bool>,
    at: At,
}

impl Feed {
    async fn next(mut self) -> Option<(Event, Self)> {
        match self.at {
            At::Start => self.at = At::Middle,
            At::Middle => loop {
                // What is due by itself happens when somebody looks.
                let due = self.site.world.with(|state, now| {
                    state.agent.deadline().map(|due| due.duration_since(now).unsigned_abs())
                });
                tokio::select! {
                    _ = self.stop.wait_for(|stop| *stop) => return None,
                    changed = self.changes.changed() => {
                        changed.ok()?;
                        break;
                    }
                    Some(()) = OptionFuture::from(due.map(tokio::time::sleep)) => {}
                }
            },
            At::End => return None,
        }
        let login = self.login;
        let told = self.site.world.with(|state, now| {
            let agent = &state.agent;
            (agent.login() == Some(login)).then(|| (snapshot(agent, now), configuration(agent)))
        });
        let event = match told {
            Some((snapshot, configuration)) => {
                let data = json!({ "snapshot": snapshot, "configuration": configuration });
                Event::default().event("agent").data(data.to_string())
            }
            None => {
                self.at = At::End;
                Event::default().event("ended").data("{}")
            }
        };
        Some((event, self))
    }
}
