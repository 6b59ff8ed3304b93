//! Which requests go through the proxy, and what it receives.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::Bypass;

/// Answers every request with this, and records the request.
async fn server(answer: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).await.is_ok_and(|read| read > 0) {
                head.extend_from_slice(&byte);
            }
            seen.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
            drop(stream.write_all(answer.as_bytes()).await);
        }
    });
    (address, asked)
}

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const REFUSED: &str = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// The client as the application makes it.
fn through(proxy: &Proxy) -> reqwest::Client {
    // Another test of this process may have been first.
    drop(rustls::crypto::ring::default_provider().install_default());
    client(Some(proxy)).unwrap()
}

fn proxy(address: &str, bypass: Bypass) -> Proxy {
    of_user("priya", address, bypass)
}

fn of_user(name: &str, address: &str, bypass: Bypass) -> Proxy {
    let address = format!("http://{address}").parse().unwrap();
    Proxy::new(address, Some(name.parse().unwrap()), bypass)
}

#[tokio::test]
async fn a_request_goes_through_the_proxy_with_its_password_once_that_is_known() {
    let (address, asked) = server(OK).await;
    let proxy = proxy(&address, Bypass::new(Vec::new()));
    let client = through(&proxy);
    client.get("http://127.0.0.1:9/graph/me").send().await.unwrap();
    proxy.use_password(Some("hunter2".into()));
    client.get("http://127.0.0.1:9/graph/me").send().await.unwrap();
    let asked = asked.lock().unwrap();
    assert!(asked[0].starts_with("GET http://127.0.0.1:9/graph/me HTTP/1.1\r\n"), "{asked:?}");
    assert!(!asked[0].contains("authorization"), "{asked:?}");
    assert!(asked[1].contains("proxy-authorization: Basic cHJpeWE6aHVudGVyMg==\r\n"), "{asked:?}");
}

#[tokio::test]
async fn a_percent_sign_in_user_or_password_arrives_as_it_is() {
    let (address, asked) = server(OK).await;
    let proxy = of_user("pri%41ya", &address, Bypass::new(Vec::new()));
    proxy.use_password(Some("a%41b".into()));
    through(&proxy).get("http://127.0.0.1:9/").send().await.unwrap();
    let asked = asked.lock().unwrap();
    // pri%41ya:a%41b
    assert!(asked[0].contains("proxy-authorization: Basic cHJpJTQxeWE6YSU0MWI=\r\n"), "{asked:?}");
}

#[tokio::test]
async fn what_is_encrypted_goes_through_a_tunnel_and_only_the_proxy_has_its_password() {
    let (address, asked) = server(REFUSED).await;
    let proxy = proxy(&address, Bypass::default());
    proxy.use_password(Some("hunter2".into()));
    let client = through(&proxy);
    let error = client.get("https://graph.microsoft.com/v1.0/").send().await.unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    let asked = asked.lock().unwrap();
    assert!(asked[0].starts_with("CONNECT graph.microsoft.com:443 HTTP/1.1\r\n"), "{asked:?}");
    assert!(asked[0].contains(": Basic cHJpeWE6aHVudGVyMg==\r\n"), "{asked:?}");
}

#[tokio::test]
async fn this_machine_is_reached_without_the_proxy_unless_the_list_says_otherwise() {
    let (address, asked) = server(OK).await;
    let (service, reached) = server(OK).await;
    let client = through(&proxy(&address, Bypass::default()));
    client.get(format!("http://{service}/")).send().await.unwrap();
    assert_eq!((asked.lock().unwrap().len(), reached.lock().unwrap().len()), (0, 1));
}
