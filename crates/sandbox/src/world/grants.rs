//! What Entra has issued: codes, access tokens and refresh tokens, and when each of them ends. Pure but for
//! the randomness of new ones: the time comes in. Only digests are kept, so that nothing here can be used as
//! a token.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::hash::Hash;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use thiserror::Error;

const CODE_LIFE: SignedDuration = SignedDuration::from_mins(1);
/// The average of Entra's 60 to 90 minutes.
pub(crate) const ACCESS_LIFE: SignedDuration = SignedDuration::from_mins(75);
const UNUSED_REFRESH_LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Of each kind; the oldest make room.
const MOST_KEPT: usize = 1000;

/// A permission this tenant knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    OpenId,
    Profile,
    Email,
    OfflineAccess,
    UserRead,
    UserReadBasicAll,
    UserReadAll,
    PresenceRead,
    PresenceReadAll,
    PresenceReadWrite,
}

impl Scope {
    const ALL: [Self; 10] = [
        Self::OpenId,
        Self::Profile,
        Self::Email,
        Self::OfflineAccess,
        Self::UserRead,
        Self::UserReadBasicAll,
        Self::UserReadAll,
        Self::PresenceRead,
        Self::PresenceReadAll,
        Self::PresenceReadWrite,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::OpenId => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::OfflineAccess => "offline_access",
            Self::UserRead => "https://graph.microsoft.com/User.Read",
            Self::UserReadBasicAll => "https://graph.microsoft.com/User.ReadBasic.All",
            Self::UserReadAll => "https://graph.microsoft.com/User.Read.All",
            Self::PresenceRead => "https://graph.microsoft.com/Presence.Read",
            Self::PresenceReadAll => "https://graph.microsoft.com/Presence.Read.All",
            Self::PresenceReadWrite => "https://graph.microsoft.com/Presence.ReadWrite",
        }
    }

    /// True if a person cannot grant it.
    pub(crate) fn needs_administrator(self) -> bool {
        self == Self::UserReadAll
    }

    /// What an administrator has approved of for everybody.
    pub(crate) fn approved(unapproved: bool) -> BTreeSet<Self> {
        Self::ALL.into_iter().filter(|scope| scope.needs_administrator() && !unapproved).collect()
    }

    /// Space-separated scopes, each with or without Graph's address; None when one is not known.
    pub(crate) fn parse_all(text: &str) -> Option<BTreeSet<Self>> {
        let known = |word: &str| {
            let same = |scope: &Self| {
                let full = scope.word();
                let short = full.strip_prefix("https://graph.microsoft.com/").unwrap_or(full);
                full.eq_ignore_ascii_case(word) || short.eq_ignore_ascii_case(word)
            };
            Self::ALL.into_iter().find(same)
        };
        text.split_ascii_whitespace().map(known).collect()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a person agreed to on the sign-in page.
#[derive(Debug, Clone)]
pub(crate) struct Consent {
    pub(crate) redirect_uri: String,
    /// The PKCE challenge, S256.
    pub(crate) challenge: String,
    pub(crate) scopes: BTreeSet<Scope>,
    pub(crate) nonce: Option<String>,
    /// It was asked for with the claims of a challenge.
    pub(crate) challenged: bool,
}

/// A successful answer of the token endpoint.
#[derive(Debug)]
pub(crate) struct Issued {
    pub(crate) access_token: SecretString,
    /// Only with `offline_access`.
    pub(crate) refresh_token: Option<SecretString>,
    pub(crate) scopes: BTreeSet<Scope>,
    pub(crate) nonce: Option<String>,
}

/// Why the token endpoint refuses a code or a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum Denied {
    #[error("The provided authorization code or refresh token is not valid.")]
    Unknown,
    #[error("The provided authorization code has expired.")]
    CodeExpired,
    #[error(
        "OAuth2 Authorization code was already redeemed, retry with a new valid code or use an existing refresh token."
    )]
    CodeRedeemed,
    #[error(
        "The reply address does not match the reply address provided when requesting the authorization code."
    )]
    OtherRedirect,
    #[error("The Code_Verifier does not match the code_challenge supplied in the authorization request.")]
    WrongVerifier,
    #[error("The provided grant has expired due to it being revoked, a fresh auth token is needed.")]
    Revoked,
    #[error("The refresh token has expired due to inactivity.")]
    Inactive,
    #[error(
        "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access."
    )]
    TooOld,
    #[error("The user or administrator has not consented to use the application.")]
    NoConsent,
}

type Key = [u8; 32];

#[derive(Debug)]
struct Code {
    consent: Consent,
    issued: Timestamp,
    redeemed: bool,
}

/// What every token of one sign-in has in common.
#[derive(Debug, Clone)]
struct Family {
    granted: BTreeSet<Scope>,
    /// When the person signed in.
    since: Timestamp,
    challenged: bool,
}

#[derive(Debug)]
struct Refresh {
    family: Family,
    used: Timestamp,
    revoked: bool,
}

#[derive(Debug)]
struct Access {
    scopes: BTreeSet<Scope>,
    challenged: bool,
    expires: Timestamp,
}

/// Everything that was issued.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: HashMap<Key, Code>,
    refresh: HashMap<Key, Refresh>,
    access: HashMap<Key, Access>,
    /// How long after signing in Conditional Access wants to see the person again; none means never.
    frequency: Option<SignedDuration>,
    sign_ins: u64,
    refreshes: u64,
}

impl Grants {
    /// How often a code was redeemed.
    pub(crate) fn sign_ins(&self) -> u64 {
        self.sign_ins
    }

    /// How often a refresh token was used.
    pub(crate) fn refreshes(&self) -> u64 {
        self.refreshes
    }

    /// Sets how long after each sign-in Conditional Access wants to see the person.
    pub(crate) fn set_frequency(&mut self, frequency: Option<SignedDuration>) {
        self.frequency = frequency;
    }

    pub(crate) fn issue_code(&mut self, consent: Consent, now: Timestamp) -> SecretString {
        let (code, key) = fresh();
        make_room(&mut self.codes, |code| code.issued);
        self.codes.insert(key, Code { consent, issued: now, redeemed: false });
        code
    }

    pub(crate) fn redeem(
        &mut self,
        code: &str,
        redirect_uri: &str,
        verifier: &str,
        now: Timestamp,
    ) -> Result<Issued, Denied> {
        let code = self.codes.get_mut(&key(code)).ok_or(Denied::Unknown)?;
        if code.redeemed {
            return Err(Denied::CodeRedeemed);
        }
        code.redeemed = true;
        if now.duration_since(code.issued) > CODE_LIFE {
            return Err(Denied::CodeExpired);
        }
        if code.consent.redirect_uri != redirect_uri {
            return Err(Denied::OtherRedirect);
        }
        if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != code.consent.challenge {
            return Err(Denied::WrongVerifier);
        }
        let Consent { scopes, nonce, challenged, .. } = code.consent.clone();
        self.sign_ins += 1;
        let family = Family { granted: scopes.clone(), since: now, challenged };
        Ok(Issued { nonce, ..self.issue(&family, scopes, now) })
    }

    /// Yields a new refresh token; the old one stays valid, as in Entra. `scopes` narrows what is asked for, or
    /// widens it by what an administrator has approved of.
    pub(crate) fn refresh(
        &mut self,
        token: &str,
        scopes: Option<BTreeSet<Scope>>,
        approved: &BTreeSet<Scope>,
        now: Timestamp,
    ) -> Result<Issued, Denied> {
        let old = self.refresh.get_mut(&key(token)).ok_or(Denied::Unknown)?;
        if old.revoked {
            return Err(Denied::Revoked);
        }
        if now.duration_since(old.used) > UNUSED_REFRESH_LIFE {
            return Err(Denied::Inactive);
        }
        if self.frequency.is_some_and(|frequency| now.duration_since(old.family.since) >= frequency) {
            return Err(Denied::TooOld);
        }
        let mut family = old.family.clone();
        let asked = scopes.unwrap_or_else(|| family.granted.clone());
        let beyond: BTreeSet<Scope> = asked.difference(&family.granted).copied().collect();
        // A person who was approved since needs no sign-in for it.
        if !beyond.is_subset(approved) {
            return Err(Denied::NoConsent);
        }
        family.granted.extend(beyond);
        old.used = now;
        self.refreshes += 1;
        Ok(self.issue(&family, asked, now))
    }

    /// What an access token allows; None when it is unknown or has ended.
    pub(crate) fn allowed(&self, token: &str, now: Timestamp) -> Option<BTreeSet<Scope>> {
        let access = self.access.get(&key(token)).filter(|access| now < access.expires);
        access.map(|access| access.scopes.clone())
    }

    /// True if an access token was asked for with the claims of a challenge.
    pub(crate) fn was_challenged(&self, token: &str) -> bool {
        self.access.get(&key(token)).is_some_and(|access| access.challenged)
    }

    /// Ends every access token; refresh tokens continue.
    pub(crate) fn expire_access(&mut self) {
        self.access.clear();
    }

    /// Ends everything that was issued, as a changed password does.
    pub(crate) fn revoke(&mut self) {
        self.expire_access();
        self.codes.clear();
        for refresh in self.refresh.values_mut() {
            refresh.revoked = true;
        }
    }

    /// Every refresh token has not been used for too long: access tokens end too, and only a new sign-in helps.
    pub(crate) fn lapse(&mut self) {
        self.expire_access();
        for refresh in self.refresh.values_mut() {
            refresh.used = Timestamp::MIN;
        }
    }

    /// True while a refresh token would still be taken.
    pub(crate) fn is_valid(&self, now: Timestamp) -> bool {
        let fresh = |refresh: &Refresh| now.duration_since(refresh.used) <= UNUSED_REFRESH_LIFE;
        self.refresh.values().any(|refresh| !refresh.revoked && fresh(refresh))
    }

    fn issue(&mut self, family: &Family, scopes: BTreeSet<Scope>, now: Timestamp) -> Issued {
        let (access_token, access_key) = fresh();
        make_room(&mut self.access, |access| access.expires);
        let expires = now.saturating_add(ACCESS_LIFE).unwrap_or(Timestamp::MAX);
        let access = Access { scopes: scopes.clone(), challenged: family.challenged, expires };
        self.access.insert(access_key, access);
        let refresh_token = family.granted.contains(&Scope::OfflineAccess).then(|| {
            let (token, key) = fresh();
            make_room(&mut self.refresh, |refresh| refresh.used);
            self.refresh.insert(key, Refresh { family: family.clone(), used: now, revoked: false });
            token
        });
        Issued { access_token, refresh_token, scopes, nonce: None }
    }
}

fn fresh() -> (SecretString, Key) {
    let bytes: [u8; 48] = rand::random();
    let token = SecretString::from(URL_SAFE_NO_PAD.encode(bytes));
    let key = key(token.expose_secret());
    (token, key)
}

fn key(token: &str) -> Key {
    Sha256::digest(token).into()
}

fn make_room<K: Copy + Eq + Hash, V>(kept: &mut HashMap<K, V>, age: impl Fn(&V) -> Timestamp) {
    if kept.len() >= MOST_KEPT {
        let oldest = kept.iter().min_by_key(|(_, value)| age(value)).map(|(key, _)| *key);
        if let Some(oldest) = oldest {
            kept.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests;
