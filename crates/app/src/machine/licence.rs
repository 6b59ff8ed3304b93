//! In which form the directory is asked for those with a Teams licence.
//!
//! Remembered until the program ends or somebody else signs in, so that a directory that refuses a filter as too complex is
//! not sent it again each hour. The list and the searches have a form each: a search may be refused because of its words. A
//! simpler form is used from then on only if it has worked. It sends nothing.

use graph::{Directory, LicenceFilter};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// The first page of everybody.
    List,
    /// Whom somebody looks for.
    Search,
}

/// Whether the directory accepted a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilterAnswer {
    /// It accepted it.
    It,
    /// It refused this form, or these words.
    NotThis,
    /// It gave another error, which says nothing about the form.
    Nothing,
}

/// What comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LicenceIn {
    /// The directory answered this question in this form.
    Answered(Question, LicenceFilter, FilterAnswer),
    /// Somebody else signed in, perhaps of another directory.
    AnotherPerson,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LicenceOut {
    /// Ask the same in the form that is tried now.
    Again,
    /// The answer counts as it is.
    Done,
}

/// The form of one question.
#[derive(Debug, Default)]
struct QuestionForm {
    /// The form that is used.
    used: LicenceFilter,
    /// A simpler one that has not worked yet.
    tried: Option<LicenceFilter>,
}

impl QuestionForm {
    fn now(&self) -> LicenceFilter {
        self.tried.unwrap_or(self.used)
    }

    fn answered(&mut self, form: LicenceFilter, took: FilterAnswer) -> LicenceOut {
        match took {
            FilterAnswer::It => {
                if let Some(works) = self.tried.take_if(|tried| *tried == form) {
                    self.used = works;
                }
                LicenceOut::Done
            }
            FilterAnswer::NotThis => {
                self.tried = form.simpler();
                if self.tried.is_some() { LicenceOut::Again } else { LicenceOut::Done }
            }
            FilterAnswer::Nothing => {
                self.tried = None;
                LicenceOut::Done
            }
        }
    }
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Licence {
    list: QuestionForm,
    search: QuestionForm,
    /// In which form the list that is being read began; none if everybody is listed with names only.
    begun: Option<LicenceFilter>,
}

impl Licence {
    /// See [`LicenceIn`].
    pub(crate) fn on(&mut self, input: LicenceIn) -> LicenceOut {
        match input {
            LicenceIn::AnotherPerson => {
                *self = Self::default();
                LicenceOut::Done
            }
            LicenceIn::Answered(Question::List, form, took) => self.list.answered(form, took),
            LicenceIn::Answered(Question::Search, form, took) => self.search.answered(form, took),
        }
    }

    /// Whom a page of the list is asked for: further pages as the first one. `reads` says whether licences can be read.
    pub(crate) fn of_page(&mut self, is_first: bool, reads: bool) -> Directory {
        if is_first {
            self.begun = reads.then(|| self.list.now());
        }
        self.begun.map_or(Directory::Basic, Directory::licensed)
    }

    /// Among whom a search looks.
    pub(crate) fn of_search(&self, reads: bool) -> Directory {
        if reads { Directory::licensed(self.search.now()) } else { Directory::Basic }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: [LicenceFilter; 3] =
        [LicenceFilter::LicensedAndEnabled, LicenceFilter::Licensed, LicenceFilter::Here];

    fn list(licence: &mut Licence) -> LicenceFilter {
        licence.of_page(true, true);
        licence.begun.unwrap()
    }

    fn answered(
        licence: &mut Licence,
        question: Question,
        form: LicenceFilter,
        took: FilterAnswer,
    ) -> LicenceOut {
        licence.on(LicenceIn::Answered(question, form, took))
    }

    #[test]
    fn simpler_forms_are_tried_and_the_one_that_works_is_used_from_then_on() {
        let mut licence = Licence::default();
        let [first, second, last] = FORMS;
        assert_eq!(answered(&mut licence, Question::List, first, FilterAnswer::NotThis), LicenceOut::Again);
        assert_eq!(list(&mut licence), second);
        assert_eq!(answered(&mut licence, Question::List, second, FilterAnswer::NotThis), LicenceOut::Again);
        assert_eq!(list(&mut licence), last);
        assert_eq!(answered(&mut licence, Question::List, last, FilterAnswer::It), LicenceOut::Done);
        assert_eq!(list(&mut licence), last);
        assert_eq!(answered(&mut licence, Question::List, last, FilterAnswer::NotThis), LicenceOut::Done);
        assert_eq!(list(&mut licence), last);
    }

    #[test]
    fn a_form_that_did_not_work_either_is_not_used() {
        for (tried, took) in
            [(1, FilterAnswer::Nothing), (2, FilterAnswer::Nothing), (2, FilterAnswer::NotThis)]
        {
            let mut licence = Licence::default();
            for form in &FORMS[..tried] {
                answered(&mut licence, Question::List, *form, FilterAnswer::NotThis);
            }
            assert_eq!(answered(&mut licence, Question::List, FORMS[tried], took), LicenceOut::Done);
            assert_eq!(list(&mut licence), LicenceFilter::LicensedAndEnabled, "{tried} {took:?}");
        }
    }

    #[test]
    fn a_search_that_is_refused_changes_nothing_for_the_list() {
        let mut licence = Licence::default();
        for form in FORMS {
            answered(&mut licence, Question::Search, form, FilterAnswer::NotThis);
            assert_eq!(list(&mut licence), LicenceFilter::LicensedAndEnabled);
        }
        answered(&mut licence, Question::Search, LicenceFilter::LicensedAndEnabled, FilterAnswer::NotThis);
        answered(&mut licence, Question::Search, LicenceFilter::Licensed, FilterAnswer::It);
        assert_eq!(licence.of_search(true), Directory::licensed(LicenceFilter::Licensed));
        assert_eq!(list(&mut licence), LicenceFilter::LicensedAndEnabled);
        assert_eq!(licence.of_search(false), Directory::Basic);
    }

    #[test]
    fn a_list_keeps_its_form_for_all_its_pages_whatever_changes_meanwhile() {
        let mut licence = Licence::default();
        let first = licence.of_page(true, true);
        answered(&mut licence, Question::List, LicenceFilter::LicensedAndEnabled, FilterAnswer::NotThis);
        assert_eq!(licence.of_page(false, true), first);
        assert_eq!(licence.of_page(false, false), first);
        assert_eq!(licence.of_page(true, false), Directory::Basic);
        assert_eq!(licence.of_page(false, true), Directory::Basic);
    }

    #[test]
    fn another_person_may_be_of_another_directory() {
        let mut licence = Licence::default();
        answered(&mut licence, Question::List, LicenceFilter::default(), FilterAnswer::NotThis);
        answered(&mut licence, Question::List, LicenceFilter::Licensed, FilterAnswer::It);
        licence.on(LicenceIn::AnotherPerson);
        assert_eq!(list(&mut licence), LicenceFilter::default());
    }
}
