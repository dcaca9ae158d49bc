//! How far a press for several instances has come.

/// How many creations of a press are at which point. Each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// How many there are.
    pub requested: usize,
    /// They wait for their turn or for their instance, or are being sent.
    pub underway: usize,
    /// It is being found out whether they have created a backup.
    pub looked_for: usize,
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
        self.underway + self.looked_for + self.running == 0
    }
}
