//! A policy on Windows: the policy key of the registry, else a file in the known folder ProgramData.
//!
//! The registry guards its own key: only administrators and the system can write below `HKLM\Software\Policies`.
//! A file is looked at by its owner and its access list. Compiled, but never run.
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
use winreg::{RegKey, enums::HKEY_LOCAL_MACHINE};

use super::{
    Text, refused,
    sddl::{WRITE_FILE, WRITE_FOLDER, belongs_to_administrators, others_have},
};
use crate::problem::{Problem, text_of};

const KEY: &str = r"Software\Policies\ConnectPath Teams";
const VALUE: &str = "policy";
const ASKED: u32 = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;

/// The policy file; none where the system does not tell the folder.
pub(super) fn file() -> Option<PathBuf> {
    Some(get_known_folder_path(KnownFolder::ProgramData)?.join("ConnectPath Teams").join("policy.toml"))
}

/// The text of the registry, else of the file; none where neither is there.
pub(super) fn read() -> Result<Option<Text>, Problem> {
    match of_registry() {
        Ok(None) => of_file(),
        told => told,
    }
}

/// The value may be one text or a list of lines.
fn of_registry() -> Result<Option<Text>, Problem> {
    let name = PathBuf::from(format!(r"HKLM\{KEY}\{VALUE}"));
    let key = RegKey::predef(HKEY_LOCAL_MACHINE).open_subkey(KEY);
    let found = key.and_then(|key| {
        key.get_value::<Vec<String>, _>(VALUE).map(|lines| lines.join("\n")).or_else(|_| key.get_value(VALUE))
    });
    match found {
        Ok(text) => match text_of(text.into_bytes()) {
            Ok(text) => Ok(Some(Text { file: name, text })),
            Err((line, reason)) => Err(Problem { line, ..refused(&name, &reason) }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(&name, &format!("the value cannot be read: {}", error.kind()))),
    }
}

fn of_file() -> Result<Option<Text>, Problem> {
    let Some(path) = file() else {
        let reason = "the system does not tell where the folder ProgramData is";
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
    let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
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
    // SAFETY: the descriptor is the one that was just given, and both answers are places of ours.
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
    refused(path, &format!("the file cannot be read: {}", error.kind()))
}
