//! Listens to signals on the system bus: sleep from logind, the network from NetworkManager or systemd-networkd.
//! Listening starts no service, and the signals of a service that starts later are received too.

use std::{collections::HashMap, time::Duration};

use app::{Request, Requests};
use futures_util::StreamExt;
use zbus::{
    Connection, MatchRule, Message, MessageStream, connection::Builder, message::Type, zvariant::OwnedValue,
};

/// The time before a bus that is missing or was lost is tried again.
const RETRY: Duration = Duration::from_secs(60);

/// The number of signals that may wait to be read. There are a few signals an hour.
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

/// `NM_STATE_CONNECTED_LOCAL`: from this state on something can be reached, for instance a company's own servers.
const CONNECTED: u32 = 50;

/// `NM_STATE_CONNECTED_GLOBAL`.
const CONNECTED_GLOBAL: u32 = 70;

/// networkd's state of a network with an address and a route.
const ROUTABLE: &str = "routable";

/// Starts to listen on the current tokio runtime, until the process ends.
pub fn watch(requests: Requests) {
    tokio::spawn(async move {
        loop {
            match listen(Builder::system(), &requests).await {
                Ok(()) => tracing::debug!("the system bus has closed the connection"),
                Err(error) => tracing::debug!("the system bus could not be listened to: {error}"),
            }
            tokio::time::sleep(RETRY).await;
        }
    });
}

async fn listen(bus: zbus::Result<Builder<'_>>, requests: &Requests) -> zbus::Result<()> {
    let connection = bus?.build().await?;
    let mut sleep = SLEEP.subscribe(&connection).await?;
    let mut manager = NETWORK_MANAGER.subscribe(&connection).await?;
    let mut networkd = NETWORKD.subscribe(&connection).await?;
    // A network that is connected at the start is not reported.
    let (mut manager_state, mut networkd_state) =
        (NetworkState(CONNECTED_GLOBAL), NetworkState(CONNECTED_GLOBAL));
    loop {
        let received = tokio::select! {
            signal = sleep.next() => signal.map(|signal| read_sleep(&signal?)),
            signal = manager.next() => signal.map(|signal| Ok(manager_state.update(read_state(&signal?)?))),
            signal = networkd.next() => signal.map(|signal| Ok(networkd_state.update(read_operational_state(&signal?)?))),
        };
        match received {
            None => return Ok(()),
            Some(Ok(Some(request))) => {
                tracing::info!("reported by the system: {request:?}");
                requests.send(request);
            }
            Some(Ok(None)) => {}
            Some(Err(error)) => tracing::debug!("a signal of the system could not be read: {error}"),
        }
    }
}

/// A kind of signal of one service.
struct Signal {
    sender: &'static str,
    interface: &'static str,
    member: &'static str,
    path: &'static str,
}

impl Signal {
    async fn subscribe(&self, connection: &Connection) -> zbus::Result<MessageStream> {
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

/// Reads logind's signal, which is "true" before a sleep and "false" after it.
fn read_sleep(signal: &Message) -> zbus::Result<Option<Request>> {
    let sleeps: bool = signal.body().deserialize()?;
    Ok((!sleeps).then_some(Request::Woke))
}

/// The last state of the network, as a number of NetworkManager.
struct NetworkState(u32);

impl NetworkState {
    /// Keeps the new state. Each step to a better connection is reported, because a network that is only local at first
    /// may reach further later.
    fn update(&mut self, state: Option<u32>) -> Option<Request> {
        let state = state?;
        let before = std::mem::replace(&mut self.0, state);
        (state >= CONNECTED && state > before).then_some(Request::NetworkBack)
    }
}

fn read_state(signal: &Message) -> zbus::Result<Option<u32>> {
    signal.body().deserialize().map(Some)
}

/// Reads networkd's signal: whether the machine is routable, as a state of NetworkManager. None if that has not changed.
fn read_operational_state(signal: &Message) -> zbus::Result<Option<u32>> {
    let body = signal.body();
    let (_, changed, _): (String, HashMap<String, OwnedValue>, Vec<String>) = body.deserialize()?;
    let state = changed.get("OperationalState").and_then(|value| value.downcast_ref::<&str>().ok());
    Ok(state.map(|state| if state == ROUTABLE { CONNECTED_GLOBAL } else { 0 }))
}

#[cfg(test)]
#[path = "linux/tests.rs"]
mod tests;
