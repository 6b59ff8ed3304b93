//! Every answer of the sandbox's Graph, errors included, against Microsoft's description of it
//! (`contracts/graph-openapi.yaml`).

use std::collections::BTreeSet;
use std::time::Duration;

use jsonschema::Validator;
use reqwest::{Client, Method, RequestBuilder, Url};
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};

use crate::sign_in;

const DESCRIPTION: &str = include_str!("../../contracts/graph-openapi.yaml");
const EVERYTHING: &str =
    "openid profile offline_access User.Read User.Read.All Presence.Read.All Presence.ReadWrite";

/// Microsoft's description, with its schemas as JSON Schema.
struct Description {
    paths: Value,
    responses: Value,
    schemas: Value,
}

impl Description {
    fn read() -> Self {
        let mut description: Value = serde_yaml_ng::from_str(DESCRIPTION).unwrap();
        let mut schemas = description["components"]["schemas"].take();
        to_json_schema(&mut schemas);
        let responses = description["components"]["responses"].take();
        Self { paths: description["paths"].take(), responses, schemas }
    }

    fn operations(&self) -> BTreeSet<(String, String)> {
        let mut operations = BTreeSet::new();
        for (path, methods) in self.paths.as_object().unwrap() {
            for method in methods.as_object().unwrap().keys().filter(|method| *method != "parameters") {
                operations.insert((method.to_uppercase(), path.clone()));
            }
        }
        operations
    }

    /// The schema of an answer's body; None when the answer has none.
    fn schema(&self, method: &str, path: &str, status: u16) -> Option<Validator> {
        let method = method.to_lowercase();
        let mut response = &self.paths[path][&method]["responses"][status.to_string()];
        assert!(!response.is_null(), "{method} {path} does not describe {status}");
        if let Some(name) = response["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
            response = &self.responses[name];
        }
        let schema = response.get("content")?["application/json"]["schema"].clone();
        let mut document = json!({ "components": { "schemas": self.schemas } });
        document["allOf"] = json!([schema]);
        Some(jsonschema::draft202012::new(&document).unwrap())
    }

    fn check(&self, method: &str, path: &str, status: u16, body: &str) {
        match self.schema(method, path, status) {
            None => assert_eq!(body, "", "{method} {path} {status} has no body"),
            Some(schema) => {
                let body: Value = serde_json::from_str(body).unwrap();
                let errors: Vec<_> = schema
                    .iter_errors(&body)
                    .map(|error| format!("{}: {error}", error.instance_path()))
                    .collect();
                assert!(errors.is_empty(), "{method} {path} {status}: {errors:#?}\n{body:#}");
            }
        }
    }
}

// OpenAPI 3.0 says `nullable`; JSON Schema lists null as a type. What Microsoft does not name is refused, so
// that a misspelt property is noticed. An empty nullable object beside a reference is its way to say "or null".
fn to_json_schema(schema: &mut Value) {
    match schema {
        Value::Array(parts) => parts.iter_mut().for_each(to_json_schema),
        Value::Object(parts) => {
            if parts.remove("nullable") == Some(json!(true)) {
                let kind = parts["type"].take();
                let empty = kind == "object" && !parts.contains_key("properties");
                parts.insert("type".to_owned(), if empty { json!("null") } else { json!([kind, "null"]) });
            }
            if parts.get("properties").is_some_and(Value::is_object)
                && !parts.contains_key("additionalProperties")
            {
                parts.insert("additionalProperties".to_owned(), json!(false));
            }
            parts.values_mut().for_each(to_json_schema);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A client of the sandbox that compares every answer with the description.
struct Checked {
    sandbox: Sandbox,
    http: Client,
    description: Description,
    seen: BTreeSet<(String, String)>,
    statuses: BTreeSet<u16>,
}

impl Checked {
    async fn start() -> Self {
        // The other tests of this process may have installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sandbox = sandbox::start(Options { people: 60, ..Options::default() }).await.unwrap();
        let description = Description::read();
        let (seen, statuses) = (BTreeSet::new(), BTreeSet::new());
        Self { sandbox, http: Client::new(), description, seen, statuses }
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("{}graph/v1.0{path}", self.sandbox.microsoft())).unwrap()
    }

    /// Sends, checks the answer against `path` of the description, and yields it.
    async fn send(&mut self, method: Method, path: &str, request: RequestBuilder, status: u16) -> Value {
        let answer = request.send().await.unwrap();
        assert!(answer.headers().contains_key("request-id"));
        let (got, body) = (answer.status().as_u16(), answer.text().await.unwrap());
        assert_eq!(got, status, "{method} {path}: {body}");
        self.description.check(method.as_str(), path, status, &body);
        self.seen.insert((method.to_string(), path.to_owned()));
        self.statuses.insert(status);
        serde_json::from_str(&body).unwrap_or_default()
    }

    async fn get(&mut self, token: &str, path: &str, query: &str, status: u16) -> Value {
        let request = self.http.get(self.url(&format!("{path}{query}"))).bearer_auth(token);
        self.send(Method::GET, path, request.header("ConsistencyLevel", "eventual"), status).await
    }

    async fn get_of(&mut self, token: &str, id: &str, status: u16) -> Value {
        let request = self.http.get(self.url(&format!("/users/{id}/presence"))).bearer_auth(token);
        self.send(Method::GET, "/users/{user-id}/presence", request, status).await
    }

    async fn post(&mut self, token: &str, path: &str, body: &Value, status: u16) -> Value {
        let request = self.http.post(self.url(path)).bearer_auth(token).json(body);
        self.send(Method::POST, path, request, status).await
    }

    async fn post_of(&mut self, token: &str, id: &str, action: &str, body: &Value, status: u16) -> Value {
        let request =
            self.http.post(self.url(&format!("/users/{id}/presence/{action}"))).bearer_auth(token).json(body);
        self.send(Method::POST, &format!("/users/{{user-id}}/presence/{action}"), request, status).await
    }

    fn setting(&self, key: &str) -> String {
        sign_in::setting(&self.sandbox, key)
    }

    async fn token(&self, scope: &str) -> String {
        let tokens = sign_in::tokens(&self.sandbox, &self.http, scope).await;
        tokens["access_token"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn every_answer_fits_microsofts_description() {
    let mut graph = Checked::start().await;
    let token = graph.token(EVERYTHING).await;
    let session = json!({ "sessionId": graph.setting("client_id") });
    let on_a_call = json!({
        "sessionId": graph.setting("client_id"),
        "availability": "Busy",
        "activity": "InACall",
        "expirationDuration": "PT10M",
    });
    let busy = json!({ "availability": "Busy", "activity": "Busy", "expirationDuration": "PT8H" });

    let text = json!({ "content": "Direct +44 1632 960400", "contentType": "text" });
    let ends = json!({ "dateTime": "2099-10-18T17:05:33.2079781", "timeZone": "Pacific Standard Time" });
    let message = json!({ "statusMessage": { "message": text, "expiryDateTime": ends } });
    let html = json!({ "statusMessage": { "message": { "content": "<b>", "contentType": "html" } } });

    let me = graph.get(&token, "/me", "", 200).await["id"].as_str().unwrap().to_owned();
    graph.get(&token, "/me", "?$select=id,department,accountEnabled", 200).await;
    graph.get(&token, "/me/presence", "", 200).await;
    graph.get_of(&token, &me, 200).await;

    // Both ways of naming oneself write the same.
    for own in [true, false] {
        for (action, body, status) in [
            ("setPresence", &on_a_call, 200),
            ("clearPresence", &session, 200),
            ("clearPresence", &session, 404),
            ("setUserPreferredPresence", &busy, 200),
            ("clearUserPreferredPresence", &json!({}), 200),
            ("setPresence", &busy, 400),
            ("setUserPreferredPresence", &on_a_call, 400),
            ("setStatusMessage", &html, 400),
            ("setStatusMessage", &message, 200),
        ] {
            if own {
                graph.post(&token, &format!("/me/presence/{action}"), body, status).await;
            } else {
                graph.post_of(&token, &me, action, body, status).await;
            }
        }
        let shown = graph.get(&token, "/me/presence", "", 200).await["statusMessage"].clone();
        assert_eq!((&shown["message"], &shown["expiryDateTime"]["timeZone"]), (&text, &json!("UTC")));
        graph.post(&token, "/me/presence/setStatusMessage", &json!({ "statusMessage": null }), 200).await;
        assert!(graph.get_of(&token, &me, 200).await["statusMessage"].is_null());
    }

    let licensed = "?$count=true&$top=999&$select=id,displayName,mail,businessPhones,mobilePhone,assignedPlans&$filter=\
        accountEnabled eq true and assignedPlans/any(p:p/servicePlanId eq 57ff2da0-773e-42df-b2af-ffb7a2317929 \
        and p/capabilityStatus eq 'Enabled')";
    let first = graph.get(&token, "/users", licensed, 200).await;
    let next = Url::parse(first["@odata.nextLink"].as_str().unwrap()).unwrap();
    let next = graph.http.get(next).bearer_auth(&token).header("ConsistencyLevel", "eventual");
    let last = graph.send(Method::GET, "/users", next, 200).await;
    assert_eq!((first["@odata.count"].as_u64(), last.get("@odata.nextLink")), (Some(61), None));
    graph.get(&token, "/users", "", 200).await;
    graph.get(&token, "/users", "?$top=1000", 400).await;
    graph.get(&token, "/users", "?$filter=shoeSize eq 43", 400).await;

    let people = first["value"].as_array().unwrap().iter().chain(last["value"].as_array().unwrap());
    let ids: Vec<&str> = people.map(|person| person["id"].as_str().unwrap()).collect();
    let colleague = ids.iter().find(|id| **id != me).copied().unwrap();
    let many = "/communications/getPresencesByUserId";
    graph.post(&token, many, &json!({ "ids": ids }), 200).await;
    graph.post(&token, many, &json!({ "ids": vec!["x"; 651] }), 400).await;
    graph.get_of(&token, colleague, 200).await;
    graph.get_of(&token, "00000000-0000-4000-8000-000000000000", 404).await;
    graph.post_of(&token, colleague, "setPresence", &on_a_call, 401).await;
    graph.post_of(&token, colleague, "setStatusMessage", &message, 401).await;
    let somebody = colleague.parse().unwrap();
    graph.sandbox.world().write_status_message_of(somebody, Some("In the office until 4 pm")).unwrap();
    let theirs = graph.get_of(&token, colleague, 200).await["statusMessage"].clone();
    let text_only = json!({ "content": "In the office until 4 pm", "contentType": "text" });
    assert_eq!(theirs, json!({ "message": text_only }), "when it ends is not for others");
    graph.post(&token, many, &json!({ "ids": [colleague, me] }), 200).await;

    let nothing = graph.token("openid").await;
    graph.get(&nothing, "/me", "", 403).await;
    graph.get(&nothing, "/users", "", 403).await;
    graph.get(&nothing, "/me/presence", "", 403).await;
    graph.get_of(&nothing, colleague, 403).await;
    graph.post(&nothing, "/me/presence/setPresence", &on_a_call, 403).await;
    graph.post(&nothing, "/me/presence/setStatusMessage", &message, 403).await;
    graph.post(&nothing, many, &json!({ "ids": [me] }), 403).await;

    graph.get("not-a-token", "/me", "", 401).await;
    graph.post("not-a-token", many, &json!({ "ids": [me] }), 401).await;
    graph.sandbox.world().throttle(Duration::from_secs(60), 5);
    graph.get(&token, "/users", "", 429).await;
    graph.post(&token, "/me/presence/setPresence", &on_a_call, 429).await;
    graph.sandbox.world().throttle(Duration::ZERO, 5);
    graph.sandbox.world().set_graph_down(true);
    graph.get(&token, "/me/presence", "", 503).await;

    assert_eq!(graph.seen, graph.description.operations(), "every described operation is called");
    assert_eq!(graph.statuses, BTreeSet::from([200, 400, 401, 403, 404, 429, 503]));
}

#[test]
fn an_answer_that_does_not_fit_is_noticed() {
    let description = Description::read();
    let schema = description.schema("GET", "/me/presence", 200).unwrap();
    assert!(schema.is_valid(&json!({ "id": "a", "availability": null, "workLocation": null })));
    for wrong in [
        json!({ "availability": "Busy" }),
        json!({ "id": "a", "availability": 3 }),
        json!({ "id": "a", "avilability": "Busy" }),
        json!({ "id": "a", "outOfOfficeSettings": { "isOutOfOffice": "no" } }),
    ] {
        assert!(!schema.is_valid(&wrong), "{wrong}");
    }
}
