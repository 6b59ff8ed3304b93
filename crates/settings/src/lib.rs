//! Settings: defaults, user file, checked and explained.
