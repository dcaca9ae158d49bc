//! Marks of what is drawn.

/// Marks in the browser's timeline that a piece is drawn, in debug builds: a test counts what a key draws anew.
pub(super) fn mark(piece: &str) {
    #[cfg(debug_assertions)]
    if let Some(performance) = gloo_utils::window().performance() {
        // A browser without marks shows none.
        let _ = performance.mark(piece);
    }
    #[cfg(not(debug_assertions))]
    let _ = piece;
}
