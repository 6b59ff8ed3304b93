//! Whether somebody is signed in, with what belongs to each case.

use std::time::Duration;
use view::facts::LoginPhase;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use secrecy::SecretString;
use signin::{Claims, Grant, IdToken, Identity};

use super::token::Token;

/// An access token is renewed this long before it ends.
const AHEAD: Duration = Duration::from_secs(300);
/// It is not renewed earlier than this after it was issued, whatever its life says.
pub(super) const LEAST: Duration = Duration::from_secs(60);

/// A refresh token, and whose it is, if that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeldRefreshToken {
    pub(super) refresh: Token,
    pub(super) who: Option<Identity>,
}

/// There is a refresh token but no valid access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renewing {
    pub(super) held: HeldRefreshToken,
    /// What Conditional Access wants to see in the next token.
    pub(super) claims: Option<Claims>,
    /// The next try.
    pub(super) at: Timestamp,
}

/// See the module.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LoginState {
    /// The application is not set up.
    Unconfigured,
    /// It is not known yet what the keyring has.
    Starting,
    /// Only a person can continue; since then, if it worked before.
    SignedOut {
        since: Option<Timestamp>,
    },
    Renewing(Renewing),
    SignedIn(TeamsSession),
}

impl LoginState {
    pub(super) fn renewing(held: HeldRefreshToken, claims: Option<Claims>, now: Timestamp) -> Self {
        Self::Renewing(Renewing { held, claims, at: now })
    }

    pub(super) fn phase(&self) -> LoginPhase {
        match self {
            Self::Unconfigured => LoginPhase::Unconfigured,
            Self::Starting => LoginPhase::Starting,
            Self::SignedOut { since } => LoginPhase::SignedOut { since: *since },
            Self::Renewing(_) => LoginPhase::Renewing,
            Self::SignedIn(_) => LoginPhase::SignedIn,
        }
    }

    /// What the next refresh must pass on.
    pub(super) fn claims(&self) -> Option<&Claims> {
        match self {
            Self::Renewing(renewing) => renewing.claims.as_ref(),
            Self::Unconfigured | Self::Starting | Self::SignedOut { .. } | Self::SignedIn(_) => None,
        }
    }

    /// The refresh token, and whose it is.
    pub(super) fn held(&self) -> Option<HeldRefreshToken> {
        match self {
            Self::Renewing(renewing) => Some(renewing.held.clone()),
            Self::SignedIn(session) => session.held(),
            Self::Unconfigured | Self::Starting | Self::SignedOut { .. } => None,
        }
    }
}

/// Somebody is signed in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TeamsSession {
    access: Token,
    who: Identity,
    granted: Vec<String>,
    id_token: Option<IdToken>,
    refresh: Option<Token>,
    /// The claims that its access token was asked for with.
    claims: Option<Claims>,
    issued: Timestamp,
    ends: Timestamp,
    renew_at: Timestamp,
}

impl TeamsSession {
    pub(super) fn new(
        who: Identity,
        grant: Grant,
        refresh: Option<Token>,
        claims: Option<Claims>,
        now: Timestamp,
    ) -> Self {
        let life = grant.expires_in;
        Self {
            access: grant.access.into(),
            who,
            granted: grant.granted,
            id_token: grant.id_token,
            refresh,
            claims,
            issued: now,
            ends: later(now, life),
            renew_at: later(now, life.saturating_sub(AHEAD).max(life / 2).max(LEAST)),
        }
    }

    /// The access token for Graph.
    pub(crate) fn access(&self) -> &SecretString {
        self.access.secret()
    }

    /// Whose it is.
    pub(crate) fn who(&self) -> &Identity {
        &self.who
    }

    /// The rights of the access token.
    pub(crate) fn granted(&self) -> &[String] {
        &self.granted
    }

    /// The ID token that came with the access token. It may have ended although that one lasts: see
    /// [`LoginIn::IdTokenEnded`](super::LoginIn::IdTokenEnded).
    pub(crate) fn id_token(&self) -> Option<&IdToken> {
        self.id_token.as_ref()
    }

    /// When the access token was issued; no other token has the same moment.
    pub(crate) fn issued(&self) -> Timestamp {
        self.issued
    }

    pub(super) fn held(&self) -> Option<HeldRefreshToken> {
        let refresh = self.refresh.clone()?;
        Some(HeldRefreshToken { refresh, who: Some(self.who.clone()) })
    }

    pub(super) fn claims(&self) -> Option<&Claims> {
        self.claims.as_ref()
    }

    pub(super) fn renew_at(&self) -> Timestamp {
        self.renew_at
    }

    /// A renewal failed; the old access token is used as long as it lasts.
    pub(super) fn renew_later(&mut self, renew_at: Timestamp) {
        self.renew_at = renew_at;
    }

    pub(super) fn lasts(&self, now: Timestamp) -> bool {
        now < self.ends
    }
}

impl Redate for LoginState {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Unconfigured | Self::Starting => {}
            Self::SignedOut { since } => since.redate(by),
            Self::Renewing(Renewing { held: _, claims: _, at }) => at.redate(by),
            Self::SignedIn(session) => session.redate(by),
        }
    }
}

impl Redate for TeamsSession {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            access: _,
            who: _,
            granted: _,
            // It ends by the clock of Entra.
            id_token: _,
            refresh: _,
            claims: _,
            issued,
            ends,
            renew_at,
        } = self;
        issued.redate(by);
        ends.redate(by);
        renew_at.redate(by);
    }
}
