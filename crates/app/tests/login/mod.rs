//! The life of an authorization, and what Entra may have against it.

mod authorization;
mod refusals;
