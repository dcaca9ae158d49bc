//! What the browser stores: choices for the next visit, drafts for a reload of the tab. Neither contains the token.

use console_core::{Failed, Persisted};
use web_sys::Storage;

/// The key of the chosen language.
const LANGUAGE: &str = "rds-backup-console.language";
/// The key of the chosen colours.
const THEME: &str = "rds-backup-console.theme";
/// The key of the tab's draft.
const DRAFT: &str = "rds-backup-console.draft";
/// The key of what is under way in the tab.
const UNDERWAY: &str = "rds-backup-console.underway";

/// The tag of the language that was chosen on an earlier visit.
pub fn kept_language() -> Option<String> {
    read(storage(), LANGUAGE)
}

/// The name of the colours that were chosen on an earlier visit.
pub fn kept_theme() -> Option<String> {
    read(storage(), THEME)
}

/// What the tab has stored for this reload.
pub fn persisted_in_tab() -> Persisted {
    let kept = |key| read(tab_storage(), key).unwrap_or_default();
    Persisted { draft: kept(DRAFT), underway: kept(UNDERWAY) }
}

pub(super) fn keep_language(tag: &str) {
    // Without storage the choice lasts for this visit.
    let _ = write(storage(), LANGUAGE, tag);
}

pub(super) fn keep_theme(word: &str) {
    // Likewise.
    let _ = write(storage(), THEME, word);
}

pub(super) fn persist_draft(draft: &str) {
    // Without storage only the draft is lost.
    let _ = write(tab_storage(), DRAFT, draft);
}

pub(super) fn persist_underway(underway: &str) -> Result<(), Failed> {
    write(tab_storage(), UNDERWAY, underway)
}

fn read(storage: Option<Storage>, key: &str) -> Option<String> {
    storage?.get_item(key).ok().flatten()
}

fn write(storage: Option<Storage>, key: &str, value: &str) -> Result<(), Failed> {
    storage.ok_or(Failed)?.set_item(key, value).map_err(|_| Failed)
}

fn storage() -> Option<Storage> {
    gloo_utils::window().local_storage().ok().flatten()
}

fn tab_storage() -> Option<Storage> {
    gloo_utils::window().session_storage().ok().flatten()
}
