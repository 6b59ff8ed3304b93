//! The proxy that all requests use, its password, and the checks of why requests do not arrive.
//!
//! Decides nothing: [`ProxyPasswordKeeper`](crate::machine::proxy::ProxyPasswordKeeper) and
//! [`NetworkWatch`](crate::machine::network::NetworkWatch) do.

use connect::Phase;
use doctor::{ServiceUrls, from_settings::proxy_account};
use net::{NoClient, Proxy};
use secrecy::{ExposeSecret, SecretString};
use settings::Settings;
use signin::{Class, SecretsError, SecretsOrder};
use view::facts::LoginPhase;

use super::{Controller, Outcome};
use crate::{
    host::Host,
    machine::{
        colleagues::ColleaguesIn,
        gate::GraphService,
        login::{KeyringChange, LoginIn, Token},
        network::{NetworkIn, NetworkOut, SideHealth},
        proxy::{ProxyIn, ProxyOut},
    },
    task::AbortOnDrop,
};

/// The HTTP client of everything, and its proxy.
#[derive(Debug, Clone)]
pub(super) struct HttpAccess {
    pub(super) http: reqwest::Client,
    pub(super) proxy: Option<Proxy>,
}

impl HttpAccess {
    /// The access that these settings describe. The password of the proxy is set later.
    pub(super) fn of(settings: &Settings) -> Result<Self, NoClient> {
        let proxy = settings.proxy();
        Ok(Self { http: net::client(proxy.as_ref())?, proxy })
    }

    /// The keyring's entry of the password, if the proxy has a user.
    pub(super) fn account(&self) -> Option<String> {
        self.proxy.as_ref().and_then(proxy_account)
    }
}

impl<H: Host> Controller<H> {
    /// Gives the proxy's password an input and carries out what it asks for.
    pub(super) fn proxy_password(&mut self, input: ProxyIn) {
        for out in self.proxy_password.on(input, self.clock.now()) {
            match out {
                ProxyOut::Load { account } => {
                    self.ask_keyring(account, SecretsOrder::Load, ProxyIn::Loaded);
                }
                ProxyOut::Look { account } => {
                    let looked = |answer: signin::SecretsAnswer| ProxyIn::Looked(answer.map(|_| ()));
                    self.ask_keyring(account, SecretsOrder::Look, looked);
                }
                ProxyOut::Keep { account, keep } => {
                    let order = match keep {
                        KeyringChange::Store(password) => SecretsOrder::Store(password.secret().clone()),
                        KeyringChange::Forget => SecretsOrder::Delete,
                    };
                    self.ask_keyring(account, order, |answer| ProxyIn::Kept(answer.map(|_| ())));
                }
                ProxyOut::Use(password) => {
                    if let Some(proxy) = &self.wire.proxy {
                        proxy.use_password(Some(password.secret().clone()));
                    }
                }
                ProxyOut::UseEntered(password) => {
                    if let Some(proxy) = &self.wire.proxy {
                        proxy.use_entered(password.map(|password| password.secret().clone()));
                    }
                }
                ProxyOut::Go => self.connect(),
                ProxyOut::TryAgain => self.network_may_be_free(),
                ProxyOut::Touch => self.front.touch(),
            }
        }
    }

    /// The person entered the password of the proxy that the settings name; an empty one removes it.
    pub(super) fn enter_proxy_password(&mut self, password: SecretString) {
        let proxy = self.settings.shown().proxy();
        let Some(account) = proxy.as_ref().and_then(proxy_account) else { return };
        let is_empty = password.expose_secret().is_empty();
        let password = (!is_empty).then(|| Token::from(password));
        self.proxy_password(ProxyIn::Entered { account, password });
    }

    fn ask_keyring(
        &self,
        account: String,
        order: SecretsOrder,
        input: impl FnOnce(signin::SecretsAnswer) -> ProxyIn + Send + 'static,
    ) {
        let (answer, report) = (self.host.secrets(account, order), self.report.clone());
        tokio::spawn(async move {
            let answer = answer.await.unwrap_or(Err(SecretsError::Failed));
            drop(report.send(Outcome::Proxy(input(answer))));
        });
    }

    /// Everything that waits for the network is tried again.
    pub(super) fn network_may_be_free(&mut self) {
        self.gate.network_returned();
        self.colleagues(ColleaguesIn::NetworkReturned);
        self.login(LoginIn::NetworkReturned);
        self.network(NetworkIn::Changed);
        self.wake();
    }

    /// Gives the network watch an input and carries out what they ask for.
    pub(super) fn network(&mut self, input: NetworkIn) {
        for out in self.network.on(input, self.clock.now()) {
            match out {
                NetworkOut::Look(number) => self.look = self.diagnose_network(number),
                NetworkOut::Free => {
                    tracing::info!("requests can arrive again");
                    self.network_may_be_free();
                }
                NetworkOut::Touch => self.front.touch(),
            }
        }
    }

    /// At the end of a turn: reports whether each side works, so that the network to one that fails is checked.
    pub(super) fn follow_network(&mut self) {
        let microsoft = self.microsoft_health();
        let connect = match self.ccp.phase() {
            // A page came, whatever is on it.
            Phase::Live | Phase::LoginNeeded | Phase::NotYet | Phase::NotApproved => SideHealth::Works,
            Phase::NoAnswer | Phase::Old | Phase::Lost => SideHealth::Fails,
            Phase::Starting => SideHealth::NotKnown,
        };
        self.network(NetworkIn::Turn { microsoft, connect });
    }

    fn microsoft_health(&self) -> SideHealth {
        let services = [
            GraphService::OwnPresence,
            GraphService::Write,
            GraphService::Directory,
            GraphService::Colleagues,
        ];
        let is_silent = |service| {
            self.gate
                .trouble(service)
                .is_some_and(|trouble| trouble.error.kind() == graph::ErrorKind::Unreachable)
        };
        let is_refused = self.login.refusal().is_some_and(|refusal| {
            matches!(refusal.class(), Class::Unreachable | Class::Proxy | Class::NetworkLogin)
        });
        if is_refused || services.into_iter().any(is_silent) {
            return SideHealth::Fails;
        }
        match self.login.phase() {
            LoginPhase::SignedIn => SideHealth::Works,
            LoginPhase::Unconfigured
            | LoginPhase::Starting
            | LoginPhase::SignedOut { .. }
            | LoginPhase::Renewing => SideHealth::NotKnown,
        }
    }

    fn diagnose_network(&self, number: u64) -> Option<AbortOnDrop> {
        let set = self.setup.as_ref().ok()?;
        let urls =
            ServiceUrls { login: set.login.clone(), graph: set.graph.clone(), connect: set.ccp.clone() };
        let (HttpAccess { http, proxy }, probe, report) =
            (self.wire.clone(), self.host.probe(), self.report.clone());
        Some(AbortOnDrop::spawn(async move {
            let found = doctor::diagnose_network(http, proxy, probe, urls).await;
            drop(report.send(Outcome::Network(NetworkIn::Found(number, found))));
        }))
    }
}
