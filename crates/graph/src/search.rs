//! From what somebody typed to the clauses of a search in the directory (Graph: search-query-parameter, directory
//! objects).
//!
//! The directory takes a name apart at everything that is neither letter nor digit, and finds the words that begin with
//! each part; an address is compared from its beginning. So no sign has to be sent that could end a clause or that the
//! service decodes twice (microsoft-graph-docs, issue 13179): each is replaced by the blank as which it counts.

/// The longest text that is searched for, in characters; a name has 256 at most.
const LONGEST: usize = 100;

/// The clauses; none where there is nothing that somebody could be found by. They can stand in a query as they are, but
/// for letters that an address encodes by itself.
pub(crate) fn clauses(typed: &str) -> Option<String> {
    let text: String =
        typed.chars().take(LONGEST).map(|letter| if is_sent(letter) { letter } else { ' ' }).collect();
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.contains(is_letter)).collect();
    match words.as_slice() {
        [] => None,
        // Only a single word can begin an address.
        [word] if typed.trim() == *word => {
            Some(format!("\"displayName:{word}\" OR \"mail:{word}\" OR \"userPrincipalName:{word}\""))
        }
        _ => Some(format!("\"displayName:{}\"", words.join(" "))),
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric()
}

/// What names and addresses consist of beside letters and digits.
fn is_sent(letter: char) -> bool {
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
    fn signs_that_have_a_meaning_in_a_search_count_as_the_blanks_they_are_to_the_directory() {
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
