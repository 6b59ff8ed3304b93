//! Who calls the agent: a person of the directory with their number, and what the flow of `docs/direct-dial` says of
//! them. Pure; it must not ring.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::agent::{DIRECT_NUMBER, Refused, Ring};
use super::directory::{EXTENSION, Person};
use super::hand::NoSuchPerson;

/// Why nobody calls.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CannotRing {
    /// There is no such colleague.
    #[error(transparent)]
    NoSuchPerson(#[from] NoSuchPerson),
    /// The directory has no number for them.
    #[error("{0} has no number in the directory. Give the number that they call from.")]
    NoNumber(String),
    /// Connect refuses it.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Why a call that was meant for the agent reaches somebody else (`fallbackReason` of docs/direct-dial).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of the flow")]
pub enum Fallback {
    Unknown,
    NotAvailable,
    NoAnswer,
    Error,
    StillRinging,
}

impl Fallback {
    fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NotAvailable => "not_available",
            Self::NoAnswer => "no_answer",
            Self::Error => "error",
            Self::StillRinging => "still_ringing",
        }
    }
}

/// The call comes through the flow of docs/direct-dial.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow {
    /// Why it did not reach the person that it was meant for.
    pub fallback: Option<Fallback>,
}

/// The number that somebody calls from, E.164: the business one, else the mobile one.
pub(super) fn number_of(person: &Person) -> Option<String> {
    person.business_phone.iter().chain(&person.mobile_phone).map(|typed| e164(typed)).next()
}

// Reads only the directory's own spellings (`directory.rs`); the product reads any spelling.
fn e164(typed: &str) -> String {
    let number = typed.split(" ext").next().unwrap_or_default().split(";ext").next().unwrap_or_default();
    let digits: String = number
        .replace("(0)", "")
        .chars()
        .filter(|character| character.is_ascii_digit() || *character == '+')
        .collect();
    match digits.strip_prefix('0') {
        Some(national) => format!("+44{national}"),
        None => digits,
    }
}

/// What the flow attaches to a call of a person, or of an unknown caller. An empty text is the same as none.
pub(super) fn attributes(
    caller: Option<&Person>,
    agent: &Person,
    ring: &Ring,
    flow: Flow,
) -> BTreeMap<String, String> {
    let dialled_own = ring.dialled.as_deref().unwrap_or(DIRECT_NUMBER) == DIRECT_NUMBER;
    // A caller who enters an unknown extension meant nobody.
    let meant = (ring.direct || flow.fallback.is_some()) && flow.fallback != Some(Fallback::Unknown);
    let texts = [
        ("callerName", caller.map(Person::display_name)),
        ("callerEntraId", caller.map(|caller| caller.id.to_string())),
        ("callerSource", caller.map(|_| "teams".to_owned())),
        ("dialledExtension", (meant && !dialled_own).then(|| EXTENSION.to_owned())),
        ("dialledFor", meant.then(|| agent.display_name())),
        ("fallbackReason", flow.fallback.map(|why| why.word().to_owned())),
    ];
    texts.into_iter().map(|(name, text)| (name.to_owned(), text.unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::agent::INSTANCE_NUMBER;
    use super::super::directory::Directory;
    use super::*;

    #[test]
    fn every_spelling_of_the_directory_is_a_number_to_call_from() {
        for (typed, number) in [
            ("+44 1632 960021 ext. 4021", "+441632960021"),
            ("01632 960022", "+441632960022"),
            ("+49 (0)30 23125 023", "+493023125023"),
            ("(+44) 1632-960-024", "+441632960024"),
            ("+441632960025;ext=4025", "+441632960025"),
            ("tel:+1-425-555-0126", "+14255550126"),
        ] {
            assert_eq!(e164(typed), number, "{typed}");
        }
        for person in Directory::new(200).people() {
            let number = number_of(person);
            assert!(number.is_none_or(|number| number.starts_with('+') && number.len() >= 11));
        }
    }

    #[test]
    fn the_flow_says_who_calls_and_whom_they_meant() {
        let directory = Directory::new(3);
        let grace = &directory.people()[1];
        let said =
            |caller, ring: &Ring, fallback| attributes(caller, directory.agent(), ring, Flow { fallback });
        let direct = Ring { direct: true, ..Ring::default() };
        let own = said(Some(grace), &direct, None);
        let text = |name: &str| own[name].as_str();
        assert_eq!((text("callerName"), text("callerSource")), ("Grace Holloway", "teams"));
        assert_eq!(text("callerEntraId"), grace.id.to_string());
        assert_eq!((text("dialledExtension"), text("dialledFor")), ("", "Priya Raman"));
        assert_eq!(text("fallbackReason"), "");

        let main = Ring { dialled: Some(INSTANCE_NUMBER.to_owned()), ..direct };
        assert_eq!(said(Some(grace), &main, None)["dialledExtension"], "4000");
        let missed = Ring { direct: false, ..main };
        let fallback = said(None, &missed, Some(Fallback::NoAnswer));
        assert_eq!((&*fallback["fallbackReason"], &*fallback["dialledFor"]), ("no_answer", "Priya Raman"));
        assert_eq!((&*fallback["callerName"], &*fallback["callerSource"]), ("", ""));
        let unknown = said(None, &missed, Some(Fallback::Unknown));
        assert_eq!((&*unknown["fallbackReason"], &*unknown["dialledFor"]), ("unknown", ""));
    }
}
