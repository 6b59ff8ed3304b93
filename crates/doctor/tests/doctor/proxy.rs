//! Doctor's findings about the proxy between this machine and the services.

use std::sync::{Arc, Mutex};

use doctor::{NetworkDiagnosis, Probe, ServiceUrls};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use view::{
    doctor::{Check, CheckStatus, Topic},
    facts::NetworkFault,
    from_facts::network,
};

use crate::bench::{Bench, Machine, of};

/// Starts a proxy that answers every request with this head.
async fn proxy(head: &'static str) -> String {
    recording_proxy(head).await.0
}

/// Starts the same proxy, and records the requests to it.
async fn recording_proxy(head: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let seen = Arc::clone(&asked);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let seen = Arc::clone(&seen);
            tokio::spawn(async move {
                let mut part = [0; 4096];
                let read = stream.read(&mut part).await.unwrap_or_default();
                seen.lock().unwrap().push(String::from_utf8_lossy(&part[..read]).into_owned());
                drop(stream.write_all(format!("{head}\r\nContent-Length: 0\r\n\r\n").as_bytes()).await);
            });
        }
    });
    (address, asked)
}

/// Adds the proxy to the settings, also for this machine.
fn through(proxy: &str) -> impl FnOnce(String) -> String {
    let network = format!("[network]\nproxy = \"http://{proxy}\"\nbypass = []\n");
    move |text| format!("{text}\n{network}")
}

/// Adds the proxy with a user.
fn through_as_priya(proxy: &str) -> impl FnOnce(String) -> String {
    let through = through(proxy);
    move |text| format!("{}user = \"priya\"\n", through(text))
}

/// Asserts that every check that depends on the proxy reports this fault.
fn assert_all_report(checks: &[Check], fault: &NetworkFault) {
    for topic in [Topic::Proxy, Topic::NetworkLogin, Topic::NetworkGraph, Topic::NetworkInstance] {
        let check = of(checks, topic);
        assert_eq!((check.status, &check.saw), (CheckStatus::Failed, &network::saw(fault)), "{topic:?}");
        assert_eq!(check.to_do, Some(network::to_do(fault)), "{topic:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_does_not_answer_is_named() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string();
    let bench = Bench::with(Machine::default(), through(&free)).await;
    assert_all_report(&bench.checks().await, &NetworkFault::ProxyDown { proxy: free });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_only_web_views_can_send_is_named_with_its_kinds() {
    let answer = "HTTP/1.1 407 Login\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM";
    let address = proxy(answer).await;
    let bench = Bench::with(Machine::default(), through_as_priya(&address)).await;
    let kinds = "Negotiate, NTLM".to_owned();
    assert_all_report(&bench.checks().await, &NetworkFault::OtherLogin { proxy: address, kinds });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_password_is_distinguished_from_a_wrong_one() {
    let address = proxy("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"proxy\"").await;
    let bench = Bench::with(Machine::default(), through_as_priya(&address)).await;
    assert_all_report(&bench.checks().await, &NetworkFault::PasswordMissing { proxy: address.clone() });

    let machine = Machine { proxy_password: Some("hunter2".to_owned()), ..Machine::default() };
    let bench = Bench::with(machine, through_as_priya(&address)).await;
    let checks = bench.checks().await;
    assert_all_report(&checks, &NetworkFault::PasswordRefused { proxy: address });
    assert!(!format!("{checks:?}").contains("hunter2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_place_of_a_service_is_a_failure() {
    for (head, status) in [
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", "200"),
        ("HTTP/1.1 403 Forbidden\r\nContent-Type: TEXT/HTML", "403"),
        ("HTTP/1.1 511 Login", "511"),
        ("HTTP/1.1 302 Found\r\nLocation: http://wifi.example.com/login", "302"),
    ] {
        let address = proxy(head).await;
        let bench = Bench::with(Machine::default(), through(&address)).await;
        let checks = bench.checks().await;
        let saw =
            format!("Something between this computer and 127.0.0.1 answers in its place (status {status}).");
        for topic in [Topic::NetworkGraph, Topic::NetworkLogin, Topic::Proxy] {
            let check = of(&checks, topic);
            assert_eq!((check.status, &check.saw), (CheckStatus::Failed, &saw), "{head}: {topic:?}");
        }
        assert_eq!(of(&checks, Topic::Clock).status, CheckStatus::NotChecked, "{head}: whose clock?");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_requires_a_login_is_no_instance() {
    let address = proxy("HTTP/1.1 511 Login\r\nContent-Type: text/html").await;
    let bench = Bench::with(Machine::default(), through(&address)).await;
    let checks = bench.checks().await;
    assert_eq!(of(&checks, Topic::NetworkInstance).status, CheckStatus::Failed);
    assert_eq!(of(&checks, Topic::Instance).status, CheckStatus::NotChecked);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_service_is_diagnosed_by_its_own_connection() {
    let address = proxy("HTTP/1.1 403 Forbidden").await;
    let settings = format!("http://{address}").parse().unwrap();
    let bypass = net::Bypass::new(vec!["127.0.0.1".parse().unwrap()]);
    let proxy = net::Proxy::new(settings, None, bypass);
    let bench = Bench::start().await;
    let probe: Arc<dyn Probe> = bench.machine.clone();
    let here = bench.sandbox.connect().clone();
    let graph: url::Url = "https://graph.contoso.example/v1.0/".parse().unwrap();
    let client = net::client(Some(&proxy)).unwrap();
    let refused = NetworkDiagnosis::Fault(NetworkFault::Refuses { proxy: address });
    // The fault of either of Microsoft's addresses counts.
    for (login, graph) in [(here.clone(), graph.clone()), (graph, here.clone())] {
        let urls = ServiceUrls { login, graph, connect: here.clone() };
        let found =
            doctor::diagnose_network(client.clone(), Some(proxy.clone()), Arc::clone(&probe), urls).await;
        assert_eq!(found, [refused.clone(), NetworkDiagnosis::Reached], "Connect is bypassed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_sent_once() {
    let (address, asked) =
        recording_proxy("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"proxy\"").await;
    let settings = format!("http://{address}").parse().unwrap();
    let proxy = net::Proxy::new(settings, "priya".parse().ok(), net::Bypass::new(Vec::new()));
    proxy.use_password(Some("hunter2".into()));
    let bench = Bench::start().await;
    let client = net::client(Some(&proxy)).unwrap();
    let url: url::Url = "https://graph.contoso.example/v1.0/".parse().unwrap();
    let urls = ServiceUrls { login: url.clone(), graph: url.clone(), connect: url };
    for _ in 0..3 {
        let probe: Arc<dyn Probe> = bench.machine.clone();
        let found = doctor::diagnose_network(client.clone(), Some(proxy.clone()), probe, urls.clone()).await;
        let fault = NetworkDiagnosis::Fault(NetworkFault::PasswordRefused { proxy: address.clone() });
        assert_eq!(found, [fault.clone(), fault]);
    }
    let asked = asked.lock().unwrap();
    let sent = asked.iter().filter(|head| head.contains("Proxy-Authorization"));
    assert_eq!((sent.count(), asked.len()), (1, 9), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_the_proxy_cannot_reach_is_not_refused_and_a_bypassed_one_has_no_proxy() {
    let address = proxy("HTTP/1.1 503 Service Unavailable").await;
    let bench = Bench::start().await;
    let probe: Arc<dyn Probe> = bench.machine.clone();
    let proxy =
        net::Proxy::new(format!("http://{address}").parse().unwrap(), None, net::Bypass::new(Vec::new()));
    let client = net::client(Some(&proxy)).unwrap();
    let url: url::Url = "https://graph.contoso.example/v1.0/".parse().unwrap();
    let urls = ServiceUrls { login: url.clone(), graph: url.clone(), connect: url };
    let found = doctor::diagnose_network(client, Some(proxy), probe, urls).await;
    let fault = NetworkDiagnosis::Fault(NetworkFault::Unreached { proxy: address });
    assert_eq!(found, [fault.clone(), fault]);

    // This machine is bypassed unless the settings say otherwise.
    let set = "[network]\nproxy = \"http://proxy.example:8080\"\n";
    let bench = Bench::with(Machine::default(), |text| format!("{text}\n{set}")).await;
    let saw = of(&bench.checks().await, Topic::Proxy).saw.clone();
    assert!(saw.starts_with("The settings exclude 127.0.0.1 from the proxy."), "{saw}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_is_to_blame_only_if_nothing_arrives_without_a_proxy() {
    let machine = || Machine { script: true, ..Machine::default() };
    let bench = Bench::with(machine(), |text| text).await;
    let checks = bench.checks().await;
    let check = of(&checks, Topic::Proxy);
    assert_eq!(check.status, CheckStatus::Good);
    assert!(check.saw.starts_with("A script names the proxies of this computer."), "{}", check.saw);

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let elsewhere = |text: String| {
        let graph = text.lines().find(|line| line.starts_with("graph = ")).unwrap().to_owned();
        text.replace(&graph, &format!("graph = \"http://{closed}/v1.0/\""))
    };
    let bench = Bench::with(machine(), elsewhere).await;
    let checks = bench.checks().await;
    assert_eq!(of(&checks, Topic::Proxy).saw, network::saw(&NetworkFault::Script));
}
