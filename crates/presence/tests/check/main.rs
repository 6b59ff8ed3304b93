//! The check of the tables: what it finds, and that its loop proof agrees with the engine.

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod loops;
#[cfg(test)]
mod random;
#[cfg(test)]
mod rest;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod words;
