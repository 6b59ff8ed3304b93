//! The engine against a simulated Graph and a simulated Connect: named sequences and random histories.

#[cfg(test)]
mod another;
#[cfg(test)]
mod answering;
#[cfg(test)]
mod both;
#[cfg(test)]
mod by_offline;
#[cfg(test)]
mod centre;
#[cfg(test)]
mod clocks;
#[cfg(test)]
mod cloud;
#[cfg(test)]
mod conditions;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod drawn;
#[cfg(test)]
mod dry;
#[cfg(test)]
mod entering;
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
mod looping;
#[cfg(test)]
mod only_while;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod original;
#[cfg(test)]
mod overriding;
#[cfg(test)]
mod pausing;
#[cfg(test)]
mod person;
#[cfg(test)]
mod queueing;
#[cfg(test)]
mod renewals;
#[cfg(test)]
mod replaying;
#[cfg(test)]
mod reported;
#[cfg(test)]
mod seeing;
#[cfg(test)]
mod sequences;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod stillness;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod truth;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
