//! The export of a policy from the wizard's draft.

use app::Request;
use tokio::sync::oneshot;
use view::Exported;

use super::{CLIENT, POLICY_NAME, Wizard};
use crate::stage::Saves;

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_of_a_draft_is_exported_and_holds_no_secret() {
    let wizard = Wizard::start().await;
    wizard.send_secret("the secret");
    wizard.fill_registration();
    let folder = tempfile::tempdir().unwrap();
    let exported = wizard.export(Saves::In(folder.path().to_path_buf())).await;
    let file = folder.path().join(POLICY_NAME);
    let sentence = format!("Saved as {}. It holds no secret.", file.display());
    assert_eq!(exported, Exported::Saved { sentence });
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(CLIENT) && !text.contains("the secret"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_a_policy_that_is_replaced_reads_all_of_the_old_one() {
    let wizard = Wizard::start().await;
    wizard.fill_registration();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(POLICY_NAME);
    let old = "# the old policy\n".repeat(500);
    std::fs::write(&file, &old).unwrap();
    let reader = std::fs::File::open(&file).unwrap();
    let exported = wizard.export(Saves::In(folder.path().to_path_buf())).await;
    assert!(matches!(exported, Exported::Saved { .. }), "{exported:?}");
    assert_eq!(std::io::read_to_string(reader).unwrap(), old);
    assert!(std::fs::read_to_string(&file).unwrap().contains(CLIENT));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_draft_is_exported_as_it_is_when_the_dialog_is_answered_and_one_dialog_is_open_at_a_time() {
    let wizard = Wizard::start().await;
    wizard.stage.set_saves(Saves::Later);
    let (answer, exported) = oneshot::channel();
    wizard.stage.requests.send(Request::ExportPolicy(answer));
    wizard.fill_registration();
    let (answer, second) = oneshot::channel();
    wizard.stage.requests.send(Request::ExportTimeline(answer));
    assert_eq!(second.await.unwrap(), Exported::Cancelled);
    assert_eq!(wizard.stage.recorded(|seen| seen.dialogs.len()), 1);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.toml");
    wizard.stage.answer_dialog(Some(&file));
    assert!(matches!(exported.await.unwrap(), Exported::Saved { .. }));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(CLIENT), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_export_names_the_file_and_the_reason_and_a_cancelled_one_shows_nothing() {
    let wizard = Wizard::start().await;
    assert_eq!(wizard.export(Saves::Cancels).await, Exported::Cancelled);
    let dialogs = wizard.stage.recorded(|seen| seen.dialogs.clone());
    assert_eq!((dialogs[0].title.as_str(), dialogs[0].name.as_str()), ("Export policy", POLICY_NAME));
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    let exported = wizard.export(Saves::In(gone.clone())).await;
    let Exported::Failed { sentence } = exported else { panic!("{exported:?}") };
    assert!(sentence.contains(&gone.display().to_string()) && sentence.ends_with("not found."), "{sentence}");

    let Exported::Failed { sentence } = wizard.export(Saves::HasNoDialog).await else {
        panic!("a dialog was opened")
    };
    assert_eq!(sentence, "The dialog for the file could not be opened. Nothing was saved.");
}
