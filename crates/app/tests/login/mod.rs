//! Logins: how an authorization begins, is kept, is refused by Entra and ends.

mod another_person;
mod authorization;
mod identity;
mod keyring;
mod networks;
mod refusals;
mod restart;
