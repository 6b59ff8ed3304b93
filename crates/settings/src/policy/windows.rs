//! A policy on Windows: the policy key of the registry, else a file in the known folder ProgramData.
//!
//! The registry guards its own key: only administrators and the system can write below `HKLM\Software\Policies`.
//! A file is checked by its owner and its access list.
#![expect(unsafe_code, reason = "the system calls have no safe form")]

use std::{
    fs, io,
    os::windows::ffi::OsStrExt,
    path::{Path, PathBuf},
    ptr, slice,
};

use known_folders::{KnownFolder, get_known_folder_path};
use windows_sys::Win32::{
    Foundation::{ERROR_SUCCESS, LocalFree},
    Security::{
        Authorization::{
            ConvertSecurityDescriptorToStringSecurityDescriptorW, GetNamedSecurityInfoW, SDDL_REVISION_1,
            SE_FILE_OBJECT,
        },
        DACL_SECURITY_INFORMATION, OWNER_SECURITY_INFORMATION,
    },
};
use winreg::{
    RegKey, RegValue,
    enums::{HKEY_LOCAL_MACHINE, RegType},
    types::FromRegValue,
};

use super::{
    Text, refused,
    sddl::{WRITE_FILE, WRITE_FOLDER, belongs_to_administrators, others_have},
};
use crate::{
    bounded, odd,
    problem::{self, LONGEST, Problem, text_of},
};

const KEY: &str = r"Software\Policies\ConnectPath Teams";
const VALUE: &str = "policy";
const ASKED: u32 = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;

/// The policy file; none if the system does not name the folder.
pub(super) fn file() -> Option<PathBuf> {
    Some(get_known_folder_path(KnownFolder::ProgramData)?.join("ConnectPath Teams").join("policy.toml"))
}

/// The text of the registry, else of the file; none if neither exists.
pub(super) fn read() -> Result<Option<Text>, Problem> {
    match of_registry() {
        Ok(None) => of_file(),
        other => other,
    }
}

/// The value may be one text or a list of lines.
fn of_registry() -> Result<Option<Text>, Problem> {
    let name = PathBuf::from(format!(r"HKLM\{KEY}\{VALUE}"));
    let key = RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey(KEY);
    match key.and_then(|key| key.get_raw_value(VALUE)) {
        Ok(value) => {
            let text = text_of_value(&value).map_err(|reason| refused(&name, &reason))?;
            Ok(Some(Text { file: name, text }))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(&name, &format!("the value cannot be read: {}", error.kind()))),
    }
}

/// The text of a value, lines as lines; variables of the environment are left as they are.
fn text_of_value(value: &RegValue) -> Result<String, String> {
    let text = match value.vtype {
        RegType::REG_SZ | RegType::REG_EXPAND_SZ | RegType::REG_MULTI_SZ => String::from_reg_value(value)
            .map_err(|error| format!("the value cannot be read: {}", error.kind()))?,
        RegType::REG_NONE
        | RegType::REG_BINARY
        | RegType::REG_DWORD
        | RegType::REG_DWORD_BIG_ENDIAN
        | RegType::REG_LINK
        | RegType::REG_RESOURCE_LIST
        | RegType::REG_FULL_RESOURCE_DESCRIPTOR
        | RegType::REG_RESOURCE_REQUIREMENTS_LIST
        | RegType::REG_QWORD => {
            return Err(format!("the value is a {:?}, and must be a REG_SZ or a REG_MULTI_SZ", value.vtype));
        }
    };
    if u64::try_from(text.len()).is_ok_and(|length| length > LONGEST) {
        return Err(format!("the value is too large: it may have {} KB at most", LONGEST / 1024));
    }
    // A template that was never filled in leaves this.
    if odd::trimmed(&text).is_empty() { Err("the value is empty".to_owned()) } else { Ok(text) }
}

fn of_file() -> Result<Option<Text>, Problem> {
    let Some(path) = file() else {
        let reason = "the system does not say where the folder ProgramData is";
        return Err(refused(Path::new("policy.toml"), reason));
    };
    if let Err(error) = fs::symlink_metadata(&path)
        && matches!(error.kind(), io::ErrorKind::NotFound)
    {
        return Ok(None);
    }
    if let Some(folder) = path.parent() {
        check(folder, "folder", WRITE_FOLDER)?;
    }
    check(&path, "file", WRITE_FILE)?;
    let bytes = bounded::read(&path, LONGEST).map_err(|error| unreadable(&path, &error))?;
    let text = text_of(bytes).map_err(|(line, reason)| Problem { line, ..refused(&path, &reason) })?;
    Ok(Some(Text { file: path, text }))
}

fn check(path: &Path, what: &str, rights: u32) -> Result<(), Problem> {
    let found = fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))?;
    if found.is_symlink() {
        return Err(refused(path, "this is a link, so it is not used"));
    }
    let descriptor = descriptor(path).map_err(|error| unreadable(path, &error))?;
    if !belongs_to_administrators(&descriptor) {
        return Err(refused(
            path,
            &format!("this {what} does not belong to an administrator, so it is not used"),
        ));
    }
    if others_have(&descriptor, rights) {
        return Err(refused(path, &format!("other users can write this {what}, so it is not used")));
    }
    Ok(())
}

/// The security descriptor of a file or folder as text.
fn descriptor(path: &Path) -> io::Result<String> {
    let name: Vec<u16> = path.as_os_str().encode_wide().chain([0]).collect();
    let mut descriptor = ptr::null_mut();
    // SAFETY: the name ends with a zero; of the answers only the descriptor is asked for.
    let failed = unsafe {
        GetNamedSecurityInfoW(
            name.as_ptr(),
            SE_FILE_OBJECT,
            ASKED,
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null_mut(),
            &raw mut descriptor,
        )
    };
    if failed != ERROR_SUCCESS {
        return Err(io::Error::from_raw_os_error(failed.cast_signed()));
    }
    let (mut text, mut length) = (ptr::null_mut(), 0);
    // SAFETY: the descriptor is the one that was just given, and both results go to variables of ours.
    let converted = unsafe {
        ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor,
            SDDL_REVISION_1,
            ASKED,
            &raw mut text,
            &raw mut length,
        )
    };
    let answer = if converted == 0 {
        Err(io::Error::last_os_error())
    } else {
        // SAFETY: the system wrote that many units there, the closing zero among them.
        let units = unsafe { slice::from_raw_parts(text, length as usize) };
        Ok(String::from_utf16_lossy(units).trim_end_matches('\0').to_owned())
    };
    // SAFETY: both are the system's own and nobody reads them any more; a null is allowed.
    unsafe {
        LocalFree(text.cast());
        LocalFree(descriptor);
    }
    answer
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    refused(path, &problem::unreadable(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value as the registry holds it: UTF-16, each line with its end.
    fn value(vtype: RegType, lines: &[&str]) -> RegValue<'static> {
        let units = lines.iter().flat_map(|line| line.encode_utf16().chain([0]));
        let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        RegValue { vtype, bytes: bytes.into() }
    }

    #[test]
    fn a_value_of_text_is_read_and_another_is_named_by_its_type() {
        let text = "theme = \"dark\"";
        for vtype in [RegType::REG_SZ, RegType::REG_EXPAND_SZ] {
            assert_eq!(text_of_value(&value(vtype, &[text])), Ok(text.to_owned()));
        }
        let lines = value(RegType::REG_MULTI_SZ, &["[sync]", "hold = 20", ""]);
        assert_eq!(text_of_value(&lines), Ok("[sync]\nhold = 20".to_owned()));
        let refused = text_of_value(&value(RegType::REG_DWORD, &["7"])).unwrap_err();
        assert_eq!(refused, "the value is a REG_DWORD, and must be a REG_SZ or a REG_MULTI_SZ");
        assert_eq!(text_of_value(&value(RegType::REG_SZ, &[" "])).unwrap_err(), "the value is empty");
    }
}
