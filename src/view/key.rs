//! What a pressed key means.

use web_sys::KeyboardEvent;

/// Whether a key belongs to an input method, where Enter ends a word, and Escape takes it back. WebKit marks the last one only
/// by its code: 229, "processed by an input method" (UI Events, B.2). Whoever listens to keys asks this first.
pub(super) fn composes(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}
