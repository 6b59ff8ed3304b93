//! What goes into Teams Login and what comes out of it. Plain values; nothing is decided here.

use jiff::Timestamp;
use presence::identity::ObjectId;
use secrecy::SecretString;
use signin::{Claims, Grant, Identity, SecretsAnswer, SecretsError, SignInError};
use url::Url;
use view::NoticeKind;

use super::{
    entry::{KeyringChange, KeyringEntry},
    refreshes::Rights,
    reminder::Authorization,
    token::Token,
};
use crate::host::BrowserError;

/// What comes in.
#[derive(Debug)]
pub(crate) enum LoginIn {
    /// The program begins.
    Begin,
    /// The keyring's answer to [`LoginOut::Load`].
    Loaded { secret: SecretsAnswer, refresh: SecretsAnswer },
    /// The keyring's answer to [`LoginOut::Keep`].
    Kept(Result<(), SecretsError>),
    /// The keyring's answer to [`LoginOut::Look`].
    Looked(Result<(), SecretsError>),
    /// The person wants to log in; with another account, if the last one was wrong.
    Start { other_account: bool },
    /// The person wants the page of the login that is under way once more.
    OpenAgain,
    /// The person gives up the login that is under way.
    Cancel,
    /// The page for the browser is known.
    Page { attempt: u64, url: Url },
    /// The browser opened it, or not.
    Opened { attempt: u64, result: Result<(), BrowserError> },
    /// The login in the browser ended.
    LoggedIn { attempt: u64, result: Result<Grant, SignInError> },
    /// A refresh ended.
    Refreshed { turn: u64, result: Result<Grant, SignInError> },
    /// Graph refuses the access token that was issued then, also when it is asked once more.
    TokenRefused { issued: Timestamp, claims: Option<Claims> },
    /// AWS finds that the ID token of the session that began then has ended; the access token may still be good.
    IdTokenEnded { issued: Timestamp },
    /// An administrator may have consented to more rights: a refresh can bring them without a login.
    MoreRights,
    /// A contact came or went: see [`LoginContext::in_contact`].
    ContactChanged,
    /// The person put the banner away.
    PutAway,
    /// The person wants to be asked after the contact.
    AfterContact,
    /// An administrator entered the secret of the registration, or removed it.
    ClientSecret { secret: Option<SecretString>, expires: Option<Timestamp> },
    /// The wizard saved this for the registration, and keeps the tokens in the keyring itself.
    Saved { authorization: Authorization, refresh: Option<(SecretString, Identity)> },
    /// The machine slept or the clock jumped: every answer that is awaited gets its whole time again, because nobody
    /// could answer in between.
    Woke,
    /// What kept requests from arriving may be gone.
    NetworkReturned,
    /// The program ends, or restarts with other settings.
    Quit,
    /// The deadline has come.
    Due,
}

/// What it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LoginOut {
    /// Ask the keyring for both entries; answer with [`LoginIn::Loaded`].
    Load,
    /// Change an entry of the keyring; answer with [`LoginIn::Kept`].
    Keep { entry: KeyringEntry, keep: KeyringChange },
    /// See whether the keyring is open, asking nobody; answer with [`LoginIn::Looked`].
    Look,
    /// Begin a login in the browser.
    Begin { attempt: u64, rights: Rights, hint: Option<String>, other_account: bool, claims: Option<Claims> },
    /// End it, whatever it waits for.
    Abort { attempt: u64 },
    /// Open the browser; answer with [`LoginIn::Opened`].
    Open { attempt: u64, url: Url },
    /// Exchange the refresh token, for what was granted with it if that is known; answer with [`LoginIn::Refreshed`].
    Refresh {
        turn: u64,
        rights: Rights,
        granted: Option<Vec<String>>,
        refresh: Token,
        claims: Option<Claims>,
    },
    /// End it, whatever it waits for.
    DropRefresh { turn: u64 },
    /// Use this secret of the registration from now on, or none.
    UseSecret(Option<Token>),
    /// Keep this on disk.
    KeepAuthorization(Authorization),
    /// Show a notification.
    Notify(TeamsLoginNotice),
    /// Withdraw a notification.
    Withdraw(NoticeKind),
    /// This person is signed in from now on; comes before anything of theirs is kept.
    Person(ObjectId),
    /// There is a valid access token, and there was none before.
    SignedIn,
    /// There is no valid access token any more.
    TeamsLost,
    /// The access token carries more rights than the one before.
    MoreRights,
}

/// What the person is notified of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TeamsLoginNotice {
    /// A login is needed.
    Needed,
    /// A login will be needed by this day.
    Ends(Timestamp),
    /// The keyring does not keep the refresh token.
    Keyring(SecretsError),
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LoginContext<'a> {
    /// The agent is with a contact: nobody is asked to log in.
    pub(crate) in_contact: bool,
    /// Whose presence is kept in this run.
    pub(crate) person: Option<&'a ObjectId>,
}

/// The registration that people log in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoginSetup {
    /// The name of its entries in the keyring.
    pub(crate) account: String,
    /// What is asked for at first.
    pub(crate) rights: Rights,
    /// What is known of the authorization.
    pub(crate) authorization: Authorization,
}
