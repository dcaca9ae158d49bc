//! The calls that the page makes: their URLs and bodies.

use crate::backup::CreateBackup;
use crate::rules::endpoint::Endpoint;
use crate::rules::project_id::ProjectId;

/// The size of a list's page: the most elements that the API returns.
pub const PAGE_SIZE: usize = 100;

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// "Creating a Manual Backup".
    CreateBackup(CreateBackup),
    /// "Obtaining Details About Backups": the backups of an instance, or one of them.
    Backups {
        /// The instance; the API has no list for a whole project.
        instance_id: String,
        /// A single backup: no other call returns one.
        backup_id: Option<String>,
        /// Which types to list.
        types: BackupTypes,
        /// How many to skip.
        offset: usize,
    },
    /// "Querying DB Instances".
    Instances {
        /// How many to skip.
        offset: usize,
    },
    /// "Querying DB Instances", for one of them.
    Instance {
        /// Its ID.
        id: String,
    },
    /// "Querying SQL Server Databases", which exists on Huawei Cloud but not on Open Telekom Cloud.
    Databases {
        /// The instance.
        instance_id: String,
        /// The page, counted from 1.
        page: usize,
    },
    /// "Obtaining Task Information": the only call that returns why a backup failed.
    Tasks {
        /// The instance.
        instance_id: String,
    },
}

/// Which backups to list (`backup_type` of "Obtaining Details About Backups", which takes one type or none).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupTypes {
    /// Backups of every type.
    All,
    /// Backups that were requested manually.
    Manual,
}

impl BackupTypes {
    /// Its part of the URL.
    fn query(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Manual => "&backup_type=manual",
        }
    }
}

impl Call {
    /// The URL of the call.
    pub fn url(&self, endpoint: &Endpoint, project_id: &ProjectId) -> String {
        let project = endpoint.project_url(project_id);
        match self {
            Self::CreateBackup(_) => format!("{project}/backups"),
            Self::Backups { instance_id, backup_id, types, offset } => {
                let which = match backup_id {
                    Some(backup_id) => format!("backup_id={}", encode(backup_id)),
                    None => format!("offset={offset}&limit={PAGE_SIZE}"),
                };
                format!("{project}/backups?instance_id={}{}&{which}", encode(instance_id), types.query())
            }
            Self::Instances { offset } => format!("{project}/instances?offset={offset}&limit={PAGE_SIZE}"),
            Self::Instance { id } => format!("{project}/instances?id={}", encode(id)),
            Self::Databases { instance_id, page } => {
                format!("{project}/instances/{}/database/detail?page={page}&limit={PAGE_SIZE}", encode(instance_id))
            }
            Self::Tasks { instance_id } => format!("{project}/tasklist?instance_id={}&limit=50", encode(instance_id)),
        }
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    encoded
}

/// Decodes percent-encoded text in the form of HTML forms, where `+` stands for a space. Invalid encodings are left
/// unchanged; invalid UTF-8 becomes U+FFFD.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        match (first, others) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, others @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                bytes.push(digit(high).unwrap_or_default() * 16 + digit(low).unwrap_or_default());
                rest = others;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| '\u{fffd}'.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reach::{cases, holds};
    use crate::rules::{endpoint::endpoint, project_id::project_id};

    fn url(call: &Call) -> String {
        call.url(&endpoint("/api").unwrap(), &project_id("p1").unwrap())
    }

    #[test]
    fn the_urls_are_those_of_the_api_reference() {
        let instance_id = "d8e6in01".to_owned();
        let one = Call::Backups {
            instance_id: instance_id.clone(),
            backup_id: Some("b1".into()),
            types: BackupTypes::All,
            offset: 0,
        };
        assert_eq!(url(&one), "/api/v3/p1/backups?instance_id=d8e6in01&backup_id=b1");
        let all =
            Call::Backups { instance_id: instance_id.clone(), backup_id: None, types: BackupTypes::All, offset: 200 };
        assert_eq!(url(&all), "/api/v3/p1/backups?instance_id=d8e6in01&offset=200&limit=100");
        let manual =
            Call::Backups { instance_id: instance_id.clone(), backup_id: None, types: BackupTypes::Manual, offset: 0 };
        assert_eq!(url(&manual), "/api/v3/p1/backups?instance_id=d8e6in01&backup_type=manual&offset=0&limit=100");
        assert_eq!(url(&Call::Instances { offset: 0 }), "/api/v3/p1/instances?offset=0&limit=100");
        let databases = Call::Databases { instance_id: instance_id.clone(), page: 1 };
        assert_eq!(url(&databases), "/api/v3/p1/instances/d8e6in01/database/detail?page=1&limit=100");
        assert_eq!(url(&Call::Tasks { instance_id }), "/api/v3/p1/tasklist?instance_id=d8e6in01&limit=50");
    }

    #[test]
    fn a_project_may_be_called_as_a_part_of_the_url_is() {
        for name in ["backups", "instances", "v3"] {
            let project = project_id(name).unwrap();
            let call = Call::Instances { offset: 0 };
            let url = call.url(&endpoint("/api/backups").unwrap(), &project);
            assert_eq!(url, format!("/api/backups/v3/{name}/instances?offset=0&limit=100"));
        }
    }

    #[test]
    fn an_id_as_typed_can_not_change_the_url() {
        let call =
            Call::Backups { instance_id: "a&b=/ü?#".into(), backup_id: None, types: BackupTypes::All, offset: 0 };
        assert_eq!(url(&call), "/api/v3/p1/backups?instance_id=a%26b%3D%2F%C3%BC%3F%23&offset=0&limit=100");
    }

    #[test]
    fn what_is_badly_encoded_stays_as_it_is() {
        assert_eq!(decode("a%2Fb+c%20d%zz%4"), "a/b c d%zz%4");
        assert_eq!(decode("%FF"), "\u{fffd}");
    }

    #[test]
    fn what_is_encoded_reads_back_and_is_plain() {
        let text = prop_oneof!["\\PC*", "[a-z%+ &=/?#]{0,12}"];
        let floors = [("has what parts a URL", 200), ("is plain", 10), ("is of another script", 100)];
        holds(1_000, &text, &floors, |text| {
            let encoded = encode(&text);
            assert_eq!(decode(&encoded), text);
            assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{encoded}");
            cases([
                ("has what parts a URL", text.contains(['%', '+', ' ', '&', '=', '/', '?', '#'])),
                ("is plain", encoded == text),
                ("is of another script", !text.is_ascii()),
            ])
        });
    }
}
