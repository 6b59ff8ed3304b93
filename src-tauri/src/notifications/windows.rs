//! Shows toasts under our own name in the registry, because Windows drops the toasts of unregistered programs.
//!
//! Clicks are received while the application runs, also those in the notification centre. Toasts of an earlier run are
//! removed, because nothing would receive their clicks. Wine has no toasts: only their text was tested.
//! Sources: learn.microsoft.com, "Send a local app notification from other types of unpackaged apps", "Toast schema".

use std::{fs, io, path::Path};

use view::{Notice, NoticeKind};
use windows::{
    Data::Xml::Dom::XmlDocument,
    Foundation::TypedEventHandler,
    UI::Notifications::{ToastActivatedEventArgs, ToastNotification, ToastNotificationManager},
    core::{HSTRING, IInspectable, Interface, Ref},
};
use winreg::{RegKey, enums::HKEY_CURRENT_USER};

use super::{BUTTON, ClickHandler, Clicked};
use crate::folder::IDENTIFIER;

/// Why a toast was refused.
pub type Error = windows::core::Error;

/// The key of the programs that show toasts (`AppUserModelID`).
const NAMES: &str = r"Software\Classes\AppUserModelId";

const ICON: &[u8] = include_bytes!("../../../icons/png/app-128.png");

/// A shown toast, kept because its click is reported to this object only.
#[derive(Clone, Default)]
pub struct NoticeHandle(Option<ToastNotification>);

/// Registers the application for toasts, and removes toasts whose clicks no longer reach it.
pub fn prepare(folder: &Path) -> io::Result<()> {
    let icon = folder.join("icon.png");
    if !fs::read(&icon).is_ok_and(|bytes| bytes == ICON) {
        fs::write(&icon, ICON)?;
    }
    let (name, _) = RegKey::predef(HKEY_CURRENT_USER).create_subkey(format!("{NAMES}\\{IDENTIFIER}"))?;
    name.set_value("DisplayName", &"ConnectPath Teams")?;
    name.set_value("IconUri", &icon.as_os_str())?;
    let cleared = ToastNotificationManager::History()
        .and_then(|history| history.ClearWithId(&HSTRING::from(IDENTIFIER)));
    if let Err(error) = cleared {
        tracing::debug!("the toasts of an earlier run were not removed: {error}");
    }
    Ok(())
}

/// Shows a toast in place of the last one of its kind.
pub async fn show(notice: Notice, _last: NoticeHandle, click: ClickHandler) -> Result<NoticeHandle, Error> {
    let text = XmlDocument::new()?;
    text.LoadXml(&HSTRING::from(xml(&notice)))?;
    let toast = ToastNotification::CreateToastNotification(&text)?;
    toast.SetTag(&HSTRING::from(tag(notice.kind)))?;
    toast.Activated(&TypedEventHandler::new(move |_, args: Ref<'_, IInspectable>| {
        let arguments = args.ok()?.cast::<ToastActivatedEventArgs>()?.Arguments()?;
        click.handle(if arguments == BUTTON { Clicked::Button } else { Clicked::Notification });
        Ok(())
    }))?;
    ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(IDENTIFIER))?.Show(&toast)?;
    Ok(NoticeHandle(Some(toast)))
}

/// Removes a toast from the screen and from the notification centre.
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub async fn close(handle: NoticeHandle) {
    let Some(toast) = handle.0 else { return };
    let hidden = ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(IDENTIFIER))
        .and_then(|notifier| notifier.Hide(&toast));
    if let Err(error) = hidden {
        tracing::debug!("a toast was not removed: {error}");
    }
}

/// The tag of a kind. A toast replaces the one with the same tag.
fn tag(kind: NoticeKind) -> String {
    format!("{kind:?}")
}

/// The content of a toast, with one button at most.
fn xml(notice: &Notice) -> String {
    let (title, body) = (escape_xml(&notice.title), escape_xml(&notice.body));
    let actions = notice.action.as_ref().map(|(label, _)| {
        format!(r#"<actions><action content="{}" arguments="{BUTTON}"/></actions>"#, escape_xml(label))
    });
    format!(
        r#"<toast><visual><binding template="ToastGeneric"><text>{title}</text><text>{body}</text></binding></visual>{}</toast>"#,
        actions.unwrap_or_default()
    )
}

fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use view::TrayAction;

    use super::*;

    fn notice(action: Option<&str>) -> Notice {
        Notice {
            kind: NoticeKind::Settings,
            title: "<R&D>".to_owned(),
            body: "b".to_owned(),
            action: action.map(|label| (label.to_owned(), TrayAction::Folder.into())),
        }
    }

    #[test]
    fn a_toast_has_one_button_and_its_texts_are_escaped() {
        let text = xml(&notice(Some("Say \"open\"")));
        assert!(text.contains("<text>&lt;R&amp;D&gt;</text><text>b</text>"), "{text}");
        assert_eq!(text.matches("<action ").count(), 1);
        assert!(text.contains(r#"content="Say &quot;open&quot;" arguments="act""#), "{text}");
        assert!(!xml(&notice(None)).contains("action"));
    }

    #[test]
    fn the_application_is_registered_with_name_and_icon() {
        let folder = tempfile::tempdir().expect("a folder");
        prepare(folder.path()).expect("the registry");
        let name = RegKey::predef(HKEY_CURRENT_USER).open_subkey(format!("{NAMES}\\{IDENTIFIER}"));
        let name = name.expect("registered");
        assert_eq!(name.get_value::<String, _>("DisplayName").expect("a name"), "ConnectPath Teams");
        let icon: String = name.get_value("IconUri").expect("an icon");
        assert!(Path::new(&icon).is_file(), "{icon}");
    }
}
