//! The tests of the real application stand in `tests/tests`.
