//! How the token comes in.

/// How the token comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenInput {
    /// Its user types it, and nobody can read it.
    #[default]
    Hidden,
    /// Its user types it, and wants to read it.
    Shown,
    /// The page around the console supplies it when it is needed: there is no field for it.
    Supplied,
}
