//! The sandbox's project.

/// The project of the source document's example.
pub const PROJECT_ID: &str = "0483b6b16e954cb88930a360d2c4e663";
/// Its name. It begins with no region, so that the page finds no host of a cloud for it.
pub const PROJECT_NAME: &str = "sandbox";
