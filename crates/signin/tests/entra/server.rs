//! Entra on loopback: a sign-in page that needs no click, and a token endpoint that gives prepared answers
//! and makes the checks of a real one.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use axum::{
    Form, Router,
    body::Body,
    extract::{Path, Query, State},
    http::Response,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use signin::{Registration, SignIn};
use tokio::{net::TcpListener, sync::Semaphore, task::AbortHandle};
use url::Url;

pub const TENANT: &str = "5f0c8f7e-2f5b-4b1e-9a51-0f3a6a1c2d3e";
pub const CLIENT: &str = "22553876-f5ab-4529-bffb-cfe50aa89f87";
pub const CODE: &str = "0.AX+b/c=";

type Fields = HashMap<String, String>;

#[derive(Default)]
struct Memory {
    /// What the sign-in page was asked.
    authorize: Fields,
    /// What the token endpoint was asked, one map for each request.
    tokens: Vec<Fields>,
    /// What the token endpoint says, in order.
    answers: VecDeque<Response<Body>>,
    /// What the sign-in page answers instead of a code.
    refusal: Option<String>,
}

#[derive(Clone)]
struct Shared {
    memory: Arc<Mutex<Memory>>,
    /// How many requests the token endpoint may still answer.
    answering: Arc<Semaphore>,
}

pub struct Entra {
    pub authority: Url,
    shared: Shared,
    task: AbortHandle,
}

impl Drop for Entra {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Entra {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = Url::parse(&format!("http://{}/login/", listener.local_addr().unwrap())).unwrap();
        let shared = Shared { memory: Arc::default(), answering: Arc::new(Semaphore::new(1000)) };
        let app = Router::new()
            .route("/login/{tenant}/oauth2/v2.0/authorize", get(authorize))
            .route("/login/{tenant}/oauth2/v2.0/token", post(token))
            .route("/login/{tenant}/v2.0/.well-known/openid-configuration", get(metadata))
            .with_state(shared.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }).abort_handle();
        Self { authority, shared, task }
    }

    pub fn sign_in(&self) -> SignIn {
        sign_in(self.authority.clone())
    }

    pub fn sign_in_to(&self, tenant: &str) -> SignIn {
        sign_in_to(self.authority.clone(), tenant)
    }

    /// Prepares the next answer of the token endpoint.
    pub fn then(&self, status: u16, body: &Value) {
        self.then_raw(status, "application/json; charset=utf-8", &body.to_string());
    }

    pub fn then_raw(&self, status: u16, kind: &str, body: &str) {
        self.then_with(status, &[("content-type", kind)], body);
    }

    pub fn then_with(&self, status: u16, headers: &[(&str, &str)], body: &str) {
        let answer = Response::builder().status(status);
        let answer = headers.iter().fold(answer, |answer, (name, value)| answer.header(*name, *value));
        let answer = answer.body(Body::from(body.to_owned())).unwrap();
        self.shared.memory.lock().unwrap().answers.push_back(answer);
    }

    /// Makes the token endpoint hold its answers until they are released.
    pub fn hold_tokens(&self) {
        self.shared.answering.forget_permits(1000);
    }

    pub fn release_tokens(&self) {
        self.shared.answering.add_permits(1000);
    }

    /// Makes the sign-in page answer with this instead of a code.
    pub fn refuses(&self, query: &str) {
        self.shared.memory.lock().unwrap().refusal = Some(query.to_owned());
    }

    pub fn authorize_asked(&self) -> Fields {
        self.shared.memory.lock().unwrap().authorize.clone()
    }

    pub fn tokens_asked(&self) -> Vec<Fields> {
        self.shared.memory.lock().unwrap().tokens.clone()
    }
}

pub fn sign_in(authority: Url) -> SignIn {
    sign_in_to(authority, TENANT)
}

fn sign_in_to(authority: Url, tenant: &str) -> SignIn {
    let registration = Registration {
        authority,
        tenant: tenant.to_owned(),
        client_id: CLIENT.to_owned(),
        scopes: signin::scopes(&Url::parse("https://graph.microsoft.com/v1.0/").unwrap(), false),
    };
    SignIn::new(http(reqwest::redirect::Policy::none()), registration)
}

pub fn http(redirects: reqwest::redirect::Policy) -> reqwest::Client {
    // Installing the provider twice fails harmlessly.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder().no_proxy().redirect(redirects).build().unwrap()
}

pub fn granted(refresh: &str) -> Value {
    granted_to(TENANT, refresh)
}

/// The answer for somebody of this tenant.
pub fn granted_to(tenant: &str, refresh: &str) -> Value {
    let claims = json!({
        "oid": "FA8BF3DC-eca7-46b7-bad1-db199b62afc3", "tid": tenant, "aud": CLIENT, "exp": 1_796_025_600,
        "preferred_username": "priya.raman@contoso.com", "name": "Priya Raman",
    });
    let id_token =
        format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode("{}"), URL_SAFE_NO_PAD.encode(claims.to_string()));
    json!({
        "token_type": "Bearer", "scope": "openid profile", "expires_in": 4500, "ext_expires_in": 4500,
        "access_token": "the-access-token", "refresh_token": refresh, "id_token": id_token,
    })
}

pub fn refused(error: &str, suberror: Option<&str>, code: u32) -> Value {
    json!({
        "error": error, "suberror": suberror, "error_description": format!("AADSTS{code}: What Entra says."),
        "error_codes": [code], "timestamp": "2026-09-01 08:00:00Z", "trace_id": "3f6b0e0e",
        "correlation_id": "94fb3b52-452a-4535-a601-69e0a90e3aa2",
    })
}

async fn authorize(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    Query(asked): Query<Fields>,
) -> Response<Body> {
    assert_eq!(tenant, TENANT);
    let mut memory = shared.memory.lock().unwrap();
    let mut back = Url::parse(&asked["redirect_uri"]).unwrap();
    match &memory.refusal {
        Some(refusal) => back.set_query(Some(refusal)),
        None => {
            back.query_pairs_mut().append_pair("code", CODE);
        }
    }
    back.query_pairs_mut().append_pair("state", &asked["state"]);
    memory.authorize = asked;
    Response::builder().status(302).header("location", back.as_str()).body(Body::empty()).unwrap()
}

/// Answers with what was prepared for the token endpoint.
async fn metadata(State(shared): State<Shared>) -> Response<Body> {
    let prepared = shared.memory.lock().unwrap().answers.pop_front();
    prepared.unwrap()
}

async fn token(State(shared): State<Shared>, Form(asked): Form<Fields>) -> Response<Body> {
    shared.memory.lock().unwrap().check(asked);
    shared.answering.acquire().await.unwrap().forget();
    let prepared = shared.memory.lock().unwrap().answers.pop_front();
    prepared.unwrap_or_else(|| Response::builder().status(500).body(Body::empty()).unwrap())
}

impl Memory {
    /// Checks a code as a real token endpoint does.
    fn check(&mut self, asked: Fields) {
        if asked["grant_type"] == "authorization_code" {
            let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&asked["code_verifier"]));
            assert_eq!(challenge, self.authorize["code_challenge"]);
            assert_eq!(asked["redirect_uri"], self.authorize["redirect_uri"]);
        }
        self.tokens.push(asked);
    }
}
