//! Creating backups, and all that comes of it: each press has one life, a [`Creation`], from the press to the end. Beside
//! them stands what the page knows of instances and their backups; whatever reads a list feeds it, and each creation learns
//! from it.
//!
//! What must hold, and what the explorations of `explore` hold it to: one press sends at most one POST at a time, and every
//! sentence about a backup follows from what the page has read.

pub(crate) mod action;
pub(crate) mod arrangement;
pub(crate) mod attempt;
pub(crate) mod await_instance;
pub(crate) mod backups;
pub(crate) mod batch;
pub(crate) mod batch_summary;
pub(crate) mod chart;
pub(crate) mod claim;
pub(crate) mod creation;
pub(crate) mod end;
pub(crate) mod export;
pub(crate) mod follow;
pub(crate) mod instances;
pub(crate) mod knowledge;
pub(crate) mod learn;
pub(crate) mod listed;
pub(crate) mod load_instances;
pub(crate) mod loading;
pub(crate) mod missing;
pub(crate) mod notifications;
pub(crate) mod notify;
pub(crate) mod order;
pub(crate) mod overview;
pub(crate) mod press;
pub(crate) mod read_error;
pub(crate) mod read_list;
pub(crate) mod reader;
pub(crate) mod reading;
pub(crate) mod receipt;
pub(crate) mod reconcile;
pub(crate) mod record;
pub(crate) mod send;
pub(crate) mod show_backups;
pub(crate) mod stage;
pub(crate) mod state;
pub(crate) mod underway;
pub(crate) mod update;
pub(crate) mod watch;

#[cfg(test)]
#[allow(clippy::wildcard_enum_match_arm, reason = "a test may name only the cases that it is about")]
mod explore;

pub use arrangement::{Arrangement, Column};
pub use backups::BackupList;
pub use batch_summary::BatchSummary;
pub use chart::Bar;
pub use creation::Creation;
pub use export::{Row, csv};
pub use instances::{Catalog, MAX_SHOWN};
pub use listed::Listed;
pub use loading::Loading;
pub use notifications::{NoNotification, Notifications};
pub use overview::BackupOverview;
pub use reader::Extent;
pub use receipt::{Receipt, Written};
pub use record::{HostEvent, Record};
pub use stage::{
    Awaiting, BeforeSending, Blocker, Building, Cause, Certainty, Listing, NotSent, Outcome, Reconciliation, Stage,
    Unknown,
};
pub use state::Work;
