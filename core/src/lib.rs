//! What the page decides: one state, the actions that change it, the effects that it asks for. It is pure, so its tests run on
//! the host. For each action the app calls [`Model::update`], hands every [`Effect::Later`] of it to [`Model::update_later`], and
//! then calls [`Model::finish`].
//!
//! Nothing here may touch the browser, fetch, or word a sentence.

mod action;
mod allowed_hosts;
mod allowed_hosts_key;
mod clock;
mod cx;
mod effect;
mod form;
mod language;
mod link;
mod load_state;
mod model;
mod notice;
mod option_fault;
mod options;
mod page;
mod page_address;
mod parse_json;
mod policy;
mod preferences;
mod press_limit;
mod reply;
mod session;
mod target;
mod ticket;
mod visibility;
mod work;

#[cfg(test)]
#[allow(clippy::wildcard_enum_match_arm, reason = "a test may name only the cases that it is about")]
mod tests;

pub use action::{Action, AppAction, Persisted, Press, Reply};
pub use allowed_hosts::AllowedHosts;
pub use clock::{Monotonic, Now, UnixMillis};
pub use effect::{Effect, Ended, Focus, PageEffect, WorkEffect};
pub use form::action::{FieldRefusal, FillAction, FormAction, Input, Repeat, TokenAction};
pub use form::{
    DatabaseEntry, EngineChoice, Entry, FieldMessage, FieldMessages, Form, Selected, Selection, Submission, TokenInput,
    ValidationStage, takes_over_paste,
};
pub use language::Language;
pub use link::Link;
pub use load_state::LoadState;
pub use model::{DeferredActions, Model, Preview, StartupContext};
pub use notice::Notice;
pub use option_fault::{OptionFault, Problem, SettingsSource};
pub use options::{Options, Suggested};
pub use page::action::{CopyTarget, Format, PageAction, ShareAction, Shown};
pub use page::state::Page;
pub use page_address::PageAddress;
pub use parse_json::ParseJson;
pub use policy::CallPolicy;
pub use preferences::{Limits, Theme};
pub use reply::{Failed, NoResponse, Received};
pub use target::Target;
pub use ticket::Ticket;
pub use visibility::Visibility;
pub use work::action::WorkAction;
pub use work::{
    Arrangement, Awaiting, BackupList, BackupOverview, Bar, BatchSummary, BeforeSending, Blocker, Building, Catalog,
    Cause, Certainty, Column, Creation, Extent, HostEvent, Listed, Listing, Loading, MAX_SHOWN, NoNotification,
    NotSent, Notifications, Outcome, Receipt, Reconciliation, Record, Row, Stage, Unknown, Work, Written, csv,
};
