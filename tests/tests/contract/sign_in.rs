//! An application with the sandbox's registration, at whose loopback listener a sign-in ends.

use reqwest::{Client, Url};
use sandbox::Sandbox;
use serde_json::{Map, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A value of the sandbox's settings.
pub fn setting(sandbox: &Sandbox, key: &str) -> String {
    let settings = sandbox.settings_toml_with_connect_api();
    let line = settings.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

/// The tokens of a sign-in.
pub async fn tokens(sandbox: &Sandbox, http: &Client, scope: &str) -> Map<String, Value> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let redirect = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
    let login = format!("{}login/{}/oauth2/v2.0/", sandbox.microsoft(), setting(sandbox, "tenant"));
    let client = setting(sandbox, "client_id");
    let authorize = Url::parse_with_params(
        &format!("{login}authorize"),
        [
            ("client_id", client.as_str()),
            ("response_type", "code"),
            ("redirect_uri", &redirect),
            ("scope", scope),
            ("state", "s"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ],
    )
    .unwrap();
    let heard = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let read = stream.read(&mut request).await.unwrap();
        let done = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        stream.write_all(done).await.unwrap();
        String::from_utf8_lossy(&request[..read]).into_owned()
    };
    let (signed_in, request) = tokio::join!(sandbox::sign_in(http, &authorize), heard);
    signed_in.unwrap();
    let answer = Url::parse(&redirect).unwrap().join(request.split(' ').nth(1).unwrap()).unwrap();
    let code = answer.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let form = [
        ("client_id", client.as_str()),
        ("grant_type", "authorization_code"),
        ("redirect_uri", &redirect),
        ("code", &code),
        ("code_verifier", VERIFIER),
    ];
    let tokens = http.post(format!("{login}token")).form(&form).send().await.unwrap();
    tokens.json().await.unwrap()
}
