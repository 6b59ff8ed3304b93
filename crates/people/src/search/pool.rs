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
        let terms = query.0.iter().map(|term| self.ranks_of(term));
        terms.reduce(both).unwrap_or_default()
    }

    fn ranks_of(&self, term: &Term) -> Ranks {
        match term {
            Term::Word(word) => self.fields.ranks(word),
            Term::Number { whole, parts } => {
                let rank = |NumberWord { as_typed, digits }: &NumberWord| {
                    either(self.numbers.ranks(digits), self.fields.ranks(as_typed))
                };
                let parts = parts.iter().map(rank).reduce(both).unwrap_or_default();
                let whole = self.numbers.ranks(whole);
                whole.into_iter().zip(parts).map(|(whole, parts)| whole.or(parts)).collect()
            }
        }
    }
}

/// Those who match in both, as well as in the worse.
fn both(one: Ranks, other: Ranks) -> Ranks {
    one.into_iter().zip(other).map(|(one, other)| Some(one?.max(other?))).collect()
}

/// Those who match in one at least, as well as in the better.
fn either(one: Ranks, other: Ranks) -> Ranks {
    let better = |(one, other): (Option<Rank>, Option<Rank>)| match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    one.into_iter().zip(other).map(better).collect()
}

impl Texts {
    fn add(&mut self, text: &str, initials: Initials) {
        self.all.push_str(text);
        self.all.push('\n');
        self.each.push(Text { end: self.all.len(), initials });
    }

    fn ranks(&self, needle: &Needle) -> Ranks {
        let starts_a_line = needle.0.needle().starts_with(b"\n");
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
            let before = self.all.get(start..at).and_then(|before| before.chars().next_back());
            let begins = starts_a_line || before.is_none_or(|letter| !letter.is_alphanumeric());
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
            names in vec(("[ab .é]{0,6}", "[abß@]{0,5}"), 0..9),
            word in "[abs.]{1,3}",
        ) {
            let people: Vec<Folded> = names.iter().map(|(name, upn)| person(name, upn)).collect();
            let query = Query::new(&word).unwrap();
            let ranks = Pool::of(people.iter()).ranks(&query);
            let alone: Vec<_> = people.iter().map(|person| rank(person, &word)).collect();
            prop_assert_eq!(ranks, alone);
        }
    }
}
