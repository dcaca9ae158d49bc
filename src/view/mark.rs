//! Performance marks for rendering.

/// Marks in the browser's timeline that a component is rendered, in debug builds: a test counts what a keystroke
/// redraws.
pub(super) fn mark(piece: &str) {
    #[cfg(debug_assertions)]
    if let Some(performance) = gloo_utils::window().performance() {
        // Browsers without marks ignore it.
        let _ = performance.mark(piece);
    }
    #[cfg(not(debug_assertions))]
    let _ = piece;
}
