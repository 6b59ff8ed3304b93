//! The alphabetical order of names, without case and diacritics. It knows no locale.

use unicode_normalization::UnicodeNormalization;

/// The key that a name is sorted by. The caller orders names with equal keys by the names themselves.
pub(crate) fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.trim().nfkd().filter(|letter| !is_diacritic(*letter)) {
        for lower in letter.to_lowercase().filter(|letter| !is_diacritic(*letter)) {
            match plain(lower) {
                Some(letters) => key.push_str(letters),
                None => key.push(lower),
            }
        }
    }
    key
}

/// Whether this is a combining diacritic. Other marks are vowels in some scripts, which need them for their order.
fn is_diacritic(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// The plain spelling of a Latin letter that Unicode does not decompose.
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
