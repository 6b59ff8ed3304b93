//! Toasts, under a name of our own in the registry, because Windows drops those of a program that it does not know.
//!
//! They are heard as long as the application runs, also from the notification centre. One that lies there from an earlier
//! run would be heard by nobody, so it is removed. Wine has no toasts: only their text was tested.
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

use super::{BUTTON, Click, Clicked};
use crate::folder::IDENTIFIER;

/// Why it was refused.
pub type Error = windows::core::Error;

/// The names of programs that show toasts (`AppUserModelID`).
const NAMES: &str = r"Software\Classes\AppUserModelId";

const ICON: &[u8] = include_bytes!("../../../icons/png/app-128.png");

/// Kept, because the click on it is reported to this object only.
#[derive(Clone, Default)]
pub struct Standing(Option<ToastNotification>);

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
        tracing::debug!("the toasts of an earlier run stay: {error}");
    }
    Ok(())
}

/// Shows it in place of the last one of its kind.
pub async fn show(notice: Notice, _last: Standing, click: Click) -> Result<Standing, Error> {
    let text = XmlDocument::new()?;
    text.LoadXml(&HSTRING::from(xml(&notice)))?;
    let toast = ToastNotification::CreateToastNotification(&text)?;
    toast.SetTag(&HSTRING::from(tag(notice.kind)))?;
    toast.Activated(&TypedEventHandler::new(move |_, args: Ref<'_, IInspectable>| {
        let arguments = args.ok()?.cast::<ToastActivatedEventArgs>()?.Arguments()?;
        click.answer(if arguments == BUTTON { Clicked::Button } else { Clicked::Itself });
        Ok(())
    }))?;
    ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(IDENTIFIER))?.Show(&toast)?;
    Ok(Standing(Some(toast)))
}

/// Takes it from the screen and out of the notification centre.
#[expect(clippy::unused_async, reason = "the same signature on every system")]
pub async fn close(standing: Standing) {
    let Some(toast) = standing.0 else { return };
    let hidden = ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(IDENTIFIER))
        .and_then(|notifier| notifier.Hide(&toast));
    if let Err(error) = hidden {
        tracing::debug!("a toast was not taken back: {error}");
    }
}

/// A toast takes the place of the one with the same tag.
fn tag(kind: NoticeKind) -> String {
    format!("{kind:?}")
}

/// One button at most: a click on the toast itself does the same, or opens the drawer.
fn xml(notice: &Notice) -> String {
    let (title, body) = (escaped(&notice.title), escaped(&notice.body));
    let actions = notice.action.as_ref().map(|(label, _)| {
        format!(r#"<actions><action content="{}" arguments="{BUTTON}"/></actions>"#, escaped(label))
    });
    format!(
        r#"<toast><visual><binding template="ToastGeneric"><text>{title}</text><text>{body}</text></binding></visual>{}</toast>"#,
        actions.unwrap_or_default()
    )
}

fn escaped(text: &str) -> String {
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
    fn a_toast_has_one_button_and_no_markup_of_others() {
        let text = xml(&notice(Some("Say \"open\"")));
        assert!(text.contains("<text>&lt;R&amp;D&gt;</text><text>b</text>"), "{text}");
        assert_eq!(text.matches("<action ").count(), 1);
        assert!(text.contains(r#"content="Say &quot;open&quot;" arguments="act""#), "{text}");
        assert!(!xml(&notice(None)).contains("action"));
    }

    #[test]
    fn the_application_is_known_by_name_and_icon() {
        let folder = tempfile::tempdir().expect("a folder");
        prepare(folder.path()).expect("the registry");
        let name = RegKey::predef(HKEY_CURRENT_USER).open_subkey(format!("{NAMES}\\{IDENTIFIER}"));
        let name = name.expect("registered");
        assert_eq!(name.get_value::<String, _>("DisplayName").expect("a name"), "ConnectPath Teams");
        let icon: String = name.get_value("IconUri").expect("an icon");
        assert!(Path::new(&icon).is_file(), "{icon}");
    }
}
