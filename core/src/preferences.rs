//! The colours of the page, and how long it waits for things.

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system prefers.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word for it in settings and in the style sheet.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice with a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// How long the page waits for things, in milliseconds, and how much it does at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For an answer.
    pub answer: u32,
    /// For a backup to appear in the list when its answer was lost. Until then the server may still be at it.
    pub settle: u32,
    /// Before a followed backup is asked for the first time; later the pauses grow.
    pub poll: u32,
    /// Before a busy instance is asked for again.
    pub instance: u32,
    /// For the user to do something before the token is forgotten.
    pub idle: u32,
    /// No time: how many requests of one press are sent at a time.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Longer than gateways wait for the service behind them, so that their answer comes first.
            answer: 60_000,
            settle: 60_000,
            poll: 2_000,
            instance: 5_000,
            idle: 30 * 60_000,
            at_once: 3,
        }
    }
}
