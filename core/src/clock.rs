//! Two clocks. Waits and elapsed time go by the monotonic one: a clock that is set, or a machine that slept, ends nothing early.
//! The wall clock is for what is shown, and for what is compared with the times that the API states. What must not be old (a
//! press, a list that was read, an unattended token) is as old as the clock says that says more.

use std::fmt;

use contract::time::UnixSeconds;

/// A moment by the computer's wall clock, in milliseconds since 1970.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// How much later this is than `earlier`.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// The same moment in whole seconds.
    pub fn moment(self) -> UnixSeconds {
        UnixSeconds(self.0.div_euclid(1000))
    }
}

/// A moment by a clock that nobody can set (`performance.now()`), in milliseconds since the page was opened.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Monotonic(pub i64);

impl Monotonic {
    /// How much later this is than `earlier`, in milliseconds.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

/// The moment of an action, by both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The wall clock.
    pub wall: UnixMillis,
    /// The monotonic clock.
    pub monotonic: Monotonic,
}

impl Now {
    /// How much later this is than `earlier` by the clock that says more, in milliseconds: while a machine sleeps one of them may
    /// stand still.
    pub fn since(self, earlier: Self) -> i64 {
        self.monotonic.since(earlier.monotonic).max(self.wall.since(earlier.wall))
    }

    /// By how much the two clocks disagree on the time since then, in milliseconds: most browsers' monotonic clock stands still while
    /// the machine sleeps, and the wall clock may have been set, so that nobody knows how much time has passed.
    pub fn disagreement_since(self, earlier: Self) -> i64 {
        (self.wall.since(earlier.wall) - self.monotonic.since(earlier.monotonic)).abs()
    }
}

impl fmt::Debug for UnixMillis {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        #[cfg(test)]
        let shown = self.0 - relative::ORIGIN.get().0;
        #[cfg(not(test))]
        let shown = self.0;
        write!(formatter, "{shown} ms")
    }
}

impl fmt::Debug for Monotonic {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        #[cfg(test)]
        let shown = self.0 - relative::ORIGIN.get().1;
        #[cfg(not(test))]
        let shown = self.0;
        write!(formatter, "{shown} ms")
    }
}

/// What an exploration of states counts as the same: two states that differ by when they are are one.
#[cfg(test)]
pub(crate) mod relative {
    use std::cell::Cell;

    thread_local! {
        /// What every printed time is measured from.
        pub(crate) static ORIGIN: Cell<(i64, i64)> = const { Cell::new((0, 0)) };
    }
}
