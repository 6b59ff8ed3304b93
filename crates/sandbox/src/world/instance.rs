//! Where the instance has its pages, and where a log-in ends. Pure: the server of the pages asks here.

use serde::{Deserialize, Serialize};

use super::World;

/// The shape of the instance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InstanceShape {
    /// True for one of before March 2021 (`<directory>.awsapps.com/connect`): it has nothing outside of the folder. One of
    /// today has its panel at the root of its host, and answers in the folder, too.
    pub in_folder: bool,
    /// The path on which a log-in ends; None is the panel.
    #[serde(default)]
    pub landing: Option<String>,
}

impl InstanceShape {
    /// The path of the panel's page.
    pub(crate) fn panel(&self) -> &'static str {
        if self.in_folder { "/connect/ccp-v2/" } else { "/ccp-v2/" }
    }

    /// The path of the page on which a log-in ends.
    pub(crate) fn landing(&self) -> &str {
        self.landing.as_deref().filter(|path| path.starts_with('/')).unwrap_or(self.panel())
    }
}

impl World {
    /// Changes the shape of the instance.
    pub fn set_instance_shape(&self, shape: InstanceShape) {
        self.with(|state, _| state.instance_shape = shape);
    }
}
