//! The RDS backup console: a page in which a database administrator creates a manual backup of a cloud database
//! instance.
//!
//! | room | what it does | what it may not do |
//! |---|---|---|
//! | [`contract`] (a crate) | what the API says | know the page, the browser, a clock |
//! | [`console_core`] (a crate) | what the page decides | touch the browser, fetch, word a sentence |
//! | [`text`] | every sentence, in each language | decide |
//! | [`view`] | draws the state, sends actions | fetch, judge |
//! | [`client`] | fetches | judge |
//! | [`console`] | ties them together, carries out effects | anything else |
//! | [`parts`], [`requests`] | what of all this comes in a file of its own | anything else |
//! | `module` | makes it a part of other pages | anything else |

pub mod client;
pub mod clock;
pub mod console;
#[cfg(feature = "module")]
pub mod module;
pub mod parts;
pub mod requests;
pub mod text;
pub mod view;
