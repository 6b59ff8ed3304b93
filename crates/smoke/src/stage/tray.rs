//! A tray host that draws nothing: it reads a program's icon, tooltip and menu, and clicks.
//! Sources: StatusNotifierItem (freedesktop.org) and the com.canonical.dbusmenu interface.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use zbus::{
    Connection, Proxy, interface,
    message::Header,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

use super::{StageError, bus::is_owned, limit::until};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Bus name and path of an icon.
type Address = (String, String);
/// dbusmenu's layout: id, properties, children.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
/// An icon's picture: width, height, pixels.
type Picture = (i32, i32, Vec<u8>);
/// An icon's tooltip: icon name, pictures, title, text.
type Tooltip = (String, Vec<Picture>, String, String);

/// The icons that programs have registered, the oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Items(Arc<Mutex<Vec<Address>>>);

impl Items {
    pub(super) async fn serve(&self, connection: &Connection) -> Result<(), StageError> {
        connection.object_server().at("/StatusNotifierWatcher", Watcher(self.clone())).await?;
        connection.request_name(WATCHER).await?;
        Ok(())
    }

    pub(super) async fn newest(&self, connection: &Connection, limit: Duration) -> Result<Tray, StageError> {
        until(limit, "a tray icon", async || {
            for (owner, path) in self.all().into_iter().rev() {
                // Programs that were killed are still listed.
                if is_owned(connection, &owner).await? {
                    return Ok(Tray { connection: connection.clone(), owner, path });
                }
            }
            Err("none".to_owned())
        })
        .await
    }

    fn all(&self) -> Vec<Address> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

struct Watcher(Items);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    #[expect(clippy::needless_pass_by_value, reason = "the interface macro hands the header over by value")]
    fn register_status_notifier_item(&self, service: String, #[zbus(header)] header: Header<'_>) {
        // Some programs give a path and mean themselves.
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let item = if service.starts_with('/') {
            (sender, service)
        } else {
            (service, "/StatusNotifierItem".to_owned())
        };
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).push(item);
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0.all().into_iter().map(|(owner, path)| owner + &path).collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// One line of a tray menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLine {
    /// Its words, without the mark of the access key.
    pub label: String,
    /// Whether it can be clicked.
    pub is_enabled: bool,
    id: i32,
}

/// A program's tray icon.
#[derive(Debug)]
pub struct Tray {
    connection: Connection,
    owner: String,
    path: String,
}

impl Tray {
    /// What it says when the pointer rests on it.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn tooltip(&self) -> Result<String, StageError> {
        let (_, _, title, text): Tooltip = self.item().await?.get_property("ToolTip").await?;
        Ok(if text.is_empty() { title } else { text })
    }

    /// A number that differs if the pictures differ.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn icon(&self) -> Result<u64, StageError> {
        let pictures: Vec<Picture> = self.item().await?.get_property("IconPixmap").await?;
        let mut hasher = DefaultHasher::new();
        pictures.hash(&mut hasher);
        Ok(hasher.finish())
    }

    /// The menu's lines, top down, separators and hidden ones left out.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn menu(&self) -> Result<Vec<MenuLine>, StageError> {
        let (_revision, root): (u32, Layout) =
            self.menu_proxy().await?.call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new())).await?;
        let mut lines = Vec::new();
        collect(root.2, &mut lines)?;
        Ok(lines)
    }

    /// Clicks the menu line with exactly these words.
    ///
    /// # Errors
    /// When there is no such line, when it is greyed, or when the bus does not take the click.
    pub async fn click(&self, label: &str) -> Result<(), StageError> {
        let menu = self.menu().await?;
        let Some(line) = menu.iter().find(|line| line.label == label && line.is_enabled) else {
            return Err(StageError::NothingToClick { wanted: label.to_owned(), there: format!("{menu:?}") });
        };
        let nothing = Value::from(0_i32);
        // Does not wait for the answer: a program that quits may be gone before it answers.
        Ok(self.menu_proxy().await?.call_noreply("Event", &(line.id, "clicked", nothing, 0_u32)).await?)
    }

    /// The left click.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn activate(&self) -> Result<(), StageError> {
        Ok(self.item().await?.call("Activate", &(0_i32, 0_i32)).await?)
    }

    async fn item(&self) -> Result<Proxy<'static>, StageError> {
        self.object(self.path.clone(), "org.kde.StatusNotifierItem").await
    }

    async fn menu_proxy(&self) -> Result<Proxy<'static>, StageError> {
        let path: OwnedObjectPath = self.item().await?.get_property("Menu").await?;
        self.object(path.as_str().to_owned(), "com.canonical.dbusmenu").await
    }

    async fn object(&self, path: String, interface: &'static str) -> Result<Proxy<'static>, StageError> {
        Ok(zbus::proxy::Builder::new(&self.connection)
            .destination(self.owner.clone())?
            .path(path)?
            .interface(interface)?
            // Programs announce changes by signals of these interfaces, not by the standard one.
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await?)
    }
}

fn collect(children: Vec<OwnedValue>, lines: &mut Vec<MenuLine>) -> Result<(), StageError> {
    for child in children {
        let (id, properties, below): Layout =
            Value::from(child).try_into().map_err(|error| StageError::Bus(zbus::Error::Variant(error)))?;
        let text = |name: &str| properties.get(name).and_then(|value| <&str>::try_from(value).ok());
        let flag = |name: &str| properties.get(name).and_then(|value| bool::try_from(value).ok());
        if text("type") != Some("separator") && flag("visible") != Some(false) {
            lines.push(MenuLine {
                label: without_mnemonic(text("label").unwrap_or_default()),
                is_enabled: flag("enabled") != Some(false),
                id,
            });
        }
        collect(below, lines)?;
    }
    Ok(())
}

/// One underscore marks the access key, two are one.
fn without_mnemonic(label: &str) -> String {
    label.split("__").map(|part| part.replace('_', "")).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_access_key_is_no_part_of_the_words() {
        assert_eq!(super::without_mnemonic("_Open the snake__case list"), "Open the snake_case list");
    }
}
