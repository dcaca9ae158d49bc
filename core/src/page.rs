//! The page as a whole: language, colours, notices, settings, and what the user takes along.

pub(crate) mod action;
pub(crate) mod state;
mod update;
