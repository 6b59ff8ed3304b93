//! Decides who can write a file or folder on Windows, from its security descriptor as text.
//!
//! The format is Microsoft's "Security Descriptor String Format". What is not understood counts as a right of
//! somebody else: a doubt never makes a policy trusted.

/// The rights that make a file no longer the administrator's alone: to write, append, delete, or change its
/// attributes, rights or owner.
pub(super) const WRITE_FILE: u32 = 0x0000_0002 | 0x0000_0004 | 0x0000_0010 | 0x0000_0100 | CHANGE;

/// The same for a folder. Others may add files to it, as they may in every new folder of ProgramData; such a file
/// is theirs and is refused for its owner. They may not remove or rename what is there.
pub(super) const WRITE_FOLDER: u32 = 0x0000_0040 | CHANGE;

/// Delete, change the rights, take the ownership, everything, generic write.
const CHANGE: u32 = 0x0001_0000 | 0x0004_0000 | 0x0008_0000 | 0x1000_0000 | 0x4000_0000;

/// Administrators, the system, the account Administrator, domain administrators, TrustedInstaller.
const ADMINISTRATORS: [&str; 7] = [
    "BA",
    "SY",
    "LA",
    "DA",
    "S-1-5-18",
    "S-1-5-32-544",
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
];

const RIGHTS: [(&str, u32); 22] = [
    ("GA", 0x1000_0000),
    ("GR", 0x8000_0000),
    ("GW", 0x4000_0000),
    ("GX", 0x2000_0000),
    ("RC", 0x0002_0000),
    ("SD", 0x0001_0000),
    ("WD", 0x0004_0000),
    ("WO", 0x0008_0000),
    ("CC", 0x0000_0001),
    ("DC", 0x0000_0002),
    ("LC", 0x0000_0004),
    ("SW", 0x0000_0008),
    ("RP", 0x0000_0010),
    ("WP", 0x0000_0020),
    ("DT", 0x0000_0040),
    ("LO", 0x0000_0080),
    ("CR", 0x0000_0100),
    ("FA", 0x001f_01ff),
    ("FR", 0x0012_0089),
    ("FW", 0x0012_0116),
    ("FX", 0x0012_00a0),
    ("SY", 0x0010_0000),
];

/// Whether the descriptor's owner is an administrator.
pub(super) fn belongs_to_administrators(descriptor: &str) -> bool {
    let owner = descriptor.strip_prefix("O:").and_then(|rest| rest.split("G:").next());
    owner.is_some_and(|owner| ADMINISTRATORS.contains(&owner.split("D:").next().unwrap_or(owner)))
}

/// Whether somebody else than administrators has one of `rights`.
pub(super) fn others_have(descriptor: &str, rights: u32) -> bool {
    let Some((_, list)) = descriptor.split_once("D:") else { return true };
    let list = list.split("S:(").next().unwrap_or(list);
    let Some(first) = list.find('(') else { return true };
    let (flags, entries) = list.split_at(first);
    if flags.contains("NO_ACCESS_CONTROL") {
        return true;
    }
    entries.split_terminator(')').any(|entry| grants(entry.trim_start_matches('('), rights))
}

/// Whether an entry `type;flags;rights;object;inherited object;account` gives one of `rights` to somebody else.
fn grants(entry: &str, rights: u32) -> bool {
    let fields: Vec<&str> = entry.split(';').collect();
    let [kind, flags, given, _, _, account] = fields[..] else { return true };
    let only_inherited = flags.as_bytes().chunks(2).any(|flag| flag == b"IO");
    if kind == "D" || only_inherited || ADMINISTRATORS.contains(&account) {
        return false;
    }
    mask(given).is_none_or(|given| given & rights != 0)
}

/// The rights as a number; none if one of them is not known.
fn mask(rights: &str) -> Option<u32> {
    if let Some(number) = rights.strip_prefix("0x") {
        return u32::from_str_radix(number, 16).ok();
    }
    rights
        .as_bytes()
        .chunks(2)
        .try_fold(0, |all, right| Some(all | RIGHTS.iter().find(|(name, _)| name.as_bytes() == right)?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "O:BAG:SYD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)";

    fn file(entries: &str) -> bool {
        others_have(&format!("O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA){entries}"), WRITE_FILE)
    }

    #[test]
    fn what_an_administrator_makes_below_program_data_is_trusted() {
        assert!(belongs_to_administrators(FILE) && !others_have(FILE, WRITE_FILE));
        let folder = "O:BAG:SYD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)\
            (A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)";
        assert!(belongs_to_administrators(folder) && !others_have(folder, WRITE_FOLDER));
    }

    #[test]
    fn the_owner_must_be_an_administrator() {
        for owner in ["BU", "S-1-5-21-1-2-3-1001", "WD", "", "BAX"] {
            assert!(!belongs_to_administrators(&FILE.replacen("BA", owner, 1)), "{owner}");
        }
        assert!(belongs_to_administrators("O:SYD:(A;;FA;;;SY)"));
        assert!(!belongs_to_administrators("G:BAD:(A;;FA;;;SY)"));
    }

    #[test]
    fn a_right_to_write_in_any_spelling_is_seen() {
        assert!(!file("(A;;FR;;;BU)(A;;FRFX;;;WD)(A;;0x1200a9;;;AU)(D;;FA;;;BU)(A;OICIIO;FA;;;CO)"));
        for entry in [
            "(A;;FA;;;BU)",
            "(A;;GW;;;WD)",
            "(A;;0x1301bf;;;AU)",
            "(A;;DC;;;S-1-5-21-1-2-3-1001)",
            "(A;;FRWD;;;BU)",
            "(A;;WO;;;IU)",
            "(XA;;FA;;;BU;(Member_of {SID(BA)}))",
            "(A;;??;;;BU)",
            "(A;;0xzz;;;BU)",
            "(A;;FR)",
        ] {
            assert!(file(entry), "{entry}");
        }
        assert!(others_have("O:BAG:SYD:(A;;FA;;;SY)(A;;DT;;;BU)", WRITE_FOLDER));
    }

    #[test]
    fn without_a_list_everybody_may_do_everything() {
        for descriptor in [
            "O:BAG:SY",
            "O:BAG:SYD:",
            "O:BAG:SYD:NO_ACCESS_CONTROL",
            "O:BAG:SYD:NO_ACCESS_CONTROLS:(A;;FA;;;SY)",
            "",
        ] {
            assert!(others_have(descriptor, WRITE_FILE), "{descriptor}");
        }
    }
}
