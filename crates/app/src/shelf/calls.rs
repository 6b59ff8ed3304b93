//! `calls.json`: the recent calls with people of the list, of one person of one tenant. Blocking.
//!
//! It holds ids, names and numbers of colleagues and the moments of calls, and nothing about anybody else.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use people::PersonId;
use presence::identity::ObjectId;
use serde::{Deserialize, Serialize};
use settings::atomic;
use view::{CallWay, ShownNumber};

use crate::machine::recent::{CallOver, CallsOwner, KeptCall, KeptCalls};

/// The version of the file. One of another version counts as missing.
const VERSION: u32 = 1;
/// A longer file was not written by us: 500 calls have some 150 KiB.
const LARGEST: u64 = 4 * 1024 * 1024;

pub(super) fn file(data: &Path) -> PathBuf {
    data.join("calls.json")
}

/// None if there is no file, or it is torn, foreign or of another version.
pub(super) fn read(data: &Path) -> Option<KeptCalls> {
    let path = file(data);
    if fs::metadata(&path).ok()?.len() > LARGEST {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let file: CallsFile = serde_json::from_slice(&bytes)
        .inspect_err(|_| {
            // The error of serde may repeat a name.
            tracing::warn!("the file of recent calls is damaged or foreign, and is ignored");
        })
        .ok()?;
    let CallsFile { version, tenant, person, calls } = file;
    let whose = CallsOwner { tenant, person };
    let calls = calls.into_iter().filter_map(CallRow::call).collect();
    (version == VERSION).then_some(KeptCalls { whose, calls })
}

pub(super) fn save(data: &Path, kept: KeptCalls) -> io::Result<()> {
    atomic::write(&file(data), &serde_json::to_vec(&CallsFile::from(kept))?)
}

#[derive(Debug, Serialize, Deserialize)]
struct CallsFile {
    version: u32,
    tenant: String,
    person: ObjectId,
    calls: Vec<CallRow>,
}

impl From<KeptCalls> for CallsFile {
    fn from(KeptCalls { whose, calls }: KeptCalls) -> Self {
        let CallsOwner { tenant, person } = whose;
        Self { version: VERSION, tenant, person, calls: calls.into_iter().map(CallRow::from).collect() }
    }
}

/// A call; what is not known is left out.
#[derive(Debug, Serialize, Deserialize)]
struct CallRow {
    person: String,
    name: String,
    way: CallWay,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// What was sent after connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digits: Option<String>,
    at: Timestamp,
    /// How long it was connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
}

impl CallRow {
    /// None if the id cannot be parsed.
    fn call(self) -> Option<KeptCall> {
        let Self { person, name, way, number, digits, at, seconds } = self;
        let number = number.map(|e164| ShownNumber { e164, digits });
        let (person, connected) = (PersonId::parse(&person)?, seconds.map(Duration::from_secs));
        Some(KeptCall { over: CallOver { person, way, number, at, connected }, name })
    }
}

impl From<KeptCall> for CallRow {
    fn from(KeptCall { over, name }: KeptCall) -> Self {
        let CallOver { person, way, number, at, connected } = over;
        let (number, digits) = number.map_or((None, None), |number| (Some(number.e164), number.digits));
        let seconds = connected.map(|length| length.as_secs());
        Self { person: person.to_string(), name, way, number, digits, at, seconds }
    }
}

#[cfg(test)]
mod tests;
