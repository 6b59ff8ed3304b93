//! Which form of the licence filter the directory is asked with.
//!
//! Remembered until the program ends or somebody else signs in, so that a directory that refuses a filter as too
//! complex is not sent it again each hour. The list and the searches have a form each: a search may be refused because
//! of its words. A simpler form is used from then on only if it has worked. It sends nothing.

use graph::{Directory, LicenceFilter};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// The first page of everybody.
    List,
    /// The people that somebody searches for.
    Search,
}

/// Whether the directory accepted a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilterAnswer {
    /// It accepted it.
    Accepted,
    /// It refused this form, or these words.
    Refused,
    /// It gave another error, which says nothing about the form.
    OtherError,
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
    fn current(&self) -> LicenceFilter {
        self.tried.unwrap_or(self.used)
    }

    fn answered(&mut self, form: LicenceFilter, answer: FilterAnswer) -> LicenceOut {
        match answer {
            FilterAnswer::Accepted => {
                if let Some(works) = self.tried.take_if(|tried| *tried == form) {
                    self.used = works;
                }
                LicenceOut::Done
            }
            FilterAnswer::Refused => {
                self.tried = form.simpler();
                if self.tried.is_some() { LicenceOut::Again } else { LicenceOut::Done }
            }
            FilterAnswer::OtherError => {
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
            LicenceIn::Answered(Question::List, form, answer) => self.list.answered(form, answer),
            LicenceIn::Answered(Question::Search, form, answer) => self.search.answered(form, answer),
        }
    }

    /// Which people a page of the list is asked for: further pages as the first one. `reads` says whether licences can
    /// be read.
    pub(crate) fn for_page(&mut self, is_first: bool, reads: bool) -> Directory {
        if is_first {
            self.begun = reads.then(|| self.list.current());
        }
        self.begun.map_or(Directory::Basic, Directory::licensed)
    }

    /// Which people are searched.
    pub(crate) fn for_search(&self, reads: bool) -> Directory {
        if reads { Directory::licensed(self.search.current()) } else { Directory::Basic }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: [LicenceFilter; 3] =
        [LicenceFilter::LicensedAndEnabled, LicenceFilter::Licensed, LicenceFilter::Here];

    fn list(licence: &mut Licence) -> LicenceFilter {
        licence.for_page(true, true);
        licence.begun.unwrap()
    }

    fn answered(
        licence: &mut Licence,
        question: Question,
        form: LicenceFilter,
        answer: FilterAnswer,
    ) -> LicenceOut {
        licence.on(LicenceIn::Answered(question, form, answer))
    }

    #[test]
    fn simpler_forms_are_tried_and_the_one_that_works_is_used_from_then_on() {
        let mut licence = Licence::default();
        let [first, second, last] = FORMS;
        assert_eq!(answered(&mut licence, Question::List, first, FilterAnswer::Refused), LicenceOut::Again);
        assert_eq!(list(&mut licence), second);
        assert_eq!(answered(&mut licence, Question::List, second, FilterAnswer::Refused), LicenceOut::Again);
        assert_eq!(list(&mut licence), last);
        assert_eq!(answered(&mut licence, Question::List, last, FilterAnswer::Accepted), LicenceOut::Done);
        assert_eq!(list(&mut licence), last);
        assert_eq!(answered(&mut licence, Question::List, last, FilterAnswer::Refused), LicenceOut::Done);
        assert_eq!(list(&mut licence), last);
    }

    #[test]
    fn a_form_that_did_not_work_either_is_not_used() {
        for (tried, answer) in
            [(1, FilterAnswer::OtherError), (2, FilterAnswer::OtherError), (2, FilterAnswer::Refused)]
        {
            let mut licence = Licence::default();
            for form in &FORMS[..tried] {
                answered(&mut licence, Question::List, *form, FilterAnswer::Refused);
            }
            assert_eq!(answered(&mut licence, Question::List, FORMS[tried], answer), LicenceOut::Done);
            assert_eq!(list(&mut licence), LicenceFilter::LicensedAndEnabled, "{tried} {answer:?}");
        }
    }

    #[test]
    fn a_search_that_is_refused_changes_nothing_for_the_list() {
        let mut licence = Licence::default();
        for form in FORMS {
            answered(&mut licence, Question::Search, form, FilterAnswer::Refused);
            assert_eq!(list(&mut licence), LicenceFilter::LicensedAndEnabled);
        }
        answered(&mut licence, Question::Search, LicenceFilter::LicensedAndEnabled, FilterAnswer::Refused);
        answered(&mut licence, Question::Search, LicenceFilter::Licensed, FilterAnswer::Accepted);
        assert_eq!(licence.for_search(true), Directory::licensed(LicenceFilter::Licensed));
        assert_eq!(list(&mut licence), LicenceFilter::LicensedAndEnabled);
        assert_eq!(licence.for_search(false), Directory::Basic);
    }

    #[test]
    fn a_list_keeps_its_form_for_all_its_pages_whatever_changes_meanwhile() {
        let mut licence = Licence::default();
        let first = licence.for_page(true, true);
        answered(&mut licence, Question::List, LicenceFilter::LicensedAndEnabled, FilterAnswer::Refused);
        assert_eq!(licence.for_page(false, true), first);
        assert_eq!(licence.for_page(false, false), first);
        assert_eq!(licence.for_page(true, false), Directory::Basic);
        assert_eq!(licence.for_page(false, true), Directory::Basic);
    }

    #[test]
    fn another_person_may_be_of_another_directory() {
        let mut licence = Licence::default();
        answered(&mut licence, Question::List, LicenceFilter::default(), FilterAnswer::Refused);
        answered(&mut licence, Question::List, LicenceFilter::Licensed, FilterAnswer::Accepted);
        licence.on(LicenceIn::AnotherPerson);
        assert_eq!(list(&mut licence), LicenceFilter::default());
    }
}
