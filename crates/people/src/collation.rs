//! A to Z as people expect it: without case, without diacritics.

use unicode_normalization::UnicodeNormalization;

/// What a name is sorted by; names with equal keys are ordered by the name itself.
pub(crate) fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.trim().nfkd().filter(|letter| !is_diacritic(*letter)) {
        for small in letter.to_lowercase().filter(|letter| !is_diacritic(*letter)) {
            match plain(small) {
                Some(letters) => key.push_str(letters),
                None => key.push(small),
            }
        }
    }
    key
}

/// The combining diacritics. Other marks are vowels in scripts that need them for their order.
fn is_diacritic(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// Latin letters that Unicode does not take apart.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{df}' => "ss",
        '\u{e6}' => "ae",
        '\u{f0}' | '\u{111}' => "d",
        '\u{f8}' => "o",
        '\u{fe}' => "th",
        '\u{127}' => "h",
        '\u{131}' => "i",
        '\u{142}' => "l",
        '\u{153}' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_diacritics_do_not_count() {
        for (name, key) in [
            ("Tomás Ibarra", "tomas ibarra"),
            ("Toma\u{301}s Ibarra", "tomas ibarra"),
            ("  ÅSA Ødegård", "asa odegard"),
            ("Łukasz Dąbrowski", "lukasz dabrowski"),
            ("İpek Işık", "ipek isik"),
            ("Weiß, Zoë", "weiss, zoe"),
            ("Ｗｉｄｅ", "wide"),
            ("", ""),
        ] {
            assert_eq!(sort_key(name), key);
        }
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert!(sort_key("Анна") < sort_key("Борис"));
        assert_ne!(sort_key("कि"), sort_key("कु"));
        assert_eq!(sort_key("王芳"), "王芳");
    }
}
