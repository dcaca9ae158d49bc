//! The rules that a text can break.

use super::field::Field;
use super::invalid_characters::InvalidCharacters;
use super::resource::Resource;
use crate::instance::Engine;

/// A valid value, or everything that is wrong with the text.
pub type Validated<T> = Result<T, Vec<Violation>>;

/// A broken rule, with the data for a sentence about it. Lengths are in Unicode scalar values, as in JSON Schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// The field is required and empty.
    Missing(Field),
    /// The text is neither a host, an https origin nor a path.
    EndpointNotAHost(InvalidCharacters),
    /// `http://` to a host other than loopback, which would send the token unencrypted.
    EndpointInsecure,
    /// A scheme other than http and https.
    EndpointScheme(String),
    /// `user:password@` in the address.
    EndpointUserInfo,
    /// `?…` or `#…` in the address.
    EndpointQuery,
    /// A path after the origin that isn't the API's own.
    EndpointPath(String),
    /// `//host` and the like: it looks like a path, but a browser treats it as another host.
    EndpointNotAPath,
    /// A port that isn't a number from 1 to 65535.
    EndpointPort(String),
    /// The token was given for another endpoint, and the user hasn't confirmed its use for this one.
    EndpointChanged {
        /// The endpoint that the token was given for.
        given: String,
        /// The endpoint that it would go to.
        now: String,
    },
    /// A valid endpoint that the page doesn't call.
    EndpointUncallable(Uncallable),
    /// Characters other than letters and digits.
    ProjectIdCharacters(InvalidCharacters),
    /// The text isn't a token that can be sent.
    Token(TokenFault),
    /// The ID is that of a node, a backup or a parameter group.
    NotAnInstance(Resource),
    /// The list of instances has it as a read replica ("Read replicas do not support manual backup creation").
    ReadReplica {
        /// The ID of its primary, if the API states it.
        primary: Option<String>,
    },
    /// Fewer than [`name::MIN_NAME_LENGTH`](super::name::MIN_NAME_LENGTH) characters.
    NameTooShort {
        /// How many there are.
        found: usize,
    },
    /// More than [`name::MAX_NAME_LENGTH`](super::name::MAX_NAME_LENGTH) characters.
    NameTooLong {
        /// How many there are.
        found: usize,
    },
    /// The first character isn't a letter.
    NameStart(char),
    /// Characters other than letters, digits, hyphens and underscores.
    NameCharacters(InvalidCharacters),
    /// `{…}` with a word that is no placeholder: see [`crate::name_pattern`].
    PatternPlaceholder(String),
    /// Several of the selected instances would get this name.
    NamesAlike(String),
    /// More than [`MAX_INSTANCES`](crate::instance::MAX_INSTANCES) are selected.
    TooManyInstances {
        /// How many there are.
        found: usize,
    },
    /// The loaded list, if there is one, has no selected instance of this ID, so that its name isn't known.
    InstanceUnlisted(String),
    /// A selected instance, by its name, is a read replica.
    ReplicaSelected(String),
    /// More than [`description::MAX_DESCRIPTION_LENGTH`](super::description::MAX_DESCRIPTION_LENGTH) characters.
    DescriptionTooLong {
        /// How many there are.
        found: usize,
    },
    /// Some of [`description::FORBIDDEN`](super::description::FORBIDDEN).
    DescriptionCharacters(InvalidCharacters),
    /// A line break in the description.
    DescriptionLineBreak,
    /// The cloud, or the API page where the cloud isn't known, has no partial backups of this engine.
    DatabasesUnsupported {
        /// The engine.
        engine: Engine,
        /// Those of which it has some.
        supported: &'static [Engine],
    },
    /// Each database is to be backed up individually, and the cloud, as far as it is known, has nothing like it.
    IndividuallyUnsupported,
    /// An entry without a name.
    DatabaseBlank,
    /// An entry with the same name as an earlier one.
    DatabaseRepeated {
        /// The earlier entry, counted from 0.
        earlier: usize,
    },
}

impl Violation {
    /// Whether the field is merely still empty.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::DatabaseBlank)
    }

    /// Whether further typing can't fix it, so that it can be shown at once: the offending character is already there.
    pub fn is_final_while_typing(&self) -> bool {
        matches!(
            self,
            Self::NameStart(_)
                | Self::NameCharacters(_)
                | Self::DescriptionCharacters(_)
                | Self::DescriptionLineBreak
                | Self::ProjectIdCharacters(_)
                | Self::PatternPlaceholder(_)
                | Self::TooManyInstances { .. }
                | Self::ReplicaSelected(_)
        )
    }
}

/// Why a text isn't a token that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// It has characters that an HTTP header can't contain.
    Characters(InvalidCharacters),
    /// It is a server's answer without a token, for example a refusal by IAM.
    NotFound,
    /// It is in another field than the token's, from where it would end up in addresses and records.
    InAnotherField,
    /// It exceeds what the gateway accepts in one header.
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
    /// It has fewer characters than it states: see [`crate::iam_token`].
    Cut {
        /// How many there are.
        found: usize,
        /// How many there should be.
        stated: usize,
    },
    /// It has more characters than it states.
    Extended {
        /// How many there are.
        found: usize,
        /// How many there should be.
        stated: usize,
    },
    /// It is an access key ID (AK).
    AccessKey,
    /// It is the security token of a temporary access key, which only signs requests.
    SecurityToken,
}

/// Why an endpoint isn't called, whatever the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncallable {
    /// The operator allows calls to certain hosts only, and this isn't one of them.
    NotAllowed {
        /// The allowed hosts.
        allowed: String,
    },
    /// The operator wanted to allow certain hosts only, but the list can't be read.
    NoneAllowed,
    /// A host of the clouds that isn't RDS: see [`crate::regions`].
    NotRds {
        /// The host that is probably meant, or the form of the cloud's RDS hosts.
        meant: String,
    },
    /// The page's Content-Security-Policy doesn't name it, so the browser would block the call.
    OutsidePolicy {
        /// The origin that isn't named.
        endpoint: String,
        /// What the policy names, beside the page's own origin; "" for nothing.
        named: String,
    },
}
