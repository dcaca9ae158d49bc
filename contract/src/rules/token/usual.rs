//! What tokens look like as a rule.

/// The sizes that tokens have.
pub const USUAL_BYTES: std::ops::RangeInclusive<usize> = 1024..=10 * 1024;
/// How tokens start: the base64 of a CMS structure.
pub const USUAL_START: &str = "MII";
