//! A small application with the registration of the sandbox: it signs in and calls Graph.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

pub const EVERYTHING: &str = "openid profile offline_access https://graph.microsoft.com/User.Read \
    https://graph.microsoft.com/User.Read.All https://graph.microsoft.com/Presence.Read.All \
    https://graph.microsoft.com/Presence.ReadWrite";
const VERIFIER: &str = "a-verifier-of-the-right-length-for-a-test-0123456789";

/// A client as the product has it, which follows no redirects.
pub fn http() -> Client {
    // Other tests of this process may have installed it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().redirect(Policy::none()).build().unwrap()
}

pub struct App {
    pub sandbox: Sandbox,
    pub http: Client,
    pub tenant: String,
    pub client_id: String,
}

impl App {
    pub async fn start(people: usize) -> Self {
        let sandbox = sandbox::start(Options { people, ..Options::default() }).await.unwrap();
        let settings = sandbox.settings_toml();
        let value = |key: &str| {
            let line = settings.lines().find(|line| line.starts_with(key)).unwrap();
            line.split('"').nth(1).unwrap().to_owned()
        };
        let (tenant, client_id) = (value("tenant"), value("client_id"));
        Self { sandbox, http: http(), tenant, client_id }
    }

    pub fn login(&self, path: &str) -> Url {
        let path = format!("login/{}/oauth2/v2.0/{path}", self.tenant);
        self.sandbox.microsoft().join(&path).unwrap()
    }

    pub fn authorize(&self, redirect_uri: &str, scope: &str) -> Url {
        let mut url = self.login("authorize");
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("scope", scope)
            .append_pair("state", "the state")
            .append_pair("nonce", "the nonce")
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)))
            .append_pair("code_challenge_method", "S256");
        url
    }

    /// Presses "Sign in" for real, listens for the answer, and yields the redirect URI with its query.
    pub async fn code(&self, scope: &str) -> (String, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let redirect = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
        let authorize = self.authorize(&redirect, scope);
        let heard = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let read = stream.read(&mut request).await.unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .await
                .unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        };
        let (signed_in, request) = tokio::join!(sandbox::sign_in(&self.http, &authorize), heard);
        signed_in.unwrap();
        let path = request.split(' ').nth(1).unwrap();
        let answer = Url::parse(&redirect).unwrap().join(path).unwrap();
        let query = |key: &str| answer.query_pairs().find(|(name, _)| name == key).unwrap().1.into_owned();
        assert_eq!(query("state"), "the state");
        (redirect, query("code"))
    }

    pub async fn token(&self, form: &[(&str, &str)]) -> (u16, Value) {
        let answer = self.http.post(self.login("token")).form(form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub async fn redeem(&self, redirect: &str, code: &str, verifier: &str) -> (u16, Value) {
        self.token(&[
            ("client_id", &self.client_id),
            ("grant_type", "authorization_code"),
            ("redirect_uri", redirect),
            ("code", code),
            ("code_verifier", verifier),
        ])
        .await
    }

    pub async fn refresh(&self, token: &str) -> (u16, Value) {
        let form = [
            ("client_id", self.client_id.as_str()),
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
        ];
        self.token(&form).await
    }

    pub async fn sign_in(&self, scope: &str) -> Value {
        let (redirect, code) = self.code(scope).await;
        let (status, tokens) = self.redeem(&redirect, &code, VERIFIER).await;
        assert_eq!(status, 200, "{tokens}");
        tokens
    }

    pub async fn access(&self, scope: &str) -> String {
        self.sign_in(scope).await["access_token"].as_str().unwrap().to_owned()
    }

    pub fn get(&self, token: &str, path: &str) -> RequestBuilder {
        let url = self.sandbox.microsoft().join("graph/v1.0/").unwrap().join(path).unwrap();
        self.http.get(url).bearer_auth(token)
    }

    pub async fn post(&self, token: &str, path: &str, body: Value) -> (u16, Value) {
        let url = self.sandbox.microsoft().join("graph/v1.0/").unwrap().join(path).unwrap();
        answer(self.http.post(url).bearer_auth(token).json(&body)).await
    }

    pub async fn control(&self, path: &str, body: Value) -> (u16, Value) {
        let url = self.sandbox.microsoft().join("control/api/").unwrap().join(path).unwrap();
        answer(self.http.post(url).json(&body)).await
    }

    pub async fn must(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.control(path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }
}

pub async fn answer(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, if text.is_empty() { json!(null) } else { serde_json::from_str(&text).unwrap() })
}
