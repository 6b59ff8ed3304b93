//! The engine against a simulated Graph and a simulated Connect: named sequences and random histories.

#[cfg(test)]
mod agent;
#[cfg(test)]
mod answering;
#[cfg(test)]
mod both;
#[cfg(test)]
mod centre;
#[cfg(test)]
mod cloud;
#[cfg(test)]
mod conditions;
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
mod orders;
#[cfg(test)]
mod person;
#[cfg(test)]
mod renewals;
#[cfg(test)]
mod replaying;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
