//! How the windows look, and which notifications there are. Only the values and their words; what they do is decided elsewhere.

/// The colours of the windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Follows the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// Always in high contrast.
    Contrast,
}

/// The words of `theme`.
pub(crate) const THEMES: &[(&str, Theme)] = &[
    ("system", Theme::System),
    ("light", Theme::Light),
    ("dark", Theme::Dark),
    ("contrast", Theme::Contrast),
];

/// Which notifications are sent. Each choice includes those without which the end of the sync would go unnoticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notifications {
    /// All of them.
    #[default]
    All,
    /// Only those without which something stays undone: a login, a question, a problem.
    Important,
}

/// The words of `notifications`.
pub(crate) const NOTIFICATIONS: &[(&str, Notifications)] =
    &[("all", Notifications::All), ("important", Notifications::Important)];
