//! Pastes that the page takes over from the browser.

use contract::rules::{Field, databases};

/// Whether the page takes a paste over from the browser, which would drop the line breaks that part a list or a header
/// block. `replaces_all`: nothing typed would be left.
pub fn takes_over_paste(field: Field, text: &str, replaces_all: bool) -> bool {
    match field {
        Field::Token => replaces_all,
        Field::Database(_) => databases::split(text).len() > 1,
        Field::Endpoint
        | Field::ProjectId
        | Field::InstanceId
        | Field::Name
        | Field::NamePattern
        | Field::Description
        | Field::Databases => false,
    }
}
