//! What a person reads about a mistake in the settings file.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use std::fs;

use settings::{FILE, Policy, Settings, load};

/// The sentence about `text`, without the path of the file.
fn broken(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    fs::write(&file, text).unwrap();
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.settings, Settings::default());
    let problem = loaded.problem.expect("a problem").to_string();
    problem.strip_prefix(&file.display().to_string()).expect("the file is named").to_owned()
}

#[test]
fn each_mistake_is_one_sentence_with_its_line() {
    for (text, expected) in [
        (
            "\n[sync]\nhold = \"20\"\n",
            ", line 3: sync.hold must be a whole number of seconds from 0 to 3600, not text.",
        ),
        (
            "[sync]\nhold = 3601\n",
            ", line 2: sync.hold must be a whole number of seconds from 0 to 3600, not 3601.",
        ),
        (
            "[sync]\nhold = -1",
            ", line 2: sync.hold must be a whole number of seconds from 0 to 3600, not -1.",
        ),
        (
            "[sync]\nhold = 1.5\n",
            ", line 2: sync.hold must be a whole number of seconds from 0 to 3600, not a decimal number.",
        ),
        ("seats = 0\n", ", line 1: seats must be a whole number of agents from 1 to 100000, not 0."),
        (
            "[drawer]\nlimit = 99999999999999999999\n",
            ", line 2: drawer.limit must be a whole number from 0 to 1000000, not 99999999999999999999.",
        ),
        (
            "[calls]\nrecent = 501\n",
            ", line 2: calls.recent must be a whole number of calls from 0 to 500, not 501.",
        ),
        (
            "theme = \"drak\"\n",
            ", line 1: theme must be system, light, dark or contrast; the nearest is dark.",
        ),
        (
            "notifications = false\n",
            ", line 1: notifications must be text in quotation marks, not true or false.",
        ),
        ("[drawer]\ncompact = 36\n", ", line 2: drawer.compact must be true or false, not a whole number."),
        ("[drawer]\nphotos = \"no\"\n", ", line 2: drawer.photos must be true or false, not text."),
        (
            "[teams]\nstatus_message = true\n",
            ", line 2: teams.status_message must be text in quotation marks, not true or false.",
        ),
        ("[drawer]\ncache = 0\n", ", line 2: drawer.cache must be true or false, not a whole number."),
        (
            "\n\nstart_with_system = 1\n",
            ", line 3: start_with_system must be true or false, not a whole number.",
        ),
        (
            "[drawer]\nlimit = 5\nstart_with_system = true\n",
            ", line 3: drawer.start_with_system is not a setting; start_with_system belongs above the first section.",
        ),
        (
            "[microsoft]\ninstance = \"x\"\n",
            ", line 2: microsoft.instance is not a setting; instance belongs in connect.",
        ),
        (
            "[microsoft]\n\nclientid = \"x\"\n",
            ", line 3: microsoft.clientid is not a setting; the nearest is microsoft.client_id.",
        ),
        ("[micrsoft]\n", ", line 1: micrsoft is not a setting; the nearest is microsoft."),
        ("sync = 1\n", ", line 1: sync must be a section, not a whole number."),
        (
            "[microsoft]\ntenant = \"common\"\n",
            ", line 2: microsoft.tenant must be the Directory (tenant) ID or a domain name of the tenant.",
        ),
        (
            "[microsoft]\nclient_id = 7\n",
            ", line 2: microsoft.client_id must be text in quotation marks, not a whole number.",
        ),
        (
            "[connect]\ninstance = \"contoso\"\n",
            ", line 2: connect.instance names contoso by https; allowed are https to *.my.connect.aws, *.govcloud.connect.aws or *.awsapps.com, and http to this machine; https://contoso.my.connect.aws may be meant.",
        ),
        (
            "[connect]\ninstance = \"the instance\"\n",
            ", line 2: connect.instance has a blank in it, at character 4.",
        ),
        (
            "[connect]\nstart = \"http://idp.example.com/saml\"\n",
            ", line 2: connect.start must be a web address that starts with https://, or http:// on this machine.",
        ),
        (
            "[connect]\nmode = \"same_orgin\"\n",
            ", line 2: connect.mode must be same_origin or approved_origin; the nearest is same_origin.",
        ),
        (
            "[endpoints]\nlogin = \"https://example.com/\"\n",
            ", line 2: endpoints.login names example.com by https; allowed are https to login.microsoftonline.com, login.microsoftonline.us or login.partner.microsoftonline.cn, and http to this machine.",
        ),
        (
            "[network]\nproxy = \"proxy.example.com:8080\"\n",
            ", line 2: network.proxy must start with http://, https:// or socks5://, with the host and the port behind it: http://proxy.example.com:8080.",
        ),
        (
            "[network]\nproxy = \"http://priya:hunter2@proxy.example.com:8080\"\n",
            ", line 2: network.proxy must not hold a password; leave it out and enter it in the settings window, which keeps it in the keyring.",
        ),
        (
            "[network]\nproxy = \"http://priya@proxy.example.com:8080\"\n",
            ", line 2: network.proxy must not hold a user name; leave it out and write it as network.user.",
        ),
        (
            "[network]\nuser = \"priya:hunter2\"\n",
            ", line 2: network.user must be the user name alone, without a colon; the password is entered in the settings window.",
        ),
        (
            "[network]\nuser = \"priya\"\nproxy = \"socks5://proxy\"\n",
            ", line 2: network.user cannot be used if network.proxy starts with socks5://, because web views cannot log in there.",
        ),
        (
            "[network]\nbypass = \"intranet\"\n",
            ", line 2: network.bypass must be a list of hosts in square brackets, not text.",
        ),
        (
            "[network]\nbypass = [\"intranet\", \"http://10.0.0.1\"]\n",
            ", line 2: network.bypass must hold hosts only, such as intranet.example.com: without http://, port or path.",
        ),
        (
            "[sync]\nrows = 5\n",
            ", line 2: sync.rows must be written as [[sync.rows]], not as a whole number.",
        ),
        ("[sync]\nrows = [\n  5]\n", ", line 3: sync.rows must hold rows, not a whole number."),
        ("[sync]\n[[sync.rows]]\nteams = \"busy\"\n", ", line 2: sync.rows.when is missing."),
        ("[sync]\n[[sync.rows]]\nwhen = { kind = \"custom\" }\n", ", line 2: sync.rows.teams is missing."),
        (
            "[[sync.rows]]\nteams = \"busy\"\nwhen = \"custom\"\n",
            ", line 3: sync.rows.when must look like { activity = \"connected\" }, not like text.",
        ),
        (
            "[[sync.rows]]\nteams = \"buzy\"\nwhen = { kind = \"custom\" }\n",
            ", line 2: sync.rows.teams must be available, in_a_call, busy, do_not_disturb, be_right_back, appear_away, appear_offline, no_change or clear; the nearest is busy.",
        ),
        (
            "[[sync.rows]]\nteams = \"busy\"\nwhen = { kind = \"custom\", channel = \"chat\" }\n",
            ", line 3: sync.rows.when must name one of activity (with or without channel), status or kind.",
        ),
        (
            "[[sync.rows]]\nteams = \"busy\"\nwhen = { activity = \"connected\", channel = \"fax\" }\n",
            ", line 3: sync.rows.when.channel must be voice, chat, email or task; the nearest is chat.",
        ),
        (
            "[[sync.rows]]\nteams = \"busy\"\n[sync.rows.when]\nstatus = \"Lunch\"\n",
            ", line 4: sync.rows.when.status must be the ARN of a status, which starts with arn:.",
        ),
        (
            "[[sync.rows]]\nteams = \"busy\"\nwhen.kind = \"custom\"\n[[sync.rows]]\nwhen.kind = \"custom\"\nteams = \"clear\"\n",
            ", line 4: sync.rows has this state in an earlier row already.",
        ),
        (
            "[[sync.rows]]\nteams = \"busy\"\nwhen.kind = \"custom\"\nhold = 4000\n",
            ", line 4: sync.rows.hold must be a whole number of seconds from 0 to 3600, not 4000.",
        ),
        (
            "[sync]\nteams_to_connect = \"yes\"\n",
            ", line 2: sync.teams_to_connect must be true or false, not text.",
        ),
        (
            "[sync]\nrestore_idle = 0\n",
            ", line 2: sync.restore_idle must be a whole number of minutes from 1 to 720, not 0.",
        ),
        ("restore_idle = 5\n", ", line 1: restore_idle is not a setting; restore_idle belongs in sync."),
        (
            "[sync]\nteams_rows = true\n",
            ", line 2: sync.teams_rows must be written as [[sync.teams_rows]], not as true or false.",
        ),
        ("[[sync.teams_rows]]\nconnect = \"restore\"\n", ", line 1: sync.teams_rows.when is missing."),
        (
            "[[sync.teams_rows]]\nwhen = \"busy\"\nconnect = \"restore\"\n",
            ", line 2: sync.teams_rows.when must look like { availability = \"busy\" }, not like text.",
        ),
        (
            "[[sync.teams_rows]]\nconnect = \"restore\"\nwhen = { detail = \"in_meeting\" }\n",
            ", line 3: sync.teams_rows.when.availability is missing.",
        ),
        (
            "[[sync.teams_rows]]\nconnect = \"restore\"\nwhen = { availability = \"bussy\" }\n",
            ", line 3: sync.teams_rows.when.availability must be available, busy, do_not_disturb, be_right_back, away or offline; the nearest is busy.",
        ),
        (
            "[[sync.teams_rows]]\nconnect = \"restore\"\nwhen = { availability = \"busy\", detail = \"meeting\" }\n",
            ", line 3: sync.teams_rows.when.detail must be in_call, in_meeting, presenting, focusing, out_of_office, inactive or appear_offline; the nearest is in_meeting.",
        ),
        (
            "[[sync.teams_rows]]\nwhen.availability = \"busy\"\n",
            ", line 1: sync.teams_rows.connect is missing.",
        ),
        (
            "[[sync.teams_rows]]\nwhen.availability = \"busy\"\nconnect = \"restor\"\n",
            ", line 3: sync.teams_rows.connect must be no_change, restore or { status = \"arn:…\" }; the nearest is restore.",
        ),
        (
            "[[sync.teams_rows]]\nwhen.availability = \"busy\"\nconnect = 4\n",
            ", line 3: sync.teams_rows.connect must be no_change, restore or { status = \"arn:…\" }, not a whole number.",
        ),
        (
            "[[sync.teams_rows]]\nwhen.availability = \"busy\"\nconnect = { status = \"Training\" }\n",
            ", line 3: sync.teams_rows.connect.status must be the ARN of a status, which starts with arn:.",
        ),
        (
            "[[sync.teams_rows]]\nwhen.availability = \"busy\"\nconnect = \"restore\"\nonly_while = \"available\"\n",
            ", line 4: sync.teams_rows.only_while must be routable, custom or offline; the nearest is routable.",
        ),
        (
            "[[sync.teams_rows]]\nwhen.availability = \"busy\"\nconnect = \"restore\"\nonly_while = [\n\"routable\",\n{ activity = \"conected\" }]\n",
            ", line 6: sync.teams_rows.only_while.activity must be connected, on_hold, dialling, error, missed, rejected, after_contact_work, incoming or callback_offered; the nearest is connected.",
        ),
        (
            "[[sync.rows]]\nwhen.kind = \"custom\"\nteams = \"busy\"\nsource = \"human\"\n",
            ", line 4: sync.rows.source must be person, automatic or contact; the nearest is person.",
        ),
        (
            "[[sync.rows]]\nwhen.kind = \"custom\"\nteams = \"busy\"\nat_most_every = 0\n",
            ", line 4: sync.rows.at_most_every must be a whole number of seconds from 1 to 86400, not 0.",
        ),
        (
            "[[sync.teams_rows]]\nwhen.availability = \"busy\"\nconnect = \"restore\"\n[[sync.teams_rows]]\nwhen.availability = \"busy\"\nconnect = \"no_change\"\n",
            ", line 4: sync.teams_rows has this state in an earlier row already.",
        ),
        (
            "[calls]\nregion = \"England\"\n",
            ", line 2: calls.region must be the two capital letters of a country, such as GB.",
        ),
        (
            "[calls]\nregion = \"gb\"\n",
            ", line 2: calls.region must be the two capital letters of a country: GB.",
        ),
        (
            "[calls]\nqueue = \"Colleagues\"\n",
            ", line 2: calls.queue must be the ARN of a queue, which starts with arn:.",
        ),
        (
            "[sync]\nheld_for = 73\n",
            ", line 2: sync.held_for must be a whole number of hours from 1 to 72, not 73.",
        ),
        (
            "[sync]\nheld_for = \"12 h\"\n",
            ", line 2: sync.held_for must be a whole number of hours from 1 to 72, not text.",
        ),
        (
            "[sync]\nmaster = \"team\"\n",
            ", line 2: sync.master must be connect or teams; the nearest is teams.",
        ),
        (
            "[sync]\noffline_first = true\n",
            ", line 2: sync.offline_first must be text in quotation marks, not true or false.",
        ),
        (
            "[sync]\noffline_first = \"allways\"\n",
            ", line 2: sync.offline_first must be confirm or always; the nearest is always.",
        ),
        (
            "[sync]\nforce_rewrite = 1\n",
            ", line 2: sync.force_rewrite must be true or false, not a whole number.",
        ),
        ("[sync]\ndry_run = \"yes\"\n", ", line 2: sync.dry_run must be true or false, not text."),
        ("dry_run = true\n", ", line 1: dry_run is not a setting; dry_run belongs in sync."),
        (
            "[endpoints]\ngraph = \"http://127.0.0.1:4000/\"\n",
            ", line 2: endpoints.graph is this machine, but tokens of login.microsoftonline.com must not be sent here.",
        ),
        (
            "[endpoints]\nsts = \"http://127.0.0.1:4000/\"\n",
            ", line 2: endpoints.sts is this machine, but tokens of login.microsoftonline.com must not be sent here.",
        ),
        (
            "[endpoints]\nconnect_api = \"http://[::1]:4000/\"\n",
            ", line 2: endpoints.connect_api is this machine, but credentials for a login of login.microsoftonline.com must not be sent here.",
        ),
        (
            "[endpoints]\nsts = \"https://sts.example.com/\"\n",
            ", line 2: endpoints.sts names sts.example.com by https; allowed are https to sts.REGION.amazonaws.com, sts-fips.REGION.amazonaws.com or sts.REGION.amazonaws.com.cn, and http to this machine.",
        ),
        (
            "[connect_api]\nregion = \"London\"\n",
            ", line 2: connect_api.region must be a region of AWS, for example eu-west-2.",
        ),
        (
            "[connect_api]\ninstance_arn = \"contoso\"\n",
            ", line 2: connect_api.instance_arn must be the ARN of the instance: arn:aws:connect:REGION:ACCOUNT:instance/ID.",
        ),
        (
            "[connect_api]\ninstance_arn = \"arn:aws:connect:eu-west-2:111122223333:instance/a\"\n",
            ", line 2: connect_api.instance_arn needs connect_api.role_arn beside it, the role that may read that instance.",
        ),
        (
            "[connect_api]\nrole_arn = \"arn:aws:iam::111122223333:role/a\"\n",
            ", line 2: connect_api.role_arn needs connect_api.instance_arn beside it, the instance that the role may read.",
        ),
        (
            "[connect_api]\nrole_arn = \"arn:aws:iam::111122223333:role/a\"\nregion = \"eu-west-1\"\n\
             instance_arn = \"arn:aws:connect:eu-west-2:111122223333:instance/a\"\n",
            ", line 3: connect_api.region is eu-west-1, but connect_api.instance_arn is in eu-west-2; leave region out.",
        ),
        (
            "[connect_api]\ninstance_arn = \"arn:aws-us-gov:connect:us-gov-west-1:111122223333:instance/a\"\n\
             role_arn = \"arn:aws:iam::111122223333:role/a\"\n",
            ", line 3: connect_api.role_arn is of AWS, but connect_api.instance_arn is of AWS GovCloud (US); copy the ARN of a role in the account of the instance.",
        ),
        ("version = \"1\"\n", ", line 1: version must be a whole number, not text."),
        ("# one\nversion = 0\n", ", line 2: version must be 1, not 0."),
        ("version = -1\n", ", line 1: version must be 1, not -1."),
        (
            "[sync]\nversion = 1\n",
            ", line 2: sync.version is not a setting; version belongs above the first section.",
        ),
        (
            "version = 2\nsomething_new = true\n",
            ", line 1: this file has version 2 and is meant for a newer version of this application, which reads up to version 1.",
        ),
    ] {
        assert_eq!(broken(text), expected, "{text}");
    }
}

#[test]
fn of_several_mistakes_the_first_in_the_file_is_reported() {
    assert!(broken("[sync]\nhold = 9999\n[drawer]\nlimit = true\n").starts_with(", line 2: sync.hold"));
    assert!(broken("[drawer]\nlimit = true\n[sync]\nhold = 9999\n").starts_with(", line 2: drawer.limit"));
}

#[test]
fn text_that_is_not_toml_is_reported_with_its_line() {
    for (text, line) in [
        ("[sync]\nhold =\n", 2),
        ("[sync]\nhold = 1\nhold = 2\n", 3),
        ("[sync\nhold = 1\n", 1),
        ("# one\n[microsoft]\ntenant = \"contoso.com\n\n\n", 3),
        ("[microsoft]\ntenant = contoso.com\n", 2),
        (&format!("[drawer]\nlimit = {}", "[".repeat(100_000)), 2),
        ("\u{feff}[sync]\r\nhold = 1\r\nbroken\r\n", 3),
    ] {
        let sentence = broken(text);
        assert!(sentence.starts_with(&format!(", line {line}: this is not TOML: ")), "{text:?}: {sentence}");
        assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn the_commonest_slips_are_named_in_plain_words() {
    let slip = "this is not TOML: a value is missing, or is text without quotation marks.";
    assert_eq!(broken("[sync]\nhold =\n"), format!(", line 2: {slip}"));
    assert_eq!(broken("[microsoft]\ntenant = contoso.com\n"), format!(", line 2: {slip}"));
    let open = "this is not TOML: the closing quotation mark is missing.";
    assert_eq!(broken("[microsoft]\ntenant = \"contoso.com\n"), format!(", line 2: {open}"));
}
