//! How far a press for several instances has come.

/// How many creations of a press are at which point. Each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// How many there are.
    pub requested: usize,
    /// Nothing was sent for them yet, or their outcome is being found out.
    pub underway: usize,
    /// Their backups are being created.
    pub running: usize,
    /// Their backups are complete.
    pub completed: usize,
    /// Their backups have failed, or are gone.
    pub failed: usize,
    /// They have created no backup.
    pub refused: usize,
    /// It isn't known whether there is a backup, or what has become of it.
    pub unknown: usize,
}

impl BatchSummary {
    /// Whether nothing of it goes on by itself.
    pub fn has_ended(&self) -> bool {
        self.underway + self.running == 0
    }
}
