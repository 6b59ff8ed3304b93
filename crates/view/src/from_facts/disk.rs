//! Why a file was not written, in words.

use std::io;

use settings::NotSaved;

use crate::words::{fill, say};

/// The reasons that a person can fix. All others have the words of the standard library.
const REASONS: [(io::ErrorKind, &str); 3] = [
    (io::ErrorKind::PermissionDenied, "disk.denied"),
    (io::ErrorKind::StorageFull, "disk.full"),
    (io::ErrorKind::ReadOnlyFilesystem, "disk.readOnly"),
];

/// The reason as a part of a sentence: "permission denied".
pub(super) fn disk_reason(kind: io::ErrorKind) -> String {
    let known = REASONS.into_iter().find(|(known, _)| *known == kind);
    known.map_or_else(|| kind.to_string(), |(_, key)| say(key))
}

/// Why the settings file was not written, as a sentence.
#[must_use]
pub fn not_saved(why: &NotSaved) -> String {
    match why {
        NotSaved::Broken(problem) => fill("controls.notSaved.broken", &[("problem", &problem.to_string())]),
        NotSaved::Locked(key) => fill("controls.notSaved.locked", &[("setting", &key.to_string())]),
        NotSaved::Changed => say("controls.notSaved.changed"),
        NotSaved::Wrong(reason) => fill("controls.notSaved.wrong", &[("reason", reason)]),
        NotSaved::Disk(kind) => fill("controls.notSaved.disk", &[("reason", &disk_reason(*kind))]),
    }
}

#[cfg(test)]
mod tests {
    use settings::Key;

    use super::*;

    #[test]
    fn a_reason_that_a_person_can_fix_has_words_of_its_own() {
        assert_eq!(disk_reason(io::ErrorKind::StorageFull), "the disk is full");
        assert_eq!(disk_reason(io::ErrorKind::TimedOut), io::ErrorKind::TimedOut.to_string());
    }

    #[test]
    fn each_reason_against_saving_has_its_sentence() {
        for (why, sentence) in [
            (NotSaved::Locked(Key::Hold), "sync.hold is set by your administrator. Nothing was saved."),
            (NotSaved::Changed, "The settings file was changed in the meantime. Nothing was saved."),
            (
                NotSaved::Wrong("sync.hold must be a whole number".to_owned()),
                "sync.hold must be a whole number. Nothing was saved.",
            ),
            (
                NotSaved::Disk(io::ErrorKind::PermissionDenied),
                "The settings file cannot be written: permission denied. Nothing was saved.",
            ),
        ] {
            assert_eq!(not_saved(&why), sentence);
        }
    }
}
