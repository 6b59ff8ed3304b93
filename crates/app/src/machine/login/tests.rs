//! Tests of Teams Login, in virtual time.

mod browser;
mod id_token;
mod kept;
mod law;
mod logins;
mod next_run;
mod refused;
mod renewed;
mod whose;

use std::time::Duration;

use presence::{identity::ObjectId, moment::later};
use signin::{Claims, Class, Details, Grant};
use url::Url;
use view::{NoticeKind, facts::Browser};

use super::*;
use crate::fixture::Deadlines;
use crate::host::BrowserError;

const LIFE: u64 = 3600;
const ADDRESS: &str = "https://login.microsoftonline.com/authorize";

/// One run, and its current time.
struct Run {
    login: Login,
    now: Timestamp,
    in_contact: bool,
    person: Option<ObjectId>,
}

impl Run {
    fn new() -> Self {
        Self::with(Rights::All)
    }

    fn with(rights: Rights) -> Self {
        let account = "login.microsoftonline.com/tenant/client".to_owned();
        let login =
            Login::new(Some(LoginSetup { account, rights, authorization: Authorization::default() }), 1);
        Self { login, now: Timestamp::UNIX_EPOCH, in_contact: false, person: None }
    }

    fn feed(&mut self, input: LoginIn) -> Vec<LoginOut> {
        let context = LoginContext { in_contact: self.in_contact, person: self.person.as_ref() };
        self.login.on(input, &context, self.now)
    }

    /// Lets time pass, deadline by deadline, and returns what was asked for, each with its second.
    fn pass(&mut self, seconds: u64) -> Vec<(i64, LoginOut)> {
        let start = self.now;
        let end = later(start, Duration::from_secs(seconds));
        let mut all = Vec::new();
        let mut deadlines = Deadlines::new();
        while let Some(at) = deadlines.next(self.login.deadline(), end) {
            self.now = self.now.max(at);
            let second = self.now.duration_since(start).as_secs();
            all.extend(self.feed(LoginIn::Due).into_iter().map(|out| (second, out)));
        }
        self.now = end;
        all
    }

    fn empty_keyring(&mut self) -> Vec<LoginOut> {
        self.feed(LoginIn::Begin);
        self.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(None) })
    }

    fn start(&mut self) -> u64 {
        let out = self.feed(LoginIn::Start { other_account: false });
        out.iter()
            .find_map(|it| if let LoginOut::Begin { attempt, .. } = it { Some(*attempt) } else { None })
            .unwrap()
    }

    fn logs_in(&mut self, grant: Grant) -> Vec<LoginOut> {
        let attempt = self.start();
        self.feed(LoginIn::LoggedIn { attempt, result: Ok(grant) })
    }

    fn issued(&self) -> Timestamp {
        self.login.session().unwrap().issued()
    }

    fn refuse(&mut self, claims: Option<Claims>) -> Vec<LoginOut> {
        let issued = self.issued();
        self.feed(LoginIn::TokenRefused { issued, claims })
    }

    fn id_token_ends(&mut self) -> Vec<LoginOut> {
        let issued = self.issued();
        self.feed(LoginIn::IdTokenEnded { issued })
    }

    fn renewed(&mut self, turn: u64, refresh: &str) -> Vec<LoginOut> {
        self.feed(LoginIn::Refreshed { turn, result: Ok(grant(Some(refresh), None, LIFE)) })
    }
}

/// Somebody is signed in, and the keyring has the token.
fn signed_in() -> Run {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    run.feed(LoginIn::Kept(Ok(())));
    run
}

fn identity(name: &str) -> Identity {
    Identity {
        object_id: ObjectId::new(name),
        tenant_id: "tenant".to_owned(),
        upn: format!("{name}@contoso.com"),
        name: name.to_owned(),
    }
}

fn grant(refresh: Option<&str>, who: Option<&str>, life: u64) -> Grant {
    Grant {
        access: "access".into(),
        expires_in: Duration::from_secs(life),
        granted: Vec::new(),
        refresh: refresh.map(SecretString::from),
        who: who.map(identity),
        id_token: None,
    }
}

fn no(class: Class, error: &str) -> SignInError {
    SignInError::Refused {
        class,
        // Entra numbers every refusal.
        details: Box::new(Details { error: error.to_owned(), codes: vec![50_173], ..Details::default() }),
        claims: None,
    }
}

fn ended() -> SignInError {
    no(Class::SignInAgain, "invalid_grant")
}

fn claims() -> Option<Claims> {
    Claims::from_json(r#"{"access_token":{"acrs":{"value":"c1"}}}"#)
}

fn store(refresh: &str) -> LoginOut {
    keep(KeyringChange::Store(token(refresh)))
}

fn keep(keep: KeyringChange) -> LoginOut {
    LoginOut::Keep { entry: KeyringEntry::RefreshToken, keep }
}

fn token(text: &str) -> Token {
    SecretString::from(text).into()
}

fn refresh(turn: u64, with: &str, claims: Option<Claims>) -> LoginOut {
    LoginOut::Refresh { turn, rights: Rights::All, granted: None, refresh: token(with), claims }
}

fn needed() -> LoginOut {
    LoginOut::Notify(TeamsLoginNotice::Needed)
}

fn url() -> Url {
    Url::parse(ADDRESS).unwrap()
}

/// The position of this in the outs.
fn place(out: &[LoginOut], wanted: &LoginOut) -> usize {
    out.iter().position(|it| it == wanted).unwrap_or_else(|| panic!("no {wanted:?} in {out:?}"))
}

fn count(out: &[LoginOut], wanted: &LoginOut) -> usize {
    out.iter().filter(|it| *it == wanted).count()
}

/// The outs without those that keep a file.
fn but_files(out: Vec<LoginOut>) -> Vec<LoginOut> {
    out.into_iter().filter(|it| !matches!(it, LoginOut::KeepAuthorization(_))).collect()
}

fn refreshes(out: &[(i64, LoginOut)]) -> Vec<i64> {
    out.iter().filter(|(_, it)| matches!(it, LoginOut::Refresh { .. })).map(|(at, _)| *at).collect()
}

#[test]
fn without_a_set_up_there_is_nothing_to_do() {
    let mut login = Login::new(None, 1);
    for input in [LoginIn::Begin, LoginIn::Start { other_account: false }, LoginIn::MoreRights, LoginIn::Due]
    {
        assert_eq!(login.on(input, &LoginContext::default(), Timestamp::UNIX_EPOCH), []);
    }
    assert_eq!((login.phase(), login.deadline()), (LoginPhase::Unconfigured, None));
}
