//! Links: the URL fragment of the page's address. A link fills the form, or takes up a backup that is followed.
//! The same text keeps what was typed for a reload of the tab. None of them ever has the token.

use contract::call::{decode, encode};
use contract::instance::{Engine, MAX_INSTANCES};
use contract::rules::token::looks_like_token;
use contract::rules::{Field, endpoint, normalize, project_id};
use contract::search;
use contract::time::UnixSeconds;

use crate::target::Target;

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Texts for fields, in the order of the link; never the token.
    pub texts: Vec<(Field, String)>,
    /// The databases of a partial backup, where the link has any.
    pub databases: Option<Vec<String>>,
    /// Whether each of them is to be backed up individually, where the link says so.
    pub individually: Option<bool>,
    /// The engine, where the link states it.
    pub engine: Option<Engine>,
    /// The instances to select, by their IDs.
    pub instances: Vec<String>,
    /// In a draft: the moment that the names of their backups state.
    pub named_at: Option<UnixSeconds>,
    /// Instances and backups to follow.
    pub watch: Vec<(String, String)>,
    /// Whether it means to name one.
    pub is_watch: bool,
    /// Whether it had a token, which was dropped.
    pub had_token: bool,
    /// Names in it that the page doesn't know.
    pub unknown: Vec<String>,
}

/// The name of the part that selects an instance.
pub(crate) const INSTANCES: &str = "instances";
/// The name of the part with the moment that names state.
pub(crate) const NAMED_AT: &str = "named_at";
/// The part of a link that says whether each database is to be backed up individually, as the API calls it.
pub(crate) const INDIVIDUALLY: &str = "backup_database_individually";

/// The engine's name in a link is the one that the API gives its datastore.
const ENGINES: [(&str, Engine); 3] =
    [("MySQL", Engine::MySql), ("PostgreSQL", Engine::PostgreSql), ("SQLServer", Engine::SqlServer)];

impl Link {
    /// Reads a URL fragment.
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
                if looks_like_token(&text) {
                    self.had_token = true;
                } else {
                    self.texts.push((field, text));
                }
            }
            ("databases", None) => {
                // A bare comma separates names; one that belongs to a name is encoded.
                let databases = self.databases.get_or_insert_default();
                for name in value.split(',').map(decode) {
                    if looks_like_token(&name) {
                        self.had_token = true;
                    } else {
                        databases.push(name);
                    }
                }
            }
            (INDIVIDUALLY, None) => self.individually = Some(value == "true"),
            ("engine", None) => {
                let value = decode(value);
                self.engine = ENGINES.into_iter().find(|(word, _)| *word == value).map(|(_, engine)| engine);
            }
            (INSTANCES, None) => {
                let id = decode(value);
                if looks_like_token(&id) {
                    self.had_token = true;
                } else {
                    self.instances.push(id);
                }
            }
            (NAMED_AT, None) => self.named_at = value.parse().ok().map(UnixSeconds),
            ("watch", None) => {
                let value = decode(value);
                self.is_watch = true;
                if looks_like_token(&value) {
                    self.had_token = true;
                    return;
                }
                let known =
                    value.split_once('/').filter(|(instance, backup)| !instance.is_empty() && !backup.is_empty());
                if self.watch.len() >= MAX_INSTANCES {
                    self.unknown.push(name.to_owned());
                    return;
                }
                self.watch.extend(known.map(|(instance, backup)| (instance.to_owned(), backup.to_owned())));
            }
            // Only what can be no token is repeated to the user.
            _ if is_plain_name(name) => self.unknown.push(name.to_owned()),
            _ => self.had_token = true,
        }
    }

    /// The same link to a backup without whatever else it had: what may stay in the address.
    pub fn without_token(&self) -> String {
        match self.target() {
            Some(target) if !self.watch.is_empty() => Self::to_backups(
                &target,
                self.watch.iter().map(|(instance_id, backup_id)| (instance_id.as_str(), backup_id.as_str())),
            ),
            Some(_) | None => String::new(),
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
        let has_databases = self.databases.is_some() || self.individually.is_some();
        !self.texts.is_empty() || !self.instances.is_empty() || has_databases || self.engine.is_some()
    }

    /// Whether it says which backup is to be made: then what it leaves out is meant to be empty.
    pub(crate) fn is_whole_request(&self) -> bool {
        let says_which = |(field, text): &(Field, String)| {
            matches!(field, Field::InstanceId | Field::Name) && !normalize(text).is_empty()
        };
        !self.instances.is_empty() || self.texts.iter().any(says_which)
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// A link that follows backups of a target, each given by instance and ID.
    pub fn to_backups<'a>(target: &Target, backups: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let watched = backups.map(|(instance_id, id)| format!("watch={}/{}&", encode(instance_id), encode(id)));
        let (endpoint, project_id) = (encode(target.endpoint.typed()), encode(target.project_id.as_str()));
        format!("{}endpoint={endpoint}&project_id={project_id}", watched.collect::<String>())
    }
}

/// The word for an engine in a link.
pub(crate) fn word_for(engine: Engine) -> Option<&'static str> {
    ENGINES.into_iter().find(|(_, known)| *known == engine).map(|(word, _)| word)
}

/// Whether a name is that of a parameter, and no token: short, and of small letters.
fn is_plain_name(name: &str) -> bool {
    let is_short = (1..=24).contains(&name.len());
    let has_header = search::contains(&name.to_ascii_lowercase(), "token");
    is_short && !has_header && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_fields_as_the_api_does() {
        let link = Link::read(
            "#endpoint=%2Fapi&project_id=p1&instance_id=i1&name=nightly&description=before%20the+upgrade&databases=a,b&databases=c&backup_database_individually=true&engine=SQLServer",
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
        assert_eq!((link.individually, link.engine), (Some(true), Some(Engine::SqlServer)));
        assert!(!link.had_token && link.unknown.is_empty());
    }

    #[test]
    fn a_token_is_dropped_and_what_is_unknown_is_named() {
        let link = Link::read("token=MIISecret&X-Auth-Token=MIISecret&nmae=x&watch=only-one");
        assert!(link.had_token && link.texts.is_empty() && link.watch.is_empty());
        assert_eq!(link.unknown, ["nmae"]);
        assert!(!format!("{link:?}").contains("Secret"));
    }

    #[test]
    fn a_link_to_a_backup_names_no_token() {
        let token = format!("MII{}", "a".repeat(1_100));
        for watch in [format!("i1/{token}"), format!("{token}/b1"), format!("i1%2F{token}")] {
            let link = Link::read(&format!("#watch={watch}&endpoint=rds.example&project_id=p1"));
            assert!(link.had_token && link.is_watch && link.watch.is_empty());
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
}
