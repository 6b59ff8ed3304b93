//! The operating system's keyring, on its own thread: the calls block, may ask the person, and on Windows must not
//! overtake each other. It must not decide what is kept, nor what happens without a keyring: `app` does.
//!
//! The store is opened for each use. A store that is kept would fail after a restart of the Secret Service, and one that
//! could not be opened at login would stay broken.

mod parts;
#[cfg_attr(target_os = "linux", path = "secrets/linux.rs")]
#[cfg_attr(target_os = "macos", path = "secrets/macos.rs")]
#[cfg_attr(windows, path = "secrets/windows.rs")]
mod platform;

use std::{
    sync::{Arc, mpsc},
    thread,
};

use keyring_core::{Error, api::CredentialStore};
use parts::Account;
use secrecy::{ExposeSecret, SecretString};
use signin::{SecretsAnswer, SecretsError, SecretsOrder};
use tokio::sync::oneshot;

/// Options with which a store creates entries.
type Modifiers = &'static [(&'static str, &'static str)];

/// Whether the keyring is open, found out without asking the person.
type KeyringState = Result<(), SecretsError>;

/// An order with the sender of its answer.
struct Job {
    account: String,
    order: SecretsOrder,
    answer: oneshot::Sender<SecretsAnswer>,
}

/// The keyring's thread.
#[derive(Debug, Clone)]
pub struct Secrets(mpsc::Sender<Job>);

impl Secrets {
    /// Starts the thread. It ends with the last copy of this value.
    pub fn start() -> std::io::Result<Self> {
        Self::start_with(platform::open, platform::check_state, platform::MODIFIERS)
    }

    fn start_with(
        open: impl Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + 'static,
        check_state: impl Fn() -> Option<KeyringState> + Send + 'static,
        modifiers: Modifiers,
    ) -> std::io::Result<Self> {
        let (sender, jobs) = mpsc::channel::<Job>();
        thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            let mut reported = None;
            for job in jobs {
                let answer = carry_out(&open, &check_state, modifiers, &job.account, job.order);
                let failure = answer.as_ref().err().copied();
                if let Some(error) = failure
                    && reported != failure
                {
                    tracing::warn!("{error}");
                }
                reported = failure;
                // The controller may have stopped waiting after its own time limit.
                drop(job.answer.send(answer));
            }
        })?;
        Ok(Self(sender))
    }

    /// Hands one order to the thread. The receiver fails only if the thread has died.
    pub fn ask(&self, account: String, order: SecretsOrder) -> oneshot::Receiver<SecretsAnswer> {
        let (answer, receiver) = oneshot::channel();
        if self.0.send(Job { account, order, answer }).is_err() {
            tracing::error!("the keyring's thread has ended");
        }
        receiver
    }
}

fn carry_out(
    open: impl Fn() -> keyring_core::Result<Arc<CredentialStore>>,
    check_state: impl Fn() -> Option<KeyringState>,
    modifiers: Modifiers,
    account: &str,
    order: SecretsOrder,
) -> SecretsAnswer {
    let store = open().map_err(|error| classify_open_error(&error))?;
    let account = Account::new(&store, account, modifiers);
    let result = match order {
        SecretsOrder::Load => match account.load() {
            // A locked keyring may look like one without the entry.
            Ok(None) => return check_state().unwrap_or(Ok(())).map(|()| None),
            found => found,
        },
        // If the state cannot be read, the keyring counts as still locked.
        SecretsOrder::Look => return check_state().unwrap_or(Err(SecretsError::Locked)).map(|()| None),
        SecretsOrder::Store(secret) => account.store(secret.expose_secret().as_bytes()).map(|()| None),
        SecretsOrder::Delete => account.delete().map(|()| None),
    };
    match result {
        Ok(None) => Ok(None),
        Ok(Some(bytes)) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(SecretString::from(text))),
            Err(_) => Err(SecretsError::Failed),
        },
        Err(error) => Err(classify_error(&error)),
    }
}

/// The error for a store that could not be opened: usually there is no service.
fn classify_open_error(error: &Error) -> SecretsError {
    match classify_error(error) {
        SecretsError::Failed => SecretsError::Missing,
        other @ (SecretsError::Missing | SecretsError::Locked) => other,
    }
}

/// The error for a call that failed. The store's message is left out, because some messages contain the secret's bytes.
fn classify_error(error: &Error) -> SecretsError {
    match error {
        Error::NoStorageAccess(_) => SecretsError::Locked,
        Error::NoDefaultStore => SecretsError::Missing,
        Error::PlatformFailure(_)
        | Error::NoEntry
        | Error::BadEncoding(_)
        | Error::BadDataFormat(..)
        | Error::BadStoreFormat(_)
        | Error::TooLong(..)
        | Error::Invalid(..)
        | Error::Ambiguous(_)
        | Error::NotSupportedByStore(_) => SecretsError::Failed,
        _ => SecretsError::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mock_store() -> Arc<CredentialStore> {
        keyring_core::mock::Store::new().expect("a store in memory")
    }

    fn secrets_in(store: &Arc<CredentialStore>) -> Secrets {
        let store = Arc::clone(store);
        Secrets::start_with(move || Ok(Arc::clone(&store)), || Some(Ok(())), &[]).expect("a thread")
    }

    async fn ask(
        secrets: &Secrets,
        account: &str,
        order: SecretsOrder,
    ) -> Result<Option<String>, SecretsError> {
        let answer = secrets.ask(account.to_owned(), order).await.expect("an answer");
        answer.map(|secret| secret.map(|secret| secret.expose_secret().to_owned()))
    }

    #[tokio::test]
    async fn a_secret_is_stored_replaced_and_deleted() {
        let secrets = secrets_in(&mock_store());
        assert_eq!(ask(&secrets, "a", SecretsOrder::Load).await, Ok(None));
        for text in ["first", "second, é"] {
            assert_eq!(ask(&secrets, "a", SecretsOrder::Store(text.into())).await, Ok(None));
            assert_eq!(ask(&secrets, "a", SecretsOrder::Load).await, Ok(Some(text.to_owned())));
        }
        assert_eq!(ask(&secrets, "b", SecretsOrder::Load).await, Ok(None), "accounts are apart");
        for _ in 0..2 {
            assert_eq!(ask(&secrets, "a", SecretsOrder::Delete).await, Ok(None));
        }
        assert_eq!(ask(&secrets, "a", SecretsOrder::Load).await, Ok(None));
    }

    #[tokio::test]
    async fn a_token_that_is_longer_than_an_entry_comes_back_whole() {
        let secrets = secrets_in(&mock_store());
        let long = "x".repeat(parts::LONGEST_ENTRY + 1);
        assert_eq!(ask(&secrets, "a", SecretsOrder::Store(long.clone().into())).await, Ok(None));
        assert_eq!(ask(&secrets, "a", SecretsOrder::Load).await, Ok(Some(long)));
        let longer = "x".repeat(parts::LONGEST + 1);
        let refused = ask(&secrets, "a", SecretsOrder::Store(longer.into())).await;
        assert_eq!(refused, Err(SecretsError::Failed));
    }

    #[tokio::test]
    async fn a_keyring_that_appears_later_is_used() {
        let store = mock_store();
        let calls = std::sync::atomic::AtomicU32::new(0);
        let open = move || {
            if calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
                Err(Error::PlatformFailure("no service".into()))
            } else {
                Ok(Arc::clone(&store))
            }
        };
        let secrets = Secrets::start_with(open, || Some(Ok(())), &[]).expect("a thread");
        assert_eq!(ask(&secrets, "a", SecretsOrder::Load).await, Err(SecretsError::Missing));
        assert_eq!(ask(&secrets, "a", SecretsOrder::Load).await, Ok(None));
    }

    #[tokio::test]
    async fn a_locked_keyring_is_not_taken_for_an_empty_one() {
        let (store, closed) = (mock_store(), Arc::new(std::sync::atomic::AtomicBool::new(true)));
        let (kept, state) = (Arc::clone(&store), Arc::clone(&closed));
        let check_state = move || {
            let is_closed = state.load(std::sync::atomic::Ordering::Relaxed);
            Some(if is_closed { Err(SecretsError::Locked) } else { Ok(()) })
        };
        let secrets = Secrets::start_with(move || Ok(Arc::clone(&kept)), check_state, &[]).expect("a thread");
        for order in [SecretsOrder::Load, SecretsOrder::Look] {
            assert_eq!(ask(&secrets, "a", order).await, Err(SecretsError::Locked));
        }
        closed.store(false, std::sync::atomic::Ordering::Relaxed);
        for order in [SecretsOrder::Load, SecretsOrder::Look] {
            assert_eq!(ask(&secrets, "a", order).await, Ok(None));
        }
    }

    #[test]
    fn each_failure_has_its_own_error() {
        let fails = |error: fn() -> Error| {
            carry_out(move || Err(error()), || Some(Ok(())), &[], "a", SecretsOrder::Load).map(drop)
        };
        assert_eq!(fails(|| Error::PlatformFailure("no bus".into())), Err(SecretsError::Missing));
        assert_eq!(fails(|| Error::NoDefaultStore), Err(SecretsError::Missing));
        assert_eq!(fails(|| Error::NoStorageAccess("locked".into())), Err(SecretsError::Locked));
        assert_eq!(classify_error(&Error::PlatformFailure("x".into())), SecretsError::Failed);
        assert_eq!(classify_error(&Error::NoStorageAccess("x".into())), SecretsError::Locked);
    }

    #[cfg(windows)]
    #[test]
    fn an_entry_stays_on_this_machine() {
        let store = platform::open().expect("the Credential Manager");
        let modifiers = platform::MODIFIERS.iter().copied().collect();
        let entry = store.build("com.connectpath.teams.test", "a", Some(&modifiers)).expect("an entry");
        entry.set_secret(b"secret").expect("kept");
        let attributes = entry.get_attributes();
        entry.delete_credential().expect("deleted");
        assert_eq!(attributes.expect("attributes")["persistence"], "Local");
    }

    #[test]
    fn the_store_of_this_system_is_not_the_mock() {
        // Without a keyring service there is an error, and that is not a mock either.
        if let Ok(store) = platform::open() {
            assert_ne!(store.vendor(), mock_store().vendor());
        }
    }
}
