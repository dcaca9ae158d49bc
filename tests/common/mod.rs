//! What the browser tests share: the page as its user sees it, and the stage that it is played on.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod axe;
pub mod browser;
pub mod host;
pub mod login;
pub mod names;
pub mod page;
pub mod pool;
pub mod portal;
pub mod stage;
pub mod tls;
pub mod words;
