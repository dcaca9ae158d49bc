//! How far a press for several instances has come.

/// How many creations of a press are at which point. Each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchSummary {
    /// How many there are.
    pub requested: usize,
    /// Nothing is under way for them: they wait for their turn, or for their instance.
    pub waiting: usize,
    /// They are being sent, or the list is read before that.
    pub underway: usize,
    /// It is being found out whether they have created a backup.
    pub looked_for: usize,
    /// Their backups are being created.
    pub running: usize,
    /// Their backups exist, and what has become of them isn't asked for before a press.
    pub unfollowed: usize,
    /// Their backups are complete.
    pub completed: usize,
    /// Their backups have failed, or are gone.
    pub failed: usize,
    /// Another backup has their name.
    pub taken: usize,
    /// They have created no backup.
    pub refused: usize,
    /// It isn't known whether there is a backup.
    pub unknown: usize,
}

impl BatchSummary {
    /// Whether nothing of it goes on by itself or after a press.
    pub fn has_ended(&self) -> bool {
        self.waiting + self.underway + self.looked_for + self.running + self.unfollowed == 0
    }
}
