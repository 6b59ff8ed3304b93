//! What a person's own file can do, seen from outside: by a proxy that gets every request that leaves this machine.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
};

use smoke::stage::App;

use crate::office::{BOTH_AVAILABLE, CLICK, Desk, START, program};

/// Records what it is asked for, and lets nothing through.
struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut line = String::new();
                drop(BufReader::new(stream).read_line(&mut line));
                seen.lock().unwrap().push(line.trim_end().to_owned());
            }
        });
        Self { address, asked }
    }

    /// Every request so far that names this host.
    fn asked_for(&self, host: &str) -> Vec<String> {
        self.asked.lock().unwrap().iter().filter(|line| line.contains(host)).cloned().collect()
    }

    /// The variables that send everything but this machine through it.
    fn environment(&self) -> [(&'static str, String); 3] {
        let proxy = format!("http://{}", self.address);
        [
            ("http_proxy", proxy.clone()),
            ("https_proxy", proxy),
            ("no_proxy", "127.0.0.1,localhost".to_owned()),
        ]
    }

    fn app(&self, desk: &Desk) -> App {
        let mut command = desk.stage.command(program());
        command.args(desk.arguments(&["--hidden"])).envs(self.environment());
        desk.stage.start_command(command, "connectpath-teams").unwrap()
    }
}

#[tokio::test]
async fn another_host_in_the_persons_file_is_refused_and_named_and_nothing_is_sent_there() {
    let desk = Desk::complete("trust").await;
    let proxy = Proxy::start();
    let mut app = proxy.app(&desk);
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;

    let good = desk.contoso.settings_toml();
    let moved = |key: &str, host: &str| -> String {
        let line = |line: &str| match line.starts_with(&format!("{key} = ")) {
            true => format!("{key} = \"https://{host}/\""),
            false => line.to_owned(),
        };
        good.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    for (key, host) in
        [("graph", "graph.example.com"), ("login", "login.example.com"), ("ccp", "ccp.example.com")]
    {
        desk.write_settings(&moved(key, host));
        let named = format!("endpoints.{key} names {host} by https");
        desk.stage.notification(&named, CLICK).await.unwrap();
    }
    // Both the running application and one that is started now use the last good settings.
    desk.world().choose_status("Training").unwrap();
    let tray = desk.tooltip_is("In step: Training / Busy", CLICK).await;
    tray.click("Quit").await.unwrap();
    assert!(app.wait(CLICK).await.unwrap().success());
    let mut app = proxy.app(&desk);
    desk.tooltip_is("In step: Training / Busy", START).await.click("Quit").await.unwrap();
    assert!(app.wait(CLICK).await.unwrap().success());
    assert_eq!(proxy.asked_for("example.com"), [""; 0]);

    // The proxy sees what the application sends to a host that it may reach.
    std::fs::remove_dir_all(&desk.data).unwrap();
    std::fs::create_dir(&desk.data).unwrap();
    let cloud = "login.microsoftonline.com";
    let lines: Vec<&str> = good.lines().take_while(|line| !line.starts_with("[endpoints]")).collect();
    desk.write_settings(&lines.join("\n"));
    let mut command = desk.stage.command(program());
    command.args(["doctor", "--json", "--data-dir", desk.data.to_str().unwrap()]).envs(proxy.environment());
    command.output().await.unwrap();
    assert!(proxy.asked_for(cloud).contains(&format!("CONNECT {cloud}:443 HTTP/1.1")));
}
