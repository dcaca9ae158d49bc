//! Loading the later part of the program.

/// How far the later part of the program is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadState {
    /// Nothing has asked for it.
    #[default]
    NotRequested,
    /// It is being loaded.
    Loading,
    /// It failed to load; nothing has needed it yet.
    FailedUnneeded,
    /// It failed to load, and something that was pressed has come to nothing.
    Failed,
    /// It is loaded.
    Loaded,
}
