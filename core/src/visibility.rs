//! Whether the user can see the page.

/// Whether the user can see the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// It is in view.
    #[default]
    Shown,
    /// It is in a tab behind, or minimised.
    Hidden,
}
