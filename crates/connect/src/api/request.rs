//! Sends one signed request to the service API and reads its answer.
//!
//! Signs with Signature Version 4 with `aws-sigv4`. Limits the time and the size of every answer. Key and token are
//! used for the signature and one header, and nowhere else.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as SigningKey;
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4::SigningParams,
};
use jiff::Timestamp;
use net::{Failure, Gateway, RetryAfter};
use reqwest::{Method, Request, header::CONTENT_TYPE};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::{ApiError, ConnectApi, Credentials, error};

/// The time limit for an answer.
const LIMIT: Duration = Duration::from_secs(15);
/// The largest answer, in bytes. A page of 500 users has less than 1 MiB.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;
/// AWS sends this header with every answer, its error type with every refusal (AWS SDKs: request ids; restJson1).
const MARKS: [&str; 2] = ["x-amzn-requestid", "x-amzn-errortype"];
/// The name of the service in the scope of a signature.
const SERVICE: &str = "connect";

impl ConnectApi {
    /// The address of a resource of this instance. Segments are encoded, so an id cannot change the path.
    pub(super) fn address(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.endpoint.clone();
        // A base that cannot have a path cannot be reached either, so the request will fail.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// The id of the instance, as addresses and bodies name it.
    pub(super) fn instance_id(&self) -> &str {
        self.instance.id()
    }

    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        url: Url,
        what: &'static str,
    ) -> Result<T, ApiError> {
        self.send(credentials, now, Request::new(Method::GET, url), what).await
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        (url, body): (Url, &Value),
        what: &'static str,
    ) -> Result<T, ApiError> {
        let mut request = Request::new(Method::POST, url);
        let json = reqwest::header::HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        *request.body_mut() = Some(body.to_string().into());
        self.send(credentials, now, request, what).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        mut request: Request,
        what: &'static str,
    ) -> Result<T, ApiError> {
        self.sign(credentials, now, &mut request)?;
        *request.timeout_mut() = Some(LIMIT);
        let mut answer = self.http.execute(request).await.map_err(Failure::from)?;
        if let Some(by) = Gateway::by_head(&answer) {
            return Err(by.into());
        }
        let status = answer.status();
        let retry_after = RetryAfter::from_headers(answer.headers(), SystemTime::now());
        let headers = answer.headers().clone();
        if let Some(by) = Gateway::by_missing_mark(status, &headers, &MARKS) {
            return Err(by.into());
        }
        let body = net::body(&mut answer, LARGEST).await;
        if let Some(by) = body.as_ref().ok().and_then(|body| Gateway::by_body(status, body)) {
            return Err(by.into());
        }
        if status.is_success() {
            // The error of serde may repeat the answer, so it is not passed on.
            return serde_json::from_slice(&body?).map_err(|_| ApiError::Malformed(what));
        }
        let (code, message) = error::of_json(&headers, &body.unwrap_or_default());
        Err(ApiError::refused(
            status,
            retry_after,
            (&code, &message),
            &[&credentials.secret, &credentials.token],
        ))
    }

    /// Adds the headers of a signature.
    fn sign(&self, credentials: &Credentials, now: Timestamp, request: &mut Request) -> Result<(), ApiError> {
        const NOT_SIGNED: ApiError = ApiError::Malformed("the request could not be signed");
        let key = SigningKey::new(
            credentials.key.as_str(),
            credentials.secret.expose_secret(),
            Some(credentials.token.expose_secret().to_owned()),
            None,
            "sts",
        );
        let identity = key.into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(self.region.as_str())
            .name(SERVICE)
            .time(SystemTime::try_from(now).map_err(|_| NOT_SIGNED)?)
            .settings(SigningSettings::default())
            .build()
            .map_err(|_| NOT_SIGNED)?
            .into();
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default().to_vec();
        let typed = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let headers: Vec<(&str, &str)> = typed.map(|value| ("content-type", value)).into_iter().collect();
        let signable = SignableRequest::new(
            request.method().as_str(),
            request.url().as_str(),
            headers.into_iter(),
            SignableBody::Bytes(&body),
        )
        .map_err(|_| NOT_SIGNED)?;
        let (signed, _) = sign(signable, &params).map_err(|_| NOT_SIGNED)?.into_parts();
        for (name, value) in signed.headers() {
            let name = reqwest::header::HeaderName::from_bytes(name.as_bytes()).map_err(|_| NOT_SIGNED)?;
            let mut value = reqwest::header::HeaderValue::from_str(value).map_err(|_| NOT_SIGNED)?;
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        Ok(())
    }
}
