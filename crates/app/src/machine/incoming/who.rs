//! Who calls: first by what the contact flow says, then by the number. Nobody is guessed.

use connect::{Call, FlowCaller};
use people::{Entry, PersonId, Roster};
use view::facts::WhoCalls;

/// What the network writes in place of a number that is not shown: such a word, or the keys that spell it.
const NO_NUMBER: [&str; 6] = ["ANONYMOUS", "RESTRICTED", "UNAVAILABLE", "UNKNOWN", "BLOCKED", "PRIVATE"];
/// A shorter number is no caller's: it is what a network shows for itself.
const SHORTEST: usize = 3;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// This person of the list.
    One(PersonId),
    /// One of these: they share the number.
    Several(Vec<PersonId>),
    /// Nobody of the list; this is the name that the flow gives.
    Named(String),
    /// Nobody of the list, from this number.
    Number(String),
    Anonymous,
}

impl Who {
    pub(super) fn find(number: Option<&str>, flow: &FlowCaller, roster: &Roster) -> Self {
        if let Some(entra) = &flow.entra
            && let Some(entry) = roster.get(&PersonId::Entra(entra.clone()))
        {
            return Self::One(entry.id().clone());
        }
        let number = number.filter(|number| is_shown(number));
        let people = number.map(|number| roster.people_with_number(number)).unwrap_or_default();
        if let Some(name) = &flow.name {
            // Name and number must agree.
            let is_same = |entry: &&Entry| entry.name().to_lowercase() == name.to_lowercase();
            let same: Vec<_> = people.into_iter().filter(is_same).map(|entry| entry.id().clone()).collect();
            return match same.as_slice() {
                [] => Self::Named(name.clone()),
                [one] => Self::One(one.clone()),
                _ => Self::Several(same),
            };
        }
        match (people.as_slice(), number) {
            ([one], _) => Self::One(one.id().clone()),
            ([], Some(number)) => Self::Number(number.to_owned()),
            ([], None) => Self::Anonymous,
            (several, _) => Self::Several(several.iter().map(|entry| entry.id().clone()).collect()),
        }
    }

    pub(super) fn of(call: &Call, flow: &FlowCaller, roster: &Roster) -> Self {
        Self::find(call.number.as_deref(), flow, roster)
    }

    /// Somebody of the own company, as far as is known.
    pub(super) fn is_colleague(&self, flow: &FlowCaller) -> bool {
        match self {
            Self::One(_) | Self::Several(_) => true,
            Self::Named(_) => flow.is_from_teams,
            Self::Number(_) | Self::Anonymous => false,
        }
    }

    pub(super) fn person(&self) -> Option<&PersonId> {
        match self {
            Self::One(person) => Some(person),
            Self::Several(_) | Self::Named(_) | Self::Number(_) | Self::Anonymous => None,
        }
    }

    /// The same for the view. A person who has left the list since is shown without a name.
    pub(super) fn facts<'a>(&'a self, number: Option<&'a str>, roster: &'a Roster) -> WhoCalls<'a> {
        let without_a_name = || match number.filter(|number| is_shown(number)) {
            Some(number) => WhoCalls::Number(number),
            None => WhoCalls::Anonymous,
        };
        match self {
            Self::One(person) => roster.get(person).map_or_else(without_a_name, WhoCalls::One),
            Self::Several(people) => {
                let entries: Vec<_> = people.iter().filter_map(|person| roster.get(person)).collect();
                match entries.as_slice() {
                    [] => without_a_name(),
                    // A person who has left may have kept the telephone.
                    _ => WhoCalls::Several(entries),
                }
            }
            Self::Named(name) => WhoCalls::Named(name),
            Self::Number(number) => WhoCalls::Number(number),
            Self::Anonymous => WhoCalls::Anonymous,
        }
    }
}

/// False for a text that is no number, or that spells that no number is shown.
pub(super) fn is_shown(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.len() >= SHORTEST && !NO_NUMBER.iter().any(|word| digits == keys(word))
}

/// The keys of a telephone that spell a word (ITU-T E.161).
fn keys(word: &str) -> String {
    let key = |letter: char| match letter {
        'A'..='C' => '2',
        'D'..='F' => '3',
        'G'..='I' => '4',
        'J'..='L' => '5',
        'M'..='O' => '6',
        'P'..='S' => '7',
        'T'..='V' => '8',
        'W'..='Z' => '9',
        other => other,
    };
    word.chars().map(key).collect()
}
