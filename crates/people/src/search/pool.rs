//! What can be found of everybody, in one piece: a search reads memory from one end to the other, which is many times
//! quicker than to visit each person.

use super::{Folded, Initials, Needle, NumberWord, Query, Rank, Term};

/// What can be found of each of many people, in their order.
#[derive(Debug)]
pub(crate) struct Pool {
    fields: Texts,
    numbers: Texts,
}

/// Texts one after the other. No needle has a line break but at its beginning, so none is found across two of them.
#[derive(Debug, Default)]
struct Texts {
    all: String,
    each: Vec<Text>,
}

#[derive(Debug)]
struct Text {
    end: usize,
    initials: Initials,
}

/// If fewer than one of so many are wanted, each is looked at alone.
const FEW: usize = 8;

/// How well each of them matches.
type Ranks = Vec<Option<Rank>>;

impl Pool {
    pub(crate) fn of<'a>(people: impl Iterator<Item = &'a Folded>) -> Self {
        let mut pool = Self { fields: Texts::default(), numbers: Texts::default() };
        for Folded { text, numbers, initials, digits } in people {
            pool.fields.add(text, *initials);
            pool.numbers.add(numbers, *digits);
        }
        pool
    }

    /// How well `query` matches each of them; none for those it does not match.
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

    /// As well as in the better of number and text.
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

    /// Of these people, those who match all parts, as well as in the worst.
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
    /// True if it begins a word or a number at this place of a text.
    fn begins(&self, text: &str, at: usize) -> bool {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        self.0.needle().starts_with(b"\n") || before.is_none_or(|letter| !letter.is_alphanumeric())
    }
}

impl Texts {
    fn add(&mut self, text: &str, initials: Initials) {
        self.all.push_str(text);
        self.all.push('\n');
        self.each.push(Text { end: self.all.len(), initials });
    }

    /// How well each of those who are wanted matches; of the others it may be known, too.
    fn ranks(&self, needle: &Needle, wanted: &[bool]) -> Ranks {
        let count = wanted.iter().filter(|wanted| **wanted).count();
        if count * FEW < wanted.len() {
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
            let may_begin = first.is_some_and(|letter| text.initials.may_have(letter));
            **rank = Some(if begins { Rank::Begins } else { Rank::Inside });
            // No better one can come.
            from = if begins || !may_begin { text.end } else { self.after(at) };
        }
        ranks
    }

    /// Behind the letter that begins at `at`.
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

    fn person(name: &str, upn: &str) -> Folded {
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
        Folded::new(Some(&person), None, None)
    }

    /// The same by looking at each place of one text.
    fn rank(folded: &Folded, word: &str) -> Option<Rank> {
        let places = folded.text.match_indices(|_: char| true).map(|(at, _)| at);
        let found = places.filter(|at| folded.text[*at..].starts_with(word));
        found
            .map(|at| match folded.text[..at].chars().next_back() {
                Some(before) if before.is_alphanumeric() => Rank::Inside,
                Some(_) | None => Rank::Begins,
            })
            .min()
    }

    proptest! {
        #[test]
        fn everybody_matches_as_if_alone(
            names in vec(("[ab .é]{0,6}", "[abß@]{0,5}"), 0..30),
            words in vec("[abs.]{1,3}", 1..4),
        ) {
            let people: Vec<Folded> = names.iter().map(|(name, upn)| person(name, upn)).collect();
            let query = Query::new(&words.join(" ")).unwrap();
            let ranks = Pool::of(people.iter()).ranks(&query);
            let worst = |person: &Folded| {
                words.iter().map(|word| rank(person, word)).try_fold(Rank::Begins, |worst, rank| Some(worst.max(rank?)))
            };
            let alone: Vec<_> = people.iter().map(worst).collect();
            prop_assert_eq!(ranks, alone);
        }
    }
}
