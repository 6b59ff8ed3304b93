//! The life of an authorization, and what Entra may have against it.

mod another;
mod authorization;
mod begin_again;
mod keyring;
mod on_the_way;
mod refusals;
mod whose;
