//! What can happen next, written so that a sequence that was found can be pasted as a test.

/// Enums whose `Debug` is Rust.
macro_rules! choices {
    ($(#[$remark:meta])* pub(super) enum $name:ident { $($(#[$about:meta])* $choice:ident,)* }) => {
        $(#[$remark])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub(super) enum $name { $($(#[$about])* $choice,)* }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
                formatter.write_str(match self {
                    $(Self::$choice => concat!(stringify!($name), "::", stringify!($choice)),)*
                })
            }
        }
    };
}

/// One thing that happens. A number tells open calls of a kind apart, the oldest first; lives, the newest first; or backups,
/// in the order of their making.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The server says the time like this from now on.
    Dates(Dates),
    /// The server gives one element a page from now on.
    ShortPages,
    /// The server states no total from now on, and fills each page but the last: one of the instance's backups on each.
    NoTotals,
    /// `Create backup`.
    Press(Asked),
    /// `Try again`.
    TryAgain(usize),
    /// `Create anyway`.
    CreateAnyway(usize),
    /// `Try again when the instance is ready`.
    AwaitInstance(usize),
    /// `Look again`.
    LookAgain(usize),
    /// `Cancel`, or `Stop looking`.
    Cancel(usize),
    /// `Show backups`.
    ShowBackups,
    /// The user pastes a new token.
    NewToken,
    /// The user forgets the token.
    ForgetToken,
    /// The page is hidden and shown again.
    SwitchTabs,
    /// The page is loaded again.
    Reload,
    /// The server carries out the newest attempt of a life that it hasn't carried out.
    Commit(usize),
    /// A POST ends.
    Post(usize, Sent),
    /// A list of backups, or a question for one of them, is answered.
    List(usize, Listing),
    /// A question for the instance is answered.
    Instance(usize, Condition),
    /// A question for the instance's tasks is answered.
    Tasks,
    /// A probe ends: whether anything answered.
    Probe(bool),
    /// The next wait is over.
    Next,
    /// Time passes, and no wait is over: the machine sleeps.
    Pass(Span),
    /// The computer's clock is set by so many seconds.
    SetClock(i64),
    /// Somebody else makes a backup of the name.
    Another(Other),
    /// Somebody makes a backup of another name, which is listed at once.
    OfAnotherName,
    /// A backup is done.
    Complete(usize),
    /// A backup has failed.
    Fail(usize),
    /// A backup is deleted.
    Delete(usize),
}

choices! {
    /// What `Date` says.
    pub(super) enum Dates {
        Right,
        Absent,
        Skewed,
    }
}

choices! {
    /// What is asked for.
    pub(super) enum Asked {
        Plain,
        /// The same name with a description.
        Described,
        /// Another name.
        OtherName,
    }
}

choices! {
    /// How a POST ends.
    pub(super) enum Sent {
        /// 200, with the backup.
        Responded,
        /// 200, with a backup that says nothing of itself.
        AnsweredWithoutId,
        /// 200, and no backup.
        Unclear,
        /// The connection breaks.
        Lost,
        /// The time limit is reached.
        TimedOut,
        /// The browser gives it up.
        GivenUp,
        /// 409, another backup is running: perhaps this request's own, which the browser has sent twice.
        Running,
        /// 409, the name exists: likewise.
        NameExists,
        /// 400, the name isn't allowed.
        NameRefused,
        /// 401 of the gateway's own.
        TokenRejected,
        /// 403, a page of HTML.
        Forbidden,
        /// 503 without a word.
        Unavailable,
        /// 401 without a word.
        Unauthorized,
        /// The browser makes no request of it.
        InvalidRequest,
        /// The page's policy forbids it.
        PolicyForbids,
    }
}

choices! {
    /// How a list is answered.
    pub(super) enum Listing {
        /// As things are.
        Honest,
        /// Without what the lists may still lack.
        Lagging,
        /// It ends before its end.
        CutShort,
        /// It has changed since its last page.
        Shifted,
        /// With a backup of the name that another instance has.
        OfAnotherInstance,
        /// Nothing answers.
        Unanswered,
        /// The time limit is reached.
        TimedOut,
        /// 403 of the API.
        Forbidden,
        /// 503.
        Unavailable,
        /// 429, in 30 seconds again.
        Throttled,
        /// 429, in an hour again.
        ThrottledForLong,
        /// 401 of the gateway's own.
        TokenRejected,
        /// The browser makes no request of it.
        NotSent,
        /// The page's policy forbids it.
        PolicyForbids,
    }
}

choices! {
    /// What is said of the instance.
    pub(super) enum Condition {
        Ready,
        BackingUp,
        Unanswered,
        Forbidden,
        Unavailable,
        TokenRejected,
    }
}

choices! {
    /// How long.
    pub(super) enum Span {
        /// A quarter of a minute, more than a kept list lasts.
        Quarter,
        /// As long as the server may be at it.
        Settle,
        /// Sixteen minutes: longer than a search.
        Search,
        /// An hour: longer than the wait for an instance.
        Hour,
        /// Longer than anything.
        Day,
    }
}

choices! {
    /// Whose backup.
    pub(super) enum Other {
        /// One that looks like the one that was asked for.
        Alike,
        /// An automated one.
        Automated,
        /// One of single databases.
        Partial,
    }
}

/// How often things happen at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Presses that make a life or add to one.
    pub(super) presses: u8,
    /// POSTs: none is provoked beyond it.
    pub(super) posts: u8,
    /// Backups by others.
    pub(super) others: u8,
    /// Settings of the clock.
    pub(super) clocks: u8,
    /// Reloads.
    pub(super) reloads: u8,
    /// New tokens, and forgotten ones.
    pub(super) tokens: u8,
    /// Lists and questions that fail.
    pub(super) faults: u8,
    /// Sleeps.
    pub(super) sleeps: u8,
    /// Ends of backups: done, failed, deleted.
    pub(super) ends: u8,
    /// `Show backups`, and switches between tabs.
    pub(super) glances: u8,
    /// `Look again` and `Cancel`.
    pub(super) looks: u8,
}

impl Bounds {
    /// None at all, for sequences that were found already.
    pub(super) const NONE: Self = Self {
        presses: u8::MAX,
        posts: u8::MAX,
        others: u8::MAX,
        clocks: u8::MAX,
        reloads: u8::MAX,
        tokens: u8::MAX,
        faults: u8::MAX,
        sleeps: u8::MAX,
        ends: u8::MAX,
        glances: u8::MAX,
        looks: u8::MAX,
    };
    /// Those of the test command.
    pub(super) const SMALL: Self = Self {
        presses: 2,
        posts: 3,
        others: 1,
        clocks: 1,
        reloads: 1,
        tokens: 2,
        faults: 3,
        sleeps: 2,
        ends: 2,
        glances: 1,
        looks: 2,
    };
    /// Those of the deep exploration.
    pub(super) const LARGE: Self = Self {
        presses: 3,
        posts: 3,
        others: 2,
        clocks: 1,
        reloads: 1,
        tokens: 3,
        faults: 4,
        sleeps: 3,
        ends: 3,
        glances: 2,
        looks: 3,
    };
}

impl Span {
    /// In milliseconds.
    pub(super) fn milliseconds(self) -> i64 {
        match self {
            Self::Quarter => 15_000,
            Self::Settle => super::SETTLE,
            Self::Search => 16 * 60_000,
            Self::Hour => 61 * 60_000,
            Self::Day => 25 * 60 * 60_000,
        }
    }
}
