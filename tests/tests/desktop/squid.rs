//! Squid on loopback: a proxy as companies have it, with a password and, if asked for, with its own certificate
//! authority for everything encrypted.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use smoke::stage::until;

/// Which requests may pass.
pub const USER: &str = "priya.raman";
pub const PASSWORD: &str = "correct-horse-battery-staple";

/// Squid makes its certificates with this.
const HELPER: &str = "/usr/lib/squid/security_file_certgen";
const START: Duration = Duration::from_secs(20);

/// A proxy that can be stopped and started again at the same place.
pub struct Squid {
    folder: tempfile::TempDir,
    address: SocketAddr,
    child: Option<Child>,
}

impl Squid {
    /// With a Squid that can inspect: that is Debian's `squid-openssl`.
    pub fn new() -> Self {
        assert!(
            Path::new(HELPER).exists() && program("squid").is_some() && program("openssl").is_some(),
            "Squid with OpenSSL is missing: install squid-openssl and openssl"
        );
        let folder = tempfile::tempdir().unwrap();
        // Started by root, Squid continues as another user.
        open(folder.path(), 0o777);
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let squid = Self { folder, address, child: None };
        squid.write();
        squid
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate of its authority.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// The settings that lead everything through it, this machine included.
    pub fn settings(&self) -> String {
        format!("[network]\nproxy = \"http://{}\"\nuser = \"{USER}\"\nbypass = []\n", self.address)
    }

    /// What it was asked for and answered, a line each: "priya.raman 200 GET http://… Mozilla/5.0 …".
    pub fn seen(&self) -> Vec<String> {
        let log = fs::read_to_string(self.folder.path().join("access.log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    /// Starts it as a proxy that lets everyone with the password pass.
    pub async fn start(&mut self) {
        self.start_with("proxy.conf").await;
    }

    /// Starts it as one that shows certificates of its own to everybody, and refuses what is in the tunnels.
    pub async fn start_inspecting(&mut self) {
        self.start_with("inspecting.conf").await;
    }

    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    async fn start_with(&mut self, conf: &str) {
        let mut command = Command::new(program("squid").unwrap());
        command.arg("-N").arg("-f").arg(self.folder.path().join(conf)).current_dir(&self.folder);
        self.child = Some(command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        let address = self.address;
        let log = self.folder.path().join("cache.log");
        until(START, "a proxy", async || {
            let logged = || fs::read_to_string(&log).unwrap_or_default();
            TcpStream::connect(address).map(drop).map_err(|error| format!("{error}: {}", logged()))
        })
        .await
        .unwrap();
    }

    fn write(&self) {
        let folder = self.folder.path();
        let place = folder.display();
        let login = format!(
            "#!/bin/sh\nwhile read -r line; do\n\
             if [ \"$line\" = '{USER} {PASSWORD}' ]; then echo OK; else echo ERR; fi\ndone\n"
        );
        fs::write(folder.join("login"), login).unwrap();
        open(&folder.join("login"), 0o755);
        let common = format!(
            "auth_param basic program {place}/login\n\
             auth_param basic children 1\n\
             auth_param basic realm Contoso\n\
             acl known proxy_auth REQUIRED\n\
             acl tunnel method CONNECT\n\
             logformat seen %un %>Hs %rm %ru %{{User-Agent}}>h\n\
             access_log stdio:{place}/access.log logformat=seen\n\
             cache_log {place}/cache.log\n\
             coredump_dir {place}\n\
             pid_filename none\n\
             cache deny all\n\
             pinger_enable off\n\
             shutdown_lifetime 0 seconds\n\
             visible_hostname contoso\n"
        );
        let port = self.address;
        let plain = format!("http_port {port}\n{common}http_access allow known\nhttp_access deny all\n");
        fs::write(folder.join("proxy.conf"), plain).unwrap();
        self.make_authority();
        // What is asked within a tunnel goes nowhere and is answered as by a service in trouble: a page with 403 would be
        // the proxy's own answer in its place.
        let inspecting = format!(
            "http_port {port} ssl-bump tls-cert={place}/authority.pem generate-host-certificates=on \
             dynamic_cert_mem_cache_size=4MB\n\
             sslcrtd_program {HELPER} -s {place}/certificates -M 4MB\nsslcrtd_children 1\nssl_bump bump all\n\
             {common}http_access allow tunnel\nhttp_access deny all\n\
             deny_info 503:ERR_ACCESS_DENIED all\n"
        );
        fs::write(folder.join("inspecting.conf"), inspecting).unwrap();
    }

    fn make_authority(&self) {
        let authority = self.authority();
        let key = self.folder.path().join("key.pem");
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]);
        openssl.args(["-subj", "/CN=Contoso Inspection", "-addext", "basicConstraints=critical,CA:TRUE"]);
        openssl
            .args(["-addext", "keyUsage=critical,keyCertSign"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&authority);
        assert!(openssl.output().unwrap().status.success());
        let both = [fs::read(&authority).unwrap(), fs::read(&key).unwrap()].concat();
        fs::write(&authority, both).unwrap();
        open(&authority, 0o644);
        let certificates = self.folder.path().join("certificates");
        let made =
            Command::new(HELPER).arg("-c").arg("-s").arg(&certificates).args(["-M", "4MB"]).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        for entry in fs::read_dir(&certificates).unwrap() {
            open(&entry.unwrap().path(), 0o777);
        }
        open(&certificates, 0o777);
    }
}

impl Drop for Squid {
    fn drop(&mut self) {
        self.stop();
    }
}

fn open(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Administrators' programs are not on everybody's path.
fn program(name: &str) -> Option<PathBuf> {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
    folders.into_iter().map(|folder| Path::new(folder).join(name)).find(|program| program.is_file())
}
