//! What an administrator can rely on, and what a person reads about it. The tests run as any user, who then owns the
//! files.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::PathBuf,
    time::Duration,
};

use presence::mapping::{ConnectToTeams, TeamsToConnect};
use settings::{FILE, Key, LAST_GOOD, Layer, Loaded, Policy, Settings, Source, Sources, Trust, load};

/// A machine with a policy folder and one person's data folder.
struct Machine {
    root: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("etc/connectpath-teams")).unwrap();
        fs::create_dir(root.path().join("data")).unwrap();
        // Whatever the umask is.
        for folder in ["", "etc", "etc/connectpath-teams"] {
            mode(&root.path().join(folder), 0o755);
        }
        Self { root }
    }

    fn with(policy: &str, user: &str) -> Self {
        let machine = Self::new();
        machine.write(policy);
        fs::write(machine.user_file(), user).unwrap();
        machine
    }

    fn write(&self, policy: impl AsRef<[u8]>) {
        fs::write(self.policy_file(), policy).unwrap();
        mode(&self.policy_file(), 0o644);
    }

    fn policy_file(&self) -> PathBuf {
        self.root.path().join("etc/connectpath-teams/policy.toml")
    }

    fn user_file(&self) -> PathBuf {
        self.root.path().join("data").join(FILE)
    }

    fn policy(&self) -> Policy {
        let me = fs::metadata(self.root.path()).unwrap().uid();
        Policy::at(self.policy_file(), Trust::of(me, self.root.path()))
    }

    fn load(&self) -> Loaded {
        load(&self.root.path().join("data"), &self.policy())
    }

    /// The sentence about the policy, without the machine's root.
    fn refusal(&self) -> String {
        let loaded = self.load();
        let problem = loaded.problem.clone().expect("a problem");
        assert_eq!(
            (&loaded.settings, &loaded.sources),
            (&Settings::default(), &Sources::default()),
            "{problem}"
        );
        assert!(loaded.settings.configured().is_err());
        assert_eq!(problem.layer, Layer::Policy);
        problem.to_string().strip_prefix(self.root.path().to_str().unwrap()).unwrap().to_owned()
    }
}

const SET_UP: &str = "[microsoft]\ntenant = \"contoso.com\"\nclient_id = \"0a1b2c3d-0000-4000-8000-0123456789ab\"\n\
    [connect]\ninstance = \"https://contoso.my.connect.aws\"\n";

fn mode(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_policy_wins_and_what_it_does_not_set_is_the_persons() {
    let machine = Machine::with(
        "[sync]\nhold = 30\nmaster = \"teams\"\n[calls]\nrecent = 0\n",
        "[sync]\nhold = 5\nheld_for = 2\n",
    );
    let loaded = machine.load();
    assert_eq!(loaded.problem, None);
    assert_eq!(loaded.settings.connect_to_teams.hold, Duration::from_secs(30));
    assert_eq!(loaded.settings.teams_to_connect.hold, Duration::from_secs(30));
    assert_eq!(loaded.settings.rules.held_for, Duration::from_secs(7200));
    for (key, source, locked) in [
        (Key::Hold, Source::Policy, true),
        (Key::Master, Source::Policy, true),
        (Key::RecentCalls, Source::Policy, true),
        (Key::HeldFor, Source::User, false),
        (Key::Tenant, Source::Default, false),
    ] {
        assert_eq!((loaded.sources.of(key), loaded.sources.is_locked(key)), (source, locked), "{key}");
    }
}

#[test]
fn a_line_that_the_policy_overrules_is_named_and_is_no_error() {
    let machine = Machine::with("[sync]\nhold = 30\nrows = []\n", "# mine\n[sync]\nheld_for = 2\nhold = 5\n");
    let loaded = machine.load();
    assert_eq!(loaded.problem, None);
    let notes: Vec<String> = loaded.notes.iter().map(ToString::to_string).collect();
    let file = machine.user_file().display().to_string();
    assert_eq!(
        notes,
        [format!("{file}, line 4: sync.hold is set by your administrator, so this line is not used.")]
    );
}

#[test]
fn a_proxy_of_the_policy_is_locked_and_the_list_and_the_login_beside_it_stay_the_persons() {
    let user = "[network]\nproxy = \"http://other:3128\"\nuser = \"priya\"\nbypass = [\"*.contoso.com\"]\n";
    let loaded = Machine::with("[network]\nproxy = \"http://proxy:8080\"\n", user).load();
    assert_eq!(loaded.problem, None);
    let proxy = loaded.settings.proxy().unwrap();
    assert_eq!(proxy.address().to_string(), "http://proxy:8080");
    assert_eq!(proxy.user().map(ToString::to_string).as_deref(), Some("priya"));
    assert!(!proxy.carries(&"https://www.contoso.com/".parse().unwrap()));
    assert!(proxy.carries(&"http://127.0.0.1/".parse().unwrap()), "the list replaces the built-in one");
    let sources = [Key::Proxy, Key::ProxyUser, Key::Bypass].map(|key| loaded.sources.of(key));
    assert_eq!(sources, [Source::Policy, Source::User, Source::User]);
}

#[test]
fn a_policy_may_name_the_user_of_the_proxy_too() {
    let policy = "[network]\nproxy = \"http://proxy:8080\"\nuser = \"agents\"\n";
    let loaded = Machine::with(policy, "[network]\nuser = \"priya\"\n").load();
    let user = loaded.settings.proxy_user.as_ref().map(ToString::to_string);
    assert_eq!((user.as_deref(), loaded.sources.is_locked(Key::ProxyUser)), (Some("agents"), true));
    assert_eq!(loaded.notes.iter().map(|note| note.key).collect::<Vec<_>>(), [Key::ProxyUser]);
}

#[test]
fn a_proxy_of_the_policy_without_a_login_breaks_no_file_that_names_a_user() {
    let policy = "[network]\nproxy = \"socks5://proxy\"\n";
    let loaded = Machine::with(policy, "[network]\nuser = \"priya\"\n").load();
    assert_eq!((loaded.problem, loaded.settings.proxy_user), (None, None));
    assert!(loaded.sources.is_locked(Key::ProxyUser));
}

#[test]
fn an_exported_policy_names_nobody() {
    let settings = Settings {
        proxy: "http://proxy:8080".parse().ok(),
        proxy_user: "priya.raman".parse().ok(),
        ..Settings::default()
    };
    let policy = settings::export_policy(&settings);
    assert!(policy.contains("\nproxy = \"http://proxy:8080\"\n") && !policy.contains("priya"), "{policy}");
}

#[test]
fn rows_of_the_policy_are_the_whole_table() {
    let mine = "[[sync.rows]]\nwhen.kind = \"custom\"\nteams = \"clear\"\n\
        [[sync.teams_rows]]\nwhen.availability = \"away\"\nconnect = \"restore\"\n";
    let machine = Machine::with("[sync]\nrows = []\nteams_rows = []\n", mine);
    let loaded = machine.load();
    assert_eq!(loaded.settings.connect_to_teams, ConnectToTeams::default());
    assert_eq!(loaded.settings.teams_to_connect, TeamsToConnect::default());
    assert_eq!(loaded.notes.len(), 2);
}

#[test]
fn an_instance_of_the_policy_is_not_led_elsewhere_by_another_ccp() {
    let instance = "[connect]\ninstance = \"https://contoso.my.connect.aws\"\n";
    let loaded = Machine::with(instance, "[endpoints]\nccp = \"https://other.my.connect.aws\"\n").load();
    assert_eq!((loaded.problem, loaded.settings.ccp), (None, None));
    assert!(loaded.sources.is_locked(Key::Ccp));
    assert_eq!(loaded.notes.iter().map(|note| note.key).collect::<Vec<_>>(), [Key::Ccp]);
}

const READS: &str = "[connect_api]\ninstance_arn = \"arn:aws:connect:eu-west-2:111122223333:instance/a\"\n\
    role_arn = \"arn:aws:iam::111122223333:role/reads\"\n";

#[test]
fn a_policy_that_names_the_instance_of_the_service_api_decides_all_that_leads_there() {
    let mine = "[connect_api]\nrole_arn = \"arn:aws:iam::111122223333:role/mine\"\nregion = \"eu-west-1\"\n\
        [endpoints]\nsts = \"https://sts.eu-west-1.amazonaws.com/\"\n";
    let loaded = Machine::with(READS, mine).load();
    assert_eq!(loaded.problem, None);
    assert_eq!(
        loaded.settings.role_arn.map(|arn| arn.to_string()),
        Some("arn:aws:iam::111122223333:role/reads".to_owned())
    );
    assert_eq!((loaded.settings.connect_region, loaded.settings.sts), (None, None));
    assert_eq!(
        loaded.notes.iter().map(|note| note.key).collect::<Vec<_>>(),
        [Key::RoleArn, Key::ConnectRegion, Key::Sts]
    );
    assert!(loaded.sources.is_locked(Key::ConnectApi));
}

#[test]
fn contradicting_keys_are_blamed_on_the_file_that_can_change_them() {
    let half = READS.split("role_arn").next().unwrap();
    assert_eq!(
        Machine::with(half, READS).refusal(),
        "/etc/connectpath-teams/policy.toml, line 2: connect_api.instance_arn needs connect_api.role_arn beside it, \
         the role that may read that instance."
    );
    let machine = Machine::with("[connect_api]\nregion = \"eu-west-1\"\n", READS);
    let problem = machine.load().problem.unwrap();
    assert_eq!((problem.layer, problem.line), (Layer::User, Some(2)));
    assert!(problem.reason.starts_with("connect_api.region is eu-west-1, but "), "{problem}");
    assert_eq!(machine.load().settings.instance_arn, None);
}

#[test]
fn only_the_policy_may_name_another_host() {
    let foreign =
        "[endpoints]\nlogin = \"https://login.example.com/\"\ngraph = \"https://graph.example.com/v1.0\"\n";
    let loaded = Machine::with(foreign, SET_UP).load();
    assert_eq!(loaded.problem, None);
    assert_eq!(loaded.settings.login.as_str(), "https://login.example.com/");
    let loaded = Machine::with("[sync]\nhold = 1\n", foreign).load();
    assert!(
        loaded
            .problem
            .unwrap()
            .to_string()
            .contains("line 2: endpoints.login names login.example.com by https;")
    );
    assert_eq!(loaded.settings.login, Settings::default().login);
    // Not even if the policy names the very same host.
    assert!(Machine::with(foreign, foreign).load().problem.is_some());
}

#[test]
fn tokens_of_a_login_that_the_policy_names_are_not_led_to_this_machine_by_the_person() {
    let machine = Machine::with(
        "[endpoints]\nlogin = \"https://login.example.com/\"\n",
        "[endpoints]\nlogin = \"http://127.0.0.1:4000/\"\ngraph = \"http://127.0.0.1:4000/\"\n",
    );
    let problem = machine.load().problem.unwrap().to_string();
    assert!(
        problem.ends_with(
            ", line 3: endpoints.graph is this machine, but tokens of login.example.com must not be sent here."
        ),
        "{problem}"
    );
    // An administrator may: a relay on the machine.
    machine
        .write("[endpoints]\nlogin = \"https://login.example.com/\"\ngraph = \"http://127.0.0.1:4000/\"\n");
    assert_eq!(machine.load().problem, None);
}

#[test]
fn a_broken_policy_is_named_with_its_line_and_nothing_is_used() {
    for (policy, end) in [
        (
            "[sync]\nhold = \"long\"\n",
            ", line 2: sync.hold must be a whole number of seconds from 0 to 3600, not text.",
        ),
        ("[sync\n", ", line 1: this is not TOML: "),
        ("", ": the file is empty."),
        ("version = 2\n", ", line 1: this file has version 2 and is meant for a newer version"),
    ] {
        let machine = Machine::with(policy, SET_UP);
        let refusal = machine.refusal();
        assert!(refusal.starts_with(&format!("/etc/connectpath-teams/policy.toml{end}")), "{refusal}");
    }
    let machine = Machine::new();
    machine.write(b"[sync]\nhold = 1 # \xff\n");
    assert_eq!(
        machine.refusal(),
        "/etc/connectpath-teams/policy.toml, line 2: the text is not UTF-8: column 12 is byte FF, which is a letter with an accent in Windows' own encoding."
    );
}

#[test]
fn a_broken_policy_is_not_replaced_by_anything_that_the_person_could_have_written() {
    let machine = Machine::with("[endpoints]\nlogin = \"https://login.example.com/\"\n", SET_UP);
    assert!(machine.load().settings.configured().is_ok());
    machine.write("not toml");
    machine.refusal();
    // If both are broken, the policy is named.
    fs::write(machine.user_file(), "not toml either").unwrap();
    assert!(machine.root.path().join("data").join(LAST_GOOD).exists());
    machine.refusal();
}

#[test]
fn a_broken_user_file_falls_back_under_the_policy() {
    let machine = Machine::with("[sync]\nhold = 30\n", "[sync]\nhold = 5\nheld_for = 2\n");
    let good = machine.load().settings;
    fs::write(machine.user_file(), "not toml").unwrap();
    let loaded = machine.load();
    assert_eq!(loaded.problem.as_ref().map(|problem| problem.layer), Some(Layer::User));
    assert_eq!(loaded.settings, good);
    assert!(loaded.sources.is_locked(Key::Hold));
}

#[test]
fn no_policy_is_no_problem() {
    let machine = Machine::new();
    assert_eq!(machine.load(), Loaded::default());
    fs::remove_dir_all(machine.root.path().join("etc")).unwrap();
    assert_eq!(machine.load(), Loaded::default());
}

#[test]
fn a_policy_that_others_can_write_is_refused() {
    for open in [0o664, 0o646, 0o666] {
        let machine = Machine::with("[sync]\nhold = 30\n", SET_UP);
        mode(&machine.policy_file(), open);
        let sentence =
            "/etc/connectpath-teams/policy.toml: other users can write this file, so it is not used.";
        assert_eq!(machine.refusal(), sentence);
    }
}

#[test]
fn every_folder_above_is_looked_at() {
    for (folder, open) in [("etc/connectpath-teams", 0o775), ("etc", 0o777), ("etc", 0o1777)] {
        let machine = Machine::with("[sync]\nhold = 30\n", SET_UP);
        mode(&machine.root.path().join(folder), open);
        assert_eq!(
            machine.refusal(),
            format!("/{folder}: other users can write this folder, so it is not used.")
        );
    }
    let machine = Machine::with("[sync]\nhold = 30\n", SET_UP);
    mode(machine.root.path(), 0o770);
    assert_eq!(machine.refusal(), ": other users can write this folder, so it is not used.");
}

#[test]
fn a_policy_in_a_folder_that_everybody_can_write_to_is_refused() {
    let machine = Machine::with("[sync]\nhold = 30\n", SET_UP);
    let policy = Policy::at(machine.policy_file(), Trust::root());
    let open = fs::metadata(std::env::temp_dir()).unwrap().mode() & 0o022 != 0;
    let problem = load(&machine.root.path().join("data"), &policy).problem;
    assert_eq!(problem.is_some(), open || fs::metadata(machine.root.path()).unwrap().uid() != 0);
}

#[test]
fn a_policy_of_somebody_else_is_refused() {
    let machine = Machine::with("[sync]\nhold = 30\n", SET_UP);
    let me = fs::metadata(machine.root.path()).unwrap().uid();
    let policy = Policy::at(machine.policy_file(), Trust::of(me + 1, machine.root.path()));
    let problem = load(&machine.root.path().join("data"), &policy).problem.unwrap();
    assert_eq!(problem.file, machine.policy_file());
    assert_eq!(problem.reason, "this file does not belong to an administrator, so it is not used");
}

#[test]
fn links_are_refused_wherever_they_are() {
    let machine = Machine::with("[sync]\nhold = 30\n", SET_UP);
    let elsewhere = machine.root.path().join("data/policy.toml");
    fs::rename(machine.policy_file(), &elsewhere).unwrap();
    symlink(&elsewhere, machine.policy_file()).unwrap();
    let sentence = "/etc/connectpath-teams/policy.toml: this is a link, so it is not used.";
    assert_eq!(machine.refusal(), sentence);
    // A link that leads nowhere is there all the same.
    fs::remove_file(&elsewhere).unwrap();
    assert_eq!(machine.refusal(), sentence);

    let machine = Machine::with("[sync]\nhold = 30\n", SET_UP);
    let folder = machine.root.path().join("etc/connectpath-teams");
    fs::rename(&folder, machine.root.path().join("data/moved")).unwrap();
    symlink(machine.root.path().join("data/moved"), &folder).unwrap();
    assert_eq!(machine.refusal(), "/etc/connectpath-teams: this is a link, so it is not used.");
}

#[test]
fn something_else_in_place_of_the_policy_is_refused() {
    let machine = Machine::new();
    fs::create_dir(machine.policy_file()).unwrap();
    mode(&machine.policy_file(), 0o755);
    let sentence = "/etc/connectpath-teams/policy.toml: there is something else in place of the file.";
    assert_eq!(machine.refusal(), sentence);
}

#[test]
fn the_machines_own_policy_is_where_only_root_can_write() {
    let file = Policy::of_this_machine().file().unwrap();
    assert!(file.is_absolute() && file.ends_with("policy.toml"));
    assert_eq!(Policy::none().file(), None);
    assert_eq!(Trust::root(), Trust::of(0, "/".as_ref()));
}
