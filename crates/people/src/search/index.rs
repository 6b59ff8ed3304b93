//! The search texts of everybody in one string: scanning it is many times faster than visiting each person. It normalises no
//! text.

use super::{Initials, Needle, NumberWord, Query, Rank, SearchText, Term};

/// The search texts of many people, in their order.
#[derive(Debug)]
pub(crate) struct SearchIndex {
    fields: Haystack,
    numbers: Haystack,
}

/// Texts one after the other. A needle has a line break at most at its beginning, so it is never found across two texts.
#[derive(Debug, Default)]
struct Haystack {
    all: String,
    each: Vec<HaystackPart>,
}

#[derive(Debug)]
struct HaystackPart {
    end: usize,
    initials: Initials,
}

/// If fewer than one in this many people are wanted, each is searched separately.
const SPARSE: usize = 8;

/// How well each person matches; none for no match.
type Ranks = Vec<Option<Rank>>;

impl SearchIndex {
    pub(crate) fn of<'a>(people: impl Iterator<Item = &'a SearchText>) -> Self {
        let mut index = Self { fields: Haystack::default(), numbers: Haystack::default() };
        for SearchText { text, numbers, initials, digits } in people {
            index.fields.add(text, *initials);
            index.numbers.add(numbers, *digits);
        }
        index
    }

    /// How well each person matches `query`.
    pub(crate) fn ranks(&self, query: &Query) -> Ranks {
        self.all_of(&query.0, vec![true; self.fields.each.len()], |term, wanted| self.ranks_of(term, wanted))
    }

    fn ranks_of(&self, term: &Term, wanted: &[bool]) -> Ranks {
        match term {
            Term::Word(word) => self.fields.ranks(word, wanted),
            Term::Number { whole, parts } => {
                let mut ranks = self.numbers.ranks(whole, wanted);
                let others = wanted.iter().zip(&ranks).map(|(wanted, rank)| *wanted && rank.is_none());
                let parts =
                    self.all_of(parts, others.collect(), |part, wanted| self.ranks_of_word(part, wanted));
                for (rank, parts) in ranks.iter_mut().zip(parts) {
                    *rank = rank.or(parts);
                }
                ranks
            }
        }
    }

    /// The better rank of each person in numbers and fields.
    fn ranks_of_word(&self, word: &NumberWord, wanted: &[bool]) -> Ranks {
        let mut ranks = self.numbers.ranks(&word.digits, wanted);
        let could_be_better =
            wanted.iter().zip(&ranks).map(|(wanted, rank)| *wanted && *rank != Some(Rank::Begins));
        let texts = self.fields.ranks(&word.as_typed, &could_be_better.collect::<Vec<bool>>());
        for (rank, text) in ranks.iter_mut().zip(texts) {
            *rank = match (*rank, text) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        ranks
    }

    /// The worst rank of each wanted person over all parts; none if one part does not match.
    fn all_of<T>(&self, parts: &[T], mut wanted: Vec<bool>, ranks: impl Fn(&T, &[bool]) -> Ranks) -> Ranks {
        let mut all: Option<Ranks> = None;
        for part in parts {
            let one = ranks(part, &wanted);
            let all = match &mut all {
                None => all.insert(one),
                Some(all) => {
                    for (rank, one) in all.iter_mut().zip(one) {
                        *rank = rank.zip(one).map(|(rank, one)| rank.max(one));
                    }
                    all
                }
            };
            for (wanted, rank) in wanted.iter_mut().zip(all) {
                *wanted &= rank.is_some();
            }
        }
        all.unwrap_or_else(|| vec![None; self.fields.each.len()])
    }
}

impl Needle {
    /// True if the needle is the beginning of a word or a number at this position of a text.
    fn begins(&self, text: &str, at: usize) -> bool {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        self.0.needle().starts_with(b"\n") || before.is_none_or(|letter| !letter.is_alphanumeric())
    }
}

impl Haystack {
    fn add(&mut self, text: &str, initials: Initials) {
        self.all.push_str(text);
        self.all.push('\n');
        self.each.push(HaystackPart { end: self.all.len(), initials });
    }

    /// How well each wanted person matches. The ranks of others are undefined.
    fn ranks(&self, needle: &Needle, wanted: &[bool]) -> Ranks {
        let count = wanted.iter().filter(|wanted| **wanted).count();
        if count * SPARSE < wanted.len() {
            let one = |(at, wanted): (usize, &bool)| wanted.then(|| self.rank(at, needle)).flatten();
            return wanted.iter().enumerate().map(one).collect();
        }
        self.all_ranks(needle)
    }

    fn rank(&self, at: usize, needle: &Needle) -> Option<Rank> {
        let start = at.checked_sub(1).and_then(|before| self.each.get(before)).map_or(0, |text| text.end);
        let text = self.all.get(start..self.each.get(at)?.end)?;
        let mut found = None;
        for at in needle.0.find_iter(text.as_bytes()) {
            if needle.begins(text, at) {
                return Some(Rank::Begins);
            }
            found = Some(Rank::Inside);
        }
        found
    }

    fn all_ranks(&self, needle: &Needle) -> Ranks {
        let first = std::str::from_utf8(needle.0.needle()).ok().and_then(|needle| needle.chars().next());
        let mut ranks = vec![None; self.each.len()];
        let mut from = 0;
        let mut start = 0;
        let mut people = self.each.iter().zip(&mut ranks);
        let mut person = people.next();
        while let Some(found) = self.all.get(from..).and_then(|rest| needle.0.find(rest.as_bytes())) {
            let at = from + found;
            while let Some((text, _)) = &person
                && text.end <= at
            {
                start = text.end;
                person = people.next();
            }
            let Some((text, rank)) = &mut person else { break };
            let begins = self.all.get(start..).is_some_and(|text| needle.begins(text, at - start));
            let may_begin = first.is_some_and(|letter| text.initials.may_contain(letter));
            **rank = Some(if begins { Rank::Begins } else { Rank::Inside });
            // No better match can follow.
            from = if begins || !may_begin { text.end } else { self.after(at) };
        }
        ranks
    }

    /// The position after the letter at `at`.
    fn after(&self, at: usize) -> usize {
        let letter = self.all.get(at..).and_then(|rest| rest.chars().next());
        at + letter.map_or(1, char::len_utf8)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::Person;

    fn person(name: &str, upn: &str) -> SearchText {
        let person = Person {
            id: presence::identity::ObjectId::new("1"),
            name: name.to_owned(),
            given: String::new(),
            surname: String::new(),
            upn: upn.to_owned(),
            mail: None,
            department: None,
            job_title: None,
            numbers: Vec::new(),
        };
        SearchText::new(Some(&person), None, None)
    }

    /// The rank by comparing at every position of one text.
    fn naive_rank(search_text: &SearchText, word: &str) -> Option<Rank> {
        let places = search_text.text.match_indices(|_: char| true).map(|(at, _)| at);
        let found = places.filter(|at| search_text.text[*at..].starts_with(word));
        found
            .map(|at| match search_text.text[..at].chars().next_back() {
                Some(before) if before.is_alphanumeric() => Rank::Inside,
                Some(_) | None => Rank::Begins,
            })
            .min()
    }

    proptest! {
        #[test]
        fn the_index_ranks_everybody_as_a_search_of_their_own_text_does(
            names in vec(("[ab .é]{0,6}", "[abß@]{0,5}"), 0..30),
            words in vec("[abs.]{1,3}", 1..4),
        ) {
            let people: Vec<SearchText> = names.iter().map(|(name, upn)| person(name, upn)).collect();
            let query = Query::new(&words.join(" ")).unwrap();
            let ranks = SearchIndex::of(people.iter()).ranks(&query);
            let worst = |person: &SearchText| {
                words.iter().map(|word| naive_rank(person, word)).try_fold(Rank::Begins, |worst, rank| Some(worst.max(rank?)))
            };
            let alone: Vec<_> = people.iter().map(worst).collect();
            prop_assert_eq!(ranks, alone);
        }
    }
}
