//! The possible steps, written so that a failing sequence can be pasted as a test.

/// Defines enums whose `Debug` output is Rust code.
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

/// One step. A number identifies an open call of its kind, the oldest first; a life, the newest first; or a backup, in
/// order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// From now on the server states the time like this.
    Dates(Dates),
    /// From now on the server returns one element per page.
    ShortPages,
    /// From now on the server states no total, and fills each page but the last: one of the instance's backups on each.
    NoTotals,
    /// From now on the page sends one request at a time.
    OneAtATime,
    /// `Create backup`.
    Press(Asked),
    /// `Create backup`, of both instances.
    PressBoth,
    /// `Try the … again`, after that.
    TryBothAgain,
    /// `Look for the … again`.
    LookAtBothAgain,
    /// `Cancel` for both.
    CancelBoth,
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
    /// The page is reloaded.
    Reload,
    /// The server carries out the newest attempt of a life that it hasn't carried out yet.
    Commit(usize),
    /// A POST ends.
    Post(usize, Sent),
    /// A request for a list of backups, or for one of them, is answered.
    List(usize, Listing),
    /// A request for the instance is answered.
    Instance(usize, Condition),
    /// A request for the instance's tasks is answered.
    Tasks,
    /// A probe ends: whether anything answered.
    Probe(bool),
    /// The next wait is over.
    Next,
    /// Time passes without a wait ending: the machine sleeps.
    Pass(Span),
    /// The computer's clock is set by this many seconds.
    SetClock(i64),
    /// Somebody else makes a backup of the name.
    Another(Other),
    /// Somebody makes a backup of another name, which is listed immediately.
    OfAnotherName,
    /// A backup is complete.
    Complete(usize),
    /// A backup has failed.
    Fail(usize),
    /// A backup is deleted.
    Delete(usize),
}

choices! {
    /// The value of `Date`.
    pub(super) enum Dates {
        Right,
        Absent,
        Skewed,
    }
}

choices! {
    /// What is requested.
    pub(super) enum Asked {
        Plain,
        /// The same name with a description.
        Described,
        /// Another name.
        OtherName,
        /// The same name, of the second instance.
        OfSecond,
    }
}

choices! {
    /// The ways in which a POST can end.
    pub(super) enum Sent {
        /// 200, with the backup.
        Responded,
        /// 200, with a backup that has no details.
        AnsweredWithoutId,
        /// 200, and no backup.
        Unclear,
        /// The connection breaks.
        Lost,
        /// The time limit is reached.
        TimedOut,
        /// The browser aborts it.
        GivenUp,
        /// 409, another backup is running: perhaps from this same request, which the browser has sent twice.
        Running,
        /// 409, the name exists: likewise.
        NameExists,
        /// 400, the name isn't allowed.
        NameRefused,
        /// 401 of the gateway.
        TokenRejected,
        /// 403, a page of HTML.
        Forbidden,
        /// 503 without a code.
        Unavailable,
        /// 401 without a code.
        Unauthorized,
        /// The login of the page's web server.
        WebServerLogin,
        /// The browser can't build a request from it.
        InvalidRequest,
        /// The page's policy forbids it.
        PolicyForbids,
    }
}

choices! {
    /// The ways in which a list can be answered.
    pub(super) enum Listing {
        /// The actual content.
        Honest,
        /// Without what lists may still lack.
        Lagging,
        /// It is truncated.
        CutShort,
        /// It has changed since its last page.
        Shifted,
        /// With a backup of the same name from another instance.
        OfAnotherInstance,
        /// Nothing answers.
        Unanswered,
        /// The time limit is reached.
        TimedOut,
        /// 403 from the API.
        Forbidden,
        /// 503.
        Unavailable,
        /// 429, retry in 30 seconds.
        Throttled,
        /// 429, retry in an hour.
        ThrottledForLong,
        /// 401 of the gateway.
        TokenRejected,
        /// The login of the page's web server.
        WebServerLogin,
        /// The browser can't build a request from it.
        NotSent,
        /// The page's policy forbids it.
        PolicyForbids,
    }
}

choices! {
    /// The stated state of the instance.
    pub(super) enum Condition {
        Ready,
        BackingUp,
        Unanswered,
        Forbidden,
        Unavailable,
        TokenRejected,
        WebServerLogin,
    }
}

choices! {
    /// Durations.
    pub(super) enum Span {
        /// A quarter of a minute, longer than a stored list lasts.
        Quarter,
        /// As long as the server may keep processing a request.
        Settle,
        /// Sixteen minutes: longer than a search lasts.
        Search,
        /// An hour: longer than the wait for an instance.
        Hour,
        /// Longer than anything.
        Day,
    }
}

choices! {
    /// Kinds of backups made by others.
    pub(super) enum Other {
        /// One that looks like the requested one.
        Alike,
        /// An automated one.
        Automated,
        /// One of some databases only.
        Partial,
    }
}

/// How often each thing may happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Presses that create a life or add to one.
    pub(super) presses: u8,
    /// POSTs: no step causes one beyond this limit.
    pub(super) posts: u8,
    /// Backups by others.
    pub(super) others: u8,
    /// Changes of the clock.
    pub(super) clocks: u8,
    /// Reloads.
    pub(super) reloads: u8,
    /// New tokens, and forgotten ones.
    pub(super) tokens: u8,
    /// Lists and queries that fail.
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
    /// No limits, for sequences that were already found.
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
    /// The bounds of the test command.
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
    /// The bounds of the deep exploration.
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
