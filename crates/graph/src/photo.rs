//! The photo of a person, in the size of a row.
//!
//! A file that is not a small picture counts as no photo and not as a failure of the service.

use std::fmt;

use net::Failure;
use presence::identity::ObjectId;
use reqwest::Method;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::{
    Graph, GraphError,
    transport::{self, SHORT, right},
};

/// The largest photo that is accepted, in bytes. One of 48 by 48 pixels has 1 to 4 KiB.
pub const LARGEST_PHOTO: usize = 64 * 1024;
/// The requested size, in pixels (Graph: profilephoto-get).
const SIZE: &str = "48x48";
const JPEG: &[u8] = b"\xff\xd8\xff";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A small picture of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    bytes: Vec<u8>,
    media_type: &'static str,
    version: String,
}

impl Photo {
    /// Accepts a JPEG or PNG of at most [`LARGEST_PHOTO`] bytes, recognised by its first bytes; anything else is none.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let media_type = if bytes.starts_with(JPEG) {
            "image/jpeg"
        } else if bytes.starts_with(PNG) {
            "image/png"
        } else {
            return None;
        };
        if bytes.len() > LARGEST_PHOTO {
            return None;
        }
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        let version = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Some(Self { bytes, media_type, version })
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `image/jpeg` or `image/png`.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// A hash of the picture: the same for the same picture, also after a restart.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl fmt::Debug for Photo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Photo").field("version", &self.version).finish_non_exhaustive()
    }
}

impl Graph {
    /// Reads the photo of a person; none if there is none (Graph: profilephoto-get). Needs ProfilePhoto.Read.All,
    /// User.ReadBasic.All or User.Read.All.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub async fn photo(&self, token: &SecretString, who: &ObjectId) -> Result<Option<Photo>, GraphError> {
        let request = self.request(Method::GET, &["users", who.as_str(), "photos", SIZE, "$value"]);
        let request = request.header("x-ms-throttle-priority", "low");
        let mut answer = match transport::send(request, token, SHORT, right::PHOTO).await {
            Err(GraphError::NotFound { .. }) => return Ok(None),
            answer => answer?,
        };
        match net::body(&mut answer, LARGEST_PHOTO).await {
            Ok(bytes) => Ok(Photo::new(bytes)),
            Err(Failure::TooLong) => Ok(None),
            Err(failure @ (Failure::TimedOut | Failure::Unreachable(_))) => Err(failure.into()),
        }
    }
}
