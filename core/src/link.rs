//! Links: what stands behind the `#` of the page's address. A link fills the form, or takes up a backup that is followed.
//! The same text keeps what was typed for a reload of the tab. None of them ever has the token.

use contract::call::{decode, encode};
use contract::instance::Engine;
use contract::rules::token::USUAL_START;
use contract::rules::{Field, endpoint, project_id, tidy};

use crate::form::{EngineChoice, Form};
use crate::session::credentials::Target;

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Texts for fields, in the order of the link; never the token.
    pub texts: Vec<(Field, String)>,
    /// The databases of a partial backup, where the link has any.
    pub databases: Option<Vec<String>>,
    /// The engine, where the link states it.
    pub engine: Option<Engine>,
    /// Instance and backup to follow.
    pub watch: Option<(String, String)>,
    /// Whether it means to name one.
    pub is_watch: bool,
    /// Whether it had a token, which was dropped.
    pub had_token: bool,
    /// Names in it that the page doesn't know.
    pub unknown: Vec<String>,
}

/// The engine's name in a link is the one that the API gives its datastore.
const ENGINES: [(&str, Engine); 3] =
    [("MySQL", Engine::MySql), ("PostgreSQL", Engine::PostgreSql), ("SQLServer", Engine::SqlServer)];

impl Link {
    /// Reads what stands behind the `#`.
    pub fn read(fragment: &str) -> Self {
        let mut link = Self::default();
        let parts = fragment.trim_start_matches('#').split('&').filter(|part| !part.is_empty());
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            link.take(&decode(name), value);
        }
        link
    }

    /// Takes in a part; `value` is still encoded.
    fn take(&mut self, name: &str, value: &str) {
        let field = Field::SINGLE.into_iter().find(|field| field.api_name() == name);
        match (name, field) {
            (_, Some(Field::Token)) => self.had_token = true,
            (_, Some(field)) => {
                let text = decode(value);
                if has_token(&text) {
                    self.had_token = true;
                } else {
                    self.texts.push((field, text));
                }
            }
            ("databases", None) => {
                // A bare comma separates names; one that belongs to a name is encoded.
                let databases = self.databases.get_or_insert_default();
                for name in value.split(',').map(decode) {
                    if has_token(&name) {
                        self.had_token = true;
                    } else {
                        databases.push(name);
                    }
                }
            }
            ("engine", None) => {
                let value = decode(value);
                self.engine = ENGINES.into_iter().find(|(word, _)| *word == value).map(|(_, engine)| engine);
            }
            ("watch", None) => {
                let value = decode(value);
                self.is_watch = true;
                if has_token(&value) {
                    self.had_token = true;
                    return;
                }
                let known =
                    value.split_once('/').filter(|(instance, backup)| !instance.is_empty() && !backup.is_empty());
                self.watch = known.map(|(instance, backup)| (instance.to_owned(), backup.to_owned()));
            }
            // Only what can be no token is repeated to the user.
            _ if is_plain_name(name) => self.unknown.push(name.to_owned()),
            _ => self.had_token = true,
        }
    }

    /// The same link to a backup without whatever else it had: what may stay in the address.
    pub fn without_token(&self) -> String {
        match (self.target(), &self.watch) {
            (Some(target), Some((instance_id, backup_id))) => Self::to_backup(&target, instance_id, backup_id),
            _ => String::new(),
        }
    }

    /// Where the link's backup is to be asked for, where it says so.
    pub fn target(&self) -> Option<Target> {
        let text = |wanted: Field| self.texts.iter().find(|(field, _)| *field == wanted).map(|(_, text)| text.as_str());
        Some(Target {
            endpoint: endpoint::endpoint(text(Field::Endpoint)?).ok()?,
            project_id: project_id::project_id(text(Field::ProjectId)?).ok()?,
        })
    }

    /// Whether it has something for the form.
    pub(crate) fn fills_something(&self) -> bool {
        !self.texts.is_empty() || self.databases.is_some() || self.engine.is_some()
    }

    /// Whether it says which backup is to be made: then what it leaves out is meant to be empty.
    pub(crate) fn is_whole_request(&self) -> bool {
        self.texts
            .iter()
            .any(|(field, text)| matches!(field, Field::InstanceId | Field::Name) && !tidy(text).is_empty())
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// A link that fills the form as it stands.
    pub fn to_form(form: &Form) -> String {
        let mut link = String::new();
        let mut add = |name: &str, value: &str| {
            if !link.is_empty() {
                link.push('&');
            }
            link.push_str(name);
            link.push('=');
            link.push_str(value);
        };
        for field in Field::SINGLE {
            let entry = form.entry(field).filter(|entry| !entry.text.is_empty() && !has_token(&entry.text));
            if let Some(entry) = entry {
                add(field.api_name(), &encode(&entry.text));
            }
        }
        for database in form.databases.iter() {
            // A blank entry is one, too.
            if !has_token(&database.entry.text) {
                add(Field::Databases.api_name(), &encode(&database.entry.text));
            }
        }
        if let EngineChoice::Stated(stated) = form.engine {
            for (word, _) in ENGINES.into_iter().filter(|(_, engine)| *engine == stated) {
                add("engine", word);
            }
        }
        link
    }

    /// A link that follows a backup.
    pub fn to_backup(target: &Target, instance_id: &str, backup_id: &str) -> String {
        format!(
            "watch={}/{}&endpoint={}&project_id={}",
            encode(instance_id),
            encode(backup_id),
            encode(target.endpoint.typed()),
            encode(target.project_id.as_str())
        )
    }
}

/// Whether a text in another field than the token's has a token that was pasted there by mistake, whatever stands round it: it is
/// kept nowhere. A token is an unbroken row longer than any field's text may be, or one of encoded bytes longer than any that people
/// write, or the beginning of one, or such rows one below the other, as terminals and `base64` break them (64 to 80 in a line).
fn has_token(text: &str) -> bool {
    let mut lines = 0;
    let is_broken =
        |byte: &u8| !matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' | b'-' | b'_');
    text.as_bytes().split(is_broken).any(|row| {
        let is_line = row.len() >= LINE && is_encoded(row);
        lines += usize::from(is_line);
        let begins = |piece: &[u8]| piece.starts_with(USUAL_START.as_bytes()) && is_encoded(piece);
        row.len() > LONGEST || row.windows(BEGINNING).any(begins) || is_line && (row.len() >= ROW || lines > 1)
    })
}

/// Whether a row looks like encoded bytes: of 64 characters 26 are capital letters and 26 small ones, while addresses, names and
/// what people write have few capitals, or nothing else.
fn is_encoded(row: &[u8]) -> bool {
    let share = |is_meant: fn(&u8) -> bool| row.iter().filter(|byte| is_meant(byte)).count() * 100 / row.len().max(1);
    let (capitals, small) = (share(u8::is_ascii_uppercase), share(u8::is_ascii_lowercase));
    capitals >= 20 && (15..=62).contains(&small)
}

/// So many characters of a token, from its start on, are told from a name or an ID.
const BEGINNING: usize = 48;
/// No field takes a longer text: a description has 256 characters at most, the host of an endpoint 253.
const LONGEST: usize = 256;
/// So many encoded ones in an unbroken row are no text: names have 64 at most.
const ROW: usize = 100;
/// Fewer aren't a line of a token that was broken into lines.
const LINE: usize = 60;

/// Whether a name is that of a parameter, and no token: short, and of small letters.
fn is_plain_name(name: &str) -> bool {
    let is_short = (1..=24).contains(&name.len());
    let has_header = name.to_ascii_lowercase().contains("token");
    is_short && !has_header && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Input;

    #[test]
    fn a_link_names_fields_as_the_api_does() {
        let link = Link::read(
            "#endpoint=%2Fapi&project_id=p1&instance_id=i1&name=nightly&description=before%20the+upgrade&databases=a,b&databases=c&engine=SQLServer",
        );
        let texts = [
            (Field::Endpoint, "/api"),
            (Field::ProjectId, "p1"),
            (Field::InstanceId, "i1"),
            (Field::Name, "nightly"),
            (Field::Description, "before the upgrade"),
        ];
        assert_eq!(link.texts, texts.map(|(field, text)| (field, text.to_owned())));
        assert_eq!(link.databases, Some(vec!["a".into(), "b".into(), "c".into()]));
        assert_eq!(link.engine, Some(Engine::SqlServer));
        assert!(!link.had_token && link.unknown.is_empty());
    }

    #[test]
    fn a_token_is_dropped_and_what_is_unknown_is_named() {
        let link = Link::read("token=MIISecret&X-Auth-Token=MIISecret&nmae=x&watch=only-one");
        assert!(link.had_token && link.texts.is_empty() && link.watch.is_none());
        assert_eq!(link.unknown, ["nmae"]);
        assert!(!format!("{link:?}").contains("Secret"));
    }

    #[test]
    fn a_token_is_known_whatever_stands_round_it_and_however_it_is_broken() {
        let token = format!("MII{}", "aB3/xQ+ZkW0T".repeat(100));
        let lines = |width: usize, by: &str| {
            let lines: Vec<&str> = token.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap()).collect();
            lines.join(by)
        };
        for text in [
            token.clone(),
            token[..48].to_owned(),
            token[1..].to_owned(),
            lines(64, "\n"),
            lines(76, "\r\n"),
            lines(80, " "),
            lines(64, "\n")[70..].to_owned(),
            format!("[{token}]"),
            format!("|{token}|"),
            format!("“{token}”"),
            format!("\u{a0}{token}"),
            format!("token%3D{token}"),
            format!("\\n{token}"),
            format!("a,/{token}"),
        ] {
            assert!(has_token(&text), "{text}");
        }
        for text in [
            "",
            "Before the upgrade to 15.4: see https://tracker.example/browse/DBA-1234?focused=true, token=MIIx is meant",
            &token[..47],
            "d8e6ca5a624745bcb546a227aa3ae1cfin01",
            &"n".repeat(64),
            &format!("{} {}", "n".repeat(59), "n".repeat(59)),
            // What a name, an address, a rule and a list of IDs may be.
            "MII-Datenintegrationszentrum-prod-before-upgrade-2026",
            "MIIDatabaseBackupBeforeTheBigUpgradeOfProduction2026XY",
            "See https://wiki.example/wiki/spaces/DBA/pages/1234567890/Upgrade+of+the+production+cluster+to+PostgreSQL+16+in+November+2026",
            &format!("{rule} before the upgrade {rule}", rule = "-".repeat(120)),
            &"8d3b1b9e0a7c4f4d9c6e-".repeat(8),
            &"SALES_2026_".repeat(12),
        ] {
            assert!(!has_token(text), "{text}");
        }
    }

    #[test]
    fn a_link_to_a_backup_names_no_token() {
        let token = format!("MII{}", "a".repeat(1_100));
        for watch in [format!("i1/{token}"), format!("{token}/b1"), format!("i1%2F{token}")] {
            let link = Link::read(&format!("#watch={watch}&endpoint=rds.example&project_id=p1"));
            assert!(link.had_token && link.is_watch && link.watch.is_none());
            assert_eq!(link.without_token(), "");
        }
    }

    #[test]
    fn what_may_be_a_token_is_named_nowhere() {
        for fragment in [
            "MIISecret",
            "#MIISecret==",
            "x=1&gAAAASecret",
            "mytoken=MIISecret",
            "%4DIISecret=",
            "secret-secret-secret-secret",
        ] {
            let link = Link::read(fragment);
            assert!(link.had_token, "{fragment}");
            assert!(!format!("{link:?}").to_lowercase().contains("secret"), "{fragment}");
        }
    }

    #[test]
    fn a_bare_comma_separates_databases_and_an_encoded_one_does_not() {
        let link = Link::read("databases=a,b&databases=sales%2C2026");
        assert_eq!(link.databases, Some(vec!["a".into(), "b".into(), "sales,2026".into()]));
    }

    proptest! {
        #[test]
        fn what_was_typed_reads_back(text in "\\PC{0,40}", names in proptest::collection::vec("\\PC{0,9}", 0..3)) {
            let mut form = Form::default();
            for field in [Field::Endpoint, Field::ProjectId, Field::InstanceId, Field::Name, Field::Description] {
                form.edit(field, text.clone(), Input::Typed);
            }
            for name in &names {
                let index = form.add_database();
                form.edit(Field::Database(index), name.clone(), Input::Typed);
            }
            form.edit(Field::Token, "MIISecret".into(), Input::Typed);
            let written = Link::to_form(&form);
            prop_assert!(!written.contains("Secret"));
            let link = Link::read(&written);
            prop_assert!(link.texts.iter().all(|(_, read)| *read == text));
            prop_assert_eq!(link.texts.len(), if text.is_empty() { 0 } else { 5 });
            prop_assert_eq!(link.databases.unwrap_or_default(), names);
        }
    }
}
