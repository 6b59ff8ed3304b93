//! The part of `$search` that the directory takes: clauses of a property and a text, in quotes, joined by `AND` and `OR`
//! (Graph: search-query-parameter, directory objects). It must not know paging.

use crate::world::directory::Person;

/// A search over people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Search {
    /// Each of these.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
    /// Words of the display name begin with these.
    Name(Vec<String>),
    /// A property that is compared from its beginning.
    Begins(Property, String),
}

/// A property that has no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Address,
    GivenName,
    Surname,
    Title,
}

impl Search {
    /// None when it is malformed, or names what cannot be searched.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        let mut any = Vec::new();
        let mut all = Vec::new();
        loop {
            let (clause, after) = clause(rest)?;
            all.push(clause);
            let after = after.trim_start();
            if after.is_empty() {
                any.push(joined(all, Self::All)?);
                return joined(any, Self::Any);
            } else if let Some(next) = after.strip_prefix("AND ") {
                rest = next.trim_start();
            } else {
                rest = after.strip_prefix("OR ")?.trim_start();
                any.push(joined(std::mem::take(&mut all), Self::All)?);
            }
        }
    }

    pub(super) fn finds(&self, person: &Person) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.finds(person)),
            Self::Any(parts) => parts.iter().any(|part| part.finds(person)),
            Self::Name(wanted) => {
                let words = words(&person.display_name());
                wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())))
            }
            Self::Begins(property, start) => {
                let value = match property {
                    Property::Address => &person.upn,
                    Property::GivenName => &person.given,
                    Property::Surname => &person.surname,
                    Property::Title => person.title,
                };
                value.to_lowercase().starts_with(start.as_str())
            }
        }
    }
}

fn joined(mut parts: Vec<Search>, join: fn(Vec<Search>) -> Search) -> Option<Search> {
    if parts.len() > 1 { Some(join(parts)) } else { parts.pop() }
}

// One clause, and what comes after its closing quote. A quote or backslash inside has a backslash before it.
fn clause(text: &str) -> Option<(Search, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut said = String::new();
    let mut letters = inside.char_indices();
    let after = loop {
        match letters.next()? {
            (at, '"') => break inside.get(at + 1..)?,
            (_, '\\') => said.push(letters.next().filter(|(_, letter)| "\"\\".contains(*letter))?.1),
            (_, letter) => said.push(letter),
        }
    };
    let (property, value) = said.split_once(':')?;
    let begins = |property| Search::Begins(property, value.trim().to_lowercase());
    let search = match property {
        "displayName" => Search::Name(words(value)),
        "mail" | "userPrincipalName" => begins(Property::Address),
        "givenName" => begins(Property::GivenName),
        "surname" => begins(Property::Surname),
        "jobTitle" => begins(Property::Title),
        _ => return None,
    };
    (!value.trim().is_empty()).then_some((search, after))
}

// The words of a text: the parts between signs.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::directory::Directory;

    fn found(text: &str) -> Option<Vec<String>> {
        let search = Search::parse(text)?;
        let directory = Directory::new(16);
        let people = directory.people().iter().filter(|person| search.finds(person));
        Some(people.map(Person::display_name).collect())
    }

    #[test]
    fn a_name_is_found_by_the_beginnings_of_its_words_and_an_address_by_its_own() {
        for text in ["displayName:hollo", "displayName:HOLLO gra", "mail:grace.", "surname:holl"] {
            let found = found(&format!("\"{text}\""));
            assert_eq!(found.as_deref(), Some(&["Grace Holloway".to_owned()][..]), "{text}");
        }
        assert_eq!(found("\"displayName:olloway\""), Some(Vec::new()));
        assert_eq!(found("\"mail:holloway\""), Some(Vec::new()));
        let both = found("\"displayName:mei-ling\" OR \"mail:grace\" AND \"displayName:holloway\"");
        assert_eq!(both.map(|found| found.len()), Some(2));
    }

    #[test]
    fn what_is_no_clause_is_refused() {
        for text in [
            "",
            "grace",
            "displayName:grace",
            "\"grace\"",
            "\"shoeSize:7\"",
            "\"displayName:\"",
            "\"displayName:a\"b\"",
            "\"displayName:a\\\"",
            "\"displayName:a\\b\"",
            "\"displayName:a\" or \"mail:a\"",
            "\"displayName:a\" OR",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert!(found("\"displayName:a\\\"b\\\\\"").is_some());
    }
}
