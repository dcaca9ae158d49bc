//! How permanent a refusal is.

/// Whether a refusal applies to the request itself, or only to the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The request is refused every time: no sending of it has created a backup.
    Permanent,
    /// It may be refused now and not before, or not by the service at all: an earlier sending, or this one, may have
    /// created a backup.
    Transient,
}
