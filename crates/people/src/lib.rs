//! The drawer's model: who is listed, in which order, with which states.
