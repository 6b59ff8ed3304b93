//! Whether an ID token proves who its bearer is: signature, issuer, audience and time, by the keys that its issuer
//! publishes. Pure: keys and time come in. It must not know what the proof is for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rsa::{BoxedUint, PublicKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::Sha256;

use super::error::StsError;

/// Seconds that the issuer's clock may be ahead.
const AHEAD: i64 = 300;
const NO_TOKEN: &str =
    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
const NO_KEY: &str = "Couldn't retrieve verification key from your identity provider, please reference \
                      AssumeRoleWithWebIdentity documentation for requirements";

/// What a good token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) issuer: String,
    pub(super) audience: String,
    pub(super) subject: String,
}

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: String,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    sub: String,
    exp: i64,
    #[serde(default)]
    nbf: i64,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

#[derive(Debug, Deserialize)]
struct Published {
    keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
struct Key {
    kty: String,
    kid: String,
    n: String,
    e: String,
}

/// What the token proves. The keys are those of the trusted issuer, or the reason why there are none.
pub(super) fn checked(
    token: &str,
    trusted: &str,
    audiences: &[String],
    keys: Result<Value, StsError>,
    now: Timestamp,
) -> Result<Proof, StsError> {
    let invalid = |message: &str| StsError::invalid_token(message);
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(invalid(NO_TOKEN));
    };
    let said = format!("{header}.{claims}");
    let header: Header = read(header).ok_or_else(|| invalid(NO_TOKEN))?;
    let claims: Claims = read(claims).ok_or_else(|| invalid(NO_TOKEN))?;
    if claims.iss != trusted {
        let message = format!("No OpenIDConnect provider found in your account for {}", claims.iss);
        return Err(invalid(&message));
    }
    // An unsigned token names no algorithm, and every other one is not the issuer's.
    if header.alg != "RS256" {
        return Err(invalid(&format!("Unsupported signature algorithm in the ID Token: {}", header.alg)));
    }
    let key = key(&header.kid, keys?).ok_or_else(|| invalid(NO_KEY))?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| invalid(NO_TOKEN))?;
    key.pkcs1v15_verify::<Sha256>(said.as_bytes(), &signature)
        .map_err(|_| invalid("The ID Token's signature is not valid"))?;
    let now = now.as_second();
    if now >= claims.exp {
        return Err(StsError::expired(now, claims.exp));
    }
    if claims.nbf > now + AHEAD {
        return Err(invalid("The ID Token is not yet valid"));
    }
    let named = match claims.aud {
        Audience::One(audience) => vec![audience],
        Audience::Several(audiences) => audiences,
    };
    let audience = named.into_iter().find(|audience| audiences.contains(audience));
    let audience = audience.ok_or_else(|| invalid("Incorrect token audience"))?;
    Ok(Proof { issuer: claims.iss, audience, subject: claims.sub })
}

fn read<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn key(id: &str, keys: Value) -> Option<PublicKey> {
    let published: Published = serde_json::from_value(keys).ok()?;
    let found = published.keys.into_iter().find(|key| key.kty == "RSA" && key.kid == id)?;
    let number = |text: &str| Some(BoxedUint::from_be_slice_vartime(&URL_SAFE_NO_PAD.decode(text).ok()?));
    PublicKey::new(number(&found.n)?, number(&found.e)?).ok()
}
