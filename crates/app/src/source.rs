//! Reads colleagues' Connect statuses: one trait, so that a source that reads once for everybody can take the place of
//! the service API.
//!
//! Each call is one request, so that the machine that asks can keep to the quota. A source decides nothing and keeps
//! nothing.

use std::{fmt::Debug, future::Future, pin::Pin};

use connect::api::{ApiError, ConnectApi, Credentials, Sts};
use jiff::Timestamp;
use secrecy::SecretString;

use crate::machine::colleagues::{ColleaguesAnswer, ColleaguesRequest};

/// The answer to a request, once it comes.
pub(crate) type PendingAnswer = Pin<Box<dyn Future<Output = Result<ColleaguesAnswer, ApiError>> + Send>>;

/// See the module.
pub(crate) trait ColleagueSource: Debug + Send + Sync {
    /// Trades the ID token of Teams Login for what the requests are sent with. `who` names the person in the source's
    /// own records.
    fn sign_in(&self, id_token: SecretString, who: String) -> PendingAnswer;

    /// Sends one request.
    fn read(&self, ask: ColleaguesRequest, credentials: Credentials, now: Timestamp) -> PendingAnswer;
}

/// The service API of Amazon Connect, asked directly by this computer.
#[derive(Debug, Clone)]
pub(crate) struct Direct {
    sts: Sts,
    api: ConnectApi,
}

impl Direct {
    pub(crate) fn new(sts: Sts, api: ConnectApi) -> Self {
        Self { sts, api }
    }
}

impl ColleagueSource for Direct {
    fn sign_in(&self, id_token: SecretString, who: String) -> PendingAnswer {
        let sts = self.sts.clone();
        Box::pin(async move { sts.assume(&id_token, &who).await.map(ColleaguesAnswer::Credentials) })
    }

    fn read(&self, ask: ColleaguesRequest, credentials: Credentials, now: Timestamp) -> PendingAnswer {
        let api = self.api.clone();
        Box::pin(async move {
            match ask {
                ColleaguesRequest::Users(page) => {
                    api.users(&credentials, now, page.as_ref()).await.map(ColleaguesAnswer::Users)
                }
                ColleaguesRequest::Statuses(page) => {
                    api.statuses(&credentials, now, page.as_ref()).await.map(ColleaguesAnswer::Statuses)
                }
                ColleaguesRequest::States { users, statuses, page } => api
                    .current_users(&credentials, now, (&users, &statuses), page.as_ref())
                    .await
                    .map(ColleaguesAnswer::States),
                ColleaguesRequest::Addresses(user) => {
                    api.addresses(&credentials, now, &user).await.map(ColleaguesAnswer::Addresses)
                }
            }
        })
    }
}
