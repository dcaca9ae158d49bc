//! The sentences about several instances with one press.

use console_core::BatchSummary;

/// Sentences about several instances with one press.
pub struct BatchText {
    /// Name of a check box; the instance's name.
    pub select: fn(&str) -> String,
    /// Button.
    pub select_shown: &'static str,
    /// Label.
    pub selection: &'static str,
    /// Hint.
    pub selection_hint: &'static str,
    /// How many are selected.
    pub selected: fn(usize) -> String,
    /// Button.
    pub clear: &'static str,
    /// That a name or databases were typed for one instance, and aren't used.
    pub set_aside: &'static str,
    /// Button; the instance's name.
    pub remove: fn(&str) -> String,
    /// Heading.
    pub names: &'static str,
    /// In place of the name of a backup.
    pub name_unknown: &'static str,
    /// Button: the names state another moment.
    pub rename: &'static str,
    /// Button; how many.
    pub create: fn(usize) -> String,
    /// While nothing was sent for one of them; the backup's name.
    pub queued: fn(&str) -> String,
    /// Heading; how many.
    pub heading: fn(usize) -> String,
    /// How far they have come.
    pub summary: fn(&BatchSummary) -> String,
    /// Once all are.
    pub all_completed: &'static str,
    /// Button; how many have created no backup, and whether all of these were refused.
    pub try_again: fn(usize, bool) -> String,
    /// Button; of how many the outcome isn't known.
    pub look_again: fn(usize) -> String,
    /// The same, where it sends the token to an endpoint.
    pub look_again_at: fn(usize, &str) -> String,
    /// Button.
    pub table: &'static str,
    /// Label in a receipt.
    pub outcome: &'static str,
}
