//! The drawer's TypeScript types are the view's Rust types: `ui/src/bindings` must be what this crate says.
//!
//! After a change of the model: `UPDATE_BINDINGS=1 cargo test -p view --test bindings`.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::{collections::BTreeMap, fs, path::Path};

use ts_rs::{Config, TS};
use view::{
    Action, Exported, Lines, RecentCalls, View,
    controls::Controls,
    doctor::DoctorPage,
    setup::SetupPage,
    timeline::{ReplayAnswer, TimelinePage, TimelineTab, WhatIfAnswer, WhatIfChoices, WhatIfQuestion},
};

#[test]
fn the_bindings_of_the_drawer_are_fresh() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::new().with_out_dir(folder.path());
    View::export_all(&config).unwrap();
    Lines::export_all(&config).unwrap();
    Action::export_all(&config).unwrap();
    RecentCalls::export_all(&config).unwrap();
    Controls::export_all(&config).unwrap();
    DoctorPage::export_all(&config).unwrap();
    SetupPage::export_all(&config).unwrap();
    TimelineTab::export_all(&config).unwrap();
    TimelinePage::export_all(&config).unwrap();
    Exported::export_all(&config).unwrap();
    WhatIfChoices::export_all(&config).unwrap();
    WhatIfQuestion::export_all(&config).unwrap();
    WhatIfAnswer::export_all(&config).unwrap();
    ReplayAnswer::export_all(&config).unwrap();
    let fresh = read(folder.path());
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings");
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        drop(fs::remove_dir_all(&kept));
        fs::create_dir_all(&kept).unwrap();
        for (name, text) in &fresh {
            fs::write(kept.join(name), text).unwrap();
        }
    }
    let kept = read(&kept);
    assert_eq!(
        fresh.keys().collect::<Vec<_>>(),
        kept.keys().collect::<Vec<_>>(),
        "set UPDATE_BINDINGS=1 and run this test again"
    );
    for (name, text) in fresh {
        assert_eq!(text, kept[&name], "{name} is stale: set UPDATE_BINDINGS=1 and run this test again");
    }
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
        })
        .collect()
}
