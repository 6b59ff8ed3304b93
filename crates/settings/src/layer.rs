//! Which of the two files a text is: not every address is accepted from both.

/// A file that settings come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The machine's policy.
    Policy,
    /// The person's own file.
    User,
}
