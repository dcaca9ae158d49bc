//! The usual form of tokens.

/// The usual sizes of tokens.
pub const USUAL_BYTES: std::ops::RangeInclusive<usize> = 1024..=10 * 1024;
/// How tokens start: the base64 of a CMS structure.
pub const USUAL_START: &str = "MII";
/// The most bytes that the gateway accepts in one header ("API Gateway, error codes": APIG.0201).
pub const MAX_TOKEN_BYTES: usize = 32 * 1024;
