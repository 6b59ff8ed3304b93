//! In which form the directory is asked for those with a Teams licence.
//!
//! Remembered until the program ends or somebody else signs in, so that a directory that finds the filter too complex is not
//! asked for it again each hour. It asks nothing.

use graph::LicenceFilter;

/// What comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LicenceIn {
    /// The directory refused a question in this form.
    Refused(LicenceFilter),
    /// Somebody else signed in, perhaps of another directory.
    AnotherPerson,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LicenceOut {
    /// Ask the same in the form that is used now.
    Again,
    /// There is no other form: it failed.
    Failed,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Licence {
    form: LicenceFilter,
}

impl Licence {
    /// See [`LicenceIn`].
    pub(crate) fn on(&mut self, input: LicenceIn) -> Option<LicenceOut> {
        match input {
            LicenceIn::AnotherPerson => {
                *self = Self::default();
                None
            }
            // A list and a search may be refused together: one step for both.
            LicenceIn::Refused(form) if form != self.form => Some(LicenceOut::Again),
            LicenceIn::Refused(form) => Some(match form.simpler() {
                Some(simpler) => {
                    self.form = simpler;
                    LicenceOut::Again
                }
                None => LicenceOut::Failed,
            }),
        }
    }

    /// The form that is used now.
    pub(crate) fn form(&self) -> LicenceFilter {
        self.form
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_form_is_used_until_there_is_none() {
        let mut licence = Licence::default();
        let mut refused = |form| (licence.on(LicenceIn::Refused(form)), licence.form());
        let [first, second, last] =
            [LicenceFilter::LicensedAndEnabled, LicenceFilter::Licensed, LicenceFilter::Here];
        assert_eq!(refused(first), (Some(LicenceOut::Again), second));
        assert_eq!(refused(first), (Some(LicenceOut::Again), second), "a search that left with the list");
        assert_eq!(refused(second), (Some(LicenceOut::Again), last));
        assert_eq!(refused(last), (Some(LicenceOut::Failed), last));
    }

    #[test]
    fn another_person_may_be_of_another_directory() {
        let mut licence = Licence::default();
        licence.on(LicenceIn::Refused(LicenceFilter::default()));
        assert_eq!((licence.on(LicenceIn::AnotherPerson), licence.form()), (None, LicenceFilter::default()));
    }
}
