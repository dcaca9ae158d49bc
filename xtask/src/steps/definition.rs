//! What a step is.

use anyhow::Result;

use crate::setup::{Need, Tools};

/// A check, or a set of tests.
pub struct Step {
    /// Its name on the command line.
    pub name: &'static str,
    /// A short description.
    pub about: &'static str,
    /// What it needs.
    pub needs: &'static [Need],
    /// When it is run.
    pub schedule: Schedule,
    /// How it is run.
    pub run: Run,
}

/// How a step is run.
#[derive(Clone, Copy)]
pub enum Run {
    /// A check or a build, which takes no names of tests.
    Check(fn(&Tools) -> Result<()>),
    /// Tests, with parts of their names from behind `--` on the command line.
    Tests(fn(&Tools, &[&str]) -> Result<()>),
}

/// When a step is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Always.
    Short,
    /// Always, in the background of the others: it keeps one core busy for a long time, and builds in folders of its own.
    ShortInBackground,
    /// In the long run only.
    Full,
}
