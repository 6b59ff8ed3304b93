//! The part of OData's `$filter` that the directory takes: account state and Teams licence, joined by `and`,
//! `or` and parentheses (Graph: aad-advanced-queries). It must not know paging.

use uuid::Uuid;

use crate::world::directory::{Person, TEAMS_PLAN, TeamsPlan};

/// A filter over people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    All(Vec<Self>),
    Any(Vec<Self>),
    AccountEnabled(bool),
    UserType(String),
    /// Some assigned plan fulfils this.
    SomePlan(Plan),
}

/// A filter over one assigned plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plan {
    All(Vec<Self>),
    Any(Vec<Self>),
    Id(Uuid),
    Status(String),
}

impl Filter {
    /// None when it is malformed, or asks for what the directory does not take.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = Words { words: words(text)?, at: 0 };
        let filter = words.person()?;
        words.next().is_none().then_some(filter)
    }

    /// A lambda makes it an advanced query.
    pub(super) fn is_advanced(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_advanced),
            Self::AccountEnabled(_) | Self::UserType(_) => false,
            Self::SomePlan(_) => true,
        }
    }

    /// True if it asks for the account state, alone or beside other things.
    pub(super) fn asks_for_the_account(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::asks_for_the_account),
            Self::AccountEnabled(_) => true,
            Self::UserType(_) | Self::SomePlan(_) => false,
        }
    }

    pub(super) fn takes(&self, person: &Person) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.takes(person)),
            Self::Any(parts) => parts.iter().any(|part| part.takes(person)),
            Self::AccountEnabled(enabled) => person.account_enabled == *enabled,
            Self::UserType(kind) => kind == "Member",
            Self::SomePlan(plan) => match person.teams_plan {
                TeamsPlan::Enabled => plan.takes("Enabled"),
                TeamsPlan::Deleted => plan.takes("Deleted"),
                TeamsPlan::Never => false,
            },
        }
    }
}

impl Plan {
    fn takes(&self, status: &str) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.takes(status)),
            Self::Any(parts) => parts.iter().any(|part| part.takes(status)),
            Self::Id(id) => *id == TEAMS_PLAN,
            Self::Status(wanted) => wanted == status,
        }
    }
}

fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            letter if letter.is_whitespace() => {}
            '(' | ')' | ':' => words.push(letter.to_string()),
            '\'' => {
                let mut word = "'".to_owned();
                loop {
                    match letters.next()? {
                        '\'' => break,
                        letter => word.push(letter),
                    }
                }
                words.push(word);
            }
            letter => {
                let mut word = letter.to_string();
                while let Some(letter) =
                    letters.next_if(|letter| !letter.is_whitespace() && !"():'".contains(*letter))
                {
                    word.push(letter);
                }
                words.push(word);
            }
        }
    }
    Some(words)
}

struct Words {
    words: Vec<String>,
    at: usize,
}

impl Words {
    fn next(&mut self) -> Option<String> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at).is_some_and(|next| next == word);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) -> Option<()> {
        self.take(word).then_some(())
    }

    // One or more parts with a word between them; a single part stays what it is.
    fn joined<T>(
        &mut self,
        between: &str,
        part: &mut dyn FnMut(&mut Self) -> Option<T>,
        join: fn(Vec<T>) -> T,
    ) -> Option<T> {
        let first = part(self)?;
        if !self.take(between) {
            return Some(first);
        }
        let mut parts = vec![first];
        loop {
            parts.push(part(self)?);
            if !self.take(between) {
                return Some(join(parts));
            }
        }
    }

    fn person(&mut self) -> Option<Filter> {
        self.joined("or", &mut |words| words.joined("and", &mut Self::person_part, Filter::All), Filter::Any)
    }

    fn person_part(&mut self) -> Option<Filter> {
        if self.take("(") {
            let filter = self.person()?;
            return self.expect(")").map(|()| filter);
        }
        match self.next()?.as_str() {
            "accountEnabled" => {
                self.expect("eq")?;
                Some(Filter::AccountEnabled(self.next()?.parse().ok()?))
            }
            "userType" => {
                self.expect("eq")?;
                Some(Filter::UserType(self.next()?.strip_prefix('\'')?.to_owned()))
            }
            "assignedPlans/any" => {
                self.expect("(")?;
                let variable = self.next()?;
                self.expect(":")?;
                let plan = self.plan(&variable)?;
                self.expect(")")?;
                Some(Filter::SomePlan(plan))
            }
            _ => None,
        }
    }

    fn plan(&mut self, variable: &str) -> Option<Plan> {
        self.joined(
            "or",
            &mut |words| words.joined("and", &mut |words| words.plan_part(variable), Plan::All),
            Plan::Any,
        )
    }

    fn plan_part(&mut self, variable: &str) -> Option<Plan> {
        if self.take("(") {
            let plan = self.plan(variable)?;
            return self.expect(")").map(|()| plan);
        }
        let property = self.next()?;
        let property = property.strip_prefix(variable)?.strip_prefix('/')?;
        self.expect("eq")?;
        let value = self.next()?;
        match property {
            "servicePlanId" => Some(Plan::Id(value.parse().ok()?)),
            "capabilityStatus" => Some(Plan::Status(value.strip_prefix('\'')?.to_owned())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::directory::Directory;

    const LICENSED: &str = "accountEnabled eq true and assignedPlans/any(p:p/servicePlanId eq \
        57ff2da0-773e-42df-b2af-ffb7a2317929 and (p/capabilityStatus eq 'Enabled' or p/capabilityStatus eq \
        'Warning'))";

    fn count(filter: &str) -> usize {
        let filter = Filter::parse(filter).unwrap();
        Directory::new(40).people().iter().filter(|person| filter.takes(person)).count()
    }

    #[test]
    fn the_licence_filter_takes_those_with_teams_only() {
        assert_eq!(count(LICENSED), 41);
        assert_eq!(count("assignedPlans/any(x: x/capabilityStatus eq 'Deleted')"), 2);
        assert_eq!(count("accountEnabled eq false or accountEnabled eq true"), 45);
        assert_eq!(count("userType eq 'Guest'"), 0);
    }

    #[test]
    fn only_a_lambda_is_an_advanced_query() {
        assert!(Filter::parse(LICENSED).unwrap().is_advanced());
        assert!(!Filter::parse("accountEnabled eq true").unwrap().is_advanced());
    }

    #[test]
    fn a_malformed_text_is_no_filter() {
        for text in [
            "",
            "accountEnabled",
            "accountEnabled eq maybe",
            "accountEnabled eq true and",
            "(accountEnabled eq true",
            "accountEnabled eq true)",
            "assignedPlans/any(p:q/servicePlanId eq 57ff2da0-773e-42df-b2af-ffb7a2317929)",
            "assignedPlans/any(p:p/servicePlanId eq '57ff2da0-773e-42df-b2af-ffb7a2317929')",
            "assignedPlans/any(p:p/capabilityStatus eq 'Enabled",
            "surname eq 'Reid'",
        ] {
            assert_eq!(Filter::parse(text), None, "{text}");
        }
    }
}
