//! Entra sign-in: PKCE, loopback redirect, refresh, error classes.
