//! AWS over its socket, as a desk meets it that has signed in to Entra. Requests are signed by AWS's own signer, which
//! knows nothing of the sandbox.

mod api;
mod people;
mod sts;

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use sandbox::{ConnectUser, World};
use serde_json::{Value, json};

use crate::app::{App, EVERYTHING};

const ROLE: &str = "arn:aws:iam::123456789012:role/ConnectPathDesk";
const INSTANCE: &str = "5f0c8b1e-9a41-4d0e-8f6c-2b7d1c3a9e44";
const PRIYA: &str = "c2d3e4f5-0617-4829-9abc-def012345678";

/// What an answer was: its status, the name of the error as it was written, and the body.
struct Answer {
    status: u16,
    error: String,
    body: Value,
}

impl Answer {
    /// Status and name of the error, without what the front end adds to the name.
    fn refusal(&self) -> (u16, &str) {
        (self.status, self.error.split(':').next().unwrap())
    }

    fn message(&self) -> &str {
        let message = self.body.get("Message").or_else(|| self.body.get("message"));
        message.and_then(Value::as_str).unwrap_or_default()
    }
}

/// How a request is signed.
struct Signing {
    region: &'static str,
    service: &'static str,
    /// How far the client's clock is ahead, in seconds.
    ahead: i64,
}

const RIGHT: Signing = Signing { region: "eu-west-2", service: "connect", ahead: 0 };

/// A desk with temporary keys.
struct Desk {
    app: App,
    keys: Credentials,
}

impl Desk {
    async fn start(people: usize) -> Self {
        let app = App::start(people).await;
        let keys = fresh(&app).await;
        Self { app, keys }
    }

    /// Takes new keys, as after an hour.
    async fn renew(&mut self) {
        self.keys = fresh(&self.app).await;
    }

    fn world(&self) -> World {
        self.app.sandbox.world()
    }

    fn user(&self, text: &str) -> ConnectUser {
        self.world().connect_users(text, 1).remove(0)
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.signed(&RIGHT, method, path, body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    /// What a reading with one filter shows.
    async fn read(&self, filters: Value) -> Vec<Value> {
        let answer = self.post(&format!("metrics/userdata/{INSTANCE}"), json!({ "Filters": filters })).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body["UserDataList"].as_array().unwrap().clone()
    }

    async fn read_one(&self, user: &str) -> Option<Value> {
        self.read(json!({ "Agents": [user] })).await.pop()
    }

    async fn signed(&self, how: &Signing, method: Method, path: &str, body: Option<Value>) -> Answer {
        let url = self.app.sandbox.aws().join(path).unwrap();
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let headers = self.headers(how, &method, &url, &body);
        self.send(method, url, headers, body).await
    }

    fn headers(&self, how: &Signing, method: &Method, url: &Url, body: &str) -> HeaderMap {
        let now = self.world().now().as_second() + how.ahead;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(now.try_into().unwrap());
        let identity = self.keys.clone().into();
        let params = SigningParams::builder()
            .identity(&identity)
            .region(how.region)
            .name(how.service)
            .time(time)
            .settings(SigningSettings::default())
            .build()
            .unwrap()
            .into();
        let signed = [("content-type", "application/json")].into_iter();
        let bytes = SignableBody::Bytes(body.as_bytes());
        let request = SignableRequest::new(method.as_str(), url.as_str(), signed, bytes).unwrap();
        let (signed, _) = sign(request, &params).unwrap().into_parts();
        let mut headers: HeaderMap = signed
            .headers()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        headers
    }

    async fn send(&self, method: Method, url: Url, headers: HeaderMap, body: String) -> Answer {
        let answer = self.app.http.request(method, url).headers(headers).body(body).send().await.unwrap();
        let status = answer.status().as_u16();
        assert!(answer.headers().contains_key("x-amzn-requestid") || status == 413);
        let error =
            answer.headers().get("x-amzn-errortype").map_or("", |kind| kind.to_str().unwrap()).to_owned();
        Answer { status, error, body: answer.json().await.unwrap_or_default() }
    }
}

async fn fresh(app: &App) -> Credentials {
    let tokens = app.sign_in(EVERYTHING).await;
    keys(&assume(app, tokens["id_token"].as_str().unwrap()).await.1)
}

/// What STS answers to a token.
async fn assume(app: &App, token: &str) -> (u16, String) {
    ask_sts(app, &[("WebIdentityToken", token)]).await
}

/// What STS answers to a form; the fields that are given here replace the usual ones.
async fn ask_sts(app: &App, with: &[(&str, &str)]) -> (u16, String) {
    let usual = [
        ("Action", "AssumeRoleWithWebIdentity"),
        ("Version", "2011-06-15"),
        ("RoleArn", ROLE),
        ("RoleSessionName", "priya.raman@contoso.com"),
        ("DurationSeconds", "3600"),
    ];
    let form: Vec<_> = usual
        .into_iter()
        .filter(|(name, _)| with.iter().all(|(given, _)| given != name))
        .chain(with.iter().copied().filter(|(_, value)| !value.is_empty()))
        .collect();
    let answer = app.http.post(app.sandbox.aws().clone()).form(&form).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/xml");
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The text of an element.
fn text<'a>(xml: &'a str, element: &str) -> &'a str {
    let rest = xml.split_once(&format!("<{element}>")).map(|(_, rest)| rest);
    let rest = rest.unwrap_or_default();
    assert!(!rest.is_empty(), "no {element} in {xml}");
    rest.split_once(&format!("</{element}>")).unwrap().0
}

fn keys(xml: &str) -> Credentials {
    let token = Some(text(xml, "SessionToken").to_owned());
    Credentials::new(text(xml, "AccessKeyId"), text(xml, "SecretAccessKey"), token, None, "a test")
}

fn part(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}
