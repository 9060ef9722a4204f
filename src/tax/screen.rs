//! What is not modelled, found before a form is filled and refused by name.

/// A situation outside this engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {}
