//! The form: what was typed, when a field is judged, and what is said about it.
//!
//! Nothing is said while a text is first typed. A field that was left with a text in it, or pasted into, is judged, and
//! from then on at every key. That something is missing is said once the user asks to send. A character that no further
//! typing can mend is said at once.

pub(crate) mod action;
mod cloud;
mod edit;
pub(crate) mod engine_choice;
pub(crate) mod entry;
mod fill;
mod fill_by_press;
mod later_rules;
pub(crate) mod messages;
mod opened;
mod paste;
mod press;
mod replaced;
mod replaced_step;
mod select;
pub(crate) mod selection;
pub(crate) mod state;
mod supplied_token;
mod token_content;
pub(crate) mod token_input;
mod undo;
mod undo_step;
mod update;
mod validate;
mod warnings;

pub use engine_choice::EngineChoice;
pub use entry::{DatabaseEntry, Entry, ValidationStage};
pub use messages::{FieldMessage, FieldMessages};
pub use paste::takes_over_paste;
pub use selection::{Selected, Selection};
pub use state::{Form, Submission};
pub use token_input::TokenInput;
