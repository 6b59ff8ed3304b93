//! The tests of the real application are in `tests/tests`.
