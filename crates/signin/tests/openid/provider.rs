//! The provider as a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use signin::{Registration, SignIn};
use url::Url;

pub const TENANT: &str = "5f0c8f7e-2f5b-4b1e-9a51-0f3a6a1c2d3e";
const CLIENT: &str = "22553876-f5ab-4529-bffb-cfe50aa89f87";

pub struct Provider {
    process: Child,
    authority: Url,
}

impl Provider {
    pub fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oidc");
        assert!(
            folder.join("node_modules").is_dir(),
            "`npm ci` in tests/oidc comes first; `cargo xtask test` does it"
        );
        let mut process = Command::new("node")
            .args(["provider.js", TENANT, CLIENT])
            .args(scopes().iter().filter(|scope| scope.contains("://")))
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let authority = Url::parse(line.trim()).unwrap();
        Self { process, authority }
    }

    pub fn sign_in(&self) -> SignIn {
        // Installing the provider twice fails harmlessly.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let registration = Registration {
            authority: self.authority.clone(),
            tenant: TENANT.to_owned(),
            client_id: CLIENT.to_owned(),
            scopes: scopes(),
        };
        SignIn::new(http.build().unwrap(), registration)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn scopes() -> Vec<String> {
    signin::scopes(&Url::parse("https://graph.microsoft.com/v1.0/").unwrap(), true)
}
