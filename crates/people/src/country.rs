//! The countries that a number can belong to, by their codes. Their names are in the windows.

/// A country or territory, by its ISO 3166-1 code.
pub use phonenumber::country::Id as Country;

/// All countries, in the order of their codes.
pub fn countries() -> impl Iterator<Item = Country> {
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(move |first| letters().map(move |second| format!("{first}{second}")));
    codes.filter_map(|code| code.parse().ok())
}

/// Whether `code` is that of `country`, in any case.
pub(crate) fn is_code_of(code: &str, country: Country) -> bool {
    code.eq_ignore_ascii_case(country.as_ref())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_country_is_listed_once_by_its_code() {
        assert_eq!(countries().collect::<HashSet<_>>().len(), 245);
        assert_eq!(countries().count(), 245);
        assert!("sweden".parse::<Country>().is_err());
    }

    #[test]
    fn the_case_of_a_code_does_not_matter() {
        let sweden: Country = "SE".parse().unwrap();
        assert!(is_code_of("se", sweden) && is_code_of("SE", sweden) && !is_code_of("sv", sweden));
    }
}
