//! The agent panel as a browser and the library see it.

use std::time::Duration;

use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Client, Response};
use sandbox::{Options, Queue, Sandbox, Status};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::app::http;

/// A browser with the agent's session.
pub struct Browser {
    pub sandbox: Sandbox,
    pub http: Client,
    pub cookie: String,
}

impl Browser {
    pub async fn start() -> Self {
        let sandbox = sandbox::start(Options { people: 0, ..Options::default() }).await.unwrap();
        let mut browser = Self { sandbox, http: http(), cookie: String::new() };
        let blank = browser.get("connect/blank").await;
        browser.keep(&blank);
        browser
    }

    pub fn keep(&mut self, response: &Response) {
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    pub async fn get(&self, path: &str) -> Response {
        let url = self.sandbox.connect().join(path).unwrap();
        self.http.get(url).header(COOKIE, &self.cookie).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        let url = self.sandbox.connect().join(path).unwrap();
        self.http.post(url).header(COOKIE, &self.cookie).json(&body).send().await.unwrap()
    }

    /// Dials as the library does.
    pub async fn dial(&self, number: &str, queue: Queue) -> Value {
        let endpoint =
            json!({ "type": "phone_number", "phoneNumber": number, "endpointARN": null, "name": null });
        self.ask("createOutboundContact", json!({ "endpoint": endpoint, "queueARN": queue.arn() })).await
    }

    /// A status as the library hands it back.
    pub fn lunch(&self) -> Value {
        let lunch = Status::ALL.into_iter().find(|status| status.name == "Lunch").unwrap();
        json!({ "agentStateARN": lunch.arn(), "name": "Lunch", "type": "not_routable" })
    }

    pub async fn ask(&self, method: &str, params: Value) -> Value {
        let answer = self.post("ccp-v2/api", json!({ "method": method, "params": params })).await;
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }
}

/// Twice as long as the feed is ever silent.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
/// More events than any test causes.
const MOST_EVENTS: usize = 100;

/// The events of the feed, one at a time.
pub struct Feed {
    response: Response,
    buffer: String,
}

impl Feed {
    /// The feed after its first event.
    pub async fn open(browser: &Browser) -> Self {
        let mut feed = Self::of(browser).await;
        feed.next().await.unwrap();
        feed
    }

    pub async fn of(browser: &Browser) -> Self {
        Self { response: browser.get("ccp-v2/feed").await, buffer: String::new() }
    }

    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.buffer.split_once("\n\n") {
                let line =
                    |key: &str| event.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
                let event = (line("event: ").to_owned(), serde_json::from_str(line("data: ")).unwrap());
                self.buffer = rest.to_owned();
                return Some(event);
            }
            let chunk = timeout(LONGEST_SILENCE, self.response.chunk()).await.unwrap().unwrap()?;
            self.buffer.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    pub async fn snapshot(&mut self) -> Value {
        let (event, data) = self.next().await.unwrap();
        assert_eq!(event, "agent");
        data["snapshot"].clone()
    }

    /// The first snapshot in which the agent's state has that name.
    pub async fn until(&mut self, name: &str) -> Value {
        let mut events = 0;
        loop {
            events += 1;
            assert!(events <= MOST_EVENTS, "{name} did not come");
            let snapshot = self.snapshot().await;
            if snapshot["state"]["name"] == name {
                return snapshot;
            }
        }
    }
}

/// The service's name of a refusal.
pub fn kind(answer: &Value) -> String {
    let error: Value = serde_json::from_str(answer["err"].as_str().unwrap()).unwrap();
    error["type"].as_str().unwrap().to_owned()
}
