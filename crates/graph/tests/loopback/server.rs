//! A server that sends prepared answers in order and records the requests.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, Method, Response},
};
use graph::Graph;
use secrecy::SecretString;
use serde_json::Value;
use tokio::{net::TcpListener, task::AbortHandle};
use url::Url;

pub const APPLICATION: &str = "22553876-f5ab-4529-bffb-cfe50aa89f87";
pub const OWN: &str = "fa8bf3dc-eca7-46b7-bad1-db199b62afc3";

#[derive(Debug)]
pub struct Received {
    pub method: Method,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Value,
}

#[derive(Default)]
struct Script {
    answers: VecDeque<Response<Body>>,
    received: Vec<Received>,
}

#[derive(Clone)]
struct Shared(Arc<Mutex<Script>>);

pub struct Server {
    pub origin: Url,
    script: Shared,
    task: AbortHandle,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let script = Shared(Arc::default());
        let app = Router::new().fallback(answer).with_state(script.clone());
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }).abort_handle();
        Self { origin, script, task }
    }

    pub async fn answering(status: u16, body: &(impl ToString + ?Sized)) -> Self {
        let server = Self::start().await;
        server.then(status, &[], body);
        server
    }

    /// An answer of Graph, which has a `request-id`.
    pub fn then(&self, status: u16, headers: &[(&str, &str)], body: &(impl ToString + ?Sized)) {
        let headers = [&[("request-id", "7a1b")], headers].concat();
        self.then_unmarked(status, &headers, body);
    }

    /// An answer without the headers that Graph adds.
    pub fn then_unmarked(&self, status: u16, headers: &[(&str, &str)], body: &(impl ToString + ?Sized)) {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let response = response.body(Body::from(body.to_string())).unwrap();
        self.script.0.lock().unwrap().answers.push_back(response);
    }

    pub fn then_body(&self, status: u16, body: Body) {
        let response = Response::builder().status(status).body(body).unwrap();
        self.script.0.lock().unwrap().answers.push_back(response);
    }

    pub fn graph(&self) -> Graph {
        client(self.origin.join("graph/v1.0/").unwrap())
    }

    pub fn received(&self) -> Vec<Received> {
        std::mem::take(&mut self.script.0.lock().unwrap().received)
    }
}

pub fn client(base: Url) -> Graph {
    // Installing the provider twice fails harmlessly.
    drop(rustls::crypto::ring::default_provider().install_default());
    let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    Graph::new(http.build().unwrap(), base, APPLICATION.to_owned())
}

pub fn token() -> SecretString {
    SecretString::from("the-access-token")
}

async fn answer(State(script): State<Shared>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let mut script = script.0.lock().unwrap();
    script.received.push(Received {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    });
    script.answers.pop_front().unwrap_or_else(|| Response::builder().status(501).body(Body::empty()).unwrap())
}
