//! The rules that a text can break.

use super::field::Field;
use super::offenders::Offenders;
use super::resource::Resource;
use crate::instance::Engine;

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
    NotAnInstance(Resource),
    /// The instance's list has it as a read replica ("Read replicas do not support manual backup creation").
    ReadReplica {
        /// The ID of its primary, where the API says so.
        primary: Option<String>,
    },
    /// Fewer than [`name::SHORTEST`](super::name::SHORTEST) characters.
    NameTooShort {
        /// How many there are.
        found: usize,
    },
    /// More than [`name::LONGEST`](super::name::LONGEST) characters.
    NameTooLong {
        /// How many there are.
        found: usize,
    },
    /// The first character isn't a letter.
    NameStart(char),
    /// Characters other than letters, digits, hyphens and underscores.
    NameCharacters(Offenders),
    /// More than [`description::LONGEST`](super::description::LONGEST) characters.
    DescriptionTooLong {
        /// How many there are.
        found: usize,
    },
    /// Some of [`description::FORBIDDEN`](super::description::FORBIDDEN).
    DescriptionCharacters(Offenders),
    /// A line break in the description.
    DescriptionLineBreak,
    /// Partial backups are for SQL Server only, and this is another engine.
    DatabasesUnsupported(Engine),
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
    /// The operator allows calls to some hosts only, and this isn't one of them.
    NotAllowed {
        /// The hosts that are allowed.
        allowed: String,
    },
    /// The operator wanted to allow some hosts only, and which ones can't be read.
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
