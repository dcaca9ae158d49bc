//! Whether the browser tells its user that a backup has ended.

/// What has come of `Notify me when it is done`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notifications {
    /// It wasn't pressed, or the browser still asks its user.
    #[default]
    NotAsked,
    /// The browser allows them.
    Allowed,
    /// There will be none.
    Refused(NoNotification),
    /// They were allowed, and at the end there was none.
    Missed(NoNotification),
}

/// Why there is no notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoNotification {
    /// The browser's question was closed without an answer: it can be asked again.
    Dismissed,
    /// The browser's settings forbid them.
    Denied,
    /// The browser has none for this page.
    Unsupported,
}

impl Notifications {
    /// Whether pressing for them can change something.
    pub fn can_be_asked_for(self) -> bool {
        match self {
            Self::NotAsked => true,
            Self::Refused(reason) | Self::Missed(reason) => reason != NoNotification::Unsupported,
            Self::Allowed => false,
        }
    }
}
