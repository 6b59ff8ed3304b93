//! Answers of Amazon Connect's service API and of STS. The first byte chooses the request, the second the status.

use connect::api::{ApiError, ConnectApi, Credentials, Sts};
use jiff::Timestamp;
use presence::aws::{InstanceArn, UserId};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::service;

const SECRET: &str = "a-secret-that-nobody-may-see";
const INSTANCE: &str = "arn:aws:connect:eu-west-2:123456789012:instance/5f0c8f7e-2f5b-4b1e-9a51-0f3a6a1c2d3e";
const ROLE: &str = "arn:aws:iam::123456789012:role/ConnectPath";

pub(crate) fn run(bytes: &[u8]) {
    service::check(bytes, SECRET, ask);
}

async fn ask(http: reqwest::Client, request: usize) -> Result<(), ApiError> {
    let base = Url::parse(service::BASE).expect("an address");
    let instance: InstanceArn = INSTANCE.parse().expect("an ARN");
    let region = instance.region().clone();
    let now = Timestamp::UNIX_EPOCH;
    let credentials = Credentials {
        key: "AKIAEXAMPLE".to_owned(),
        secret: SecretString::from(SECRET),
        token: SecretString::from(SECRET),
        expires: now,
    };
    let user = UserId::new("u-1").expect("an id");
    let api = ConnectApi::new(http.clone(), base.clone(), region, instance);
    match request % 5 {
        0 => {
            let asked = std::slice::from_ref(&user);
            api.current_users(&credentials, now, (asked, &[]), None).await.map(drop)
        }
        1 => api.users(&credentials, now, None).await.map(drop),
        2 => api.addresses(&credentials, now, &user).await.map(drop),
        3 => api.statuses(&credentials, now, None).await.map(drop),
        _ => {
            let sts = Sts::new(http, base, ROLE.parse().expect("an ARN"));
            let given = sts.assume(&SecretString::from(SECRET), "priya").await?;
            let is_whole = !given.key.is_empty() && !given.secret.expose_secret().is_empty();
            assert!(is_whole && !given.token.expose_secret().is_empty(), "credentials that sign nothing");
            Ok(())
        }
    }
}
