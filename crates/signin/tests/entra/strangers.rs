//! Requests of strangers to the redirect address of a login: they never end the wait, and nothing of them is passed on.

use std::time::Duration;

use signin::LoginOptions;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    browser::{open, query, way_back},
    server::{CODE, Entra, granted},
};

/// Sends these bytes, and returns what came back until the connection ended.
async fn say(port: u16, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    // A request that is too long is not read to its end.
    drop(stream.write_all(bytes).await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_stolen_redirect_is_refused_and_named_and_no_token_request_leaves() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    // Somebody signed in elsewhere and sends us their code, so that we work in their account.
    let other = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let mut stolen = way_back(&url);
    stolen.query_pairs_mut().append_pair("code", CODE).append_pair("state", &query(other.url(), "state"));
    let person = async {
        let refused = open(stolen).await;
        assert_eq!(refused.status, 400);
        assert!(refused.page.contains("This is not the login that ConnectPath Teams is waiting for."));
        assert!(entra.tokens_asked().is_empty(), "the code of a stranger was exchanged");
        open(url).await
    };
    let (grant, shown) = tokio::join!(attempt.finish(), person);
    assert!(grant.is_ok());
    assert_eq!((shown.status, entra.tokens_asked().len()), (200, 1));
}

#[tokio::test]
async fn hostile_requests_are_answered_and_never_end_the_wait() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let (port, state) = (way_back(&url).port().unwrap(), query(&url, "state"));
    let person = async {
        let right = format!("/?code={CODE}&state={state}");
        let host = format!("Host: localhost:{port}");
        for (method, path, host, status) in [
            ("POST", right.as_str(), host.as_str(), "404"),
            ("HEAD", right.as_str(), host.as_str(), "404"),
            ("GET", "/other?code=c&state=s", host.as_str(), "404"),
            ("GET", right.as_str(), "Host: attacker.example", "404"),
            ("GET", right.as_str(), "X-Host: none", "404"),
            ("GET", "/?code=a&code=b", host.as_str(), "400"),
        ] {
            let answer = say(port, format!("{method} {path} HTTP/1.1\r\n{host}\r\n\r\n").as_bytes()).await;
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status} ")),
                "{method} {path} {host}: {answer:.60}"
            );
        }
        let long = format!("GET {right} HTTP/1.1\r\n{host}\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
        assert_eq!(say(port, long.as_bytes()).await, "", "a head without an end");
        let many = format!("GET {right} HTTP/1.1\r\n{host}\r\n{}\r\n", "X: y\r\n".repeat(200));
        assert!(say(port, many.as_bytes()).await.starts_with("HTTP/1.1 400 "));
        assert!(entra.tokens_asked().is_empty());
        open(url).await
    };
    let (grant, shown) = tokio::join!(attempt.finish(), person);
    assert!(grant.is_ok());
    assert_eq!(shown.status, 200);
}

#[tokio::test]
async fn a_client_that_sends_byte_by_byte_keeps_nobody_waiting() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let port = way_back(&url).port().unwrap();
    let slow = tokio::spawn(async move {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        loop {
            drop(stream.write_all(b"G").await);
            sleep(Duration::from_millis(5)).await;
        }
    });
    let (grant, shown) = tokio::join!(attempt.finish(), open(url));
    slow.abort();
    assert!(grant.is_ok());
    assert_eq!(shown.status, 200);
}

#[tokio::test]
async fn connections_that_say_nothing_delay_nobody() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let port = way_back(&url).port().unwrap();
    let finishing = tokio::spawn(attempt.finish());
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
    }
    // Less than a silent connection may stay.
    let shown = timeout(Duration::from_secs(5), open(url)).await.unwrap();
    assert_eq!(shown.status, 200);
    assert!(finishing.await.unwrap().is_ok());
    drop(silent);
}

#[tokio::test]
async fn a_second_tab_shows_afterwards_that_the_login_is_used() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let mut again = way_back(&url);
    again.query_pairs_mut().append_pair("code", CODE).append_pair("state", &query(&url, "state"));
    let (grant, _) = tokio::join!(attempt.finish(), open(url));
    assert!(grant.is_ok());
    let second = open(again).await;
    assert_eq!(second.status, 410);
    assert!(second.page.contains("This login is already used."));
    assert!(second.page.contains("Return to ConnectPath Teams."));
    assert_eq!(entra.tokens_asked().len(), 1);
}

#[tokio::test]
async fn the_way_back_is_open_on_both_loopback_addresses() {
    let entra = Entra::start().await;
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let port = way_back(attempt.url()).port().unwrap();
    let finishing = tokio::spawn(attempt.finish());
    for address in ["127.0.0.1", "::1"] {
        // A machine without IPv6 has one address less, and no browser that would use it.
        let Ok(mut stream) = TcpStream::connect((address, port)).await else {
            assert_eq!(address, "::1");
            continue;
        };
        let host = if address == "::1" { "[::1]" } else { address };
        stream.write_all(format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        timeout(Duration::from_secs(5), stream.read_to_string(&mut answer)).await.unwrap().unwrap();
        assert!(answer.starts_with("HTTP/1.1 404 "), "{address}: {answer:.40}");
    }
    finishing.abort();
}
