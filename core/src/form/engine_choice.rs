//! What the user says about the engine of an instance.

use contract::instance::Engine;

/// What the user says about the instance's engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EngineChoice {
    /// Nothing: the ID's suffix is a hint.
    #[default]
    FromInstanceId,
    /// It is this one, whatever the suffix hints.
    Stated(Engine),
}
