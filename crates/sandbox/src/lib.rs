//! Contoso on loopback: Entra, Graph, a contact centre and its AWS account to try the product against.
//!
//! Three servers at addresses, so that the product's own clients, the real browser flow and the untouched
//! amazon-connect-streams library run against them. Nothing here may know the product: it takes the place
//! of the services, and answers as their documentation says.
//!
//! [`start`] runs it. A test plays everybody else through [`World`]; a person does the same on the control page, and
//! both see the result as an [`Overview`].

mod aws;
mod ccp;
mod control;
mod entra;
mod fault;
mod graph;
mod markup;
mod person;
mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
pub use axum::http::StatusCode;
use axum::middleware;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

pub use person::{SignInError, sign_in};
use world::account::REGION;
pub use world::account::{AccountOverview, Provider, Role, Unwilling};
use world::agent::INSTANCE_ARN;
pub use world::agent::{
    AgentError, Anonymous, Channel, Contact, DialRefusal, Direction, Initiation, NextDial, Queue, Refused,
    Ring, Stage, Status, StatusKind, Step, Unanswered,
};
pub use world::centre::{CannotMove, ConnectUser, ContactOverview, Leavers, Reading, SeatMove};
pub use world::faults::{Body, Endpoint, Fault, FaultOverview, Meets, TokenOddity};
pub use world::instance::InstanceShape;
pub use world::listing::{Filters, Listing, Pages};
pub use world::panel::{PanelBreak, PanelTrouble};
pub use world::policy::{ClientSecret, IdTokenOddity, Refusal};
pub use world::presence::{Activity, Availability, NoSuchChoice, Presence, TimedPresence};
pub use world::quota::{Operation, Taken};
pub use world::secrets::{Secret, SecretKind};
pub use world::status_message::StatusMessage;
pub use world::words::{ContactWords, Words};
pub use world::{
    AgentOverview, Asked, AskedOfConnect, CannotRing, Colleague, DayOverview, Done, Fallback, Flow,
    NoSuchPerson, NobodyToHire, Overview, Read, RefusedRequest, StatusOverview, TroubleOverview, World,
    Write, Written,
};

/// How to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The port of Microsoft; Connect and AWS get the next two. 0 takes any free ports.
    pub port: u16,
    /// Colleagues with a Teams licence, the agent not counted.
    pub people: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 0, people: 40 }
    }
}

/// Why the sandbox did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("Port {0} is taken by another program. Choose another port for the sandbox.")]
    Taken(u16),
    /// Connect and AWS need the two ports after it.
    #[error("After port {0} there are no two more, and the sandbox needs three. Choose a lower port.")]
    LastPort(u16),
    /// The system refuses for another reason.
    #[error("The sandbox cannot listen on port {port}: {source}.")]
    Listen {
        /// The port.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
}

/// What every request handler shares.
#[derive(Debug)]
pub(crate) struct Site {
    world: World,
    microsoft: Url,
    connect: Url,
    aws: Url,
    /// Turns true when the sandbox stops, so that endless answers end.
    stop: watch::Receiver<bool>,
}

/// A running sandbox; it stops when dropped.
#[derive(Debug)]
pub struct Sandbox {
    site: Arc<Site>,
    stop: watch::Sender<bool>,
    servers: JoinSet<io::Result<()>>,
}

/// Starts the servers on 127.0.0.1.
///
/// # Errors
/// A port is taken or cannot be opened.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let [second, third] = match options.port {
        0 => [0, 0],
        port => {
            let last = port.checked_add(2).ok_or(StartError::LastPort(port))?;
            [last - 1, last]
        }
    };
    let (microsoft, microsoft_url) = listen(options.port).await?;
    let (connect, connect_url) = listen(second).await?;
    let (aws, aws_url) = listen(third).await?;
    // What fails here fails again when somebody signs in, and is reported then.
    let _ = tokio::task::spawn_blocking(world::keys::prepare).await;
    let (stop, stopped) = watch::channel(false);
    let world = World::new(options.people);
    let stop_of_site = stopped.clone();
    let site =
        Site { world, microsoft: microsoft_url, connect: connect_url, aws: aws_url, stop: stop_of_site };
    let site = Arc::new(site);

    let services = Router::new().merge(entra::routes()).nest("/graph/v1.0", graph::routes());
    let microsoft_routes = services
        .layer(middleware::from_fn_with_state(Arc::clone(&site), fault::microsoft))
        .merge(control::routes())
        .with_state(Arc::clone(&site));
    let connect_routes = ccp::routes().with_state(Arc::clone(&site));
    let aws_routes = aws::routes()
        .layer(middleware::from_fn_with_state(Arc::clone(&site), fault::amazon))
        .with_state(Arc::clone(&site));
    let mut servers = JoinSet::new();
    servers.spawn(serve(microsoft, microsoft_routes, stopped.clone()));
    servers.spawn(serve(connect, connect_routes, stopped.clone()));
    servers.spawn(serve(aws, aws_routes, stopped));
    tracing::info!(microsoft = %site.microsoft, connect = %site.connect, aws = %site.aws, "the sandbox is open");
    Ok(Sandbox { site, stop, servers })
}

async fn listen(port: u16) -> Result<(TcpListener, Url), StartError> {
    let failed = |source: io::Error| {
        if source.kind() == io::ErrorKind::AddrInUse {
            StartError::Taken(port)
        } else {
            StartError::Listen { port, source }
        }
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let url = url_of(address).map_err(|error| failed(io::Error::other(error)))?;
    Ok((listener, url))
}

fn url_of(address: SocketAddr) -> Result<Url, url::ParseError> {
    Url::parse(&format!("http://{address}/"))
}

async fn serve(listener: TcpListener, routes: Router, mut stop: watch::Receiver<bool>) -> io::Result<()> {
    let stopped = async move {
        // A sender that is gone is a sandbox that is gone.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    axum::serve(listener, routes).with_graceful_shutdown(stopped).await
}

impl Sandbox {
    /// The address of Microsoft: sign-in, Graph and the control API.
    #[must_use]
    pub fn microsoft(&self) -> &Url {
        &self.site.microsoft
    }

    /// The address of the Amazon Connect instance.
    #[must_use]
    pub fn connect(&self) -> &Url {
        &self.site.connect
    }

    /// The address of AWS: the Security Token Service, and the service API of Amazon Connect.
    #[must_use]
    pub fn aws(&self) -> &Url {
        &self.site.aws
    }

    /// The address of the page on which a person plays everybody else.
    #[must_use]
    pub fn control(&self) -> Url {
        let mut page = self.site.microsoft.clone();
        page.set_path("/control");
        page
    }

    /// Contoso itself.
    #[must_use]
    pub fn world(&self) -> World {
        self.site.world.clone()
    }

    /// The settings that point the product here.
    #[must_use]
    pub fn settings_toml(&self) -> String {
        let Site { microsoft, connect, .. } = &*self.site;
        let (tenant, client) = (world::TENANT, world::CLIENT);
        let instance = connect.as_str().trim_end_matches('/');
        format!(
            "[microsoft]\ntenant = \"{tenant}\"\nclient_id = \"{client}\"\nadmin_consent = true\n\n\
             [connect]\ninstance = \"{instance}\"\nmode = \"same_origin\"\n\n\
             [endpoints]\nlogin = \"{microsoft}login/\"\ngraph = \"{microsoft}graph/v1.0/\"\nccp = \"{connect}\"\n"
        )
    }

    /// The same, with the keys for reading the colleagues in Amazon Connect.
    #[must_use]
    pub fn settings_toml_with_connect_api(&self) -> String {
        let aws = &self.site.aws;
        let role = self.site.world.with(|state, _| state.account.role().arn());
        // The table of the endpoints is the last one.
        format!(
            "{}connect_api = \"{aws}\"\nsts = \"{aws}\"\n\n[connect_api]\nregion = \"{REGION}\"\n\
             instance_arn = \"{INSTANCE_ARN}\"\nrole_arn = \"{role}\"\n",
            self.settings_toml()
        )
    }

    /// Keeps the sandbox open until Ctrl+C, or until a server ends by itself.
    ///
    /// # Errors
    /// A server failed, or Ctrl+C cannot be listened for.
    pub async fn run_until_stopped(mut self) -> io::Result<()> {
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            Some(ended) = self.servers.join_next() => ended.map_err(io::Error::other)?,
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        // The tasks end by themselves, after the answers that are under way.
        self.servers.detach_all();
    }
}
