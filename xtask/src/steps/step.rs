//! What a step is.

use anyhow::Result;

use crate::setup::{Need, Tools};

/// A check, or some tests.
pub struct Step {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it does, in a few words.
    pub about: &'static str,
    /// What it needs.
    pub needs: &'static [Need],
    /// When it is played.
    pub part_of: PartOf,
    /// How it is played.
    pub play: Play,
}

/// How a step is played.
#[derive(Clone, Copy)]
pub enum Play {
    /// As it is.
    Whole(fn(&Tools) -> Result<()>),
    /// It is tests: what stood behind `--` on the command line are parts of their names.
    Tests(fn(&Tools, &[&str]) -> Result<()>),
}

/// When a step is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// Always.
    Short,
    /// Always, and beside the others: it keeps one core busy for a long time, and builds in folders of its own.
    ShortBeside,
    /// In the long run only.
    All,
}
