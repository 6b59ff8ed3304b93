//! A private desktop for the real application, and the smoke test that runs on it.
