//! Whether colleagues are kept on disk, of which tenant they are, and when they are erased.
//!
//! It touches no file, and does not know what is done with the people.

use people::Person;

/// The most people that are kept.
const MOST: usize = 60_000;

/// The people of a directory, as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptPeople {
    /// The tenant that the list was read from, as Entra names it.
    pub(crate) tenant: String,
    /// The people: names and numbers, no states.
    pub(crate) people: Vec<Person>,
}

/// What comes in.
#[derive(Debug)]
pub(crate) enum CacheIn {
    /// The controller begins.
    Begin {
        /// People may be kept on disk.
        on: bool,
    },
    /// The settings allow it, or no longer.
    Allowed(bool),
    /// The people on disk were read; none if there are none of this registration.
    Read(Option<KeptPeople>),
    /// Somebody of this tenant is signed in.
    SignedIn {
        /// The tenant.
        tenant: String,
    },
    /// A full list was read.
    Listed(Vec<Person>),
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CacheOut {
    /// Read what is kept; answer with [`CacheIn::Read`].
    Read,
    /// These people were known when the program last ran.
    Show(Vec<Person>),
    /// Keep these.
    Keep(KeptPeople),
    /// Erase the list and the photos on disk.
    Erase,
    /// Forget everybody: they belong to another tenant.
    Forget,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    on: bool,
    /// The tenant of the person who is signed in, or was last.
    tenant: Option<String>,
    /// The tenant of the people on disk.
    kept: Option<String>,
}

impl Cache {
    /// See [`CacheIn`].
    pub(crate) fn on(&mut self, input: CacheIn) -> Vec<CacheOut> {
        match input {
            CacheIn::Begin { on } => {
                self.on = on;
                vec![if on { CacheOut::Read } else { CacheOut::Erase }]
            }
            CacheIn::Allowed(on) => {
                let was_on = std::mem::replace(&mut self.on, on);
                if was_on && !on { self.erase() } else { Vec::new() }
            }
            CacheIn::Read(None) => Vec::new(),
            CacheIn::Read(Some(KeptPeople { tenant, people })) => {
                let is_foreign = self.tenant.as_ref().is_some_and(|signed_in| *signed_in != tenant);
                if is_foreign || !self.on {
                    return self.erase();
                }
                self.kept = Some(tenant);
                vec![CacheOut::Show(people)]
            }
            CacheIn::SignedIn { tenant } => {
                let differs = |other: &Option<String>| other.as_ref().is_some_and(|other| *other != tenant);
                let is_another = differs(&self.kept) || differs(&self.tenant);
                self.tenant = Some(tenant);
                let mut out = if is_another { self.erase() } else { Vec::new() };
                out.extend(is_another.then_some(CacheOut::Forget));
                out
            }
            CacheIn::Listed(mut people) => {
                let Some(tenant) = self.tenant.clone().filter(|_| self.on) else { return Vec::new() };
                people.truncate(MOST);
                self.kept = Some(tenant.clone());
                vec![CacheOut::Keep(KeptPeople { tenant, people })]
            }
        }
    }

    /// Whether anything may be written.
    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    fn erase(&mut self) -> Vec<CacheOut> {
        self.kept = None;
        vec![CacheOut::Erase]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::person;

    fn people(count: usize) -> Vec<Person> {
        let person = |number: usize| person(&number.to_string(), &format!("Person {number}"), &[]);
        (0..count).map(person).collect()
    }

    fn kept(tenant: &str, count: usize) -> KeptPeople {
        KeptPeople { tenant: tenant.to_owned(), people: people(count) }
    }

    fn signed_in(tenant: &str) -> CacheIn {
        CacheIn::SignedIn { tenant: tenant.to_owned() }
    }

    /// A cache that is on, with three people of Contoso on disk.
    fn full() -> Cache {
        let mut cache = Cache::default();
        assert_eq!(cache.on(CacheIn::Begin { on: true }), [CacheOut::Read]);
        assert_eq!(cache.on(CacheIn::Read(Some(kept("contoso", 3)))), [CacheOut::Show(people(3))]);
        cache
    }

    #[test]
    fn known_people_are_shown_before_anybody_is_signed_in_and_stay() {
        let mut cache = full();
        assert_eq!(cache.on(signed_in("contoso")), []);
        assert_eq!(cache.on(CacheIn::Listed(people(4))), [CacheOut::Keep(kept("contoso", 4))]);
    }

    #[test]
    fn people_of_another_tenant_are_erased_and_forgotten_whichever_comes_first() {
        let mut cache = full();
        assert_eq!(cache.on(signed_in("fabrikam")), [CacheOut::Erase, CacheOut::Forget]);
        assert_eq!(cache.on(CacheIn::Listed(people(1))), [CacheOut::Keep(kept("fabrikam", 1))]);
        assert_eq!(cache.on(signed_in("contoso")), [CacheOut::Erase, CacheOut::Forget]);

        let mut cache = Cache::default();
        cache.on(CacheIn::Begin { on: true });
        assert_eq!(cache.on(signed_in("fabrikam")), []);
        assert_eq!(cache.on(CacheIn::Read(Some(kept("contoso", 3)))), [CacheOut::Erase]);
    }

    #[test]
    fn a_list_of_another_tenant_is_forgotten_though_none_was_kept() {
        let mut cache = Cache::default();
        assert_eq!(cache.on(CacheIn::Begin { on: false }), [CacheOut::Erase]);
        cache.on(signed_in("contoso"));
        assert_eq!(cache.on(signed_in("fabrikam")), [CacheOut::Erase, CacheOut::Forget]);
    }

    #[test]
    fn what_may_not_be_kept_is_erased_and_nothing_is_written() {
        let mut cache = full();
        cache.on(signed_in("contoso"));
        assert_eq!(cache.on(CacheIn::Allowed(false)), [CacheOut::Erase]);
        assert_eq!(cache.on(CacheIn::Listed(people(4))), []);
        assert_eq!(cache.on(CacheIn::Allowed(false)), [], "once");
        assert_eq!(cache.on(CacheIn::Allowed(true)), []);
        assert_eq!(cache.on(CacheIn::Listed(people(4))).len(), 1);
    }

    #[test]
    fn a_list_without_an_owner_is_not_kept_and_a_kept_list_has_a_limit() {
        let mut cache = full();
        assert_eq!(cache.on(CacheIn::Listed(people(4))), []);
        cache.on(signed_in("contoso"));
        let out = cache.on(CacheIn::Listed(people(MOST + 1)));
        assert!(matches!(out.as_slice(), [CacheOut::Keep(kept)] if kept.people.len() == MOST));
    }
}
