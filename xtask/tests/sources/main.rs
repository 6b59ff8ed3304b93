//! What is written where, checked in the sources: no circles of modules, machines that name nothing of the outside, rooms
//! that depend on lower ones only.

#[cfg(test)]
mod circles;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod source;
