//! Sleep from logind, the network from NetworkManager or systemd-networkd: signals on the system bus. No service is
//! started by listening, and one that comes later is heard from then on.

use std::{collections::HashMap, time::Duration};

use app::{Request, Requests};
use futures_util::StreamExt;
use zbus::{
    Connection, MatchRule, Message, MessageStream, connection::Builder, message::Type, zvariant::OwnedValue,
};

/// Before a bus that is not there, or not any more, is tried again.
const RETRY: Duration = Duration::from_secs(60);

/// Signals that wait to be read. There are a few of them an hour.
const QUEUE: usize = 16;

/// logind: `PrepareForSleep(b start)` (org.freedesktop.login1(5)).
const SLEEP: Signal = Signal {
    sender: "org.freedesktop.login1",
    interface: "org.freedesktop.login1.Manager",
    member: "PrepareForSleep",
    path: "/org/freedesktop/login1",
};

/// NetworkManager: `StateChanged(u state)` (D-Bus API reference, `NMState`).
const NETWORK_MANAGER: Signal = Signal {
    sender: "org.freedesktop.NetworkManager",
    interface: "org.freedesktop.NetworkManager",
    member: "StateChanged",
    path: "/org/freedesktop/NetworkManager",
};

/// systemd-networkd: the property `OperationalState` (org.freedesktop.network1(5)).
const NETWORKD: Signal = Signal {
    sender: "org.freedesktop.network1",
    interface: "org.freedesktop.DBus.Properties",
    member: "PropertiesChanged",
    path: "/org/freedesktop/network1",
};

/// `NM_STATE_CONNECTED_LOCAL`: from here on something can be reached, a company's own servers for instance.
const CONNECTED: u32 = 50;

/// `NM_STATE_CONNECTED_GLOBAL`, and networkd's word for a network with an address and a route.
const CONNECTED_GLOBAL: u32 = 70;
const ROUTABLE: &str = "routable";

/// Starts to listen on the present tokio runtime, until the process ends.
pub fn watch(requests: Requests) {
    tokio::spawn(async move {
        loop {
            match listen(Builder::system(), &requests).await {
                Ok(()) => tracing::debug!("the system bus has closed the connection"),
                Err(error) => tracing::debug!("the system bus is not heard: {error}"),
            }
            tokio::time::sleep(RETRY).await;
        }
    });
}

async fn listen(bus: zbus::Result<Builder<'_>>, requests: &Requests) -> zbus::Result<()> {
    let connection = bus?.build().await?;
    let mut sleep = SLEEP.of(&connection).await?;
    let mut manager = NETWORK_MANAGER.of(&connection).await?;
    let mut networkd = NETWORKD.of(&connection).await?;
    // What is connected when the program starts did not come back.
    let (mut manager_was, mut networkd_was) = (Network(CONNECTED_GLOBAL), Network(CONNECTED_GLOBAL));
    loop {
        let heard = tokio::select! {
            signal = sleep.next() => signal.map(|signal| woke(&signal?)),
            signal = manager.next() => signal.map(|signal| Ok(manager_was.is_back(state(&signal?)?))),
            signal = networkd.next() => signal.map(|signal| Ok(networkd_was.is_back(operational(&signal?)?))),
        };
        match heard {
            None => return Ok(()),
            Some(Ok(Some(request))) => {
                tracing::info!("heard from the system: {request:?}");
                requests.send(request);
            }
            Some(Ok(None)) => {}
            Some(Err(error)) => tracing::debug!("a signal of the system was not understood: {error}"),
        }
    }
}

/// A signal of one service.
struct Signal {
    sender: &'static str,
    interface: &'static str,
    member: &'static str,
    path: &'static str,
}

impl Signal {
    async fn of(&self, connection: &Connection) -> zbus::Result<MessageStream> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(self.sender)?
            .interface(self.interface)?
            .member(self.member)?
            .path(self.path)?
            .build();
        MessageStream::for_match_rule(rule, connection, Some(QUEUE)).await
    }
}

/// logind says "true" before a sleep and "false" after it.
fn woke(signal: &Message) -> zbus::Result<Option<Request>> {
    let sleeps: bool = signal.body().deserialize()?;
    Ok((!sleeps).then_some(Request::Woke))
}

/// The state of the network that was heard last.
struct Network(u32);

impl Network {
    /// Each step up to a better connection counts: a network that is only local at first is tried again when it
    /// reaches further.
    fn is_back(&mut self, state: Option<u32>) -> Option<Request> {
        let state = state?;
        let before = std::mem::replace(&mut self.0, state);
        (state >= CONNECTED && state > before).then_some(Request::NetworkBack)
    }
}

fn state(signal: &Message) -> zbus::Result<Option<u32>> {
    signal.body().deserialize().map(Some)
}

/// Only whether the machine is routable, in the words of NetworkManager; None when that has not changed.
fn operational(signal: &Message) -> zbus::Result<Option<u32>> {
    let body = signal.body();
    let (_, changed, _): (String, HashMap<String, OwnedValue>, Vec<String>) = body.deserialize()?;
    let state = changed.get("OperationalState").and_then(|value| value.downcast_ref::<&str>().ok());
    Ok(state.map(|state| if state == ROUTABLE { CONNECTED_GLOBAL } else { 0 }))
}

#[cfg(test)]
#[path = "linux/tests.rs"]
mod tests;
