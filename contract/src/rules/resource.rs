//! The kinds of resource that an ID may stand for, beside instances.

/// What an ID stands for when it isn't an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `…noNN`: a node of an instance.
    Node,
    /// `…brNN`: a backup.
    Backup,
    /// `…prNN`: a parameter group.
    ParameterGroup,
}
