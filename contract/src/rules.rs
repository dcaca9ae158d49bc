//! One function a field: the text as typed becomes a value that can't be wrong, or the violations that are in the way.
//!
//! Each rule reads the text *tidied*: white space and invisible characters at both ends are what a copy from a document
//! brings along, and no one means them. "Required" is a violation like the others ([`Violation::is_missing`]), so that a
//! form can keep quiet about it until the user asks to send.

pub mod databases;
pub mod description;
pub mod endpoint;
pub mod instance_id;
pub mod name;
pub mod project_id;
pub mod token;

use crate::invisible::{belongs_to_the_one_before, is_blank};

/// A field of the form, named as the API names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Where the API is: host, origin or proxy path.
    Endpoint,
    /// `project_id` of the URI.
    ProjectId,
    /// `X-Auth-Token` header.
    Token,
    /// `instance_id` of the body.
    InstanceId,
    /// `name` of the body.
    Name,
    /// `description` of the body.
    Description,
    /// `databases` of the body, as a whole.
    Databases,
    /// One entry of `databases`, counted from 0.
    Database(usize),
}

impl Field {
    /// The fields with one text, in the order of the form.
    pub const SINGLE: [Self; 6] =
        [Self::Endpoint, Self::ProjectId, Self::Token, Self::InstanceId, Self::Name, Self::Description];

    /// What the API calls the field.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Endpoint => "endpoint",
            Self::ProjectId => "project_id",
            Self::Token => "token",
            Self::InstanceId => "instance_id",
            Self::Name => "name",
            Self::Description => "description",
            Self::Databases | Self::Database(_) => "databases",
        }
    }
}

/// A value, or everything that is wrong with the text.
pub type Validated<T> = Result<T, Vec<Violation>>;

/// A broken rule, with what a sentence about it needs. Lengths are Unicode scalar values, as in JSON Schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The field is required and empty.
    Missing(Field),
    /// The text is neither a host, an https origin nor a path.
    EndpointNotAHost(Offenders),
    /// `http://` to a host other than loopback would send the token in the clear.
    EndpointInsecure,
    /// Another scheme than http and https.
    EndpointScheme(String),
    /// `user:password@` in the address.
    EndpointUserInfo,
    /// `?…` or `#…` in the address.
    EndpointQuery,
    /// A path behind the origin that isn't the API's own.
    EndpointPath(String),
    /// `//host` and the like: it reads as a path, and a browser takes it for another host.
    EndpointNotAPath,
    /// A port that is no number from 1 to 65535.
    EndpointPort(String),
    /// The token was given for another endpoint, and nobody has confirmed that it is to go to this one.
    EndpointChanged {
        /// The endpoint that the token was given for.
        given: String,
        /// The endpoint that it would go to.
        now: String,
    },
    /// The endpoint is one, and the page doesn't call it.
    EndpointUncallable(Uncallable),
    /// Characters other than letters and digits.
    ProjectIdCharacters(Offenders),
    /// The text is no token that could be sent.
    Token(TokenFault),
    /// The ID is that of a node, a backup or a parameter group.
    NotAnInstance(instance_id::Resource),
    /// The instance's list has it as a read replica ("Read replicas do not support manual backup creation").
    ReadReplica {
        /// The ID of its primary, where the API says so.
        primary: Option<String>,
    },
    /// Fewer than [`name::SHORTEST`] characters.
    NameTooShort {
        /// How many there are.
        found: usize,
    },
    /// More than [`name::LONGEST`] characters.
    NameTooLong {
        /// How many there are.
        found: usize,
    },
    /// The first character isn't a letter.
    NameStart(char),
    /// Characters other than letters, digits, hyphens and underscores.
    NameCharacters(Offenders),
    /// More than [`description::LONGEST`] characters.
    DescriptionTooLong {
        /// How many there are.
        found: usize,
    },
    /// Some of [`description::FORBIDDEN`].
    DescriptionCharacters(Offenders),
    /// A line break in the description.
    DescriptionLineBreak,
    /// Partial backups are for SQL Server only, and this is another engine.
    DatabasesUnsupported(crate::instance::Engine),
    /// An entry without a name.
    DatabaseBlank,
    /// An entry whose name an earlier entry has.
    DatabaseRepeated {
        /// The earlier entry, counted from 0.
        earlier: usize,
    },
}

impl Violation {
    /// Whether this says only that nothing was entered yet.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::DatabaseBlank)
    }

    /// Whether more typing can't mend it, so that it may be said at once: the character stands there already.
    pub fn is_final_while_typing(&self) -> bool {
        matches!(
            self,
            Self::NameStart(_)
                | Self::NameCharacters(_)
                | Self::DescriptionCharacters(_)
                | Self::DescriptionLineBreak
                | Self::ProjectIdCharacters(_)
        )
    }
}

/// The text of another field than the token's.
///
/// # Errors
/// When it looks like a token.
fn without_token(text: &str) -> Result<&str, Vec<Violation>> {
    if token::looks_like_token(text) { Err(vec![Violation::Token(TokenFault::InAnotherField)]) } else { Ok(text) }
}

/// Why a text is no token that could be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// It has characters that no HTTP header carries.
    Characters(Offenders),
    /// It is an answer of a server, and there is no token in it: IAM's refusal, say.
    NotFound,
    /// It stands in another field than the token's, from which it would get into addresses and records.
    InAnotherField,
    /// It is more than the gateway takes in one header.
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

/// Why an endpoint isn't called, whatever the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncallable {
    /// Whoever runs the page allows calls to some hosts only, and this isn't one of them.
    NotAllowed {
        /// The hosts that are allowed.
        allowed: String,
    },
    /// Whoever runs the page wanted to allow some hosts only, and which ones can't be read.
    NoneAllowed,
    /// A host of the clouds that isn't RDS: see [`crate::regions`].
    NotRds {
        /// The host that is meant, or the form that it has.
        meant: String,
    },
    /// The page's Content-Security-Policy doesn't name it, so that the browser would refuse the call.
    OutsidePolicy {
        /// The origin that isn't named.
        endpoint: String,
        /// What is named, beside the page's own origin; "" for nothing.
        named: String,
    },
}

/// Something unusual that the user should look at. It never keeps a request from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The endpoint reads as the RDS host of a region that isn't known here: see [`crate::regions`].
    RegionUnknown,
    /// Every documented project ID has [`project_id::USUAL_LENGTH`] characters.
    ProjectIdLength {
        /// How many there are.
        found: usize,
    },
    /// Tokens have [`token::USUAL_BYTES`].
    TokenLength {
        /// How many there are.
        found: usize,
    },
    /// Tokens start with [`token::USUAL_START`].
    TokenStart,
    /// The ID hasn't the form of an RDS instance ID.
    InstanceIdForm,
    /// The ID has the form that another database service gives its instances.
    InstanceOfAnotherService,
    /// Databases are named, and nothing tells the engine.
    EngineUnknown,
    /// The instance's list has a backup of this name, unless that was deleted since.
    NameListed {
        /// The ID of that backup.
        id: String,
        /// When it began, as the API says.
        begin_time: String,
    },
}

/// Characters that break a rule: the first few, each once with its place, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offenders {
    /// Distinct characters in the order of their first appearance, at most [`Offenders::NAMED`].
    pub first: Vec<Offender>,
    /// How many characters of the text break the rule.
    pub total: usize,
}

/// One character that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offender {
    /// The character.
    pub character: char,
    /// Its place in the text, counted from 1 as people do.
    pub position: usize,
}

impl Offenders {
    /// How many characters a message names: enough for the description's seven, few enough to read.
    pub const NAMED: usize = 7;

    /// The characters of `text` that aren't `allowed`; `None` when there are none.
    pub fn find(text: &str, allowed: impl Fn(usize, char) -> bool) -> Option<Self> {
        let mut found = Self::default();
        for (index, character) in text.chars().enumerate() {
            if allowed(index, character) {
                continue;
            }
            found.total += 1;
            let known = found.first.iter().any(|offender| offender.character == character);
            if !known && found.first.len() < Self::NAMED {
                let position = index + 1;
                found.first.push(Offender { character, position });
            }
        }
        (found.total > 0).then_some(found)
    }
}

/// The text without the white space and invisible characters at its ends. What belongs to the last character that can be
/// seen stays with it.
pub fn normalize(text: &str) -> &str {
    text.trim_start_matches(is_blank)
        .trim_end_matches(|character| is_blank(character) && !belongs_to_the_one_before(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_copy_brings_along_is_taken_off_both_ends_only() {
        assert_eq!(normalize("\u{feff} \t\nnightly backup\u{200b}\r\n"), "nightly backup");
        assert_eq!(normalize(" \u{a0}\u{2066} "), "");
        for text in ["❤\u{fe0f}", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"] {
            assert_eq!(normalize(&format!("{text} \u{200b}")), text);
        }
    }

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
            let databases = databases::databases([blank], None);
            assert_eq!(databases, Err(vec![(Field::Database(0), Violation::DatabaseBlank)]), "{blank:?}");
        }
    }

    #[test]
    fn each_offender_is_named_once_and_all_are_counted() {
        let found = Offenders::find("a.b.c,d", |_, character| character.is_ascii_alphanumeric());
        assert_eq!(
            found,
            Some(Offenders {
                first: vec![Offender { character: '.', position: 2 }, Offender { character: ',', position: 6 }],
                total: 3
            })
        );
    }

    #[test]
    fn a_long_text_of_offenders_is_not_copied_into_the_message() {
        let text: String = (0..1000_u32).filter_map(|offset| char::from_u32(0x4e00 + offset)).collect();
        let found = Offenders::find(&text, |_, _| false).unwrap();
        assert_eq!((found.first.len(), found.total), (Offenders::NAMED, 1000));
    }
}
