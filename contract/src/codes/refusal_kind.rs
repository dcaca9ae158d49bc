//! What a refusal holds for.

/// Whether a refusal holds for the request itself, or for the moment in which it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// It is refused each time that it is sent: of however many sendings, none has made a backup.
    Permanent,
    /// It may be refused now and not before, or not by the service at all: an earlier sending, or this one, may have made a
    /// backup.
    Transient,
}
