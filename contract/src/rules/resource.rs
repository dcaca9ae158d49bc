//! The kinds of resources, other than instances, that an ID may identify.

/// The kind of resource that an ID identifies, if it isn't an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// `…noNN`: a node of an instance.
    Node,
    /// `…brNN`: a backup.
    Backup,
    /// `…prNN`: a parameter group.
    ParameterGroup,
}
