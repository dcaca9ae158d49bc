//! One function per field: it turns the typed text into a value that is always valid, or into the violations.
//!
//! Each rule reads the text *normalized*: without white space and invisible characters at both ends, which copying from
//! a document adds unintentionally. "Required" is a violation like the others ([`Violation::is_missing`]), so that a
//! form can suppress it until the user wants to send.

pub mod databases;
pub mod description;
pub mod endpoint;
mod field;
pub mod instance_id;
mod invalid_characters;
pub mod name;
mod normalize;
pub mod project_id;
mod resource;
pub mod token;
mod violation;
mod warning;

pub use field::Field;
pub use invalid_characters::{InvalidCharacter, InvalidCharacters};
pub use normalize::normalize;
pub use violation::{TokenFault, Uncallable, Validated, Violation};
pub use warning::Warning;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_letters_alone_are_no_text_in_any_field() {
        for blank in
            ["\u{3164}", "\u{115f}\u{1160}", "\u{2800}", "\u{180e}", "\u{ffa0}", " \u{3164} ", "\u{fe0f}", "\u{e0041}"]
        {
            assert_eq!(normalize(blank), "", "{blank:?}");
            assert_eq!(name::backup_name(blank), Err(vec![Violation::Missing(Field::Name)]), "{blank:?}");
            assert_eq!(instance_id::instance_id(blank), Err(vec![Violation::Missing(Field::InstanceId)]), "{blank:?}");
            assert_eq!(project_id::project_id(blank), Err(vec![Violation::Missing(Field::ProjectId)]), "{blank:?}");
            assert_eq!(endpoint::endpoint(blank), Err(vec![Violation::Missing(Field::Endpoint)]), "{blank:?}");
            assert_eq!(token::token(blank).err(), Some(vec![Violation::Missing(Field::Token)]), "{blank:?}");
            assert_eq!(description::description(blank), Ok(None), "{blank:?}");
            let databases = databases::databases([blank]);
            assert_eq!(databases, Err(vec![(Field::Database(0), Violation::DatabaseBlank)]), "{blank:?}");
        }
    }
}
