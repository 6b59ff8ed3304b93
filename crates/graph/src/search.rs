//! Turns typed text into the clauses of a directory search (Graph: search-query-parameter, directory objects).
//!
//! The directory splits a name at everything that is neither letter nor digit, and finds words that begin with each
//! part; an address is compared from its beginning. So a character that could end a clause, or that the service decodes
//! twice (microsoft-graph-docs, issue 13179), is replaced by a blank without changing the result.

/// The longest search text, in characters; a name has 256 at most.
const LONGEST: usize = 100;

/// The clauses; none if the text has no letter or digit. They need no escaping in a query beyond the usual URL
/// encoding.
pub(crate) fn clauses(typed: &str) -> Option<String> {
    let text: String =
        typed.chars().take(LONGEST).map(|letter| if is_kept(letter) { letter } else { ' ' }).collect();
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.contains(is_letter)).collect();
    match words.as_slice() {
        [] => None,
        // An address is a single word.
        [word] if typed.trim() == *word => {
            Some(format!("\"displayName:{word}\" OR \"mail:{word}\" OR \"userPrincipalName:{word}\""))
        }
        _ => Some(format!("\"displayName:{}\"", words.join(" "))),
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric()
}

/// Letters, digits, and the other characters of names and addresses.
fn is_kept(letter: char) -> bool {
    is_letter(letter) || "@.-_'".contains(letter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_is_looked_for_in_names_and_addresses_and_words_in_names() {
        let all = |word: &str| {
            Some(format!("\"displayName:{word}\" OR \"mail:{word}\" OR \"userPrincipalName:{word}\""))
        };
        for word in ["hollo", "grace.holloway@contoso.com", "O'Brien", "Müller-Lüdenscheidt"] {
            assert_eq!(clauses(&format!(" {word} ")), all(word));
        }
        assert_eq!(clauses("grace  holl").as_deref(), Some("\"displayName:grace holl\""));
    }

    #[test]
    fn characters_with_a_meaning_in_a_search_count_as_blanks() {
        for typed in ["holloway \"grace\"", "holloway\\grace", "holloway:grace", "holloway & #grace +%"] {
            assert_eq!(clauses(typed).as_deref(), Some("\"displayName:holloway grace\""), "{typed}");
        }
        for nothing in ["", "  ", "\"", "\\\" OR \\\"", "--", "@"] {
            assert!(clauses(nothing).is_none_or(|clauses| clauses == "\"displayName:OR\""), "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_can_end_its_clause(typed in "(\\PC|[\"\\\\:&#%+ ]){0,120}") {
            if let Some(clauses) = clauses(&typed) {
                let quotes = clauses.matches('"').count();
                prop_assert!(quotes == 2 || quotes == 6, "{}", clauses);
                prop_assert_eq!(clauses.matches(':').count(), quotes / 2);
                prop_assert!(!clauses.contains(['\\', '&', '#', '%', '+']));
            }
        }
    }
}
