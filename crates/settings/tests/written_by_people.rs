//! Settings files and policies as people and their editors really write them.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

use std::{
    fs::{self, File},
    path::Path,
};

use settings::{FILE, LAST_GOOD, Policy, Settings, load};
use tempfile::TempDir;

const TENANT: &str = "6f1c2a9e-0000-4000-8000-0123456789ab";
const GOOD: &str = "[microsoft]\ntenant = \"6f1c2a9e-0000-4000-8000-0123456789ab\"\nclient_id = \
    \"0a1b2c3d-0000-4000-8000-0123456789ab\"\n\n[connect]\ninstance = \"https://contoso.my.connect.aws\"\n";

fn folder(text: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    folder
}

/// Line and reason, after a good file of which there is a copy.
fn refused(bytes: impl AsRef<[u8]>) -> String {
    let folder = folder(GOOD);
    let good = load(folder.path(), &Policy::none()).settings;
    fs::write(folder.path().join(FILE), bytes.as_ref()).unwrap();
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.settings, good, "the last good settings are used");
    assert_eq!(fs::read_to_string(folder.path().join(LAST_GOOD)).unwrap(), GOOD, "and kept");
    let problem = loaded.problem.unwrap();
    match problem.line {
        Some(line) => format!("line {line}: {}", problem.reason),
        None => problem.reason,
    }
}

fn read(text: &str) -> Settings {
    let loaded = load(folder(text).path(), &Policy::none());
    assert_eq!(loaded.problem, None, "{text}");
    loaded.settings
}

#[test]
fn a_file_without_a_text_never_replaces_the_last_good_copy() {
    for empty in [&b""[..], b" \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"\xe2\x80\x8b\n", &[0; 4096]] {
        assert_eq!(refused(empty), "the file is empty", "{empty:?}");
    }
    assert_eq!(refused(b"\xff\xfe"), "the text is UTF-16; save the file as UTF-8");
}

#[test]
fn a_text_in_another_encoding_is_named() {
    let wide = |order: fn(u16) -> [u8; 2]| GOOD.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
    for bytes in
        [little.clone(), big.clone(), [vec![0xff, 0xfe], little].concat(), [vec![0xfe, 0xff], big].concat()]
    {
        assert_eq!(refused(bytes), "the text is UTF-16; save the file as UTF-8");
    }
    assert_eq!(
        refused(b"[microsoft]\ntenant = \x93contoso.com\x94\n"),
        "line 2: the text is not UTF-8: column 10 is byte 93, which is a curly quotation mark in Windows' own encoding"
    );
}

#[test]
fn an_odd_character_is_named_with_its_line_and_column() {
    for (text, reason) in [
        (
            "[microsoft]\ntenant = \u{201c}contoso.com\u{201d}\n",
            "line 2: this is not TOML: column 10 is a curly quotation mark in place of a straight one",
        ),
        (
            "[microsoft]\ntenant =\u{a0} \"contoso.com\"\n",
            "line 2: this is not TOML: column 9 is a no-break space",
        ),
        ("[drawer]\nlimit\u{200b} = 5\n", "line 2: this is not TOML: column 6 is an invisible space"),
        (
            "[drawer]\n\u{feff}limit = 5\n",
            "line 2: this is not TOML: column 1 is an invisible byte order mark",
        ),
        (
            "[drawer]\nlimit \u{ff1d} 5\n",
            "line 2: this is not TOML: column 7 is a wide equals sign in place of the usual one",
        ),
        (
            "[microsoft]\nclient_id = \"0a1b2c3d\u{2011}0000-4000-8000-0123456789ab\"\n",
            "line 2: microsoft.client_id must be the Application (client) ID, 32 hex digits in five groups; it has a dash in place of a hyphen in it, at character 9",
        ),
        (
            "[drawer]\rlimit = 5\r",
            "line 1: this is not TOML: the lines end as on old Macs, with a carriage return alone; save the file with the line ends of Windows or Linux",
        ),
        ("[sync] hold = 20\n", "line 1: more than one setting is on this line; each needs a line of its own"),
    ] {
        assert_eq!(refused(text), reason);
        assert_eq!(
            refused(format!("\u{feff}{}", text.replace('\n', "\r\n"))),
            reason,
            "as Windows writes it"
        );
    }
}

#[test]
fn an_odd_character_in_a_remark_is_no_mistake() {
    let text = "# \u{201c}x\u{201d}\u{a0}\u{200b}\n[calls]\n\tregion = \"GB\"\t# \u{2013}\n";
    assert!(read(text).call_region.is_some());
    assert!(read(&format!("\u{feff}{}", text.replace('\n', "\r\n"))).call_region.is_some());
}

#[test]
fn an_id_is_read_with_what_was_copied_along() {
    for tenant in [
        format!("{{{TENANT}}}"),
        format!("{TENANT} "),
        format!("urn:uuid:{TENANT}"),
        format!("https://login.microsoftonline.com/{TENANT}"),
        format!("\\t{TENANT}"),
    ] {
        let found = read(&format!("[microsoft]\ntenant = \"{tenant}\"\n")).tenant.unwrap();
        assert_eq!(found.to_string(), TENANT);
    }
}

#[test]
fn an_address_of_an_instance_is_read_as_it_was_pasted() {
    for (pasted, address) in [
        ("https://contoso.my.connect.aws/ccp-v2#/", "https://contoso.my.connect.aws/"),
        ("https://contoso.govcloud.connect.aws", "https://contoso.govcloud.connect.aws/"),
        ("contoso.awsapps.com", "https://contoso.awsapps.com/connect/"),
    ] {
        let settings =
            read(&format!("[connect]\ninstance = \"{pasted}\"\n[endpoints]\nccp = \"{pasted}\"\n"));
        assert_eq!(settings.instance.unwrap().as_str(), address);
        assert_eq!(settings.ccp.unwrap().as_str(), address);
    }
}

/// A file of that length without its bytes.
fn huge(path: &Path, length: u64) {
    File::create(path).unwrap().set_len(length).unwrap();
}

#[test]
fn a_huge_file_is_refused_at_once() {
    let folder = folder(GOOD);
    let good = load(folder.path(), &Policy::none()).settings;
    huge(&folder.path().join(FILE), 50 * 1024 * 1024 * 1024);
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.settings, good);
    let reason = loaded.problem.unwrap().reason;
    assert_eq!(reason, "the file is too large: a settings file may have 1024 KB at most");
}

#[cfg(unix)]
mod policy {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use settings::Trust;

    use super::*;

    /// Why a policy is not used, with its line.
    fn refused(write: impl FnOnce(&Path)) -> String {
        let folder = folder(GOOD);
        let file = folder.path().join("policy.toml");
        write(&file);
        // Whatever the umask is.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let owner = fs::metadata(&file).unwrap().uid();
        let loaded = load(folder.path(), &Policy::at(file, Trust::of(owner, folder.path())));
        assert_eq!(loaded.settings, Settings::default(), "no lock is loosened");
        loaded.problem.unwrap().reason
    }

    fn of_text(text: &str) -> String {
        refused(|file| fs::write(file, text).unwrap())
    }

    #[test]
    fn a_policy_whose_lines_were_joined_is_named() {
        let reason = "the lines are joined into one; use REG_MULTI_SZ in the registry, and a line for each setting in a file";
        for lines in [
            "[microsoft]\ntenant = \"6f1c2a9e-0000-4000-8000-0123456789ab\"\nclient_id = \"0a1b2c3d-0000-4000-8000-0123456789ab\"",
            "seats = 5\ntheme = \"dark\"",
            "version = 1\n\n[sync]\n# Seconds.\nhold = 20",
            "# Every setting is locked.\n[sync]\nhold = 20\n",
        ] {
            assert_eq!(of_text(&lines.replace('\n', " ")), reason, "{lines}");
        }
        // The file that the application itself exports begins with remarks.
        let exported = settings::export_policy(&Settings::default());
        assert_eq!(of_text(&exported.replace('\n', " ")), reason);
    }

    #[test]
    fn a_huge_policy_is_refused_at_once() {
        let reason = refused(|file| huge(file, 50 * 1024 * 1024));
        assert!(reason.starts_with("the file is too large: "), "{reason}");
    }

    #[test]
    fn a_policy_without_a_text_or_in_another_encoding_is_named() {
        assert_eq!(of_text("\u{feff}\r\n"), "the file is empty");
        let wide: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            refused(|file| fs::write(file, wide).unwrap()),
            "the text is UTF-16; save the file as UTF-8"
        );
    }
}

#[test]
fn line_ends_and_the_mark_of_windows_stay_when_a_key_is_saved() {
    let text = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    let folder = folder(&text);
    let loaded = load(folder.path(), &Policy::none());
    let wanted = Settings { drawer_limit: Some(7), admin_consent: true, ..loaded.settings.clone() };
    settings::save(folder.path(), &Policy::none(), &loaded, &wanted).unwrap();
    let expected = text.replace("89ab\"\r\n\r\n", "89ab\"\r\nadmin_consent = true\r\n\r\n");
    let found = fs::read_to_string(folder.path().join(FILE)).unwrap();
    assert_eq!(found, format!("{expected}\r\n[drawer]\r\nlimit = 7\r\n"));
}
