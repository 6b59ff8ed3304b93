//! Use a bus of their own in place of the system bus.

use smoke::stage::Stage;
use zbus::zvariant::Value;

use super::*;

/// Longer than a signal takes.
const PATIENCE: Duration = Duration::from_secs(10);

fn address(stage: &Stage) -> String {
    let command = stage.command("env");
    let (_, value) =
        command.as_std().get_envs().find(|(name, _)| *name == "DBUS_SESSION_BUS_ADDRESS").expect("a bus");
    value.and_then(|value| value.to_str()).expect("an address").to_owned()
}

/// The services of a system that send the signals.
struct System(Connection);

impl System {
    async fn start(address: &str) -> Self {
        let connection = Builder::address(address).expect("an address").build().await.expect("a connection");
        for service in [SLEEP.sender, NETWORK_MANAGER.sender, NETWORKD.sender] {
            connection.request_name(service).await.expect("a name");
        }
        Self(connection)
    }

    async fn emit(&self, signal: &Signal, body: &(impl serde::Serialize + zbus::zvariant::DynamicType)) {
        self.0
            .emit_signal(None::<&str>, signal.path, signal.interface, signal.member, body)
            .await
            .expect("a signal");
    }

    async fn emit_operational_state(&self, state: &str) {
        let changed = HashMap::from([("OperationalState", Value::from(state))]);
        self.emit(&NETWORKD, &("org.freedesktop.network1.Manager", changed, Vec::<String>::new())).await;
    }
}

async fn next_request(inbox: &mut app::Inbox) -> &'static str {
    match tokio::time::timeout(PATIENCE, inbox.recv()).await.expect("a request in time") {
        Some(Request::Woke) => "woke",
        Some(Request::NetworkBack) => "network",
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sleep_and_the_network_are_reported_from_the_bus() {
    let stage = Stage::start("wake").await.expect("a stage");
    let address = address(&stage);
    let (requests, mut inbox) = app::channel();
    let bus = address.clone();
    let listening = tokio::spawn(async move { listen(Builder::address(bus.as_str()), &requests).await });
    let system = System::start(&address).await;
    // Signals are lost until the listener has subscribed, so the first one is repeated.
    let early = async {
        loop {
            system.emit(&SLEEP, &false).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = early => {}
        request = next_request(&mut inbox) => assert_eq!(request, "woke"),
    }
    // Each kind has its own stream, so the order is only certain if one is received before the next is sent.
    system.emit(&SLEEP, &true).await;
    for state in [20_u32, 40] {
        system.emit(&NETWORK_MANAGER, &state).await;
    }
    system.emit(&NETWORK_MANAGER, &70_u32).await;
    while next_request(&mut inbox).await == "woke" {}
    system.emit_operational_state("degraded").await;
    system.emit_operational_state("routable").await;
    while next_request(&mut inbox).await == "woke" {}
    system.emit(&SLEEP, &"nonsense").await;
    system.emit(&SLEEP, &false).await;
    assert_eq!(next_request(&mut inbox).await, "woke", "a signal that cannot be read does not end listening");

    drop(system);
    drop(stage);
    tokio::time::timeout(PATIENCE, listening)
        .await
        .expect("listening ends with the bus")
        .expect("a task")
        .ok();
}

#[tokio::test]
async fn a_missing_bus_is_an_error() {
    let (requests, _inbox) = app::channel();
    assert!(listen(Builder::address("unix:path=/nonexistent/bus"), &requests).await.is_err());
}

#[test]
fn only_a_better_connection_is_a_return() {
    let mut network = NetworkState(CONNECTED_GLOBAL);
    let back: Vec<bool> = [70, 60, 20, 40, 50, 50, 70, 20, 60, 70, 10]
        .into_iter()
        .map(|state| network.update(Some(state)).is_some())
        .collect();
    assert_eq!(back, [false, false, false, false, true, false, true, false, true, true, false]);
    assert!(network.update(None).is_none(), "another property has changed");
}
