//! What the RDS backup API says: its rules, request, answers, error codes and date forms.
//!
//! Plain Rust that can be tested on the host. It must not depend on the page: no DOM, no fetch, no clock, no
//! randomness, and no sentences for the user (rules return data, which `src/text` of the page puts into words).
//!
//! The contract is the API page "Creating a Manual Backup" of the Open Telekom Cloud RDS reference; facts from other
//! pages name their source.

pub mod backup;
pub mod backup_window;
pub mod call;
pub mod cloud;
pub mod codes;
pub mod command;
pub mod failure;
pub mod http_time;
pub mod iam_token;
pub mod instance;
mod invisible;
pub mod json;
pub mod list;
pub mod name_pattern;
pub mod regions;
pub mod request;
pub mod response;
pub mod rules;
pub mod sanitize;
pub mod search;
pub mod secret;
pub mod time;

#[cfg(test)]
#[path = "../tests/properties/reach.rs"]
mod reach;
