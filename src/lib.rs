//! The RDS backup console: a page in which a database administrator creates a manual backup of a cloud database
//! instance.
//!
//! Imports run downwards only, and no two files import each other:
//!
//! | module | what it does | what it may not do |
//! |---|---|---|
//! | `embed`, [`mount`] | start the console, in other pages or on its own | anything else |
//! | [`app`] | ties the rest together as one component | anything else |
//! | [`lazy`] | loads what isn't needed at first | anything else |
//! | [`later`] | lists what is loaded later | anything else |
//! | [`runtime`] | carries out effects: fetch, storage, clipboard, files | decide |
//! | [`view`] | draws the state, sends actions | fetch, judge |
//! | [`broken`] | shows a message after a crash | anything else |
//! | [`text`] | every sentence, in each language | decide |
//! | [`host`], [`clock`] | the page that contains the console; the browser's clocks | decide |
//! | [`console_core`] (a crate) | what the page decides | touch the browser, fetch, word a sentence |
//! | [`contract`] (a crate) | what the API says | know the page, the browser, a clock |

pub mod app;
pub mod broken;
pub mod clock;
#[cfg(feature = "module")]
pub mod embed;
pub mod host;
pub mod later;
pub mod lazy;
pub mod mount;
pub mod runtime;
pub mod text;
pub mod view;
