//! What is written where, checked in the sources: no circles of modules, machines that name nothing of the outside, rooms
//! that depend on lower ones only.
#![expect(clippy::unwrap_used, reason = "a source that cannot be read is a failed test")]

#[cfg(test)]
mod circles;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod source;
