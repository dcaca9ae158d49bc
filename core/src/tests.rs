//! The page's decisions, told as what a user does.

mod asleep;
mod calls;
mod claims;
mod clouds;
mod copies;
mod drafts;
mod evidence;
mod follow;
mod form;
mod idle;
mod instances;
mod knowledge;
mod later;
mod limits;
mod links;
mod lists;
mod options;
mod press;
mod reconcile;
mod records;
mod rely;
mod stage;
mod supplied;
mod token;
mod token_content;
mod walk;
