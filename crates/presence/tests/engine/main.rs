//! The engine against a simulated Graph: named sequences and random histories.

#[cfg(test)]
mod cloud;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod following;
#[cfg(test)]
mod histories;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod leaving;
#[cfg(test)]
mod person;
#[cfg(test)]
mod renewals;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
