//! The parser of JSON that the core is handed, since it has none of its own.

use contract::json::Json;

/// Parses JSON, sanitized; in the page that is the browser's parser. `None` if the text is none.
pub type ParseJson = fn(&str) -> Option<Json>;
