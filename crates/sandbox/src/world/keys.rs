//! The keys with which Entra signs ID tokens, generated at run time. It must not know what is signed, nor how the keys are
//! published.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::PrivateKey;
use rsa::traits::PublicKeyParts as _;
use sha2::{Digest, Sha256};

use super::World;

/// What Entra uses.
const BITS: usize = 2048;
/// The newest key and the one before it, by which tokens that are still in use were signed.
const PUBLISHED: usize = 2;

/// The first key of every world of this process: making one takes longer than most tests. None if it cannot be made.
static FIRST: OnceLock<Option<Arc<SigningKey>>> = OnceLock::new();

/// A key pair with its id.
pub(crate) struct SigningKey {
    id: String,
    private: PrivateKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl SigningKey {
    fn make() -> Option<Arc<Self>> {
        let private = PrivateKey::new(&mut rand::rng(), BITS)
            .inspect_err(|error| tracing::error!(%error, "no signing key can be made"))
            .ok()?;
        let id = URL_SAFE_NO_PAD.encode(Sha256::digest(private.n_bytes()));
        Some(Arc::new(Self { id, private }))
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Modulus and exponent, big-endian.
    pub(crate) fn public(&self) -> (Box<[u8]>, Box<[u8]>) {
        (self.private.n_bytes(), self.private.e_bytes())
    }

    /// The signature of RS256; None if it cannot be made.
    pub(crate) fn sign(&self, text: &str) -> Option<Vec<u8>> {
        self.private.pkcs1v15_sign::<Sha256>(text.as_bytes()).ok()
    }
}

/// The keys that were made since the first one, newest first.
#[derive(Debug, Default)]
pub(crate) struct Keys(VecDeque<Arc<SigningKey>>);

impl Keys {
    fn rotate(&mut self, key: Arc<SigningKey>) {
        self.0.push_front(key);
        self.0.truncate(PUBLISHED);
    }
}

/// Makes the first key if there is none yet, so that nobody who signs in waits for it.
pub(crate) fn prepare() {
    first();
}

fn first() -> Option<Arc<SigningKey>> {
    FIRST.get_or_init(SigningKey::make).clone()
}

impl World {
    /// Entra signs with a new key from now on. It continues publishing the one before, and no older one.
    pub fn rotate_keys(&self) {
        // Made before anything is locked.
        if let Some(key) = SigningKey::make() {
            self.with(|state, _| state.keys.rotate(key));
        }
    }

    /// The keys that Entra publishes; it signs with the first of them.
    pub(crate) fn published_keys(&self) -> Vec<Arc<SigningKey>> {
        let mut keys: Vec<_> = self.with(|state, _| state.keys.0.iter().cloned().collect());
        if keys.len() < PUBLISHED {
            keys.extend(first());
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_keeps_the_key_before_published_and_drops_the_one_before_that() {
        let world = World::new(0);
        let ids = || -> Vec<String> { world.published_keys().iter().map(|key| key.id.clone()).collect() };
        let first = ids();
        world.rotate_keys();
        let second = ids();
        assert_eq!((first.len(), second.len()), (1, 2));
        assert_eq!(second[1], first[0]);
        world.rotate_keys();
        let third = ids();
        assert_eq!((third.len(), &third[1]), (2, &second[0]));
        assert!(!third.contains(&first[0]));
    }
}
