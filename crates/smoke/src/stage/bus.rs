//! A session bus that starts no services: a program finds there what the stage put there, nothing else.

use std::time::Duration;

use tokio::process::Command;
use zbus::{Connection, connection, fdo::DBusProxy, names::BusName};

use super::{START, StageError, home::Home, limit::until, process::App};

/// How long a program may take to answer a call.
const ANSWER: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Bus {
    connection: Connection,
    address: String,
    /// Dropping it stops the bus.
    _daemon: App,
}

impl Bus {
    pub(super) async fn start(home: &Home) -> Result<Self, StageError> {
        let file = home.root().join("bus.conf");
        std::fs::write(&file, configuration(&home.root().join("run").to_string_lossy()))?;
        let mut config = std::ffi::OsString::from("--config-file=");
        config.push(file);
        let mut command = Command::new("dbus-daemon");
        command.arg(config).args(["--nofork", "--nopidfile", "--print-address=1"]);
        let (daemon, address) = App::spawn_and_read_line(command, "dbus-daemon", START).await?;
        let connection =
            connection::Builder::address(address.as_str())?.method_timeout(ANSWER).build().await?;
        Ok(Self { connection, address, _daemon: daemon })
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Waits until some program owns `name`.
    pub(super) async fn owner_of(&self, name: &'static str, limit: Duration) -> Result<(), StageError> {
        until(limit, &format!("{name} on the bus"), async || match is_owned(&self.connection, name).await {
            Ok(true) => Ok(()),
            Ok(false) => Err("nobody owns it".to_owned()),
            Err(error) => Err(error.to_string()),
        })
        .await
    }
}

/// Whether a program with this name is on the bus.
pub(super) async fn is_owned(connection: &Connection, name: &str) -> Result<bool, StageError> {
    let name = BusName::try_from(name.to_owned()).map_err(zbus::Error::from)?;
    Ok(DBusProxy::new(connection).await?.name_has_owner(name).await?)
}

/// dbus-daemon(1): no servicedir, so no activation. The socket is in the stage's own folder.
fn configuration(folder: &str) -> String {
    let folder: String = folder.bytes().map(escaped).collect();
    format!(
        r#"<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
  </policy>
</busconfig>
"#
    )
}

/// A byte of a path in a bus address (D-Bus specification: "Server addresses").
fn escaped(byte: u8) -> String {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'/' | b'.' | b'*' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02x}"),
    }
}
