//! The sentences for a page without its program.

/// What the page says before its program is there, or in its place. The program has none of it: `cargo xtask languages`
/// writes these sentences to `static/prerender.html` and `static/prerender/`, to `index.html` and `module/index.js`.
pub struct StartText {
    /// While the program is loading.
    pub loading: &'static str,
    /// When it has been for long.
    pub late: &'static str,
    /// The browser has no WebAssembly.
    pub no_webassembly: &'static str,
    /// The program can't be loaded; the browser's reason follows.
    pub not_started: &'static str,
    /// The browser runs no scripts.
    pub no_javascript: &'static str,
    /// The same about a console in another page.
    pub module_not_loaded: &'static str,
}
